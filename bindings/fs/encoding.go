package fs

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/dop251/goja"
)

// encoding is one of Node's, or buffer: no decoding.
type encoding uint8

const (
	encBuffer encoding = iota
	encUTF8
	encUTF16LE
	encLatin1
	encASCII
	encHex
	encBase64
	encBase64URL
)

func lookupEncoding(s string) (encoding, bool) {
	switch s { // the usual ones without lowering
	case "utf8", "utf-8":
		return encUTF8, true
	case "buffer":
		return encBuffer, true
	}
	switch strings.ToLower(s) {
	case "utf8", "utf-8":
		return encUTF8, true
	case "ucs2", "ucs-2", "utf16le", "utf-16le":
		return encUTF16LE, true
	case "latin1", "binary":
		return encLatin1, true
	case "ascii":
		return encASCII, true
	case "hex":
		return encHex, true
	case "base64":
		return encBase64, true
	case "base64url":
		return encBase64URL, true
	}
	return 0, false
}

func (e encoding) name() string {
	return [...]string{"buffer", "utf8", "utf16le", "latin1", "ascii", "hex", "base64", "base64url"}[e]
}

// encoding reads an encoding option; falsy means def's meaning of none.
func (b *binding) encoding(v goja.Value, def encoding) encoding {
	if !v.ToBoolean() {
		return def
	}
	if isString(v) {
		if e, ok := lookupEncoding(v.String()); ok {
			return e
		}
	}
	b.throw("ERR_INVALID_ARG_VALUE", "encoding", v, "is invalid encoding")
	return 0
}

// decode makes the value of bytes that are the VM's from then on.
func (b *binding) decode(p []byte, e encoding) goja.Value {
	switch e {
	case encBuffer:
		return b.env.NewBuffer(p)
	case encUTF8:
		return b.utf8String(p)
	case encUTF16LE:
		u := make([]uint16, len(p)/2)
		for i := range u {
			u[i] = uint16(p[2*i]) | uint16(p[2*i+1])<<8
		}
		return goja.StringFromUTF16(u)
	case encLatin1:
		if isASCII(p) {
			return b.vm.ToValue(string(p))
		}
		u := make([]uint16, len(p))
		for i, c := range p {
			u[i] = uint16(c)
		}
		return goja.StringFromUTF16(u)
	case encASCII:
		q := make([]byte, len(p))
		for i, c := range p {
			q[i] = c & 0x7f
		}
		return b.vm.ToValue(string(q))
	case encHex:
		return b.vm.ToValue(hex.EncodeToString(p))
	case encBase64:
		return b.vm.ToValue(base64.StdEncoding.EncodeToString(p))
	default:
		return b.vm.ToValue(base64.RawURLEncoding.EncodeToString(p))
	}
}

func isASCII(p []byte) bool {
	for _, c := range p {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// utf8String decodes as the WHATWG decoder does: a maximal part of an
// ill-formed sequence becomes one U+FFFD. p must not change afterwards.
func (b *binding) utf8String(p []byte) goja.Value {
	if len(p) == 0 {
		return b.vm.ToValue("")
	}
	if utf8.Valid(p) {
		return b.vm.ToValue(unsafe.String(&p[0], len(p)))
	}
	return b.vm.ToValue(repairUTF8(p))
}

func repairUTF8(p []byte) string {
	var s strings.Builder
	s.Grow(len(p) + 16)
	for len(p) > 0 {
		r, n := utf8.DecodeRune(p)
		if r != utf8.RuneError || n > 1 {
			s.Write(p[:n])
			p = p[n:]
			continue
		}
		s.WriteRune(utf8.RuneError)
		p = p[badPrefix(p):]
	}
	return s.String()
}

// badPrefix is the length of the ill-formed part that one U+FFFD stands for.
func badPrefix(p []byte) int {
	need, lo, hi := 0, byte(0x80), byte(0xbf)
	switch c := p[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c == 0xe0:
		need, lo = 2, 0xa0
	case c == 0xed:
		need, hi = 2, 0x9f
	case c >= 0xe1 && c <= 0xef:
		need = 2
	case c == 0xf0:
		need, lo = 3, 0x90
	case c == 0xf4:
		need, hi = 3, 0x8f
	case c >= 0xf1 && c <= 0xf3:
		need = 3
	}
	n := 1
	for i := 0; i < need && n < len(p); i++ {
		if p[n] < lo || p[n] > hi {
			break
		}
		lo, hi = 0x80, 0xbf
		n++
	}
	return n
}

// encode makes the bytes of a string.
func (b *binding) encode(v goja.Value, e encoding) []byte {
	switch e {
	case encUTF8, encBuffer:
		return []byte(v.String())
	}
	// The rarer encodings have one owner: Buffer.
	buffer := b.env.Require("buffer").Get("Buffer").(*goja.Object)
	from, _ := goja.AssertFunction(buffer.Get("from"))
	o, err := from(buffer, v, b.vm.ToValue(e.name()))
	if err != nil {
		panic(err)
	}
	p, _ := b.env.Bytes(o)
	return p
}

// data is the content to write: a string, or a view's memory.
func (b *binding) data(v goja.Value, e encoding) []byte {
	if isString(v) {
		return b.encode(v, e)
	}
	if b.isView(v) {
		p, _ := b.env.Bytes(v)
		return p
	}
	b.throw("ERR_INVALID_ARG_TYPE", "data", b.types("string", "Buffer", "TypedArray", "DataView"), v)
	return nil
}
