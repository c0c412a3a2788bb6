package inspect

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/width"
)

// Text returns a JavaScript string as UTF-8; a lone surrogate becomes its
// three-byte form (WTF-8), so that nothing is lost. FromText is its inverse.
func Text(v goja.Value) string {
	s := v.String()
	if !strings.Contains(s, "\uFFFD") {
		return s
	}
	js, ok := v.(goja.String)
	if !ok {
		return s
	}
	n := js.Length()
	b := make([]byte, 0, n+n/2)
	for i := 0; i < n; i++ {
		c := rune(js.CharAt(i))
		if utf16.IsSurrogate(c) {
			if i+1 < n {
				if r := utf16.DecodeRune(c, rune(js.CharAt(i+1))); r != unicode.ReplacementChar {
					b = utf8.AppendRune(b, r)
					i++
					continue
				}
			}
			b = append(b, 0xe0|byte(c>>12), 0x80|byte(c>>6)&0xbf, 0x80|byte(c)&0xbf)
			continue
		}
		b = utf8.AppendRune(b, c)
	}
	return string(b)
}

// FromText makes a JavaScript string of WTF-8.
func FromText(vm *goja.Runtime, s string) goja.Value {
	if !hasSurrogate(s) {
		return vm.ToValue(s)
	}
	u := make([]uint16, 0, len(s))
	for i := 0; i < len(s); {
		if c, ok := surrogateAt(s, i); ok {
			u = append(u, c)
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		u = utf16.AppendRune(u, r)
		i += n
	}
	return goja.StringFromUTF16(u)
}

func hasSurrogate(s string) bool {
	for i := strings.IndexByte(s, 0xed); i >= 0 && i < len(s); i++ {
		if _, ok := surrogateAt(s, i); ok {
			return true
		}
	}
	return false
}

func surrogateAt(s string, i int) (uint16, bool) {
	if s[i] == 0xed && i+2 < len(s) && s[i+1] >= 0xa0 {
		return 0xd000 | uint16(s[i+1]&0x3f)<<6 | uint16(s[i+2]&0x3f), true
	}
	return 0, false
}

// Length is a string's length in UTF-16 code units.
func Length(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return i + lengthSlow(s[i:])
		}
	}
	return len(s)
}

func lengthSlow(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0xf0:
			n += 2
		case c < 0x80 || c >= 0xc0:
			n++
		}
	}
	return n
}

// cut returns the first n UTF-16 units of s.
func cut(s string, n int) string {
	u := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 && c < 0xc0 {
			continue
		}
		if u >= n {
			return s[:i]
		}
		if c >= 0xf0 {
			if u+2 > n { // half of a pair: a lone surrogate
				r, _ := utf8.DecodeRuneInString(s[i:])
				h, _ := utf16.EncodeRune(r)
				return s[:i] + string([]byte{0xe0 | byte(h>>12), 0x80 | byte(h>>6)&0xbf, 0x80 | byte(h)&0xbf})
			}
			u++
		}
		u++
	}
	return s
}

const hexDigits = "0123456789ABCDEF"

// Quote writes a string as inspect shows it: in quotes, escaped.
func Quote(s string) string {
	q := byte('\'')
	plain := true
	single, double, backtick := false, false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			single = true
		case c == '"':
			double = true
		case c == '`', c == '$' && i+1 < len(s) && s[i+1] == '{':
			backtick = true
		case c < 0x20, c == '\\', c == 0x7f, c == 0xc2, c == 0xed:
			plain = false
		}
	}
	if single {
		switch {
		case !double:
			q = '"'
		case !backtick:
			q = '`'
		default:
			plain = false
		}
	}
	if plain {
		return string(q) + s + string(q)
	}
	b := make([]byte, 0, len(s)+8)
	b = append(b, q)
	b = appendEscaped(b, s, q)
	return string(append(b, q))
}

// escape does the replacements without the quotes, as names in brackets have them.
func escape(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == '\\' || c == '\'' || c == 0x7f || c == 0xc2 || c == 0xed {
			return string(appendEscaped(nil, s, '\''))
		}
	}
	return s
}

func appendEscaped(b []byte, s string, q byte) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c == '\b':
			b = append(b, '\\', 'b')
		case c == '\f':
			b = append(b, '\\', 'f')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\\':
			b = append(b, '\\', '\\')
		case c < 0x20 || c == 0x7f:
			b = append(b, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		case c == '\'' && q == '\'':
			b = append(b, '\\', '\'')
		case c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0:
			b = append(b, '\\', 'x', hexDigits[s[i+1]>>4], hexDigits[s[i+1]&15])
			i++
		case c == 0xed:
			if u, ok := surrogateAt(s, i); ok {
				b = append(b, '\\', 'u')
				b = strconv.AppendUint(b, uint64(u), 16)
				i += 2
				continue
			}
			b = append(b, c)
		default:
			b = append(b, c)
		}
	}
	return b
}

