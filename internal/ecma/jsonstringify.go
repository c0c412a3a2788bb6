package ecma

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// jsonWriter is one JSON.stringify. It writes UTF-8: lone surrogates are escaped.
type jsonWriter struct {
	r        *goja.Runtime
	b        []byte
	replacer call
	list     []goja.Value // of property names; nil for all
	gap      string
	indent   string
	stack    []jsonEntry
	toJSON   goja.Value
	calls    int // of JavaScript, which may have changed what is being written
}

// jsonEntry is an object that is being written, and the key at which it was.
type jsonEntry struct {
	o   *goja.Object
	key goja.Value
}

func stringify(r *goja.Runtime, c goja.FunctionCall) goja.Value {
	w := &jsonWriter{r: r, toJSON: gojax.ASCII("toJSON")}
	if o, ok := c.Argument(1).(*goja.Object); ok {
		if fn := function(o); fn != nil {
			w.replacer = fn
		} else if isArray(r, o) {
			w.list = propertyList(r, o)
		}
	}
	w.gap = jsonGap(c.Argument(2))
	v := c.Argument(0)
	var holder *goja.Object
	if w.replacer != nil {
		holder = r.NewObject()
		gojax.CreateDataProperty(holder, gojax.NewString(""), v)
	}
	if !w.property(holder, gojax.NewString(""), v) {
		return undefined()
	}
	if len(w.b) > maxString && utf8.RuneCount(w.b) > maxString {
		throwRange(r, "Invalid string length")
	}
	return gojax.NewString(string(w.b))
}

func propertyList(r *goja.Runtime, o *goja.Object) []goja.Value {
	list := []goja.Value{}
	seen := map[string]bool{}
	n := lengthOf(o)
	for i := int64(0); i < n; i++ {
		v := gojax.Get(o, gojax.Int(i))
		switch x := v.(type) {
		case goja.String:
		case *goja.Object:
			if x.ClassName() != "Number" && x.ClassName() != "String" {
				continue
			}
		default:
			if !goja.IsNumber(v) {
				continue
			}
		}
		s := toString(v)
		if id := stringID(s); !seen[id] {
			seen[id] = true
			list = append(list, s)
		}
	}
	return list
}

func jsonGap(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		switch o.ClassName() {
		case "Number":
			v = o.ToNumber()
		case "String":
			v = toString(o)
		}
	}
	if s, ok := v.(goja.String); ok {
		if s.Length() > 10 {
			s = s.Substring(0, 10)
		}
		return s.String()
	}
	if goja.IsNumber(v) {
		return strings.Repeat(" ", int(math.Min(math.Max(integer(v), 0), 10)))
	}
	return ""
}

// property is SerializeJSONProperty; false for what is left out. v is what the
// holder has under key.
func (w *jsonWriter) property(holder *goja.Object, key, v goja.Value) bool {
	o, isObject := v.(*goja.Object)
	if isObject || goja.IsBigInt(v) {
		if fn := function(gojax.GetV(w.r, v, w.toJSON)); fn != nil {
			w.calls++
			v = fn(goja.FunctionCall{This: v, Arguments: []goja.Value{toString(key)}})
			o, isObject = v.(*goja.Object)
		}
	}
	if w.replacer != nil {
		w.calls++
		v = w.replacer(goja.FunctionCall{This: holder, Arguments: []goja.Value{toString(key), v}})
		o, isObject = v.(*goja.Object)
	}
	if isObject {
		switch gojax.KindOf(o) {
		case gojax.KindPrimitive, gojax.KindString:
			switch p := gojax.Primitive(o).(type) {
			case goja.String:
				w.calls++
				v, isObject = toString(o), false
			case *goja.Symbol:
			default:
				if goja.IsNumber(p) {
					w.calls++
					v = o.ToNumber()
				} else {
					v = p
				}
				isObject = false
			}
		}
	}
	if isObject {
		if raw, ok := gojax.State(o).(rawText); ok {
			w.b = append(w.b, raw.text.String()...)
			return true
		}
		if isCallable(o) {
			return false
		}
		w.object(o, key)
		return true
	}
	switch x := v.(type) {
	case goja.String:
		w.quote(x)
		return true
	case *goja.Symbol:
		return false
	case nil:
		return false
	}
	switch {
	case goja.IsUndefined(v):
		return false
	case goja.IsNull(v):
		w.b = append(w.b, "null"...)
	case goja.IsNumber(v):
		w.number(v)
	case goja.IsBigInt(v):
		throwType(w.r, "Do not know how to serialize a BigInt")
	default:
		w.b = strconv.AppendBool(w.b, v.ToBoolean())
	}
	return true
}

func (w *jsonWriter) number(v goja.Value) {
	f := v.ToFloat()
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		w.b = append(w.b, "null"...)
	case f == math.Trunc(f) && math.Abs(f) < 1<<53:
		w.b = strconv.AppendInt(w.b, int64(f), 10)
	default:
		w.b = append(w.b, v.String()...)
	}
}

const hexDigits = "0123456789abcdef"

