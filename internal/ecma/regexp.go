package ecma

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// extendRegExp adds RegExp.escape and has the constructor's patterns expanded
// as those of literals are.
func extendRegExp(t *gojax.Templates) {
	onFirstUse(t, "RegExp", func(r *goja.Runtime, ctor *goja.Object) {
		gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
			return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
				return expanded(args, func(args []goja.Value) goja.Value { return next(args, newTarget) }).(*goja.Object)
			}
		})
		gojax.WrapCall(ctor, func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				return expanded(c.Arguments, func(args []goja.Value) goja.Value {
					return next(goja.FunctionCall{This: c.This, Arguments: args})
				})
			}
		})
		proto := ctor.Get("prototype").(*goja.Object)
		if p, ok := gojax.GetOwn(proto, gojax.NewString("source")); ok && p.Getter != nil {
			gojax.WrapCall(p.Getter, func(next call) call {
				return func(c goja.FunctionCall) goja.Value {
					if o, ok := c.This.(*goja.Object); ok && gojax.KindOf(o) == gojax.KindRegExp {
						return escapedSource(gojax.RegExpSource(o))
					}
					return next(c)
				}
			})
		}
		gojax.WrapCall(proto.Get("toString").(*goja.Object), func(call) call {
			return func(c goja.FunctionCall) goja.Value {
				o, ok := c.This.(*goja.Object)
				if !ok {
					throwType(r, "Method RegExp.prototype.toString called on incompatible receiver %s", describe(c.This))
				}
				source := toString(getStr(o, "source"))
				slash := gojax.NewString("/")
				return concat(r, slash, source, slash, toString(getStr(o, "flags")))
			}
		})
		defineMethods(r, ctor, []builtin{{"escape", 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				s, ok := c.Argument(0).(goja.String)
				if !ok {
					throwType(r, "%s is not a string", describe(c.Argument(0)))
				}
				return gojax.NewString(escapeRegExp(s))
			}
		}}})
	})
}

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

// expanded makes a regular expression of the constructor's arguments.
func expanded(args []goja.Value, construct func([]goja.Value) goja.Value) goja.Value {
	c := goja.FunctionCall{Arguments: args}
	pattern, flags := c.Argument(0), c.Argument(1)
	if o, ok := pattern.(*goja.Object); ok {
		if gojax.KindOf(o) != gojax.KindRegExp || goja.IsUndefined(flags) {
			return construct(args)
		}
		pattern = gojax.RegExpSource(o)
	}
	source := gojax.NewString("")
	if !goja.IsUndefined(pattern) {
		source = toString(pattern)
	}
	f := ""
	if !goja.IsUndefined(flags) {
		flags = toString(flags)
		f = flags.String()
	}
	text := source.String()
	out, changed := text, false
	if !strings.ContainsRune(text, utf8.RuneError) { // a lone surrogate would be lost
		out, changed = compile.ExpandRegExp(text, f)
	}
	if !changed {
		return construct([]goja.Value{source, flags})
	}
	o := construct([]goja.Value{gojax.NewString(out), flags}).(*goja.Object)
	gojax.SetRegExpSource(o, source)
	return o
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
