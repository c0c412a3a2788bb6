package ecma

import (
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/regexp"
)

// regexps is what a runtime has for regular expressions.
type regexps struct {
	r       *goja.Runtime
	proto   *goja.Object
	changed bool // RegExp.prototype is not what it was
	m       regexp.Matcher
	cache   map[cacheKey]*regexp.Regexp
	ctor    *goja.Object
	species *goja.Object // the getter
	last    lastMatch
}

// lastMatch is what RegExp.$1 and its like show.
type lastMatch struct {
	input  goja.String
	groups []int32
	set    goja.Value // RegExp.input, where a script has changed it
}

type cacheKey struct {
	ascii string
	flags regexp.Flags
}

const (
	maxCached  = 256 // patterns
	maxPattern = 512 // characters of one that is cached
)

type regexpsKey struct{}

func regexpsOf(r *goja.Runtime) *regexps {
	return gojax.RealmValue(r, regexpsKey{}, func() *regexps {
		return &regexps{r: r}
	})
}

// withRegExps is regexpsOf for a runtime in which they may not have been
// needed before: it makes RegExp.prototype, whose methods are made when they
// are asked for.
func withRegExps(r *goja.Runtime) *regexps {
	x := regexpsOf(r)
	if x.proto == nil {
		x.proto = regexpProto().Object(r)
		gojax.Watch(r, x.proto, func() { x.changed = true })
		if in, err := gojax.New(r); err == nil {
			in.SetIntrinsic("RegExpPrototype", x.proto)
		}
	}
	return x
}

func extendRegExp(t *gojax.Templates) {
	t.Global.Put("RegExp", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(withRegExps(r).constructor()) })
	putMethods(t.StringProto, regexpStringMethods())
}

// constructor is %RegExp%.
func (x *regexps) constructor() *goja.Object {
	if x.ctor == nil {
		x.ctor = regexpCtor().Func(x.r, func(c goja.FunctionCall) goja.Value {
			return x.construct(c.Arguments, nil)
		}, func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			return x.construct(args, newTarget)
		})
	}
	return x.ctor
}

// regexpCtor is the template of %RegExp%.
var regexpCtor = sync.OnceValue(func() *gojax.Template {
	t := gojax.NewTemplate(gojax.FunctionPrototype)
	constant := func(name string, v func(x *regexps) goja.Value, configurable bool) {
		t.Put(name, func(r *goja.Runtime) goja.Value { return gojax.DataProp(v(regexpsOf(r)), false, false, configurable) })
	}
	constant("length", func(*regexps) goja.Value { return gojax.Int(2) }, true)
	constant("name", func(*regexps) goja.Value { return gojax.NewString("RegExp") }, true)
	constant("prototype", func(x *regexps) goja.Value { return x.proto }, false)
	for _, l := range legacyProperties() {
		t.Put(l.name, func(r *goja.Runtime) goja.Value {
			x := regexpsOf(r)
			get := gojax.NewFunc(r, "get "+l.name, 0, func(goja.FunctionCall) goja.Value { return l.get(x) })
			set := gojax.NewFunc(r, "set "+l.name, 1, func(c goja.FunctionCall) goja.Value {
				if l.input {
					x.last.set = toString(c.Argument(0))
				}
				return undefined()
			})
			return gojax.AccessorProp(get, set)
		})
	}
	putMethods(t, []builtin{{"escape", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			s, ok := c.Argument(0).(goja.String)
			if !ok {
				throwType(r, "input argument must be a string")
			}
			return gojax.NewString(escapeRegExp(s))
		}
	}}})
	t.PutSym(goja.SymSpecies, func(r *goja.Runtime) goja.Value {
		x := regexpsOf(r)
		x.species = gojax.NewFunc(r, "get [Symbol.species]", 0, func(c goja.FunctionCall) goja.Value { return c.This })
		return gojax.AccessorProp(x.species, nil)
	})
	return t
})

type legacyProperty struct {
	name  string
	input bool
	get   func(x *regexps) goja.Value
}

