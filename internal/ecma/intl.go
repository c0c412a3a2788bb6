package ecma

import (
	"os"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// intlRealm is what one runtime has of ECMA-402.
type intlRealm struct {
	r             *goja.Runtime
	classes       map[string]*intlClass
	canonical     map[string]string // requested tags
	defaultLocale string
	fallback      *goja.Symbol

	// What toLocaleString uses without arguments.
	number   *numberFormat
	collator *collator
	joining  []*goja.Object // arrays whose toLocaleString runs
	dates    [3]*dateTimeFormat
}

// intlClass is one constructor of Intl.
type intlClass struct {
	name        string // "Intl.NumberFormat"
	ctor, proto *goja.Object
}

type intlKey struct{}

func intlOf(r *goja.Runtime) *intlRealm {
	return gojax.RealmValue(r, intlKey{}, func() *intlRealm {
		return &intlRealm{r: r, classes: map[string]*intlClass{}, canonical: map[string]string{}}
	})
}

// A classSpec says how a constructor of Intl is made.
type classSpec struct {
	name      string
	construct func(x *intlRealm, args []goja.Value) any // the instance's slots
	// called makes an instance without new, too; such a call throws if it is false.
	called  bool
	length  int
	fill    func(x *intlRealm, c *intlClass)
	statics bool // supportedLocalesOf
}

// intlClasses are the constructors of Intl, in V8's order.
func intlClasses() []classSpec {
	return []classSpec{
		{name: "DateTimeFormat", construct: constructDateTimeFormat, called: true, fill: fillDateTimeFormat, statics: true},
		{name: "NumberFormat", construct: constructNumberFormat, called: true, fill: fillNumberFormat, statics: true},
		{name: "Collator", construct: constructCollator, called: true, fill: fillCollator, statics: true},
		{name: "PluralRules", construct: constructPluralRules, fill: fillPluralRules, statics: true},
		{name: "RelativeTimeFormat", construct: constructRelativeTimeFormat, fill: fillRelativeTimeFormat, statics: true},
		{name: "ListFormat", construct: constructListFormat, fill: fillListFormat, statics: true},
		{name: "Locale", construct: constructLocale, length: 1, fill: fillLocale},
		{name: "DisplayNames", construct: constructDisplayNames, length: 2, fill: fillDisplayNames, statics: true},
		{name: "Segmenter", construct: constructSegmenter, fill: fillSegmenter, statics: true},
		{name: "DurationFormat", construct: constructDurationFormat, fill: fillDurationFormat, statics: true},
	}
}

// extendIntl adds Intl, and the methods of other built-ins that depend on a locale.
func extendIntl(t *gojax.Templates) {
	tmpl := gojax.NewTemplate(func(r *goja.Runtime) *goja.Object {
		return r.Get("Object").(*goja.Object).Get("prototype").(*goja.Object)
	})
	tmpl.Put("getCanonicalLocales", gojax.Method("getCanonicalLocales", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			return stringArray(r, intlOf(r).localeList(c.Argument(0)))
		}
	}))
	tmpl.Put("supportedValuesOf", gojax.Method("supportedValuesOf", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			key := toString(c.Argument(0)).String()
			list, ok := intl.SupportedValues(key)
			if !ok {
				throwRange(r, "Invalid key : "+key)
			}
			return stringArray(r, list)
		}
	}))
	for _, s := range intlClasses() {
		tmpl.Put(s.name, func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(intlOf(r).class(s.name).ctor) })
	}
	tmpl.PutSym(goja.SymToStringTag, func(*goja.Runtime) goja.Value {
		return gojax.DataProp(gojax.ASCII("Intl"), false, false, true)
	})
	t.Global.Put("Intl", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(tmpl.Object(r)) })
	extendLocale(t)
	extendStrings(t)
}

// class makes a constructor of Intl when it is first asked for.
func (x *intlRealm) class(name string) *intlClass {
	if c := x.classes[name]; c != nil {
		return c
	}
	all := intlClasses()
	s := all[slices.IndexFunc(all, func(s classSpec) bool { return s.name == name })]
	c := &intlClass{name: "Intl." + name, proto: x.r.NewObject()}
	x.classes[name] = c
	construct := func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		return gojax.NewSlotted(x.r, gojax.PrototypeFor(x.r, newTarget, c.ctor, c.proto), s.construct(x, args))
	}
	c.ctor = gojax.NativeConstructor(x.r, name, s.length, c.proto, func(call goja.FunctionCall) goja.Value {
		if !s.called {
			throwType(x.r, "Constructor %s requires 'new'", c.name)
		}
		return x.legacy(c, call.This, construct(call.Arguments, c.ctor))
	}, construct)
	_ = c.proto.DefineDataProperty("constructor", c.ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = c.proto.DefineDataPropertySymbol(goja.SymToStringTag, gojax.NewString(c.name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if s.statics {
		defineMethods(x.r, c.ctor, []builtin{{"supportedLocalesOf", 1, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				list := x.localeList(call.Argument(0))
				if o := call.Argument(1); !goja.IsUndefined(o) {
					if goja.IsNull(o) {
						throwType(r, "Cannot convert undefined or null to object")
					}
					intlOptions{x, o.ToObject(r), c.name}.str("localeMatcher", "best fit", "lookup", "best fit")
				}
				return stringArray(r, intl.Supported(list))
			}
		}}})
	}
	s.fill(x, c)
	return c
}

