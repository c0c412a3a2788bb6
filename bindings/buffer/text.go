package buffer

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

func itoa(i int) string { return strconv.Itoa(i) }

func (s *state) decode(b []byte, e jsbytes.Encoding) goja.Value {
	if len(b) > jsbytes.MaxStringLength/2 && jsbytes.DecodedLength(b, e) > jsbytes.MaxStringLength {
		s.throw("ERR_STRING_TOO_LONG", "0x"+strconv.FormatInt(jsbytes.MaxStringLength, 16))
	}
	return jsbytes.Decode(s.vm, b, e)
}

func (s *state) toString(c goja.FunctionCall) goja.Value {
	b := s.bytes(c.This)
	if len(c.Arguments) == 0 {
		return s.decode(b, jsbytes.UTF8)
	}
	start, end := 0, len(b)
	if v := c.Argument(1); !goja.IsUndefined(v) {
		f := v.ToFloat()
		if f >= float64(len(b)) {
			return s.vm.ToValue("")
		}
		if f > 0 {
			start = int(f)
		}
	}
	if v := c.Argument(2); !goja.IsUndefined(v) {
		f := v.ToFloat()
		if !(f > float64(len(b))) {
			end = 0
			if f > 0 {
				end = int(f)
			}
		}
	}
	if end <= start {
		return s.vm.ToValue("")
	}
	e := jsbytes.UTF8
	if v := c.Argument(0); !goja.IsUndefined(v) {
		e = s.encoding(v)
	}
	return s.decode(b[start:end], e)
}

// sliceAs is the xxxSlice family: the end must lie within the buffer.
func (s *state) sliceAs(e jsbytes.Encoding) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		view, ok := gojax.ViewOf(c.This)
		if !ok {
			s.throwCoded("TypeError", "ERR_INVALID_ARG_TYPE", "argument must be a buffer")
		}
		b := view.Bytes
		start, end := s.index(c.Argument(0), 0), s.index(c.Argument(1), len(b))
		if end > len(b) {
			s.throwCoded("RangeError", "ERR_OUT_OF_RANGE", "Index out of range")
		}
		start = min(start, end)
		return s.decode(b[start:end], e)
	}
}

func (s *state) index(v goja.Value, def int) int {
	if goja.IsUndefined(v) {
		return def
	}
	i := v.ToInteger()
	if i < 0 {
		s.throwCoded("RangeError", "ERR_OUT_OF_RANGE", "Index out of range")
	}
	return int(i)
}

func (s *state) writeAs(e jsbytes.Encoding) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		v := c.Argument(0)
		if !isString(v) {
			s.throwCoded("TypeError", "ERR_INVALID_ARG_TYPE", "argument must be a string")
		}
		if e == jsbytes.ASCII || e == jsbytes.Latin1 || e == jsbytes.UTF8 {
			off, n := c.Argument(1).ToInteger(), int64(len(b))
			if off < 0 || off > n {
				s.throw("ERR_BUFFER_OUT_OF_BOUNDS", "offset")
			}
			if v := c.Argument(2); !goja.IsUndefined(v) && (v.ToInteger() < 0 || v.ToInteger() > n-off) {
				s.throw("ERR_BUFFER_OUT_OF_BOUNDS", "length")
			}
		}
		off := s.index(c.Argument(1), 0)
		if off > len(b) {
			s.throw("ERR_BUFFER_OUT_OF_BOUNDS", "offset")
		}
		n := s.index(c.Argument(2), len(b)-off)
		n = min(n, len(b)-off)
		return s.vm.ToValue(jsbytes.Write(b[off:off+n], v, e))
	}
}

func (s *state) write(c goja.FunctionCall) goja.Value {
	b := s.bytes(c.This)
	str, offset, length, encoding := c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3)
	off, n := 0, len(b)
	switch {
	case goja.IsUndefined(offset):
		encoding = goja.Undefined()
	case goja.IsUndefined(length) && isString(offset):
		encoding = offset
	default:
		off = s.integer(offset, "offset", 0, float64(len(b)))
		n = len(b) - off
		switch {
		case goja.IsUndefined(length):
		case isString(length):
			encoding = length
		default:
			n = min(n, s.integer(length, "length", 0, float64(len(b))))
		}
	}
	e := jsbytes.UTF8
	if encoding.ToBoolean() {
		e = s.encoding(encoding)
	}
	if !isString(str) {
		s.throwCoded("TypeError", "ERR_INVALID_ARG_TYPE", "argument must be a string")
	}
	return s.vm.ToValue(jsbytes.Write(b[off:off+n], str, e))
}

func (s *state) fill(c goja.FunctionCall) goja.Value {
	return s.fillWith(c.This, c.Argument(0), c.Argument(1), c.Argument(2), c.Argument(3))
}

