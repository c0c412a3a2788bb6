package compile

import (
	"strings"
	"unicode/utf8"
)

// tokenKind is what a scanner's lexeme is.
type tokenKind uint8

const (
	tokenEOF tokenKind = iota
	tokenWord
	tokenNumber
	tokenString
	tokenTemplate // text between a backtick, ${ or } and the next backtick or ${
	tokenRegexp
	tokenPunct
)

// A lexeme is a piece of source text. Brackets and arrows are single punctuators;
// of the other operators only what matters to the scanner's users is told apart.
type lexeme struct {
	kind       tokenKind
	start, end int
	newline    bool // a line ends between the lexeme before and this one
	depth      int  // of open brackets around it
}

// bracket is an open bracket.
type bracket struct {
	char byte
	// control tells the parentheses of statements (if, while …); value the braces
	// that are an operand: an object, or a template's substitution; function
	// those around a function's body.
	control, value, function bool
}

// A scanner splits JavaScript into tokens. Where / begins a regular expression
// depends on the grammar; the scanner knows enough of it for programs that
// parse, and what it finds is checked against the parser's result.
type scanner struct {
	src   string
	pos   int
	prev  lexeme
	prev2 lexeme
	open  []bracket
	// closed is the bracket that the last closing one ended.
	closed bracket
}

func newScanner(src string) *scanner { return &scanner{src: src} }

func (s *scanner) text(t lexeme) string { return s.src[t.start:t.end] }

func (s *scanner) is(t lexeme, text string) bool { return s.src[t.start:t.end] == text }

// next returns the next token.
func (s *scanner) next() lexeme {
	t := lexeme{}
	t.newline = s.space()
	t.start, t.depth = s.pos, len(s.open)
	if s.pos >= len(s.src) {
		t.end = s.pos
		return s.done(t)
	}
	src := s.src
	c := src[s.pos]
	switch {
	case identByte(c) && (c < '0' || c > '9') || c == '\\':
		t.kind = tokenWord
		for s.pos < len(src) && (identByte(src[s.pos]) || src[s.pos] == '\\') {
			if src[s.pos] == '\\' {
				s.pos++
				if strings.HasPrefix(src[s.pos:], "u{") {
					s.pos += max(strings.IndexByte(src[s.pos:], '}'), 0)
				}
			}
			if s.pos < len(src) {
				if r, n := utf8.DecodeRuneInString(src[s.pos:]); r == '\u2028' || r == '\u2029' || r == '\u00a0' || r == '\ufeff' || r == '\u3000' {
					break
				} else {
					s.pos += n
				}
			}
		}
	case c >= '0' && c <= '9' || c == '.' && s.pos+1 < len(src) && src[s.pos+1] >= '0' && src[s.pos+1] <= '9':
		t.kind = tokenNumber
		s.number()
	case c == '"' || c == '\'':
		t.kind = tokenString
		s.pos = endOfString(src, s.pos)
	case c == '`':
		t.kind = tokenTemplate
		s.pos++
		s.template()
	case c == '}' && len(s.open) > 0 && s.open[len(s.open)-1].char == '$':
		t.kind = tokenTemplate
		s.open = s.open[:len(s.open)-1]
		t.depth = len(s.open)
		s.pos++
		s.template()
	case c == '/' && s.regexpAllowed():
		t.kind = tokenRegexp
		s.pos = endOfRegexp(src, s.pos)
		for s.pos < len(src) && identByte(src[s.pos]) {
			s.pos++
		}
	default:
		t.kind = tokenPunct
		s.pos++
		switch c {
		case '(', '[', '{':
			b := bracket{char: c}
			switch c {
			case '(':
				b.control = s.prev.kind == tokenWord && !s.property() && oneOf(s.text(s.prev), "if", "while", "for", "with", "switch", "catch")
			case '{':
				b.value = s.braceIsValue()
				b.function = s.prev.kind == tokenPunct && (s.is(s.prev, ")") && !s.closed.control || s.is(s.prev, "=>"))
			}
			s.open = append(s.open, b)
		case ')', ']', '}':
			s.closed = bracket{}
			if n := len(s.open); n > 0 {
				s.closed = s.open[n-1]
				s.open = s.open[:n-1]
				t.depth = n - 1
			}
		case '=':
			if s.pos < len(src) && src[s.pos] == '>' {
				s.pos++
			} else {
				for s.pos < len(src) && src[s.pos] == '=' {
					s.pos++
				}
			}
		case '?':
			if s.pos+1 < len(src) && src[s.pos] == '.' && (src[s.pos+1] < '0' || src[s.pos+1] > '9') {
				s.pos++
			}
		case '+', '-':
			if s.pos < len(src) && src[s.pos] == c {
				s.pos++
			}
		case '.':
			if strings.HasPrefix(src[s.pos:], "..") {
				s.pos += 2
			}
		default:
			if c >= 0x80 {
				_, n := utf8.DecodeRuneInString(src[t.start:])
				s.pos = t.start + n
			}
		}
	}
	t.end = s.pos
	return s.done(t)
}

