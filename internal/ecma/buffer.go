package ecma

import (
	"fmt"
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// maxBuffer is how many bytes one allocation may have. More than the machine
// has would end the process.
const maxBuffer = 1 << 33

// typedArrays are the constructors and the sizes of their elements.
var typedArrays = []struct {
	name string
	size float64
}{
	{"Int8Array", 1}, {"Uint8Array", 1}, {"Uint8ClampedArray", 1}, {"Int16Array", 2}, {"Uint16Array", 2}, {"Float16Array", 2},
	{"Int32Array", 4}, {"Uint32Array", 4}, {"Float32Array", 4}, {"Float64Array", 8}, {"BigInt64Array", 8}, {"BigUint64Array", 8},
}

// extendBuffers makes what cannot be allocated a RangeError, and takes away
// what Node 24 does not have yet.
func extendBuffers(t *gojax.Templates) {
	onFirstUse(t, "ArrayBuffer", func(r *goja.Runtime, ctor *goja.Object) {
		gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
			return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
				if len(args) > 0 {
					n := integer(args[0].ToNumber())
					if n < 0 || n > 1<<53-1 {
						throwRange(r, "Invalid array buffer length")
					}
					if n > maxBuffer {
						throwRange(r, "Array buffer allocation failed")
					}
					args = append([]goja.Value{gojax.Int(int64(n))}, args[1:]...)
				}
				return next(args, newTarget)
			}
		})
		extendTransfer(r, ctor)
	})
	for _, ta := range typedArrays {
		onFirstUse(t, ta.name, func(r *goja.Runtime, ctor *goja.Object) {
			gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
				return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
					if len(args) > 0 && !isObject(args[0]) {
						n := integer(args[0].ToNumber())
						if n < 0 || n > 1<<53-1 {
							throwRange(r, fmt.Sprintf("Invalid typed array length: %s", args[0].String()))
						}
						if n > math.Trunc(maxBuffer/ta.size) {
							throwRange(r, "Array buffer allocation failed")
						}
						args = append([]goja.Value{gojax.Int(int64(n))}, args[1:]...)
					}
					return next(args, newTarget)
				}
			})
			if ta.name == "Uint8Array" {
				for _, name := range []string{"fromBase64", "fromHex"} {
					_ = ctor.Delete(name)
				}
				proto := ctor.Get("prototype").(*goja.Object)
				for _, name := range []string{"setFromBase64", "setFromHex", "toBase64", "toHex"} {
					_ = proto.Delete(name)
				}
			}
		})
	}
}

// extendTransfer adds what moves the memory of an ArrayBuffer.
func extendTransfer(r *goja.Runtime, ctor *goja.Object) {
	proto := ctor.Get("prototype").(*goja.Object)
	buffer := func(c goja.FunctionCall, name string) goja.ArrayBuffer {
		o, ok := c.This.(*goja.Object)
		if ok && gojax.KindOf(o) == gojax.KindArrayBuffer {
			if b, ok := o.Export().(goja.ArrayBuffer); ok && !isShared(r, o) {
				return b
			}
		}
		throwType(r, "Method ArrayBuffer.prototype.%s called on incompatible receiver %s", name, describe(c.This))
		return goja.ArrayBuffer{}
	}
	transfer := func(name string) builtin {
		return builtin{name, 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				b := buffer(c, name)
				n := len(b.Bytes())
				if v := c.Argument(0); !goja.IsUndefined(v) {
					n = index(r, v, "Invalid array buffer length")
				}
				if b.Detached() {
					throwType(r, "Cannot perform ArrayBuffer.prototype.%s on a detached ArrayBuffer", name)
				}
				if n > maxBuffer {
					throwRange(r, "Array buffer allocation failed")
				}
				data := b.Bytes()
				if n != len(data) {
					data = make([]byte, n)
					copy(data, b.Bytes())
				}
				b.Detach()
				return r.ToValue(r.NewArrayBuffer(data))
			}
		}}
	}
	defineMethods(r, proto, []builtin{transfer("transfer"), transfer("transferToFixedLength")})
	get := gojax.NewFunc(r, "get detached", 0, func(c goja.FunctionCall) goja.Value { return r.ToValue(buffer(c, "detached").Detached()) })
	_ = proto.DefineAccessorProperty("detached", get, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
