package encoding

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

//go:embed *.js
var files embed.FS

// Modules returns the internal modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/encoding", JS: files, File: "encoding.js", Native: native},
		{Name: "internal/domexception", JS: files, File: "domexception.js"},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	method := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	method("encode", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(vm.NewArrayBuffer(jsbytes.Encode(c.Argument(0), jsbytes.UTF8)))
	})
	method("encodeInto", func(c goja.FunctionCall) goja.Value {
		view, _ := gojax.ViewOf(c.Argument(1))
		read, written := jsbytes.EncodeInto(view.Bytes, c.Argument(0))
		r := vm.NewObject()
		_ = r.Set("read", read)
		_ = r.Set("written", written)
		return r
	})
	method("isUint8Array", func(c goja.FunctionCall) goja.Value {
		view, _ := gojax.ViewOf(c.Argument(0))
		return vm.ToValue(view.Kind == gojax.Uint8Array)
	})
	method("encodingFromLabel", func(c goja.FunctionCall) goja.Value {
		if name, ok := FromLabel(c.Argument(0).String()); ok {
			return vm.ToValue(name)
		}
		return goja.Undefined()
	})
	method("makeDecoder", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(NewDecoder(c.Argument(0).String(), c.Argument(1).ToBoolean(), c.Argument(2).ToBoolean()))
	})
	// decode returns null for invalid data, undefined for an input that has no bytes.
	method("decode", func(c goja.FunctionCall) goja.Value {
		d := c.Argument(0).Export().(*Decoder)
		var b []byte
		if in := c.Argument(1); !goja.IsUndefined(in) {
			view, ok := gojax.ViewOf(in)
			if !ok {
				return goja.Undefined()
			}
			b = view.Bytes
		}
		units, text, err := d.Decode(b, c.Argument(2).ToBoolean())
		switch {
		case err != nil:
			return goja.Null()
		case units != nil:
			return goja.StringFromUTF16(units)
		}
		return vm.ToValue(text)
	})
	return o
}