func (s *scanner) done(t lexeme) lexeme {
	s.prev2, s.prev = s.prev, t
	return t
}

// space skips white space and comments; it reports whether a line ended.
func (s *scanner) space() (newline bool) {
	src := s.src
	for s.pos < len(src) {
		c := src[s.pos]
		switch {
		case c == '\n' || c == '\r':
			newline = true
			s.pos++
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			s.pos++
		case c == '/' && strings.HasPrefix(src[s.pos:], "//"):
			i := strings.IndexAny(src[s.pos:], "\r\n")
			if i < 0 {
				s.pos = len(src)
				return newline
			}
			s.pos += i
		case c == '/' && strings.HasPrefix(src[s.pos:], "/*"):
			i := strings.Index(src[s.pos+2:], "*/")
			if i < 0 {
				s.pos = len(src)
				return newline
			}
			newline = newline || strings.ContainsAny(src[s.pos:s.pos+2+i], "\r\n")
			s.pos += i + 4
		case c >= 0x80:
			r, n := utf8.DecodeRuneInString(src[s.pos:])
			switch r {
			case '\u2028', '\u2029':
				newline = true
			case '\u00a0', '\ufeff', '\u3000':
			default:
				return newline
			}
			s.pos += n
		default:
			return newline
		}
	}
	return newline
}

func (s *scanner) number() {
	src := s.src
	for s.pos < len(src) {
		c := src[s.pos]
		if (c == '+' || c == '-') && (src[s.pos-1] == 'e' || src[s.pos-1] == 'E') && !strings.HasPrefix(src[s.prevNumber():], "0x") {
			s.pos++
			continue
		}
		if !identByte(c) && c != '.' || c >= 0x80 {
			return
		}
		s.pos++
	}
}

// prevNumber is where the number that is being read began.
func (s *scanner) prevNumber() int {
	i := s.pos
	for i > 0 && (identByte(s.src[i-1]) || s.src[i-1] == '.') {
		i--
	}
	return i
}

// template reads text up to the closing backtick or the next ${.
func (s *scanner) template() {
	src := s.src
	for s.pos < len(src) {
		switch src[s.pos] {
		case '\\':
			s.pos++
		case '`':
			s.pos++
			return
		case '$':
			if strings.HasPrefix(src[s.pos:], "${") {
				s.pos += 2
				s.open = append(s.open, bracket{char: '$', value: true})
				return
			}
		}
		s.pos++
	}
	s.pos = min(s.pos, len(src))
}

func oneOf(s string, list ...string) bool {
	for _, x := range list {
		if s == x {
			return true
		}
	}
	return false
}

// property reports whether the last token is a property's name after a dot.
func (s *scanner) property() bool {
	return s.prev2.kind == tokenPunct && (s.is(s.prev2, ".") || s.is(s.prev2, "?."))
}

// operand reports whether a word is followed by an operand.
func operandFollows(word string) bool {
	return oneOf(word, "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "instanceof", "else", "do", "await",
		"yield", "default", "extends")
}

func (s *scanner) regexpAllowed() bool {
	p := s.prev
	switch p.kind {
	case tokenEOF:
		return true
	case tokenWord:
		return !s.property() && operandFollows(s.text(p))
	case tokenPunct:
		switch s.src[p.start] {
		case ')':
			return s.closed.control
		case ']':
			return false
		case '}':
			return !s.closed.value
		case '+', '-':
			return p.end-p.start == 1
		}
		return true
	case tokenTemplate:
		return strings.HasSuffix(s.text(p), "${") && len(s.open) > 0 && s.open[len(s.open)-1].char == '$'
	}
	return false
}

// braceIsValue reports whether { begins an operand and not a block.
func (s *scanner) braceIsValue() bool {
	p := s.prev
	switch p.kind {
	case tokenWord:
		return !s.property() && oneOf(s.text(p), "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "instanceof",
			"await", "yield", "default")
	case tokenTemplate:
		return true
	case tokenPunct:
		switch s.src[p.start] {
		case ')', ';', '{', '}', ']':
			return false
		case ':':
			return len(s.open) > 0 && s.open[len(s.open)-1].value
		case '=':
			return s.text(p) != "=>"
		}
		return true
	}
	return false
}
