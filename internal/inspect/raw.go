package inspect

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// maxNesting bounds the recursion, as V8's stack does.
const maxNesting = 5000

const depthBudget = 1 << 27

// shape is what raw finds out about an object before it lists its entries.
type shape struct {
	ctor     string // constructor's name
	nullCtor bool
	tag      string
	keys     []goja.Value
	plain    []gojax.Named // in place of keys, for plain objects
	proto    []string      // properties of prototypes, with showHidden
	hasProto bool
}

func (s *shape) prefix(fallback, size string) string {
	if s.nullCtor {
		if s.tag != "" && fallback != s.tag {
			return "[" + fallback + size + ": null prototype] [" + s.tag + "] "
		}
		return "[" + fallback + size + ": null prototype] "
	}
	if s.tag != "" && s.ctor != s.tag {
		return s.ctor + size + " [" + s.tag + "] "
	}
	return s.ctor + size + " "
}

func (s *shape) bare() bool { return len(s.keys)+len(s.plain) == 0 && !s.hasProto }

func (c *context) raw(o *goja.Object, recurse int, slot bool) string {
	in := c.in
	kind := gojax.KindOf(o)
	var sh shape
	tooDeep := float64(recurse) > c.depth && !c.depthNull
	wantProto := c.ShowHidden && !tooDeep
	sh.ctor, sh.nullCtor = c.constructorName(o, recurse, wantProto, &sh.proto)
	sh.hasProto = len(sh.proto) > 0
	sh.tag = c.tagOf(o, kind)
	if !sh.nullCtor && saysTag(sh.ctor, sh.tag) {
		sh.tag = ""
	}

	base, open, end := "", "{", "}"
	extra := objectType
	var entries func() []string

	fallback := "Object"
	kindOf := kind
	if !sh.nullCtor && kind != gojax.KindOrdinary && o.GetSymbol(goja.SymIterator) == nil {
		switch kind {
		case gojax.KindArray, gojax.KindSparseArray, gojax.KindSet, gojax.KindMap, gojax.KindTypedArray,
			gojax.KindMapIterator, gojax.KindSetIterator:
			kindOf = gojax.KindOrdinary // it has lost what makes it iterable
		}
	}
	switch kindOf {
	case gojax.KindArray, gojax.KindSparseArray:
		fallback = "Array"
		n := int(get(o, "length").ToInteger())
		if sh.nullCtor || sh.ctor != "Array" || sh.tag != "" {
			open = sh.prefix("Array", "("+strconv.Itoa(n)+")") + "["
		} else {
			open = "["
		}
		end = "]"
		sh.keys = c.nonIndexKeys(o, n)
		if n == 0 && sh.bare() {
			return open + "]"
		}
		extra = arrayExtras
		entries = func() []string { return c.array(o, n, recurse) }
	case gojax.KindSet:
		fallback = "Set"
		sh.keys = c.ownKeys(o)
		n := gojax.Size(o)
		open = sh.prefix("Set", "("+strconv.Itoa(n)+")") + "{"
		if n == 0 && sh.bare() {
			return open + "}"
		}
		entries = func() []string { return c.set(o, n, recurse) }
	case gojax.KindMap:
		fallback = "Map"
		sh.keys = c.ownKeys(o)
		n := gojax.Size(o)
		open = sh.prefix("Map", "("+strconv.Itoa(n)+")") + "{"
		if n == 0 && sh.bare() {
			return open + "}"
		}
		entries = func() []string { return c.mapEntries(o, n, recurse) }
	case gojax.KindTypedArray:
		fb := in.TypedArrayName(o)
		fallback = fb
		n := int(in.typedArrayGet(o, "length").ToInteger())
		sh.keys = c.nonIndexKeys(o, n)
		if !sh.nullCtor {
			fb = ""
		}
		open, end = sh.prefix(fb, "("+strconv.Itoa(n)+")")+"[", "]"
		if n == 0 && len(sh.keys) == 0 && !c.ShowHidden {
			return open + "]"
		}
		extra = arrayExtras
		entries = func() []string { return c.typedArray(o, n, recurse) }
	case gojax.KindMapIterator, gojax.KindSetIterator:
		sh.keys = c.ownKeys(o)
		name := "Set"
		if kind == gojax.KindMapIterator {
			name = "Map"
		}
		fallback = name + " Iterator"
		tag := sh.tag
		if tag != name+" Iterator" {
			if tag != "" {
				tag += "] ["
			}
			tag += name + " Iterator"
		}
		open = "[" + tag + "] {"
		entries = func() []string { return c.iterator(o, recurse, &open) }
	default:
		var done bool
		var s string
		s, done, base, open, entries, fallback, extra = c.other(o, kindOf, &sh, recurse, slot)
		if done {
			return s
		}
	}

	if tooDeep {
		name := strings.TrimSuffix(sh.prefix(fallback, ""), " ")
		if sh.nullCtor {
			return c.style(name, "special")
		}
		return c.style("["+name+"]", "special")
	}
	if recurse > maxNesting {
		name := strings.TrimSuffix(sh.prefix(fallback, ""), " ")
		return c.style("["+name+": Inspection interrupted prematurely. Maximum call stack size exceeded.]", "special")
	}
	recurse++
	c.seen = append(c.seen, o)
	c.current = recurse
	var output []string
	if entries != nil {
		output = entries()
	}
	if output == nil {
		output = make([]string, 0, len(sh.keys)+len(sh.plain))
	}
	for i := range sh.plain {
		p := &sh.plain[i]
		output = append(output, c.name(p.Name, &p.Property)+c.value(o, recurse, objectType, &p.Property, nil))
	}
	for _, k := range sh.keys {
		output = append(output, c.property(o, recurse, k, extra, nil, nil))
	}
	output = append(output, sh.proto...)
	if i, ok := c.circular[o]; ok {
		ref := c.style("<ref *"+strconv.Itoa(i)+">", "special")
		switch {
		case c.compactTrue:
			open = ref + " " + open
		case base == "":
			base = ref
		default:
			base = ref + " " + base
		}
	}
	c.seen = c.seen[:len(c.seen)-1]
	if c.Sorted {
		for i := range output {
			output[i] = c.whole(output[i])
		}
		if extra == objectType {
			c.sort(output)
		} else if len(sh.keys) > 1 {
			c.sort(output[len(output)-len(sh.keys):])
		}
	}
	var columnsOf *goja.Object
	if extra == arrayExtras {
		columnsOf = o
	}
	res := c.reduce(output, base, open, end, extra, recurse, columnsOf)
	if c.budget == nil {
		c.budget = map[int]int{}
	}
	c.budget[c.indentation] += c.size(res)
	// A guard against output that nobody could read: stop going deeper.
	if c.budget[c.indentation] > depthBudget {
		c.depth, c.depthNull = -1, false
	}
	return res
}

