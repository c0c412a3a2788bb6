package regexp

import "slices"

// A span is an inclusive range of code points.
type span struct{ lo, hi rune }

// A set of code points: spans in order that neither overlap nor touch.
type set []span

const maxRune = 0x10FFFF

// setOf sorts and joins spans.
func setOf(spans []span) set {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.lo - b.lo) })
	out := spans[:1]
	for _, s := range spans[1:] {
		if last := &out[len(out)-1]; s.lo <= last.hi+1 {
			last.hi = max(last.hi, s.hi)
		} else {
			out = append(out, s)
		}
	}
	return out
}

func union(a, b set) set {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	return setOf(append(slices.Clone(a), b...))
}

func (s set) complement() set {
	out := make(set, 0, len(s)+1)
	next := rune(0)
	for _, x := range s {
		if x.lo > next {
			out = append(out, span{next, x.lo - 1})
		}
		next = x.hi + 1
	}
	if next <= maxRune {
		out = append(out, span{next, maxRune})
	}
	return out
}

func intersection(a, b set) (out set) {
	for len(a) > 0 && len(b) > 0 {
		if lo, hi := max(a[0].lo, b[0].lo), min(a[0].hi, b[0].hi); lo <= hi {
			out = append(out, span{lo, hi})
		}
		if a[0].hi < b[0].hi {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

func (s set) has(r rune) bool {
	lo, hi := 0, len(s)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if s[m].hi < r {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo < len(s) && s[lo].lo <= r
}

// overlaps reports whether a code point of [lo, hi] is in s.
func (s set) overlaps(lo, hi rune) bool {
	i, _ := slices.BinarySearchFunc(s, lo, func(x span, r rune) int { return int(x.hi - r) })
	return i < len(s) && s[i].lo <= hi
}

// single returns the only code point of s; ok is false if there are others.
func (s set) single() (r rune, ok bool) {
	if len(s) == 1 && s[0].lo == s[0].hi {
		return s[0].lo, true
	}
	return 0, false
}

// The sets that have a letter of their own.
func digits() set { return set{{'0', '9'}} }

func spaces() set {
	return set{{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029},
		{0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}}
}

func wordChars(foldUnicode bool) set {
	if foldUnicode {
		return set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0x17F, 0x17F}, {0x212A, 0x212A}}
	}
	return set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
}

func lineEnds() set { return set{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}} }

// A unitSet is a set made for asking: a table for what is below 256, spans for
// the rest.
type unitSet struct {
	low  [4]uint64
	high set
}

func newUnitSet(s set) *unitSet {
	u := &unitSet{}
	for i, x := range s {
		if x.lo >= 256 {
			u.high = s[i:]
			break
		}
		for r := x.lo; r <= min(x.hi, 255); r++ {
			u.low[r>>6] |= 1 << (r & 63)
		}
		if x.hi >= 256 {
			u.high = append(set{{256, x.hi}}, s[i+1:]...)
			break
		}
	}
	return u
}

func (u *unitSet) has(c rune) bool {
	if c < 256 {
		return u.low[c>>6&3]>>(c&63)&1 != 0
	}
	h := u.high
	for len(h) > 8 {
		m := len(h) / 2
		if h[m].lo <= c {
			h = h[m:]
		} else {
			h = h[:m]
		}
	}
	for _, x := range h {
		if c <= x.hi {
			return c >= x.lo
		}
	}
	return false
}
