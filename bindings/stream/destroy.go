package stream

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// destroyer has what every stream goes through at its end. States are read and
// written by their properties' names: programs bring states of their own.
type destroyer struct {
	common
	markErrored, later, errorClose *goja.Object // destroy.js's
	closeTick                      *goja.Object
}

func nativeDestroy(env bindings.Env) *goja.Object {
	d := &destroyer{common: newCommon(env)}
	d.closeTick = natives.Func(d.vm, "emitCloseNT", 1, func(c goja.FunctionCall) goja.Value {
		d.emitClose(c.Argument(0).(*goja.Object))
		return nil
	})
	o := d.vm.NewObject()
	d.set(o, "emitCloseNT", d.closeTick)
	d.set(o, "destroy", natives.Func(d.vm, "destroy", 2, d.destroy))
	d.set(o, "destroyNow", natives.Func(d.vm, "destroyNow", 3, func(c goja.FunctionCall) goja.Value {
		d.now(c.Argument(0).(*goja.Object), c.Argument(1), c.Argument(2))
		return nil
	}))
	d.method(o, "defineFlags", 2, d.defineFlags)
	d.method(o, "setup", 1, func(c goja.FunctionCall) goja.Value {
		hooks := c.Argument(0).(*goja.Object)
		d.markErrored, d.later = hooks.Get("markErrored").(*goja.Object), hooks.Get("destroyLater").(*goja.Object)
		d.errorClose = hooks.Get("emitErrorCloseNT").(*goja.Object)
		return nil
	})
	return o
}

// defineFlags(proto, flags) defines accessors: one bit each of `state`.
func (d *destroyer) defineFlags(c goja.FunctionCall) goja.Value {
	proto, flags := c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
	for _, name := range flags.Keys() {
		bit := flags.Get(name).ToInteger()
		get := natives.Func(d.vm, "get", 0, func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok && bitsOf(o)&bit != 0 {
				return d.yes
			}
			return d.no
		})
		set := natives.Func(d.vm, "set", 1, func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok {
				bits := bitsOf(o) &^ bit
				if c.Argument(0).ToBoolean() {
					bits |= bit
				}
				d.setBits(o, bits)
			}
			return nil
		})
		_ = proto.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return nil
}

func truthy(state *goja.Object, name unistring.String) bool {
	return state != nil && gojax.Field(state, name).ToBoolean()
}

// mark sets a flag of both states, as far as there are two.
func (d *destroyer) mark(w, r *goja.Object, name unistring.String) {
	if w != nil {
		gojax.SetField(w, name, d.yes)
	}
	if r != nil {
		gojax.SetField(r, name, d.yes)
	}
}

func statesOf(stream *goja.Object) (w, r *goja.Object) {
	r = stateOf(stream, kReadableState)
	return stateOf(stream, kWritableState), r
}

func value(o *goja.Object) goja.Value {
	if o == nil {
		return goja.Undefined()
	}
	return o
}

// destroy is stream.destroy(err, callback).
func (d *destroyer) destroy(c goja.FunctionCall) goja.Value {
	this := c.This.ToObject(d.vm)
	err, cb := c.Argument(0), c.Argument(1)
	w, r := statesOf(this)
	if truthy(w, "destroyed") || truthy(r, "destroyed") {
		if fn, ok := gojax.Callable(cb); ok {
			gojax.Call(fn, nil)
		}
		return this
	}
	if err.ToBoolean() {
		gojax.Call(d.markErrored, nil, err, value(w), value(r))
	}
	d.mark(w, r, "destroyed")
	s := w
	if s == nil {
		s = r
	}
	if s != nil && !truthy(s, "constructed") {
		gojax.Call(d.later, nil, this, s, err, cb)
	} else {
		d.now(this, err, cb)
	}
	return this
}

// now calls _destroy; what its callback says is told in ticks.
func (d *destroyer) now(stream *goja.Object, err, cb goja.Value) {
	called := false
	done := func(c goja.FunctionCall) goja.Value {
		if called {
			return nil
		}
		called = true
		er := c.Argument(0)
		w, r := statesOf(stream)
		if er.ToBoolean() {
			gojax.Call(d.markErrored, nil, er, value(w), value(r))
		}
		d.mark(w, r, "closed")
		if fn, ok := gojax.Callable(cb); ok {
			gojax.Call(fn, nil, er)
		}
		if er.ToBoolean() {
			d.nextTick(d.errorClose, stream, er)
		} else {
			d.nextTick(d.closeTick, stream)
		}
		return nil
	}
	if !err.ToBoolean() {
		err = d.null
	}
	onDestroy := natives.Func(d.vm, "onDestroy", 1, done)
	if ex := d.vm.Try(func() { d.call(stream, "_destroy", err, onDestroy) }); ex != nil {
		done(args(ex.Value()))
	}
}

func (d *destroyer) emitClose(stream *goja.Object) {
	w, r := statesOf(stream)
	d.mark(w, r, "closeEmitted")
	if truthy(w, "emitClose") || truthy(r, "emitClose") {
		d.emit(stream, "close")
	}
}
