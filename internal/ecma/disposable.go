package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// A resource is what a stack disposes of.
type resource struct {
	v      goja.Value
	method call // nil: there is nothing to call, but an async stack still waits
	async  bool // method is Symbol.asyncDispose, or stands for it
	arg    bool // v is the argument, not the receiver
}

// disposables are the slots of DisposableStack and AsyncDisposableStack.
type disposables struct {
	async    bool
	disposed bool
	list     []resource
}

// disposableMethod is GetDisposeMethod.
func disposableMethod(r *goja.Runtime, v goja.Value, async bool) (m call, isAsync bool) {
	if async {
		if m := methodOf(r, v, SymAsyncDispose); m != nil {
			return m, true
		}
		if m := methodOf(r, v, SymDispose); m != nil {
			return func(c goja.FunctionCall) goja.Value { // its result is not waited for
				p, resolve, reject := r.NewPromise()
				if ex := r.Try(func() { m(c) }); ex != nil {
					_ = reject(ex.Value())
				} else {
					_ = resolve(undefined())
				}
				return r.ToValue(p)
			}, true
		}
		return nil, true
	}
	return methodOf(r, v, SymDispose), false
}

func (res resource) dispose() goja.Value {
	if res.arg {
		return res.method(goja.FunctionCall{This: undefined(), Arguments: []goja.Value{res.v}})
	}
	return res.method(goja.FunctionCall{This: res.v})
}

// suppress joins the error that disposing threw with the one before.
func suppress(r *goja.Runtime, err, before goja.Value) goja.Value {
	if before == nil {
		return err
	}
	return suppressedOf(r).make(err, before)
}

func extendDisposable(t *gojax.Templates) {
	for _, async := range []bool{false, true} {
		name := "DisposableStack"
		if async {
			name = "AsyncDisposableStack"
		}
		t.Global.Put(name, func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(newDisposableStack(r, name, async)) })
	}
}

