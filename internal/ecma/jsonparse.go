package ecma

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// jsonParser reads JSON text made of bytes (ASCII) or UTF-16 code units. It
// keeps the values that it is inside of in a list, so that text may nest as
// deep as memory allows, which V8's does, too.
type jsonParser[C byte | uint16] struct {
	r     *goja.Runtime
	s     []C
	i     int
	stack []jsonLevel
	names map[string]unistring.String // of properties, seen before
	snaps bool                        // keep what a reviver is told of the source
	wide  []uint16                    // scratch
	key   []byte                      // scratch
}

// jsonLevel is an array or object that is not complete.
type jsonLevel struct {
	array  bool
	values []goja.Value
	obj    gojax.Builder
	name   unistring.String
	snap   *jsonSnap
}

// jsonSnap is a parsed value with its source text, or its parts'.
type jsonSnap struct {
	value  goja.Value
	source string
	elems  []*jsonSnap
	props  map[unistring.String]*jsonSnap
}

func parseJSON(r *goja.Runtime, text goja.String, snaps bool) (goja.Value, *jsonSnap) {
	ascii, wide, _ := gojax.CodeUnits(text)
	if wide == nil {
		p := &jsonParser[byte]{r: r, s: []byte(ascii), snaps: snaps}
		return p.parse()
	}
	p := &jsonParser[uint16]{r: r, s: wide, snaps: snaps}
	return p.parse()
}

func (p *jsonParser[C]) space() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

func (p *jsonParser[C]) parse() (goja.Value, *jsonSnap) {
	var v goja.Value
	var snap *jsonSnap
	for {
		// A value begins here.
		p.space()
		if p.i >= len(p.s) {
			p.end()
		}
		start := p.i
		switch c := p.s[p.i]; {
		case c == '{':
			p.i++
			l := jsonLevel{obj: gojax.Build(p.r)}
			if p.snaps {
				l.snap = &jsonSnap{props: map[unistring.String]*jsonSnap{}}
			}
			p.space()
			if p.i < len(p.s) && p.s[p.i] == '}' {
				p.i++
				v, snap = l.obj.Object(), l.snap
				break
			}
			if p.i >= len(p.s) || p.s[p.i] != '"' {
				p.fail("Expected property name or '}' in JSON")
			}
			p.stack = append(p.stack, l)
			p.property()
			continue
		case c == '[':
			p.i++
			l := jsonLevel{array: true}
			if p.snaps {
				l.snap = &jsonSnap{}
			}
			p.space()
			if p.i < len(p.s) && p.s[p.i] == ']' {
				p.i++
				v, snap = gojax.NewArray(p.r, nil), l.snap
				break
			}
			p.stack = append(p.stack, l)
			continue
		case c == '"':
			v = p.str()
		case c == '-' || c >= '0' && c <= '9':
			v = p.number()
		case c == 't':
			p.word("true")
			v = p.r.ToValue(true)
		case c == 'f':
			p.word("false")
			v = p.r.ToValue(false)
		case c == 'n':
			p.word("null")
			v = goja.Null()
		default:
			p.unexpected()
		}
		if p.snaps {
			if snap == nil {
				snap = &jsonSnap{source: p.text(start, p.i)}
			}
			snap.value = v
		}
		// The value is complete: so may be those around it.
		for {
			if len(p.stack) == 0 {
				p.space()
				if p.i < len(p.s) {
					p.fail("Unexpected non-whitespace character after JSON")
				}
				return v, snap
			}
			l := &p.stack[len(p.stack)-1]
			p.space()
			c := C(0)
			if p.i < len(p.s) {
				c = p.s[p.i]
			}
			if l.array {
				l.values = append(l.values, v)
				if p.snaps {
					l.snap.elems = append(l.snap.elems, snap)
				}
				if c == ',' {
					p.i++
					break
				}
				if c != ']' {
					p.fail("Expected ',' or ']' after array element in JSON")
				}
				v = gojax.NewArray(p.r, l.values)
			} else {
				l.obj.Put(l.name, v)
				if p.snaps {
					l.snap.props[l.name] = snap
				}
				if c == ',' {
					p.i++
					p.space()
					if p.i >= len(p.s) || p.s[p.i] != '"' {
						p.fail("Expected double-quoted property name in JSON")
					}
					p.property()
					break
				}
				if c != '}' {
					p.fail("Expected ',' or '}' after property value in JSON")
				}
				v = l.obj.Object()
			}
			p.i++
			snap = l.snap
			if snap != nil {
				snap.value = v
			}
			p.stack[len(p.stack)-1] = jsonLevel{}
			p.stack = p.stack[:len(p.stack)-1]
		}
		snap = nil
	}
}

