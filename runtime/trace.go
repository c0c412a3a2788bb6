package runtime

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/trace"
)

// tracer is what an isolate does for Options.TraceLoop and TraceHandles: it
// tells the recorder what the loop's callbacks are in terms of the script.
//
// Asynchronous contexts do the following: a state that is captured where a
// callback is queued notes the stack, and tells when it is entered. So while
// there is a tracer contexts are recorded as if a script used async_hooks, and
// while there is none nothing is done anywhere.
type tracer struct {
	iso    *Isolate
	rec    *trace.Recorder
	track  *trace.Track
	own    bool // the recorder is this isolate's: it writes the file
	frames map[goja.StackFrame]traceFrame
	names  map[string]uint32
	buf    []goja.StackFrame
	last   string // what the last capture found to be the callback's name
}

// traceFrame is a frame as the recorder has it.
type traceFrame struct {
	id   uint32
	user bool   // of a script, not of a built-in module
	name string // of the function
	call string // what is called there, as the script has it
}

// What a stack is cut down to.
const (
	maxTraced     = 40 // frames looked at
	maxUserFrames = 8
	maxOwnFrames  = 4 // of built-in modules, where there are no others
)

// newRecorder is the recorder that the options ask for, nil if none.
func newRecorder(o *Options, args []string) *trace.Recorder {
	if o.recorder != nil || o.TraceLoop == "" && !o.TraceHandles {
		return o.recorder
	}
	title := "gonode"
	if len(args) > 1 {
		title = filepath.Base(args[1])
	}
	return trace.New(trace.Options{File: o.TraceLoop, Title: title, Args: args})
}

// observe makes the isolate's tracer, if there is to be one, and the loop's observer.
func (iso *Isolate) observe(o *Options) eventloop.Observer {
	rec := newRecorder(o, iso.host.Args)
	if rec == nil {
		return o.Observer
	}
	t := &tracer{
		iso: iso, rec: rec, own: o.recorder == nil,
		frames: map[goja.StackFrame]traceFrame{}, names: map[string]uint32{"": 0},
	}
	name := "main"
	if iso.host.IsWorker {
		name = fmt.Sprintf("worker %d", iso.host.ThreadID)
		if len(iso.host.Args) > 1 {
			name += " " + filepath.Base(iso.host.Args[1])
		}
	}
	t.track = rec.Track(name, iso.host.ThreadID, t.capture)
	t.track.Resources = iso.ActiveResources
	iso.trace = t
	if o.Observer == nil {
		return t.track
	}
	return eventloop.Observers(t.track, o.Observer)
}

// start begins to record, before the script and after the boot.
func (t *tracer) start() {
	t.track.Start(t.iso.loop)
	t.iso.async.trace = t
	t.iso.activateAsync()
}

// close ends the track, and the file if it is this isolate's.
func (t *tracer) close() {
	t.track.Close()
	if t.own {
		t.iso.FlushTrace()
	}
}

// FlushTrace writes what Options.TraceLoop names as things stand. It is safe on
// any goroutine, also while the loop is blocked.
func (iso *Isolate) FlushTrace() {
	if iso.trace == nil {
		return
	}
	if err := iso.trace.rec.Flush(); err != nil {
		fmt.Fprintf(iso.host.Stderr, "gonode: --trace-loop: %v\n", err)
	}
}

// Tracing reports whether stacks are recorded.
func (iso *Isolate) Tracing() bool { return iso.trace != nil }

// ReportActive writes why each loop of the isolate and its workers is alive. It
// is safe on any goroutine, also while a loop is blocked.
func (iso *Isolate) ReportActive(w io.Writer) {
	if iso.trace != nil {
		iso.trace.rec.Report(w)
	}
}

// capture numbers the stack of what is being queued or opened. Where only
// built-in modules are on it, it is that of the callback that runs.
func (t *tracer) capture() uint32 {
	t.last = ""
	iso := t.iso
	if iso.scope.depth == 0 {
		return t.inherited()
	}
	t.buf = iso.vm.CaptureCallStack(maxTraced, t.buf[:0])
	api := ""
	var user, own []uint32
	for i := range t.buf {
		f := t.frame(&t.buf[i])
		if f.user {
			if len(user) == 0 {
				api = cmp.Or(f.call, api, "await")
			}
			if user = append(user, f.id); len(user) == maxUserFrames {
				break
			}
		} else if len(user) == 0 {
			api = cmp.Or(f.name, api)
			if f.id != 0 && len(own) < maxOwnFrames {
				own = append(own, f.id)
			}
		}
	}
	for i := range 8 {
		v := iso.inside.NativeArg(i)
		if v == nil {
			break
		}
		if fn, ok := gojax.Callable(v); ok {
			t.last = t.functionName(fn)
		}
	}
	if len(user) == 0 {
		if stack := t.inherited(); stack != 0 {
			return stack
		}
		user = own
	}
	return t.rec.Stack(api, user)
}

// inherited is where the running callback was queued.
func (t *tracer) inherited() uint32 {
	if cur := t.iso.async.cur; cur != nil {
		return cur.origin
	}
	return 0
}

// frame numbers a frame; the work is done once for each place in the program.
func (t *tracer) frame(f *goja.StackFrame) traceFrame {
	if known, ok := t.frames[*f]; ok {
		return known
	}
	var out traceFrame
	if src := f.SrcName(); src == "<native>" || src == "" {
		out.name = f.FuncName()
		if out.name == "<native>" || out.name == "call" || out.name == "apply" || strings.Contains(out.name, "/") { // Go's own name
			out.name = ""
		}
	} else if src != trampolineName {
		file, line, col := place(f)
		out.name = frameName(f)
		out.user = !strings.HasPrefix(file, "node:")
		if text, off, ok := gojax.FrameSource(f); ok && out.user {
			out.call = calledName(text.Source(), off)
		}
		out.id = t.rec.Frame(trace.Frame{Func: out.name, File: file, Line: line, Col: col})
	}
	t.frames[*f] = out
	return out
}

