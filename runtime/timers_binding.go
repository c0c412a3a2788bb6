package runtime

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// loopTimerBinding is internalBinding('timers') of Node's own tests: the loop
// timer and the loop immediate behind all others.
func (iso *Isolate) loopTimerBinding(o *goja.Object) {
	ts, vm := iso.timers, iso.vm
	iso.method(o, "scheduleTimer", func(c goja.FunctionCall) goja.Value { ts.schedule(c.Argument(0).ToInteger()); return nil })
	iso.method(o, "toggleTimerRef", func(c goja.FunctionCall) goja.Value { ts.keepAlive(c.Argument(0).ToBoolean()); return nil })
	iso.method(o, "getLibuvNow", func(goja.FunctionCall) goja.Value { return vm.ToValue(ts.updatedNow()) })
	iso.method(o, "scheduleImmediate", func(goja.FunctionCall) goja.Value { ts.arm(); return nil })
	iso.method(o, "toggleImmediateRef", func(c goja.FunctionCall) goja.Value {
		ts.keepImmediateAlive(c.Argument(0).ToBoolean())
		return nil
	})
}

// timersBinding is what internal/timers is made of.
func (iso *Isolate) timersBinding() *goja.Object {
	ts, vm := iso.timers, iso.vm
	o := vm.NewObject()
	def := func(name string, length int, f func(goja.FunctionCall) goja.Value) {
		_ = o.Set(name, natives.Func(vm, name, length, f))
	}

	// setup(timeoutPrototype, immediatePrototype, listPrototype, warn)
	def("setup", 0, func(c goja.FunctionCall) goja.Value {
		ts.warn, _ = goja.AssertFunction(c.Argument(3))
		ts.shapeTimeouts(c.Argument(0).ToObject(vm))
		ts.shapeImmediates(c.Argument(1).ToObject(vm))
		ts.listShape = gojax.NewShape(vm, c.Argument(2).ToObject(vm), func(l *timerList) []gojax.Slot { return l.slots[:] },
			"_idleNext", "_idlePrev", "expiry", "id", "msecs", "priorityQueuePosition")
		return nil
	})
	rest := func(c goja.FunctionCall, from int) goja.Value {
		if len(c.Arguments) <= from {
			return goja.Undefined()
		}
		return iso.array(c.Arguments[from:])
	}
	start := func(c goja.FunctionCall, args goja.Value, repeats bool, ref tri) goja.Value {
		t := ts.newTimeout(iso.callbackArg(c.Argument(0)), c.Argument(1), args, repeats, ref)
		ts.insert(t, t.slots[idleTimeout].Get(), ts.updatedNow())
		return t.obj
	}
	def("setTimeout", 2, func(c goja.FunctionCall) goja.Value { return start(c, rest(c, 2), false, yes) })
	def("setInterval", 2, func(c goja.FunctionCall) goja.Value { return start(c, rest(c, 2), true, yes) })
	// A timer that never keeps the loop alive: sockets' timeouts.
	def("setUnrefTimeout", 2, func(c goja.FunctionCall) goja.Value { return start(c, goja.Undefined(), false, no) })
	def("clearTimeout", 1, func(c goja.FunctionCall) goja.Value { ts.clear(c.Argument(0)); return nil })
	def("clearInterval", 1, func(c goja.FunctionCall) goja.Value { ts.clear(c.Argument(0)); return nil })
	def("setImmediate", 1, func(c goja.FunctionCall) goja.Value {
		return ts.newImmediate(iso.callbackArg(c.Argument(0)), rest(c, 1)).obj
	})
	def("clearImmediate", 1, func(c goja.FunctionCall) goja.Value { ts.clearImmediate(c.Argument(0)); return nil })

	// makeTimeout(callback, after, args, isRepeat, isRefed) is new Timeout.
	def("makeTimeout", 0, func(c goja.FunctionCall) goja.Value {
		ref := unset
		if v := c.Argument(4); !goja.IsUndefined(v) {
			ref = triOf(v.ToBoolean())
		}
		return ts.newTimeout(c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3).ToBoolean(), ref).obj
	})
	def("makeImmediate", 0, func(c goja.FunctionCall) goja.Value { return ts.newImmediate(c.Argument(0), c.Argument(1)).obj })
	def("insert", 0, func(c goja.FunctionCall) goja.Value {
		if t := ts.timeouts.State(c.Argument(0)); t != nil {
			ts.insert(t, c.Argument(1), ts.updatedNow())
		}
		return nil
	})
	for name, ref := range map[string]bool{"active": true, "unrefActive": false} {
		def(name, 0, func(c goja.FunctionCall) goja.Value {
			if t := ts.timeouts.State(c.Argument(0)); t != nil {
				ts.activate(t, ref)
			}
			return nil
		})
	}
	def("timeoutCount", 0, func(goja.FunctionCall) goja.Value { return vm.ToValue(ts.refs) })
	def("immediateCount", 0, func(goja.FunctionCall) goja.Value { return vm.ToValue(ts.imRefs) })
	// No names: no frames in stacks.
	_ = o.Set("run", iso.named("", func(c goja.FunctionCall) goja.Value { return vm.ToValue(ts.run(c.Argument(0).ToInteger())) }))
	_ = o.Set("runImmediates", iso.named("", func(goja.FunctionCall) goja.Value { ts.runImmediates(); return nil }))
	return o
}