// legacyProperties are those of the constructor that tell of the last match.
func legacyProperties() []legacyProperty {
	empty := gojax.NewString("")
	part := func(from, to func(l *lastMatch) int) func(*regexps) goja.Value {
		return func(x *regexps) goja.Value {
			if x.last.input == nil {
				return empty
			}
			if a, b := from(&x.last), to(&x.last); a >= 0 && b >= a {
				s := subjectOf(x.last.input)
				return s.sub(a, b)
			}
			return empty
		}
	}
	group := func(i int) func(l *lastMatch) int {
		return func(l *lastMatch) int {
			if i < len(l.groups) {
				return int(l.groups[i])
			}
			return -1
		}
	}
	start := func(*lastMatch) int { return 0 }
	end := func(l *lastMatch) int { return l.input.Length() }
	lastParen := func(side int) func(l *lastMatch) int {
		return func(l *lastMatch) int {
			if len(l.groups) <= 2 {
				return -1
			}
			return int(l.groups[len(l.groups)-2+side])
		}
	}
	input := func(x *regexps) goja.Value {
		switch {
		case x.last.set != nil:
			return x.last.set
		case x.last.input != nil:
			return x.last.input
		}
		return empty
	}
	list := []legacyProperty{
		{"input", true, input}, {"$_", true, input},
		{"lastMatch", false, part(group(0), group(1))}, {"$&", false, part(group(0), group(1))},
		{"lastParen", false, part(lastParen(0), lastParen(1))}, {"$+", false, part(lastParen(0), lastParen(1))},
		{"leftContext", false, part(start, group(0))}, {"$`", false, part(start, group(0))},
		{"rightContext", false, part(group(1), end)}, {"$'", false, part(group(1), end)},
	}
	for i := 1; i <= 9; i++ {
		list = append(list, legacyProperty{"$" + string(rune('0'+i)), false, part(group(2*i), group(2*i+1))})
	}
	return list
}

// --- Construction

// isRegExp is IsRegExp of ECMA-262.
func isRegExp(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	if m := gojax.Get(o, goja.SymMatch); !goja.IsUndefined(m) {
		return m.ToBoolean()
	}
	return gojax.IsRegExp(o)
}

var (
	keyConstructor = unistring.NewFromString("constructor")
	keySource      = unistring.NewFromString("source")
	keyFlags       = unistring.NewFromString("flags")
	keyExec        = unistring.NewFromString("exec")
	keyIndex       = unistring.NewFromString("index")
	keyGroups      = unistring.NewFromString("groups")
	keyLastIndex   = unistring.NewFromString("lastIndex")
)

// construct is RegExp(pattern, flags); newTarget is nil in a plain call.
func (x *regexps) construct(args []goja.Value, newTarget *goja.Object) *goja.Object {
	c := goja.FunctionCall{Arguments: args}
	pattern, flags := c.Argument(0), c.Argument(1)
	is := isRegExp(pattern)
	if newTarget == nil {
		newTarget = x.constructor()
		if is && goja.IsUndefined(flags) {
			o := pattern.(*goja.Object)
			if gojax.Field(o, keyConstructor) == goja.Value(newTarget) {
				return o
			}
		}
	}
	var source, flagText goja.Value
	if re, ok := gojax.RegExpOf(pattern); ok {
		source, flagText = re.Source(), flags
		if goja.IsUndefined(flags) {
			rx, f := re.Regexp()
			proto := x.prototypeFor(newTarget)
			if rx == nil {
				rx = x.compile(re.Source(), f)
			}
			return gojax.NewRegExp(x.r, re.Source(), rx, proto)
		}
	} else if is {
		o := pattern.(*goja.Object)
		source, flagText = gojax.Field(o, keySource), flags
		if goja.IsUndefined(flags) {
			flagText = gojax.Field(o, keyFlags)
		}
	} else {
		source, flagText = pattern, flags
	}
	proto := x.prototypeFor(newTarget)
	src, rx := x.initialize(source, flagText)
	return gojax.NewRegExp(x.r, src, rx, proto)
}

func (x *regexps) prototypeFor(newTarget *goja.Object) *goja.Object {
	if newTarget == x.ctor {
		return x.proto
	}
	return gojax.PrototypeFor(x.r, newTarget, x.constructor(), x.proto)
}

// initialize is RegExpInitialize without the object.
func (x *regexps) initialize(pattern, flags goja.Value) (goja.String, *regexp.Regexp) {
	source := gojax.NewString("")
	if !goja.IsUndefined(pattern) {
		source = toString(pattern)
	}
	text := ""
	if !goja.IsUndefined(flags) {
		text = toString(flags).String()
	}
	f, ok := regexp.ParseFlags(text)
	if !ok {
		panic(syntaxError(x.r, "Invalid flags supplied to RegExp constructor '"+text+"'"))
	}
	return source, x.compile(source, f)
}

