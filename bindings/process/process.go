// Package process is the process object.
package process

import (
	"embed"
	"io"
	"os"
	goruntime "runtime"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/process/setup", JS: files, File: "setup.js"},
		{Name: "process", JS: files, File: "process.js", Native: native},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	h := env.Host()
	_ = o.Set("argv", h.Args)
	_ = o.Set("execPath", h.ExecPath)
	_ = o.Set("pid", os.Getpid())
	_ = o.Set("platform", goruntime.GOOS)
	_ = o.Set("arch", goruntime.GOARCH)
	_ = o.Set("cwd", func(goja.FunctionCall) goja.Value {
		d, err := os.Getwd()
		if err != nil {
			panic(env.Error(err))
		}
		return vm.ToValue(d)
	})
	_ = o.Set("reportFatal", func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		s := v.String()
		if e, ok := v.(*goja.Object); ok {
			if st := e.Get("stack"); st != nil {
				s = st.String()
			}
		}
		_, _ = io.WriteString(h.Stderr, "Uncaught:\n"+s+"\n")
		return nil
	})
	_ = o.Set("writeSync", func(c goja.FunctionCall) goja.Value {
		w := h.Stdout
		if c.Argument(0).ToInteger() == 2 {
			w = h.Stderr
		}
		_, _ = io.WriteString(w, c.Argument(1).String())
		return nil
	})
	return o
}
