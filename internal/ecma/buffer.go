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
	t.TypedArrayProto.Wrap("set", func(r *goja.Runtime, v goja.Value) goja.Value {
		gojax.WrapCall(gojax.PropValue(v).(*goja.Object), func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				defer reword(r, "Source is too large", "offset is out of bounds")
				return next(c)
			}
		})
		return v
	})
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
					limit, resizable := maxLength(r, args)
					if resizable && n > limit {
						throwRange(r, "Invalid array buffer max length")
					}
					if resizable {
						o := next([]goja.Value{gojax.Int(0)}, newTarget)
						if limit > maxResizable {
							throwRange(r, "Array buffer allocation failed")
						}
						growable(o, make([]byte, int(n), int(limit)))
						return o
					}
					args = append([]goja.Value{gojax.Int(int64(n))}, args[1:]...)
				}
				return next(args, newTarget)
			}
		})
		extendTransfer(r, ctor)
	})
	onFirstUse(t, "DataView", func(r *goja.Runtime, ctor *goja.Object) {
		gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
			return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
				buf := resizableArgument(args)
				if buf == nil {
					return next(args, newTarget)
				}
				o := next(args, newTarget)
				if !gojax.TrackView(buf, o, len(args) < 3 || goja.IsUndefined(args[2])) {
					throwRange(r, "Invalid DataView length")
				}
				return o
			}
		})
	})
	for _, ta := range typedArrays {
		onFirstUse(t, ta.name, func(r *goja.Runtime, ctor *goja.Object) {
			gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
				return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
					if buf := resizableArgument(args); buf != nil {
						return viewResizable(r, buf, args, int(ta.size), func(args []goja.Value) *goja.Object { return next(args, newTarget) })
					}
					if len(args) > 0 && !isObject(args[0]) {
						n := integer(args[0].ToNumber())
						if n < 0 || n > 1<<53-1 {
							throwRange(r, fmt.Sprintf("Invalid typed array length: %s", args[0].String()))
						}
						if n > math.Trunc(maxBuffer/ta.size) {
							throwRange(r, "Array buffer allocation failed")
						}
						args = append([]goja.Value{gojax.Int(int64(n))}, args[1:]...)
					} else if len(args) > 0 {
						boundElements(r, args[0].(*goja.Object), ta.size)
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

// maxResizable is how long a resizable buffer may get: all of it is reserved.
const maxResizable = 1 << 30

// maxLength is GetArrayBufferMaxByteLengthOption of a constructor's arguments.
func maxLength(r *goja.Runtime, args []goja.Value) (limit float64, ok bool) {
	if len(args) < 2 {
		return 0, false
	}
	o, ok := args[1].(*goja.Object)
	if !ok {
		return 0, false
	}
	v := getStr(o, "maxByteLength")
	if goja.IsUndefined(v) {
		return 0, false
	}
	return float64(index(r, v, "Invalid array buffer max length")), true
}

// growable makes data, with the room behind it, the memory of a new buffer.
func growable(o *goja.Object, data []byte) {
	gojax.SetBufferData(o, data)
	gojax.MakeResizable(o, cap(data))
}

// resizableArgument is the first argument if it is a resizable buffer.
func resizableArgument(args []goja.Value) *goja.Object {
	if len(args) == 0 {
		return nil
	}
	o, ok := args[0].(*goja.Object)
	if !ok || gojax.KindOf(o) != gojax.KindArrayBuffer {
		return nil
	}
	if _, ok := gojax.ResizeLimit(o); !ok {
		return nil
	}
	return o
}

// viewResizable is InitializeTypedArrayFromArrayBuffer for a resizable buffer.
func viewResizable(r *goja.Runtime, buf *goja.Object, args []goja.Value, size int, make func([]goja.Value) *goja.Object) *goja.Object {
	arg := func(i int) goja.Value {
		if i < len(args) && args[i] != nil {
			return args[i]
		}
		return undefined()
	}
	offset := index(r, arg(1), "Start offset is too large")
	if offset%size != 0 {
		throwRange(r, fmt.Sprintf("start offset of typed array should be a multiple of %d", size))
	}
	follows := goja.IsUndefined(arg(2))
	n := 0
	if !follows {
		n = index(r, arg(2), "Invalid typed array length")
	}
	ab := buf.Export().(goja.ArrayBuffer)
	if !ab.Detached() {
		have := len(ab.Bytes()) - offset
		if have < 0 {
			throwRange(r, fmt.Sprintf("Start offset %d is outside the bounds of the buffer", offset))
		}
		if follows {
			n = have / size
		} else if n > have/size {
			throwRange(r, fmt.Sprintf("Invalid typed array length: %d", n))
		}
	}
	o := make([]goja.Value{buf, gojax.Int(int64(offset)), gojax.Int(int64(n))})
	gojax.TrackView(buf, o, follows)
	return o
}

// reword replaces the message of an error that the engine is throwing. It is to
// be deferred.
func reword(r *goja.Runtime, from, to string) {
	x := recover()
	if x == nil {
		return
	}
	if o, ok := x.(*goja.Object); ok && getStr(o, "message").String() == from {
		throwRange(r, to)
	}
	panic(x)
}

// boundElements throws for an object that says that it has more elements than
// can be allocated.
func boundElements(r *goja.Runtime, o *goja.Object, size float64) {
	switch gojax.KindOf(o) {
	case gojax.KindOrdinary, gojax.KindSparseArray:
		if n := o.Get("length"); n != nil && goja.IsNumber(n) && n.ToFloat() > maxBuffer/size {
			throwRange(r, "Array buffer allocation failed")
		}
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
				limit, resizable := gojax.ResizeLimit(c.This.(*goja.Object))
				if resizable = resizable && name == "transfer"; resizable {
					if n > limit {
						throwRange(r, "Invalid array buffer length")
					}
					data = make([]byte, n, limit)
					copy(data, b.Bytes())
				} else if n != len(data) || cap(data) > n {
					data = make([]byte, n)
					copy(data, b.Bytes())
				}
				b.Detach()
				if resizable {
					o := r.ToValue(r.NewArrayBuffer(nil)).(*goja.Object)
					growable(o, data)
					return o
				}
				return r.ToValue(r.NewArrayBuffer(data))
			}
		}}
	}
	defineMethods(r, proto, []builtin{transfer("transfer"), transfer("transferToFixedLength")})
	gojax.WrapCall(proto.Get("slice").(*goja.Object), func(next call) call {
		return func(c goja.FunctionCall) goja.Value {
			if buffer(c, "slice").Detached() {
				throwType(r, "Cannot perform ArrayBuffer.prototype.slice on a detached ArrayBuffer")
			}
			return next(c)
		}
	})
	get := func(name string, f func(o *goja.Object, b goja.ArrayBuffer) any) {
		g := gojax.NewFunc(r, "get "+name, 0, func(c goja.FunctionCall) goja.Value {
			b := buffer(c, name)
			return r.ToValue(f(c.This.(*goja.Object), b))
		})
		_ = proto.DefineAccessorProperty(name, g, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	get("detached", func(_ *goja.Object, b goja.ArrayBuffer) any { return b.Detached() })
	get("resizable", func(o *goja.Object, _ goja.ArrayBuffer) any {
		_, ok := gojax.ResizeLimit(o)
		return ok
	})
	get("maxByteLength", func(o *goja.Object, b goja.ArrayBuffer) any {
		if limit, ok := gojax.ResizeLimit(o); ok && !b.Detached() {
			return limit
		}
		return len(b.Bytes())
	})
	defineMethods(r, proto, []builtin{{"resize", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			o, _ := c.This.(*goja.Object)
			limit, ok := 0, false
			if o != nil && gojax.KindOf(o) == gojax.KindArrayBuffer && !isShared(r, o) {
				limit, ok = gojax.ResizeLimit(o)
			}
			if !ok {
				throwType(r, "Method ArrayBuffer.prototype.resize called on incompatible receiver %s", describe(c.This))
			}
			n := index(r, c.Argument(0), "ArrayBuffer.prototype.resize: Invalid length parameter")
			if o.Export().(goja.ArrayBuffer).Detached() {
				throwType(r, "Cannot perform ArrayBuffer.prototype.resize on a detached ArrayBuffer")
			}
			if n > limit {
				throwRange(r, "ArrayBuffer.prototype.resize: Invalid length parameter")
			}
			gojax.Resize(o, n)
			return undefined()
		}
	}}})
}

// extendViews makes the methods of typed arrays whose results depend on it
// know of views that follow their buffer's length.
func extendViews(t *gojax.Templates) {
	t.TypedArrayProto.Wrap("toLocaleString", func(r *goja.Runtime, v goja.Value) goja.Value {
		gojax.WrapCall(gojax.PropValue(v).(*goja.Object), func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				if view, ok := gojax.ViewOf(c.This); ok && view.Detached {
					throwType(r, "Cannot perform %%TypedArray%%.prototype.toLocaleString on a detached ArrayBuffer")
				}
				return next(c)
			}
		})
		return v
	})
	t.TypedArrayProto.Wrap("subarray", func(r *goja.Runtime, v goja.Value) goja.Value {
		gojax.WrapCall(gojax.PropValue(v).(*goja.Object), func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				o, ok := c.This.(*goja.Object)
				if !ok || gojax.KindOf(o) != gojax.KindTypedArray {
					return next(c)
				}
				view, _ := gojax.ViewOf(o)
				if _, ok := gojax.ResizeLimit(view.Buffer); !ok {
					return next(c)
				}
				return subarray(r, o, c)
			}
		})
		return v
	})
}

