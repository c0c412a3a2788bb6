package events

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// key is an event's name as a property key.
type key struct {
	sym  *goja.Symbol
	name string
}

func keyOf(v goja.Value) key {
	if s, ok := v.(*goja.Symbol); ok {
		return key{sym: s}
	}
	return key{name: v.String()}
}

func (k key) get(o *goja.Object) *goja.Object {
	var v goja.Value
	if k.sym != nil {
		v = o.GetSymbol(k.sym)
	} else {
		v = gojax.Field(o, unistring.NewFromString(k.name))
	}
	r, _ := v.(*goja.Object)
	return r
}

func (e *emitter) set(o *goja.Object, k key, v goja.Value) {
	var err error
	if k.sym != nil {
		err = o.SetSymbol(k.sym, v)
	} else {
		err = o.Set(k.name, v)
	}
	e.check(err)
}

func (e *emitter) check(err error) {
	if err != nil {
		panic(err)
	}
}

func (e *emitter) freshEvents() *goja.Object {
	return e.vm.CreateObject(nil)
}

// emitOn calls the emitter's own emit, which a subclass may have replaced.
func (e *emitter) emitOn(target *goja.Object, args ...goja.Value) {
	if fn, ok := target.Get("emit").(*goja.Object); ok {
		gojax.Call(fn, target, args...)
	}
}

func (e *emitter) receiver(c *goja.FunctionCall) *goja.Object {
	if o, ok := c.This.(*goja.Object); ok {
		return o
	}
	return c.This.ToObject(e.vm)
}

func (e *emitter) listener(v goja.Value) *goja.Object {
	if fn, ok := gojax.Callable(v); ok {
		return fn
	}
	e.trouble("badListener", v) // throws
	return nil
}

func (e *emitter) addListener(c goja.FunctionCall) goja.Value {
	t := e.receiver(&c)
	e.add(t, c.Argument(0), e.listener(c.Argument(1)), false)
	return t
}

func (e *emitter) prependListener(c goja.FunctionCall) goja.Value {
	t := e.receiver(&c)
	e.add(t, c.Argument(0), e.listener(c.Argument(1)), true)
	return t
}

func (e *emitter) add(target *goja.Object, typ goja.Value, listener *goja.Object, prepend bool) {
	k := keyOf(typ)
	events, _ := gojax.Field(target, "_events").(*goja.Object)
	var existing *goja.Object
	if events == nil {
		events = e.freshEvents()
		e.check(target.Set("_events", events))
		e.check(target.Set("_eventsCount", 0))
	} else {
		// Told before it is added, so that a listener of 'newListener' does not
		// hear of itself.
		if v := events.Get("newListener"); v != nil && v != goja.Undefined() {
			original := listener.Get("listener")
			if original == nil || goja.IsUndefined(original) || goja.IsNull(original) {
				original = listener
			}
			e.emitOn(target, e.vm.ToValue("newListener"), typ, original)
			events, _ = gojax.Field(target, "_events").(*goja.Object) // it may have been replaced
		}
		existing = k.get(events)
	}
	if existing == nil {
		e.set(events, k, listener)
		n := int64(0)
		if v := target.Get("_eventsCount"); v != nil {
			n = v.ToInteger()
		}
		e.check(target.Set("_eventsCount", n+1))
		return
	}
	var n int64
	if isFunction(existing) {
		first, second := existing, listener
		if prepend {
			first, second = listener, existing
		}
		existing = e.vm.NewArray(first, second)
		e.set(events, k, existing)
		n = 2
	} else {
		n = existing.Get("length").ToInteger()
		if prepend {
			for i := n; i > 0; i-- {
				e.check(existing.Set(index(int(i)), existing.Get(index(int(i-1)))))
			}
			e.check(existing.Set("0", listener))
		} else {
			e.check(existing.Set(index(int(n)), listener))
		}
		n++
	}
	limit := e.defaultMax
	if v := target.Get("_maxListeners"); v != nil && !goja.IsUndefined(v) {
		limit = v.ToFloat()
	}
	if limit > 0 && float64(n) > limit {
		e.trouble("warnLeak", target, typ, existing, e.vm.ToValue(limit))
	}
}