// legacy is ChainNumberFormat and ChainDateTimeFormat: a constructor that is
// called on an object of its own kind leaves the format there.
func (x *intlRealm) legacy(c *intlClass, this goja.Value, o *goja.Object) goja.Value {
	target, ok := this.(*goja.Object)
	if !ok || (c.name != "Intl.NumberFormat" && c.name != "Intl.DateTimeFormat") || !inherits(target, c.proto) {
		return o
	}
	if x.fallback == nil {
		x.fallback = goja.NewSymbol("IntlLegacyConstructedSymbol")
	}
	gojax.DefineProperty(target, x.fallback, goja.PropertyDescriptor{
		Value: o, Writable: goja.FLAG_FALSE, Enumerable: goja.FLAG_FALSE, Configurable: goja.FLAG_FALSE,
	})
	return target
}

func inherits(o, proto *goja.Object) bool {
	for o = o.Prototype(); o != nil; o = o.Prototype() {
		if o == proto {
			return true
		}
	}
	return false
}

// unwrap finds the slots of a receiver, also behind a legacy constructed object.
func unwrap[T any](x *intlRealm, c *intlClass, this goja.Value) (slots T, ok bool) {
	if slots, ok = gojax.State(this).(T); ok {
		return slots, true
	}
	if o, isObj := this.(*goja.Object); isObj && x.fallback != nil && inherits(o, c.proto) {
		slots, ok = gojax.State(gojax.Get(o, x.fallback)).(T)
	}
	return slots, ok
}

// receiver is the slots of a method's receiver.
func receiver[T any](x *intlRealm, c *intlClass, this goja.Value, method string) T {
	slots, ok := gojax.State(this).(T)
	if !ok {
		throwType(x.r, "Method %s.prototype.%s called on incompatible receiver %s", c.name, method, describe(this))
	}
	return slots
}

func stringArray(r *goja.Runtime, list []string) goja.Value {
	values := make([]goja.Value, len(list))
	for i, s := range list {
		values[i] = gojax.NewString(s)
	}
	return gojax.NewArray(r, values)
}

// partsArray is an array of { type, value } objects.
func partsArray(r *goja.Runtime, parts []intl.Part) goja.Value {
	values := make([]goja.Value, len(parts))
	for i, p := range parts {
		b := gojax.Build(r)
		b.Put("type", gojax.ASCII(p.Type))
		b.Put("value", gojax.NewString(p.Value))
		if p.Unit != "" {
			b.Put("unit", gojax.ASCII(p.Unit))
		}
		if p.Source != "" {
			b.Put("source", gojax.ASCII(p.Source))
		}
		values[i] = b.Object()
	}
	return gojax.NewArray(r, values)
}

// locale is the default locale.
func (x *intlRealm) locale() string {
	if x.defaultLocale == "" {
		name := ""
		for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if name = os.Getenv(key); name != "" {
				break
			}
		}
		x.defaultLocale = intl.DefaultLocale(name)
	}
	return x.defaultLocale
}

// canonicalTag is the canonical form of a tag; it throws if there is none.
func (x *intlRealm) canonicalTag(s string) string {
	c, ok := x.canonical[s]
	if !ok {
		if c, ok = intl.Canonicalize(s); !ok {
			throwRange(x.r, "Incorrect locale information provided")
		}
		if len(x.canonical) < 1000 {
			x.canonical[s] = c
		}
	}
	return c
}

// localeList is CanonicalizeLocaleList.
func (x *intlRealm) localeList(v goja.Value) []string {
	if goja.IsUndefined(v) {
		return nil
	}
	if s, ok := v.(goja.String); ok {
		return []string{x.canonicalTag(s.String())}
	}
	if l, ok := gojax.State(v).(*localeObject); ok {
		return []string{l.String()}
	}
	if goja.IsNull(v) {
		throwType(x.r, "Cannot convert undefined or null to object")
	}
	o := v.ToObject(x.r)
	var list []string
	for i := int64(0); i < lengthOf(o); i++ {
		key := x.r.ToValue(i)
		if !gojax.Has(o, key.ToString()) {
			continue
		}
		e := gojax.GetV(x.r, o, key.ToString())
		var tag string
		switch s := e.(type) {
		case goja.String:
			tag = x.canonicalTag(s.String())
		case *goja.Object:
			if l, ok := gojax.State(e).(*localeObject); ok {
				tag = l.String()
			} else {
				tag = x.canonicalTag(toString(e).String())
			}
		default:
			throwType(x.r, "Language ID should be string or object.")
		}
		if !slices.Contains(list, tag) {
			list = append(list, tag)
		}
	}
	return list
}

