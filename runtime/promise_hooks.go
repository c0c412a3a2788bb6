package runtime

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// promiseHooks tells v8.promiseHooks and async_hooks what happens to promises.
//
// goja has no such hooks. While somebody listens, the native functions that
// make promises are replaced inside their function objects: the constructor
// makes the promise, tells, and only then calls the executor, with resolving
// functions that tell, too. then, resolve and the like make their promise by a
// short cut when its constructor is the intrinsic one; for as long as that takes
// another object stands in the intrinsic's place, and they take the long way
// through the constructor. Promises of async functions and of Go code are not seen.
type promiseHooks struct {
	on                          bool
	promise, sentinel           *goja.Object
	restore                     []func()
	open                        bool         // the next construct is a native's own
	parent                      *goja.Object // the promise whose then that is
	reaction                    *asyncState  // of the reaction that is about to be registered
	async                       bool         // async_hooks listens
	init, before, after, settle []goja.Callable
	id                          *goja.Symbol
	again                       goja.Callable // process's multipleResolves
}

// updatePromiseHooks installs the hooks if there are listeners, and takes them out if not.
func (iso *Isolate) updatePromiseHooks() {
	h := &iso.promises
	want := h.async || h.again != nil || len(h.init)+len(h.before)+len(h.after)+len(h.settle) > 0
	if want == h.on {
		return
	}
	h.on = want
	if !want {
		for _, undo := range h.restore {
			undo()
		}
		h.restore = nil
		return
	}
	if h.promise == nil {
		iso.vm.GlobalObject().Get("Promise") // the intrinsic is made on first use
		h.promise = iso.inside.Intrinsic("Promise")
		h.id = goja.NewSymbol("async_id_symbol")
	}
	_, construct := gojax.Native(h.promise)
	if construct == nil {
		return
	}
	original := *construct
	h.sentinel = iso.vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		return original(c.Arguments, h.promise)
	}).(*goja.Object)
	*construct = func(args []goja.Value, target *goja.Object) *goja.Object {
		return iso.makePromise(original, args, target)
	}
	h.restore = append(h.restore, func() { *construct = original })
	proto, _ := h.promise.Get("prototype").(*goja.Object)
	for _, name := range []string{"resolve", "reject", "all", "allSettled", "any", "race"} {
		iso.hookMaker(h.promise, name, false)
	}
	iso.hookMaker(proto, "then", true)
}

// hookMaker replaces what a method runs by what sends it through the constructor.
func (iso *Isolate) hookMaker(o *goja.Object, name string, isThen bool) {
	h := &iso.promises
	fn, _ := o.Get(name).(*goja.Object)
	if fn == nil {
		return
	}
	call, _ := gojax.Native(fn)
	if call == nil {
		return // a program has put a function of its own there
	}
	original := *call
	*call = func(c goja.FunctionCall) goja.Value {
		open, parent := h.open, h.parent
		h.open, h.parent = true, nil
		if isThen {
			h.parent, _ = c.This.(*goja.Object)
		}
		iso.inside.SetIntrinsic("Promise", h.sentinel)
		defer func() {
			h.open, h.parent, h.reaction = open, parent, nil
			if !open {
				iso.inside.SetIntrinsic("Promise", h.promise)
			}
		}()
		return original(c)
	}
	h.restore = append(h.restore, func() { *call = original })
}

