package util

import (
	"math"
	"unicode"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/dotenv"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/inspect"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
)

// engine returns the isolate's inspector.
func engine(env bindings.Env) *inspect.Inspector {
	return natives.Carried(env.Internal("internal/util/inspect").Get("engine")).(*inspect.Inspector)
}

func utilBinding(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("types", typesObject(env, engine(env)))
	define(env, o, "errname", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(errorName(c.Argument(0)))
	})
	define(env, o, "errmessage", 1, func(c goja.FunctionCall) goja.Value {
		if code, ok := nodeerr.ByNumber(int(c.Argument(0).ToInteger())); ok {
			return vm.ToValue(nodeerr.Text(code))
		}
		return vm.ToValue("Unknown system error " + c.Argument(0).String())
	})
	define(env, o, "errmap", 0, func(goja.FunctionCall) goja.Value {
		var list []any
		nodeerr.All(func(code string, number int, text string) { list = append(list, number, code, text) })
		return vm.NewArray(list...)
	})
	define(env, o, "previewEntries", 1, func(c goja.FunctionCall) goja.Value {
		it, ok := c.Argument(0).(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		list, pairs := gojax.IteratorPreview(it)
		vals := make([]any, len(list))
		for i, v := range list {
			vals[i] = v
		}
		if len(c.Arguments) < 2 {
			return vm.NewArray(vals...)
		}
		return vm.NewArray(vm.NewArray(vals...), pairs)
	})
	define(env, o, "getProxyDetails", 2, func(c goja.FunctionCall) goja.Value {
		p, ok := c.Argument(0).(*goja.Object)
		if !ok || gojax.KindOf(p) != gojax.KindProxy {
			return goja.Undefined()
		}
		x := p.Export().(goja.Proxy)
		target, handler := goja.Null(), goja.Null()
		if t := gojax.ProxyTarget(p); t != nil {
			target, handler = t, x.Handler()
		}
		if len(c.Arguments) > 1 && !c.Arguments[1].ToBoolean() {
			return target
		}
		return vm.NewArray(target, handler)
	})
	define(env, o, "toUSVString", 1, func(c goja.FunctionCall) goja.Value { return vm.ToValue(wellFormed(c.Argument(0))) })
	define(env, o, "parseEnv", 1, func(c goja.FunctionCall) goja.Value {
		res := vm.NewObject()
		for _, kv := range dotenv.Parse(inspect.Text(c.Argument(0))) {
			_ = res.Set(kv[0], kv[1])
		}
		return res
	})
	return o
}

func errorName(v goja.Value) string {
	if f := v.ToFloat(); f == math.Trunc(f) {
		if code, ok := nodeerr.ByNumber(int(f)); ok {
			return code
		}
	}
	return "Unknown system error " + v.String()
}

// wellFormed replaces lone surrogates.
func wellFormed(v goja.Value) string {
	s, ok := v.(goja.String)
	if !ok {
		return v.String()
	}
	n := s.Length()
	u := make([]rune, 0, n)
	for i := 0; i < n; i++ {
		r := rune(s.CharAt(i))
		if utf16.IsSurrogate(r) {
			if i+1 < n {
				if d := utf16.DecodeRune(r, rune(s.CharAt(i+1))); d != unicode.ReplacementChar {
					u = append(u, d)
					i++
					continue
				}
			}
			r = unicode.ReplacementChar
		}
		u = append(u, r)
	}
	return string(u)
}
