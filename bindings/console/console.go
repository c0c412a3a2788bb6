// Package console is the console.
package console

import (
	"embed"
	"io"
	"os"

	"github.com/dop251/goja"
	"golang.org/x/term"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/inspect"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/console/global", JS: files, File: "global.js", Native: native},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	in := env.Internal("internal/util/inspect").Get("engine").Export().(*inspect.Inspector)
	h := env.Host()
	_ = o.Set("stderrIsTTY", func(goja.FunctionCall) goja.Value { return vm.ToValue(isTerminal(h.Stderr)) })
	for name, w := range map[string]io.Writer{"log": h.Stdout, "error": h.Stderr} {
		_ = o.Set(name, func(c goja.FunctionCall) goja.Value {
			_, _ = io.WriteString(w, in.Format(c.Arguments, &in.Defaults, nil)+"\n")
			return goja.Undefined()
		})
	}
	return o
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
