//go:build unix

package conformance

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gonode/gonode/internal/jstest"
)

// A docCase is one example of the document.
type docCase struct {
	dir   string
	shows string
	// script is what runs; helper, if it exists, is preloaded with -r.
	script string
	drive  func(t *testing.T, p *program) string // nil: run to the end
	tidy   func(string) string                   // standard output's
	// tidyErr is standard error's.
	tidyErr func(string) string
	code    int
	slow    bool // minutes of arithmetic: runs only with CONFORMANCE_SLOW=1
}

var cases = []docCase{
	{dir: "01-sequential-and-events", shows: "a listener runs when its event happens, not before"},
	{dir: "02-blocking-read", shows: "readFileSync blocks until the file is read"},
	{dir: "03-non-blocking-read", shows: "readFile calls back when the file is read"},
	{dir: "04-callbacks", shows: "nested callbacks run in turn"},
	{dir: "05-promises-scope-issue", shows: "a rejected chain ends in catch"},
	{dir: "06-promises-fixed", shows: "a promise chain of file operations"},
	{dir: "07-async-await", shows: "await in place of then"},
	{dir: "08-web-server", shows: "an http server reads a file for each request", drive: driveServer},
	{dir: "09-worker-threads", shows: "a worker computes while the main thread is free", script: "main.js", slow: true},
	{dir: "10-cluster", shows: "workers share a port, a dead one is replaced", drive: driveCluster},
	{dir: "11-thread-pool", shows: "file and crypto jobs run on the thread pool", tidy: tidyPool},
	{dir: "12-thread-pool-size", shows: "UV_THREADPOOL_SIZE set by the script is heard", script: "main.js", tidy: tidyPool},
	{dir: "13-blocking-the-loop", shows: "arithmetic in a request handler"},
	{dir: "14-worker-for-the-task", shows: "the same in a worker"},
	{dir: "15-callback-hell", shows: "five nested callbacks"},
	{dir: "16-async-await-instead", shows: "the same with await", script: "main.js"},
	{dir: "17-errors-not-handled", shows: "an unchecked error ends the process", code: 1},
	{dir: "18-errors-handled", shows: "errors handled three ways", script: "main.js", tidyErr: sortBlocks},
}

const docRoot = "../../testdata/js/doc"

func TestDocument(t *testing.T) {
	node := os.Getenv("GOLDEN_NODE")
	type row struct{ name, shows, result string }
	var rows []row
	for _, c := range cases {
		result := "pass"
		t.Run(c.dir, func(t *testing.T) {
			defer func() {
				switch {
				case t.Failed():
					result = "FAIL"
				case t.Skipped():
					result = "not run (CONFORMANCE_SLOW=1 runs it)"
				}
			}()
			if c.slow && node == "" && os.Getenv("CONFORMANCE_SLOW") == "" {
				t.Skip("computes for minutes; make conformance runs it")
			}
			runCase(t, c, node)
		})
		rows = append(rows, row{c.dir, c.shows, result})
	}
	if os.Getenv("CONFORMANCE_TABLE") != "" {
		fmt.Println()
		for _, r := range rows {
			fmt.Printf("%-28s %-54s %s\n", r.name, r.shows, r.result)
		}
	}
}

func runCase(t *testing.T, c docCase, node string) {
	exe := node
	if exe == "" {
		exe = jstest.Binary(t)
	}
	dir, err := filepath.Abs(filepath.Join(docRoot, c.dir))
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, exe, dir, c)
	extra := ""
	if c.drive != nil {
		extra = c.drive(t, p)
	}
	code := p.wait(t)
	if c.drive == nil && code != c.code {
		t.Errorf("exit code %d, want %d", code, c.code)
	}
	tidy := c.tidy
	if tidy == nil {
		tidy = func(s string) string { return s }
	}
	stderr := clean(p.err.String(), dir)
	if c.tidyErr != nil {
		stderr = c.tidyErr(stderr)
	}
	got := "--- stdout\n" + tidy(clean(p.out.String(), dir)) + "--- stderr\n" + stderr + extra
	file := filepath.Join(dir, "expected.txt")
	if node != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from Node.js\n--- got\n%s\n--- want\n%s", got, want)
	}
}

var (
	frame       = regexp.MustCompile(`\n +at [^\n]*?( \{)?(\n|$)`)
	versionLine = regexp.MustCompile(`Node\.js v\d+\.\d+\.\d+`)
)

// clean takes out what belongs to a machine or to a runtime's own code: the
// folder, the version, and stack frames, whose number and names differ with
// the runtime's internals (the place of an uncaught error stays).
func clean(s, dir string) string {
	s = strings.ReplaceAll(s, dir, "<dir>")
	for frame.MatchString(s) {
		s = frame.ReplaceAllString(s, "$1$2")
	}
	return versionLine.ReplaceAllString(s, "Node.js <version>")
}

var millis = regexp.MustCompile(`\d+ms`)

