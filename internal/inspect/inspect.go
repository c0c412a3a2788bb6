// Package inspect is util.inspect and util.format: values as text, as Node.js
// 24 shows them. The console, util and the reports of fatal errors share it.
//
// Objects are told apart by the engine's own slots (internal/gojax), so no
// getter or proxy trap runs that Node would not run, and plain data needs no
// JavaScript at all.
package inspect

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// An Inspector belongs to one isolate.
type Inspector struct {
	vm  *goja.Runtime
	env bindings.Env

	// Custom is Symbol.for('nodejs.util.inspect.custom').
	Custom *goja.Symbol
	// Inspect is the JavaScript function util.inspect; it carries custom,
	// colors, styles.
	Inspect *goja.Object
	// Colors and Styles are inspect.colors and inspect.styles.
	Colors, Styles *goja.Object
	// Defaults are inspect.defaultOptions.
	Defaults Options

	NoColor, WithColor *goja.Object // the two stylize functions

	objectProto, objectCtor, errorProto, functionProto, regexpProto *goja.Object

	regexpToString, errorToString, objectToString goja.Callable
	ownKeys                                       goja.Callable

	wellKnown map[*goja.Object]wellKnown

	builtins map[string]bool // names of the language's own constructors
	keyCache map[string]goja.Value

	defaultsObject *goja.Object

	kName, kConstructor, kToString, kStack, kMessage goja.Value
}

// wellKnown is a prototype of the language's.
type wellKnown struct {
	name string
	ctor *goja.Object
}

// Options are inspect's options.
type Options struct {
	ShowHidden, Colors, CustomInspect, ShowProxy, NumericSeparator bool
	Depth, MaxArray, MaxString, BreakLength                        float64 // +Inf: no limit
	DepthNull                                                      bool
	Compact                                                        int
	CompactTrue, CompactFalse                                      bool
	Sorted                                                         bool
	Comparator                                                     goja.Callable
	SortedValue                                                    goja.Value
	Getters                                                        string // "", "all", "get", "set"
	GettersValue                                                   goja.Value
}