// triValue is a tri as a property shows it.
func (iso *Isolate) triValue(t tri, none goja.Value) goja.Value {
	if t == unset {
		return none
	}
	return iso.vm.ToValue(t == yes)
}

func (r *resource) property(iso *Isolate, name string) goja.Value {
	switch name {
	case "asyncId":
		return iso.vm.ToValue(r.id)
	case "triggerId":
		return iso.vm.ToValue(r.trigger)
	}
	return goja.Undefined() // kAsyncContextFrame
}

// shapeTimeouts gives Timeout.prototype its methods.
func (ts *timerSet) shapeTimeouts(proto *goja.Object) {
	iso, vm := ts.iso, ts.iso.vm
	ts.timeouts = gojax.NewShape(vm, proto, func(t *timeout) []gojax.Slot { return t.slots[:] },
		"_idleTimeout", "_idlePrev", "_idleNext", "_idleStart", "_onTimeout", "_timerArgs", "_repeat", "_destroyed")
	names := []string{"refed", "kHasPrimitive", "asyncId", "triggerId", "kAsyncContextFrame"}
	ts.timeouts.Symbols(func(t *timeout, i int) goja.Value {
		switch i {
		case 0:
			return iso.triValue(t.refed, goja.Undefined())
		case 1:
			return vm.ToValue(t.primitive)
		}
		return t.property(iso, names[i])
	}, names...)
	method := func(name string, enumerable goja.Flag, f func(t *timeout)) {
		m := natives.Func(vm, name, 0, func(c goja.FunctionCall) goja.Value {
			if t := ts.timeouts.State(c.This); t != nil {
				f(t)
			}
			return c.This
		})
		_ = proto.DefineDataProperty(name, m, goja.FLAG_TRUE, goja.FLAG_TRUE, enumerable)
	}
	method("refresh", goja.FLAG_FALSE, func(t *timeout) { ts.activate(t, t.refed == yes) })
	method("unref", goja.FLAG_FALSE, func(t *timeout) {
		if t.refed == yes {
			t.refed = no
			if !t.destroyed() {
				ts.unref()
			}
		}
	})
	method("ref", goja.FLAG_FALSE, func(t *timeout) {
		if t.refed == no {
			t.refed = yes
			if !t.destroyed() {
				ts.ref()
			}
		}
	})
	_ = proto.DefineDataProperty("hasRef", natives.Func(vm, "hasRef", 0, func(c goja.FunctionCall) goja.Value {
		if t := ts.timeouts.State(c.This); t != nil {
			return iso.triValue(t.refed, goja.Undefined())
		}
		return nil
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	method("close", goja.FLAG_TRUE, func(t *timeout) { ts.clear(t.obj) })
	if dispose, ok := vm.Get("Symbol").ToObject(vm).Get("dispose").(*goja.Symbol); ok {
		_ = proto.SetSymbol(dispose, natives.Func(vm, "", 0, func(c goja.FunctionCall) goja.Value { ts.clear(c.This); return nil }))
	}
	_ = proto.DefineDataPropertySymbol(goja.SymToPrimitive, natives.Func(vm, "", 0, func(c goja.FunctionCall) goja.Value {
		t := ts.timeouts.State(c.This)
		if t == nil {
			return nil
		}
		if !t.primitive {
			t.primitive = true
			ts.known[t.id] = t
		}
		return vm.ToValue(t.id)
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// shapeImmediates gives Immediate.prototype its methods.
func (ts *timerSet) shapeImmediates(proto *goja.Object) {
	iso, vm := ts.iso, ts.iso.vm
	ts.immediates = gojax.NewShape(vm, proto, func(im *immediate) []gojax.Slot { return im.slots[:] },
		"_idleNext", "_idlePrev", "_onImmediate", "_argv", "_destroyed")
	names := []string{"refed", "asyncId", "triggerId", "kAsyncContextFrame"}
	ts.immediates.Symbols(func(im *immediate, i int) goja.Value {
		if i == 0 {
			return iso.triValue(im.refed, goja.Null())
		}
		return im.property(iso, names[i])
	}, names...)
	method := func(name string, f func(im *immediate)) {
		m := natives.Func(vm, name, 0, func(c goja.FunctionCall) goja.Value {
			if im := ts.immediates.State(c.This); im != nil {
				f(im)
			}
			return c.This
		})
		_ = proto.DefineDataProperty(name, m, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	method("ref", func(im *immediate) {
		if im.refed == no {
			im.refed = yes
			ts.refImmediate()
		}
	})
	method("unref", func(im *immediate) {
		if im.refed == yes {
			im.refed = no
			ts.unrefImmediate()
		}
	})
	_ = proto.DefineDataProperty("hasRef", natives.Func(vm, "hasRef", 0, func(c goja.FunctionCall) goja.Value {
		im := ts.immediates.State(c.This)
		return vm.ToValue(im != nil && im.refed == yes)
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if dispose, ok := vm.Get("Symbol").ToObject(vm).Get("dispose").(*goja.Symbol); ok {
		_ = proto.SetSymbol(dispose, natives.Func(vm, "", 0, func(c goja.FunctionCall) goja.Value { ts.clearImmediate(c.This); return nil }))
	}
}
