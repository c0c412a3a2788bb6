package ecma

import (
	"math"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// iteratorRealm is what one runtime has of section 27.1 of ECMA-262.
type iteratorRealm struct {
	ctor, proto, helper, wrap *goja.Object
}

type iteratorKey struct{}

func iteratorsOf(r *goja.Runtime) *iteratorRealm {
	return gojax.RealmValue(r, iteratorKey{}, func() *iteratorRealm { return newIterators(r) })
}

func newIterators(r *goja.Runtime) *iteratorRealm {
	x := &iteratorRealm{proto: gojax.IteratorPrototype(r)}
	x.ctor = gojax.NativeConstructor(r, "Iterator", 0, x.proto, func(goja.FunctionCall) goja.Value {
		throwType(r, "Constructor Iterator requires 'new'")
		return nil
	}, func(_ []goja.Value, newTarget *goja.Object) *goja.Object {
		if newTarget == x.ctor {
			throwType(r, "Abstract class Iterator not directly constructable")
		}
		return r.CreateObject(gojax.PrototypeFor(r, newTarget, x.ctor, x.proto))
	})
	defineMethods(r, x.ctor, []builtin{{"from", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value { return x.from(r, c.Argument(0)) }
	}}})
	x.helper = r.CreateObject(x.proto)
	defineMethods(r, x.helper, []builtin{
		{"next", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value { return helperOf(r, c, "next").resume() }
		}},
		{"return", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value { return helperOf(r, c, "return").finish() }
		}},
	})
	_ = x.helper.DefineDataPropertySymbol(goja.SymToStringTag, gojax.NewString("Iterator Helper"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)

	x.wrap = r.CreateObject(x.proto)
	wrapped := func(c goja.FunctionCall) *iterator {
		it, ok := gojax.State(c.This).(*iterator)
		if !ok {
			throwType(r, "Method %%WrapForValidIteratorPrototype%%.next called on incompatible receiver %s", describe(c.This))
		}
		return it
	}
	defineMethods(r, x.wrap, []builtin{
		{"next", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				it := wrapped(c)
				if it.fn == nil {
					throwType(r, "%s is not a function", describe(it.next))
				}
				return it.fn(goja.FunctionCall{This: it.obj})
			}
		}},
		{"return", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				it := wrapped(c)
				ret := methodOf(r, it.obj, r.ToValue("return"))
				if ret == nil {
					return gojax.IterResult(r, undefined(), true)
				}
				return ret(goja.FunctionCall{This: it.obj})
			}
		}},
	})
	return x
}

// from is Iterator.from.
func (x *iteratorRealm) from(r *goja.Runtime, v goja.Value) goja.Value {
	it := flattenable(r, v, true)
	for o := it.obj; o != nil; o = o.Prototype() {
		if o.Prototype() == x.proto {
			return it.obj
		}
	}
	return gojax.NewSlotted(r, x.wrap, it)
}

// flattenable is GetIteratorFlattenable.
func flattenable(r *goja.Runtime, v goja.Value, strings bool) *iterator {
	if _, isString := v.(goja.String); !isObject(v) && !(strings && isString) {
		throwType(r, "%s is not an object", describe(v))
	}
	m := methodOf(r, v, goja.SymIterator)
	o, ok := v.(*goja.Object)
	if m != nil {
		if o, ok = m(goja.FunctionCall{This: v}).(*goja.Object); !ok {
			throwType(r, "Result of the Symbol.iterator method is not an object")
		}
	} else if !ok {
		throwType(r, "%s is not an object", describe(v))
	}
	return direct(r, o)
}

// iteratorHelper is a suspended generator of the kind that helpers are: step
// gives the next value, done at the end.
type iteratorHelper struct {
	r       *goja.Runtime
	under   *iterator
	inner   *iterator // of flatMap
	step    func(h *iteratorHelper) (v goja.Value, done bool)
	started bool
	running bool
	done    bool
}

func helperOf(r *goja.Runtime, c goja.FunctionCall, name string) *iteratorHelper {
	h, ok := gojax.State(c.This).(*iteratorHelper)
	if !ok {
		throwType(r, "Method Iterator Helper.prototype.%s called on incompatible receiver %s", name, describe(c.This))
	}
	if h.running {
		throwType(r, "Generator is already running")
	}
	return h
}

func (h *iteratorHelper) resume() goja.Value {
	if h.done {
		return gojax.IterResult(h.r, undefined(), true)
	}
	h.started, h.running = true, true
	complete := false
	defer func() {
		h.running = false
		if !complete {
			h.done = true
		}
	}()
	v, done := h.step(h)
	complete = !done
	if done {
		v = undefined()
	}
	return gojax.IterResult(h.r, v, done)
}

