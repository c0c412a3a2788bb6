package trace

import (
	"time"

	"github.com/gonode/gonode/eventloop"
)

// PhaseStats are what a phase has done.
type phaseStats struct {
	entered   uint64
	callbacks uint64
	total     time.Duration // in callbacks
	inside    time.Duration // in the phase, waiting included
	longest   span
}

// A Track is one loop. It is the loop's observer; its other methods are for
// the goroutine of the loop.
type Track struct {
	r       *Recorder
	id      int32
	name    string
	thread  int
	loop    *eventloop.Loop
	offset  time.Duration // from the loop's clock to the recorder's
	capture func() uint32
	// Resources lists what keeps the loop alive, on the loop's goroutine.
	Resources func() []Active
	began     time.Duration
	ended     time.Duration // 0 while it lives

	phase  eventloop.Phase
	open   []span
	stats  [noPhase + 1]phaseStats
	kinds  [kindContainer + 1]phaseStats
	turns  uint64
	waited time.Duration
}

var (
	_ eventloop.Observer        = (*Track)(nil)
	_ eventloop.RequestObserver = (*Track)(nil)
)

// Start says which loop the track is of, before that does anything.
func (t *Track) Start(loop *eventloop.Loop) {
	t.loop, t.offset = loop, time.Since(t.r.zero)-loop.ClockNow()
	t.began = t.now()
}

// Recorder is the recorder that the track belongs to.
func (t *Track) Recorder() *Recorder { return t.r }

// PhaseStart begins a phase.
func (t *Track) PhaseStart(p eventloop.Phase, now time.Duration) {
	if !t.r.Timeline() {
		return
	}
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.phase = p
	if p == eventloop.PhasePending {
		t.turns++
	}
	t.begin(KindPhase, now+t.offset)
}

// PhaseEnd ends it.
func (t *Track) PhaseEnd(p eventloop.Phase, now time.Duration) {
	if !t.r.Timeline() {
		return
	}
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.endTo(KindPhase, now+t.offset)
	t.phase = noPhase
}

// CallbackStart begins a callback of the loop.
func (t *Track) CallbackStart(_ eventloop.Phase, kind string, now time.Duration) {
	if !t.r.Timeline() {
		return
	}
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.begin(KindCallback, now+t.offset)
	t.open[len(t.open)-1].name = t.r.name(kind)
}

// CallbackEnd ends it.
func (t *Track) CallbackEnd(_ eventloop.Phase, _ string, now time.Duration) {
	if !t.r.Timeline() {
		return
	}
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.endTo(KindCallback, now+t.offset)
}

// Job follows a pool job.
func (t *Track) Job(id uint64, kind string, s eventloop.JobState, now time.Duration) {
	if !t.r.Timeline() {
		return
	}
	var stack uint32
	if s == eventloop.JobQueued {
		stack = t.capture()
	}
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.r.job(t, id, kind, s, now+t.offset)
	if s == eventloop.JobQueued {
		t.r.running[jobKey{t.id, id}].stack = stack
	}
}

// HandleOpen notes a handle and the stack that opened it.
func (t *Track) HandleOpen(h *eventloop.Handle) { t.opened(h, h.Kind(), false) }

// HandleClose forgets it.
func (t *Track) HandleClose(h *eventloop.Handle) { t.closed(h) }

// RequestStart notes a request.
func (t *Track) RequestStart(r *eventloop.Request) { t.opened(r, r.Kind(), true) }

// RequestEnd forgets it.
func (t *Track) RequestEnd(r *eventloop.Request) { t.closed(r) }

func (t *Track) opened(key any, kind string, request bool) {
	now := t.now()
	stack := t.capture()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.r.nextID++
	t.r.open[key] = &handle{id: t.r.nextID, track: t.id, kind: t.r.name(kind), stack: stack, request: request, opened: now, closed: -1}
}

