// Package natives has what every binding's Go side needs of goja: functions
// with proper names and lengths, and strings that survive lone surrogates.
package natives

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// Func makes a native function with a name and a length.
func Func(vm *goja.Runtime, name string, length int, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	return gojax.NewFunc(vm, name, length, fn)
}

// Set gives o a native method, enumerable as module exports are.
func Set(vm *goja.Runtime, o *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) {
	if !gojax.LazyMethod(vm, o, name, length, fn) {
		_ = o.Set(name, Func(vm, name, length, fn))
	}
}

// Object makes an object for native methods: those that [Set] gives it are made
// when they are first touched, since few programs need many of a module's.
func Object(vm *goja.Runtime) *goja.Object { return gojax.NewLazyObject(vm) }

// IsString tells a primitive string.
func IsString(v goja.Value) bool {
	_, ok := v.(goja.String)
	return ok
}

// Text is the string's text in UTF-8, in which a lone surrogate is three bytes
// of its own (WTF-8), so that [String] gives back what came in.
func Text(v goja.Value) string {
	s := v.String()
	if !strings.Contains(s, "\uFFFD") {
		return s
	}
	u, ok := v.(goja.String)
	if !ok {
		u, ok = v.ToString().(goja.String)
		if !ok {
			return s
		}
	}
	b := make([]byte, 0, len(s))
	for i, n := 0, u.Length(); i < n; i++ {
		c := rune(u.CharAt(i))
		if c >= 0xD800 && c < 0xDC00 && i+1 < n {
			if d := rune(u.CharAt(i + 1)); d >= 0xDC00 && d < 0xE000 {
				b = utf8.AppendRune(b, 0x10000+(c-0xD800)<<10+(d-0xDC00))
				i++
				continue
			}
		}
		if c >= 0xD800 && c < 0xE000 {
			b = append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6)&0xBF, 0x80|byte(c)&0xBF)
			continue
		}
		b = utf8.AppendRune(b, c)
	}
	return string(b)
}

// String is the inverse of [Text].
func String(vm *goja.Runtime, s string) goja.Value {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii || utf8.ValidString(s) {
		return vm.ToValue(s)
	}
	u := make([]uint16, 0, len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1 && s[i] == 0xED && i+2 < len(s) && s[i+1] >= 0xA0 && s[i+2] >= 0x80:
			u = append(u, 0xD000|uint16(s[i+1]&0x3F)<<6|uint16(s[i+2]&0x3F))
			i += 3
			continue
		case r >= 0x10000:
			r -= 0x10000
			u = append(u, 0xD800+uint16(r>>10), 0xDC00+uint16(r&0x3FF))
		default:
			u = append(u, uint16(r))
		}
		i += n
	}
	return goja.StringFromUTF16(u)
}

// DecodeUTF8 is b as text; each maximal part of an ill-formed sequence becomes
// one U+FFFD, as the Encoding Standard wants it.
func DecodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			out.WriteByte(b[i])
			i++
			continue
		}
		if r, n := utf8.DecodeRune(b[i:]); r != utf8.RuneError || n > 1 {
			out.WriteRune(r)
			i += n
			continue
		}
		out.WriteRune(utf8.RuneError)
		i += subpart(b[i:])
	}
	return out.String()
}

// subpart is the length of the longest beginning of a well-formed sequence
// that the ill-formed b starts with; at least 1.
func subpart(b []byte) int {
	need, lo, hi := 0, byte(0x80), byte(0xBF)
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			lo = 0xA0
		} else if c == 0xED {
			hi = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			lo = 0x90
		} else if c == 0xF4 {
			hi = 0x8F
		}
	}
	n := 1
	for n <= need && n < len(b) && b[n] >= lo && b[n] <= hi {
		n++
		lo, hi = 0x80, 0xBF
	}
	return n
}