func (s *state) fillWith(buf, value, offset, end, encoding goja.Value) goja.Value {
	b := s.bytes(buf)
	e := jsbytes.UTF8
	str := isString(value)
	if str {
		if goja.IsUndefined(offset) || isString(offset) {
			encoding, offset, end = offset, goja.Undefined(), goja.Undefined()
		} else if isString(end) {
			encoding, end = end, goja.Undefined()
		}
		if encoding.ToBoolean() {
			var ok bool
			if e, ok = jsbytes.ParseEncoding(encoding.String()); !ok {
				if !isString(encoding) {
					s.argType("encoding", encoding, "string")
				}
				s.throw("ERR_UNKNOWN_ENCODING", encoding)
			}
		} else if !goja.IsUndefined(encoding) && !goja.IsNull(encoding) && !isString(encoding) {
			s.argType("encoding", encoding, "string")
		}
	}
	from, to := 0.0, float64(len(b))
	if !goja.IsUndefined(offset) {
		from = float64(s.integer(offset, "offset", 0, MaxLength))
		if !goja.IsUndefined(end) {
			to = float64(s.integer(end, "end", 0, float64(len(b))))
		}
		if from >= to {
			return buf
		}
	}
	if length := s.lengthOf(buf); length >= 0 && to > float64(length) || to > float64(len(b)) {
		s.throw("ERR_BUFFER_OUT_OF_BOUNDS")
	}
	dst := b[int(from):int(to)]
	if len(dst) == 0 {
		return buf
	}
	var pattern []byte
	switch {
	case str:
		pattern = jsbytes.Encode(value, e)
		if len(pattern) == 0 {
			if n := value.(goja.String).Length(); n > 0 {
				s.throw("ERR_INVALID_ARG_VALUE", "value", value)
			}
			pattern = []byte{0}
		}
	default:
		view, ok := gojax.ViewOf(value)
		if ok && view.Kind != gojax.ArrayBuffer {
			if pattern = append([]byte(nil), view.Bytes...); len(pattern) == 0 {
				s.throw("ERR_INVALID_ARG_VALUE", "value", value)
			}
		} else {
			pattern = []byte{toByte(value)}
		}
	}
	for n := copy(dst, pattern); n < len(dst); n *= 2 {
		copy(dst[n:], dst[:n])
	}
	return buf
}

// lengthOf is an own length property's value, -1 if there is none: a script
// can shadow the accessor.
func (s *state) lengthOf(v goja.Value) int {
	o, ok := v.(*goja.Object)
	if !ok {
		return -1
	}
	if n := o.Get("length"); n != nil && goja.IsNumber(n) {
		return int(n.ToInteger())
	}
	return -1
}

func (s *state) toJSON(c goja.FunctionCall) goja.Value {
	o := s.vm.NewObject()
	_ = o.Set("type", "Buffer")
	b := s.bytes(c.This)
	vals := make([]any, len(b))
	for i, x := range b {
		vals[i] = int64(x)
	}
	_ = o.Set("data", s.vm.NewArray(vals...))
	return o
}

// inspectHex is the first n bytes as "61 62 63".
func (s *state) inspectHex(c goja.FunctionCall) goja.Value {
	b := s.bytes(c.Argument(0))
	n := min(int(max(c.Argument(1).ToInteger(), 0)), len(b))
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 3*n)
	for i, x := range b[:n] {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, digits[x>>4], digits[x&15])
	}
	return s.vm.ToValue(string(out))
}

// atob returns the decoded string, or what is wrong as a number.
func (s *state) atob(c goja.FunctionCall) goja.Value {
	ascii, wide, _ := gojax.CodeUnits(c.Argument(0).ToString())
	if wide != nil {
		return s.vm.ToValue(int(jsbytes.BadCharacter))
	}
	b, bad := jsbytes.ForgivingBase64(ascii)
	if bad != 0 {
		return s.vm.ToValue(int(bad))
	}
	return s.decode(b, jsbytes.Latin1)
}

// btoa returns the encoded string, or undefined if a code unit is no byte.
func (s *state) btoa(c goja.FunctionCall) goja.Value {
	v := c.Argument(0).ToString()
	_, wide, _ := gojax.CodeUnits(v)
	for _, u := range wide {
		if u > 255 {
			return goja.Undefined()
		}
	}
	return s.decode(jsbytes.Encode(v, jsbytes.Latin1), jsbytes.Base64)
}

func (s *state) input(c goja.FunctionCall) []byte {
	view, ok := gojax.ViewOf(c.Argument(0))
	if !ok || view.Kind == gojax.DataView {
		s.argType("input", c.Argument(0), "ArrayBuffer", "Buffer", "TypedArray")
	}
	if view.Detached {
		s.throw("ERR_INVALID_STATE", "Cannot validate on a detached buffer")
	}
	return view.Bytes
}

func (s *state) isUtf8(c goja.FunctionCall) goja.Value { return s.vm.ToValue(validUTF8(s.input(c))) }

func (s *state) isASCII(c goja.FunctionCall) goja.Value {
	return s.vm.ToValue(jsbytes.IsASCII(s.input(c)))
}

// transcode returns the Buffer, or undefined if an encoding is not one of ICU's four.
func (s *state) transcode(c goja.FunctionCall) goja.Value {
	b, ok := uint8Bytes(c.Argument(0))
	if !ok {
		s.argType("source", c.Argument(0), "Buffer", "Uint8Array")
	}
	if len(b) == 0 {
		return s.own([]byte{})
	}
	from, ok1 := transcodable(c.Argument(1))
	to, ok2 := transcodable(c.Argument(2))
	if !ok1 || !ok2 {
		return goja.Undefined()
	}
	out, ok := transcode(b, from, to)
	if !ok {
		return s.vm.ToValue("U_INVALID_CHAR_FOUND")
	}
	return s.own(out)
}

// nativeLineEndings makes every line ending of a string the system's.
func (s *state) nativeLineEndings(c goja.FunctionCall) goja.Value {
	return s.vm.ToValue(nativeLines(c.Argument(0).String()))
}
