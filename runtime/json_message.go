package runtime

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// jsonMessage says why text is no JSON, in V8's words; "" if it cannot tell.
func jsonMessage(text string) string {
	if text == "undefined" || text == "[object Object]" {
		return "\"" + text + "\" is not valid JSON"
	}
	s := &jsonScanner{text: []rune(text)}
	s.space()
	if !s.value(0) {
		return s.message
	}
	s.space()
	if s.i < len(s.text) {
		s.fail("Unexpected non-whitespace character after JSON")
		return s.message
	}
	return ""
}

// jsonScanner follows the grammar to the first mistake.
type jsonScanner struct {
	text    []rune
	i       int
	message string
}

func (s *jsonScanner) space() {
	for s.i < len(s.text) && strings.ContainsRune(" \t\r\n", s.text[s.i]) {
		s.i++
	}
}

// where is "position 3 (line 1 column 4)"; positions count UTF-16 units.
func (s *jsonScanner) where() string {
	line, col, pos := 1, 1, 0
	for _, r := range s.text[:s.i] {
		n := utf16.RuneLen(r)
		if n < 1 {
			n = 1
		}
		pos += n
		if r == '\n' {
			line, col = line+1, 1
		} else {
			col += n
		}
	}
	return "position " + strconv.Itoa(pos) + " (line " + strconv.Itoa(line) + " column " + strconv.Itoa(col) + ")"
}

func (s *jsonScanner) fail(text string) bool {
	s.message = text + " at " + s.where()
	return false
}

func (s *jsonScanner) expected(text string) bool {
	s.message = text + " in JSON at " + s.where()
	return false
}

// unexpected names the token and shows the text, or a part of a long one.
func (s *jsonScanner) unexpected() bool {
	if s.i >= len(s.text) {
		s.message = "Unexpected end of JSON input"
		return false
	}
	const around = 10
	shown := "\"" + string(s.text) + "\""
	if len(s.text) > 4*around {
		from, to := s.i-around, s.i+around
		pre, post := "...", "..."
		if from <= 0 {
			from, pre = 0, ""
		}
		if to >= len(s.text) {
			to, post = len(s.text), ""
		}
		shown = pre + "\"" + string(s.text[from:to]) + "\"" + post
		shown += " is not valid JSON"
	} else {
		shown += " is not valid JSON"
	}
	s.message = "Unexpected token '" + string(s.text[s.i]) + "', " + shown
	return false
}

func (s *jsonScanner) value(depth int) bool {
	if s.i >= len(s.text) || depth > 5000 {
		return s.unexpected()
	}
	switch c := s.text[s.i]; {
	case c == '{':
		return s.object(depth)
	case c == '[':
		return s.array(depth)
	case c == '"':
		return s.str()
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	for _, w := range []string{"true", "false", "null"} {
		if s.text[s.i] == rune(w[0]) {
			for _, r := range w {
				if s.i >= len(s.text) || s.text[s.i] != r {
					return s.unexpected()
				}
				s.i++
			}
			return true
		}
	}
	return s.unexpected()
}

func (s *jsonScanner) object(depth int) bool {
	s.i++
	s.space()
	if s.i < len(s.text) && s.text[s.i] == '}' {
		s.i++
		return true
	}
	for first := true; ; first = false {
		s.space()
		if s.i >= len(s.text) || s.text[s.i] != '"' {
			if first {
				return s.expected("Expected property name or '}'")
			}
			return s.expected("Expected double-quoted property name")
		}
		if !s.str() {
			return false
		}
		s.space()
		if s.i >= len(s.text) || s.text[s.i] != ':' {
			return s.expected("Expected ':' after property name")
		}
		s.i++
		s.space()
		if !s.value(depth + 1) {
			return false
		}
		s.space()
		if s.i < len(s.text) && s.text[s.i] == '}' {
			s.i++
			return true
		}
		if s.i >= len(s.text) || s.text[s.i] != ',' {
			return s.expected("Expected ',' or '}' after property value")
		}
		s.i++
	}
}

func (s *jsonScanner) array(depth int) bool {
	s.i++
	s.space()
	if s.i < len(s.text) && s.text[s.i] == ']' {
		s.i++
		return true
	}
	for {
		s.space()
		if !s.value(depth + 1) {
			return false
		}
		s.space()
		if s.i < len(s.text) && s.text[s.i] == ']' {
			s.i++
			return true
		}
		if s.i >= len(s.text) || s.text[s.i] != ',' {
			return s.expected("Expected ',' or ']' after array element")
		}
		s.i++
	}
}

func (s *jsonScanner) str() bool {
	for s.i++; s.i < len(s.text); s.i++ {
		switch c := s.text[s.i]; {
		case c == '"':
			s.i++
			return true
		case c == '\\':
			s.i++
			if s.i >= len(s.text) {
				return s.expected("Unterminated string")
			}
			if s.text[s.i] == 'u' {
				for range 4 {
					s.i++
					if s.i >= len(s.text) || !strings.ContainsRune("0123456789abcdefABCDEF", s.text[s.i]) {
						return s.expected("Bad Unicode escape")
					}
				}
			} else if !strings.ContainsRune(`"\/bfnrt`, s.text[s.i]) {
				return s.expected("Bad escaped character")
			}
		case c < 0x20:
			return s.expected("Bad control character in string literal")
		}
	}
	return s.expected("Unterminated string")
}

func (s *jsonScanner) digits() bool {
	from := s.i
	for s.i < len(s.text) && s.text[s.i] >= '0' && s.text[s.i] <= '9' {
		s.i++
	}
	return s.i > from
}

func (s *jsonScanner) number() bool {
	if s.text[s.i] == '-' {
		s.i++
		if s.i >= len(s.text) || s.text[s.i] < '0' || s.text[s.i] > '9' {
			return s.expected("No number after minus sign")
		}
	}
	if s.text[s.i] == '0' {
		s.i++
		if s.i < len(s.text) && s.text[s.i] >= '0' && s.text[s.i] <= '9' {
			return s.expected("Unexpected number")
		}
	} else {
		s.digits()
	}
	if s.i < len(s.text) && s.text[s.i] == '.' {
		s.i++
		if !s.digits() {
			return s.expected("Unterminated fractional number")
		}
	}
	if s.i < len(s.text) && (s.text[s.i] == 'e' || s.text[s.i] == 'E') {
		s.i++
		if s.i < len(s.text) && (s.text[s.i] == '+' || s.text[s.i] == '-') {
			s.i++
		}
		if !s.digits() {
			return s.expected("Exponent part is missing a number")
		}
	}
	return true
}
