package console

import (
	"embed"
	"io"
	"os"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/term"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/inspect"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "console", JS: files, File: "console.js"},
		{Name: "internal/cli_table", JS: files, File: "cli_table.js"},
		{Name: "internal/console/constructor", JS: files, File: "constructor.js"},
		{Name: "internal/console/global", Native: native},
	}
}

// global is the global console of an isolate.
type global struct {
	env     bindings.Env
	vm      *goja.Runtime
	in      *inspect.Inspector
	console *goja.Object
	impl    *goja.Object // the methods in JavaScript, loaded when needed
	indent  string       // of console.group
	streams [3]stream
	// viaJS turns the direct way off: diagnostics_channel has subscribers.
	viaJS bool
}

// stream is standard output (1) or standard error (2).
type stream struct {
	w       io.Writer
	name    goja.Value   // "stdout"
	getter  *goja.Object // of process.stdout, as it was made
	set     bool         // console._stdout was assigned
	tty     bool
	ttyOnce bool
}

// methods in the order in which Node's console lists them.
var methods = []string{"log", "info", "debug", "warn", "error", "dir", "time", "timeEnd", "timeLog", "trace", "assert", "clear",
	"count", "countReset", "group", "groupEnd", "table", "dirxml", "groupCollapsed"}

var fast = map[string]int{"log": 1, "info": 1, "debug": 1, "warn": 2, "error": 2}

// native is internal/console/global: {console, write, …}.
func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	g := &global{env: env, vm: vm, in: natives.Carried(env.Internal("internal/util/inspect").Get("engine")).(*inspect.Inspector)}
	h := env.Host()
	g.streams[1].w, g.streams[1].name = h.Stdout, vm.ToValue("stdout")
	g.streams[2].w, g.streams[2].name = h.Stderr, vm.ToValue("stderr")
	for fd := 1; fd <= 2; fd++ {
		if d, ok := gojax.GetOwn(env.Process(), g.streams[fd].name); ok {
			g.streams[fd].getter = d.Getter
		}
	}
	c := vm.CreateObject(vm.NewObject())
	g.console = c
	method := func(o *goja.Object, name string, n int, fn func(goja.FunctionCall) goja.Value) {
		natives.Set(vm, o, name, n, fn)
	}
	for _, name := range methods {
		if fd := fast[name]; fd != 0 {
			method(c, name, 0, func(call goja.FunctionCall) goja.Value { return g.print(fd, name, call.Arguments) })
			continue
		}
		method(c, name, 0, func(call goja.FunctionCall) goja.Value { return g.call(name, call.Arguments) })
	}
	g.accessor("Console", true, func() goja.Value { return env.Require("internal/console/constructor").Get("Console") }, nil)
	nothing := func(goja.FunctionCall) goja.Value { return goja.Undefined() }
	method(c, "profile", 0, nothing)
	method(c, "profileEnd", 0, nothing)
	method(c, "timeStamp", 0, nothing)
	method(c, "context", 1, func(goja.FunctionCall) goja.Value { return c })
	method(c, "createTask", 0, func(call goja.FunctionCall) goja.Value { return g.call("createTask", call.Arguments) })
	for _, p := range []string{"_stdout", "_stderr", "_stdoutErrorHandler", "_stderrErrorHandler", "_ignoreErrors", "_times"} {
		fd := 0
		switch p {
		case "_stdout":
			fd = 1
		case "_stderr":
			fd = 2
		}
		g.accessor(p, false, func() goja.Value {
			if fd != 0 {
				return env.Process().Get(g.streams[fd].name.String())
			}
			return g.load().Get(p)
		}, func() {
			if fd != 0 {
				g.streams[fd].set = true
			}
		})
	}
	_ = c.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("console"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)

	o := vm.NewObject()
	_ = o.Set("console", c)
	method(o, "stderrIsTTY", 0, func(goja.FunctionCall) goja.Value { return vm.ToValue(g.isTTY(2)) })
	// write(fd, string): false if it has to go through the stream.
	method(o, "write", 2, func(call goja.FunctionCall) goja.Value {
		fd := int(call.Argument(0).ToInteger())
		if !g.direct(fd) {
			return vm.ToValue(false)
		}
		g.write(fd, inspect.Text(call.Argument(1)))
		return vm.ToValue(true)
	})
	// plain(fd): the stream has not been touched and shows no colours.
	method(o, "plain", 1, func(call goja.FunctionCall) goja.Value {
		fd := int(call.Argument(0).ToInteger())
		return vm.ToValue(g.direct(fd) && !g.mayColor(fd))
	})
	method(o, "setIndent", 1, func(call goja.FunctionCall) goja.Value {
		g.indent = inspect.Text(call.Argument(0))
		return goja.Undefined()
	})
	method(o, "observe", 1, func(call goja.FunctionCall) goja.Value {
		g.viaJS = call.Argument(0).ToBoolean()
		return goja.Undefined()
	})
	return o
}

