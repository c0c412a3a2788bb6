package runtime

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/natives"
)

// scope is the callback scope: the one door from the loop into JavaScript.
//
// Every entry goes Go → trampoline (JavaScript) → base (native) → fn. With a
// frame always on the stack goja does not drain promise jobs by itself, so the
// order of ticks and microtasks is decided here; and the base frame's function
// has a getter for its name, which is where stack overflow becomes a catchable
// RangeError (see depthCheck).
type scope struct {
	trampoline goja.Callable
	current    func()
	failed     bool     // the last entry ended in an uncaught exception
	parked     []func() // microtasks that an exception left behind
	depth      int      // > 0 while inside
	ticks      tickQueue
	rejections []rejection
	pending    map[*goja.Promise]int // rejected and not reported: index in rejections
	terminated atomic.Bool
	thrown     []goja.StackFrame // where the exception being reported was thrown
	inCheck    bool
}

type rejection struct {
	promise *goja.Promise
	op      goja.PromiseRejectionOperation
	state   *asyncState // where it was rejected, if that is recorded
}

const trampolineName = "node:internal/trampoline"

var trampolineProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile(trampolineName, "(function (base) { return function () { base() } })", false)
})

func (iso *Isolate) bootScope() error {
	base := natives.Func(iso.vm, "", 0, iso.base)
	if err := base.DefineAccessorProperty("name", natives.Func(iso.vm, "", 0, iso.depthCheck), nil, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		return err
	}
	v, err := iso.vm.RunProgram(trampolineProgram())
	if err != nil {
		return err
	}
	outer, _ := goja.AssertFunction(v)
	inner, err := outer(goja.Undefined(), base)
	if err != nil {
		return err
	}
	iso.scope.trampoline, _ = goja.AssertFunction(inner)
	iso.vm.SetMaxCallStackSize(iso.opts.callDepth)
	iso.vm.SetPromiseRejectionTracker(iso.trackRejection)
	return nil
}

// trackRejection notes a promise that was rejected, or handled afterwards.
// One that is handled before anybody was told is forgotten at once: a program
// may do that a million times in one turn.
func (iso *Isolate) trackRejection(p *goja.Promise, op goja.PromiseRejectionOperation) {
	s := &iso.scope
	if op == goja.PromiseRejectionHandle {
		if i, ok := s.pending[p]; ok {
			delete(s.pending, p)
			last := len(s.rejections) - 1
			if i == last {
				s.rejections = s.rejections[:last]
			} else {
				s.rejections[i].promise = nil
			}
			return
		}
	} else {
		if s.pending == nil {
			s.pending = map[*goja.Promise]int{}
		}
		s.pending[p] = len(s.rejections)
	}
	s.rejections = append(s.rejections, rejection{p, op, iso.async.cur})
}

// depthCheck is the getter of the base function's name. goja asks for it
// whenever it captures the stack, and it captures the stack just before it
// would throw its uncatchable StackOverflowError: the one moment at which an
// ordinary exception can still be thrown instead.
func (iso *Isolate) depthCheck(goja.FunctionCall) goja.Value {
	s := &iso.scope
	if !s.inCheck && iso.inside.Depth() > iso.opts.callDepth {
		s.inCheck = true
		defer func() { s.inCheck = false }()
		panic(iso.newRangeError("Maximum call stack size exceeded"))
	}
	return iso.vm.ToValue("")
}

// Call enters JavaScript with one function call.
func (iso *Isolate) Call(fn goja.Callable, this goja.Value, args ...goja.Value) (result goja.Value, ok bool) {
	ok = iso.Enter(func() {
		v, err := fn(this, args...)
		if err != nil {
			panic(err)
		}
		result = v
	})
	return result, ok
}

// Enter runs fn as a callback scope.
func (iso *Isolate) Enter(fn func()) (ok bool) {
	s := &iso.scope
	if iso.exited || s.terminated.Load() {
		return false
	}
	if s.depth > 0 {
		// Already inside: a nested entry drains nothing, as in Node.
		return iso.guard(fn)
	}
	s.current, s.failed = fn, false
	defer func() {
		if x := recover(); x != nil {
			iso.internalError(x)
		}
	}()
	_, err := s.trampoline(goja.Undefined())
	if err != nil {
		s.depth = 0
		iso.onAbrupt(err)
		return false
	}
	return !s.failed
}

