package buffer

import (
	"bytes"
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

func (s *state) equals(c goja.FunctionCall) goja.Value {
	a := s.bytes(c.This)
	b, ok := uint8Bytes(c.Argument(0))
	if !ok {
		s.argType("otherBuffer", c.Argument(0), "Buffer", "Uint8Array")
	}
	return s.vm.ToValue(bytes.Equal(a, b))
}

func (s *state) compare(c goja.FunctionCall) goja.Value {
	source := s.bytes(c.This)
	target, ok := uint8Bytes(c.Argument(0))
	if !ok {
		s.argType("target", c.Argument(0), "Buffer", "Uint8Array")
	}
	bound := func(i int, name string, def int, limit float64) int {
		v := c.Argument(i)
		if goja.IsUndefined(v) {
			return def
		}
		return s.integer(v, name, 0, limit)
	}
	ts := bound(1, "targetStart", 0, MaxLength)
	te := bound(2, "targetEnd", len(target), float64(len(target)))
	ss := bound(3, "sourceStart", 0, MaxLength)
	se := bound(4, "sourceEnd", len(source), float64(len(source)))
	if ss >= se {
		if ts >= te {
			return s.vm.ToValue(0)
		}
		return s.vm.ToValue(-1)
	}
	if ts >= te {
		return s.vm.ToValue(1)
	}
	return s.vm.ToValue(bytes.Compare(source[ss:se], target[ts:te]))
}

func (s *state) copy(c goja.FunctionCall) goja.Value {
	sv, ok := gojax.ViewOf(c.This)
	if !ok || sv.Kind == gojax.ArrayBuffer {
		s.argType("source", c.This, "Buffer", "Uint8Array")
	}
	tv, ok := gojax.ViewOf(c.Argument(0))
	if !ok || tv.Kind == gojax.ArrayBuffer {
		s.argType("target", c.Argument(0), "Buffer", "Uint8Array")
	}
	source, target := sv.Bytes, tv.Bytes
	ts, ss, se := 0.0, 0.0, float64(len(source))
	if v := c.Argument(1); !goja.IsUndefined(v) {
		if ts = roundedInteger(v, 0); ts < 0 {
			s.throw("ERR_OUT_OF_RANGE", "targetStart", ">= 0", ts)
		}
	}
	if v := c.Argument(2); !goja.IsUndefined(v) {
		if ss = roundedInteger(v, 0); ss < 0 || ss > float64(len(source)) {
			s.throw("ERR_OUT_OF_RANGE", "sourceStart", ">= 0 && <= "+itoa(len(source)), ss)
		}
	}
	if v := c.Argument(3); !goja.IsUndefined(v) {
		if se = roundedInteger(v, 0); se < 0 {
			s.throw("ERR_OUT_OF_RANGE", "sourceEnd", ">= 0", se)
		}
	}
	if ts >= float64(len(target)) || ss >= se {
		return s.vm.ToValue(0)
	}
	se = min(se, float64(len(source)))
	return s.vm.ToValue(copy(target[int(ts):], source[int(ss):int(se)]))
}

func (s *state) subarray(c goja.FunctionCall) goja.Value {
	view, ok := gojax.ViewOf(c.This)
	if !ok {
		s.bytes(c.This)
	}
	n := len(view.Bytes)
	start, end := 0, n
	if v := c.Argument(0); !goja.IsUndefined(v) {
		start = relative(v, n)
	}
	if v := c.Argument(1); !goja.IsUndefined(v) {
		end = relative(v, n)
	}
	return s.view(view.Buffer, view.Offset+start, max(end-start, 0))
}

func (s *state) swap(n int) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		if len(b)%n != 0 {
			s.throw("ERR_INVALID_BUFFER_SIZE", itoa(n*8)+"-bits")
		}
		for i := 0; i < len(b); i += n {
			for j := range n / 2 {
				b[i+j], b[i+n-1-j] = b[i+n-1-j], b[i+j]
			}
		}
		return c.This
	}
}

func (s *state) indexOf(c goja.FunctionCall) goja.Value {
	return s.vm.ToValue(s.find(c, true))
}