// makePromise is the constructor.
func (iso *Isolate) makePromise(original func([]goja.Value, *goja.Object) *goja.Object, args []goja.Value, target *goja.Object) *goja.Object {
	h := &iso.promises
	var parent *goja.Object
	native := h.open
	if native {
		parent = h.parent
		h.open, h.parent = false, nil
		iso.inside.SetIntrinsic("Promise", h.promise)
	}
	if len(args) == 0 {
		return original(args, target)
	}
	executor, ok := goja.AssertFunction(args[0])
	if !ok {
		return original(args, target)
	}
	var resolve, reject goja.Value
	p := original([]goja.Value{iso.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		resolve, reject = c.Argument(0), c.Argument(1)
		return nil
	})}, target)
	iso.promiseInit(p, parent)
	if s := iso.promiseState(p); s != nil && native && parent != nil {
		h.reaction = s
	}
	told := false
	tell := func(v goja.Value, kind string) *goja.Object {
		settle, _ := goja.AssertFunction(v)
		return natives.Func(iso.vm, "", 1, func(c goja.FunctionCall) goja.Value {
			if !told {
				told = true
				iso.promiseSettled(p)
			} else if h.again != nil {
				v, err := h.again(goja.Undefined(), iso.vm.ToValue(kind), p, c.Argument(0))
				iso.must(v, err)
			}
			v, err := settle(goja.Undefined(), c.Argument(0))
			iso.must(v, err)
			return v
		})
	}
	res, rej := tell(resolve, "resolve"), tell(reject, "reject")
	if _, err := executor(goja.Undefined(), res, rej); err != nil {
		var ex *goja.Exception
		if !errors.As(err, &ex) {
			panic(err)
		}
		fail, _ := goja.AssertFunction(rej)
		iso.must(fail(goja.Undefined(), ex.Value()))
	}
	return p
}

// promiseState is what async_hooks knows of a promise.
func (iso *Isolate) promiseState(p *goja.Object) *asyncState {
	if iso.promises.id == nil {
		return nil
	}
	return stateOf(p.GetSymbol(iso.promises.id))
}

// trackPromise gives a promise its asynchronous ids.
func (iso *Isolate) trackPromise(p, parent *goja.Object) *asyncState {
	if s := iso.promiseState(p); s != nil {
		return s
	}
	s := iso.async.capture(p)
	if parent != nil {
		s.trigger = iso.trackPromise(parent, nil).id
	}
	_ = p.DefineDataPropertySymbol(iso.promises.id, iso.tokenOf(s), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return s
}

func (iso *Isolate) promiseInit(p, parent *goja.Object) {
	h := &iso.promises
	if iso.async.on {
		s := iso.trackPromise(p, parent)
		if h.async {
			iso.emitInit(s, "PROMISE")
		}
	}
	var from goja.Value = goja.Undefined()
	if parent != nil {
		from = parent
	}
	iso.tellPromise(h.init, p, from)
}

func (iso *Isolate) promiseSettled(p *goja.Object) {
	if fn := iso.async.promiseResolve; fn != nil {
		if s := iso.promiseState(p); s != nil {
			iso.async.emit(fn, iso.vm.ToValue(s.id))
		}
	}
	iso.tellPromise(iso.promises.settle, p)
}

// tellPromise calls hooks of v8.promiseHooks. What they throw is nobody's but
// the process's.
func (iso *Isolate) tellPromise(hooks []goja.Callable, args ...goja.Value) {
	for _, fn := range hooks {
		iso.guard(func() { iso.must(fn(goja.Undefined(), args...)) })
	}
}

// reactionPromise is the promise that a reaction settles, if it is known.
func reactionPromise(s *asyncState) *goja.Object {
	if s == nil {
		return nil
	}
	if o, ok := s.resource.(*goja.Object); ok {
		if _, ok := o.Export().(*goja.Promise); ok {
			return o
		}
	}
	return nil
}

// setPromiseHooks(init, before, after, settled) takes arrays of functions.
func (iso *Isolate) setPromiseHooks(c goja.FunctionCall) goja.Value {
	list := func(i int) (fns []goja.Callable) {
		o, _ := c.Argument(i).(*goja.Object)
		for n := range int(o.Get("length").ToInteger()) {
			if fn, ok := goja.AssertFunction(gojax.Get(o, iso.vm.ToValue(n))); ok {
				fns = append(fns, fn)
			}
		}
		return fns
	}
	h := &iso.promises
	h.init, h.before, h.after, h.settle = list(0), list(1), list(2), list(3)
	iso.updatePromiseHooks()
	return nil
}

// onMultipleResolves(fn) calls fn(type, promise, value) when a promise that is
// resolved already is resolved or rejected again.
func (iso *Isolate) onMultipleResolves(c goja.FunctionCall) goja.Value {
	iso.promises.again, _ = goja.AssertFunction(c.Argument(0))
	iso.updatePromiseHooks()
	return nil
}
