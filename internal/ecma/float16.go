package ecma

import (
	"encoding/binary"
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

type float16Key struct{}

// float16Array is the constructor of a runtime.
func float16Array(r *goja.Runtime) *goja.Object {
	return gojax.RealmValue(r, float16Key{}, func() *goja.Object {
		o, err := gojax.NewFloat16Array(r)
		if err != nil {
			panic(err)
		}
		return o
	})
}

func extendFloat16(t *gojax.Templates) {
	t.Global.Put("Float16Array", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(float16Array(r)) })
	putMethods(t.Math, []builtin{{"f16round", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			return r.ToValue(gojax.ToFloat16(c.Argument(0).ToFloat()).Float64())
		}
	}}})
	putMethods(t.DataViewProto, []builtin{
		{"getFloat16", 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				checkDataView(r, c.This, "getFloat16")
				at := index(r, c.Argument(0), dataViewBounds)
				b, order := dataViewBytes(r, c.This, at, 2, c.Argument(1), "getFloat16")
				return r.ToValue(gojax.Float16(order.Uint16(b)).Float64())
			}
		}},
		{"setFloat16", 2, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				checkDataView(r, c.This, "setFloat16")
				at := index(r, c.Argument(0), dataViewBounds)
				h := gojax.ToFloat16(c.Argument(1).ToFloat())
				b, order := dataViewBytes(r, c.This, at, 2, c.Argument(2), "setFloat16")
				order.PutUint16(b, uint16(h))
				return undefined()
			}
		}},
	})
}

const dataViewBounds = "Offset is outside the bounds of the DataView"

func checkDataView(r *goja.Runtime, v goja.Value, name string) {
	if o, ok := v.(*goja.Object); !ok || gojax.KindOf(o) != gojax.KindDataView {
		throwType(r, "Method DataView.prototype.%s called on incompatible receiver %s", name, describe(v))
	}
}

// dataViewBytes are n bytes at an index, once all arguments have been converted.
func dataViewBytes(r *goja.Runtime, v goja.Value, at, n int, little goja.Value, name string) ([]byte, binary.ByteOrder) {
	var order binary.ByteOrder = binary.BigEndian
	if little.ToBoolean() {
		order = binary.LittleEndian
	}
	view, _ := gojax.ViewOf(v)
	if view.Detached {
		throwType(r, "Cannot perform DataView.prototype.%s on a detached ArrayBuffer", name)
	}
	if at > math.MaxInt-n || at+n > len(view.Bytes) {
		throwRange(r, dataViewBounds)
	}
	return view.Bytes[at : at+n], order
}
