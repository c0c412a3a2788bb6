package querystring

import (
	"errors"
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/natives"
)

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{{Name: "querystring", Native: native}}
}

type binding struct {
	env              bindings.Env
	vm               *goja.Runtime
	exports          *goja.Object
	escape, unescape *goja.Object // the originals
	slow             *goja.Object
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	b := &binding{env: env, vm: vm, exports: o}
	natives.Set(vm, o, "unescapeBuffer", 2, func(c goja.FunctionCall) goja.Value {
		return env.NewBuffer(UnescapeBytes(units(c.Argument(0).ToString()), c.Argument(1).ToBoolean()))
	})
	b.unescape = natives.Func(vm, "qsUnescape", 2, func(c goja.FunctionCall) goja.Value {
		return b.decode(c.Argument(0).ToString(), c.Argument(1).ToBoolean())
	})
	_ = o.Set("unescape", b.unescape)
	b.escape = natives.Func(vm, "qsEscape", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if _, isSymbol := v.(*goja.Symbol); isSymbol {
			panic(vm.NewTypeError("Cannot convert a Symbol value to a string"))
		}
		return vm.ToValue(b.encode(v.ToString()))
	})
	_ = o.Set("escape", b.escape)
	stringify := natives.Func(vm, "stringify", 4, b.stringify)
	_ = o.Set("stringify", stringify)
	_ = o.Set("encode", stringify)
	parse := natives.Func(vm, "parse", 4, b.parse)
	_ = o.Set("parse", parse)
	_ = o.Set("decode", parse)
	return o
}

func units(v goja.Value) goja.String {
	if s, ok := v.(goja.String); ok {
		return s
	}
	return goja.StringFromUTF16(nil)
}

// encode escapes what encodeURIComponent escapes.
func (b *binding) encode(v goja.Value) string {
	s, ok := Escape(v.String(), units(v))
	if !ok {
		panic(b.env.NewError("ERR_INVALID_URI"))
	}
	return s
}

// decode is unescape: strictly, and if that fails byte by byte.
func (b *binding) decode(v goja.Value, decodeSpaces bool) goja.Value {
	in := natives.Text(v)
	if strings.IndexByte(in, '%') < 0 {
		return v
	}
	if s, ok := Unescape(in); ok {
		return natives.String(b.vm, s)
	}
	return b.vm.ToValue(natives.DecodeUTF8(UnescapeBytes(units(v), decodeSpaces)))
}

// replaced returns the function to use: the option, or what the module holds
// under name; nil means the module's own.
func (b *binding) replaced(options *goja.Object, option, name string, own *goja.Object) goja.Callable {
	if options != nil {
		if fn, ok := goja.AssertFunction(options.Get(option)); ok {
			return fn
		}
	}
	v := b.exports.Get(name)
	if v == nil || v.SameAs(own) {
		return nil
	}
	fn, ok := goja.AssertFunction(v)
	if !ok {
		return func(goja.Value, ...goja.Value) (goja.Value, error) {
			panic(b.vm.NewTypeError("%s is not a function", option))
		}
	}
	return fn
}

// separator is a sep or eq argument: its default if it is falsy.
func separator(v goja.Value, def string) string {
	if !v.ToBoolean() {
		return def
	}
	return natives.Text(v.ToString())
}

func (b *binding) stringify(c goja.FunctionCall) goja.Value {
	sep, eq := separator(c.Argument(1), "&"), separator(c.Argument(2), "=")
	options, _ := c.Argument(3).(*goja.Object)
	encode := b.replaced(options, "encodeURIComponent", "escape", b.escape)
	obj, ok := c.Argument(0).(*goja.Object)
	if !ok {
		return b.vm.ToValue("")
	}
	if _, isFunc := goja.AssertFunction(obj); isFunc {
		return b.vm.ToValue("")
	}
	component := func(v goja.Value) string {
		if encode != nil {
			r, err := encode(goja.Undefined(), b.primitive(v))
			if err != nil {
				panic(err)
			}
			return natives.Text(r.ToString())
		}
		s := b.primitive(v)
		return b.encode(s)
	}
	var out strings.Builder
	field := func(key string, v goja.Value) {
		if out.Len() > 0 {
			out.WriteString(sep)
		}
		out.WriteString(key)
		out.WriteString(component(v))
	}
	b.entries(obj, func(k, v goja.Value) {
		key := component(k) + eq
		arr, isObject := v.(*goja.Object)
		if isObject && arr.ClassName() == "Array" {
			n := arr.Get("length").ToInteger()
			for i := range n {
				e := arr.Get(b.vm.ToValue(i).String())
				if e == nil {
					e = goja.Undefined()
				}
				field(key, e)
			}
			return
		}
		field(key, v)
	})
	return natives.String(b.vm, out.String())
}

