package punycode

import (
	"math"
	"strings"
	"unicode/utf8"
)

const (
	base, tMin, tMax          = 36, 1, 26
	skew, damp                = 38, 700
	initialBias, initialN     = 72, 128
	overflow                  = "Overflow: input needs wider integers to process"
	invalid                   = "Invalid input"
	notBasic                  = "Illegal input >= 0x80 (not a basic code point)"
	maxInt                int = math.MaxInt32
)

func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (base-tMin)*tMax/2 {
		delta /= base - tMin
		k += base
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}

func threshold(k, bias int) int { return min(max(k-bias, tMin), tMax) }

// runes gives the code points of s, lone surrogates (WTF-8) included.
func runes(s string) []rune {
	var out []rune
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 && i+2 < len(s) && s[i] == 0xED {
			r, n = 0xD000|rune(s[i+1]&0x3F)<<6|rune(s[i+2]&0x3F), 3
		}
		out = append(out, r)
		i += n
	}
	return out
}

func appendRune(b []byte, r rune) []byte {
	if r >= 0xD800 && r < 0xE000 {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r)&0xBF)
	}
	return utf8.AppendRune(b, r)
}

// Encode is the encoder; fault is the RangeError's message.
func Encode(s string) (out string, fault string) {
	in := runes(s)
	var b []byte
	for _, r := range in {
		if r < 0x80 {
			b = append(b, byte(r))
		}
	}
	basic := len(b)
	done := basic
	if basic > 0 {
		b = append(b, '-')
	}
	n, delta, bias := initialN, 0, initialBias
	for done < len(in) {
		m := maxInt
		for _, r := range in {
			if int(r) >= n && int(r) < m {
				m = int(r)
			}
		}
		if m-n > (maxInt-delta)/(done+1) {
			return "", overflow
		}
		delta += (m - n) * (done + 1)
		n = m
		for _, r := range in {
			if int(r) < n {
				if delta++; delta > maxInt {
					return "", overflow
				}
			}
			if int(r) != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := threshold(k, bias)
				if q < t {
					break
				}
				b = append(b, digit(t+(q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			b = append(b, digit(q))
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return string(b), ""
}

func digit(d int) byte {
	if d < 26 {
		return byte('a' + d)
	}
	return byte('0' + d - 26)
}

// Decode is the decoder.
func Decode(s string) (out string, fault string) {
	in := runes(s)
	basic := strings.LastIndexByte(s, '-')
	var points []rune
	start := 0
	if basic > 0 {
		head := runes(s[:basic])
		for _, r := range head {
			if r >= 0x80 {
				return "", notBasic
			}
		}
		points = append(points, head...)
		start = len(head) + 1
	} else if basic == 0 {
		start = 0
	}
	n, i, bias := initialN, 0, initialBias
	for p := start; p < len(in); {
		old, w := i, 1
		for k := base; ; k += base {
			if p >= len(in) {
				return "", invalid
			}
			d := value(in[p])
			p++
			if d >= base {
				return "", invalid
			}
			if d > (maxInt-i)/w {
				return "", overflow
			}
			i += d * w
			t := threshold(k, bias)
			if d < t {
				break
			}
			if w > maxInt/(base-t) {
				return "", overflow
			}
			w *= base - t
		}
		size := len(points) + 1
		bias = adapt(i-old, size, old == 0)
		if i/size > maxInt-n {
			return "", overflow
		}
		n += i / size
		i %= size
		if n > utf8.MaxRune {
			return "", "Invalid code point " + itoa(n)
		}
		points = append(points, 0)
		copy(points[i+1:], points[i:])
		points[i] = rune(n)
		i++
	}
	var b []byte
	for _, r := range points {
		b = appendRune(b, r)
	}
	return string(b), ""
}

func itoa(n int) string {
	var b []byte
	for n > 0 {
		b = append([]byte{byte('0' + n%10)}, b...)
		n /= 10
	}
	return string(b)
}

func value(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r-'0') + 26
	case r >= 'A' && r <= 'Z':
		return int(r - 'A')
	case r >= 'a' && r <= 'z':
		return int(r - 'a')
	}
	return base
}
