package trace

import (
	"cmp"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/gonode/gonode/eventloop"
)

// Options configure a Recorder.
type Options struct {
	// File is what Flush writes: JSON if it ends in .json, else a page. With no
	// file only what is open is recorded, for Report.
	File string
	// Title and Args head the page.
	Title string
	Args  []string
	// Spans, Jobs and Handles bound the rings; 0 is a default each.
	Spans, Jobs, Handles int
}

// The default bounds, some 25 MB when full.
const (
	defaultSpans   = 1 << 18
	defaultJobs    = 1 << 16
	defaultHandles = 1 << 15
	keepLongest    = 50
	// maxNodes bounds the distinct stacks: a recursion makes new ones for ever.
	maxNodes = 1 << 18
)

// Kind says what a span is.
type Kind uint8

// The kinds of spans.
const (
	KindPhase Kind = iota
	KindCallback
	KindScript    // the main script
	KindTimeout   // a callback of setTimeout or setInterval
	KindImmediate // of setImmediate
	KindTick      // of process.nextTick
	KindMicrotask // of queueMicrotask
	KindPromise   // a promise reaction, or what follows an await
	KindExit      // the handlers of beforeExit and exit
	kindContainer // a loop callback that stands for the script's timers or immediates
)

var kindNames = [...]string{"phase", "callback", "script", "Timeout", "Immediate", "nextTick", "queueMicrotask", "promise", "exit", "callback"}

func (k Kind) String() string { return kindNames[k] }

// noPhase is the phase of what runs before or after the loop.
const noPhase = eventloop.PhaseClose + 1

// A Frame is one place in a program.
type Frame struct {
	Func, File string
	Line, Col  int
}

// span is something that has run on a loop.
type span struct {
	kind       Kind
	phase      eventloop.Phase
	depth      uint8
	track      int32
	name       uint32 // of a callback: the loop's kind of it
	fn         uint32 // the function's name
	stack      uint32 // where it was queued
	start, dur time.Duration
	self       time.Duration // without the spans within
	js         bool          // while it is open: a script has run
	inner      bool          // while it is open: it holds a Timeout or an Immediate
	nested     time.Duration
}

// A job is one that the pool has run, or will.
type job struct {
	id       uint64
	track    int32
	lane     int32 // the pool thread; -1 before it starts
	kind     uint32
	stack    uint32
	queued   time.Duration
	started  time.Duration
	finished time.Duration
	done     time.Duration
}

// handle is a handle or a request.
type handle struct {
	id             uint64
	track          int32
	kind           uint32
	stack          uint32
	request        bool
	opened, closed time.Duration // closed is negative while it is open
}

type jobKey struct {
	track int32
	id    uint64
}

// A Recorder collects what the loops of one process do. It is safe for
// concurrent use.
type Recorder struct {
	o    Options
	zero time.Time

	mu      sync.Mutex
	tracks  []*Track
	names   map[string]uint32
	strings []string
	frames  []Frame
	frameID map[Frame]uint32
	stacks  *stackTable
	spans   ring[span]
	jobs    ring[job]
	handles ring[handle]
	running map[jobKey]*job // or waiting
	lanes   []bool          // the pool threads that are busy
	open    map[any]*handle // by handle or request
	nextID  uint64
	longest []span // by their own time, longest first

	flushing sync.Mutex
}

// New returns an empty Recorder. Nothing is written before Flush.
func New(o Options) *Recorder {
	r := &Recorder{
		o: o, zero: time.Now(), names: map[string]uint32{"": 0}, strings: []string{""},
		frames: []Frame{{}}, frameID: map[Frame]uint32{}, stacks: newStackTable(),
		running: map[jobKey]*job{}, open: map[any]*handle{},
	}
	r.spans.limit = cmp.Or(o.Spans, defaultSpans)
	r.jobs.limit = cmp.Or(o.Jobs, defaultJobs)
	r.handles.limit = cmp.Or(o.Handles, defaultHandles)
	return r
}

// Timeline reports whether spans are recorded, not only what is open.
func (r *Recorder) Timeline() bool { return r.o.File != "" }

