package httpwire

// Character classes, one bit each.
const (
	cToken  = 1 << iota // RFC 9110 token
	cValue              // field value: HTAB, SP to ~, obs-text
	cRelax              // extra value characters under LenientHeaderValueRelaxed
	cURL                // URL path, query, fragment
	cServer             // URL authority without '@'
	cAlpha
	cQuoted // qdtext of a chunk extension
	cPair   // second character of a quoted pair
)

var classes = func() (t [256]uint16) {
	set := func(bit uint16, s string) {
		for i := range len(s) {
			t[s[i]] |= bit
		}
	}
	rng := func(bit uint16, lo, hi int) {
		for c := lo; c <= hi; c++ {
			t[c] |= bit
		}
	}
	for _, bit := range []uint16{cToken, cURL, cServer} {
		rng(bit, 'a', 'z')
		rng(bit, 'A', 'Z')
		rng(bit, '0', '9')
	}
	rng(cAlpha, 'a', 'z')
	rng(cAlpha, 'A', 'Z')
	set(cToken, "!#$%&'*+-.^_`|~")
	set(cValue|cPair, "\t")
	rng(cValue|cPair, 0x20, 0x7e)
	rng(cValue|cPair, 0x80, 0xff)
	rng(cRelax, 0x01, 0x1f)
	set(cRelax, "\x7f")
	t['\r'] &^= cRelax
	t['\n'] &^= cRelax
	set(cURL, "!\"$%&'()*+,-./:;<=>@[\\]^_`{|}~")
	set(cServer, "-_.!~*'();:&=+$,%[]")
	set(cQuoted, "\t !")
	rng(cQuoted, 0x23, 0x5b)
	rng(cQuoted, 0x5d, 0x7e)
	rng(cQuoted, 0x80, 0xff)
	return t
}()

// IsToken reports whether s is an RFC 9110 token, as header names must be.
func IsToken(s string) bool {
	for i := range len(s) {
		if classes[s[i]]&cToken == 0 {
			return false
		}
	}
	return s != ""
}

// ValidValue reports whether every character of s may stand in a field value:
// HTAB, and U+0020 to U+00FF without DEL. s is UTF-8.
func ValidValue(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80:
			// U+0080 to U+00FF is two bytes, the first C2 or C3.
			if c != 0xc2 && c != 0xc3 {
				return false
			}
			i++
		case classes[c]&cValue == 0:
			return false
		}
	}
	return true
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func equalFold(s string, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
