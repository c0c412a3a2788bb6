package eventloop

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Errors of this package.
var (
	ErrClosed      = errors.New("eventloop: closed")
	ErrNotPollable = errors.New("eventloop: descriptor cannot be polled")
)

// Options configure a Loop; the zero value is usable.
type Options struct {
	Clock    Clock    // nil: the real clock
	Pool     *Pool    // nil: a pool of the loop's own, closed with it
	Observer Observer // nil: nobody looks
}

// A Loop is one event loop. See the package comment for who may call what.
type Loop struct {
	clock    Clock
	pool     *Pool
	ownPool  bool
	observer Observer
	// onRequest is the observer, if it sees requests.
	onRequest RequestObserver
	ctx       context.Context
	cancel    context.CancelFunc

	now      time.Duration // cached at the start of poll and timers, as uv_now
	timers   timerHeap
	timerID  uint64
	jobID    uint64
	nextID   uint64 // of handles and requests
	handles  map[*Handle]struct{}
	requests map[*Request]struct{}
	alive    int // ref'd active handles, pending ref'd timers and immediates
	pending  []func()
	closing  []closeItem
	checks   []*Immediate
	spareChk []*Immediate
	idleRefs int // ref'd immediates: poll must not block
	stopped  bool
	running  bool
	turns    uint64

	begun atomic.Int64  // plus 1; 0 is never
	ended time.Duration // the same

	poller poller // nil until the first Watch
	hook   ContextHook

	mu       sync.Mutex
	posted   []posted
	spare    []posted
	closed   bool
	wake     chan struct{} // one slot
	sleeping atomic.Bool   // in the poller, so a post must interrupt it
	idle     atomic.Int64  // time spent waiting in poll
	waitFrom atomic.Int64  // when the present wait began, plus 1; 0: it is not waiting
}

type posted struct {
	kind string
	fn   func()
}

// New returns a loop with nothing in it.
func New(o Options) *Loop {
	l := &Loop{
		clock:    o.Clock,
		pool:     o.Pool,
		observer: o.Observer,
		handles:  map[*Handle]struct{}{},
		requests: map[*Request]struct{}{},
		wake:     make(chan struct{}, 1),
	}
	if l.clock == nil {
		l.clock = RealClock()
	}
	if l.pool == nil {
		l.pool, l.ownPool = NewPool(nil), true
	}
	l.onRequest, _ = o.Observer.(RequestObserver)
	l.ctx, l.cancel = context.WithCancel(context.Background())
	l.now = l.clock.Now()
	return l
}

// Now returns the loop's cached time, as uv_now does; UpdateTime refreshes it.
func (l *Loop) Now() time.Duration { return l.now }

// UpdateTime reads the clock into Now.
func (l *Loop) UpdateTime() { l.now = l.clock.Now() }

// ClockNow is the clock's time, on the scale of Now but not cached.
func (l *Loop) ClockNow() time.Duration { return l.clock.Now() }

// Lifetime says when Run was first entered and last left; negative if not yet.
func (l *Loop) Lifetime() (start, exit time.Duration) {
	return time.Duration(l.begun.Load()) - 1, l.ended - 1
}

// Begin makes now the loop's start, if it has none: for who counts what comes
// before Run as the loop's time.
func (l *Loop) Begin() { l.begun.CompareAndSwap(0, int64(l.clock.Now())+1) }

// Times returns how long the loop has been running and how much of that it
// waited, on any goroutine; zeros before it has begun.
func (l *Loop) Times() (total, idle time.Duration) {
	begun := l.begun.Load()
	if begun == 0 {
		return 0, 0
	}
	now := l.clock.Now()
	return now - time.Duration(begun-1), l.idleAt(now)
}

func (l *Loop) idleAt(now time.Duration) time.Duration {
	idle := time.Duration(l.idle.Load())
	if from := l.waitFrom.Load(); from != 0 {
		idle += now - time.Duration(from-1)
	}
	return idle
}

func (l *Loop) waits(start time.Duration) { l.waitFrom.Store(int64(start) + 1) }

func (l *Loop) waited(d time.Duration) {
	l.waitFrom.Store(0)
	l.idle.Add(int64(d))
}

// IdleTime is the total time spent waiting for events in the poll phase.
func (l *Loop) IdleTime() time.Duration { return time.Duration(l.idle.Load()) }

// Turns counts the turns begun so far.
func (l *Loop) Turns() uint64 { return l.turns }

// Pool returns the thread pool that Submit uses.
func (l *Loop) Pool() *Pool { return l.pool }

// Alive reports whether something keeps the loop running: an active and ref'd
// handle or timer, a request in progress, a closing handle, work queued.
func (l *Loop) Alive() bool {
	return l.alive > 0 || len(l.requests) > 0 || len(l.closing) > 0 || len(l.pending) > 0
}

