package buffer

import (
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/jsbytes"
)

// number checks validateNumber(v, name, lo, hi).
func (s *state) number(v goja.Value, name string, lo, hi float64) float64 {
	if !goja.IsNumber(v) {
		s.argType(name, v, "number")
	}
	f := v.ToFloat()
	if !(f >= lo && f <= hi) {
		text := ">= " + formatLimit(lo)
		if !math.IsInf(hi, 1) {
			text += " && <= " + formatLimit(hi)
		}
		s.throw("ERR_OUT_OF_RANGE", name, text, v)
	}
	return f
}

// integer checks validateInteger(v, name, lo, hi).
func (s *state) integer(v goja.Value, name string, lo, hi float64) int {
	if !goja.IsNumber(v) {
		s.argType(name, v, "number")
	}
	f := v.ToFloat()
	if f != math.Trunc(f) || math.IsInf(f, 0) {
		s.throw("ERR_OUT_OF_RANGE", name, "an integer", v)
	}
	if !(f >= lo && f <= hi) {
		s.throw("ERR_OUT_OF_RANGE", name, ">= "+formatLimit(lo)+" && <= "+formatLimit(hi), v)
	}
	return int(f)
}

func formatLimit(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// size checks the argument of the alloc family.
func (s *state) size(v goja.Value) int { return int(s.number(v, "size", 0, MaxLength)) }

// encoding is getEncodingOps: anything that reads as an encoding's name.
func (s *state) encoding(v goja.Value) jsbytes.Encoding {
	e, ok := jsbytes.ParseEncoding(v.String())
	if !ok {
		s.throw("ERR_UNKNOWN_ENCODING", v)
	}
	return e
}

// roundedInteger is the conversion of copy's arguments.
func roundedInteger(v goja.Value, def float64) float64 {
	f := v.ToFloat()
	if goja.IsNumber(v) && f == math.Trunc(f) && !math.IsInf(f, 0) {
		return f
	}
	if f >= -(1<<53-1) && f <= 1<<53-1 {
		return math.Floor(f)
	}
	return def
}

// relative turns slice's start or end into an index.
func relative(v goja.Value, length int) int {
	f := math.Trunc(v.ToFloat())
	switch {
	case f == 0 || f != f:
		return 0
	case f < 0:
		return int(max(f+float64(length), 0))
	case f < float64(length):
		return int(f)
	}
	return length
}

// boundsError throws for an offset that is not within 0 and limit.
func (s *state) boundsError(v goja.Value, limit int, name string) {
	if !goja.IsNumber(v) {
		s.argType(name, v, "number")
	}
	f := v.ToFloat()
	if math.Floor(f) != f {
		s.throw("ERR_OUT_OF_RANGE", name, "an integer", v)
	}
	if limit < 0 {
		s.throw("ERR_BUFFER_OUT_OF_BOUNDS")
	}
	first := "0"
	if name != "offset" {
		first = "1"
	}
	s.throw("ERR_OUT_OF_RANGE", name, ">= "+first+" and <= "+strconv.Itoa(limit), v)
}

// offset is where n bytes are read or written.
func (s *state) offset(v goja.Value, length, n int) int {
	if goja.IsUndefined(v) {
		v = s.vm.ToValue(0)
	}
	if goja.IsNumber(v) {
		f := v.ToFloat()
		if i := int(f); float64(i) == f && i >= 0 && i <= length-n {
			return i
		}
	}
	s.boundsError(v, length-n, "offset")
	return 0
}