// property reads a name and the colon, into the innermost object.
func (p *jsonParser[C]) property() {
	l := &p.stack[len(p.stack)-1]
	// A plain name that was seen before needs no memory.
	i := p.i + 1
	p.key = p.key[:0]
	for i < len(p.s) && p.s[i] != '"' && p.s[i] != '\\' && p.s[i] >= ' ' && p.s[i] < 0x80 {
		p.key = append(p.key, byte(p.s[i]))
		i++
	}
	if i < len(p.s) && p.s[i] == '"' {
		p.i = i + 1
		name, ok := p.names[string(p.key)]
		if !ok {
			name = unistring.String(string(p.key))
			if p.names == nil {
				p.names = map[string]unistring.String{}
			}
			if len(p.names) < 1024 {
				p.names[string(name)] = name
			}
		}
		l.name = name
	} else {
		l.name = propertyName(p.str())
	}
	p.space()
	if p.i >= len(p.s) || p.s[p.i] != ':' {
		p.fail("Expected ':' after property name in JSON")
	}
	p.i++
}

func propertyName(v goja.Value) unistring.String {
	ascii, wide, _ := gojax.CodeUnits(v)
	if wide == nil {
		return unistring.String(ascii)
	}
	return unistring.FromUtf16(append([]uint16{unistring.BOM}, wide...))
}

// str reads a string literal.
func (p *jsonParser[C]) str() goja.Value {
	p.i++
	start := p.i
	wide := false
	for p.i < len(p.s) {
		c := p.s[p.i]
		if c == '"' {
			v := p.plain(start, p.i, wide)
			p.i++
			return v
		}
		if c == '\\' {
			return p.escaped(start)
		}
		if c < ' ' {
			p.fail("Bad control character in string literal in JSON")
		}
		wide = wide || c >= 0x80
		p.i++
	}
	p.fail("Unterminated string in JSON")
	return nil
}

// plain is a part of the text as a string of its own.
func (p *jsonParser[C]) plain(from, to int, wide bool) goja.Value {
	if wide {
		u := make([]uint16, to-from)
		for i := range u {
			u[i] = uint16(p.s[from+i])
		}
		return goja.StringFromUTF16(u)
	}
	return gojax.ASCII(p.text(from, to))
}

func (p *jsonParser[C]) text(from, to int) string {
	var b strings.Builder
	b.Grow(to - from)
	for _, c := range p.s[from:to] {
		if c >= 0x80 {
			return goja.StringFromUTF16(p.utf16(from, to)).String()
		}
		b.WriteByte(byte(c))
	}
	return b.String()
}

func (p *jsonParser[C]) utf16(from, to int) []uint16 {
	u := make([]uint16, 0, to-from)
	for _, c := range p.s[from:to] {
		u = append(u, uint16(c))
	}
	return u
}

// escaped goes on with a string literal in which there are escapes.
func (p *jsonParser[C]) escaped(start int) goja.Value {
	u := p.wide[:0]
	ascii := true
	for _, c := range p.s[start:p.i] {
		ascii = ascii && c < 0x80
		u = append(u, uint16(c))
	}
	for {
		if p.i >= len(p.s) {
			p.fail("Unterminated string in JSON")
		}
		c := uint16(p.s[p.i])
		switch {
		case c == '"':
			p.i++
			p.wide = u
			if !ascii {
				return goja.StringFromUTF16(append([]uint16(nil), u...))
			}
			b := make([]byte, len(u))
			for i, c := range u {
				b[i] = byte(c)
			}
			return gojax.ASCII(string(b))
		case c < ' ':
			p.fail("Bad control character in string literal in JSON")
		case c == '\\':
			p.i++
			if p.i >= len(p.s) {
				p.end()
			}
			switch e := p.s[p.i]; e {
			case '"', '\\', '/':
				c = uint16(e)
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'u':
				c = 0
				for range 4 {
					p.i++
					if p.i >= len(p.s) {
						p.fail("Bad Unicode escape in JSON")
					}
					d := hexDigit(uint16(p.s[p.i]))
					if d < 0 {
						p.fail("Bad Unicode escape in JSON")
					}
					c = c<<4 | uint16(d)
				}
			default:
				p.fail("Bad escaped character in JSON")
			}
		}
		p.i++
		ascii = ascii && c < 0x80
		u = append(u, c)
	}
}

