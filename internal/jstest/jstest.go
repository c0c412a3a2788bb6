// Package jstest runs scripts with recorded expectations and looks for leaks.
//
// A golden is NAME.js with NAME.out, what real Node.js 24 printed on standard
// output. NAME.err, if it is there, is compared with standard error, and a
// line "// exit: N" in the script says the expected exit code (0 otherwise).
// The folder of the script reads as <dir> in both. Expectations are recorded
// with GOLDEN_NODE=/path/to/node go test ./…; they are never made by gonode.
//
// A script with a line "// gonode: process" runs in a process of its own; the
// others run in an isolate of the test's process, which is fast and lets leaks
// be seen. "// gonode: helper" marks a script that others load.
package jstest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gonode/gonode/bindings"
	isolate "github.com/gonode/gonode/runtime"
)

// Limit is how long one script may take before the test fails: a guard
// against hanging, not a measurement.
const Limit = 60 * time.Second

// A Result is what a script did.
type Result struct {
	Stdout, Stderr string
	Code           int
}

// Goldens runs every NAME.js in dir that has a NAME.out beside it.
func Goldens(t *testing.T, dir string) {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join(dir, "*.js"))
	if err != nil {
		t.Fatal(err)
	}
	node := os.Getenv("GOLDEN_NODE")
	ran := 0
	for _, script := range scripts {
		src, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		if helperLine.Match(src) {
			continue
		}
		ran++
		base := strings.TrimSuffix(script, ".js")
		t.Run(filepath.Base(base), func(t *testing.T) { golden(t, script, base, string(src), node) })
	}
	if ran == 0 {
		t.Fatalf("no goldens in %s", dir)
	}
}

var (
	processLine = regexp.MustCompile(`(?m)^// gonode: process\b`)
	exitLine    = regexp.MustCompile(`(?m)^// exit: (\d+)`)
	helperLine  = regexp.MustCompile(`(?m)^// gonode: helper\b`)
)

func golden(t *testing.T, script, base, src, node string) {
	abs, err := filepath.Abs(script)
	if err != nil {
		t.Fatal(err)
	}
	code := 0
	if m := exitLine.FindStringSubmatch(src); m != nil {
		code, _ = strconv.Atoi(m[1])
	}
	if node != "" {
		record(t, node, abs, base, code)
		return
	}
	var got Result
	if processLine.MatchString(src) {
		got = RunProcess(t, nil, abs)
	} else {
		got = RunIsolate(t, abs)
	}
	dir := filepath.Dir(abs)
	compare(t, "stdout", base+".out", Normalize(got.Stdout, dir))
	if _, err := os.Stat(base + ".err"); err == nil {
		compare(t, "stderr", base+".err", NormalizeErrors(got.Stderr, dir))
	}
	if got.Code != code {
		t.Errorf("exit code %d, want %d; stderr:\n%s", got.Code, code, got.Stderr)
	}
}

func compare(t *testing.T, what, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from %s\n--- got\n%s\n--- want\n%s", what, file, got, want)
	}
}

// Normalize replaces what differs between machines.
func Normalize(s, dir string) string {
	s = strings.ReplaceAll(s, dir, "<dir>")
	// Scripts run in the folder of their package.
	return strings.ReplaceAll(s, filepath.Dir(dir)+"'", "<cwd>'")
}

var (
	internalFrame = regexp.MustCompile(`\n +at (?:[^\n(]*\()?node:[^\s)]*\)?`)
	matchingLines = regexp.MustCompile(`\n +\.\.\. \d+ lines matching cause stack trace \.\.\.`)
	warningPid    = regexp.MustCompile(`\(node:\d+\)`)
	commandHint   = regexp.MustCompile("\\(Use `\\w+ --")
)

// NormalizeErrors is Normalize for standard error: the process id and what
// names the command go, too, and the stack frames inside built-in modules,
// whose lines are nobody's business.
func NormalizeErrors(s, dir string) string {
	s = matchingLines.ReplaceAllString(internalFrame.ReplaceAllString(s, ""), "")
	s = warningPid.ReplaceAllString(s, "(node:PID)")
	s = commandHint.ReplaceAllString(s, "(Use `node --")
	return Normalize(s, dir)
}

