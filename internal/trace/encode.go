package trace

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gonode/gonode/eventloop"
)

// A snapshot is what the recorder knows at one moment, what runs or waits
// included, in the order of time. It is made with the lock held.
type snapshot struct {
	now     time.Duration
	spans   []span
	jobs    []job
	handles []handle
}

func (r *Recorder) snapshot() *snapshot {
	s := &snapshot{now: time.Since(r.zero)}
	r.spans.each(func(x *span) { s.spans = append(s.spans, *x) })
	for _, t := range r.tracks {
		for _, x := range t.open {
			x.dur = max(s.now-x.start, 0)
			x.self = max(x.dur-x.nested, 0)
			s.spans = append(s.spans, x)
		}
	}
	// Spans are recorded when they end: those around others come after them.
	slices.SortStableFunc(s.spans, func(a, b span) int {
		if a.start != b.start {
			return int(a.start - b.start)
		}
		return int(a.depth) - int(b.depth)
	})
	r.jobs.each(func(x *job) { s.jobs = append(s.jobs, *x) })
	for _, x := range r.running {
		s.jobs = append(s.jobs, *x)
	}
	slices.SortFunc(s.jobs, func(a, b job) int {
		if a.queued != b.queued {
			return int(a.queued - b.queued)
		}
		return int(a.id) - int(b.id)
	})
	r.handles.each(func(x *handle) { s.handles = append(s.handles, *x) })
	for key, x := range r.open {
		if r, ok := key.(*eventloop.Request); !ok || !r.Job() {
			s.handles = append(s.handles, *x)
		}
	}
	slices.SortFunc(s.handles, func(a, b handle) int { return int(a.id) - int(b.id) })
	return s
}

func (r *Recorder) encode() []byte {
	s := r.snapshot()
	if strings.HasSuffix(r.o.File, ".json") {
		return r.chrome(s)
	}
	return r.page(s)
}

// title is what a span is called.
func (r *Recorder) title(s *span) string {
	fn, api := r.strings[s.fn], r.api(s.stack)
	switch s.kind {
	case KindPhase:
		return s.phase.String()
	case kindContainer:
		return r.strings[s.name]
	case KindPromise:
		if _, frames := r.stacks.path(s.stack); api == "await" && len(frames) > 0 {
			return cmp.Or(r.frames[frames[0]].Func, "(anonymous)") + " after await"
		}
	case KindCallback:
		if fn == "" && api == "" {
			return r.strings[s.name]
		}
	}
	if fn == "" && api != "" {
		return api + " callback"
	}
	return cmp.Or(fn, "(anonymous)")
}

// jobTitle is what a pool job is called: the function that asked for it.
func (r *Recorder) jobTitle(j *job) string {
	if api := r.api(j.stack); api != "" {
		return api
	}
	return r.strings[j.kind]
}

// jsonWriter appends JSON by hand: a trace has hundreds of thousands of events.
type jsonWriter struct{ b []byte }

func (w *jsonWriter) raw(s string) { w.b = append(w.b, s...) }
func (w *jsonWriter) str(s string) { w.b = appendString(w.b, s) }
func (w *jsonWriter) int(n int64)  { w.b = strconv.AppendInt(w.b, n, 10) }

// micros writes a time in microseconds.
func (w *jsonWriter) micros(d time.Duration) {
	w.b = strconv.AppendFloat(w.b, float64(d)/1e3, 'f', -1, 64)
}

func appendString(b []byte, s string) []byte {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return append(append(append(b, '"'), s...), '"')
	}
	text, _ := json.Marshal(s) // escapes < and >, so that no name ends the page's script
	return append(b, text...)
}

const (
	poolThread  = 1000 // tid of the first
	handleGroup = "handles"
)

