// Package punycode is the deprecated node:punycode (RFC 3492).
//
// Missing: nothing.
package punycode

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{{Name: "punycode", JS: files, File: "punycode.js", Native: native}}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	natives.Set(vm, o, "decode", 1, func(c goja.FunctionCall) goja.Value {
		out, fault := Decode(natives.Text(c.Argument(0).ToString()))
		if fault != "" {
			panic(rangeError(vm, fault))
		}
		return natives.String(vm, out)
	})
	natives.Set(vm, o, "encode", 1, func(c goja.FunctionCall) goja.Value {
		out, fault := Encode(natives.Text(c.Argument(0).ToString()))
		if fault != "" {
			panic(rangeError(vm, fault))
		}
		return vm.ToValue(out)
	})
	return o
}

func rangeError(vm *goja.Runtime, message string) *goja.Object {
	e, err := vm.New(vm.Get("RangeError"), vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return e
}
