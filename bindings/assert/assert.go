package assert

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/inspect"
	"github.com/gonode/gonode/internal/myers"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "assert", JS: files, File: "assert.js", Native: native},
		{Name: "assert/strict", JS: files, File: "strict.js"},
		{Name: "internal/assert/assertion_error", JS: files, File: "assertion_error.js"},
		{Name: "internal/assert/calltracker", JS: files, File: "calltracker.js"},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	// expression(): the source of the call to assert that is running.
	_ = o.Set("expression", func(goja.FunctionCall) goja.Value {
		s, ok := failing(env)
		if !ok {
			return goja.Undefined()
		}
		return vm.ToValue(s)
	})
	// diff(actual, expected, comma): the line diff as "+a", "-b", " c" in order.
	_ = o.Set("diff", func(c goja.FunctionCall) goja.Value {
		edits := myers.Diff(lines(c.Argument(0)), lines(c.Argument(1)), c.Argument(2).ToBoolean())
		out := make([]any, 0, 2*len(edits))
		for _, e := range edits {
			out = append(out, int(e.Op), inspect.FromText(vm, e.Text))
		}
		return vm.NewArray(out...)
	})
	return o
}

func lines(v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	n := int(o.Get("length").ToInteger())
	list := make([]string, n)
	for i := range n {
		list[i] = inspect.Text(o.Get(inspect.Itoa(i)))
	}
	return list
}
