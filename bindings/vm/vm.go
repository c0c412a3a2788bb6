package vm

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/vm/module", JS: files, File: "module.js"},
		{Name: "vm", JS: files, File: "vm.js", Native: native},
	}
}

// binding is the Go side of one isolate.
type binding struct {
	env        bindings.Env
	vm         *goja.Runtime
	inside     *gojax.VM
	directEval goja.Value
	makeScope  goja.Callable
	pending    func() // what the next ContextEnter does
}

// script is compiled for the main context at once, for others when it runs there.
type script struct {
	source compile.Source
	main   *goja.Program
	other  *goja.Program
	decls  compile.Declarations
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	inside, err := gojax.New(vm)
	if err == nil {
		err = gojax.CheckScope()
	}
	if err != nil {
		panic(vm.NewGoError(err))
	}
	b := &binding{env: env, vm: vm, inside: inside, directEval: vm.Get("eval")}
	b.makeScope = b.callable(compile.ContextScope())
	o := vm.NewObject()
	natives.Set(vm, o, "setImporter", 1, func(c goja.FunctionCall) goja.Value {
		set := b.callable(compile.ContextGlobals())
		b.must(set(goja.Undefined(), natives.Func(vm, "enter", 0, b.enter), c.Argument(0)))
		return nil
	})
	natives.Set(vm, o, "makeContext", 4, b.makeContext)
	natives.Set(vm, o, "compileScript", 5, b.compileScript)
	natives.Set(vm, o, "runScript", 4, b.runScript)
	natives.Set(vm, o, "compileFunction", 8, b.compileFunction)
	natives.Set(vm, o, "modules", 0, b.modules)
	natives.Set(vm, o, "sourceMapURL", 1, func(c goja.FunctionCall) goja.Value {
		if url := sourceMapURL(c.Argument(0).String()); url != "" {
			return vm.ToValue(url)
		}
		return goja.Undefined()
	})
	natives.Set(vm, o, "fingerprint", 1, func(c goja.FunctionCall) goja.Value {
		return env.NewBuffer(fingerprint(c.Argument(0).String()))
	})
	return o
}

func (b *binding) callable(p *goja.Program) goja.Callable {
	v, err := b.vm.RunProgram(p)
	if err != nil {
		panic(err)
	}
	fn, _ := goja.AssertFunction(v)
	return fn
}

func (b *binding) must(v goja.Value, err error) goja.Value {
	if err != nil {
		panic(err)
	}
	return v
}

// engineError makes an error of one of the language's classes.
func (b *binding) engineError(class, message string) *goja.Object {
	o, err := b.vm.New(b.inside.Intrinsic(class), b.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return o
}

// enter is ContextEnter: the program that calls it gets its context's scope.
func (b *binding) enter(goja.FunctionCall) goja.Value {
	fn := b.pending
	b.pending = nil
	if fn != nil {
		fn()
	}
	return nil
}

// makeContext(sandbox, inner, global, options…) returns the context's handle.
// sandbox and inner are the same object for a vanilla context.
func (b *binding) makeContext(c goja.FunctionCall) goja.Value {
	obj := func(i int) *goja.Object { o, _ := c.Argument(i).(*goja.Object); return o }
	ctx := &context{b: b, sandbox: obj(0), inner: obj(1), global: obj(2), lexical: map[string]*slot{}, declared: map[string]bool{},
		noEval: c.Argument(4).ToBoolean(), ownMicrotasks: c.Argument(5).ToBoolean()}
	ctx.scope = b.vm.NewDynamicObject(scope{ctx})
	_ = ctx.scope.SetPrototype(nil)
	lex := b.vm.NewDynamicObject(lexicals{ctx})
	_ = lex.SetPrototype(nil)
	outer, _ := goja.AssertFunction(b.must(b.makeScope(goja.Undefined(), ctx.scope)))
	fn := b.vm.ToValue(func(c goja.ConstructorCall) *goja.Object { return ctx.makeFunction(c.Arguments) })
	ctx.anchor, _ = b.must(outer(goja.Undefined(), goja.Undefined(), ctx.global, natives.Func(b.vm, "self", 1, ctx.self),
		c.Argument(3), fn, lex, natives.Func(b.vm, "declare", 1, ctx.declare))).(*goja.Object)
	return natives.Carry(b.vm, ctx)
}