func (c *context) sort(list []string) {
	if c.Comparator == nil {
		sort.SliceStable(list, func(i, j int) bool { return list[i] < list[j] })
		return
	}
	vm := c.in.vm
	sort.SliceStable(list, func(i, j int) bool {
		v, err := c.Comparator(goja.Undefined(), FromText(vm, list[i]), FromText(vm, list[j]))
		if err != nil {
			panic(err)
		}
		return v.ToFloat() < 0
	})
}

// saysTag reports whether a class's name has the tag in it as a word: FooSet,
// MapCache, but not Settings.
func saysTag(ctor, tag string) bool {
	if tag == "" || ctor == tag {
		return false
	}
	i := strings.Index(ctor, tag)
	if i < 0 {
		return false
	}
	rest := ctor[i+len(tag):]
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsUpper(r)
}

// tagOf is the object's Symbol.toStringTag, unless it will be listed anyway.
func (c *context) tagOf(o *goja.Object, kind gojax.Kind) string {
	var v goja.Value
	if ex := c.in.vm.Try(func() { v = o.GetSymbol(goja.SymToStringTag) }); ex != nil {
		return "" // a getter that throws
	}
	if v == nil || !goja.IsString(v) {
		return ""
	}
	tag := Text(v)
	if tag == "" {
		return ""
	}
	if p, ok := gojax.GetOwn(o, goja.SymToStringTag); ok && (c.ShowHidden || p.Enumerable) {
		return ""
	}
	return tag
}