func isFunction(o *goja.Object) bool { return o.ClassName() == "Function" }

func (e *emitter) once(c goja.FunctionCall) goja.Value {
	t := e.receiver(&c)
	typ := c.Argument(0)
	e.method(t, "on", e.fns.on, typ, e.wrapOnce(t, typ, e.listener(c.Argument(1))))
	return t
}

func (e *emitter) prependOnceListener(c goja.FunctionCall) goja.Value {
	t := e.receiver(&c)
	typ := c.Argument(0)
	e.method(t, "prependListener", e.fns.prepend, typ, e.wrapOnce(t, typ, e.listener(c.Argument(1))))
	return t
}

// method calls a method of the target; own is what it is unless a subclass
// has replaced it.
func (e *emitter) method(t *goja.Object, name string, own *goja.Object, typ goja.Value, listener *goja.Object) {
	m, _ := t.Get(name).(*goja.Object)
	switch {
	case m == nil:
		panic(e.vm.NewTypeError("this.%s is not a function", name))
	case m != own:
		if _, ok := gojax.Callable(m); ok {
			gojax.Call(m, t, typ, listener)
			return
		}
		panic(e.vm.NewTypeError("this.%s is not a function", name))
	case own == e.fns.off:
		e.remove(t, typ, listener)
	default:
		e.add(t, typ, listener, own == e.fns.prepend)
	}
}

func (e *emitter) wrapOnce(target *goja.Object, typ goja.Value, listener *goja.Object) *goja.Object {
	var wrapped *goja.Object
	fired := false
	wrapped = natives.Func(e.vm, "wrapper", 0, func(c goja.FunctionCall) goja.Value {
		if fired {
			return goja.Undefined()
		}
		e.method(target, "removeListener", e.fns.off, typ, wrapped)
		fired = true
		return gojax.Call(listener, target, c.Arguments...)
	})
	e.check(wrapped.Set("listener", listener))
	return wrapped
}

func (e *emitter) removeListener(c goja.FunctionCall) goja.Value {
	t := e.receiver(&c)
	e.remove(t, c.Argument(0), e.listener(c.Argument(1)))
	return t
}

// same reports whether an entry of a list is listener, or wraps it.
func same(entry, listener *goja.Object) bool {
	if entry == listener {
		return true
	}
	l, _ := gojax.Field(entry, "listener").(*goja.Object)
	return l != nil && l == listener
}

func (e *emitter) remove(target *goja.Object, typ goja.Value, listener *goja.Object) {
	events, _ := gojax.Field(target, "_events").(*goja.Object)
	if events == nil {
		return
	}
	k := keyOf(typ)
	list := k.get(events)
	if list == nil {
		return
	}
	told := listener
	if isFunction(list) {
		if !same(list, listener) {
			return
		}
		n := target.Get("_eventsCount").ToInteger() - 1
		e.check(target.Set("_eventsCount", n))
		shape := target.GetSymbol(e.kShapeMode)
		switch {
		case shape != nil && shape.ToBoolean():
			e.set(events, k, goja.Undefined())
		case n == 0:
			e.check(target.Set("_events", e.freshEvents()))
		case k.sym != nil:
			e.check(events.DeleteSymbol(k.sym))
		default:
			e.check(events.Delete(k.name))
		}
		if l, _ := list.Get("listener").(*goja.Object); l != nil {
			told = l
		}
	} else {
		n := int(list.Get("length").ToInteger())
		pos := -1
		for i := n - 1; i >= 0; i-- {
			if l, _ := list.Get(index(i)).(*goja.Object); l != nil && same(l, listener) {
				pos = i
				break
			}
		}
		if pos < 0 {
			return
		}
		for ; pos+1 < n; pos++ {
			e.check(list.Set(index(pos), list.Get(index(pos+1))))
		}
		e.check(list.Set("length", n-1))
		if n-1 == 1 {
			e.set(events, k, list.Get("0"))
		}
	}
	if v := events.Get("removeListener"); v != nil && !goja.IsUndefined(v) {
		e.emitOn(target, e.vm.ToValue("removeListener"), typ, told)
	}
}