// quote is QuoteJSONString.
func (w *jsonWriter) quote(s goja.String) {
	ascii, wide, _ := gojax.CodeUnits(s)
	if len(w.b)+len(ascii)+len(wide) > 3*maxString {
		throwRange(w.r, "Invalid string length")
	}
	b := append(w.b, '"')
	escape := func(c byte) {
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	if wide == nil {
		from := 0
		for i := range len(ascii) {
			if c := ascii[i]; c < ' ' || c == '"' || c == '\\' {
				b = append(b, ascii[from:i]...)
				escape(c)
				from = i + 1
			}
		}
		b = append(b, ascii[from:]...)
	}
	for i := 0; i < len(wide); i++ {
		switch c := wide[i]; {
		case c < ' ' || c == '"' || c == '\\':
			escape(byte(c))
		case c&0xF800 != 0xD800:
			b = utf8.AppendRune(b, rune(c))
		case c < 0xDC00 && i+1 < len(wide) && wide[i+1]&0xFC00 == 0xDC00:
			i++
			b = utf8.AppendRune(b, 0x10000+rune(c&0x3FF)<<10+rune(wide[i]&0x3FF))
		default:
			b = append(b, '\\', 'u', hexDigits[c>>12], hexDigits[c>>8&15], hexDigits[c>>4&15], hexDigits[c&15])
		}
	}
	w.b = append(b, '"')
}

// object writes an array or another object.
func (w *jsonWriter) object(o *goja.Object, key goja.Value) {
	for i := range w.stack {
		if w.stack[i].o == o {
			w.circular(i, key)
		}
	}
	if len(w.stack) > maxDepth {
		throwRange(w.r, "Maximum call stack size exceeded")
	}
	w.stack = append(w.stack, jsonEntry{o, key})
	outer := w.indent
	w.indent += w.gap
	any := false
	if isArray(w.r, o) {
		w.b = append(w.b, '[')
		any = w.elements(o)
	} else {
		w.b = append(w.b, '{')
		any = w.members(o)
	}
	w.indent = outer
	w.stack = w.stack[:len(w.stack)-1]
	if any && w.gap != "" {
		w.line()
	}
	if w.b = append(w.b, '}'); isArray(w.r, o) {
		w.b[len(w.b)-1] = ']'
	}
}

func (w *jsonWriter) line() {
	w.b = append(w.b, '\n')
	w.b = append(w.b, w.indent...)
}

// next begins another element or member.
func (w *jsonWriter) next(first bool) {
	if !first {
		w.b = append(w.b, ',')
	}
	if w.gap != "" {
		w.line()
	}
}

func (w *jsonWriter) elements(o *goja.Object) bool {
	n := lengthOf(o)
	values, dense := gojax.Elements(o)
	calls := w.calls
	for i := int64(0); i < n; i++ {
		w.next(i == 0)
		var v goja.Value
		if dense && calls == w.calls && i < int64(len(values)) {
			v = values[i]
		}
		if v == nil { // a hole may be filled from the prototype
			v = gojax.Get(o, gojax.Int(i))
			dense = dense && calls == w.calls
		}
		if !w.property(o, gojax.Int(i), v) {
			w.b = append(w.b, "null"...)
		}
	}
	return n > 0
}

func (w *jsonWriter) members(o *goja.Object) bool {
	first := true
	member := func(key, v goja.Value) {
		mark := len(w.b)
		w.next(first)
		w.quote(toString(key))
		w.b = append(w.b, ':')
		if w.gap != "" {
			w.b = append(w.b, ' ')
		}
		if w.property(o, key, v) {
			first = false
		} else {
			w.b = w.b[:mark]
		}
	}
	if w.list == nil {
		if props, ok := gojax.Enumerable(o); ok {
			calls := w.calls
			for _, p := range props {
				key := gojax.ASCII(p.Name)
				v := p.Value
				if p.Accessor || calls != w.calls {
					v = gojax.Get(o, key)
					if p.Accessor {
						w.calls++
					}
				}
				member(key, v)
			}
			return !first
		}
	}
	keys := w.list
	if keys == nil {
		keys = enumerableKeys(o)
	}
	for _, key := range keys {
		w.calls++ // a getter, a proxy's trap
		member(key, gojax.Get(o, key))
	}
	return !first
}

// circular throws V8's description of the circle that begins at stack[at].
func (w *jsonWriter) circular(at int, closing goja.Value) {
	constructor := func(o *goja.Object) string {
		name := "Object"
		_ = w.r.Try(func() {
			if c, ok := o.Get("constructor").(*goja.Object); ok {
				if s := c.Get("name").String(); s != "" {
					name = s
				}
			}
		})
		return "object with constructor '" + name + "'"
	}
	label := func(key goja.Value) string {
		if goja.IsNumber(key) {
			return "index " + key.String()
		}
		return "property '" + key.String() + "'"
	}
	msg := "Converting circular structure to JSON\n    --> starting at " + constructor(w.stack[at].o)
	line := func(e jsonEntry) { msg += "\n    |     " + label(e.key) + " -> " + constructor(e.o) }
	rest := w.stack[at+1:]
	for i, e := range rest {
		switch {
		case i < 2 || i == len(rest)-1:
			line(e)
		case i == 2:
			msg += "\n    |     ..."
		}
	}
	msg += "\n    --- " + label(closing) + " closes the circle"
	o, err := w.r.New(w.r.Get("TypeError"), gojax.NewString(msg))
	if err != nil {
		panic(err)
	}
	panic(o)
}
