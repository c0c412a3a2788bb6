package events

import (
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// emitter is emit in Go. In goja the JavaScript form of it costs four times as
// much: the arguments object, a copy of the listener list and Function.call
// are each dearer than the lookups here.
type emitter struct {
	env        bindings.Env
	vm         *goja.Runtime
	yes, no    goja.Value
	defaultMax float64
	kCapture   *goja.Symbol
	kShapeMode *goja.Symbol
	errors     *goja.Object // internal/events/errors, once something has gone wrong
	fns        struct{ on, prepend, off *goja.Object }
}

func native(env bindings.Env) *goja.Object {
	e := &emitter{env: env, vm: env.VM(), defaultMax: 10}
	e.yes, e.no = e.vm.ToValue(true), e.vm.ToValue(false)
	o := e.vm.NewObject()
	natives.Set(e.vm, o, "setDefaultMax", 1, func(c goja.FunctionCall) goja.Value {
		e.defaultMax = c.Argument(0).ToFloat()
		return goja.Undefined()
	})
	_ = o.Set("listenerCount", natives.Func(e.vm, "listenerCount", 2, e.listenerCount))
	// setup(prototype, hooks) gives the prototype its native methods.
	natives.Set(e.vm, o, "setup", 2, func(c goja.FunctionCall) goja.Value {
		proto, hooks := c.Argument(0).ToObject(e.vm), c.Argument(1).ToObject(e.vm)
		e.kCapture, _ = hooks.Get("kCapture").(*goja.Symbol)
		e.kShapeMode, _ = hooks.Get("kShapeMode").(*goja.Symbol)
		def := func(name string, length int, fn func(goja.FunctionCall) goja.Value, alias ...string) *goja.Object {
			f := natives.Func(e.vm, name, length, fn)
			_ = proto.Set(name, f)
			for _, a := range alias {
				_ = proto.Set(a, f)
			}
			return f
		}
		def("emit", 1, e.emit)
		e.fns.on = def("addListener", 2, e.addListener, "on")
		e.fns.prepend = def("prependListener", 2, e.prependListener)
		def("once", 2, e.once)
		def("prependOnceListener", 2, e.prependOnceListener)
		e.fns.off = def("removeListener", 2, e.removeListener, "off")
		return goja.Undefined()
	})
	return o
}

// trouble calls a function of internal/events/errors; what that throws passes
// as a panic.
func (e *emitter) trouble(name string, args ...goja.Value) {
	if e.errors == nil {
		e.errors = e.env.Require("internal/events/errors")
	}
	fn, _ := goja.AssertFunction(e.errors.Get(name))
	if _, err := fn(goja.Undefined(), args...); err != nil {
		panic(err)
	}
}

func (e *emitter) emit(c goja.FunctionCall) goja.Value {
	this, ok := c.This.(*goja.Object)
	if !ok {
		this = c.This.ToObject(e.vm)
	}
	typ := c.Argument(0)
	events, _ := gojax.Field(this, "_events").(*goja.Object)
	sym, isSym := typ.(*goja.Symbol)
	var name string
	if !isSym {
		name = typ.String()
		if name == "error" {
			// Throws if nobody listens.
			args := make([]goja.Value, 0, len(c.Arguments)+1)
			args = append(append(args, this), c.Arguments...)
			e.trouble("beforeError", args...)
			events, _ = this.Get("_events").(*goja.Object)
		}
	}
	if events == nil {
		return e.no
	}
	var v goja.Value
	if isSym {
		v = events.GetSymbol(sym)
	} else {
		v = gojax.Field(events, unistring.NewFromString(name))
	}
	handler, ok := v.(*goja.Object)
	if !ok {
		return e.no
	}
	var args []goja.Value
	if len(c.Arguments) > 1 {
		args = c.Arguments[1:]
	}
	if fn, ok := gojax.Callable(handler); ok {
		e.one(this, fn, typ, args)
		return e.yes
	}
	// A list. It is copied first: listeners may come and go meanwhile.
	var few [8]goja.Value
	list := few[:0]
	if values, ok := gojax.Elements(handler); ok {
		list = append(list, values...)
	} else {
		for i := range int(handler.Get("length").ToInteger()) {
			list = append(list, handler.Get(index(i)))
		}
	}
	for _, l := range list {
		if _, ok := l.(*goja.Object); !ok {
			continue
		}
		fn, ok := gojax.Callable(l)
		if !ok {
			panic(e.vm.NewTypeError("%s is not a function", l.String()))
		}
		e.one(this, fn, typ, args)
	}
	return e.yes
}

// one calls a listener; what it returns may be a promise to watch.
func (e *emitter) one(this *goja.Object, fn *goja.Object, typ goja.Value, args []goja.Value) {
	res := gojax.Call(fn, this, args...)
	if _, ok := res.(*goja.Object); !ok {
		return
	}
	if on := this.GetSymbol(e.kCapture); on == nil || !on.ToBoolean() {
		return
	}
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	e.trouble("addCatch", this, res, typ, e.vm.NewArray(list...))
}

func (e *emitter) listenerCount(c goja.FunctionCall) goja.Value {
	events, _ := gojax.Field(e.receiver(&c), "_events").(*goja.Object)
	if events == nil {
		return e.vm.ToValue(0)
	}
	list := keyOf(c.Argument(0)).get(events)
	only, _ := c.Argument(1).(*goja.Object)
	all := goja.IsUndefined(c.Argument(1)) || goja.IsNull(c.Argument(1))
	switch {
	case list == nil:
		return e.vm.ToValue(0)
	case isFunction(list):
		if all || only != nil && same(list, only) {
			return e.vm.ToValue(1)
		}
		return e.vm.ToValue(0)
	case all:
		return list.Get("length")
	}
	count := 0
	for i := range int(list.Get("length").ToInteger()) {
		if l, ok := list.Get(index(i)).(*goja.Object); ok && only != nil && same(l, only) {
			count++
		}
	}
	return e.vm.ToValue(count)
}

const indexes = "0123456789"

func index(i int) string {
	if i < len(indexes) {
		return indexes[i : i+1]
	}
	return strconv.Itoa(i)
}