func hexDigit(c uint16) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c - 'a' + 10)
	case c >= 'A' && c <= 'F':
		return int(c - 'A' + 10)
	}
	return -1
}

func (p *jsonParser[C]) digit() bool { return p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' }

func (p *jsonParser[C]) number() goja.Value {
	start := p.i
	neg := p.s[p.i] == '-'
	if neg {
		p.i++
		if !p.digit() {
			p.fail("No number after minus sign in JSON")
		}
	}
	var n int64
	first := p.i
	if p.s[p.i] == '0' {
		p.i++
		if p.digit() {
			p.fail("Unexpected number in JSON")
		}
	} else {
		for p.digit() {
			if p.i-first < 15 {
				n = n*10 + int64(p.s[p.i]-'0')
			}
			p.i++
		}
	}
	whole := true
	digits := p.i - first
	if p.i < len(p.s) && p.s[p.i] == '.' {
		whole = false
		p.i++
		if !p.digit() {
			p.fail("Unterminated fractional number in JSON")
		}
		for p.digit() {
			p.i++
		}
	}
	if p.i < len(p.s) && (p.s[p.i] == 'e' || p.s[p.i] == 'E') {
		whole = false
		p.i++
		if p.i < len(p.s) && (p.s[p.i] == '+' || p.s[p.i] == '-') {
			p.i++
		}
		if !p.digit() {
			p.fail("Exponent part is missing a number in JSON")
		}
		for p.digit() {
			p.i++
		}
	}
	if whole && digits <= 15 {
		if neg {
			if n == 0 {
				return gojax.Float(math.Copysign(0, -1))
			}
			n = -n
		}
		return gojax.Int(n)
	}
	p.key = p.key[:0]
	for _, c := range p.s[start:p.i] {
		p.key = append(p.key, byte(c))
	}
	f, _ := strconv.ParseFloat(string(p.key), 64) // too large is infinite, as it should be
	return gojax.Float(f)
}

func (p *jsonParser[C]) word(w string) {
	for i := range len(w) {
		if p.i >= len(p.s) {
			p.end()
		}
		if p.s[p.i] != C(w[i]) {
			p.unexpected()
		}
		p.i++
	}
}

func (p *jsonParser[C]) end() { panic(syntaxError(p.r, "Unexpected end of JSON input")) }

// fail throws with V8's words and the place.
func (p *jsonParser[C]) fail(msg string) {
	line, column := 1, 1
	for i, c := range p.s[:min(p.i, len(p.s))] {
		if c == '\n' || c == '\r' && !(i+1 < len(p.s) && p.s[i+1] == '\n') {
			line, column = line+1, 1
		} else {
			column++
		}
	}
	panic(syntaxError(p.r, msg+" at position "+strconv.Itoa(p.i)+" (line "+strconv.Itoa(line)+" column "+strconv.Itoa(column)+")"))
}

// unexpected throws for a token that begins no value; a long text is shown around it.
func (p *jsonParser[C]) unexpected() {
	const around = 10
	from, to := p.i-around, p.i+around
	head, tail := "...", "..."
	if from <= 0 || len(p.s) <= 2*around {
		from, head = 0, ""
	}
	if to >= len(p.s) || len(p.s) <= 2*around {
		to, tail = len(p.s), ""
	}
	token := goja.StringFromUTF16(p.utf16(p.i, p.i+1)).String()
	panic(syntaxError(p.r, "Unexpected token '"+token+"', "+head+`"`+p.text(from, to)+`"`+tail+" is not valid JSON"))
}

func syntaxError(r *goja.Runtime, msg string) *goja.Object {
	o, err := r.New(r.Get("SyntaxError"), gojax.NewString(msg))
	if err != nil {
		panic(err)
	}
	return o
}

// reviver is the second argument of one JSON.parse.
type reviver struct {
	r  *goja.Runtime
	fn call
}

// walk is InternalizeJSONProperty; snap is what was parsed there, while the
// value is still that one.
func (w *reviver) walk(holder *goja.Object, name goja.Value, snap *jsonSnap) goja.Value {
	return nested(w.r, func() goja.Value {
		v := gojax.Get(holder, name)
		context := w.r.NewObject()
		if snap != nil && snap.value != v && !(snap.source != "" && snap.value.SameAs(v)) {
			snap = nil
		}
		o, ok := v.(*goja.Object)
		if !ok {
			if snap != nil {
				_ = context.Set("source", snap.source)
			}
			return w.call(holder, name, v, context)
		}
		put := func(key goja.Value, part *jsonSnap) {
			e := w.walk(o, key, part)
			if goja.IsUndefined(e) {
				gojax.Delete(o, key)
			} else {
				gojax.TryCreateDataProperty(o, key, e)
			}
		}
		if isArray(w.r, o) {
			n := lengthOf(o)
			for i := int64(0); i < n; i++ {
				var part *jsonSnap
				if snap != nil && i < int64(len(snap.elems)) {
					part = snap.elems[i]
				}
				put(gojax.NewString(strconv.FormatInt(i, 10)), part)
			}
		} else {
			for _, key := range enumerableKeys(o) {
				var part *jsonSnap
				if snap != nil {
					part = snap.props[propertyName(toString(key))]
				}
				put(key, part)
			}
		}
		return w.call(holder, name, v, context)
	})
}

func (w *reviver) call(holder *goja.Object, name, v goja.Value, context *goja.Object) goja.Value {
	return w.fn(goja.FunctionCall{This: holder, Arguments: []goja.Value{name, v, context}})
}

// enumerableKeys is EnumerableOwnProperties(o, key).
func enumerableKeys(o *goja.Object) []goja.Value { return gojax.OwnKeys(o) }

func extendJSON(t *gojax.Templates) {
	onFirstUse(t, "JSON", func(r *goja.Runtime, o *goja.Object) {
		replace := func(name string, f call) {
			gojax.WrapCall(o.Get(name).(*goja.Object), func(call) call { return f })
		}
		replace("parse", func(c goja.FunctionCall) goja.Value {
			arg := c.Argument(0)
			text := toString(arg)
			switch arg.(type) {
			case goja.String:
			default:
				if s := text.String(); s == "undefined" || s == "[object Object]" {
					panic(syntaxError(r, `"`+s+`" is not valid JSON`))
				}
			}
			fn := function(c.Argument(1))
			v, snap := parseJSON(r, text, fn != nil)
			if fn == nil {
				return v
			}
			root := r.NewObject()
			name := gojax.NewString("")
			gojax.CreateDataProperty(root, name, v)
			return (&reviver{r, fn}).walk(root, name, snap)
		})
		replace("stringify", func(c goja.FunctionCall) goja.Value { return stringify(r, c) })
		replace("rawJSON", func(c goja.FunctionCall) goja.Value { return rawJSON(r, c.Argument(0)) })
		replace("isRawJSON", func(c goja.FunctionCall) goja.Value {
			_, ok := gojax.State(c.Argument(0)).(rawText)
			return r.ToValue(ok)
		})
	})
}

// rawText is the internal slot of JSON.rawJSON's objects.
type rawText struct{ text goja.String }

func rawJSON(r *goja.Runtime, v goja.Value) goja.Value {
	s := toString(v)
	if s.Length() == 0 {
		panic(syntaxError(r, "Invalid value for JSON.rawJSON"))
	}
	first, last := s.CharAt(0), s.CharAt(s.Length()-1)
	space := func(c uint16) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
	if space(first) || first == '{' || first == '[' {
		panic(syntaxError(r, "Unexpected token '"+string(rune(first))+`', "`+s.String()+`" is not valid JSON`))
	}
	if space(last) {
		panic(syntaxError(r, "Invalid value for JSON.rawJSON"))
	}
	if _, ok := v.(goja.String); !ok && s.String() == "undefined" {
		panic(syntaxError(r, `"undefined" is not valid JSON`))
	}
	parseJSON(r, s, false)
	o := gojax.NewSlotted(r, nil, rawText{s})
	_ = o.Set("rawJSON", s)
	return freeze(r, o)
}

// freeze is Object.freeze as it was made.
func freeze(r *goja.Runtime, o *goja.Object) goja.Value {
	type key struct{}
	fn := gojax.RealmValue(r, key{}, func() call { return function(r.Get("Object").(*goja.Object).Get("freeze")) })
	return fn(goja.FunctionCall{This: undefined(), Arguments: []goja.Value{o}})
}