func (s *state) lastIndexOf(c goja.FunctionCall) goja.Value {
	if len(c.Arguments) == 0 {
		return s.vm.ToValue(-1)
	}
	return s.vm.ToValue(s.find(goja.FunctionCall{This: c.Arguments[0], Arguments: c.Arguments[1:]}, false))
}

func (s *state) includes(c goja.FunctionCall) goja.Value {
	return s.vm.ToValue(s.find(c, true) != -1)
}

func (s *state) find(c goja.FunctionCall, forward bool) int {
	view, ok := gojax.ViewOf(c.This)
	if !ok || view.Kind == gojax.ArrayBuffer {
		s.argType("buffer", c.This, "Buffer", "TypedArray", "DataView")
	}
	hay := view.Bytes
	value, offset, encoding := c.Argument(0), c.Argument(1), c.Argument(2)
	if isString(offset) {
		encoding, offset = offset, goja.Undefined()
	}
	from := offset.ToFloat()
	switch {
	case from != from:
		from = 0
		if !forward {
			from = float64(len(hay))
		}
	default:
		from = math.Trunc(min(max(from, math.MinInt32), math.MaxInt32))
	}
	start := int(from)
	if goja.IsNumber(value) {
		return findByte(hay, byte(toUint32(value.ToFloat())), start, forward)
	}
	e, known := jsbytes.UTF8, true
	if !goja.IsUndefined(encoding) {
		e, known = jsbytes.ParseEncoding(encoding.String())
	}
	var needle []byte
	if isString(value) {
		if !known {
			s.throw("ERR_UNKNOWN_ENCODING", encoding)
		}
		needle = jsbytes.Encode(value, e)
	} else if needle, ok = uint8Bytes(value); !ok {
		s.argType("value", value, "number", "string", "Buffer", "Uint8Array")
	}
	return search(hay, needle, start, forward, e == jsbytes.UCS2 && known)
}

// toUint32 is ECMA-262's ToUint32 of a number.
func toUint32(f float64) uint32 {
	if f != f || math.IsInf(f, 0) {
		return 0
	}
	f = math.Mod(math.Trunc(f), 1<<32)
	return uint32(int64(f))
}

// place is where a search begins: -1 where it need not begin.
func place(length, offset, needle int, forward bool) int {
	switch {
	case offset < 0 && offset+length >= 0:
		return offset + length
	case offset < 0 && (forward || needle == 0):
		return 0
	case offset < 0:
		return -1
	case offset+needle <= length:
		return offset
	case needle == 0:
		return length
	case forward:
		return -1
	}
	return length - 1
}

func findByte(hay []byte, c byte, offset int, forward bool) int {
	at := place(len(hay), offset, 1, forward)
	if at < 0 || len(hay) == 0 {
		return -1
	}
	if !forward {
		return bytes.LastIndexByte(hay[:at+1], c)
	}
	if i := bytes.IndexByte(hay[at:], c); i >= 0 {
		return at + i
	}
	return -1
}

func search(hay, needle []byte, offset int, forward, wide bool) int {
	at := place(len(hay), offset, len(needle), forward)
	if len(needle) == 0 {
		return at
	}
	if at < 0 || len(hay) == 0 || len(needle) > len(hay) || forward && at+len(needle) > len(hay) {
		return -1
	}
	if wide {
		return searchWide(hay, needle, at, forward)
	}
	if !forward {
		return bytes.LastIndex(hay[:min(at+len(needle), len(hay))], needle)
	}
	if i := bytes.Index(hay[at:], needle); i >= 0 {
		return at + i
	}
	return -1
}

// searchWide finds needle at even positions only.
func searchWide(hay, needle []byte, at int, forward bool) int {
	needle = needle[:len(needle)&^1]
	if len(hay) < 2 || len(needle) < 2 {
		return -1
	}
	hay = hay[:len(hay)&^1]
	at &^= 1
	if forward {
		for at <= len(hay) {
			i := bytes.Index(hay[at:], needle)
			if i < 0 {
				return -1
			}
			if i%2 == 0 {
				return at + i
			}
			at += i + 1
			if at%2 == 1 {
				at++
			}
		}
		return -1
	}
	end := min(at+len(needle), len(hay))
	for {
		i := bytes.LastIndex(hay[:end], needle)
		if i < 0 || i%2 == 0 {
			return i
		}
		end = i + len(needle) - 1
	}
}
