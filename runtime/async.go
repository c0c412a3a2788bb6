package runtime

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/trace"
)

// asyncSupport carries asynchronous context: the stores of AsyncLocalStorage,
// and the ids and resources of async_hooks, from where a callback was queued to
// where it runs. Until a script uses one of them nothing is recorded.
//
// Promise reactions are followed through goja's tracker, ticks, timers and
// immediates by the JavaScript that queues them (internal/async_context), pool
// jobs and handles by the loop's context hook.
type asyncSupport struct {
	on     bool
	cur    *asyncState
	stack  []*asyncState // what enter has covered
	nextID int64

	init, before, after, destroy, flush goja.Callable // while hooks are enabled
	promiseResolve                      goja.Callable

	trace *tracer // nil: nobody looks at the loop
	spans []bool  // with a tracer: whether the states of stack have begun a span

	later goja.Callable // what the next check phase begins with
	main  *asyncState
}

// asyncState is one execution context. It never changes once it was captured;
// enterWith makes a copy with another frame.
type asyncState struct {
	frame       *asyncFrame
	id, trigger int64
	resource    goja.Value
	token       *goja.Object

	makeResource func() goja.Value // resource, if somebody asks; nil: an empty object

	// With a tracer: what was queued, by which stack, and the function's name.
	kind          trace.Kind
	origin, label uint32
}

// asyncFrame maps AsyncLocalStorages to their values. There are few of them.
type asyncFrame struct {
	keys []*goja.Object
	vals []goja.Value
}

func (f *asyncFrame) find(key *goja.Object) int {
	if f != nil {
		for i, k := range f.keys {
			if k == key {
				return i
			}
		}
	}
	return -1
}

func (f *asyncFrame) with(key *goja.Object, val goja.Value) *asyncFrame {
	g := &asyncFrame{}
	n := 0
	if f != nil {
		n = len(f.keys)
	}
	g.keys = make([]*goja.Object, n, n+1)
	g.vals = make([]goja.Value, n, n+1)
	if n > 0 {
		copy(g.keys, f.keys)
		copy(g.vals, f.vals)
	}
	if i := f.find(key); i >= 0 {
		g.vals[i] = val
		return g
	}
	g.keys, g.vals = append(g.keys, key), append(g.vals, val)
	return g
}

// asyncToken is a state as JavaScript holds it.
type asyncToken struct{ *asyncState }

func (asyncToken) Get(string) goja.Value       { return nil }
func (asyncToken) Set(string, goja.Value) bool { return false }
func (asyncToken) Has(string) bool             { return false }
func (asyncToken) Delete(string) bool          { return true }
func (asyncToken) Keys() []string              { return nil }

func (iso *Isolate) tokenOf(s *asyncState) goja.Value {
	if s == nil {
		return goja.Undefined()
	}
	if s.token == nil {
		s.token = iso.vm.NewDynamicObject(asyncToken{s})
	}
	return s.token
}

func stateOf(v goja.Value) *asyncState {
	if o, ok := v.(*goja.Object); ok {
		if t, ok := o.Export().(asyncToken); ok {
			return t.asyncState
		}
	}
	return nil
}

func (a *asyncSupport) curID() int64 {
	if a.cur == nil {
		return 0
	}
	return a.cur.id
}

func (a *asyncSupport) newID() int64 {
	a.nextID++
	return a.nextID
}

// capture makes the state in which a callback that is queued now will run.
func (a *asyncSupport) capture(resource goja.Value) *asyncState {
	s := &asyncState{id: a.newID(), resource: resource}
	if a.cur != nil {
		s.frame, s.trigger = a.cur.frame, a.cur.id
	}
	if a.trace != nil {
		a.trace.captured(s)
	}
	return s
}

func (a *asyncSupport) emit(fn goja.Callable, args ...goja.Value) {
	if _, err := fn(goja.Undefined(), args...); err != nil {
		panic(err)
	}
}

func (iso *Isolate) emitInit(s *asyncState, kind string) {
	if a := &iso.async; a.init != nil {
		a.emit(a.init, iso.vm.ToValue(s.id), iso.vm.ToValue(kind), iso.vm.ToValue(s.trigger), iso.resourceOf(s))
	}
}

func (iso *Isolate) emitDestroy(s *asyncState) {
	if a := &iso.async; a.destroy != nil {
		a.emit(a.destroy, iso.vm.ToValue(s.id))
	}
}

func (iso *Isolate) resourceOf(s *asyncState) goja.Value {
	if s.resource == nil {
		if s.makeResource != nil {
			s.resource = s.makeResource()
		} else {
			s.resource = iso.vm.NewObject()
		}
	}
	return s.resource
}

