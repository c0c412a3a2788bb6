package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"
)

// Number is a number as inspect shows it.
func Number(v goja.Value, separator bool) string {
	s := v.String()
	if s == "0" && math.Signbit(v.ToFloat()) {
		return "-0"
	}
	if !separator {
		return s
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) || strings.Contains(s, "e") {
		return s
	}
	whole, frac, ok := strings.Cut(s, ".")
	if !ok {
		return separate(s)
	}
	return separate(whole) + "." + separateEnd(frac)
}

// BigInt is a bigint as inspect shows it.
func BigInt(v goja.Value, separator bool) string {
	s := v.String()
	if separator {
		s = separate(s)
	}
	return s + "n"
}

func separate(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte('_')
		}
		b.WriteByte(s[i])
	}
	return sign + b.String()
}

func separateEnd(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && i%3 == 0 {
			b.WriteByte('_')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