// primitive is the text of what stringify takes: strings, finite numbers,
// bigints and booleans; anything else is empty.
func (b *binding) primitive(v goja.Value) goja.Value {
	switch x := v.(type) {
	case goja.String:
		return v
	case *goja.Object, *goja.Symbol, nil:
		return b.vm.ToValue("")
	default:
		if goja.IsUndefined(x) || goja.IsNull(x) {
			return b.vm.ToValue("")
		}
		if f, isFloat := x.Export().(float64); isFloat && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return b.vm.ToValue("")
		}
		return x.ToString()
	}
}

func (b *binding) parse(c goja.FunctionCall) goja.Value {
	vm := b.vm
	obj := vm.CreateObject(nil)
	str, ok := c.Argument(0).(goja.String)
	if !ok || str.Length() == 0 {
		return obj
	}
	in := natives.Text(str)
	sep, eq := "&", "="
	if v := c.Argument(1); v.ToBoolean() {
		sep = natives.Text(v.ToString())
	}
	if v := c.Argument(2); v.ToBoolean() {
		eq = natives.Text(v.ToString())
	}
	pairs := 1000.0
	options, _ := c.Argument(3).(*goja.Object)
	if options != nil {
		if v := options.Get("maxKeys"); v != nil && goja.IsNumber(v) {
			pairs = v.ToFloat()
		}
	}
	limit := -1
	if pairs > 0 && pairs < math.MaxInt32 {
		limit = int(pairs)
		if float64(limit) != pairs { // --pairs never reaches 0
			limit = -1
		}
	}
	decode := b.replaced(options, "decodeURIComponent", "unescape", b.unescape)
	text := func(s string, encoded bool) goja.Value {
		switch {
		case s == "":
			return vm.ToValue("")
		case decode != nil:
			v := natives.String(vm, s)
			r, err := decode(goja.Undefined(), v)
			if err == nil {
				return r
			}
			var ex *goja.Exception
			if !errors.As(err, &ex) {
				panic(err)
			}
			fallback, ok := goja.AssertFunction(b.exports.Get("unescape"))
			if !ok {
				panic(err)
			}
			if r, err = fallback(goja.Undefined(), v, vm.ToValue(true)); err != nil {
				panic(err)
			}
			return r
		case !encoded:
			return natives.String(vm, s)
		}
		if d, ok := Unescape(s); ok {
			return natives.String(vm, d)
		}
		return b.decode(natives.String(vm, s), true)
	}
	seen := make(map[string]*values)
	Split(in, sep, eq, decode != nil, limit, func(p Pair) {
		k := text(p.Key, p.KeyEncoded)
		v := text(p.Value, p.ValueEncoded)
		key := k.String()
		if _, plain := k.(goja.String); !plain || strings.Contains(key, "\uFFFD") {
			b.helper("add", obj, k, v)
			return
		}
		if old := seen[key]; old == nil {
			seen[key] = &values{first: v}
			_ = obj.Set(key, v)
		} else {
			old.more = append(old.more, v)
		}
	})
	for key, v := range seen {
		if len(v.more) == 0 {
			continue
		}
		list := make([]any, 0, len(v.more)+1)
		list = append(list, v.first)
		for _, m := range v.more {
			list = append(list, m)
		}
		_ = obj.Set(key, vm.NewArray(list...))
	}
	return obj
}

// values are what a repeated key has; its array is made at the end.
type values struct {
	first goja.Value
	more  []goja.Value
}

// helpers are for keys that a Go string cannot hold as they are.
const helpers = `({
add(o, k, v) { const c = o[k]; if (c === undefined) o[k] = v; else if (Array.isArray(c)) c.push(v); else o[k] = [c, v]; },
entries(o) { return Object.entries(o); },
})`

func (b *binding) helper(name string, args ...goja.Value) *goja.Object {
	if b.slow == nil {
		v, err := b.vm.RunString(helpers)
		if err != nil {
			panic(err)
		}
		b.slow = v.(*goja.Object)
	}
	fn, _ := goja.AssertFunction(b.slow.Get(name))
	v, err := fn(goja.Undefined(), args...)
	if err != nil {
		panic(err)
	}
	o, _ := v.(*goja.Object)
	return o
}

// entries calls yield with each own enumerable property.
func (b *binding) entries(obj *goja.Object, yield func(key, value goja.Value)) {
	keys := obj.Keys()
	for _, k := range keys {
		if strings.Contains(k, "\uFFFD") {
			list := b.helper("entries", obj)
			for i := range keys {
				e := list.Get(b.vm.ToValue(i).String()).(*goja.Object)
				yield(e.Get("0"), e.Get("1"))
			}
			return
		}
	}
	for _, k := range keys {
		v := obj.Get(k)
		if v == nil {
			v = goja.Undefined()
		}
		yield(b.vm.ToValue(k), v)
	}
}
