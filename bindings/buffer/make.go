package buffer

import (
	"bytes"
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

func (s *state) from(c goja.FunctionCall) goja.Value {
	return s.fromValue(c.Argument(0), c.Argument(1), c.Argument(2))
}

func (s *state) fromValue(v, encodingOrOffset, length goja.Value) goja.Value {
	if isString(v) {
		return s.fromString(v, encodingOrOffset)
	}
	if o, ok := v.(*goja.Object); ok && !gojax.KindOf(o).IsFunction() {
		view, hasBytes := gojax.ViewOf(o)
		if hasBytes && view.Kind == gojax.ArrayBuffer {
			return s.fromArrayBuffer(o, view, encodingOrOffset, length)
		}
		if view.Kind == gojax.Uint8Array && o.Get("valueOf") == s.objectValueOf() {
			return s.pooledCopy(view.Bytes)
		}
		if fn, ok := goja.AssertFunction(o.Get("valueOf")); ok {
			r, err := fn(o)
			if err != nil {
				panic(err)
			}
			if _, isObject := r.(*goja.Object); r != nil && r != goja.Value(o) && (isObject || isString(r)) {
				return s.fromValue(r, encodingOrOffset, length)
			}
		}
		if b := s.fromObject(o); b != nil {
			return b
		}
		if fn, ok := goja.AssertFunction(o.GetSymbol(goja.SymToPrimitive)); ok {
			r, err := fn(o, s.vm.ToValue("string"))
			if err != nil {
				panic(err)
			}
			if isString(r) {
				return s.fromString(r, encodingOrOffset)
			}
		}
	}
	s.argType("first argument", v, "string", "Buffer", "ArrayBuffer", "Array", "Array-like Object")
	return nil
}

func (s *state) objectValueOf() goja.Value {
	return s.vm.Get("Object").(*goja.Object).Get("prototype").(*goja.Object).Get("valueOf")
}

func (s *state) fromString(v, encoding goja.Value) goja.Value {
	e := jsbytes.UTF8
	if isString(encoding) && encoding.ToBoolean() {
		e = s.encoding(encoding)
	}
	ascii, _, _ := gojax.CodeUnits(v)
	if ascii != "" && e == jsbytes.UTF8 {
		if size := s.poolSize(); len(ascii) < size>>1 {
			o := s.fromPool(len(ascii), size)
			view, _ := gojax.ViewOf(o)
			copy(view.Bytes, ascii)
			return o
		}
	}
	b := jsbytes.Encode(v, e)
	if size := s.poolSize(); len(b) < size>>1 {
		return s.pooledCopy(b)
	}
	return s.own(b)
}

func (s *state) fromArrayBuffer(o *goja.Object, view gojax.View, offset, length goja.Value) goja.Value {
	off := 0.0
	if !goja.IsUndefined(offset) {
		if off = offset.ToFloat(); off != off {
			off = 0
		}
	}
	room := float64(len(view.Bytes)) - off
	if room < 0 {
		s.throw("ERR_BUFFER_OUT_OF_BOUNDS", "offset")
	}
	n := float64(len(view.Bytes)) - math.Trunc(off)
	if !goja.IsUndefined(length) {
		n = length.ToFloat()
		if !(n > 0) {
			n = 0
		} else if n > room {
			s.throw("ERR_BUFFER_OUT_OF_BOUNDS", "length")
		}
	}
	if off < 0 {
		s.throwRange("Start offset " + formatLimit(off) + " is outside the bounds of the buffer")
	}
	return s.view(o, int(off), int(n))
}

// fromObject takes array-likes, things with an ArrayBuffer, and toJSON's form.
func (s *state) fromObject(o *goja.Object) goja.Value {
	length := o.Get("length")
	hasBuffer := false
	if b := o.Get("buffer"); b != nil {
		view, ok := gojax.ViewOf(b)
		hasBuffer = ok && view.Kind == gojax.ArrayBuffer
	}
	if length != nil && !goja.IsUndefined(length) || hasBuffer {
		if length == nil || !goja.IsNumber(length) {
			return s.own([]byte{})
		}
		return s.fromArrayLike(o)
	}
	if t := o.Get("type"); t != nil && isString(t) && t.String() == "Buffer" {
		if data, ok := o.Get("data").(*goja.Object); ok && s.isArray(data) {
			return s.fromArrayLike(data)
		}
	}
	return nil
}

func (s *state) isArray(o *goja.Object) bool {
	fn, _ := goja.AssertFunction(s.vm.Get("Array").(*goja.Object).Get("isArray"))
	v, err := fn(goja.Undefined(), o)
	return err == nil && v.ToBoolean()
}

func (s *state) fromArrayLike(o *goja.Object) goja.Value {
	if view, ok := gojax.ViewOf(o); ok && view.Elem == 1 && view.Kind != gojax.DataView {
		return s.pooledCopy(view.Bytes)
	}
	n := o.Get("length").ToFloat()
	if !(n > 0) {
		return s.own([]byte{})
	}
	if n > maxAllocation {
		s.throwRange("Invalid typed array length: " + formatLimit(n))
	}
	b := make([]byte, int(n))
	// A typed array reads an array as an iterable: copying through one keeps
	// the element conversions (and holes) the language's own.
	u, err := s.newU(nil, o)
	if err != nil {
		panic(err)
	}
	view, _ := gojax.ViewOf(u)
	copy(b, view.Bytes)
	return s.pooledCopy(b[:min(len(b), len(view.Bytes))])
}

func (s *state) of(c goja.FunctionCall) goja.Value {
	b := make([]byte, len(c.Arguments))
	for i, v := range c.Arguments {
		b[i] = toByte(v)
	}
	return s.own(b)
}

// toByte is the conversion of a typed array's element.
func toByte(v goja.Value) byte {
	f := v.ToNumber().ToFloat()
	if f >= math.MinInt64 && f < math.MaxInt64 {
		return byte(int64(f))
	}
	if f != f || math.IsInf(f, 0) {
		return 0
	}
	return byte(int64(math.Mod(f, 256)))
}

func (s *state) alloc(c goja.FunctionCall) goja.Value {
	n := s.size(c.Argument(0))
	fill := c.Argument(1)
	if n > maxAllocation {
		if goja.IsUndefined(fill) {
			s.throwRange("Array buffer allocation failed")
		}
		panic(s.env.NewError("ERR_MEMORY_ALLOCATION_FAILED"))
	}
	o := s.own(make([]byte, n))
	if goja.IsUndefined(fill) || n == 0 || goja.IsNumber(fill) && fill.ToFloat() == 0 {
		return o
	}
	return s.fillWith(o, fill, s.vm.ToValue(0), s.vm.ToValue(n), c.Argument(2))
}

func (s *state) allocUnsafe(c goja.FunctionCall) goja.Value {
	return s.unsafe(s.size(c.Argument(0)), true)
}

func (s *state) allocUnsafeSlow(c goja.FunctionCall) goja.Value {
	return s.unsafe(s.size(c.Argument(0)), false)
}

func (s *state) isBuffer(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	return s.vm.ToValue(ok && s.vm.InstanceOf(o, s.ctor))
}

func (s *state) isEncoding(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	ok := isString(v)
	if ok {
		_, ok = jsbytes.ParseEncoding(v.String())
	}
	return s.vm.ToValue(ok)
}

func (s *state) byteLength(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if !isString(v) {
		view, ok := gojax.ViewOf(v)
		if !ok {
			s.argType("string", v, "string", "Buffer", "ArrayBuffer")
		}
		return s.vm.ToValue(len(view.Bytes))
	}
	e := jsbytes.UTF8
	if enc := c.Argument(1); enc.ToBoolean() {
		if x, ok := jsbytes.ParseEncoding(enc.String()); ok {
			e = x
		}
	}
	return s.vm.ToValue(jsbytes.ByteLength(v, e))
}

func (s *state) compareStatic(c goja.FunctionCall) goja.Value {
	a, ok := uint8Bytes(c.Argument(0))
	if !ok {
		s.argType("buf1", c.Argument(0), "Buffer", "Uint8Array")
	}
	b, ok := uint8Bytes(c.Argument(1))
	if !ok {
		s.argType("buf2", c.Argument(1), "Buffer", "Uint8Array")
	}
	return s.vm.ToValue(bytes.Compare(a, b))
}

func (s *state) concat(c goja.FunctionCall) goja.Value {
	list, ok := c.Argument(0).(*goja.Object)
	if !ok || !s.isArray(list) {
		s.argType("list", c.Argument(0), "Array")
	}
	n := int(list.Get("length").ToInteger())
	if n == 0 {
		return s.own([]byte{})
	}
	total := 0
	if v := c.Argument(1); !goja.IsUndefined(v) {
		total = s.integer(v, "length", 0, MaxLength)
	} else {
		for i := range n {
			if o, ok := list.Get(itoa(i)).(*goja.Object); ok {
				if view, ok := gojax.ViewOf(o); ok {
					total += len(view.Bytes)
				}
			}
		}
	}
	out := s.unsafe(total, true)
	view, _ := gojax.ViewOf(out)
	pos := 0
	for i := range n {
		v := list.Get(itoa(i))
		if v == nil {
			v = goja.Undefined()
		}
		b, ok := uint8Bytes(v)
		if !ok {
			s.argType("list["+itoa(i)+"]", v, "Buffer", "Uint8Array")
		}
		pos += copy(view.Bytes[pos:], b)
	}
	clear(view.Bytes[pos:])
	return out
}

// concatBytes joins views and buffers into one new Uint8Array's memory.
func (s *state) concatBytes(c goja.FunctionCall) goja.Value {
	list := c.Argument(0).(*goja.Object)
	n := int(list.Get("length").ToInteger())
	parts := make([][]byte, n)
	total := 0
	for i := range n {
		view, _ := gojax.ViewOf(list.Get(itoa(i)))
		parts[i] = view.Bytes
		total += len(view.Bytes)
	}
	out := make([]byte, 0, total)
	for _, p := range parts {
		out = append(out, p...)
	}
	return s.vm.ToValue(s.vm.NewArrayBuffer(out))
}

func (s *state) copyBytesFrom(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	view, ok := gojax.ViewOf(v)
	if !ok || view.Kind < gojax.Uint8Array {
		s.argType("view", v, "TypedArray")
	}
	count := len(view.Bytes) / view.Elem
	if count == 0 {
		return s.own([]byte{})
	}
	start, end := 0, count
	if off := c.Argument(1); !goja.IsUndefined(off) {
		if start = s.integer(off, "offset", 0, MaxLength); start >= count {
			return s.own([]byte{})
		}
	}
	if length := c.Argument(2); !goja.IsUndefined(length) {
		end = min(start+s.integer(length, "length", 0, MaxLength), count)
	}
	return s.pooledCopy(view.Bytes[start*view.Elem : end*view.Elem])
}
