package querystring

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

const upperHex = "0123456789ABCDEF"

func unreserved(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		return true
	}
	switch c {
	case '-', '.', '_', '~', '!', '\'', '(', ')', '*':
		return true
	}
	return false
}

func unhex(c uint16) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// Escape percent-encodes a string, of which units is the UTF-16 form. ok is
// false if it ends in half a surrogate pair.
func Escape(s string, units goja.String) (string, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if !unreserved(s[i]) {
			n++
		}
	}
	if n == 0 {
		return s, true
	}
	out := make([]byte, 0, len(s)+2*n)
	if strings.Contains(s, "\uFFFD") { // perhaps lone surrogates: as Node pairs them
		b := make([]byte, 0, len(s))
		for i, n := 0, units.Length(); i < n; i++ {
			c := rune(units.CharAt(i))
			if c >= 0xD800 && c < 0xE000 {
				if i++; i >= n {
					return "", false
				}
				c = 0x10000 + (c&0x3FF)<<10 | rune(units.CharAt(i))&0x3FF
			}
			b = utf8.AppendRune(b, c)
		}
		s = string(b)
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; unreserved(c) {
			out = append(out, c)
		} else {
			out = append(out, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return string(out), true
}

// Unescape is decodeURIComponent; ok is false where that throws.
func Unescape(s string) (string, bool) {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s, true
	}
	out := make([]byte, 0, len(s))
	out = append(out, s[:i]...)
	for i < len(s) {
		if s[i] != '%' {
			out = append(out, s[i])
			i++
			continue
		}
		var seq [4]byte
		n, need := 0, 1
		for n < need {
			if i+2 >= len(s) || s[i] != '%' {
				return "", false
			}
			hi, lo := unhex(uint16(s[i+1])), unhex(uint16(s[i+2]))
			if hi < 0 || lo < 0 {
				return "", false
			}
			seq[n] = byte(hi<<4 | lo)
			if n == 0 {
				switch c := seq[0]; {
				case c < 0x80:
				case c >= 0xC2 && c < 0xE0:
					need = 2
				case c >= 0xE0 && c < 0xF0:
					need = 3
				case c >= 0xF0 && c < 0xF5:
					need = 4
				default:
					return "", false
				}
			}
			n++
			i += 3
		}
		if need > 1 && !utf8.Valid(seq[:n]) {
			return "", false
		}
		out = append(out, seq[:n]...)
	}
	return string(out), true
}

// UnescapeBytes decodes what it can; every other code unit is its low byte.
func UnescapeBytes(s goja.String, decodeSpaces bool) []byte {
	n := s.Length()
	out := make([]byte, 0, n)
	for i := 0; i < n; i++ {
		c := s.CharAt(i)
		switch {
		case c == '+' && decodeSpaces:
			c = ' '
		case c == '%' && i+2 < n:
			if hi, lo := unhex(s.CharAt(i+1)), unhex(s.CharAt(i+2)); hi >= 0 && lo >= 0 {
				c = uint16(hi<<4 | lo)
				i += 2
			}
		}
		out = append(out, byte(c))
	}
	return out
}

// A Pair is one key and value as they stand in the query, plus signs replaced.
// The flags say that there is something to decode.
type Pair struct {
	Key, Value               string
	KeyEncoded, ValueEncoded bool
}

// escapes watches for a percent sign with two hex digits behind it.
type escapes struct {
	state int
	found bool
}

func (e *escapes) see(c byte) {
	switch {
	case e.found:
	case c == '%':
		e.state = 1
	case e.state > 0:
		if unhex(uint16(c)) < 0 {
			e.state = 0
		} else if e.state++; e.state == 3 {
			e.found = true
		}
	}
}

// Split cuts a query into pairs, at most limit of them if that is positive;
// pairs that are empty are counted but not reported. custom means that a
// script decodes: a plus sign becomes %20 for it.
func Split(s, sep, eq string, custom bool, limit int, yield func(Pair)) {
	plus := " "
	if custom {
		plus = "%20"
	}
	var key, value []byte
	var ke, ve escapes
	sepAt, eqAt, last := 0, 0, 0
	emit := func() {
		yield(Pair{string(key), string(value), custom || ke.found, custom || ve.found})
		key, value = key[:0], value[:0]
		ke, ve = escapes{}, escapes{}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if sepAt < len(sep) && c == sep[sepAt] { // an empty separator never comes
			if sepAt++; sepAt < len(sep) {
				continue
			}
			end := i - sepAt + 1
			sepAt = 0
			empty := false
			if eqAt < len(eq) { // no eq: all of it is the key
				if last < end {
					key = append(key, s[last:end]...)
				} else {
					empty = len(key) == 0
				}
			} else if last < end {
				value = append(value, s[last:end]...)
			}
			eqAt, last = 0, i+1
			if !empty {
				emit()
			}
			if limit--; limit == 0 {
				return
			}
			continue
		}
		sepAt = 0
		if eqAt < len(eq) {
			if c == eq[eqAt] {
				if eqAt++; eqAt == len(eq) {
					if end := i - eqAt + 1; last < end {
						key = append(key, s[last:end]...)
					}
					last = i + 1
				}
				continue
			}
			eqAt = 0
			if c == '+' {
				key = append(append(key, s[last:i]...), plus...)
				last = i + 1
				ke.state = 0
				continue
			}
			ke.see(c)
			continue
		}
		if c == '+' {
			value = append(append(value, s[last:i]...), plus...)
			last = i + 1 // "%4+1" counts as an escape in Node: ve goes on
			continue
		}
		ve.see(c)
	}
	if last < len(s) {
		if eqAt < len(eq) {
			key = append(key, s[last:]...)
		} else if sepAt < len(sep) {
			value = append(value, s[last:]...)
		}
	} else if eqAt == 0 && len(key) == 0 {
		return
	}
	emit()
}
