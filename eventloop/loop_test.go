package eventloop

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func newTest(t *testing.T, o Options) *Loop {
	t.Helper()
	l := New(o)
	t.Cleanup(l.Close)
	return l
}

func mustRun(t *testing.T, l *Loop) {
	t.Helper()
	if err := l.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestTimersFireByDueTimeThenStartOrder(t *testing.T) {
	l := newTest(t, Options{Clock: &VirtualClock{}})
	var got []string
	add := func(name string, d time.Duration) { l.SetTimer(d, func() { got = append(got, name) }) }
	add("b", 20*time.Millisecond)
	add("a1", 10*time.Millisecond)
	add("a2", 10*time.Millisecond)
	add("hour", time.Hour)
	mustRun(t, l)
	if want := []string{"a1", "a2", "b", "hour"}; !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestTimerStartedInTimersPhaseWaitsATurn(t *testing.T) {
	l := newTest(t, Options{Clock: &VirtualClock{}})
	var got []string
	l.SetTimer(0, func() {
		got = append(got, "outer")
		l.SetTimer(0, func() { got = append(got, "inner") })
		l.SetImmediate(func() { got = append(got, "check") })
	})
	mustRun(t, l)
	if want := []string{"outer", "check", "inner"}; !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestTimerStoppedByAnEarlierOneOfTheSameTurn(t *testing.T) {
	l := newTest(t, Options{Clock: &VirtualClock{}})
	var b *Timer
	l.SetTimer(time.Millisecond, func() {
		if !b.Stop() || b.Stop() {
			t.Error("Stop must be true once")
		}
	})
	b = l.SetTimer(time.Millisecond, func() { t.Error("stopped timer fired") })
	mustRun(t, l)
}

func TestUnrefTimerDoesNotHoldTheLoop(t *testing.T) {
	l := newTest(t, Options{})
	tm := l.SetTimer(time.Hour, func() { t.Error("fired") })
	tm.Unref()
	tm.Unref()
	mustRun(t, l)
	tm.Ref()
	if !l.Alive() {
		t.Error("a ref'd timer keeps the loop alive")
	}
	tm.Stop()
	if l.Alive() {
		t.Error("a stopped one does not")
	}
}

func TestImmediateQueuedInCheckRunsNextTurn(t *testing.T) {
	l := newTest(t, Options{})
	var first, second uint64
	l.SetImmediate(func() {
		first = l.Turns()
		l.SetImmediate(func() { second = l.Turns() })
	})
	mustRun(t, l)
	if second != first+1 {
		t.Fatal(first, second)
	}
}

func TestCloseCallbacksRunInTheClosePhase(t *testing.T) {
	l := newTest(t, Options{})
	var got []string
	h := l.NewHandle("test")
	h.Start()
	l.SetImmediate(func() {
		h.Close(func() { got = append(got, "close") })
		h.Close(func() { got = append(got, "twice") })
		got = append(got, "check")
	})
	mustRun(t, l)
	if want := []string{"check", "close"}; !slices.Equal(got, want) {
		t.Fatal(got)
	}
	if h.Post(func() { t.Error("ran after close") }) {
		h2 := l.NewHandle("again")
		h2.Start()
		h2.Post(func() { h2.Close(nil) })
		mustRun(t, l)
	}
}

func TestDeferRunsInPendingOfTheNextTurn(t *testing.T) {
	l := newTest(t, Options{})
	var got []string
	l.SetImmediate(func() { l.Defer(func() { got = append(got, "pending") }) })
	l.SetImmediate(func() { got = append(got, "check") })
	mustRun(t, l)
	if want := []string{"check", "pending"}; !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestPoolRunsFourAndTheFifthWaits(t *testing.T) {
	var rec recorder
	l := newTest(t, Options{Observer: &rec})
	gate := make(chan struct{})
	var running, peak atomic.Int32
	full := make(chan struct{})
	for range 5 {
		Submit(l, func(context.Context) (int, error) {
			n := running.Add(1)
			for p := peak.Load(); n > p && !peak.CompareAndSwap(p, n); p = peak.Load() {
			}
			if n == DefaultPoolSize {
				close(full)
			}
			<-gate
			running.Add(-1)
			return 0, nil
		}, func(int, error) {})
	}
	<-full
	if n := running.Load(); n != DefaultPoolSize {
		t.Errorf("%d run", n)
	}
	close(gate)
	mustRun(t, l)
	if peak.Load() != DefaultPoolSize {
		t.Errorf("peak %d", peak.Load())
	}
	if n := rec.count(JobDone); n != 5 {
		t.Errorf("%d done", n)
	}
}

func TestPoolSizeIsAskedOnFirstUse(t *testing.T) {
	size := 2
	p := NewPool(func() int { return size })
	defer p.Close()
	size = 5000
	if n := p.Size(); n != MaxPoolSize {
		t.Fatal(n)
	}
}

func TestPanicInAJobFailsTheRequest(t *testing.T) {
	l := newTest(t, Options{})
	var got error
	Submit(l, func(context.Context) (int, error) { panic("boom") }, func(_ int, err error) { got = err })
	mustRun(t, l)
	if pe, ok := got.(*PanicError); !ok || pe.Value != "boom" {
		t.Fatal(got)
	}
}

func TestCancelledRequestReports(t *testing.T) {
	l := newTest(t, Options{Pool: nil})
	block := make(chan struct{})
	for range DefaultPoolSize {
		Submit(l, func(context.Context) (int, error) { <-block; return 0, nil }, func(int, error) {})
	}
	var got error
	r := Submit(l, func(context.Context) (int, error) { t.Error("ran"); return 0, nil }, func(_ int, err error) { got = err })
	r.Cancel()
	close(block)
	mustRun(t, l)
	if got != context.Canceled {
		t.Fatal(got)
	}
}

func TestPostHammer(t *testing.T) {
	l := newTest(t, Options{})
	h := l.NewHandle("keep")
	h.Start()
	const goroutines, each = 8, 2000
	n := 0
	var wg sync.WaitGroup
	for range goroutines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range each {
				l.Post(func() {
					if n++; n == goroutines*each {
						h.Close(nil)
					}
				})
			}
		}()
	}
	mustRun(t, l)
	wg.Wait()
	if n != goroutines*each {
		t.Fatal(n)
	}
	l.Close()
	if l.Post(func() {}) {
		t.Error("Post after Close")
	}
}

func TestStopKeepsWhatIsLeft(t *testing.T) {
	l := newTest(t, Options{})
	var got []int
	l.SetImmediate(func() { got = append(got, 1); l.Stop() })
	l.SetImmediate(func() { got = append(got, 2) })
	mustRun(t, l)
	if len(got) != 1 {
		t.Fatal(got)
	}
	mustRun(t, l)
	if len(got) != 2 {
		t.Fatal(got)
	}
}

func TestContextEndsRun(t *testing.T) {
	l := newTest(t, Options{})
	h := l.NewHandle("forever")
	h.Start()
	ctx, cancel := context.WithCancel(context.Background())
	l.SetImmediate(cancel)
	if err := l.Run(ctx); err != context.Canceled {
		t.Fatal(err)
	}
}

func TestPhasesAreSeenInOrder(t *testing.T) {
	var rec recorder
	l := newTest(t, Options{Observer: &rec, Clock: &VirtualClock{}})
	l.SetTimer(time.Millisecond, func() {})
	l.SetImmediate(func() {})
	mustRun(t, l)
	want := []Phase{PhaseTimers, PhasePending, PhaseIdle, PhasePoll, PhaseCheck, PhaseClose, PhaseTimers}
	if got := rec.phases[:len(want)]; !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

type recorder struct {
	mu     sync.Mutex
	phases []Phase
	jobs   []JobState
}

func (r *recorder) PhaseStart(p Phase, _ time.Duration)        { r.phases = append(r.phases, p) }
func (r *recorder) PhaseEnd(Phase, time.Duration)              {}
func (r *recorder) CallbackStart(Phase, string, time.Duration) {}
func (r *recorder) CallbackEnd(Phase, string, time.Duration)   {}
func (r *recorder) HandleOpen(*Handle)                         {}
func (r *recorder) HandleClose(*Handle)                        {}
func (r *recorder) Job(_ uint64, _ string, s JobState, _ time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jobs = append(r.jobs, s)
}

func (r *recorder) count(s JobState) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, j := range r.jobs {
		if j == s {
			n++
		}
	}
	return n
}

func BenchmarkTurn(b *testing.B) {
	l := New(Options{})
	defer l.Close()
	n := 0
	var again func()
	again = func() {
		if n++; n < b.N {
			l.SetImmediate(again)
		}
	}
	l.SetImmediate(again)
	_ = l.Run(context.Background())
}

func ExampleLoop() {
	l := New(Options{})
	defer l.Close()
	l.SetImmediate(func() { fmt.Println("check") })
	_ = l.Run(context.Background())
	// Output: check
}
