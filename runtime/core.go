package runtime

import (
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/numeric"
)

//go:embed *.js
var coreFiles embed.FS

// coreModules are the parts of the isolate itself that JavaScript sees.
func coreModules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/bootstrap", JS: coreFiles, File: "bootstrap.js"},
		{Name: "internal/timers", JS: coreFiles, File: "timers.js",
			Native: func(e bindings.Env) *goja.Object { return e.(*Isolate).timersBinding() }},
		{Name: "internal/process/task_queues", JS: coreFiles, File: "task_queues.js"},
		{Name: "internal/process/execution", JS: coreFiles, File: "execution.js"},
		{Name: "internal/weak", JS: coreFiles, File: "weak.js",
			Native: func(e bindings.Env) *goja.Object { return e.(*Isolate).weakBinding() }},
		{Name: "errors", Native: func(e bindings.Env) *goja.Object { return e.(*Isolate).errorsBinding() }},
		{Name: "internal/async_context", JS: coreFiles, File: "async_context.js",
			Native: func(e bindings.Env) *goja.Object { return e.(*Isolate).asyncBinding() }},
		{Name: "runtime", Native: func(e bindings.Env) *goja.Object { return e.(*Isolate).runtimeBinding() }},
	}
}

func (iso *Isolate) boot() error {
	vm := iso.vm
	if err := iso.bootGlobals(); err != nil {
		return err
	}
	if err := iso.bootErrors(); err != nil {
		return err
	}
	if err := iso.bootScope(); err != nil {
		return err
	}
	fast := numeric.New(vm, iso.scope.terminated.Load)
	iso.OnCleanup(fast.Close)
	if err := vm.GlobalObject().DefineDataProperty(numeric.Hook, natives.Func(vm, "", 0, fast.Call),
		goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		return err
	}
	iso.process = vm.NewObject()
	iso.primordials = vm.NewObject()
	iso.builtinRequire = iso.named("require", func(c goja.FunctionCall) goja.Value {
		name := strings.TrimPrefix(c.Argument(0).String(), "node:")
		v := iso.requireBuiltin(name)
		if v == nil {
			panic(iso.newError("Error", "No such built-in module: "+name))
		}
		return v
	})
	iso.internalBindingFn = iso.named("internalBinding", func(c goja.FunctionCall) goja.Value {
		return iso.internalBinding(c.Argument(0).String())
	})
	var bootErr error
	if !iso.Enter(func() { iso.requireBuiltin("internal/bootstrap") }) {
		bootErr = fmt.Errorf("bootstrap failed")
	}
	_ = iso.internalBinding("runtime").Set("bootTime", float64(iso.loop.ClockNow())/1e6)
	return bootErr
}

func (iso *Isolate) errorsBinding() *goja.Object {
	vm := iso.vm
	o := vm.NewObject()
	iso.method(o, "makeNodeError", func(c goja.FunctionCall) goja.Value {
		return iso.makeNodeError(c.Argument(0), c.Argument(1).String(), c.Argument(2).String())
	})
	iso.method(o, "lazyObject", func(c goja.FunctionCall) goja.Value {
		fn, _ := goja.AssertFunction(c.Argument(1))
		table, _ := c.Argument(0).(*goja.Object)
		return vm.NewDynamicObject(&lazyObject{vm: vm, table: table, make: fn, made: map[string]goja.Value{}})
	})
	iso.method(o, "makeSystemError", func(c goja.FunctionCall) goja.Value {
		return iso.makeNodeError(iso.errs.ctors["Error"], c.Argument(0).String(), c.Argument(1).String())
	})
	iso.method(o, "isArrayBufferView", func(c goja.FunctionCall) goja.Value {
		view, ok := gojax.ViewOf(c.Argument(0))
		return vm.ToValue(ok && view.Kind != gojax.ArrayBuffer)
	})
	iso.method(o, "inspectValue", func(c goja.FunctionCall) goja.Value {
		if iso.registry.modules["internal/util/inspect"] == nil {
			return vm.ToValue(c.Argument(0).String())
		}
		fn, _ := goja.AssertFunction(iso.Require("internal/util/inspect").Get("inspect"))
		opts := vm.NewObject()
		if d := c.Argument(1); !goja.IsUndefined(d) {
			_ = opts.Set("depth", d)
		}
		v, err := fn(goja.Undefined(), c.Argument(0), opts)
		if err != nil {
			panic(err)
		}
		return v
	})
	return o
}

func (iso *Isolate) method(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
	natives.Set(iso.vm, o, name, 0, fn)
}