func newDisposableStack(r *goja.Runtime, name string, async bool) *goja.Object {
	proto := r.NewObject()
	var ctor *goja.Object
	ctor = gojax.NativeConstructor(r, name, 0, proto, func(goja.FunctionCall) goja.Value {
		throwType(r, "Constructor %s requires 'new'", name)
		return nil
	}, func(_ []goja.Value, newTarget *goja.Object) *goja.Object {
		return gojax.NewSlotted(r, gojax.PrototypeFor(r, newTarget, ctor, proto), &disposables{async: async})
	})
	_ = proto.DefineDataProperty("constructor", ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	this := func(c goja.FunctionCall, method string) *disposables {
		d, ok := gojax.State(c.This).(*disposables)
		if !ok || d.async != async {
			throwType(r, "Method %s.prototype.%s called on incompatible receiver %s", name, method, describe(c.This))
		}
		return d
	}
	open := func(c goja.FunctionCall, method string) *disposables {
		d := this(c, method)
		if d.disposed {
			o, err := r.New(r.Get("ReferenceError"), gojax.NewString("Cannot add values to a disposed stack!"))
			if err != nil {
				panic(err)
			}
			panic(o)
		}
		return d
	}
	fn := func(v goja.Value) call {
		f := function(v)
		if f == nil {
			throwType(r, "%s is not a function", describe(v))
		}
		return f
	}
	plain := func(name string, length int, f call) builtin {
		return builtin{name, length, func(*goja.Runtime) call { return f }}
	}
	defineMethods(r, proto, []builtin{
		plain("use", 1, func(c goja.FunctionCall) goja.Value {
			d := open(c, "use")
			v := c.Argument(0)
			if goja.IsNull(v) || goja.IsUndefined(v) {
				if async {
					d.list = append(d.list, resource{v: undefined(), async: true})
				}
				return v
			}
			if !isObject(v) {
				throwType(r, "%s is not an object", describe(v))
			}
			m, isAsync := disposableMethod(r, v, async)
			if m == nil {
				throwType(r, "Property [Symbol.dispose] of %s is not a function", describe(v))
			}
			d.list = append(d.list, resource{v: v, method: m, async: isAsync})
			return v
		}),
		plain("adopt", 2, func(c goja.FunctionCall) goja.Value {
			d := open(c, "adopt")
			d.list = append(d.list, resource{v: c.Argument(0), method: fn(c.Argument(1)), async: async, arg: true})
			return c.Argument(0)
		}),
		plain("defer", 1, func(c goja.FunctionCall) goja.Value {
			d := open(c, "defer")
			d.list = append(d.list, resource{v: undefined(), method: fn(c.Argument(0)), async: async})
			return undefined()
		}),
		plain("move", 0, func(c goja.FunctionCall) goja.Value {
			d := open(c, "move")
			moved := &disposables{async: async, list: d.list}
			d.list, d.disposed = nil, true
			return gojax.NewSlotted(r, proto, moved)
		}),
	})
	_ = proto.DefineAccessorProperty("disposed", gojax.NewFunc(r, "get disposed", 0, func(c goja.FunctionCall) goja.Value {
		return r.ToValue(this(c, "disposed").disposed)
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	method, symbol := "dispose", SymDispose
	run := func(c goja.FunctionCall) goja.Value { return disposeNow(r, this(c, "dispose")) }
	if async {
		method, symbol = "disposeAsync", SymAsyncDispose
		run = func(c goja.FunctionCall) goja.Value {
			p, resolve, reject := r.NewPromise()
			if ex := r.Try(func() {
				d := this(c, "disposeAsync")
				if d.disposed {
					_ = resolve(undefined())
					return
				}
				d.disposed = true
				list := d.list
				d.list = nil
				(&disposal{r: r, list: list, resolve: resolve, reject: reject}).next()
			}); ex != nil {
				_ = reject(ex.Value())
			}
			return r.ToValue(p)
		}
	}
	defineMethods(r, proto, []builtin{plain(method, 0, run)})
	_ = proto.DefineDataPropertySymbol(symbol, proto.Get(method), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, gojax.NewString(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return ctor
}

func disposeNow(r *goja.Runtime, d *disposables) goja.Value {
	if d.disposed {
		return undefined()
	}
	d.disposed = true
	list := d.list
	d.list = nil
	var failed goja.Value
	for i := len(list) - 1; i >= 0; i-- {
		if ex := r.Try(func() { list[i].dispose() }); ex != nil {
			failed = suppress(r, ex.Value(), failed)
		}
	}
	if failed != nil {
		panic(failed)
	}
	return undefined()
}

// disposal is DisposeResources of an async stack on its way.
type disposal struct {
	r       *goja.Runtime
	list    []resource
	failed  goja.Value
	waited  bool // something has been waited for
	needed  bool // an empty resource wants a wait
	resolve func(any) error
	reject  func(any) error
}

func (d *disposal) next() {
	for len(d.list) > 0 {
		res := d.list[len(d.list)-1]
		d.list = d.list[:len(d.list)-1]
		if res.method == nil {
			d.needed = true
			continue
		}
		var v goja.Value
		if ex := d.r.Try(func() { v = res.dispose() }); ex != nil {
			d.failed = suppress(d.r, ex.Value(), d.failed)
			continue
		}
		d.wait(v)
		return
	}
	if d.needed && !d.waited {
		d.needed = false
		d.wait(undefined())
		return
	}
	if d.failed != nil {
		_ = d.reject(d.failed)
	} else {
		_ = d.resolve(undefined())
	}
}

func (d *disposal) wait(v goja.Value) {
	d.waited = true
	gojax.Then(d.r, gojax.PromiseResolve(d.r, v), func(goja.Value) { d.next() }, func(e goja.Value) {
		d.failed = suppress(d.r, e, d.failed)
		d.next()
	})
}