// New makes the isolate's inspector. It captures intrinsics, so it has to be
// made before the program can change them.
func New(env bindings.Env) *Inspector {
	vm := env.VM()
	in := &Inspector{vm: vm, env: env}
	proto := func(name string) *goja.Object {
		return vm.Get(name).(*goja.Object).Get("prototype").(*goja.Object)
	}
	method := func(o *goja.Object, name string) goja.Callable {
		fn, _ := goja.AssertFunction(get(o, name))
		return fn
	}
	in.objectCtor = vm.Get("Object").(*goja.Object)
	in.objectProto = proto("Object")
	in.errorProto = proto("Error")
	in.functionProto = proto("Function")
	in.regexpProto = proto("RegExp")
	in.regexpToString = method(proto("RegExp"), "toString")
	in.errorToString = method(in.errorProto, "toString")
	in.objectToString = method(in.objectProto, "toString")
	in.ownKeys = method(vm.Get("Reflect").(*goja.Object), "ownKeys")
	in.kName, in.kConstructor, in.kToString = vm.ToValue("name"), vm.ToValue("constructor"), vm.ToValue("toString")
	in.kStack, in.kMessage = vm.ToValue("stack"), vm.ToValue("message")
	symbolFor := method(vm.Get("Symbol").(*goja.Object), "for")
	in.Custom = in.must(symbolFor(goja.Undefined(), vm.ToValue("nodejs.util.inspect.custom"))).(*goja.Symbol)
	in.NoColor = in.function("stylizeNoColor", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
	in.WithColor = in.function("stylizeWithColor", func(c goja.FunctionCall) goja.Value {
		return FromText(vm, in.colored(Text(c.Argument(0)), c.Argument(1).String()))
	})
	in.wellKnown = map[*goja.Object]wellKnown{}
	for _, n := range []string{"Array", "ArrayBuffer", "Function", "Map", "Object", "Set"} {
		ctor := vm.Get(n).(*goja.Object)
		in.wellKnown[proto(n)] = wellKnown{n, ctor}
	}
	if ctor, ok := vm.Get("Uint8Array").(*goja.Object); ok {
		typed := ctor.Prototype()
		in.wellKnown[proto("Uint8Array").Prototype()] = wellKnown{"TypedArray", typed}
	}
	in.builtins = make(map[string]bool, len(builtinNames))
	for _, n := range builtinNames {
		in.builtins[n] = true
	}
	in.Defaults = Options{CustomInspect: true, Depth: 2, MaxArray: 100, MaxString: 10000, BreakLength: 80, Compact: 3}
	in.Styles, in.Colors = in.newStyles(), in.newColors()
	return in
}

// builtinNames are the constructors whose instances count as built in.
var builtinNames = []string{
	"Object", "Function", "Array", "Number", "Boolean", "String", "Symbol", "BigInt", "Date", "Promise", "RegExp",
	"Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
	"ArrayBuffer", "SharedArrayBuffer", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array",
	"Int32Array", "Float16Array", "Float32Array", "Float64Array", "Uint8ClampedArray", "BigUint64Array", "BigInt64Array",
	"DataView", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Proxy", "FinalizationRegistry", "Iterator",
	"DisposableStack", "AsyncDisposableStack", "SuppressedError",
}

func (in *Inspector) must(v goja.Value, err error) goja.Value {
	if err != nil {
		panic(err)
	}
	return v
}

func (in *Inspector) function(name string, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	return natives.Func(in.vm, name, 0, fn)
}

// context is one call of inspect.
type context struct {
	in *Inspector
	*Options
	colors      bool // output carries escape sequences (from us or from a custom stylize)
	plain       bool // nothing is styled
	stylize     *goja.Object
	stylizeFn   goja.Callable
	depth       float64
	depthNull   bool
	compact     int
	compactTrue bool
	maxArray    float64
	maxString   float64
	breakLength float64

	seen        []*goja.Object
	circular    map[*goja.Object]int
	current     int
	indentation int
	budget      map[int]int
	user        *goja.Object // the options object that the caller gave
	styleCache  map[string][2]string
	chunks      []chunk
	spread      bool // nothing is joined on one line
}

func (in *Inspector) newContext(o *Options) *context {
	if o == &in.Defaults && in.defaultsObject != nil { // a program may have changed it
		in.Read(&in.Defaults, in.defaultsObject, nil)
	}
	c := &context{in: in, Options: o}
	c.load()
	return c
}

func (c *context) load() {
	o := c.Options
	c.depth, c.depthNull = o.Depth, o.DepthNull
	c.compact, c.compactTrue = o.Compact, o.CompactTrue
	c.maxArray, c.maxString, c.breakLength = o.MaxArray, o.MaxString, o.BreakLength
	c.colors = o.Colors
	c.plain = !o.Colors
}

// Value is inspect(v) with default options.
func (in *Inspector) Value(v goja.Value) string {
	return in.newContext(&in.Defaults).top(v)
}

// With is inspect(v, o).
func (in *Inspector) With(v goja.Value, o *Options) string { return in.newContext(o).top(v) }

// WithObject is inspect(v, opts) with an options object from JavaScript.
func (in *Inspector) WithObject(v goja.Value, opts *goja.Object) string {
	return in.fromObject(opts).top(v)
}

func (in *Inspector) fromObject(opts *goja.Object) *context {
	if in.defaultsObject != nil {
		in.Read(&in.Defaults, in.defaultsObject, nil)
	}
	o := in.Defaults
	c := &context{in: in, Options: &o}
	if in.Read(&o, opts, c) {
		c.user = opts
	}
	c.load()
	if c.stylize != nil {
		switch c.stylize {
		case in.NoColor:
			c.plain = true
		case in.WithColor:
			c.plain = false
		default:
			c.stylizeFn, _ = goja.AssertFunction(c.stylize)
			c.plain = c.stylizeFn == nil
		}
		if o.Colors {
			c.plain, c.stylizeFn = false, nil
		}
	}
	return c
}

// Read sets o from an options object; more is true if it has keys of its own.
func (in *Inspector) Read(o *Options, opts *goja.Object, c *context) (more bool) {
	limit := func(v goja.Value) float64 {
		if goja.IsNull(v) {
			return math.Inf(1)
		}
		return v.ToFloat()
	}
	for _, key := range opts.Keys() {
		v := get(opts, key)
		switch key {
		case "showHidden":
			o.ShowHidden = v.ToBoolean()
		case "depth":
			o.DepthNull = goja.IsNull(v)
			switch {
			case o.DepthNull:
				o.Depth = math.Inf(1)
			case goja.IsUndefined(v):
				o.Depth = math.Inf(1)
			default:
				o.Depth = v.ToFloat()
			}
		case "colors":
			o.Colors = v.ToBoolean()
		case "customInspect":
			o.CustomInspect = v.ToBoolean()
		case "showProxy":
			o.ShowProxy = v.ToBoolean()
		case "maxArrayLength":
			o.MaxArray = limit(v)
		case "maxStringLength":
			o.MaxString = limit(v)
		case "breakLength":
			o.BreakLength = v.ToFloat()
		case "compact":
			o.CompactTrue, o.CompactFalse, o.Compact = false, false, 0
			switch x := v.Export().(type) {
			case bool:
				o.CompactTrue, o.CompactFalse = x, !x
			case int64:
				o.Compact = int(x)
			case float64:
				o.Compact = int(math.Min(x, 1<<30))
			}
		case "sorted":
			o.SortedValue = v
			o.Comparator, _ = goja.AssertFunction(v)
			o.Sorted = v.ToBoolean()
		case "getters":
			o.GettersValue = v
			o.Getters = ""
			switch {
			case goja.IsString(v):
				o.Getters = v.String()
			case v.ToBoolean():
				o.Getters = "all"
			}
		case "numericSeparator":
			o.NumericSeparator = v.ToBoolean()
		case "stylize":
			if c != nil {
				c.stylize, _ = v.(*goja.Object)
			}
		default:
			more = true
		}
	}
	return more
}

// object makes the options object that custom inspection functions get.
func (c *context) optionsObject(o *goja.Object) {
	in := c.in
	set := func(key string, v any) { _ = o.Set(key, v) }
	styl := c.stylize
	if styl == nil {
		styl = in.NoColor
		if !c.plain {
			styl = in.WithColor
		}
	}
	set("stylize", styl)
	in.writeOptions(c.Options, c.depth, set)
	if c.user != nil {
		for _, key := range c.user.Keys() {
			set(key, c.user.Get(key))
		}
	}
}

func number(f float64) any {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return int64(f)
	}
	return f
}