// runtimeBinding is what the bootstrap needs of the isolate.
func (iso *Isolate) runtimeBinding() *goja.Object {
	vm := iso.vm
	o := natives.Object(vm)
	slots := map[string]*goja.Callable{
		"processTicks": &iso.hooks.processTicks, "makeTickObject": &iso.hooks.makeTickObject,
		"uncaught":            &iso.hooks.uncaught,
		"unhandledRejections": &iso.hooks.unhandledRejections, "emitExit": &iso.hooks.emitExit,
		"emitBeforeExit":   &iso.hooks.emitBeforeExit,
		"makeImporter":     &iso.hooks.makeImporter,
		"processImmediate": &iso.hooks.processImmediate, "processTimers": &iso.hooks.processTimers,
	}
	iso.method(o, "setHook", func(c goja.FunctionCall) goja.Value {
		if p := slots[c.Argument(0).String()]; p != nil {
			*p, _ = goja.AssertFunction(c.Argument(1))
		}
		return nil
	})
	_ = o.Set("nextTick", natives.Func(vm, "nextTick", 1, iso.nextTick))
	_ = o.Set("queueMicrotask", natives.Func(vm, "queueMicrotask", 1, iso.queueMicrotask))
	_ = o.Set("runTicks", iso.named("", iso.runTicks)) // no name: no frame in stacks
	current := goja.Value(iso.process)                 // globalThis.process
	_ = o.Set("getProcess", iso.named("get", func(goja.FunctionCall) goja.Value { return current }))
	_ = o.Set("setProcess", iso.named("set", func(c goja.FunctionCall) goja.Value { current = c.Argument(0); return nil }))
	iso.method(o, "getExiting", func(goja.FunctionCall) goja.Value { return vm.ToValue(iso.exiting) })
	iso.method(o, "setExiting", func(c goja.FunctionCall) goja.Value { iso.exiting = c.Argument(0).ToBoolean(); return nil })
	iso.method(o, "runMicrotasks", func(goja.FunctionCall) goja.Value { iso.inside.RunJobs(); return nil })
	iso.method(o, "drain", func(goja.FunctionCall) goja.Value { iso.drainInside(); return nil })
	iso.method(o, "exit", func(c goja.FunctionCall) goja.Value { iso.Exit(int(c.Argument(0).ToInteger())); return nil })
	iso.method(o, "triggerUncaughtException", func(c goja.FunctionCall) goja.Value {
		iso.scope.thrown = nil
		iso.uncaught(c.Argument(0), c.Argument(1).ToBoolean())
		return nil
	})
	iso.method(o, "reportFatal", func(c goja.FunctionCall) goja.Value {
		iso.reportFatal(c.Argument(0), c.Argument(1).ToBoolean())
		return nil
	})
	iso.method(o, "onMultipleResolves", iso.onMultipleResolves)
	iso.method(o, "noteSource", func(c goja.FunctionCall) goja.Value {
		iso.noteSource(c.Argument(0).String(), c.Argument(1).String(),
			compile.Offset{Line: int(c.Argument(2).ToInteger()), Column: int(c.Argument(3).ToInteger())})
		return nil
	})
	iso.method(o, "decorate", func(c goja.FunctionCall) goja.Value { iso.decorate(c.Argument(0)); return nil })
	_ = o.Set("compatVersion", strings.TrimPrefix(Version, "v"))
	_ = o.Set("ownVersion", iso.host.Build)
	_ = o.Set("engineVersion", engineVersion())
	_ = o.Set("flagCount", len(iso.host.Flags))
	iso.method(o, "setExitCode", func(c goja.FunctionCall) goja.Value { iso.code = int(c.Argument(0).ToInteger()); return nil })
	iso.method(o, "compileFunction", func(c goja.FunctionCall) goja.Value { return iso.compileFunction(c) })
	iso.method(o, "runScript", func(c goja.FunctionCall) goja.Value { return iso.runScript(c) })
	iso.method(o, "hasBuiltin", func(c goja.FunctionCall) goja.Value {
		_, ok := iso.registry.modules[c.Argument(0).String()]
		return vm.ToValue(ok)
	})
	iso.method(o, "isLoaded", func(c goja.FunctionCall) goja.Value {
		m := iso.loaded[c.Argument(0).String()]
		return vm.ToValue(m != nil && m.module != nil)
	})
	iso.method(o, "builtinNames", func(goja.FunctionCall) goja.Value {
		names := make([]any, len(iso.registry.names))
		for i, n := range iso.registry.names {
			names[i] = n
		}
		return vm.NewArray(names...)
	})
	iso.method(o, "asyncIteratorSymbol", func(goja.FunctionCall) goja.Value { return goja.NewSymbol("Symbol.asyncIterator") })
	iso.method(o, "sleep", func(c goja.FunctionCall) goja.Value {
		time.Sleep(time.Duration(c.Argument(0).ToInteger()) * time.Millisecond)
		return nil
	})
	iso.loopTimerBinding(o)
	return o
}

// drainInside is processTicksAndRejections between two timers or immediates,
// which run in one entry; an exception propagates to the caller.
func (iso *Isolate) drainInside() {
	s := &iso.scope
	for {
		if !s.ticks.empty() {
			iso.must(iso.hooks.processTicks(goja.Undefined()))
		}
		iso.inside.RunJobs()
		if !s.ticks.empty() {
			continue
		}
		if len(s.rejections) == 0 || !iso.processRejections() {
			return
		}
	}
}

// lazyObject is an object whose values are made on first use, from a table;
// without a table make alone knows which there are.
type lazyObject struct {
	vm    *goja.Runtime
	table *goja.Object
	make  goja.Callable
	made  map[string]goja.Value
}

func (l *lazyObject) Get(key string) goja.Value {
	if v, ok := l.made[key]; ok {
		return v
	}
	if l.table != nil && l.table.Get(key) == nil {
		return nil
	}
	v, err := l.make(goja.Undefined(), l.vm.ToValue(key))
	if err != nil {
		panic(err)
	}
	if goja.IsUndefined(v) {
		return nil
	}
	l.made[key] = v
	return v
}

func (l *lazyObject) Set(key string, v goja.Value) bool { l.made[key] = v; return true }
func (l *lazyObject) Has(key string) bool               { return l.Get(key) != nil }
func (l *lazyObject) Delete(string) bool                { return false }
func (l *lazyObject) Keys() []string {
	if l.table == nil {
		return nil
	}
	return l.table.Keys()
}