// other handles what is no collection. done means that s is all of it.
func (c *context) other(o *goja.Object, kind gojax.Kind, sh *shape, recurse int, slot bool) (
	s string, done bool, base, open string, entries func() []string, fallback string, extra extras) {
	in := c.in
	open, fallback = "{", "Object"
	plain := false
	if kind == gojax.KindOrdinary && !c.ShowHidden && !in.isError(o, kind) {
		sh.plain, plain = gojax.Enumerable(o)
	}
	if !plain {
		sh.keys = c.ownKeys(o)
	}
	isCallable := kind.IsFunction()
	switch {
	case !isCallable && gojax.IsArguments(o) && sh.ctor == "Object" && !sh.nullCtor:
		open = "[Arguments] {"
		if sh.tag != "" {
			fallback = "Object"
		}
		if sh.bare() {
			return open + "}", true, "", "", nil, "", 0
		}
	case !isCallable && sh.ctor == "Object" && !sh.nullCtor && kind == gojax.KindOrdinary && !in.isError(o, kind):
		if sh.tag != "" {
			open = sh.prefix("Object", "") + "{"
		}
		if sh.bare() {
			return open + "}", true, "", "", nil, "", 0
		}
	case isCallable:
		fallback = "Function"
		base = c.functionBase(o, kind, sh)
		if sh.bare() {
			return c.style(base, "special"), true, "", "", nil, "", 0
		}
	case kind == gojax.KindRegExp:
		fallback = "RegExp"
		if sh.nullCtor && o.SetPrototype(in.regexpProto) == nil { // toString reads inherited properties
			base = Text(in.must(in.regexpToString(o)))
			_ = o.SetPrototype(nil)
		} else {
			base = Text(in.must(in.regexpToString(o)))
		}
		if p := sh.prefix("RegExp", ""); p != "RegExp " {
			base = p + base
		}
		if sh.bare() || float64(recurse) > c.depth && !c.depthNull {
			return c.style(base, "regexp"), true, "", "", nil, "", 0
		}
	case kind == gojax.KindDate:
		fallback = "Date"
		if ms, ok := gojax.DateValue(o); ok {
			base = isoDate(ms)
		} else {
			base = "Invalid Date"
		}
		if p := sh.prefix("Date", ""); p != "Date " {
			base = p + base
		}
		if sh.bare() {
			return c.style(base, "date"), true, "", "", nil, "", 0
		}
	case in.isError(o, kind):
		fallback = "Error"
		base = c.error(o, sh)
		if sh.bare() {
			return base, true, "", "", nil, "", 0
		}
	case kind == gojax.KindArrayBuffer:
		fallback = "ArrayBuffer"
		if in.IsShared(o) {
			fallback = "SharedArrayBuffer"
		}
		open = sh.prefix(fallback, "") + "{"
		if slot && sh.bare() {
			return open + " [byteLength]: " + c.format(get(o, "byteLength"), 0) + " }", true, "", "", nil, "", 0
		}
		entries = func() []string { return c.arrayBuffer(o, slot) }
	case kind == gojax.KindDataView:
		fallback = "DataView"
		open = sh.prefix("DataView", "") + "{"
		entries = func() []string { return c.slots(o, recurse+1, []string{"byteLength", "byteOffset", "buffer"}, false) }
	case kind == gojax.KindPromise:
		fallback = "Promise"
		open = sh.prefix("Promise", "") + "{"
		entries = func() []string { return c.promise(o, recurse+1) }
	case kind == gojax.KindWeakSet, kind == gojax.KindWeakMap:
		fallback = "WeakSet"
		if kind == gojax.KindWeakMap {
			fallback = "WeakMap"
		}
		open = sh.prefix(fallback, "") + "{"
		entries = func() []string { return c.weak(o, kind, recurse+1) }
	case in.IsNamespace(o, kind):
		fallback = "Module"
		open = sh.prefix("Module", "") + "{"
		keys := sh.keys
		sh.keys = nil
		entries = func() []string { return c.namespace(o, keys, recurse+1) }
	case kind == gojax.KindPrimitive || kind == gojax.KindString:
		base, fallback = c.boxed(o, sh)
		if sh.bare() {
			return base, true, "", "", nil, "", 0
		}
	default:
		if kind == gojax.KindGenerator || kind == gojax.KindArrayIterator {
			fallback = "Object"
		}
		open = sh.prefix("Object", "") + "{"
		if sh.bare() {
			return open + "}", true, "", "", nil, "", 0
		}
	}
	return s, false, base, open, entries, fallback, extra
}