func (in *Inspector) writeOptions(o *Options, depth float64, set func(string, any)) {
	set("showHidden", o.ShowHidden)
	if o.DepthNull {
		set("depth", goja.Null())
	} else {
		set("depth", number(depth))
	}
	set("colors", o.Colors)
	set("customInspect", o.CustomInspect)
	set("showProxy", o.ShowProxy)
	set("maxArrayLength", number(o.MaxArray))
	set("maxStringLength", number(o.MaxString))
	set("breakLength", number(o.BreakLength))
	switch {
	case o.CompactTrue:
		set("compact", true)
	case o.CompactFalse:
		set("compact", false)
	default:
		set("compact", o.Compact)
	}
	if o.SortedValue != nil {
		set("sorted", o.SortedValue)
	} else {
		set("sorted", o.Sorted)
	}
	if o.GettersValue != nil {
		set("getters", o.GettersValue)
	} else {
		set("getters", o.Getters != "")
	}
	set("numericSeparator", o.NumericSeparator)
}

// OptionsObject returns o as JavaScript sees it (inspect.defaultOptions).
func (in *Inspector) OptionsObject(o *Options) *goja.Object {
	obj := in.vm.NewObject()
	in.writeOptions(o, o.Depth, func(k string, v any) { _ = obj.Set(k, v) })
	return obj
}

