// Package perf_hooks is node:perf_hooks and the clock behind performance.now.
package perf_hooks

import (
	"embed"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// processStart is the zero of performance.now in the main isolate.
var processStart = time.Now()

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "perf_hooks", JS: files, File: "perf_hooks.js", Native: native},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	origin := processStart
	if env.Host().IsWorker {
		origin = time.Now()
	}
	natives.Set(vm, o, "now", 0, func(goja.FunctionCall) goja.Value {
		return vm.ToValue(float64(time.Since(origin)) / 1e6)
	})
	_ = o.Set("timeOrigin", float64(origin.UnixNano())/1e6)
	return o
}