func isoDate(ms int64) string {
	t := time.UnixMilli(ms).UTC()
	y := t.Year()
	var year string
	switch {
	case y >= 0 && y <= 9999:
		year = strconv.Itoa(10000 + y)[1:]
	case y < 0:
		year = "-" + strconv.Itoa(1000000 - y)[1:]
	default:
		year = "+" + strconv.Itoa(1000000 + y)[1:]
	}
	return year + t.Format("-01-02T15:04:05.000Z")
}

// constructorName is the name of the nearest constructor on the prototype chain.
func (c *context) constructorName(o *goja.Object, recurse int, wantProto bool, proto *[]string) (name string, null bool) {
	in := c.in
	var first *goja.Object
	haveFirst := false
	last := o
	for p := o; p != nil; {
		// The language's own prototypes are known whatever a program does to them.
		if w, ok := in.wellKnown[p]; ok && (p != o || in.instanceOf(o, w.ctor, o)) {
			if wantProto && (!haveFirst || first != p || !in.builtins[w.name]) {
				start := first
				if !haveFirst {
					start = o
				}
				c.protoProperties(o, start, recurse, proto)
			}
			return w.name, false
		}
		if d, ok := gojax.GetOwn(p, in.kConstructor); ok && !d.Accessor {
			if f, ok := d.Value.(*goja.Object); ok && isFunction(f) {
				if name := functionName(f); name != "" && in.instanceOf(o, f, p) {
					if wantProto && (!haveFirst || first != p || !in.builtins[name]) {
						start := first
						if !haveFirst {
							start = o
						}
						c.protoProperties(o, start, recurse, proto)
					}
					return name, false
				}
			}
		}
		last = p
		p = p.Prototype()
		if !haveFirst {
			first, haveFirst = p, true
		}
	}
	if first == nil {
		return "", true
	}
	_ = last
	res := className(o)
	if float64(recurse) > c.depth && !c.depthNull {
		return res + " <Complex prototype>", false
	}
	outer, outerNull := c.constructorName(first, recurse+1, wantProto, proto)
	if outerNull {
		opts := *c.Options
		opts.CustomInspect = false
		opts.Depth, opts.DepthNull = -1, false
		sub := *c
		sub.Options = &opts
		sub.depth, sub.depthNull = -1, false
		sub.seen, sub.indentation, sub.circular = nil, 0, nil
		return res + " <" + sub.top(first) + ">", false
	}
	return res + " <" + outer + ">", false
}

func isFunction(o *goja.Object) bool {
	k := gojax.KindOf(o)
	if k.IsFunction() {
		return true
	}
	if k == gojax.KindProxy || k == gojax.KindDynamic || k == gojax.KindUnknown {
		_, ok := goja.AssertFunction(o)
		return ok
	}
	return false
}

func functionName(f *goja.Object) string {
	v := f.Get("name")
	if v == nil || !goja.IsString(v) {
		if v == nil || goja.IsUndefined(v) {
			return "undefined"
		}
		switch v := v.(type) {
		case *goja.Object:
			return Text(v.ToString())
		case *goja.Symbol:
			return symbolText(v)
		}
	}
	return Text(v)
}

// instanceOf is OrdinaryHasInstance: no Symbol.hasInstance of a program's is
// asked. p is the prototype that names f, and mostly f's own.
func (in *Inspector) instanceOf(o, f, p *goja.Object) bool {
	if gojax.KindOf(f) == gojax.KindBoundFunction {
		res := false
		_ = in.vm.Try(func() { res = in.vm.InstanceOf(o, f) })
		return res
	}
	var proto *goja.Object
	if d, ok := gojax.GetOwn(f, in.vm.ToValue("prototype")); ok && !d.Accessor {
		proto, _ = d.Value.(*goja.Object)
	}
	if proto == nil {
		return false
	}
	if proto == p && o != p {
		return true
	}
	for x := o.Prototype(); x != nil; x = x.Prototype() {
		if x == proto {
			return true
		}
	}
	return false
}