// finish is return: what is below is closed.
func (h *iteratorHelper) finish() goja.Value {
	if !h.done {
		h.done = true
		h.running = h.started
		defer func() { h.running = false }()
		if h.inner != nil {
			inner := h.inner
			h.inner = nil
			h.under.guard(inner.close)
		}
		h.under.close()
	}
	return gojax.IterResult(h.r, undefined(), true)
}

// call1 calls a callback with a value and a counter; if it throws, the iterator is closed.
func (it *iterator) call1(fn call, v goja.Value, n int64) (res goja.Value) {
	it.guard(func() {
		res = fn(goja.FunctionCall{This: undefined(), Arguments: []goja.Value{v, gojax.Int(n)}})
	})
	return res
}

func thisIterator(r *goja.Runtime, c goja.FunctionCall, name string) *goja.Object {
	o, ok := c.This.(*goja.Object)
	if !ok {
		throwType(r, "Iterator.prototype.%s called on non-object", name)
	}
	return o
}

// callback is the function that most methods take; a wrong one closes the iterator.
func callback(r *goja.Runtime, o *goja.Object, v goja.Value) call {
	fn := function(v)
	if fn == nil {
		closing(r, o, func() { throwType(r, "%s is not a function", describe(v)) })
	}
	return fn
}

// closing runs f, which looks at arguments before next has been read; if it
// throws, the iterator is closed.
func closing(r *goja.Runtime, o *goja.Object, f func()) {
	(&iterator{r: r, obj: o}).guard(f)
}

func iteratorMethods() []builtin {
	helper := func(name string, make func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool)) builtin {
		return builtin{name, 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o := thisIterator(r, c, name)
				step := make(r, o, c.Argument(0))
				return gojax.NewSlotted(r, iteratorsOf(r).helper, &iteratorHelper{r: r, under: direct(r, o), step: step})
			}
		}}
	}
	count := func(r *goja.Runtime, o *goja.Object, v goja.Value) float64 {
		var n float64
		closing(r, o, func() {
			n = toFloat(v)
			if math.IsNaN(n) || math.Trunc(n) < 0 {
				throwRange(r, describe(v)+" must be positive")
			}
		})
		return math.Trunc(n)
	}
	loop := func(name string, f func(it *iterator, fn call, c goja.FunctionCall) goja.Value) builtin {
		return builtin{name, 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o := thisIterator(r, c, name)
				fn := callback(r, o, c.Argument(0))
				return f(direct(r, o), fn, c)
			}
		}}
	}
	return []builtin{
		{"reduce", 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o := thisIterator(r, c, "reduce")
				fn := callback(r, o, c.Argument(0))
				it := direct(r, o)
				var acc goja.Value
				k := int64(0)
				if len(c.Arguments) >= 2 {
					acc = c.Arguments[1]
				} else {
					v, done := it.step()
					if done {
						throwType(r, "Reduce of a done iterator with no initial value")
					}
					acc, k = v, 1
				}
				for ; ; k++ {
					v, done := it.step()
					if done {
						return acc
					}
					it.guard(func() {
						acc = fn(goja.FunctionCall{This: undefined(), Arguments: []goja.Value{acc, v, gojax.Int(k)}})
					})
				}
			}
		}},
		{"toArray", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				it := direct(r, thisIterator(r, c, "toArray"))
				var list []goja.Value
				for {
					v, done := it.step()
					if done {
						return gojax.NewArray(r, list)
					}
					list = append(list, v)
				}
			}
		}},
		loop("forEach", func(it *iterator, fn call, _ goja.FunctionCall) goja.Value {
			for k := int64(0); ; k++ {
				v, done := it.step()
				if done {
					return undefined()
				}
				it.call1(fn, v, k)
			}
		}),
		loop("some", func(it *iterator, fn call, _ goja.FunctionCall) goja.Value {
			for k := int64(0); ; k++ {
				v, done := it.step()
				if done {
					return it.r.ToValue(false)
				}
				if it.call1(fn, v, k).ToBoolean() {
					it.close()
					return it.r.ToValue(true)
				}
			}
		}),
		loop("every", func(it *iterator, fn call, _ goja.FunctionCall) goja.Value {
			for k := int64(0); ; k++ {
				v, done := it.step()
				if done {
					return it.r.ToValue(true)
				}
				if !it.call1(fn, v, k).ToBoolean() {
					it.close()
					return it.r.ToValue(false)
				}
			}
		}),
		loop("find", func(it *iterator, fn call, _ goja.FunctionCall) goja.Value {
			for k := int64(0); ; k++ {
				v, done := it.step()
				if done {
					return undefined()
				}
				if it.call1(fn, v, k).ToBoolean() {
					it.close()
					return v
				}
			}
		}),
		helper("map", func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool) {
			fn, k := callback(r, o, arg), int64(-1)
			return func(h *iteratorHelper) (goja.Value, bool) {
				v, done := h.under.step()
				if done {
					return nil, true
				}
				k++
				return h.under.call1(fn, v, k), false
			}
		}),
		helper("filter", func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool) {
			fn, k := callback(r, o, arg), int64(-1)
			return func(h *iteratorHelper) (goja.Value, bool) {
				for {
					v, done := h.under.step()
					if done {
						return nil, true
					}
					k++
					if h.under.call1(fn, v, k).ToBoolean() {
						return v, false
					}
				}
			}
		}),
		helper("take", func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool) {
			left := count(r, o, arg)
			return func(h *iteratorHelper) (goja.Value, bool) {
				if left == 0 {
					h.under.close()
					return nil, true
				}
				left--
				return h.under.step()
			}
		}),
		helper("drop", func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool) {
			left := count(r, o, arg)
			return func(h *iteratorHelper) (goja.Value, bool) {
				for ; left > 0; left-- {
					if _, done := h.under.skip(); done {
						return nil, true
					}
				}
				return h.under.step()
			}
		}),
		helper("flatMap", func(r *goja.Runtime, o *goja.Object, arg goja.Value) func(h *iteratorHelper) (goja.Value, bool) {
			fn, k := callback(r, o, arg), int64(-1)
			return func(h *iteratorHelper) (goja.Value, bool) {
				for {
					if h.inner == nil {
						v, done := h.under.step()
						if done {
							return nil, true
						}
						k++
						mapped := h.under.call1(fn, v, k)
						h.under.guard(func() { h.inner = flattenable(h.r, mapped, false) })
					}
					var v goja.Value
					var done bool
					h.under.guard(func() { v, done = h.inner.step() })
					if !done {
						return v, false
					}
					h.inner = nil
				}
			}
		}),
	}
}

