//go:build unix

package conformance

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/jstest"
	isolate "github.com/gonode/gonode/runtime"
)

// traceDocument runs the document's five-file example with --trace-loop's
// option. The pool is held until four pbkdf2 jobs run and one waits, so that the
// trace shows what the document says however slow the machine is.
func traceDocument(t *testing.T, file string) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join(docRoot, "11-thread-pool"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	obs := newPoolObserver(4, true)
	defer time.AfterFunc(2*time.Minute, obs.release).Stop()
	var out, errs bytes.Buffer
	iso, err := isolate.New(isolate.Options{Observer: obs, TraceLoop: file, Host: &bindings.Host{
		Args: []string{"gonode", filepath.Join(dir, "example.js")}, OwnsProcess: true,
		Env: bindings.NewEnviron([]string{"PATH=/bin"}), Stdout: &out, Stderr: &errs,
	}})
	if err != nil {
		t.Fatal(err)
	}
	code, err := iso.Run(context.Background())
	iso.Close()
	if code != 0 || err != nil || errs.Len() > 0 {
		t.Fatal(code, err, errs.String())
	}
}

// traceEvent is an entry of Chrome's trace-event format.
type traceEvent struct {
	Ph   string
	Cat  string
	Name string
	Pid  *int
	Tid  *int
	Ts   *float64
	Dur  *float64
	ID   string
	Sf   string
	Args map[string]any
}

type traceFile struct {
	TraceEvents []traceEvent
	StackFrames map[string]struct{ Name, Parent string }
}

func (e *traceEvent) end() float64 { return *e.Ts + *e.Dur }

// readTrace reads a JSON trace and checks it against the format's rules.
func readTrace(t *testing.T, file string) traceFile {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var f traceFile
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	threads := map[int][]traceEvent{}
	async := map[string]int{}
	flows := map[string]string{}
	for i, e := range f.TraceEvents {
		if e.Ph == "" || e.Name == "" || e.Cat == "" || e.Pid == nil || e.Tid == nil || e.Ts == nil || *e.Ts < 0 {
			t.Fatalf("event %d is not whole: %+v", i, e)
		}
		if e.Sf != "" {
			if _, ok := f.StackFrames[e.Sf]; !ok {
				t.Errorf("event %d has stack frame %s, which is none", i, e.Sf)
			}
		}
		switch e.Ph {
		case "X":
			if e.Dur == nil || *e.Dur < 0 {
				t.Fatalf("event %d has no duration: %+v", i, e)
			}
			threads[*e.Tid] = append(threads[*e.Tid], e)
		case "b":
			async[e.Cat+e.ID]++
		case "e":
			if async[e.Cat+e.ID]--; async[e.Cat+e.ID] < 0 {
				t.Errorf("%s %s ends and has not begun", e.Name, e.ID)
			}
		case "s", "t", "f":
			if flows[e.ID] += e.Ph; !strings.HasPrefix("stf", flows[e.ID]) {
				t.Errorf("flow %s is %s", e.ID, flows[e.ID])
			}
		case "M":
		default:
			t.Errorf("event %d: what is %q?", i, e.Ph)
		}
	}
	for id, fr := range f.StackFrames {
		if fr.Parent != "" {
			if _, ok := f.StackFrames[fr.Parent]; !ok {
				t.Errorf("stack frame %s has no parent", id)
			}
		}
	}
	// On a thread spans lie within each other or apart. Times are written in
	// microseconds, so their sums are not exact.
	const slack = 0.01
	for tid, list := range threads {
		slices.SortStableFunc(list, func(a, b traceEvent) int {
			return cmp.Or(cmp.Compare(*a.Ts, *b.Ts), cmp.Compare(*b.Dur, *a.Dur))
		})
		var open []traceEvent
		for _, e := range list {
			for len(open) > 0 && open[len(open)-1].end() <= *e.Ts+slack {
				open = open[:len(open)-1]
			}
			if len(open) > 0 && e.end() > open[len(open)-1].end()+slack {
				t.Errorf("thread %d: %s (%v to %v) overlaps %s (to %v)", tid, e.Name, *e.Ts, e.end(), open[len(open)-1].Name, open[len(open)-1].end())
			}
			open = append(open, e)
		}
	}
	return f
}

// A poolJob is a job as a trace shows it.
type poolJob struct {
	title                             string
	lane                              int
	queued, started, finished, called float64
}