// compile throws a SyntaxError for what is no pattern.
func (x *regexps) compile(source goja.String, f regexp.Flags) *regexp.Regexp {
	ascii, wide, _ := gojax.CodeUnits(source)
	key := cacheKey{ascii, f}
	if wide == nil {
		if re := x.cache[key]; re != nil {
			return re
		}
		wide = make([]uint16, len(ascii))
		for i := range len(ascii) {
			wide[i] = uint16(ascii[i])
		}
	}
	re, err := regexp.Compile(wide, f)
	if err != nil {
		panic(syntaxError(x.r, err.Error()))
	}
	if ascii != "" && len(ascii) <= maxPattern {
		if x.cache == nil || len(x.cache) >= maxCached {
			x.cache = map[cacheKey]*regexp.Regexp{}
		}
		x.cache[key] = re
	}
	return re
}

// --- Text of patterns

// escapedSource is EscapeRegExpPattern: what stands between slashes in a program.
func escapedSource(s goja.String) goja.Value {
	if s.Length() == 0 {
		return gojax.NewString("(?:)")
	}
	ascii, wide, _ := gojax.CodeUnits(s)
	plain := func(c rune) bool { return c != '/' && c != '\n' && c != '\r' && c != 0x2028 && c != 0x2029 }
	if wide == nil {
		if strings.IndexFunc(ascii, func(c rune) bool { return !plain(c) }) < 0 {
			return s
		}
		for i := range len(ascii) {
			wide = append(wide, uint16(ascii[i]))
		}
	}
	var out []uint16
	class := false
	for i := 0; i < len(wide); i++ {
		c := wide[i]
		escaped := c == '\\' && i+1 < len(wide)
		if escaped {
			i++
			c = wide[i]
		}
		text := ""
		switch {
		case c == '/' && !class && !escaped:
			text = `\/`
		case c == '\n':
			text = `\n`
		case c == '\r':
			text = `\r`
		case c == 0x2028:
			text = `\u2028`
		case c == 0x2029:
			text = `\u2029`
		}
		if text != "" {
			for _, t := range text {
				out = append(out, uint16(t))
			}
			continue
		}
		if escaped {
			out = append(out, '\\')
		} else if c == '[' {
			class = true
		} else if c == ']' {
			class = false
		}
		out = append(out, c)
	}
	return goja.StringFromUTF16(out)
}

// escapeRegExp is EncodeForRegExpEscape for each code point.
func escapeRegExp(s goja.String) string {
	ascii, wide, _ := gojax.CodeUnits(s)
	if wide == nil {
		for i := range len(ascii) {
			wide = append(wide, uint16(ascii[i]))
		}
	}
	var b strings.Builder
	unit := func(u uint16) {
		b.WriteString(`\u`)
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte(hexDigits[u>>shift&15])
		}
	}
	for i := 0; i < len(wide); i++ {
		c := wide[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		switch {
		case i == 0 && letter, c < 0x80 && strings.ContainsRune(" ,-=<>#&!%:;@~'`\"", rune(c)), c == 0xA0:
			b.WriteString(`\x`)
			b.WriteByte(hexDigits[c>>4&15])
			b.WriteByte(hexDigits[c&15])
		case c < 0x80 && strings.ContainsRune(`^$\.*+?()[]{}|/`, rune(c)):
			b.WriteByte('\\')
			b.WriteByte(byte(c))
		case c >= '\t' && c <= '\r':
			b.WriteByte('\\')
			b.WriteByte("tnvfr"[c-'\t'])
		case c&0xFC00 == 0xD800 && i+1 < len(wide) && wide[i+1]&0xFC00 == 0xDC00:
			b.WriteRune(0x10000 + rune(c&0x3FF)<<10 + rune(wide[i+1]&0x3FF))
			i++
		case c&0xF800 == 0xD800, c == 0x1680, c >= 0x2000 && c <= 0x200A, c == 0x2028, c == 0x2029, c == 0x202F, c == 0x205F, c == 0x3000, c == 0xFEFF:
			unit(c)
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