// tidyPool takes out the times, and the order in which parallel jobs end.
func tidyPool(s string) string {
	lines := strings.Split(strings.TrimSuffix(millis.ReplaceAllString(s, "<n>ms"), "\n"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// sortBlocks takes out the order in which two operations on the pool fail.
func sortBlocks(s string) string {
	blocks := strings.SplitAfter(s, "}\n")
	slices.Sort(blocks)
	return strings.Join(blocks, "")
}

// A program is a running example.
type program struct {
	cmd      *exec.Cmd
	port     int
	out, err syncBuffer
	lines    chan string
	done     chan struct{}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func start(t *testing.T, exe, dir string, c docCase) *program {
	t.Helper()
	script := c.script
	if script == "" {
		script = "example.js"
	}
	var args []string
	if _, err := os.Stat(filepath.Join(dir, "helper.js")); err == nil && script == "example.js" {
		args = append(args, "-r", "./helper.js")
	}
	limit := 2 * time.Minute
	if c.slow {
		limit = time.Hour
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	port := freePort(t)
	cmd := exec.CommandContext(ctx, exe, append(args, script)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DOC_PORT="+strconv.Itoa(port), "NO_COLOR=1")
	p := launch(t, cmd)
	p.port = port
	return p
}

// launch starts a program whose output can be awaited.
func launch(t *testing.T, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{cmd: cmd, lines: make(chan string, 1000), done: make(chan struct{})}
	p.cmd.Stderr = &p.err
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	go func() {
		defer close(p.done)
		sc := bufio.NewScanner(stdout)
		for sc.Scan() {
			_, _ = io.WriteString(&p.out, sc.Text()+"\n")
			select {
			case p.lines <- sc.Text():
			default:
			}
		}
	}()
	return p
}

func (p *program) wait(t *testing.T) int {
	t.Helper()
	<-p.done
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// await returns the next line of output that matches.
func (p *program) await(t *testing.T, re *regexp.Regexp) []string {
	t.Helper()
	for {
		select {
		case line := <-p.lines:
			if m := re.FindStringSubmatch(line); m != nil {
				return m
			}
		case <-p.done:
			t.Fatalf("ended before it printed %s\nstdout:\n%s\nstderr:\n%s", re, p.out.String(), p.err.String())
		}
	}
}

// freePort finds a port that nobody listens on; another process may take it
// before the example does, which then fails loudly.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func get(t *testing.T, port int, path string) (string, error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	res, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d%s", port, path))
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return fmt.Sprintf("%s %s\n%s", res.Status, res.Header.Get("Content-Type"), body), err
}

// driveServer asks twice, the second time without the file that is served.
func driveServer(t *testing.T, p *program) string {
	p.await(t, regexp.MustCompile(`^Server running`))
	first, err := get(t, p.port, "/hello?x=1")
	if err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(p.cmd.Dir, "index.html")
	if err := os.Rename(index, index+".away"); err != nil {
		t.Fatal(err)
	}
	second, err := get(t, p.port, "/gone")
	_ = os.Rename(index+".away", index)
	if err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Process.Kill()
	return "--- first answer\n" + first + "--- second answer\n" + second + "\n"
}

var pid = regexp.MustCompile(`\d+`)

// driveCluster sees the workers start, asks, kills one, and sees it replaced
// and the port still served. It returns what it saw, as output order varies.
func driveCluster(t *testing.T, p *program) string {
	var saw []string
	p.await(t, regexp.MustCompile(`^Master process (\d+) is running$`))
	saw = append(saw, "the master runs")
	started := regexp.MustCompile(`^Worker (\d+) started$`)
	workers := map[string]bool{}
	for range cpus(t, p) {
		workers[p.await(t, started)[1]] = true
	}
	saw = append(saw, "as many workers as CPUs started")
	ask := func() string {
		body, err := get(t, p.port, "/")
		if err != nil {
			t.Fatal(err)
		}
		who := pid.FindString(body[strings.Index(body, "process"):])
		if !workers[who] {
			t.Errorf("answered by %s, which is no worker of %v", who, workers)
		}
		return who
	}
	victim := ask()
	saw = append(saw, "a worker answers")
	n, _ := strconv.Atoi(victim)
	if err := syscall.Kill(n, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	died := p.await(t, regexp.MustCompile(`^Worker (\d+) died$`))[1]
	if died != victim {
		t.Errorf("%s was killed, %s died", victim, died)
	}
	delete(workers, victim)
	workers[p.await(t, started)[1]] = true
	saw = append(saw, "the killed worker died and was replaced")
	ask()
	saw = append(saw, "a worker answers again")
	_ = p.cmd.Process.Kill()
	p.out = syncBuffer{}
	return "--- seen\n" + strings.Join(saw, "\n") + "\n" + noOrphans(t, workers)
}

// noOrphans waits for the workers to follow their killed primary.
func noOrphans(t *testing.T, workers map[string]bool) string {
	deadline := time.Now().Add(30 * time.Second)
	for who := range workers {
		n, _ := strconv.Atoi(who)
		for syscall.Kill(n, 0) == nil {
			if state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", n)); err == nil && strings.Contains(string(state), ") Z ") {
				break // dead, and waits for whoever adopted it
			}
			if time.Now().After(deadline) {
				t.Errorf("worker %d outlives its primary", n)
				_ = syscall.Kill(n, syscall.SIGKILL)
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return "no worker outlives the primary\n"
}

// cpus asks the runtime itself, which is what the example goes by.
func cpus(t *testing.T, p *program) int {
	t.Helper()
	out, err := exec.Command(p.cmd.Path, "-p", "require('os').cpus().length").Output()
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