// style wraps text in the escape codes of a style.
func (c *context) style(text, style string) string {
	if c.plain {
		return text
	}
	if c.stylizeFn != nil {
		v, err := c.stylizeFn(goja.Undefined(), FromText(c.in.vm, text), c.in.vm.ToValue(style))
		if err != nil {
			panic(err)
		}
		return Text(v)
	}
	codes, ok := c.styleCache[style]
	if !ok {
		codes = c.in.codes(style)
		if c.styleCache == nil {
			c.styleCache = map[string][2]string{}
		}
		c.styleCache[style] = codes
	}
	if codes[0] == "" {
		return text
	}
	return codes[0] + text + codes[1]
}

func (in *Inspector) colored(text, style string) string {
	codes := in.codes(style)
	return codes[0] + text + codes[1]
}

// codes looks a style up in inspect.styles and inspect.colors, which programs may change.
func (in *Inspector) codes(style string) (codes [2]string) {
	styles, ok := get(in.Inspect, "styles").(*goja.Object)
	colors, ok2 := get(in.Inspect, "colors").(*goja.Object)
	if !ok || !ok2 {
		return codes
	}
	name := get(styles, style)
	if goja.IsUndefined(name) {
		return codes
	}
	pair, ok := get(colors, name.String()).(*goja.Object)
	if !ok {
		return codes
	}
	return [2]string{"\x1b[" + get(pair, "0").String() + "m", "\x1b[" + get(pair, "1").String() + "m"}
}

// top formats a value that is not inside another one.
func (c *context) top(v goja.Value) string { return c.whole(c.format(v, 0)) }

// format is formatValue: any value at a nesting level.
func (c *context) format(v goja.Value, recurse int) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return c.primitive(v)
	}
	return c.object(o, recurse, false)
}

func (c *context) primitive(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return c.style("undefined", "undefined")
	case goja.String:
		return c.quoted(Text(x))
	case *goja.Symbol:
		return c.style(symbolText(x), "symbol")
	}
	switch {
	case goja.IsNumber(v):
		return c.style(Number(v, c.NumericSeparator), "number")
	case goja.IsUndefined(v):
		return c.style("undefined", "undefined")
	case goja.IsNull(v):
		return c.style("null", "null")
	case goja.IsBigInt(v):
		return c.style(BigInt(v, c.NumericSeparator), "bigint")
	}
	return c.style(v.String(), "boolean")
}

// symbolText is Symbol.prototype.toString.
func symbolText(s *goja.Symbol) string {
	return "Symbol(" + s.String() + ")"
}

func more(n int, what string) string {
	if n > 1 {
		what += "s"
	}
	return "... " + strconv.Itoa(n) + " more " + what
}

func (c *context) quoted(s string) string {
	trailer := ""
	n := Length(s)
	if float64(n) > c.maxString {
		keep := int(math.Max(c.maxString, 0))
		trailer = more(n-keep, "character")
		s, n = cut(s, keep), keep
	}
	if !c.compactTrue && n > minLineWidth && float64(n) > c.breakLength-float64(c.indentation)-4 &&
		strings.IndexByte(s, '\n') >= 0 {
		lines := strings.SplitAfter(s, "\n")
		if lines[len(lines)-1] == "" {
			lines = lines[:len(lines)-1]
		}
		for i := range lines {
			lines[i] = c.style(Quote(lines[i]), "string")
		}
		return strings.Join(lines, " +\n"+indent(c.indentation+2)) + trailer
	}
	return c.style(Quote(s), "string") + trailer
}