func record(t *testing.T, node, script, base string, code int) {
	ctx, cancel := context.WithTimeout(context.Background(), Limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, script)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if got := exitCode(err); got != code {
		t.Fatalf("node exits with %d, the script says %d\n%s", got, code, errs.String())
	}
	dir := filepath.Dir(script)
	if err := os.WriteFile(base+".out", []byte(Normalize(out.String(), dir)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(base + ".err"); err == nil {
		if err := os.WriteFile(base+".err", []byte(NormalizeErrors(errs.String(), dir)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func exitCode(err error) int {
	var ee *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ee):
		return ee.ExitCode()
	}
	return -1
}

// RunIsolate runs a script in an isolate of this process, and fails the test
// if goroutines or descriptors are left behind.
func RunIsolate(t *testing.T, script string, args ...string) Result {
	t.Helper()
	defer LeakCheck(t)()
	var out, errs syncBuffer
	iso, err := isolate.New(isolate.Options{Host: &bindings.Host{
		Args:   append([]string{"gonode", script}, args...),
		Env:    bindings.NewEnviron(os.Environ()),
		Stdout: &out, Stderr: &errs,
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), Limit)
	defer cancel()
	code, err := iso.Run(ctx)
	iso.Close()
	if err != nil {
		t.Fatalf("%v\nstdout:\n%s\nstderr:\n%s", err, out.String(), errs.String())
	}
	return Result{out.String(), errs.String(), code}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// LeakCheck notes the goroutines and descriptors of the process; the function
// that it returns fails the test if there are more. Not for parallel tests.
func LeakCheck(t *testing.T) func() {
	t.Helper()
	warmUp()
	goroutines, fds := runtime.NumGoroutine(), descriptors()
	return func() {
		t.Helper()
		// A goroutine that has been told to end needs a moment to do so.
		for range 200 {
			if runtime.NumGoroutine() <= goroutines && descriptors() <= fds {
				return
			}
			runtime.Gosched()
			time.Sleep(5 * time.Millisecond)
		}
		if n := descriptors(); n > fds {
			t.Errorf("%d descriptors leaked; open are %s", n-fds, openDescriptors())
		}
		if n := runtime.NumGoroutine(); n > goroutines {
			buf := make([]byte, 1<<16)
			t.Errorf("%d goroutines leaked:\n%s", n-goroutines, buf[:runtime.Stack(buf, true)])
		}
	}
}

// warmUp starts what Go keeps for the life of a process once it has been used:
// the signal goroutine, the network poller.
var warmUp = sync.OnceFunc(func() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	signal.Stop(c)
	if l, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		l.Close()
	}
})

// descriptors counts the process's open descriptors, where that can be seen.
func descriptors() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// openDescriptors says what each descriptor is.
func openDescriptors() string {
	list, _ := os.ReadDir("/proc/self/fd")
	var b strings.Builder
	for _, e := range list {
		to, _ := os.Readlink("/proc/self/fd/" + e.Name())
		fmt.Fprintf(&b, "%s→%s ", e.Name(), to)
	}
	return b.String()
}

// binary builds the command once a test process.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gonode")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "gonode")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", name, "github.com/gonode/gonode/cmd/gonode")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return name, nil
})

// Binary returns the path of a gonode built from this tree.
func Binary(t *testing.T) string {
	t.Helper()
	b, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// RunProcess runs the gonode command with args and with env added to the
// environment.
func RunProcess(t *testing.T, env []string, args ...string) Result {
	t.Helper()
	command := Binary(t) // built the first time, which is none of the script's time
	ctx, cancel := context.WithTimeout(context.Background(), Limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, command, args...)
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%v: %v\nstdout:\n%s\nstderr:\n%s", args, ctx.Err(), out.String(), errs.String())
	}
	return Result{out.String(), errs.String(), exitCode(err)}
}
