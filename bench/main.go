// Command bench runs gonode beside real Node.js, in turn and in one run, and
// prints ratios: below 1 gonode needs less (time, memory, CPU), and for
// requests per second above 1 it does more.
//
//	go run ./bench -node /path/to/node
//
// Without -node only gonode's own figures are printed.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// figures are what one run of a script cost.
type figures struct {
	wall, cpu time.Duration
	peakKiB   float64
	value     float64 // what the script printed as "value: N", or the load generator measured
}

// A benchmark is a script, or a server that is put under load.
type benchmark struct {
	name, script string
	args         []string
	server       bool
	post         bool // the load is POST requests with a body of 1 KB
	backend      bool // the script is a client: it gets the port of a server as an argument
	memory       bool // report the peak memory too
	cpu          bool // report the CPU time too
	alone        bool // Node.js does not run it
	own          bool // report the value that the script printed
}

var benchmarks = []benchmark{
	{name: "hello world: start-up", script: "hello.js", memory: true, cpu: true},
	{name: "http hello world", script: "http_hello.js", server: true, memory: true},
	{name: "http POST with 1 KB", script: "http_post.js", server: true, post: true},
	{name: "5,000 http client requests", script: "http_client.js", backend: true, own: true},
	{name: "10,000 file reads", script: "read_files.js", own: true},
	{name: "pbkdf2 on the pool", script: "pbkdf2.js", own: true},
	{name: "worker: start, message, end", script: "worker_cycle.js", own: true},
	{name: "100 workers alive", script: "workers_alive.js", memory: true, cpu: true},
	// Node.js needs 12 GiB for these.
	{name: "1,000 workers alive", script: "workers_alive.js", args: []string{"1000"}, memory: true, cpu: true, alone: true},
	{name: "100,000 timers", script: "timers.js", own: true},
	{name: "1,000,000 ticks", script: "ticks.js", own: true},
	{name: "1,000,000 emits", script: "emits.js", own: true},
	{name: "256 MiB of a file piped", script: "pipe.js", own: true},
	{name: "600,000 lines: the event", script: "lines.js", args: []string{"event"}, own: true},
	{name: "600,000 lines: for await", script: "lines.js", own: true},
	{name: "5,000 net connections", script: "connects.js", own: true},
	{name: "300,000 immediates", script: "immediates.js", own: true},
	{name: "500 ES modules", script: "es_modules.js", own: true},
	{name: "300,000 microtasks", script: "microtasks.js", own: true},
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.SetOutput(stderr)
	node := fs.String("node", "", "a Node.js to compare with")
	gonode := fs.String("gonode", "", "a gonode; built from this tree if empty")
	only := fs.String("only", "", "a regular expression on the names")
	n := fs.Int("n", 5, "runs of each, of which the median counts")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if *gonode == "" {
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		*gonode = filepath.Join(dir, "gonode")
		if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", *gonode, "./cmd/gonode").CombinedOutput(); err != nil {
			fmt.Fprintf(stderr, "%s\n%v\n", out, err)
			return 1
		}
	}
	match, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	fmt.Fprintf(stdout, "%-44s %12s %12s %8s\n", "", "gonode", "node", "ratio")
	for _, b := range benchmarks {
		if !match.MatchString(b.name) {
			continue
		}
		if err := compare(stdout, b, *gonode, *node, *n); err != nil {
			fmt.Fprintf(stderr, "%s: %v\n", b.name, err)
			return 1
		}
	}
	return 0
}