// calledName is the end of the callee of the call whose parenthesis is at off:
// fs.readFile, listen; or what is constructed there. "" if there is no call.
func calledName(s string, off int) string {
	if off < len(s) && strings.HasPrefix(s[off:], "new ") {
		end := off + len("new ")
		for end < len(s) && (identByte(s[end]) || s[end] == '.') {
			end++
		}
		return s[off:end]
	}
	start := callName(s, off)
	if start == off {
		return ""
	}
	end := start
	for end < off && identByte(s[end]) {
		end++
	}
	for at := start; at > 1 && s[at-1] == '.' && identByte(s[at-2]); start = at {
		for at--; at > 0 && identByte(s[at-1]); {
			at--
		}
		if at > 0 && s[at-1] == '.' && !identByte(s[at-2]) { // of a call's result
			break
		}
	}
	return s[start:end]
}

func (t *tracer) functionName(fn *goja.Object) string {
	return t.iso.dataString(fn, t.iso.errs.keys.name)
}

func (t *tracer) number(name string) uint32 {
	n, ok := t.names[name]
	if !ok {
		n = t.rec.Name(name)
		t.names[name] = n
	}
	return n
}

// captured notes where a state was captured.
func (t *tracer) captured(s *asyncState) {
	s.origin = t.capture()
	s.label = t.number(t.last)
}

// mark says that a state is a callback of its own in the timeline, and which.
func (iso *Isolate) mark(s *asyncState, kind trace.Kind, fn goja.Value) {
	if iso.trace == nil || s == nil {
		return
	}
	s.kind = kind
	if f, ok := gojax.Callable(fn); ok {
		s.label = iso.trace.number(iso.trace.functionName(f))
	}
}

// section runs f as a part of the isolate's life outside the loop.
func (iso *Isolate) section(kind trace.Kind, name string, f func() bool) bool {
	if iso.trace == nil {
		return f()
	}
	iso.trace.track.Begin(kind, iso.trace.number(name), 0)
	defer iso.trace.track.End()
	return f()
}

// --- Why is the process still alive?

// ActiveResources lists what keeps the loop alive, in Node's order: requests,
// handles, timers, immediates. Stacks are there if they have been recorded.
func (iso *Isolate) ActiveResources() []trace.Active {
	var out []trace.Active
	add := func(kind string, request bool, stack uint32, detail string) {
		a := trace.Active{Kind: kind, Request: request, Detail: detail}
		if iso.trace != nil {
			a.API, a.Stack = iso.trace.rec.StackText(stack)
		}
		out = append(out, a)
	}
	at := func(key any) uint32 {
		if iso.trace == nil {
			return 0
		}
		return iso.trace.track.OpenedAt(key)
	}
	for _, r := range iso.loop.ActiveRequests() {
		add(r.Kind(), true, at(r), "")
	}
	for _, h := range iso.loop.Handles() {
		if h.Refed() {
			add(h.Kind(), false, at(h), "")
		}
	}
	for _, t := range iso.timers.active() {
		add("Timeout", false, t.state.originOf(), t.describe())
	}
	for _, im := range iso.timers.activeImmediates() {
		add("Immediate", false, im.state.originOf(), "")
	}
	return out
}

func (s *asyncState) originOf() uint32 {
	if s == nil {
		return 0
	}
	return s.origin
}

// active are the timeouts that keep the loop alive, in the order in which they
// were made.
func (ts *timerSet) active() []*timeout {
	var out []*timeout
	for _, l := range ts.heap {
		for t := l.first; t != nil; t = t.next {
			if t.refed == yes {
				out = append(out, t)
			}
		}
	}
	if t := ts.current; t != nil && t.list == nil && t.refed == yes && !t.destroyed() {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *timeout) int { return cmp.Compare(a.id, b.id) })
	return out
}

func (t *timeout) describe() string {
	ms := t.slots[idleTimeout].Get().ToInteger()
	if t.slots[repeat].Get().ToBoolean() {
		return fmt.Sprintf("every %v", time.Duration(ms)*time.Millisecond)
	}
	return fmt.Sprintf("after %v", time.Duration(ms)*time.Millisecond)
}

func (ts *timerSet) activeImmediates() []*immediate {
	var out []*immediate
	for _, im := range []*immediate{ts.outstanding, ts.first} {
		for ; im != nil; im = im.next {
			if im.refed == yes {
				out = append(out, im)
			}
		}
	}
	return out
}

// TraceFile is the name that --trace-loop=value means: ${pid} stands for the
// process id. A process that another one has forked (a cluster worker) gets a
// file of its own.
func TraceFile(value string, env *bindings.Environ) string {
	if value == "" {
		value = "trace-loop.html"
	}
	pid := strconv.Itoa(os.Getpid())
	if strings.Contains(value, "${pid}") {
		return strings.ReplaceAll(value, "${pid}", pid)
	}
	for _, name := range []string{"NODE_CHANNEL_FD", "NODE_UNIQUE_ID", "NODE_TEST_CONTEXT"} {
		if _, forked := env.Get(name); forked {
			ext := filepath.Ext(value)
			return strings.TrimSuffix(value, ext) + "." + pid + ext
		}
	}
	return value
}
