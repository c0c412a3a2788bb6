package buffer

import (
	"math"
	"math/big"
	"strconv"

	"github.com/dop251/goja"
)

// installNumbers defines the read and write families.
func (s *state) installNumbers(proto *goja.Object) {
	both := func(name string, length int, fn nativeFunc) {
		f := s.method(proto, name, length, fn)
		for i := range len(name) - 3 {
			if name[i:i+4] == "UInt" {
				_ = proto.Set(name[:i]+"Uint"+name[i+4:], f)
				return
			}
		}
	}
	for _, big := range []bool{false, true} {
		end := "LE"
		if big {
			end = "BE"
		}
		for _, signed := range []bool{false, true} {
			kind := "UInt"
			if signed {
				kind = "Int"
			}
			for _, n := range []int{1, 2, 4} {
				name := kind + strconv.Itoa(8*n)
				if n > 1 {
					name += end
				} else if big {
					continue
				}
				both("read"+name, 1, s.readInt(n, signed, big))
				both("write"+name, 1, s.writeInt(n, signed, big))
			}
			both("readBig"+kind+"64"+end, 0, s.readBig(signed, big))
			both("writeBig"+kind+"64"+end, 1, s.writeBig(signed, big))
			both("read"+kind+end, 2, s.readVar(signed, big))
			both("write"+kind+end, 3, s.writeVar(signed, big))
		}
		s.method(proto, "readFloat"+end, 0, s.readFloat(4, big))
		s.method(proto, "writeFloat"+end, 1, s.writeFloat(4, big))
		s.method(proto, "readDouble"+end, 0, s.readFloat(8, big))
		s.method(proto, "writeDouble"+end, 1, s.writeFloat(8, big))
	}
}

func load(b []byte, big bool) uint64 {
	var x uint64
	if big {
		for _, c := range b {
			x = x<<8 | uint64(c)
		}
		return x
	}
	for i := len(b) - 1; i >= 0; i-- {
		x = x<<8 | uint64(b[i])
	}
	return x
}

func store(b []byte, x uint64, big bool) {
	if big {
		for i := len(b) - 1; i >= 0; i-- {
			b[i] = byte(x)
			x >>= 8
		}
		return
	}
	for i := range b {
		b[i] = byte(x)
		x >>= 8
	}
}

func (s *state) intValue(b []byte, signed, big bool) goja.Value {
	x := int64(load(b, big))
	if signed {
		shift := 64 - 8*len(b)
		x = x << shift >> shift
	}
	return s.vm.ToValue(x)
}

func (s *state) readInt(n int, signed, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		i := s.offset(c.Argument(0), len(b), n)
		return s.intValue(b[i:i+n], signed, big)
	}
}

// width is the byteLength argument of the variable-length family.
func (s *state) width(v goja.Value) int {
	if goja.IsNumber(v) {
		if f := v.ToFloat(); f >= 1 && f <= 6 && f == math.Trunc(f) {
			return int(f)
		}
	}
	s.boundsError(v, 6, "byteLength")
	return 0
}

func (s *state) readVar(signed, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		off := c.Argument(0)
		if goja.IsUndefined(off) {
			s.argType("offset", off, "number")
		}
		n := s.width(c.Argument(1))
		i := s.offset(off, len(b), n)
		return s.intValue(b[i:i+n], signed, big)
	}
}

func limits(n int, signed bool) (lo, hi float64) {
	if signed {
		return -math.Ldexp(1, 8*n-1), math.Ldexp(1, 8*n-1) - 1
	}
	return 0, math.Ldexp(1, 8*n) - 1
}

func (s *state) put(b []byte, value, offset goja.Value, n int, signed, big bool) goja.Value {
	num := value.ToNumber()
	f := num.ToFloat()
	lo, hi := limits(n, signed)
	if n == 1 {
		if goja.IsUndefined(offset) {
			offset = s.vm.ToValue(0)
		}
		if !goja.IsNumber(offset) {
			s.argType("offset", offset, "number")
		}
	}
	if f > hi || f < lo {
		s.throw("ERR_OUT_OF_RANGE", "value", rangeText(n, signed, ""), num)
	}
	i := s.offset(offset, len(b), n)
	x := int64(0)
	if f == f {
		x = int64(f)
	}
	store(b[i:i+n], uint64(x), big)
	return s.vm.ToValue(i + n)
}

func rangeText(n int, signed bool, suffix string) string {
	if n > 4 {
		if signed {
			p := "2" + suffix + " ** " + itoa(8*n-1) + suffix
			return ">= -(" + p + ") and < " + p
		}
		return ">= 0" + suffix + " and < 2" + suffix + " ** " + itoa(8*n) + suffix
	}
	lo, hi := limits(n, signed)
	return ">= " + formatLimit(lo) + suffix + " and <= " + formatLimit(hi) + suffix
}

func (s *state) writeInt(n int, signed, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		return s.put(s.bytes(c.This), c.Argument(0), c.Argument(1), n, signed, big)
	}
}

func (s *state) writeVar(signed, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		n := s.width(c.Argument(2))
		off := c.Argument(1)
		if goja.IsUndefined(off) {
			s.argType("offset", off, "number")
		}
		return s.put(b, c.Argument(0), off, n, signed, big)
	}
}

func (s *state) readFloat(n int, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		i := s.offset(c.Argument(0), len(b), n)
		x := load(b[i:i+n], big)
		if n == 4 {
			return s.vm.ToValue(float64(math.Float32frombits(uint32(x))))
		}
		return s.vm.ToValue(math.Float64frombits(x))
	}
}

func (s *state) writeFloat(n int, big bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		f := c.Argument(0).ToNumber().ToFloat()
		i := s.offset(c.Argument(1), len(b), n)
		if f != f {
			f = math.Float64frombits(0x7ff8 << 48) // Go's own has a payload
		}
		if n == 4 {
			store(b[i:i+n], uint64(math.Float32bits(float32(f))), big)
		} else {
			store(b[i:i+n], math.Float64bits(f), big)
		}
		return s.vm.ToValue(i + n)
	}
}

func (s *state) readBig(signed, bigEndian bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		i := s.offset(c.Argument(0), len(b), 8)
		x := load(b[i:i+8], bigEndian)
		if signed {
			return s.vm.ToValue(big.NewInt(int64(x)))
		}
		return s.vm.ToValue(new(big.Int).SetUint64(x))
	}
}

func (s *state) writeBig(signed, bigEndian bool) nativeFunc {
	return func(c goja.FunctionCall) goja.Value {
		b := s.bytes(c.This)
		v := c.Argument(0)
		x, ok := v.Export().(*big.Int)
		if !ok {
			f := v.ToNumber().ToFloat()
			lo, hi := limits(8, signed)
			if f > hi || f < lo {
				s.throw("ERR_OUT_OF_RANGE", "value", rangeText(8, signed, "n"), v)
			}
			s.offset(c.Argument(1), len(b), 8)
			panic(s.vm.NewTypeError("Cannot mix BigInt and other types, use explicit conversions"))
		}
		if signed && !x.IsInt64() || !signed && !x.IsUint64() {
			s.throw("ERR_OUT_OF_RANGE", "value", rangeText(8, signed, "n"), v)
		}
		i := s.offset(c.Argument(1), len(b), 8)
		u := x.Uint64()
		if x.Sign() < 0 {
			u = uint64(x.Int64())
		}
		store(b[i:i+8], u, bigEndian)
		return s.vm.ToValue(i + 8)
	}
}
