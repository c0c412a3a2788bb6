package util

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/inspect"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/util/comparisons", Native: comparisonsModule},
		{Name: "internal/mime", JS: files, File: "mime.js"},
		{Name: "internal/util/parse_args", JS: files, File: "parse_args.js"},
		{Name: "internal/util/diff", JS: files, File: "diff.js"},
		{Name: "internal/util/types", JS: files, File: "types.js"},
		{Name: "internal/util/colors", JS: files, File: "colors.js"},
		{Name: "internal/util/debuglog", JS: files, File: "debuglog.js"},
		{Name: "internal/util/inspect", Native: inspectModule},
		{Name: "sys", JS: files, File: "sys.js"},
		{Name: "util", JS: files, File: "util.js", Native: utilBinding},
		{Name: "util/types", JS: files, File: "types.js"},
	}
}

// define sets a native method with a name and length of its own.
func define(env bindings.Env, o *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	f := natives.Func(env.VM(), name, length, fn)
	_ = o.Set(name, f)
	return f
}

// inspectModule is internal/util/inspect, all of it Go. Its property "engine"
// carries the isolate's *inspect.Inspector for other Go code.
func inspectModule(env bindings.Env) *goja.Object {
	vm := env.VM()
	in := inspect.New(env)
	o := vm.NewObject()
	_ = o.DefineDataProperty("engine", natives.Carry(vm, in), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)

	fn := define(env, o, "inspect", 2, func(c goja.FunctionCall) goja.Value { return in.FromCall(c) })
	in.Inspect = fn
	_ = fn.Set("custom", in.Custom)
	get := natives.Func(vm, "get", 0, func(goja.FunctionCall) goja.Value { return in.DefaultsObject() })
	set := natives.Func(vm, "set", 1, func(c goja.FunctionCall) goja.Value {
		opts, ok := c.Argument(0).(*goja.Object)
		if !ok {
			panic(env.NewError("ERR_INVALID_ARG_TYPE", "options", "Object", c.Argument(0)))
		}
		in.SetDefaults(opts)
		return goja.Undefined()
	})
	_ = fn.DefineAccessorProperty("defaultOptions", get, set, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = fn.Set("colors", in.Colors)
	_ = fn.Set("styles", in.Styles)

	define(env, o, "format", 0, func(c goja.FunctionCall) goja.Value {
		return inspect.FromText(vm, in.Format(c.Arguments, in.CurrentDefaults(), nil))
	})
	define(env, o, "formatWithOptions", 1, func(c goja.FunctionCall) goja.Value {
		opts, ok := c.Argument(0).(*goja.Object)
		if !ok {
			panic(env.NewError("ERR_INVALID_ARG_TYPE", "inspectOptions", "object", c.Argument(0)))
		}
		return inspect.FromText(vm, in.FormatWith(opts, c.Arguments[1:]))
	})
	define(env, o, "stripVTControlCharacters", 1, func(c goja.FunctionCall) goja.Value {
		s, ok := c.Argument(0).(goja.String)
		if !ok {
			panic(env.NewError("ERR_INVALID_ARG_TYPE", "str", "string", c.Argument(0)))
		}
		return inspect.FromText(vm, inspect.StripControl(inspect.Text(s)))
	})
	define(env, o, "getStringWidth", 1, func(c goja.FunctionCall) goja.Value {
		strip := len(c.Arguments) < 2 || c.Arguments[1].ToBoolean()
		return vm.ToValue(inspect.Width(inspect.Text(c.Argument(0).ToString()), strip))
	})
	define(env, o, "isError", 1, func(c goja.FunctionCall) goja.Value {
		e, ok := c.Argument(0).(*goja.Object)
		return vm.ToValue(ok && in.IsError(e))
	})
	define(env, o, "identicalSequenceRange", 2, func(c goja.FunctionCall) goja.Value { return goja.Undefined() })
	_ = o.Set("kObjectType", 0)
	_ = o.Set("kArrayType", 1)
	_ = o.Set("kArrayExtrasType", 2)
	return o
}
