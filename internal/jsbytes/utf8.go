package jsbytes

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/dop251/goja"
)

// asString makes a string of bytes that nobody else holds.
func asString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func isHigh(c uint16) bool { return c&0xfc00 == 0xd800 }
func isLow(c uint16) bool  { return c&0xfc00 == 0xdc00 }

func utf8Length(u []uint16) int {
	n := 0
	for i := 0; i < len(u); i++ {
		switch c := u[i]; {
		case c < 0x80:
			n++
		case c < 0x800:
			n += 2
		case isHigh(c) && i+1 < len(u) && isLow(u[i+1]):
			n += 4
			i++
		default:
			n += 3
		}
	}
	return n
}

func appendUTF8(dst []byte, u []uint16) []byte {
	for i := 0; i < len(u); i++ {
		c := u[i]
		switch {
		case c < 0x80:
			dst = append(dst, byte(c))
		case c < 0x800:
			dst = append(dst, 0xc0|byte(c>>6), 0x80|byte(c&0x3f))
		case isHigh(c) && i+1 < len(u) && isLow(u[i+1]):
			i++
			dst = utf8.AppendRune(dst, (rune(c)-0xd800)<<10+(rune(u[i])-0xdc00)+0x10000)
		case c&0xf800 == 0xd800:
			dst = append(dst, 0xef, 0xbf, 0xbd)
		default:
			dst = append(dst, 0xe0|byte(c>>12), 0x80|byte(c>>6&0x3f), 0x80|byte(c&0x3f))
		}
	}
	return dst
}

// writeUTF8 stops before the first character that does not fit.
func writeUTF8(dst []byte, u []uint16) (written, read int) {
	var tmp [4]byte
	for read < len(u) {
		n := 1
		if isHigh(u[read]) && read+1 < len(u) && isLow(u[read+1]) {
			n = 2
		}
		c := appendUTF8(tmp[:0], u[read:read+n])
		if written+len(c) > len(dst) {
			break
		}
		written += copy(dst[written:], c)
		read += n
	}
	return written, read
}

// ValidUTF8 returns b as a Go string in which each maximal subpart of an
// ill-formed sequence has become U+FFFD.
func ValidUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	s.Grow(len(b) + len(b)/2)
	for len(b) > 0 {
		n := validPrefix(b)
		s.Write(b[:n])
		if b = b[n:]; len(b) == 0 {
			break
		}
		s.WriteString("\ufffd")
		b = b[Subpart(b):]
	}
	return s.String()
}

func validPrefix(b []byte) int {
	i := 0
	for i < len(b) {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

// Subpart returns the length of the ill-formed or unfinished sequence at the
// start of b, which is not empty: what one U+FFFD stands for.
func Subpart(b []byte) int {
	need, lo, hi := sequence(b[0])
	for i := 1; i < need; i++ {
		if i >= len(b) || b[i] < lo || b[i] > hi {
			return i
		}
		lo, hi = 0x80, 0xbf
	}
	return max(need, 1)
}

// sequence gives a lead byte's sequence length (0 if it leads none) and the
// range of the byte after it.
func sequence(c byte) (need int, lo, hi byte) {
	switch {
	case c < 0x80:
		return 1, 0, 0
	case c < 0xc2 || c > 0xf4:
		return 0, 0, 0
	case c < 0xe0:
		return 2, 0x80, 0xbf
	case c == 0xe0:
		return 3, 0xa0, 0xbf
	case c == 0xed:
		return 3, 0x80, 0x9f
	case c < 0xf0:
		return 3, 0x80, 0xbf
	case c == 0xf0:
		return 4, 0x90, 0xbf
	case c == 0xf4:
		return 4, 0x80, 0x8f
	}
	return 4, 0x80, 0xbf
}

// Incomplete returns how many bytes at the end of b begin a character that
// more bytes could complete, and how many bytes that character has.
func Incomplete(b []byte) (have, need int) {
	for i := 1; i <= 3 && i <= len(b); i++ {
		c := b[len(b)-i]
		if c&0xc0 == 0x80 {
			continue
		}
		n, _, _ := sequence(c)
		if n > i && Subpart(b[len(b)-i:]) == i {
			return i, n
		}
		return 0, 0
	}
	return 0, 0
}

func utf16Length(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			size = Subpart(b)
		}
		n++
		if r > 0xffff {
			n++
		}
		b = b[size:]
	}
	return n
}

func decodeLatin1(vm *goja.Runtime, b []byte) goja.Value {
	if IsASCII(b) {
		return vm.ToValue(string(b))
	}
	u := make([]uint16, len(b))
	for i, c := range b {
		u[i] = uint16(c)
	}
	return goja.StringFromUTF16(u)
}

// IsASCII reports whether all of b is below 0x80.
func IsASCII(b []byte) bool {
	for len(b) >= 8 {
		if (b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7])&0x80 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