// skip is IteratorStep: the value is not read.
func (it *iterator) skip() (o *goja.Object, done bool) {
	o = it.result()
	return o, getStr(o, "done").ToBoolean()
}

// toFloat is ToNumber.
func toFloat(v goja.Value) float64 { return v.ToNumber().ToFloat() }

func extendIterator(t *gojax.Templates) {
	t.Global.Put("Iterator", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(iteratorsOf(r).ctor) })
}

// iteratorProto is the template of %Iterator.prototype%.
var iteratorProto = sync.OnceValue(func() *gojax.Template {
	t := gojax.NewTemplate(func(r *goja.Runtime) *goja.Object { return r.NewObject().Prototype() })
	putMethods(t, iteratorMethods())
	t.Put("constructor", func(r *goja.Runtime) goja.Value {
		return weirdAccessor(r, "constructor", gojax.NewString("constructor"), iteratorsOf(r).ctor)
	})
	t.PutSym(goja.SymIterator, func(r *goja.Runtime) goja.Value {
		return gojax.HiddenProp(gojax.NewFunc(r, "[Symbol.iterator]", 0, func(c goja.FunctionCall) goja.Value { return c.This }))
	})
	t.PutSym(goja.SymToStringTag, func(r *goja.Runtime) goja.Value {
		return weirdAccessor(r, "[Symbol.toStringTag]", goja.SymToStringTag, gojax.NewString("Iterator"))
	})
	t.PutSym(SymDispose, func(r *goja.Runtime) goja.Value {
		return gojax.HiddenProp(gojax.NewFunc(r, "[Symbol.dispose]", 0, func(c goja.FunctionCall) goja.Value {
			if ret := methodOf(r, c.This, r.ToValue("return")); ret != nil {
				ret(goja.FunctionCall{This: c.This})
			}
			return undefined()
		}))
	})
	return t
})

// weirdAccessor is one of the two properties of %Iterator.prototype% that read
// as data and let objects below it have their own by assignment.
func weirdAccessor(r *goja.Runtime, name string, key, v goja.Value) goja.Value {
	get := gojax.NewFunc(r, "get "+name, 0, func(goja.FunctionCall) goja.Value { return v })
	set := gojax.NewFunc(r, "set "+name, 1, func(c goja.FunctionCall) goja.Value {
		o, ok := c.This.(*goja.Object)
		if !ok {
			throwType(r, "Iterator.prototype setter called on non-object")
		}
		if o == gojax.IteratorPrototype(r) {
			throwType(r, "Cannot assign to this property")
		}
		if _, own := gojax.GetOwn(o, key); own {
			gojax.Set(o, key, c.Argument(0))
		} else {
			gojax.CreateDataProperty(o, key, c.Argument(0))
		}
		return undefined()
	})
	return gojax.AccessorProp(get, set)
}

// Install gives a runtime what the engine's own objects inherit from; call it
// before anything runs there.
func Install(r *goja.Runtime, in *gojax.VM) {
	in.SetIntrinsic("IteratorPrototype", iteratorProto().Object(r))
	withRegExps(r)
	gojax.GuardCalls(r, in)
}