// className is what the engine calls an object whose constructor is lost.
func className(o *goja.Object) string {
	switch gojax.KindOf(o) {
	case gojax.KindArray, gojax.KindSparseArray:
		return "Array"
	case gojax.KindMap:
		return "Map"
	case gojax.KindSet:
		return "Set"
	case gojax.KindPromise:
		return "Promise"
	case gojax.KindError:
		return "Error"
	case gojax.KindDate:
		return "Date"
	case gojax.KindRegExp:
		return "RegExp"
	case gojax.KindWeakMap:
		return "WeakMap"
	case gojax.KindWeakSet:
		return "WeakSet"
	case gojax.KindArrayBuffer:
		return "ArrayBuffer"
	case gojax.KindDataView:
		return "DataView"
	case gojax.KindMapIterator:
		return "Map Iterator"
	case gojax.KindSetIterator:
		return "Set Iterator"
	}
	if k := gojax.KindOf(o); k.IsFunction() {
		return "Function"
	}
	return "Object"
}

// protoProperties lists what up to three prototypes of a user's class hold
// besides methods.
func (c *context) protoProperties(main, o *goja.Object, recurse int, output *[]string) {
	in := c.in
	seen := map[string]bool{}
	var keys []goja.Value
	for depth := 0; depth < 3; depth++ {
		if depth != 0 || main == o {
			o = o.Prototype()
			if o == nil {
				return
			}
			if d, ok := gojax.GetOwn(o, in.kConstructor); ok && !d.Accessor {
				if f, ok := d.Value.(*goja.Object); ok && isFunction(f) && in.builtins[functionName(f)] {
					return
				}
			}
		}
		for _, k := range keys {
			seen[keyID(k)] = true
		}
		keys = in.all(o)
		c.seen = append(c.seen, main)
		for _, k := range keys {
			if s, ok := k.(goja.String); ok && s.String() == "constructor" {
				continue
			}
			if _, own := gojax.GetOwn(main, k); own || depth != 0 && seen[keyID(k)] {
				continue
			}
			d, ok := gojax.GetOwn(o, k)
			if f, isObj := d.Value.(*goja.Object); !ok || isObj && isFunction(f) {
				continue
			}
			s := c.property(o, recurse, k, objectType, &d, main)
			if c.colors {
				s = "\x1b[2m" + s + "\x1b[22m"
			}
			*output = append(*output, s)
		}
		c.seen = c.seen[:len(c.seen)-1]
	}
}

func keyID(k goja.Value) string {
	if s, ok := k.(*goja.Symbol); ok {
		return "\x00" + strconv.FormatUint(uint64(symbolID(s)), 16)
	}
	return k.String()
}

// all is Reflect.ownKeys.
func (in *Inspector) all(o *goja.Object) []goja.Value {
	arr := in.must(in.ownKeys(goja.Undefined(), o)).(*goja.Object)
	list, _ := gojax.Elements(arr)
	return list
}

// ownKeys are the keys to list: enumerable ones, or all with showHidden.
func (c *context) ownKeys(o *goja.Object) []goja.Value {
	more := gojax.ShapeSymbols(o)
	if c.ShowHidden {
		keys := append([]goja.Value(nil), c.in.all(o)...)
		for _, s := range more {
			keys = append(keys, s)
		}
		return keys
	}
	names := o.Keys()
	syms := append(o.Symbols(), more...)
	if len(names)+len(syms) == 0 {
		return nil
	}
	keys := make([]goja.Value, 0, len(names)+len(syms))
	for _, n := range names {
		keys = append(keys, c.in.vm.ToValue(n))
	}
	for _, s := range syms {
		keys = append(keys, s)
	}
	return keys
}

// nonIndexKeys are an array's further keys.
func (c *context) nonIndexKeys(o *goja.Object, n int) []goja.Value {
	if c.ShowHidden {
		var keys []goja.Value
		for _, k := range c.in.all(o) {
			if s, ok := k.(goja.String); ok && IsIndex(s.String()) {
				continue
			}
			keys = append(keys, k)
		}
		return keys
	}
	var keys []goja.Value
	if !gojax.HasNamedProperties(o) {
		return nil
	}
	for _, k := range o.Keys() {
		if !IsIndex(k) {
			keys = append(keys, c.in.vm.ToValue(k))
		}
	}
	for _, s := range o.Symbols() {
		keys = append(keys, s)
	}
	return keys
}

