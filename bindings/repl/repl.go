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
		{Name: "internal/repl/evaluate", JS: files, File: "evaluate.js"},
		{Name: "internal/repl/history", JS: files, File: "history.js"},
		{Name: "internal/repl/preview", JS: files, File: "preview.js"},
		{Name: "internal/repl/search", JS: files, File: "search.js"},
		{Name: "internal/repl/symbols", JS: files, File: "symbols.js"},
		{Name: "repl", JS: files, File: "repl.js", Native: native},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("isIncomplete", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(Incomplete(c.Argument(0).String(), c.Argument(1).ToBoolean()))
	})
	// plainScript(code) gives code without types and import declarations,
	// undefined if that leaves no script either.
	_ = o.Set("plainScript", func(c goja.FunctionCall) goja.Value {
		script, ok := Plain(c.Argument(0).String())
		if !ok {
			return goja.Undefined()
		}
		return vm.ToValue(script)
	})
	// tree(code) gives the syntax tree for evaluate.js, undefined if there is none.
	_ = o.Set("tree", func(c goja.FunctionCall) goja.Value { return Tree(vm, c.Argument(0).String()) })
	// chain(line) gives { base, name } of the member expression at the end of a
	// line, undefined where no name can stand.
	_ = o.Set("chain", func(c goja.FunctionCall) goja.Value {
		base, name, ok := chain(c.Argument(0).String())
		if !ok {
			return goja.Undefined()
		}
		found := vm.NewObject()
		_ = found.Set("base", base)
		_ = found.Set("name", name)
		return found
	})
	// highlight(line, cursor) gives the line with colours.
	_ = o.Set("highlight", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(Highlight(c.Argument(0).String(), int(c.Argument(1).ToInteger())))
	})
	// indent(text) gives the white space that a row behind text begins with.
	_ = o.Set("indent", func(c goja.FunctionCall) goja.Value { return vm.ToValue(Indent(c.Argument(0).String())) })
	// lexicalNames() are the names that scripts have declared with let, const and class.
	_ = o.Set("lexicalNames", func(goja.FunctionCall) goja.Value {
		var names []any
		for _, n := range gojax.LexicalNames(vm) {
			names = append(names, n)
		}
		return vm.NewArray(names...)
	})
	// forget(code) lets the script that code is declare its names again.
	_ = o.Set("forget", func(c goja.FunctionCall) goja.Value {
		gojax.ForgetLexical(vm, Declared(c.Argument(0).String()))
		return goja.Undefined()
	})
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
