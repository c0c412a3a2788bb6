// Package module is node:module and the CommonJS loader.
package module

import (
	"embed"
	"os"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/modules/cjs/loader", JS: files, File: "loader.js", Native: native},
		{Name: "internal/modules/run_main", JS: files, File: "run_main.js"},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("readFile", func(c goja.FunctionCall) goja.Value {
		b, err := os.ReadFile(c.Argument(0).String())
		if err != nil {
			return goja.Undefined()
		}
		return vm.ToValue(string(b))
	})
	return o
}