// fifthWaits checks that four pbkdf2 jobs ran side by side and the fifth after
// the first of them.
func fifthWaits(t *testing.T, jobs []poolJob) {
	t.Helper()
	var list []poolJob
	for _, j := range jobs {
		if j.title == "crypto.pbkdf2" {
			list = append(list, j)
		}
	}
	if len(list) != 5 || len(jobs) != 10 {
		t.Fatalf("%d jobs, %d of them pbkdf2: %v", len(jobs), len(list), jobs)
	}
	slices.SortFunc(list, func(a, b poolJob) int { return cmp.Compare(a.started, b.started) })
	four, fifth := list[:4], list[4]
	lastStart, firstEnd := 0.0, four[0].finished
	lanes := map[int]bool{}
	for _, j := range four {
		lastStart, firstEnd = max(lastStart, j.started), min(firstEnd, j.finished)
		lanes[j.lane] = true
	}
	if lastStart > firstEnd || len(lanes) != 4 {
		t.Errorf("four do not run together, on four threads: %v", four)
	}
	if fifth.started < firstEnd || fifth.queued > firstEnd || !lanes[fifth.lane] {
		t.Errorf("the fifth (%v) does not wait for the first of %v", fifth, four)
	}
}

func TestTraceEvents(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.json")
	traceDocument(t, file)
	f := readTrace(t, file)
	threads := map[int]string{}
	queued := map[string]float64{}
	for _, e := range f.TraceEvents {
		switch {
		case e.Ph == "M" && e.Name == "thread_name":
			threads[*e.Tid] = e.Args["name"].(string)
		case e.Ph == "s":
			queued[e.ID] = *e.Ts
		}
	}
	var jobs []poolJob
	callbacks := map[string]int{}
	for _, e := range f.TraceEvents {
		switch {
		case e.Ph == "X" && e.Cat == "pool":
			id := "0." + jsonNumber(e.Args["job"])
			jobs = append(jobs, poolJob{title: e.Name, lane: *e.Tid, queued: queued[id], started: *e.Ts, finished: e.end()})
			if !strings.HasPrefix(threads[*e.Tid], "pool thread ") {
				t.Errorf("%s runs on %q", e.Name, threads[*e.Tid])
			}
		case e.Ph == "X" && e.Args["kind"] == "callback":
			if at, _ := e.Args["queued at"].(string); at != "" {
				callbacks[e.Name+" "+filepath.Base(at)]++
			}
		}
	}
	fifthWaits(t, jobs)
	for _, want := range []string{"fs.readFile callback example.js:8:6)", "crypto.pbkdf2 callback example.js:12:12)"} {
		n := 0
		for name, count := range callbacks {
			if strings.TrimSuffix(name, ")") == strings.TrimSuffix(want, ")") {
				n += count
			}
		}
		if n != 5 {
			t.Errorf("%d of %s in %v", n, want, callbacks)
		}
	}
}

func jsonNumber(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// pageData is what a page draws; see internal/trace.
type pageData struct {
	Names       []string
	Phases      []string
	PoolThreads int
	Jobs        [][]float64
	Tracks      []struct {
		Name   string
		Phases [][]any
	}
	Longest [][]float64
}

func readPage(t *testing.T, file string) pageData {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).FindSubmatch(text)
	if m == nil {
		t.Fatal("the page embeds no data")
	}
	if out := regexp.MustCompile(`(?i)(src|href)\s*=\s*["']?(https?:)?//`).Find(text); out != nil {
		t.Errorf("the page needs the network: %s", out)
	}
	var d pageData
	if err := json.Unmarshal(m[1], &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTracePage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.html")
	traceDocument(t, file)
	d := readPage(t, file)
	var jobs []poolJob
	for _, j := range d.Jobs { // id, track, lane, kind, stack, title, queued, started, finished, done
		jobs = append(jobs, poolJob{d.Names[int(j[5])], int(j[2]), j[6], j[7], j[8], j[9]})
	}
	fifthWaits(t, jobs)
	if d.PoolThreads != 4 {
		t.Errorf("%d pool threads", d.PoolThreads)
	}
	for i, name := range d.Phases {
		want := 0.0
		if name == "poll" {
			want = 10
		}
		if n := d.Tracks[0].Phases[i][1]; n != want {
			t.Errorf("%v callbacks in %s, want %v", n, name, want)
		}
	}
	if len(d.Longest) != 10 {
		t.Errorf("%d callbacks are ranked", len(d.Longest))
	}
}

// TestTraceEnds: the file is there and whole however the program ends.
func TestTraceEnds(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name, script string
		signal       syscall.Signal
		code         int
		want         string
	}{
		{"ends", "setTimeout(function last() {}, 1)", 0, 0, "last"},
		{"exits", "setImmediate(function bye() { process.exit(3) })", 0, 3, "bye"},
		{"throws", "setTimeout(function bad() { throw new Error('no') }, 1)", 0, 1, "bad"},
		{"rejects", "setTimeout(function rej() { Promise.reject(new Error('no')) }, 1)", 0, 1, "rej"},
		{"aborts", "setTimeout(function ab() { process.abort() }, 1)", 0, -1, "ab"},
		{"worker", "const { Worker } = require('worker_threads'); new Worker('setTimeout(function inside() {}, 1)', { eval: true })", 0, 0, "inside"},
		{"sigint", "setInterval(function beat() { console.log('up') }, 1)", syscall.SIGINT, -1, "beat"},
		{"sigterm", "require('http').createServer().listen(0, () => setInterval(function beat() { console.log('up') }, 1))", syscall.SIGTERM, -1, "beat"},
		{"blocked", "setTimeout(function endless() { console.log('up'); for (;;); }, 1)", syscall.SIGTERM, -1, "endless"},
		{"handled", "process.on('SIGTERM', function onTerm() { process.exit(7) }); setInterval(function beat() { console.log('up') }, 1)", syscall.SIGTERM, 7, "beat"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(dir, c.name+".json")
			script := filepath.Join(dir, c.name+".js")
			if err := os.WriteFile(script, []byte(c.script), 0o644); err != nil {
				t.Fatal(err)
			}
			p := startTraced(t, "--trace-loop="+file, script)
			if c.signal != 0 {
				p.await(t, regexp.MustCompile("up"))
				_ = p.cmd.Process.Signal(c.signal)
			}
			code := p.wait(t)
			if code != c.code {
				t.Errorf("exit code %d, want %d\n%s", code, c.code, p.err.String())
			}
			ws := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
			if c.code == -1 && c.signal != 0 && ws.Signal() != c.signal {
				t.Errorf("ended by %v", ws.Signal())
			}
			for _, e := range readTrace(t, file).TraceEvents {
				if e.Ph == "X" && e.Name == c.want {
					return
				}
			}
			t.Errorf("no span %q", c.want)
		})
	}
}

