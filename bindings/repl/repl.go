package repl

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/main/repl", JS: files, File: "main.js"},
		{Name: "internal/repl/commands", JS: files, File: "commands.js"},
		{Name: "internal/repl/complete", JS: files, File: "complete.js"},
		{Name: "internal/repl/history", JS: files, File: "history.js"},
		{Name: "internal/repl/symbols", JS: files, File: "symbols.js"},
		{Name: "repl", JS: files, File: "repl.js", Native: native},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("isIncomplete", func(c goja.FunctionCall) goja.Value { return vm.ToValue(Incomplete(c.Argument(0).String())) })
	// namedKeys(list) gives the own names of an array besides its elements'.
	_ = o.Set("namedKeys", func(c goja.FunctionCall) goja.Value {
		var names []any
		for _, n := range gojax.ExtraNames(c.Argument(0).(*goja.Object)) {
			names = append(names, n)
		}
		return vm.NewArray(names...)
	})
	// awaiting(code) gives the script for code that awaits at its top level.
	_ = o.Set("awaiting", func(c goja.FunctionCall) goja.Value {
		script, ok := Await(c.Argument(0).String())
		if !ok {
			return goja.Undefined()
		}
		return vm.ToValue(script)
	})
	return o
}
