package ecma

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// maxString is the length of V8's longest string.
const maxString = gojax.MaxStringLength

// extendString adds Annex B's HTML methods and the well-formedness methods, and
// bounds what makes long strings.
func extendString(t *gojax.Templates) {
	var list []builtin
	for _, m := range [...]struct{ name, tag, attr string }{
		{"anchor", "a", "name"}, {"big", "big", ""}, {"blink", "blink", ""}, {"bold", "b", ""}, {"fixed", "tt", ""},
		{"fontcolor", "font", "color"}, {"fontsize", "font", "size"}, {"italics", "i", ""}, {"link", "a", "href"},
		{"small", "small", ""}, {"strike", "strike", ""}, {"sub", "sub", ""}, {"sup", "sup", ""},
	} {
		length := 0
		if m.attr != "" {
			length = 1
		}
		list = append(list, builtin{m.name, length, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				s := thisString(r, c.This, m.name)
				open := "<" + m.tag
				head := r.ToValue(open + ">").(goja.String)
				if m.attr != "" {
					v := replaceQuotes(r, toString(c.Argument(0)))
					head = concat(r, r.ToValue(open+" "+m.attr+"=\"").(goja.String), v, r.ToValue("\">").(goja.String))
				}
				return concat(r, head, s, r.ToValue("</"+m.tag+">").(goja.String))
			}
		}})
	}
	list = append(list,
		builtin{"isWellFormed", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				_, wide, _ := gojax.CodeUnits(thisString(r, c.This, "isWellFormed"))
				return r.ToValue(loneSurrogate(wide, 0) < 0)
			}
		}},
		builtin{"toWellFormed", 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				s := thisString(r, c.This, "toWellFormed")
				_, wide, _ := gojax.CodeUnits(s)
				at := loneSurrogate(wide, 0)
				if at < 0 {
					return s
				}
				fixed := append([]uint16{}, wide...)
				for ; at >= 0; at = loneSurrogate(fixed, at+1) {
					fixed[at] = 0xFFFD
				}
				return goja.StringFromUTF16(fixed)
			}
		}})
	putMethods(t.StringProto, list)
	bound := func(name string, check func(r *goja.Runtime, c goja.FunctionCall) goja.FunctionCall) {
		t.StringProto.Wrap(name, func(r *goja.Runtime, v goja.Value) goja.Value {
			gojax.WrapCall(gojax.PropValue(v).(*goja.Object), func(next call) call {
				return func(c goja.FunctionCall) goja.Value { return next(check(r, c)) }
			})
			return v
		})
	}
	bound("repeat", func(r *goja.Runtime, c goja.FunctionCall) goja.FunctionCall {
		s := thisString(r, c.This, "repeat")
		n := integer(c.Argument(0))
		if n < 0 || math.IsInf(n, 1) {
			throwRange(r, "Invalid count value: "+c.Argument(0).String())
		}
		if s.Length() == 0 {
			n = 0
		}
		if float64(s.Length())*n > maxString {
			throwRange(r, "Invalid string length")
		}
		return goja.FunctionCall{This: s, Arguments: []goja.Value{r.ToValue(int64(n))}}
	})
	pad := func(name string) {
		bound(name, func(r *goja.Runtime, c goja.FunctionCall) goja.FunctionCall {
			s := thisString(r, c.This, name)
			n := integer(c.Argument(0))
			out := goja.FunctionCall{This: s, Arguments: []goja.Value{r.ToValue(int64(math.Min(math.Max(n, 0), 1<<53-1)))}}
			if int(math.Min(n, 1<<53)) <= s.Length() {
				return out
			}
			if f := c.Argument(1); !goja.IsUndefined(f) {
				fill := toString(f)
				out.Arguments = append(out.Arguments, fill)
				if fill.Length() == 0 {
					return out
				}
			}
			if n > maxString {
				throwRange(r, "Invalid string length")
			}
			return out
		})
	}
	pad("padStart")
	pad("padEnd")
	bound("concat", func(r *goja.Runtime, c goja.FunctionCall) goja.FunctionCall {
		s := thisString(r, c.This, "concat")
		n := s.Length()
		for i, a := range c.Arguments {
			str := toString(a)
			c.Arguments[i] = str
			n += str.Length()
		}
		if n > maxString {
			throwRange(r, "Invalid string length")
		}
		c.This = s
		return c
	})
}

func replaceQuotes(r *goja.Runtime, s goja.String) goja.String {
	ascii, wide, _ := gojax.CodeUnits(s)
	if wide == nil {
		return r.ToValue(strings.ReplaceAll(ascii, `"`, "&quot;")).(goja.String)
	}
	quot := utf16.Encode([]rune("&quot;"))
	var out []uint16
	for _, u := range wide {
		if u == '"' {
			out = append(out, quot...)
		} else {
			out = append(out, u)
		}
	}
	return goja.StringFromUTF16(out)
}

// concat joins strings, bounded as V8's are.
func concat(r *goja.Runtime, parts ...goja.String) goja.String {
	var b goja.StringBuilder
	n := 0
	for _, p := range parts {
		if n += p.Length(); n > maxString {
			throwRange(r, "Invalid string length")
		}
		b.WriteString(p)
	}
	return b.String()
}

// loneSurrogate is the place of the first one at or after from, -1 if there is none.
func loneSurrogate(u []uint16, from int) int {
	for i := from; i < len(u); i++ {
		switch c := u[i]; {
		case c&0xFC00 == 0xD800 && i+1 < len(u) && u[i+1]&0xFC00 == 0xDC00:
			i++
		case c&0xF800 == 0xD800:
			return i
		}
	}
	return -1
}