func (iso *Isolate) enterAsync(s *asyncState) {
	a := &iso.async
	a.stack = append(a.stack, a.cur)
	a.cur = s
	if a.trace != nil {
		begun := s != nil && s.kind != 0
		if a.spans = append(a.spans, begun); begun {
			a.trace.track.Begin(s.kind, s.label, s.origin)
		}
	}
	if a.before != nil && s != nil {
		a.emit(a.before, iso.vm.ToValue(s.id))
	}
}

func (iso *Isolate) exitAsync() {
	a := &iso.async
	n := len(a.stack)
	if n == 0 { // a promise's reaction that began before the record did
		if a.after != nil {
			a.emit(a.after, iso.vm.ToValue(a.newID()))
		}
		a.cur = nil // what it has set was for itself alone
		return
	}
	s := a.cur
	a.cur = a.stack[n-1]
	a.stack[n-1] = nil
	a.stack = a.stack[:n-1]
	if k := len(a.spans); k == n {
		if a.spans[k-1] {
			a.trace.track.End()
		}
		a.spans = a.spans[:k-1]
	}
	if a.after != nil && s != nil {
		a.emit(a.after, iso.vm.ToValue(s.id))
	}
}

// promiseContext is goja's AsyncContextTracker.
type promiseContext struct{ iso *Isolate }

// Grab is called when a reaction is registered.
func (p promiseContext) Grab() any {
	if s := p.iso.promises.reaction; s != nil { // the reaction's promise has a state already
		p.iso.promises.reaction = nil
		p.iso.mark(s, trace.KindPromise, nil)
		return s
	}
	s := p.iso.async.capture(nil)
	p.iso.mark(s, trace.KindPromise, nil)
	p.iso.emitInit(s, "PROMISE")
	return s
}

// Resumed is called before a reaction runs.
func (p promiseContext) Resumed(x any) {
	s, _ := x.(*asyncState)
	if s == nil { // registered before the record began
		s = p.iso.async.capture(nil)
	}
	p.iso.enterAsync(s)
	if list := p.iso.promises.before; len(list) > 0 {
		if o := reactionPromise(s); o != nil {
			p.iso.tellPromise(list, o)
		}
	}
}

// Exited is called after it.
func (p promiseContext) Exited() {
	if list := p.iso.promises.after; len(list) > 0 {
		if o := reactionPromise(p.iso.async.cur); o != nil {
			p.iso.tellPromise(list, o)
		}
	}
	p.iso.exitAsync()
}

// provider is async_hooks' name for a kind of job or handle.
func provider(kind string) string {
	switch kind {
	case "FSEvent":
		return "FSEVENTWRAP"
	case "ChildProcess":
		return "PROCESSWRAP"
	case "crypto", "randomBytes", "randomFill":
		return "RANDOMBYTESREQUEST"
	case "pbkdf2", "scrypt", "hkdf", "sign", "verify":
		return strings.ToUpper(kind) + "REQUEST"
	}
	return strings.ToUpper(kind)
}

// loopContext is the loop's hook for pool jobs and handles.
type loopContext struct{ iso *Isolate }

// Capture is called when a job is submitted or a handle made.
func (l loopContext) Capture(kind string, owner any) any {
	resource, _ := owner.(goja.Value)
	s := l.iso.async.capture(resource)
	if l.iso.async.init != nil && l.iso.scope.depth > 0 {
		l.iso.emitInit(s, provider(kind))
	}
	return s
}

// Resume is called before its callback, and with nil after it.
func (l loopContext) Resume(x any) {
	s, _ := x.(*asyncState)
	l.iso.async.cur = s
	if l.iso.trace != nil && s != nil {
		l.iso.trace.track.Explain(s.label, s.origin)
	}
}

// Release is called when the job or handle is gone.
func (l loopContext) Release(x any) {
	if s, _ := x.(*asyncState); s != nil && l.iso.async.destroy != nil {
		l.iso.Enter(func() { l.iso.emitDestroy(s) })
	}
}

// runLater flushes the destroy hooks' queue, once.
func (iso *Isolate) runLater() {
	if fn := iso.async.later; fn != nil {
		iso.async.later = nil
		iso.Call(fn, goja.Undefined())
	}
}

// activateAsync begins to record.
func (iso *Isolate) activateAsync() {
	a := &iso.async
	if a.on {
		return
	}
	a.on = true
	iso.vm.SetAsyncContextTracker(promiseContext{iso})
	iso.loop.SetContextHook(loopContext{iso})
}