// object formats an object; slot is set inside a typed array's own listing.
func (c *context) object(o *goja.Object, recurse int, slot bool) string {
	in := c.in
	original := o
	proxied := false
	if gojax.KindOf(o) == gojax.KindProxy {
		proxied = true
		t := gojax.ProxyTarget(o)
		if t == nil {
			return c.style("<Revoked Proxy>", "special")
		}
		if c.ShowProxy {
			return c.proxy(o, recurse)
		}
		for t != nil && gojax.KindOf(t) == gojax.KindProxy {
			t = gojax.ProxyTarget(t)
		}
		if t == nil {
			return c.style("<Revoked Proxy>", "special")
		}
		o = t
	}
	if c.CustomInspect {
		if custom := o.GetSymbol(in.Custom); custom != nil {
			if s, done := c.custom(o, original, custom, recurse, proxied); done {
				return s
			}
		}
	}
	for _, s := range c.seen {
		if s == o {
			if c.circular == nil {
				c.circular = map[*goja.Object]int{}
			}
			i, ok := c.circular[o]
			if !ok {
				i = len(c.circular) + 1
				c.circular[o] = i
			}
			return c.style("[Circular *"+strconv.Itoa(i)+"]", "special")
		}
	}
	return c.aside(c.raw(o, recurse, slot))
}

// custom calls an object's own inspection function.
func (c *context) custom(o, original *goja.Object, custom goja.Value, recurse int, proxied bool) (string, bool) {
	in := c.in
	fn, ok := goja.AssertFunction(custom)
	if !ok || custom == goja.Value(in.Inspect) {
		return "", false
	}
	if ctor, ok := get(o, "constructor").(*goja.Object); ok && get(ctor, "prototype") == goja.Value(o) {
		return "", false
	}
	depth := goja.Value(goja.Null())
	if !c.depthNull {
		depth = in.vm.ToValue(number(c.depth - float64(recurse)))
	}
	opts := in.vm.NewObject()
	c.optionsObject(opts)
	if proxied || !in.isObjectInstance(original) {
		opts = in.crossContext(opts)
	}
	ret, err := fn(original, depth, opts, in.Inspect)
	if err != nil {
		panic(err)
	}
	if ret == goja.Value(original) {
		return "", false
	}
	if _, ok := ret.(*goja.Object); !ok || gojax.KindOf(ret.(*goja.Object)).IsFunction() {
		if goja.IsNull(ret) {
			return c.format(ret, recurse), true
		}
		if s, ok := ret.(*goja.Symbol); ok {
			panic(in.vm.NewTypeError("Cannot convert a Symbol value to a string: %s", s))
		}
		s := Text(ret.ToString())
		return strings.ReplaceAll(s, "\n", "\n"+indent(c.indentation)), true
	}
	return strings.ReplaceAll(c.whole(c.format(ret, recurse)), "\n", "\n"+indent(c.indentation)), true
}

func (in *Inspector) isObjectInstance(o *goja.Object) bool {
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if p == in.objectProto {
			return true
		}
	}
	return false
}

// crossContext strips prototypes off what a foreign function is given.
func (in *Inspector) crossContext(opts *goja.Object) *goja.Object {
	_ = opts.SetPrototype(nil)
	for _, key := range opts.Keys() {
		if v, ok := opts.Get(key).(*goja.Object); ok && key != "stylize" {
			_ = v
			_ = opts.Delete(key)
		}
	}
	fn, ok := goja.AssertFunction(get(opts, "stylize"))
	if ok {
		w := in.function("stylize", func(c goja.FunctionCall) goja.Value {
			v, err := fn(goja.Undefined(), c.Argument(0), c.Argument(1))
			if err != nil {
				return c.Argument(0)
			}
			return v.ToString()
		})
		_ = w.SetPrototype(nil)
		_ = opts.Set("stylize", w)
	}
	return opts
}

func (c *context) proxy(o *goja.Object, recurse int) string {
	if float64(recurse) > c.depth && !c.depthNull {
		return c.style("Proxy [Array]", "special")
	}
	recurse++
	c.indentation += 2
	p := o.Export().(goja.Proxy)
	out := []string{c.format(valueOf(p.Target()), recurse), c.format(valueOf(p.Handler()), recurse)}
	c.indentation -= 2
	return c.reduce(out, "", "Proxy [", "]", arrayExtras, recurse, nil)
}

func valueOf(o *goja.Object) goja.Value {
	if o == nil {
		return goja.Null()
	}
	return o
}

// intKey makes an integer a value, which needs no particular runtime.
func intKey(i int) goja.Value { return (*goja.Runtime)(nil).ToValue(i) }
