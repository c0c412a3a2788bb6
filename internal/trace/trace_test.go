package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gonode/gonode/eventloop"
)

// newLoop is a loop on a virtual clock, and its track.
func newLoop(r *Recorder, capture func() uint32) (*eventloop.Loop, *Track) {
	if capture == nil {
		capture = func() uint32 { return 0 }
	}
	t := r.Track("main", 0, capture)
	l := eventloop.New(eventloop.Options{Clock: &eventloop.VirtualClock{}, Observer: t})
	t.Start(l)
	t.Resources = func() []Active { return nil }
	return l, t
}

func run(t *testing.T, l *eventloop.Loop) {
	t.Helper()
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestSpansNest(t *testing.T) {
	r := New(Options{File: "x.json"})
	l, track := newLoop(r, nil)
	fn := r.Name("tick")
	l.SetTimer(5*time.Millisecond, func() {
		track.Enter()
		track.Begin(KindTimeout, r.Name("outer"), 0)
		track.Begin(KindTick, fn, 0)
		track.End()
		track.End()
	})
	run(t, l)
	var got []string
	for _, s := range r.snapshot().spans {
		got = append(got, fmt.Sprint(s.depth, " ", s.kind, " ", r.title(&s)))
	}
	want := "1 callback timer|2 Timeout outer|3 nextTick tick"
	if text := strings.Join(got, "|"); !strings.Contains(text, want) {
		t.Errorf("%s", text)
	}
	if st := track.stats[eventloop.PhaseTimers]; st.callbacks != 1 {
		t.Errorf("the timers phase has %d callbacks", st.callbacks)
	}
	if n := track.kinds[KindTick].callbacks; n != 1 {
		t.Errorf("%d ticks", n)
	}
}

// What an exception leaves open ends with the callback.
func TestUnwinding(t *testing.T) {
	r := New(Options{File: "x.json"})
	l, track := newLoop(r, nil)
	l.SetTimer(0, func() {
		defer func() { _ = recover() }()
		track.Begin(KindTimeout, 0, 0)
		track.Begin(KindTick, 0, 0)
		panic(errors.New("thrown"))
	})
	run(t, l)
	if len(track.open) != 0 {
		t.Errorf("%d spans are open", len(track.open))
	}
	if n := track.kinds[KindTimeout].callbacks; n != 1 {
		t.Errorf("%d timeouts", n)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	r := New(Options{File: "x.json", Spans: 10, Jobs: 5, Handles: 5})
	l, track := newLoop(r, nil)
	for range 100 {
		track.Begin(KindTimeout, 0, 0)
		track.End()
		h := l.NewHandle("TCPSocketWrap")
		h.Close(nil)
		eventloop.Submit(l, func(context.Context) (int, error) { return 0, nil }, func(int, error) {})
	}
	run(t, l)
	s := r.snapshot()
	if len(s.spans) != 10 || len(s.jobs) != 5 || len(s.handles) != 5 {
		t.Errorf("%d spans, %d jobs, %d handles", len(s.spans), len(s.jobs), len(s.handles))
	}
	if track.kinds[KindTimeout].callbacks != 100 {
		t.Error("the sums are not of all")
	}
	if len(r.open) != 0 || len(r.running) != 0 {
		t.Errorf("%d are open, %d run", len(r.open), len(r.running))
	}
	r.stacks.limit = 100
	for i := range 200 {
		r.Stack("f", []uint32{r.Frame(Frame{File: "x", Line: i})})
	}
	if n := len(r.stacks.nodes); n > 100 {
		t.Errorf("%d nodes", n)
	}
}

// A lane is a thread: two jobs that run together are on two.
func TestLanes(t *testing.T) {
	r := New(Options{File: "x.json"})
	_, track := newLoop(r, nil)
	step := func(id uint64, s eventloop.JobState, at time.Duration) { track.Job(id, "k", s, at) }
	for id := range uint64(3) {
		step(id, eventloop.JobQueued, 0)
	}
	step(0, eventloop.JobStarted, 1)
	step(1, eventloop.JobStarted, 1)
	step(0, eventloop.JobFinished, 2)
	step(2, eventloop.JobStarted, 2)
	step(1, eventloop.JobFinished, 3)
	step(1, eventloop.JobDone, 4)
	lanes := map[uint64]int32{}
	for _, j := range r.snapshot().jobs {
		lanes[j.id] = j.lane
	}
	if lanes[0] != 0 || lanes[1] != 1 || lanes[2] != 0 {
		t.Error(lanes)
	}
}

func TestStacks(t *testing.T) {
	r := New(Options{File: "x.json"})
	a, b := r.Frame(Frame{Func: "f", File: "/x.js", Line: 1, Col: 2}), r.Frame(Frame{File: "/x.js", Line: 9, Col: 1})
	one, two := r.Stack("setTimeout", []uint32{a, b}), r.Stack("setTimeout", []uint32{a, b})
	if one == 0 || one != two {
		t.Error(one, two)
	}
	api, text := r.StackText(one)
	if want := "    at f (/x.js:1:2)\n    at /x.js:9:1\n"; api != "setTimeout" || text != want {
		t.Errorf("%s %q", api, text)
	}
	if r.Stack("setTimeout", []uint32{b}) == one || r.Stack("", nil) != 0 {
		t.Error("stacks are mixed up")
	}
}

// Both forms can be read back, with names that would end the page's script.
func TestEncoding(t *testing.T) {
	nasty := `</script><!-- "quoted" \ ` + "\u2028\x01 ünï"
	for _, name := range []string{"t.json", "t.html"} {
		file := filepath.Join(t.TempDir(), name)
		r := New(Options{File: file, Title: nasty, Args: []string{"gonode", nasty}})
		stack := r.Stack(nasty, []uint32{r.Frame(Frame{Func: nasty, File: nasty, Line: 3, Col: 4})})
		l, track := newLoop(r, func() uint32 { return stack })
		track.Begin(KindScript, r.Name(nasty), stack)
		track.End()
		track.Begin(KindTick, 0, stack) // runs still
		l.NewHandle(nasty)
		if err := r.Flush(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if name == "t.html" {
			_, rest, _ := bytes.Cut(text, []byte(`<script type="application/json" id="data">`))
			text, _, _ = bytes.Cut(rest, []byte("</script>"))
		}
		var data map[string]any
		if err := json.Unmarshal(text, &data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Contains(text, []byte(`\u003c/script\u003e`)) {
			t.Errorf("%s: the name is not there", name)
		}
	}
}

func TestFlushFails(t *testing.T) {
	r := New(Options{File: filepath.Join(t.TempDir(), "missing", "t.json")})
	if err := r.Flush(); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestReport(t *testing.T) {
	r := New(Options{})
	l, track := newLoop(r, nil)
	track.Resources = func() []Active {
		return []Active{{Kind: "Timeout", Detail: "after 1s", API: "setTimeout", Stack: "    at f (x.js:1:2)\n"}}
	}
	h := l.NewHandle("TCPServerWrap")
	h.Start()
	var out bytes.Buffer
	go func() {
		r.Report(&out)
		l.Post(func() { h.Close(nil) })
	}()
	run(t, l)
	want := fmt.Sprintf("gonode[%d] main: alive because of\n  Timeout after 1s, by setTimeout\n    at f (x.js:1:2)\n", os.Getpid())
	if out.String() != want {
		t.Errorf("%q", out.String())
	}
}