func (t *Track) closed(key any) {
	now := t.now()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	h := t.r.open[key]
	if h == nil {
		return
	}
	delete(t.r.open, key)
	h.closed = now
	if r, ok := key.(*eventloop.Request); t.r.Timeline() && !(ok && r.Job()) {
		t.r.handles.add(*h)
	}
}

// OpenedAt is the stack that opened a handle or began a request.
func (t *Track) OpenedAt(key any) uint32 {
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	if h := t.r.open[key]; h != nil {
		return h.stack
	}
	return 0
}

func (t *Track) now() time.Duration { return t.loop.ClockNow() + t.offset }

// Begin begins a span within the running one: fn is the function that runs,
// stack is where it was queued.
func (t *Track) Begin(k Kind, fn, stack uint32) {
	now := t.now()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	t.begin(k, now)
	s := &t.open[len(t.open)-1]
	s.fn, s.stack, s.js = fn, stack, true
}

// End ends the span that Begin has begun last.
func (t *Track) End() {
	now := t.now()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	if n := len(t.open); n > 0 && t.open[n-1].kind != KindPhase && t.open[n-1].kind != KindCallback {
		t.end(now)
	}
}

// Enter says that the running callback runs a script.
func (t *Track) Enter() {
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	if n := len(t.open); n > 0 {
		t.open[n-1].js = true
	}
}

// Explain says which function the running callback of the loop is for, and
// where it was asked for.
func (t *Track) Explain(fn, stack uint32) {
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	if n := len(t.open); n > 0 && t.open[n-1].kind == KindCallback {
		t.open[n-1].fn, t.open[n-1].stack = fn, stack
	}
}

// Close says that the loop has ended.
func (t *Track) Close() {
	now := t.now()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	for len(t.open) > 0 {
		t.end(now)
	}
	t.ended = now
}

// The rest is called with the lock held.

func (t *Track) begin(k Kind, now time.Duration) {
	if n := len(t.open); n > 0 && (k == KindTimeout || k == KindImmediate) {
		t.open[n-1].inner = true
	}
	t.open = append(t.open, span{kind: k, phase: t.phase, depth: uint8(min(len(t.open), 250)), track: t.id, start: now})
}

// endTo ends the innermost span of a kind, and what an exception has left open in it.
func (t *Track) endTo(k Kind, now time.Duration) {
	for len(t.open) > 0 {
		last := t.open[len(t.open)-1].kind
		t.end(now)
		if last == k {
			return
		}
	}
}

func (t *Track) end(now time.Duration) {
	n := len(t.open) - 1
	s := t.open[n]
	t.open = t.open[:n]
	s.dur = max(now-s.start, 0)
	s.self = max(s.dur-s.nested, 0)
	if n > 0 {
		t.open[n-1].nested += s.dur
		t.open[n-1].js = t.open[n-1].js || s.js
	}
	if s.kind == KindCallback && s.inner {
		s.kind = kindContainer
	}
	if t.count(&s) {
		t.r.spans.add(s)
	}
}

// trivial is how short a phase or a callback without a script may be to be left out.
const trivial = 100 * time.Microsecond

// count adds a span to the sums; false if it is not worth keeping.
func (t *Track) count(s *span) bool {
	switch s.kind {
	case KindPhase:
		st := &t.stats[s.phase]
		st.entered++
		st.inside += s.dur
		if s.phase == eventloop.PhasePoll {
			t.waited += s.self
		}
		return s.js || s.dur >= trivial
	case kindContainer:
		return true
	case KindCallback:
		if !s.js && s.dur < trivial {
			return false
		}
	}
	stats := &t.kinds[s.kind]
	stats.add(s)
	// What ticks and microtasks take is the callback's in which they run, too.
	if s.kind != KindTick && s.kind != KindMicrotask && s.kind != KindPromise {
		t.stats[s.phase].add(s)
	}
	if s.phase != noPhase {
		t.r.rank(*s)
	}
	return true
}

func (st *phaseStats) add(s *span) {
	st.callbacks++
	st.total += s.dur
	if s.dur > st.longest.dur {
		st.longest = *s
	}
}