func (iso *Isolate) asyncBinding() *goja.Object {
	vm, a := iso.vm, &iso.async
	o := vm.NewObject()
	num := func(n int64) goja.Value { return vm.ToValue(n) }
	none := goja.NewSymbol("none")
	_ = o.Set("none", none)
	iso.method(o, "activate", func(goja.FunctionCall) goja.Value {
		iso.activateAsync()
		return nil
	})
	iso.method(o, "capture", func(c goja.FunctionCall) goja.Value {
		s := a.capture(c.Argument(1))
		if a.init != nil {
			iso.emitInit(s, c.Argument(0).String())
		}
		return iso.tokenOf(s)
	})
	// make(type, resource, trigger): a state of its own, for AsyncResource.
	iso.method(o, "make", func(c goja.FunctionCall) goja.Value {
		s := a.capture(c.Argument(1))
		if t := c.Argument(2); !goja.IsUndefined(t) {
			s.trigger = t.ToInteger()
		}
		if a.init != nil {
			iso.emitInit(s, c.Argument(0).String())
		}
		return iso.tokenOf(s)
	})
	iso.method(o, "enter", func(c goja.FunctionCall) goja.Value { iso.enterAsync(stateOf(c.Argument(0))); return nil })
	iso.method(o, "exit", func(goja.FunctionCall) goja.Value { iso.exitAsync(); return nil })
	iso.method(o, "depth", func(goja.FunctionCall) goja.Value { return vm.ToValue(len(a.stack)) })
	iso.method(o, "current", func(goja.FunctionCall) goja.Value { return iso.tokenOf(a.cur) })
	iso.method(o, "id", func(c goja.FunctionCall) goja.Value {
		if s := stateOf(c.Argument(0)); s != nil {
			return num(s.id)
		}
		return num(0)
	})
	iso.method(o, "trigger", func(c goja.FunctionCall) goja.Value {
		if s := stateOf(c.Argument(0)); s != nil {
			return num(s.trigger)
		}
		return num(0)
	})
	iso.method(o, "executionAsyncId", func(goja.FunctionCall) goja.Value { return num(a.curID()) })
	iso.method(o, "triggerAsyncId", func(goja.FunctionCall) goja.Value {
		if a.cur == nil {
			return num(0)
		}
		return num(a.cur.trigger)
	})
	iso.method(o, "executionAsyncResource", func(goja.FunctionCall) goja.Value {
		if a.cur == nil {
			return iso.resourceOf(a.main)
		}
		return iso.resourceOf(a.cur)
	})
	iso.method(o, "newAsyncId", func(goja.FunctionCall) goja.Value { return num(a.newID()) })
	iso.method(o, "getStore", func(c goja.FunctionCall) goja.Value {
		if a.cur != nil {
			key, _ := c.Argument(0).(*goja.Object)
			if i := a.cur.frame.find(key); i >= 0 {
				return a.cur.frame.vals[i]
			}
		}
		return none
	})
	iso.method(o, "setStore", func(c goja.FunctionCall) goja.Value {
		key, _ := c.Argument(0).(*goja.Object)
		s := &asyncState{}
		if a.cur != nil {
			*s = *a.cur
			s.token = nil
		}
		s.frame = s.frame.with(key, c.Argument(1))
		a.cur = s
		return nil
	})
	iso.method(o, "dropStore", func(c goja.FunctionCall) goja.Value {
		key, _ := c.Argument(0).(*goja.Object)
		if a.cur != nil {
			if f := a.cur.frame; f.find(key) >= 0 {
				i := f.find(key)
				f.keys = append(f.keys[:i:i], f.keys[i+1:]...)
				f.vals = append(f.vals[:i:i], f.vals[i+1:]...)
			}
		}
		return nil
	})
	// swapFrame(token): the stores of token for what runs now; gives back what was.
	iso.method(o, "swapFrame", func(c goja.FunctionCall) goja.Value {
		prior := a.cur
		s := &asyncState{}
		if prior != nil {
			*s = *prior
			s.token = nil
		}
		s.frame = nil
		if from := stateOf(c.Argument(0)); from != nil {
			s.frame = from.frame
		}
		a.cur = s
		return iso.tokenOf(prior)
	})
	iso.method(o, "restore", func(c goja.FunctionCall) goja.Value { a.cur = stateOf(c.Argument(0)); return nil })
	iso.method(o, "setHooks", func(c goja.FunctionCall) goja.Value {
		a.init, _ = goja.AssertFunction(c.Argument(0))
		a.before, _ = goja.AssertFunction(c.Argument(1))
		a.after, _ = goja.AssertFunction(c.Argument(2))
		a.destroy, _ = goja.AssertFunction(c.Argument(3))
		a.flush, _ = goja.AssertFunction(c.Argument(4))
		a.promiseResolve, _ = goja.AssertFunction(c.Argument(5))
		iso.promises.async = a.init != nil || a.before != nil || a.after != nil || a.promiseResolve != nil
		iso.updatePromiseHooks()
		return nil
	})
	iso.method(o, "setPromiseHooks", iso.setPromiseHooks)
	// later(fn) runs fn in the check phase, before the script's immediates,
	// without keeping the loop alive.
	iso.method(o, "later", func(c goja.FunctionCall) goja.Value {
		a.later, _ = goja.AssertFunction(c.Argument(0))
		iso.loop.SetImmediate(iso.runLater).Unref()
		return nil
	})
	return o
}