// compare runs both in turn, so that a drift of the machine meets both.
func compare(w io.Writer, b benchmark, gonode, node string, n int) error {
	if b.alone {
		node = ""
	}
	var ours, theirs []figures
	for i := range n + 1 { // the first is a warm-up
		f, err := measure(gonode, b)
		if err != nil {
			return err
		}
		var g figures
		if node != "" {
			if g, err = measure(node, b); err != nil {
				return err
			}
		}
		if i > 0 {
			ours, theirs = append(ours, f), append(theirs, g)
		}
	}
	line := func(what, unit string, get func(figures) float64) {
		a := median(ours, get)
		if node == "" {
			fmt.Fprintf(w, "%-44s %12s\n", b.name+", "+what, fmt.Sprintf("%.1f %s", a, unit))
			return
		}
		c := median(theirs, get)
		fmt.Fprintf(w, "%-44s %12s %12s %8.2f\n", b.name+", "+what,
			fmt.Sprintf("%.1f %s", a, unit), fmt.Sprintf("%.1f %s", c, unit), a/c)
	}
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	switch {
	case b.server:
		line("requests per second", "", func(f figures) float64 { return f.value })
		line("CPU a request", "µs", func(f figures) float64 { return float64(f.cpu) / 1000 / (f.value * loadTime.Seconds()) })
	case b.own:
		line("time", "ms", func(f figures) float64 { return f.value })
		line("CPU", "ms", func(f figures) float64 { return ms(f.cpu) })
	default:
		line("wall time", "ms", func(f figures) float64 { return ms(f.wall) })
	}
	if b.cpu {
		line("CPU time", "ms", func(f figures) float64 { return ms(f.cpu) })
	}
	if b.memory {
		line("peak memory", "MiB", func(f figures) float64 { return f.peakKiB / 1024 })
	}
	return nil
}

func median(list []figures, get func(figures) float64) float64 {
	v := make([]float64, len(list))
	for i, f := range list {
		v[i] = get(f)
	}
	slices.Sort(v)
	return v[len(v)/2]
}

var valueLine = regexp.MustCompile(`(?m)^value: ([\d.]+)$`)

func measure(exe string, b benchmark) (figures, error) {
	cmd := exec.Command(exe, append([]string{filepath.Join("bench", "scripts", b.script)}, b.args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if b.server {
		return serve(cmd, b.post)
	}
	if b.backend {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(w, "Hello, World!\n")
		}))
		defer srv.Close()
		cmd.Args = append(cmd.Args, srv.URL[strings.LastIndexByte(srv.URL, ':')+1:])
	}
	start := time.Now()
	out, err := cmd.Output()
	f := figures{wall: time.Since(start)}
	if err != nil {
		return f, fmt.Errorf("%s: %w\n%s", exe, err, errs.String())
	}
	f.take(cmd.ProcessState)
	if m := valueLine.FindSubmatch(out); m != nil {
		f.value, _ = strconv.ParseFloat(string(m[1]), 64)
	}
	return f, nil
}

func (f *figures) take(st *os.ProcessState) {
	f.cpu = st.UserTime() + st.SystemTime()
	f.peakKiB = peakKiB(st)
}

const (
	loadTime    = 2 * time.Second
	connections = 50
)

// serve starts a server, which prints its port, and loads it with keep-alive
// connections for a fixed time.
func serve(cmd *exec.Cmd, post bool) (f figures, err error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return f, err
	}
	if err := cmd.Start(); err != nil {
		return f, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return f, err
	}
	request := get
	if post {
		request = append([]byte("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1024\r\n\r\n"), bytes.Repeat([]byte("x"), 1024)...)
	}
	n, lerr := load("127.0.0.1:"+strings.TrimSpace(line), request)
	_ = cmd.Process.Signal(os.Interrupt)
	_ = cmd.Wait()
	f.take(cmd.ProcessState)
	f.value = float64(n) / loadTime.Seconds()
	return f, lerr
}

var get = []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

// load counts the answers that come while loadTime lasts.
func load(addr string, request []byte) (int64, error) {
	var count atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, connections)
	deadline := time.Now().Add(loadTime)
	for range connections {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, err := net.Dial("tcp", addr)
			if err != nil {
				errs <- err
				return
			}
			defer c.Close()
			r := bufio.NewReader(c)
			for time.Now().Before(deadline) {
				if _, err := c.Write(request); err != nil {
					errs <- err
					return
				}
				if err := answer(r); err != nil {
					errs <- err
					return
				}
				count.Add(1)
			}
		}()
	}
	wg.Wait()
	select {
	case err := <-errs:
		return 0, err
	default:
		return count.Load(), nil
	}
}

// answer reads one response with a Content-Length.
func answer(r *bufio.Reader) error {
	length := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) == 2 {
			break
		}
		if bytes.HasPrefix(line, []byte("Content-Length: ")) {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(line[16:])))
		}
	}
	_, err := r.Discard(length)
	return err
}
