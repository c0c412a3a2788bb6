package fs

import (
	"unicode/utf8"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/jsbytes"
)

// encoding is one of Node's, or encBuffer: no decoding.
type encoding int

const (
	encBuffer encoding = -1
	encUTF8            = encoding(jsbytes.UTF8)
)

func lookupEncoding(s string) (encoding, bool) {
	if s == "buffer" {
		return encBuffer, true
	}
	e, ok := jsbytes.ParseEncoding(s)
	return encoding(e), ok
}

// encoding reads an encoding option; falsy means def.
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
	if e == encBuffer {
		return b.env.NewBuffer(p)
	}
	if e == encUTF8 && len(p) > 0 && utf8.Valid(p) {
		return b.vm.ToValue(unsafe.String(&p[0], len(p)))
	}
	return jsbytes.Decode(b.vm, p, jsbytes.Encoding(e))
}

// decodeString is decode for a name that is a Go string already.
func (b *binding) decodeString(s string, e encoding) goja.Value {
	if e == encUTF8 && utf8.ValidString(s) {
		return b.vm.ToValue(s)
	}
	return b.decode([]byte(s), e)
}

// encode makes the bytes of a string.
func (b *binding) encode(v goja.Value, e encoding) []byte {
	if e == encBuffer {
		e = encUTF8
	}
	return jsbytes.Encode(v, jsbytes.Encoding(e))
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