// intlOptions reads a bag of options; o is nil if there is none.
type intlOptions struct {
	x       *intlRealm
	o       *goja.Object
	service string
}

// coerceOptions is CoerceOptionsToObject.
func (x *intlRealm) coerceOptions(v goja.Value, service string) intlOptions {
	if goja.IsUndefined(v) {
		return intlOptions{x, nil, service}
	}
	if goja.IsNull(v) {
		throwType(x.r, "%s called on null or undefined", service)
	}
	return intlOptions{x, v.ToObject(x.r), service}
}

// objectOptions is GetOptionsObject.
func (x *intlRealm) objectOptions(v goja.Value, service string) intlOptions {
	if goja.IsUndefined(v) {
		return intlOptions{x, nil, service}
	}
	o, ok := v.(*goja.Object)
	if !ok {
		throwType(x.r, "invalid_argument")
	}
	return intlOptions{x, o, service}
}

func (p intlOptions) get(name string) goja.Value {
	if p.o == nil {
		return undefined()
	}
	return getStr(p.o, name)
}

// str is GetOption of a string; without allowed values any will do.
func (p intlOptions) str(name, fallback string, allowed ...string) string {
	v := p.get(name)
	if goja.IsUndefined(v) {
		return fallback
	}
	s := toString(v).String()
	if len(allowed) > 0 && !slices.Contains(allowed, s) {
		throwRange(p.x.r, "Value "+s+" out of range for "+p.service+" options property "+name)
	}
	return s
}

// boolean is GetOption of a boolean.
func (p intlOptions) boolean(name string) (value, set bool) {
	v := p.get(name)
	return v.ToBoolean(), !goja.IsUndefined(v)
}

// integer is GetNumberOption.
func (p intlOptions) integer(name string, lo, hi, fallback int) int {
	return p.defaultNumber(p.get(name), name, lo, hi, fallback)
}

// defaultNumber is DefaultNumberOption.
func (p intlOptions) defaultNumber(v goja.Value, name string, lo, hi, fallback int) int {
	if goja.IsUndefined(v) {
		return fallback
	}
	f := toNumber(v)
	if !(f >= float64(lo) && f <= float64(hi)) {
		throwRange(p.x.r, name+" value is out of range.")
	}
	return int(f)
}

// toNumber is ToNumber, which throws for symbols and BigInts.
func toNumber(v goja.Value) float64 {
	if o, ok := v.(*goja.Object); ok {
		v = toPrimitive(o, "number")
	}
	return v.ToFloat()
}

// optional is GetOption of a string without a fallback.
func (p intlOptions) optional(name string) (s string, set bool) {
	v := p.get(name)
	if goja.IsUndefined(v) {
		return "", false
	}
	return toString(v).String(), true
}

// keywordType reads an option whose value is a type of an extension key.
func (p intlOptions) keywordType(name string) string {
	s, set := p.optional(name)
	if set && !intl.IsType(s) {
		throwRange(p.x.r, "Invalid "+name+" : "+s)
	}
	return intl.CanonicalType(name, strings.ToLower(s))
}

// A keyChoice is one relevant extension key of ResolveLocale.
type keyChoice struct {
	key      string
	option   string // canonical; "" if there is none
	fallback string // the locale's own value; "" asks def
	def      func(locale string) string
	valid    func(value, locale string) bool
}

// A resolvedLocale is the record that ResolveLocale gives back.
type resolvedLocale struct {
	intl.Locale
	name   string // with the extension keys that were heeded
	values map[string]string
}

// resolve is ResolveLocale.
func (x *intlRealm) resolve(requested []string, keys ...keyChoice) resolvedLocale {
	m := intl.Match(requested, x.locale())
	res := resolvedLocale{Locale: m, values: map[string]string{}}
	var used [][2]string
	for _, k := range keys {
		value := k.fallback
		if k.def != nil {
			value = k.def(m.Base)
		}
		fromTag := false
		if v, ok := m.Keyword(k.key); ok {
			if v == "" {
				v = "true"
			}
			if k.valid(v, m.Base) {
				value, fromTag = v, true
			}
		}
		if k.option != "" && k.option != value && k.valid(k.option, m.Base) {
			value, fromTag = k.option, false
		}
		if fromTag {
			used = append(used, [2]string{k.key, value})
		}
		res.values[k.key] = value
	}
	res.name = m.Base
	if len(used) > 0 {
		res.name = m.WithKeywords(used)
	}
	return res
}

// builder puts the resolved options of an object.
type builder struct{ gojax.Builder }

func newBuilder(r *goja.Runtime) builder { return builder{gojax.Build(r)} }

func (b builder) str(name unistring.String, v string) {
	if v != "" {
		b.Put(name, gojax.NewString(v))
	}
}

func (b builder) num(name unistring.String, v int) { b.Put(name, gojax.Int(int64(v))) }
