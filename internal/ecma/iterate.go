package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// iterator is ECMA-262's Iterator Record.
type iterator struct {
	r    *goja.Runtime
	obj  *goja.Object
	next goja.Value
	fn   call
}

// direct is GetIteratorDirect.
func direct(r *goja.Runtime, o *goja.Object) *iterator {
	it := &iterator{r: r, obj: o, next: getStr(o, "next")}
	it.fn = function(it.next)
	return it
}

// iteratorOf is GetIterator(v, sync).
func iteratorOf(r *goja.Runtime, v goja.Value) *iterator {
	m := methodOf(r, v, goja.SymIterator)
	if m == nil {
		throwType(r, "%s is not iterable", describe(v))
	}
	return iteratorFrom(r, v, m)
}

func iteratorFrom(r *goja.Runtime, v goja.Value, m call) *iterator {
	o, ok := m(goja.FunctionCall{This: v}).(*goja.Object)
	if !ok {
		throwType(r, "Result of the Symbol.iterator method is not an object")
	}
	return direct(r, o)
}

// methodOf is GetMethod: nil if there is none.
func methodOf(r *goja.Runtime, v, key goja.Value) call {
	m := gojax.GetV(r, v, key)
	if goja.IsUndefined(m) || goja.IsNull(m) {
		return nil
	}
	fn := function(m)
	if fn == nil {
		throwType(r, "%s is not a function", describe(m))
	}
	return fn
}

// result is the object that next gives back.
func (it *iterator) result(args ...goja.Value) *goja.Object {
	if it.fn == nil {
		throwType(it.r, "%s is not a function", describe(it.next))
	}
	res := it.fn(goja.FunctionCall{This: it.obj, Arguments: args})
	o, ok := res.(*goja.Object)
	if !ok {
		throwType(it.r, "Iterator result %s is not an object", describe(res))
	}
	return o
}

// step is IteratorStepValue.
func (it *iterator) step() (v goja.Value, done bool) {
	o := it.result()
	if getStr(o, "done").ToBoolean() {
		return nil, true
	}
	return getStr(o, "value"), false
}

// close is IteratorClose with a normal completion.
func (it *iterator) close() {
	ret := methodOf(it.r, it.obj, it.r.ToValue("return"))
	if ret == nil {
		return
	}
	if v := ret(goja.FunctionCall{This: it.obj}); !isObject(v) {
		throwType(it.r, "%s is not an object", describe(v))
	}
}

// abandon is IteratorClose with a throw completion: what closing throws is lost.
func (it *iterator) abandon() {
	_ = it.r.Try(func() {
		if ret := methodOf(it.r, it.obj, it.r.ToValue("return")); ret != nil {
			ret(goja.FunctionCall{This: it.obj})
		}
	})
}

// guard runs f; if it throws the iterator is closed.
func (it *iterator) guard(f func()) {
	if ex := it.r.Try(f); ex != nil {
		it.abandon()
		panic(ex)
	}
}

func isObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok
}

// toPrimitive is ToPrimitive for an object.
func toPrimitive(o *goja.Object, hint string) goja.Value {
	r := runtimeOf(o)
	if m := methodOf(r, o, goja.SymToPrimitive); m != nil {
		v := m(goja.FunctionCall{This: o, Arguments: []goja.Value{r.ToValue(hint)}})
		if isObject(v) {
			throwType(r, "Cannot convert object to primitive value")
		}
		return v
	}
	order := []string{"valueOf", "toString"}
	if hint == "string" {
		order[0], order[1] = order[1], order[0]
	}
	for _, name := range order {
		if fn := function(getStr(o, name)); fn != nil {
			if v := fn(goja.FunctionCall{This: o}); !isObject(v) {
				return v
			}
		}
	}
	throwType(r, "Cannot convert object to primitive value")
	return nil
}

func runtimeOf(o *goja.Object) *goja.Runtime { return gojax.RuntimeOf(o) }