// IsIndex reports whether a key is an array index.
func IsIndex(s string) bool {
	if s == "" || len(s) > 10 || s[0] == '0' && len(s) > 1 {
		return false
	}
	n := uint64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		n = n*10 + uint64(s[i]-'0')
	}
	return n < math.MaxUint32
}

// property is one "name: value". own and original are set for prototypes' properties.
func (c *context) property(o *goja.Object, recurse int, key goja.Value, kind extras, own *gojax.Property, original *goja.Object) string {
	var d gojax.Property
	if own != nil {
		d = *own
	} else {
		var ok bool
		if d, ok = gojax.GetOwn(o, key); !ok {
			d = gojax.Property{Enumerable: true, Configurable: true}
			if d.Value, ok = gojax.ShapeSymbol(o, key); !ok {
				d.Value = gojax.Get(o, key)
			}
		}
	}
	value := c.value(o, recurse, kind, &d, original)
	if kind == arrayType {
		return value[1:]
	}
	if s, ok := key.(*goja.Symbol); ok {
		name := c.style(escape(symbolText(s)), "symbol")
		if !d.Enumerable {
			name = "[" + name + "]"
		}
		return name + ":" + value
	}
	return c.name(Text(key), &d) + value
}

// name is a property's name with its colon.
func (c *context) name(name string, d *gojax.Property) string {
	switch {
	case name == "__proto__":
		name = "['__proto__']"
	case isIdentifier(name):
		name = c.style(name, "name")
	default:
		name = c.style(Quote(name), "string")
	}
	if !d.Enumerable {
		name = "[" + name + "]"
	}
	return name + ":"
}

// value is a property's value with the blank or line break before it.
func (c *context) value(o *goja.Object, recurse int, kind extras, d *gojax.Property, original *goja.Object) string {
	if original == nil {
		original = o
	}
	switch {
	case !d.Accessor && d.Value != nil && !goja.IsUndefined(d.Value):
		diff := 2
		if c.compactTrue && kind == objectType {
			diff = 3
		}
		c.indentation += diff
		str, gap := c.format(d.Value, recurse), " "
		if diff == 3 && (marked(str) || c.breakLength < float64(Width(str, c.colors))) {
			gap = "\n" + indent(c.indentation)
		}
		c.indentation -= diff
		return gap + str
	case d.Getter != nil:
		label := "Getter"
		if d.Setter != nil {
			label = "Getter/Setter"
		}
		if c.Getters == "all" || c.Getters == "get" && d.Setter == nil || c.Getters == "set" && d.Setter != nil {
			return " " + c.runGetter(d.Getter, original, label, recurse)
		}
		return " " + c.style("["+label+"]", "special")
	case d.Setter != nil:
		return " " + c.style("[Setter]", "special")
	}
	return " " + c.style("undefined", "undefined")
}

func (c *context) runGetter(getter, this *goja.Object, label string, recurse int) string {
	fn, _ := goja.AssertFunction(getter)
	v, err := fn(this)
	if err != nil {
		ex, ok := err.(*goja.Exception)
		if !ok {
			panic(err)
		}
		msg := "undefined"
		if e, ok := ex.Value().(*goja.Object); ok {
			msg = Text(gojax.Get(e, c.in.kMessage).ToString())
		}
		return c.style("["+label+":", "special") + " <Inspection threw (" + msg + ")>" + c.style("]", "special")
	}
	c.indentation += 2
	defer func() { c.indentation -= 2 }()
	o, isObject := v.(*goja.Object)
	if isObject && isFunction(o) {
		// Node takes it for a primitive, fails, and forgets to outdent.
		c.indentation += 2
		return c.style("["+label+":", "special") + " <Inspection threw (Symbol.prototype.toString requires that 'this' be a Symbol)>" + c.style("]", "special")
	}
	if isObject {
		return c.style("["+label+"]", "special") + " " + c.format(v, recurse)
	}
	return c.style("["+label+":", "special") + " " + c.format(v, recurse) + c.style("]", "special")
}
