package webstreams

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	list := []bindings.Module{
		{Name: "stream/web", JS: files, File: "web.js"},
		{Name: "internal/webstreams/util", JS: files, File: "util.js", Native: native},
	}
	for _, name := range []string{"adapters", "bytestream", "compression", "encoding", "pipe", "queuingstrategies",
		"readablestream", "transfer", "transformstream", "writablestream"} {
		list = append(list, bindings.Module{Name: "internal/webstreams/" + name, JS: files, File: name + ".js"})
	}
	return list
}

// native has what JavaScript cannot do with an ArrayBuffer in goja.
func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	buffer := func(v goja.Value) (goja.ArrayBuffer, bool) {
		if o, ok := v.(*goja.Object); ok {
			ab, ok := o.Export().(goja.ArrayBuffer)
			return ab, ok
		}
		return goja.ArrayBuffer{}, false
	}
	o := vm.NewObject()
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		// transfer(buffer): the same memory in a new ArrayBuffer; the old is detached.
		"transfer": func(c goja.FunctionCall) goja.Value {
			ab, ok := buffer(c.Argument(0))
			if !ok || ab.Detached() {
				panic(vm.NewTypeError("Cannot perform ArrayBuffer.prototype.transfer on a detached ArrayBuffer"))
			}
			b := ab.Bytes()
			ab.Detach()
			return vm.ToValue(vm.NewArrayBuffer(b))
		},
		// canTransfer(buffer)
		"canTransfer": func(c goja.FunctionCall) goja.Value {
			ab, ok := buffer(c.Argument(0))
			return vm.ToValue(ok && !ab.Detached())
		},
		"isDetached": func(c goja.FunctionCall) goja.Value {
			ab, ok := buffer(c.Argument(0))
			return vm.ToValue(ok && ab.Detached())
		},
		// cloneBytes(view): a new Uint8Array's ArrayBuffer with the view's bytes.
		"cloneBytes": func(c goja.FunctionCall) goja.Value {
			b, _ := env.Bytes(c.Argument(0))
			return vm.ToValue(vm.NewArrayBuffer(append([]byte(nil), b...)))
		},
		// copyBytes(to, toOffset, from, fromOffset, n) between ArrayBuffers.
		"copyBytes": func(c goja.FunctionCall) goja.Value {
			to, _ := env.Bytes(c.Argument(0))
			from, _ := env.Bytes(c.Argument(2))
			i, j, n := c.Argument(1).ToInteger(), c.Argument(3).ToInteger(), c.Argument(4).ToInteger()
			if i < 0 || j < 0 || n < 0 || i+n > int64(len(to)) || j+n > int64(len(from)) {
				panic(env.NewError("ERR_OUT_OF_RANGE", "offset", "inside the buffers", i))
			}
			copy(to[i:i+n], from[j:j+n])
			return goja.Undefined()
		},
	} {
		_ = o.Set(name, fn)
	}
	return o
}