// Handles returns the handles that are not closed, in the order in which they
// were made.
func (l *Loop) Handles() []*Handle {
	hs := make([]*Handle, 0, len(l.handles))
	for h := range l.handles {
		hs = append(hs, h)
	}
	slices.SortFunc(hs, func(a, b *Handle) int { return cmp.Compare(a.id, b.id) })
	return hs
}

// ActiveHandles returns the handles that keep the loop alive, in the order in
// which they were made.
func (l *Loop) ActiveHandles() []*Handle {
	return slices.DeleteFunc(l.Handles(), func(h *Handle) bool { return !h.alive() })
}

// ActiveRequests returns the requests in progress, in the order of their start.
func (l *Loop) ActiveRequests() []*Request {
	rs := make([]*Request, 0, len(l.requests))
	for r := range l.requests {
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b *Request) int { return cmp.Compare(a.id, b.id) })
	return rs
}

// Stop makes Run return after the current callback. Safe on the loop only.
func (l *Loop) Stop() { l.stopped = true }

// Post runs fn on the loop in the poll phase. It may be called from any
// goroutine and never blocks; it does not keep the loop alive. It is false,
// and fn dropped, once the loop is closed.
func (l *Loop) Post(fn func()) bool { return l.post("post", fn) }

func (l *Loop) post(kind string, fn func()) bool {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return false
	}
	l.posted = append(l.posted, posted{kind, fn})
	first := len(l.posted) == 1
	l.mu.Unlock()
	if first {
		l.interrupt()
	}
	return true
}

// interrupt ends a wait in the poll phase, now or the next one.
func (l *Loop) interrupt() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
	if l.sleeping.Load() {
		l.poller.interrupt()
	}
}

// Defer runs fn in the pending phase of the next turn, as libuv does with
// I/O results that it must not report at once.
func (l *Loop) Defer(fn func()) { l.pending = append(l.pending, fn) }

// An Immediate is a callback for the check phase.
type Immediate struct {
	loop  *Loop
	fn    func()
	unref bool
	done  bool
}

// SetImmediate runs fn in the next check phase; called from a check phase, in
// that of the next turn.
func (l *Loop) SetImmediate(fn func()) *Immediate {
	im := &Immediate{loop: l, fn: fn}
	l.checks = append(l.checks, im)
	l.idleRefs++
	l.alive++
	return im
}

// Stop cancels the immediate.
func (im *Immediate) Stop() {
	if !im.done {
		im.Unref()
		im.done = true
	}
}

// Ref makes a pending immediate keep the loop alive and the poll phase from blocking.
func (im *Immediate) Ref() {
	if im.unref && !im.done {
		im.unref = false
		im.loop.idleRefs++
		im.loop.alive++
	}
}

// Unref undoes Ref: the immediate runs only if a turn happens.
func (im *Immediate) Unref() {
	if !im.unref && !im.done {
		im.unref = true
		im.loop.idleRefs--
		im.loop.alive--
	}
}

// A ContextHook carries its owner's asynchronous context: what Capture gave
// when a pool job was submitted or a handle made (owner is the latter's) is
// resumed around its callbacks. Resume(nil) ends it.
type ContextHook interface {
	Capture(kind string, owner any) any
	Resume(context any)
	// Release says that a job or handle is gone.
	Release(context any)
}

// SetContextHook sets the hook for jobs and handles that begin from now on.
func (l *Loop) SetContextHook(h ContextHook) { l.hook = h }

func (l *Loop) capture(kind string, owner any) any {
	if l.hook == nil {
		return nil
	}
	return l.hook.Capture(kind, owner)
}

// in runs fn in a captured context.
func (l *Loop) in(context any, fn func()) {
	if context == nil {
		fn()
		return
	}
	l.hook.Resume(context)
	defer l.hook.Resume(nil)
	fn()
}

func (l *Loop) callback(p Phase, kind string, fn func()) {
	if l.observer == nil {
		fn()
		return
	}
	l.observer.CallbackStart(p, kind, l.clock.Now())
	defer func() { l.observer.CallbackEnd(p, kind, l.clock.Now()) }()
	fn()
}

func (l *Loop) phase(p Phase, fn func()) {
	if l.stopped {
		return
	}
	if l.observer == nil {
		fn()
		return
	}
	l.observer.PhaseStart(p, l.clock.Now())
	defer func() { l.observer.PhaseEnd(p, l.clock.Now()) }()
	fn()
}

// Run turns the loop until nothing keeps it alive, Stop is called, or ctx
// ends, whose error it then returns. It may be called again afterwards.
// The phases follow libuv 1.45 and later: timers run once before the first
// turn and then at the end of each.
func (l *Loop) Run(ctx context.Context) error {
	if l.isClosed() {
		return ErrClosed
	}
	l.running, l.stopped = true, false
	l.Begin()
	defer func() { l.running, l.ended = false, l.clock.Now()+1 }()
	if ctx.Done() != nil {
		unhook := context.AfterFunc(ctx, func() { l.post("cancel", func() { l.stopped = true }) })
		defer unhook()
	}
	l.UpdateTime()
	if l.Alive() {
		l.phase(PhaseTimers, l.runTimers)
	}
	for l.Alive() && !l.stopped {
		l.turns++
		canSleep := len(l.pending) == 0
		l.phase(PhasePending, l.runPending)
		if l.observer != nil {
			l.phase(PhaseIdle, func() {})
		}
		l.phase(PhasePoll, func() { l.poll(canSleep) })
		for i := 0; i < 8 && len(l.pending) > 0 && !l.stopped; i++ {
			l.runPending()
		}
		l.phase(PhaseCheck, l.runChecks)
		l.phase(PhaseClose, l.runClosing)
		l.UpdateTime()
		l.phase(PhaseTimers, l.runTimers)
	}
	return ctx.Err()
}

