// Package jsbytes converts between JavaScript strings and bytes in Node's
// encodings. Strings keep their lone surrogates; bytes that are no UTF-8 become
// U+FFFD as the WHATWG decoder has it (one for each maximal subpart).
package jsbytes

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// An Encoding is one of Buffer's.
type Encoding uint8

// Buffer's encodings. ASCII decodes with the high bit cleared and encodes as Latin1.
const (
	UTF8 Encoding = iota
	UCS2
	Latin1
	ASCII
	Base64
	Base64URL
	Hex
)

var names = [...]string{"utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex"}

// String is the canonical name, as in buffer's normalizeEncoding.
func (e Encoding) String() string { return names[e] }

// MaxStringLength is buffer.constants.MAX_STRING_LENGTH.
const MaxStringLength = 536870888

// ParseEncoding finds an encoding by any of its names in any case.
func ParseEncoding(s string) (Encoding, bool) {
	for range 2 {
		switch s {
		case "utf8", "utf-8":
			return UTF8, true
		case "ucs2", "ucs-2", "utf16le", "utf-16le":
			return UCS2, true
		case "latin1", "binary":
			return Latin1, true
		case "ascii":
			return ASCII, true
		case "base64":
			return Base64, true
		case "base64url":
			return Base64URL, true
		case "hex":
			return Hex, true
		}
		if len(s) > 9 {
			return 0, false
		}
		s = strings.ToLower(s)
	}
	return 0, false
}

// ByteLength is Buffer.byteLength: exact, but for base64, where it is what the
// length and the padding promise.
func ByteLength(v goja.Value, e Encoding) int {
	ascii, wide, _ := gojax.CodeUnits(v)
	n := len(ascii) + len(wide)
	switch e {
	case UCS2:
		return 2 * n
	case Latin1, ASCII:
		return n
	case Hex:
		return n / 2
	case Base64, Base64URL:
		at := func(i int) uint16 {
			if wide != nil {
				return wide[i]
			}
			return uint16(ascii[i])
		}
		if n > 0 && at(n-1) == '=' {
			n--
			if n > 1 && at(n-1) == '=' {
				n--
			}
		}
		return n * 3 / 4
	}
	if wide == nil {
		return len(ascii)
	}
	return utf8Length(wide)
}

// Append encodes v after dst. v is a string.
func Append(dst []byte, v goja.Value, e Encoding) []byte {
	ascii, wide, _ := gojax.CodeUnits(v)
	switch e {
	case UCS2:
		if wide != nil {
			for _, c := range wide {
				dst = append(dst, byte(c), byte(c>>8))
			}
			return dst
		}
		for i := range len(ascii) {
			dst = append(dst, ascii[i], 0)
		}
		return dst
	case Latin1, ASCII:
		for _, c := range wide {
			dst = append(dst, byte(c))
		}
		return append(dst, ascii...)
	case Base64, Base64URL:
		return appendBase64(dst, ascii, wide)
	case Hex:
		return appendHex(dst, ascii, wide)
	}
	if wide == nil {
		return append(dst, ascii...)
	}
	return appendUTF8(dst, wide)
}

// Encode returns v's bytes.
func Encode(v goja.Value, e Encoding) []byte {
	return Append(make([]byte, 0, ByteLength(v, e)), v, e)
}

// Write encodes v into dst and returns how many bytes it wrote. No character,
// code unit or digit pair is written in part.
func Write(dst []byte, v goja.Value, e Encoding) int {
	ascii, wide, _ := gojax.CodeUnits(v)
	switch {
	case e == UCS2:
		n := min(len(dst)/2, len(ascii)+len(wide))
		if wide != nil {
			wide = wide[:n]
		} else {
			ascii = ascii[:n]
		}
		if wide != nil {
			for i, c := range wide {
				dst[2*i], dst[2*i+1] = byte(c), byte(c>>8)
			}
		} else {
			for i := range len(ascii) {
				dst[2*i], dst[2*i+1] = ascii[i], 0
			}
		}
		return 2 * n
	case e == Latin1 || e == ASCII || e == UTF8 && wide == nil:
		n := copy(dst, ascii)
		for i := 0; i < len(wide) && i < len(dst); i++ {
			dst[i] = byte(wide[i])
			n++
		}
		return n
	case e == UTF8:
		n, _ := writeUTF8(dst, wide)
		return n
	}
	return copy(dst, Append(make([]byte, 0, ByteLength(v, e)), v, e))
}

// EncodeInto is TextEncoder.encodeInto: the code units read and bytes written.
func EncodeInto(dst []byte, v goja.Value) (read, written int) {
	ascii, wide, _ := gojax.CodeUnits(v)
	if wide == nil {
		n := copy(dst, ascii)
		return n, n
	}
	written, read = writeUTF8(dst, wide)
	return read, written
}

// Decode makes a string of b.
func Decode(vm *goja.Runtime, b []byte, e Encoding) goja.Value {
	switch e {
	case UCS2:
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		}
		return goja.StringFromUTF16(u)
	case ASCII:
		c := make([]byte, len(b))
		for i, x := range b {
			c[i] = x & 0x7f
		}
		return vm.ToValue(asString(c))
	case Latin1:
		return decodeLatin1(vm, b)
	case Base64:
		return vm.ToValue(encodeBase64(b, false))
	case Base64URL:
		return vm.ToValue(encodeBase64(b, true))
	case Hex:
		return vm.ToValue(encodeHex(b))
	}
	return vm.ToValue(ValidUTF8(b))
}

// DecodedLength is how many code units Decode would give at least, to check
// against MaxStringLength before memory is spent.
func DecodedLength(b []byte, e Encoding) int {
	switch e {
	case UCS2:
		return len(b) / 2
	case Base64, Base64URL:
		return (len(b) + 2) / 3 * 4
	case Hex:
		return 2 * len(b)
	case UTF8:
		if len(b) > MaxStringLength {
			return utf16Length(b)
		}
	}
	return len(b)
}
