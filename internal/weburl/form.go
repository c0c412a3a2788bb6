package weburl

import (
	"strings"
)

// ParseForm is the application/x-www-form-urlencoded parser; keys and values
// alternate. The texts may hold ill-formed UTF-8, which the caller decodes.
func ParseForm(s string) []string {
	var out []string
	for s != "" {
		var pair string
		pair, s, _ = strings.Cut(s, "&")
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		out = append(out, decodeForm(key), decodeForm(value))
	}
	return out
}

func decodeForm(s string) string {
	if strings.IndexByte(s, '+') >= 0 {
		s = strings.ReplaceAll(s, "+", " ")
	}
	return percentDecode(s)
}

// AppendForm appends one component of a form, encoded.
func AppendForm(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b = append(b, '+')
		case sets[c]&setForm != 0:
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}
