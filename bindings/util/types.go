package util

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/inspect"
	"github.com/gonode/gonode/internal/natives"
)

// typesObject is util.types, answered from the engine's internal slots.
func typesObject(env bindings.Env, in *inspect.Inspector) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	add := func(key, name string, test func(*goja.Object, gojax.Kind) bool) {
		n := 0
		if name != "" {
			n = 1
		}
		_ = o.Set(key, natives.Func(vm, name, n, func(c goja.FunctionCall) goja.Value {
			x, ok := c.Argument(0).(*goja.Object)
			return vm.ToValue(ok && test(x, gojax.KindOf(x)))
		}))
	}
	is := func(kinds ...gojax.Kind) func(*goja.Object, gojax.Kind) bool {
		return func(_ *goja.Object, k gojax.Kind) bool {
			for _, want := range kinds {
				if k == want {
					return true
				}
			}
			return false
		}
	}
	primitive := func(test func(goja.Value) bool) func(*goja.Object, gojax.Kind) bool {
		return func(o *goja.Object, k gojax.Kind) bool {
			p := gojax.Primitive(o)
			return p != nil && test(p)
		}
	}
	isSymbol := func(v goja.Value) bool { _, ok := v.(*goja.Symbol); return ok }
	isBoolean := func(v goja.Value) bool {
		return !isSymbol(v) && !goja.IsNumber(v) && !goja.IsString(v) && !goja.IsBigInt(v)
	}
	add("isArgumentsObject", "", func(o *goja.Object, _ gojax.Kind) bool { return gojax.IsArguments(o) })
	add("isArrayBuffer", "", func(o *goja.Object, k gojax.Kind) bool { return k == gojax.KindArrayBuffer && !in.IsShared(o) })
	add("isAsyncFunction", "", func(o *goja.Object, k gojax.Kind) bool {
		return k == gojax.KindAsyncFunction || k == gojax.KindGeneratorFunction && gojax.IsAsyncGeneratorFunction(o)
	})
	add("isBigIntObject", "", primitive(goja.IsBigInt))
	add("isBooleanObject", "", primitive(isBoolean))
	add("isDate", "", is(gojax.KindDate))
	add("isExternal", "", is())
	add("isGeneratorFunction", "", is(gojax.KindGeneratorFunction))
	add("isGeneratorObject", "", is(gojax.KindGenerator))
	add("isMap", "", is(gojax.KindMap))
	add("isMapIterator", "", is(gojax.KindMapIterator))
	add("isModuleNamespaceObject", "", in.IsNamespace)
	add("isNativeError", "", is(gojax.KindError))
	add("isNumberObject", "", primitive(goja.IsNumber))
	add("isPromise", "", is(gojax.KindPromise))
	add("isProxy", "", is(gojax.KindProxy))
	add("isRegExp", "", is(gojax.KindRegExp))
	add("isSet", "", is(gojax.KindSet))
	add("isSetIterator", "", is(gojax.KindSetIterator))
	add("isSharedArrayBuffer", "", func(o *goja.Object, k gojax.Kind) bool { return k == gojax.KindArrayBuffer && in.IsShared(o) })
	add("isStringObject", "", primitive(goja.IsString))
	add("isSymbolObject", "", primitive(isSymbol))
	add("isWeakMap", "", is(gojax.KindWeakMap))
	add("isWeakSet", "", is(gojax.KindWeakSet))
	add("isAnyArrayBuffer", "", is(gojax.KindArrayBuffer))
	add("isBoxedPrimitive", "", is(gojax.KindPrimitive, gojax.KindString))
	add("isArrayBufferView", "isView", is(gojax.KindTypedArray, gojax.KindDataView))
	add("isDataView", "isDataView", is(gojax.KindDataView))
	add("isTypedArray", "isTypedArray", is(gojax.KindTypedArray))
	for _, n := range []string{"Uint8Array", "Uint8ClampedArray", "Uint16Array", "Uint32Array", "Int8Array", "Int16Array",
		"Int32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"} {
		add("is"+n, "is"+n, func(o *goja.Object, k gojax.Kind) bool {
			return k == gojax.KindTypedArray && in.TypedArrayName(o) == n
		})
	}
	for _, n := range [][2]string{{"isKeyObject", "KeyObject"}, {"isCryptoKey", "CryptoKey"}} {
		add(n[0], n[0], func(o *goja.Object, k gojax.Kind) bool {
			if k != gojax.KindOrdinary {
				return false
			}
			// An instance of a class that crypto has not made yet does not exist.
			var class *goja.Object
			_ = vm.Try(func() { class, _ = env.Require("internal/crypto/keys").Get(n[1]).(*goja.Object) })
			return class != nil && vm.InstanceOf(o, class)
		})
		d := o.Get(n[0])
		_ = o.DefineDataProperty(n[0], d, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	return o
}