func (l *Loop) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

func (l *Loop) runPending() {
	q := l.pending
	l.pending = nil
	for i, fn := range q {
		l.callback(PhasePending, "pending", fn)
		if l.stopped {
			l.pending = append(q[i+1:], l.pending...)
			return
		}
	}
}

func (l *Loop) runChecks() {
	q := l.checks
	l.checks = l.spareChk[:0]
	for i, im := range q {
		q[i] = nil
		if im.done {
			continue
		}
		im.Stop()
		l.callback(PhaseCheck, "immediate", im.fn)
		if l.stopped {
			l.checks = append(q[i+1:], l.checks...)
			return
		}
	}
	l.spareChk = q
}

func (l *Loop) runClosing() {
	// libuv takes the list whole: handles closed meanwhile wait a turn.
	q := l.closing
	l.closing = nil
	for i, c := range q {
		l.finishClose(c.h)
		if c.done != nil {
			l.callback(PhaseClose, c.h.kind, func() { l.in(c.h.context, c.done) })
		}
		if l.stopped {
			l.closing = append(q[i+1:], l.closing...)
			return
		}
	}
}

func (l *Loop) finishClose(h *Handle) {
	if !h.closed {
		h.closed = true
		delete(l.handles, h)
		if h.context != nil {
			l.hook.Release(h.context)
		}
		if l.observer != nil {
			l.observer.HandleClose(h)
		}
	}
}

// timeout says how long poll may wait: 0 not at all, negative for ever.
func (l *Loop) timeout(canSleep bool) time.Duration {
	if !canSleep || l.stopped || l.idleRefs > 0 || len(l.closing) > 0 || !l.Alive() {
		return 0
	}
	if len(l.timers) == 0 {
		return -1
	}
	// Unref'd timers fire while something else keeps the loop alive.
	return max(l.timers[0].due-l.now, 0)
}

func (l *Loop) poll(canSleep bool) {
	d := l.timeout(canSleep)
	if l.clock.Virtual() {
		d = l.virtualWait(d)
	}
	if l.poller != nil && l.poller.watching() {
		l.pollDescriptors(d)
	} else if d != 0 {
		l.waitChannel(d)
	}
	l.UpdateTime()
	l.drainPosts()
}

// virtualWait lets simulated time pass at once, unless work is outstanding
// elsewhere, whose completion only real waiting brings.
func (l *Loop) virtualWait(d time.Duration) time.Duration {
	if d > 0 && len(l.requests) == 0 && !l.hasPosts() {
		l.clock.Advance(d)
		return 0
	}
	return d
}

func (l *Loop) hasPosts() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.posted) > 0
}

func (l *Loop) waitChannel(d time.Duration) {
	select { // something is there already: do not look at the clock
	case <-l.wake:
		return
	default:
	}
	start := l.clock.Now()
	l.waits(start)
	if d < 0 {
		<-l.wake
	} else {
		t := time.NewTimer(d)
		select {
		case <-l.wake:
			t.Stop()
		case <-t.C:
		}
	}
	l.waited(l.clock.Now() - start)
}

func (l *Loop) drainPosts() {
	l.mu.Lock()
	q := l.posted
	l.posted = l.spare[:0]
	l.mu.Unlock()
	select {
	case <-l.wake:
	default:
	}
	for i := range q {
		p := q[i]
		q[i] = posted{}
		if l.stopped {
			// A callback stopped the loop: what is left waits for the next Run.
			q[i] = p
			l.mu.Lock()
			l.posted = append(append([]posted(nil), q[i:]...), l.posted...)
			l.mu.Unlock()
			l.interrupt()
			return
		}
		l.callback(PhasePoll, p.kind, p.fn)
	}
	l.mu.Lock()
	l.spare = q[:0]
	if len(l.posted) > 0 {
		defer l.interrupt()
	}
	l.mu.Unlock()
}

// Close ends the loop: nothing runs on it any more, contexts of pool jobs
// end, posts are refused. Call it on the loop's goroutine when Run has
// returned. With a pool of its own it waits for running jobs.
func (l *Loop) Close() {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.closed = true
	l.posted = nil
	l.mu.Unlock()
	l.cancel()
	if l.ownPool {
		l.pool.Close()
	}
	if l.poller != nil {
		l.poller.close()
	}
}