// subarray is %TypedArray%.prototype.subarray of a resizable buffer's view.
func subarray(r *goja.Runtime, o *goja.Object, c goja.FunctionCall) goja.Value {
	view, _ := gojax.ViewOf(o)
	n := 0
	if view.Elem > 0 {
		n = len(view.Bytes) / view.Elem
	}
	follows := gojax.FollowsLength(o)
	begin := relative(c.Argument(0), n, 0)
	args := []goja.Value{view.Buffer, nil}
	if end := c.Argument(1); !follows || !goja.IsUndefined(end) {
		args = append(args, gojax.Int(int64(max(relative(end, n, n)-begin, 0))))
	}
	args[1] = gojax.Int(int64(view.Offset + begin*view.Elem))
	species := speciesOf(r, o, r.Get(gojax.TypedArrayName(o)).(*goja.Object))
	construct, ok := goja.AssertConstructor(species)
	if !ok {
		throwType(r, "object.constructor[Symbol.species] is not a constructor")
	}
	res, err := construct(nil, args...)
	if err != nil {
		panic(err)
	}
	made, ok := gojax.ViewOf(res)
	if !ok || gojax.KindOf(res) != gojax.KindTypedArray || made.Detached {
		throwType(r, "this is not a typed array.")
	}
	return res
}

// speciesOf is SpeciesConstructor.
func speciesOf(r *goja.Runtime, o, def *goja.Object) goja.Value {
	c := getStr(o, "constructor")
	if goja.IsUndefined(c) {
		return def
	}
	if !isObject(c) {
		throwType(r, "The .constructor property is not an object")
	}
	s := gojax.GetV(r, c, goja.SymSpecies)
	if goja.IsUndefined(s) || goja.IsNull(s) {
		return def
	}
	return s
}
