// Command http_hello compares servers that run hello.js: requests a second and
// processor time a request, with keep-alive connections.
//
//	go run ./bench/http_hello -d 3s -c 50 -modes hello,post gonode=/tmp/gonode node=/usr/bin/node
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	d := flag.Duration("d", 3*time.Second, "time a run")
	conns := flag.Int("c", 50, "connections")
	modes := flag.String("modes", "hello", "handlers of hello.js")
	rounds := flag.Int("r", 1, "rounds; the best counts")
	script := flag.String("script", "", "path of hello.js")
	flag.Parse()
	if *script == "" {
		_, file, _, _ := runtime.Caller(0)
		*script = filepath.Join(filepath.Dir(file), "hello.js")
	}
	fmt.Printf("%-10s %-10s %12s %14s %10s\n", "mode", "runtime", "requests/s", "cpu us/request", "errors")
	for _, mode := range strings.Split(*modes, ",") {
		for _, arg := range flag.Args() {
			name, path, ok := strings.Cut(arg, "=")
			if !ok {
				name, path = filepath.Base(arg), arg
			}
			best, cpu, errs := 0.0, 0.0, int64(0)
			for range *rounds {
				rate, c, e, err := run(path, *script, mode, *conns, *d)
				if err != nil {
					fmt.Fprintln(os.Stderr, name, err)
					continue
				}
				if cpu == 0 || c < cpu {
					cpu = c
				}
				best = max(best, rate)
				errs += e
			}
			fmt.Printf("%-10s %-10s %12.0f %14.2f %10d\n", mode, name, best, cpu, errs)
		}
	}
}

func run(runtimePath, script, mode string, conns int, d time.Duration) (rate, cpu float64, errs int64, err error) {
	cmd := exec.Command(runtimePath, script, mode)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, 0, 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, 0, 0, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return 0, 0, 0, err
	}
	addr := "127.0.0.1:" + strings.TrimSpace(line)
	request := []byte("GET /path?q=1 HTTP/1.1\r\nHost: " + addr + "\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n")
	if mode == "post" {
		request = []byte("POST / HTTP/1.1\r\nHost: " + addr + "\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n{\"some\":\"json\",\"number\":17}")
	}
	var count, failed atomic.Int64
	phase := func(d time.Duration) {
		var wg sync.WaitGroup
		stop := time.Now().Add(d)
		for range conns {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if err := client(addr, request, stop, &count); err != nil {
					failed.Add(1)
				}
			}()
		}
		wg.Wait()
	}
	phase(d / 4)
	count.Store(0)
	before, start := cpuTime(cmd.Process.Pid), time.Now()
	phase(d)
	took, used := time.Since(start), cpuTime(cmd.Process.Pid)-before
	n := float64(count.Load())
	return n / took.Seconds(), used / n * 1e6, failed.Load(), nil
}

// client sends one request after the other and checks that each answer is whole.
func client(addr string, request []byte, stop time.Time, count *atomic.Int64) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	r := bufio.NewReaderSize(c, 4096)
	for i := 0; ; i++ {
		if i%16 == 0 && time.Now().After(stop) {
			return nil
		}
		if _, err := c.Write(request); err != nil {
			return err
		}
		if err := response(r); err != nil {
			return err
		}
		count.Add(1)
	}
}

func response(r *bufio.Reader) error {
	length, chunked := -1, false
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
			return fmt.Errorf("status %q", line)
		}
		if len(line) <= 2 {
			break
		}
		if v, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(v)))
		} else if bytes.HasPrefix(line, []byte("Transfer-Encoding: chunked")) {
			chunked = true
		}
	}
	if !chunked {
		_, err := io.CopyN(io.Discard, r, int64(length))
		return err
	}
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if _, err := io.CopyN(io.Discard, r, n+2); err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
	}
}

// cpuTime is the processor time of a process in seconds (Linux).
func cpuTime(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	u, _ := strconv.ParseFloat(f[11], 64)
	s, _ := strconv.ParseFloat(f[12], 64)
	return (u + s) / 100
}