func startTraced(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return launch(t, exec.CommandContext(ctx, jstest.Binary(t), args...))
}

// TestWhyAlive: SIGUSR2 says what keeps the process alive, or what blocks it,
// and the trace is written.
func TestWhyAlive(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	server := write("server.js", `const net = require('net');
const server = net.createServer().listen(0, () => {
  setTimeout(() => {}, 1e6);
  console.log('up');
});
`)
	p := startTraced(t, "--trace-handles", server)
	p.await(t, regexp.MustCompile("up"))
	_ = p.cmd.Process.Signal(syscall.SIGUSR2)
	want := regexp.MustCompile(`main: alive because of
  TCPServerWrap, by listen
    at .*server\.js:2:35\)
  Timeout after 16m40s, by setTimeout
    at .*server\.js:3:3\)?
`)
	p.awaitError(t, want)

	busy := write("busy.js", "setTimeout(function endless() {\n  console.log('up');\n  for (;;);\n}, 1);\n")
	file := filepath.Join(dir, "busy.html")
	p = startTraced(t, "--trace-loop="+file, busy)
	p.await(t, regexp.MustCompile("up"))
	_ = p.cmd.Process.Signal(syscall.SIGUSR2)
	p.awaitError(t, regexp.MustCompile(`the loop is blocked by endless for .*\n    at .*busy\.js:1:1\)`))
	readPage(t, file)
}

// TestActiveResourceStacks: getActiveResourcesInfo gives stacks when asked.
func TestActiveResourceStacks(t *testing.T) {
	script := filepath.Join(t.TempDir(), "a.js")
	text := `setTimeout(() => {}, 1);
require('fs').stat('.', () => {});
console.log(JSON.stringify(process.getActiveResourcesInfo()));
for (const r of process.getActiveResourcesInfo({ stacks: true })) console.log(r.type, r.detail, r.openedBy, /a\.js:(\d+)/.exec(r.stack)?.[1]);
`
	if err := os.WriteFile(script, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	list := `["FSReqCallback","Timeout"]` + "\n"
	for _, c := range []struct{ flag, want string }{
		{"--trace-handles", list + "FSReqCallback undefined stat 2\nTimeout after 1ms setTimeout 1\n"},
		{"--no-warnings", list + "FSReqCallback undefined undefined undefined\nTimeout after 1ms undefined undefined\n"},
	} {
		if r := jstest.RunProcess(t, nil, c.flag, script); r.Stdout != c.want {
			t.Errorf("%s: %s%s", c.flag, r.Stdout, r.Stderr)
		}
	}
}

// awaitError waits for a text on standard error.
func (p *program) awaitError(t *testing.T, re *regexp.Regexp) {
	t.Helper()
	for !re.MatchString(p.err.String()) {
		select {
		case <-p.done:
			t.Fatalf("ended before it said %s\n%s", re, p.err.String())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
