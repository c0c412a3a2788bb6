package ecma

import (
	"math"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// call is a native function's signature.
type call = func(goja.FunctionCall) goja.Value

// Extend adds what goja lacks to its templates, once for the whole process: an
// isolate pays for a built-in when a script first touches it. Call it before
// the first runtime is made.
var Extend = sync.OnceValue(extend)

func extend() error {
	t, err := gojax.BuiltinTemplates()
	if err != nil {
		return err
	}
	extendObject(t)
	extendArray(t)
	extendString(t)
	extendDate(t)
	extendFloat16(t)
	extendCollections(t)
	extendPromise(t)
	extendProxy(t)
	extendSymbol(t)
	extendJSON(t)
	extendIterator(t)
	extendDisposable(t)
	extendErrors(t)
	extendBuffers(t)
	extendViews(t)
	extendBigInt(t)
	extendRegExp(t)
	extendAsync(t)
	extendIntl(t)
	return nil
}

// A builtin is a method: a name, a length and a function that is made for a
// runtime.
type builtin struct {
	name   string
	length int
	bind   func(*goja.Runtime) call
}

func putMethods(t *gojax.Template, list []builtin) {
	names := make([]string, len(list))
	props := make(map[string]gojax.Factory, len(list))
	for i, m := range list {
		names[i] = m.name
		props[m.name] = gojax.Method(m.name, m.length, m.bind)
	}
	t.PutAll(names, props)
}

// defineMethods adds methods to an object that has no template.
func defineMethods(r *goja.Runtime, o *goja.Object, list []builtin) {
	for _, m := range list {
		_ = o.DefineDataProperty(m.name, gojax.NewFunc(r, m.name, m.length, m.bind(r)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// onFirstUse runs f on a constructor when a script first reads the global.
func onFirstUse(t *gojax.Templates, name string, f func(r *goja.Runtime, ctor *goja.Object)) {
	once := func(r *goja.Runtime, ctor *goja.Object) {
		type key struct{ name string }
		done := gojax.RealmValue(r, key{name}, func() *bool { return new(bool) })
		if !*done {
			*done = true
			f(r, ctor)
		}
	}
	t.Global.Wrap(name, func(r *goja.Runtime, v goja.Value) goja.Value {
		once(r, gojax.PropValue(v).(*goja.Object))
		return v
	})
}

func throwType(r *goja.Runtime, format string, args ...any) {
	panic(r.NewTypeError(append([]any{format}, args...)...))
}

func throwRange(r *goja.Runtime, msg string) { panic(rangeError(r, msg)) }

func undefined() goja.Value { return goja.Undefined() }

func isCallable(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	_, ok = goja.AssertFunction(o)
	return ok
}

// function is the entry of a callable, nil if v is none.
func function(v goja.Value) call {
	if o, ok := v.(*goja.Object); ok {
		return gojax.Func(o)
	}
	return nil
}

// coercible throws for undefined and null, and returns v as a string.
func thisString(r *goja.Runtime, v goja.Value, method string) goja.String {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		throwType(r, "String.prototype.%s called on null or undefined", method)
	}
	return toString(v)
}

// toString is ToString: it runs JavaScript for objects and throws for symbols.
func toString(v goja.Value) goja.String {
	if s, ok := v.(goja.String); ok {
		return s
	}
	v = v.ToString()
	switch s := v.(type) {
	case goja.String:
		return s
	case *goja.Symbol:
		return gojax.SymbolToString(s)
	}
	return gojax.NewString(v.String()) // the engine leaves an integer what it is
}

// integer is ToIntegerOrInfinity.
func integer(v goja.Value) float64 {
	f := v.ToFloat()
	if math.IsNaN(f) {
		return 0
	}
	return math.Trunc(f) + 0
}

// lengthOf is LengthOfArrayLike.
func lengthOf(o *goja.Object) int64 {
	f := integer(getStr(o, "length"))
	return int64(math.Min(math.Max(f, 0), 1<<53-1))
}

func getStr(o *goja.Object, name string) goja.Value {
	if v := o.Get(name); v != nil {
		return v
	}
	return undefined()
}

// describe is how V8 shows a value in a message.
func describe(v goja.Value) string {
	switch x := v.(type) {
	case *goja.Object:
		if gojax.KindOf(x).IsFunction() {
			return x.String()
		}
		name := "Object"
		if c, ok := x.Get("constructor").(*goja.Object); ok {
			if s, ok := c.Get("name").(goja.String); ok && s.Length() > 0 {
				name = s.String()
			}
		}
		return "#<" + name + ">"
	case *goja.Symbol:
		return "Symbol(" + x.String() + ")"
	case goja.String:
		return `"` + x.String() + `"`
	case nil:
		return "undefined"
	}
	return v.String()
}