// Track adds a loop, whose observer the track is; Start follows when there is the
// loop. capture gives the stack of what the loop is asked for at this moment, as
// Stack has numbered it; it is called on the loop.
func (r *Recorder) Track(name string, thread int, capture func() uint32) *Track {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := &Track{r: r, id: int32(len(r.tracks)), name: name, thread: thread, capture: capture, phase: noPhase}
	r.tracks = append(r.tracks, t)
	return t
}

// name numbers a string. The lock is held.
func (r *Recorder) name(s string) uint32 {
	n, ok := r.names[s]
	if !ok {
		n = uint32(len(r.strings))
		r.names[s] = n
		r.strings = append(r.strings, s)
	}
	return n
}

// Name numbers a string.
func (r *Recorder) Name(s string) uint32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.name(s)
}

// Frame numbers a frame.
func (r *Recorder) Frame(f Frame) uint32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	n, ok := r.frameID[f]
	if !ok {
		n = uint32(len(r.frames))
		r.frameID[f] = n
		r.frames = append(r.frames, f)
	}
	return n
}

// Stack numbers a stack: what was called (setTimeout, readFile), and the frames
// below it, innermost first. 0 is none.
func (r *Recorder) Stack(api string, frames []uint32) uint32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stacks.number(r.name(api), frames)
}

// An Active is something that keeps a loop alive.
type Active struct {
	Kind    string
	Request bool
	Detail  string
	API     string // what was called to open it
	Stack   string // from where, as in an error's stack; "" if that is not known
}

// StackText is what was called, and the stack below it as an error would show
// it, one "    at …" line a frame.
func (r *Recorder) StackText(stack uint32) (api, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.api(stack), r.stackText(stack, "    ")
}

// job follows one pool job.
func (r *Recorder) job(t *Track, id uint64, kind string, s eventloop.JobState, now time.Duration) {
	key := jobKey{t.id, id}
	switch j := r.running[key]; {
	case s == eventloop.JobQueued:
		r.running[key] = &job{id: id, track: t.id, lane: -1, kind: r.name(kind), queued: now, started: -1, finished: -1, done: -1}
	case j == nil:
	case s == eventloop.JobStarted:
		j.started = now
		// Threads are alike: the first that is free stands for the one that took it.
		lane := slices.Index(r.lanes, false)
		if lane < 0 {
			lane = len(r.lanes)
			r.lanes = append(r.lanes, false)
		}
		r.lanes[lane], j.lane = true, int32(lane)
	case s == eventloop.JobFinished:
		j.finished = now
		r.lanes[j.lane] = false
	case s == eventloop.JobDone:
		j.done = now
		r.jobs.add(*j)
		delete(r.running, key)
	}
}

// rank keeps the spans that took longest by themselves.
func (r *Recorder) rank(s span) {
	if n := len(r.longest); n == keepLongest && r.longest[n-1].self >= s.self {
		return
	}
	i, _ := slices.BinarySearchFunc(r.longest, s, func(a, b span) int { return cmp.Compare(b.self, a.self) })
	r.longest = slices.Insert(r.longest, i, s)
	if len(r.longest) > keepLongest {
		r.longest = r.longest[:keepLongest]
	}
}

// Flush writes the file as things stand, in the place of an earlier one.
func (r *Recorder) Flush() error {
	if !r.Timeline() {
		return nil
	}
	r.flushing.Lock()
	defer r.flushing.Unlock()
	r.mu.Lock()
	data := r.encode()
	r.mu.Unlock()
	tmp := r.o.File + ".tmp"
	if err := os.WriteFile(tmp, data, 0o666); err != nil {
		return err
	}
	if err := os.Rename(tmp, r.o.File); err != nil {
		_ = os.Remove(tmp)
		return err
	}
	return nil
}

// File is what Flush writes.
func (r *Recorder) File() string { return r.o.File }

// A ring keeps the last limit values added.
type ring[T any] struct {
	list    []T
	limit   int
	at      int
	dropped uint64
}

func (q *ring[T]) add(v T) {
	if len(q.list) < q.limit {
		q.list = append(q.list, v)
		return
	}
	q.list[q.at] = v
	q.at = (q.at + 1) % q.limit
	q.dropped++
}

// each calls f with the values, oldest first.
func (q *ring[T]) each(f func(*T)) {
	for i := range q.list {
		f(&q.list[(q.at+i)%len(q.list)])
	}
}