// chrome is the trace-event format of Chrome and Perfetto.
func (r *Recorder) chrome(s *snapshot) []byte {
	w := &jsonWriter{}
	pid := int64(os.Getpid())
	first := true
	event := func(ph, cat, name string, tid int64, at time.Duration) {
		if !first {
			w.raw(",\n")
		}
		first = false
		w.raw(`{"ph":"`)
		w.raw(ph)
		w.raw(`","cat":"`)
		w.raw(cat)
		w.raw(`","name":`)
		w.str(name)
		w.raw(`,"pid":`)
		w.int(pid)
		w.raw(`,"tid":`)
		w.int(tid)
		w.raw(`,"ts":`)
		w.micros(at)
	}
	meta := func(what string, tid int64, key, value string, index int64) {
		event("M", "__metadata", what, tid, 0)
		w.raw(`,"args":{"` + key + `":`)
		if value != "" {
			w.str(value)
		} else {
			w.int(index)
		}
		w.raw("}}")
	}
	w.raw(`{"displayTimeUnit":"ms","otherData":{"title":`)
	w.str(r.o.Title)
	w.raw(`,"droppedSpans":`)
	w.int(int64(r.spans.dropped))
	w.raw("},\n\"traceEvents\":[\n")
	meta("process_name", 0, "name", "gonode "+r.o.Title, 0)
	tid := func(t int32) int64 { return int64(t) + 1 }
	for _, t := range r.tracks {
		meta("thread_name", tid(t.id), "name", t.name, 0)
		meta("thread_sort_index", tid(t.id), "sort_index", "", int64(t.id))
	}
	for i := range r.lanes {
		meta("thread_name", int64(poolThread+i), "name", "pool thread "+strconv.Itoa(i+1), 0)
		meta("thread_sort_index", int64(poolThread+i), "sort_index", "", int64(poolThread+i))
	}
	queuedAt := func(stack uint32) {
		if stack != 0 {
			w.raw(`,"queued by":`)
			w.str(r.api(stack))
			w.raw(`,"queued at":`)
			w.str(r.place(stack))
		}
	}
	for i := range s.spans {
		x := &s.spans[i]
		event("X", "loop", r.title(x), tid(x.track), x.start)
		w.raw(`,"dur":`)
		w.micros(x.dur)
		w.frame(x.stack)
		w.raw(`,"args":{"kind":`)
		w.str(x.kind.String())
		if x.kind == KindCallback {
			w.raw(`,"of":`)
			w.str(r.strings[x.name])
		}
		queuedAt(x.stack)
		w.raw("}}")
	}
	for i := range s.jobs {
		j := &s.jobs[i]
		r.chromeJob(w, event, j, s.now, tid(j.track))
	}
	for i := range s.handles {
		h := &s.handles[i]
		name := r.strings[h.kind]
		cat := handleGroup
		if h.request {
			cat = "requests"
		}
		id := func() {
			w.raw(`,"id":"0x`)
			w.b = strconv.AppendUint(w.b, h.id, 16)
			w.raw(`"`)
		}
		event("b", cat, name, tid(h.track), h.opened)
		id()
		w.frame(h.stack)
		w.raw(`,"args":{"kind":`)
		w.str(name)
		queuedAt(h.stack)
		w.raw("}}")
		if h.closed >= 0 {
			event("e", cat, name, tid(h.track), h.closed)
			id()
			w.raw("}")
		}
	}
	w.raw("\n],\n\"stackFrames\":{\n")
	for i := 1; i < len(r.stacks.nodes); i++ {
		n := r.stacks.nodes[i]
		if i > 1 {
			w.raw(",\n")
		}
		w.raw(`"`)
		w.int(int64(i))
		w.raw(`":{"category":"js","name":`)
		if n.leaf {
			w.str(r.strings[n.value])
		} else {
			w.str(r.frames[n.value].String())
		}
		if n.parent != 0 {
			w.raw(`,"parent":"`)
			w.int(int64(n.parent))
			w.raw(`"`)
		}
		w.raw("}")
	}
	w.raw("\n}}\n")
	return w.b
}

func (w *jsonWriter) frame(stack uint32) {
	if stack != 0 {
		w.raw(`,"sf":"`)
		w.int(int64(stack))
		w.raw(`"`)
	}
}

// chromeJob writes a job's run on its thread, and the arrows from where it was
// queued to there and back to its callback.
func (r *Recorder) chromeJob(w *jsonWriter, event func(ph, cat, name string, tid int64, at time.Duration), j *job, now time.Duration, loop int64) {
	title := r.jobTitle(j)
	flow := func(ph string, tid int64, at time.Duration) {
		event(ph, "pool", title, tid, at)
		w.raw(`,"id":"`)
		w.int(int64(j.track))
		w.raw(".")
		w.int(int64(j.id))
		w.raw(`"`)
		if ph == "f" {
			w.raw(`,"bp":"e"`)
		}
		w.raw("}")
	}
	flow("s", loop, j.queued)
	if j.lane < 0 {
		return
	}
	end := j.finished
	if end < 0 {
		end = now
	}
	thread := int64(poolThread + j.lane)
	event("X", "pool", title, thread, j.started)
	w.raw(`,"dur":`)
	w.micros(end - j.started)
	w.frame(j.stack)
	w.raw(`,"args":{"kind":`)
	w.str(r.strings[j.kind])
	w.raw(`,"job":`)
	w.int(int64(j.id))
	w.raw(`,"waited ms":`)
	w.b = strconv.AppendFloat(w.b, float64(j.started-j.queued)/1e6, 'f', 3, 64)
	if j.stack != 0 {
		w.raw(`,"queued at":`)
		w.str(r.place(j.stack))
	}
	w.raw("}}")
	flow("t", thread, j.started)
	if j.done >= 0 {
		flow("f", loop, j.done)
	}
}

// phaseOrder is the phases as the document's diagram has them.
var phaseOrder = []eventloop.Phase{eventloop.PhaseTimers, eventloop.PhasePending, eventloop.PhaseIdle,
	eventloop.PhasePoll, eventloop.PhaseCheck, eventloop.PhaseClose}