// isIdentifier reports whether a key needs no quotes.
func isIdentifier(s string) bool {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '_' && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// StripControl removes ANSI escape sequences.
func StripControl(s string) string {
	if strings.IndexByte(s, 0x1b) < 0 && !strings.Contains(s, "\u009b") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if n := controlSequence(s[i:]); n > 0 {
			i += n
			continue
		}
		b = append(b, s[i])
		i++
	}
	return string(b)
}

// controlSequence is the length of the escape sequence at the start of s: CSI
// (with parameters and a final byte) or OSC (to BEL or ST).
func controlSequence(s string) int {
	i := 0
	switch {
	case s[0] == 0x1b:
		i = 1
	case strings.HasPrefix(s, "\u009b"):
		i = 2
	default:
		return 0
	}
	for i < len(s) && strings.IndexByte("[]()#;?", s[i]) >= 0 {
		i++
	}
	start := i
	// an operating system command: text up to BEL, ESC \ or U+009C
	if end := oscEnd(s, start); end > 0 {
		return end
	}
	digits := func() bool {
		n := 0
		for n < 4 && i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
			n++
		}
		return n > 0
	}
	digits()
	for i < len(s) && s[i] == ';' {
		i++
		digits()
	}
	for ; i >= start; i-- {
		if i < len(s) && isFinal(s[i]) {
			return i + 1
		}
	}
	return 0
}

func isFinal(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'P' || c == 'R' || c == 'Z' || c == 'c' ||
		c >= 'f' && c <= 'n' || c == 'q' || c == 'r' || c == 'u' || c == 'y' || c == '=' || c == '>' || c == '<' || c == '~' || c == 's' || c == 't' || c == 'p' || c == 'T'
}

func oscEnd(s string, i int) int {
	if i < 2 || s[i-1] != ']' {
		return 0
	}
	for j := i; j < len(s); j++ {
		switch {
		case s[j] == 7:
			return j + 1
		case s[j] == 0x1b && j+1 < len(s) && s[j+1] == '\\':
			return j + 2
		case strings.HasPrefix(s[j:], "\u009c"):
			return j + 2
		case s[j] == 0x1b || s[j] == '\n':
			return 0
		}
	}
	return 0
}

// Width is the number of terminal columns of s; escape sequences count nothing
// if strip is set.
func Width(s string, strip bool) int {
	if strip {
		s = StripControl(s)
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return n + widthSlow(s[i:])
		}
		if s[i] >= 0x20 && s[i] != 0x7f {
			n++
		}
	}
	return n
}

func widthSlow(s string) int {
	n := 0
	for i, r := range s {
		n += runeWidth(r, i)
	}
	return n
}

func runeWidth(r rune, _ int) int {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return 0
	case r != 0xad && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1160 && r <= 0x11a7 || r >= 0xd7b0 && r <= 0xd7c6: // vowel jamo
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	case width.Neutral:
		if isEmoji(r) {
			return 2
		}
	}
	return 1
}

// isEmoji is Unicode's Emoji property among runes that are not wide by themselves.
func isEmoji(r rune) bool {
	switch {
	case r < 0x203c:
		return false
	case r >= 0x1f000:
		return r >= 0x1f170 && r <= 0x1faff
	}
	switch r {
	case 0x203c, 0x2049, 0x2139, 0x2328, 0x23cf, 0x24c2, 0x25b6, 0x25c0, 0x260e, 0x2611, 0x2618, 0x261d, 0x2620,
		0x2622, 0x2623, 0x2626, 0x262a, 0x262e, 0x262f, 0x2640, 0x2642, 0x265f, 0x2660, 0x2663, 0x2665, 0x2666,
		0x2668, 0x267b, 0x267e, 0x2692, 0x2694, 0x2695, 0x2696, 0x2697, 0x2699, 0x269b, 0x269c, 0x26a0, 0x2702,
		0x2708, 0x2709, 0x270c, 0x270d, 0x270f, 0x2712, 0x2714, 0x2716, 0x271d, 0x2721, 0x2733, 0x2734, 0x2744,
		0x2747, 0x2763, 0x2764, 0x27a1, 0x2934, 0x2935, 0x2b05, 0x2b06, 0x2b07:
		return true
	}
	return r >= 0x2194 && r <= 0x2199 || r >= 0x21a9 && r <= 0x21aa || r >= 0x23ed && r <= 0x23ef ||
		r >= 0x23f1 && r <= 0x23f2 || r >= 0x23f8 && r <= 0x23fa || r >= 0x25aa && r <= 0x25ab ||
		r >= 0x25fb && r <= 0x25fc || r >= 0x2600 && r <= 0x2604 || r >= 0x2638 && r <= 0x263a
}