// base is the native function at the bottom of every stack.
func (iso *Isolate) base(goja.FunctionCall) goja.Value {
	s := &iso.scope
	fn := s.current
	s.current = nil
	s.depth++
	if iso.trace != nil {
		iso.trace.track.Enter()
	}
	iso.inside.PutJobs(s.parked)
	s.parked = nil
	outer := iso.async.cur
	told := iso.async.before != nil && outer != nil && outer != iso.async.main
	if told {
		iso.async.emit(iso.async.before, iso.vm.ToValue(outer.id))
	}
	ok := iso.guard(fn)
	if told && iso.async.after != nil {
		iso.async.emit(iso.async.after, iso.vm.ToValue(outer.id))
	}
	if ok {
		iso.async.cur = nil
		iso.drain()
	} else {
		s.failed = true
	}
	if s.failed {
		// Node lets ticks and microtasks that were queued before the exception
		// wait for the next callback, and makes sure that there is one. goja
		// would run the microtasks as soon as this returns.
		s.parked = append(s.parked, iso.inside.TakeJobs()...)
		iso.loop.SetImmediate(func() { iso.Enter(func() {}) })
	}
	for len(iso.async.stack) > 0 { // an exception has left these
		iso.exitAsync()
	}
	iso.async.cur = outer
	s.depth--
	return goja.Undefined()
}

// guard runs fn; an exception goes to uncaughtException, and the result is false.
func (iso *Isolate) guard(fn func()) bool {
	ex := iso.vm.Try(fn)
	if ex == nil {
		return true
	}
	iso.scope.thrown = ex.Stack()
	iso.uncaught(ex.Value(), false)
	return false
}

// drain is Node's processTicksAndRejections: all ticks, then all microtasks,
// until both are empty; then the rejections that nobody has handled.
func (iso *Isolate) drain() {
	s := &iso.scope
	for {
		if !s.ticks.empty() {
			if !iso.guard(func() { iso.must(iso.hooks.processTicks(goja.Undefined())) }) {
				s.failed = true
				return
			}
		}
		iso.inside.RunJobs()
		if !s.ticks.empty() {
			continue
		}
		if len(s.rejections) == 0 || !iso.processRejections() {
			return
		}
	}
}

// RunMicrotasks runs the queued promise jobs now, with JavaScript on the stack.
func (iso *Isolate) RunMicrotasks() { iso.inside.RunJobs() }

// processRejections hands new rejections to JavaScript; true if that queued more work.
func (iso *Isolate) processRejections() bool {
	s := &iso.scope
	list := s.rejections
	s.rejections = nil
	clear(s.pending)
	if iso.hooks.unhandledRejections == nil {
		return false
	}
	vals := make([]any, 0, 4*len(list))
	for _, r := range list {
		if r.promise == nil {
			continue
		}
		token := goja.Undefined()
		if iso.async.on {
			token = iso.tokenOf(r.state)
		}
		vals = append(vals, iso.vm.ToValue(r.promise), r.op == goja.PromiseRejectionHandle, r.promise.Result(), token)
	}
	ok := iso.guard(func() {
		iso.must(iso.hooks.unhandledRejections(goja.Undefined(), iso.vm.NewArray(vals...)))
	})
	return ok || !s.ticks.empty() || iso.inside.HasJobs() || len(s.rejections) > 0
}

// internalError ends the isolate after a panic that is no JavaScript exception:
// a mistake in a native function, or in the engine. The engine has not unwound
// its stack, so nothing more can run. Node's exit code for this is 5.
func (iso *Isolate) internalError(x any) {
	if ex, ok := x.(error); ok && errors.As(ex, new(*goja.InterruptedError)) {
		iso.onAbrupt(ex)
		return
	}
	fmt.Fprintf(iso.host.Stderr, "FATAL ERROR: internal error: %v\n%s\n", x, debug.Stack())
	iso.scope.depth = 0
	iso.exited, iso.code = true, 5
	iso.loop.Stop()
}

// onAbrupt ends an entry that was cut off: by Exit, by Terminate, or by a
// stack overflow that no JavaScript could catch.
func (iso *Isolate) onAbrupt(err error) {
	var so *goja.StackOverflowError
	switch {
	case iso.exited:
	case iso.scope.terminated.Load():
		iso.exited = true
		iso.loop.Stop()
	case errors.As(err, &so):
		iso.Enter(func() { panic(iso.newRangeError("Maximum call stack size exceeded")) })
	default:
		iso.exited, iso.code = true, 1
		iso.loop.Stop()
	}
}

// ReportUncaught hands v to uncaughtException handling.
func (iso *Isolate) ReportUncaught(v goja.Value) {
	if iso.scope.depth > 0 {
		iso.uncaught(v, false)
		return
	}
	iso.Enter(func() { panic(v) })
}

// uncaught is process._fatalException: the handlers, or the report and the end.
func (iso *Isolate) uncaught(v goja.Value, fromPromise bool) {
	if iso.hooks.uncaught == nil { // while booting
		iso.reportFatal(v, fromPromise)
		iso.Exit(1)
	}
	handled, err := iso.hooks.uncaught(goja.Undefined(), v, iso.vm.ToValue(fromPromise))
	if err != nil {
		var ex *goja.Exception
		if !errors.As(err, &ex) {
			panic(err)
		}
		// A handler threw: that is what the process dies of.
		iso.scope.thrown = ex.Stack()
		iso.reportFatal(ex.Value(), false)
		iso.Exit(7)
	}
	if !handled.ToBoolean() {
		iso.Exit(iso.code)
	}
}