// accessor defines a property that is computed when first read, and becomes
// an ordinary one then or when it is assigned.
func (g *global) accessor(name string, enumerable bool, get func() goja.Value, assigned func()) {
	vm := g.vm
	e := goja.ToFlag(enumerable)
	define := func(v goja.Value) {
		_ = g.console.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, e)
	}
	getter := natives.Func(vm, "get", 0, func(goja.FunctionCall) goja.Value {
		v := get()
		if assigned == nil {
			define(v)
		}
		return v
	})
	setter := natives.Func(vm, "set", 1, func(c goja.FunctionCall) goja.Value {
		if assigned != nil {
			assigned()
		}
		define(c.Argument(0))
		return goja.Undefined()
	})
	_ = g.console.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, e)
}

// direct reports whether fd's stream object does not exist yet and nobody has
// put another one in its place.
func (g *global) direct(fd int) bool {
	s := &g.streams[fd]
	if g.viaJS || s.set || s.getter == nil {
		return false
	}
	touched, _ := g.env.Bytes(g.env.Internal("process").Get("touched"))
	if len(touched) <= fd || touched[fd] != 0 {
		return false
	}
	d, ok := gojax.GetOwn(g.env.Process(), s.name)
	return ok && d.Getter == s.getter
}

func (g *global) isTTY(fd int) bool {
	s := &g.streams[fd]
	if !s.ttyOnce {
		s.ttyOnce = true
		if f, ok := s.w.(*os.File); ok {
			s.tty = term.IsTerminal(int(f.Fd()))
		}
	}
	return s.tty
}

func (g *global) mayColor(fd int) bool {
	if g.isTTY(fd) {
		return true
	}
	_, forced := g.env.Host().Env.Get("FORCE_COLOR")
	return forced
}

// print is log, info, debug, warn and error.
func (g *global) print(fd int, name string, args []goja.Value) goja.Value {
	if !g.direct(fd) || g.mayColor(fd) && !onlyStrings(args) {
		return g.call(name, args)
	}
	text := g.in.Format(args, g.in.CurrentDefaults(), nil)
	// What was inspected may have run code that touched the stream.
	if !g.direct(fd) {
		return g.call(name, []goja.Value{g.vm.ToValue("%s"), inspect.FromText(g.vm, text)})
	}
	g.write(fd, text)
	return goja.Undefined()
}

func onlyStrings(args []goja.Value) bool {
	for _, a := range args {
		if !goja.IsString(a) {
			return false
		}
	}
	return true
}

func (g *global) write(fd int, text string) {
	if g.indent != "" {
		text = g.indent + strings.ReplaceAll(text, "\n", "\n"+g.indent)
	}
	_, _ = io.WriteString(g.streams[fd].w, strings.ToValidUTF8(text, "\uFFFD")+"\n")
}

func (g *global) load() *goja.Object {
	if g.impl == nil {
		make, _ := goja.AssertFunction(g.env.Require("internal/console/constructor").Get("makeGlobal"))
		v, err := make(goja.Undefined(), g.console)
		if err != nil {
			panic(err)
		}
		g.impl = v.(*goja.Object)
	}
	return g.impl
}

// call runs a method's JavaScript form on the global console.
func (g *global) call(name string, args []goja.Value) goja.Value {
	fn, _ := goja.AssertFunction(g.load().Get(name))
	v, err := fn(g.console, args...)
	if err != nil {
		panic(err)
	}
	return v
}
