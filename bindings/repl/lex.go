package repl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a lexeme of a half-typed line is.
type kind uint8

const (
	space kind = iota
	comment
	stringLiteral // an unterminated one, too
	templateText  // with its backquotes, without what stands in ${ }
	regexpLiteral
	number
	word
	punctuator
)

// A lexeme is src[start:end].
type lexeme struct {
	kind       kind
	start, end int
	// open: the token wants more text to end, a closing quote or */.
	open bool
	// pair is the index of the token that closes or opens this bracket, -1 if
	// it has none; valid for brackets alone.
	pair int
}

// lex cuts src into tokens, whatever it is: nothing is refused, and the tokens
// are all of src. A template's ${ and } are brackets.
func lex(src string) []lexeme {
	l := lexer{src: src}
	for l.at < len(src) {
		l.next()
	}
	for _, i := range l.brackets {
		l.tokens[i].pair = -1
	}
	return l.tokens
}

type lexer struct {
	src      string
	at       int
	tokens   []lexeme
	brackets []int // open ones, as indices of tokens
	// operand is set where an expression has just ended: / divides.
	operand bool
}

func (l *lexer) add(k kind, end int) *lexeme {
	l.tokens = append(l.tokens, lexeme{kind: k, start: l.at, end: end})
	l.at = end
	return &l.tokens[len(l.tokens)-1]
}

func (l *lexer) next() {
	rest := l.src[l.at:]
	c := rest[0]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsSpace(r) || r == '\ufeff':
		n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsSpace(r) && r != '\ufeff' })
		if n < 0 {
			n = len(rest)
		}
		l.add(space, l.at+n)
	case strings.HasPrefix(rest, "//"):
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
		}
		l.add(comment, l.at+n)
	case strings.HasPrefix(rest, "/*"):
		n := strings.Index(rest[2:], "*/")
		if n < 0 {
			l.add(comment, len(l.src)).open = true
		} else {
			l.add(comment, l.at+n+4)
		}
	case c == '"' || c == '\'':
		n, closed := quoted(rest, c)
		l.add(stringLiteral, l.at+n).open = !closed
		l.operand = true
	case c == '`':
		l.template(1)
	case c == '}' && l.inTemplate():
		l.close("${")
		l.operand = true
		if l.at < len(l.src) {
			l.template(0)
		}
	case c == '/' && !l.operand:
		n, closed := regexpEnd(rest)
		l.add(regexpLiteral, l.at+n).open = !closed
		l.operand = true
	case digit(c) || c == '.' && len(rest) > 1 && digit(rest[1]):
		l.add(number, l.at+numeral(rest))
		l.operand = true
	case wordRune(r):
		n := strings.IndexFunc(rest, func(r rune) bool { return !wordRune(r) })
		if n < 0 {
			n = len(rest)
		}
		name := rest[:n]
		after := l.significant()
		property := after >= 0 && strings.HasSuffix(l.text(after), ".")
		l.add(word, l.at+n)
		l.operand = property || !beforeExpression[name]
	default:
		l.punctuator(rest, size)
	}
}

func (l *lexer) text(i int) string { return l.src[l.tokens[i].start:l.tokens[i].end] }

// significant is the last token that is neither space nor comment.
func (l *lexer) significant() int {
	i := len(l.tokens) - 1
	for i >= 0 && l.tokens[i].kind <= comment {
		i--
	}
	return i
}

func (l *lexer) punctuator(rest string, size int) {
	switch rest[0] {
	case '(', '[', '{':
		l.add(punctuator, l.at+1)
		l.brackets = append(l.brackets, len(l.tokens)-1)
		l.operand = false
	case ')':
		l.close("(")
		l.operand = true
	case ']':
		l.close("[")
		l.operand = true
	case '}':
		l.close("{")
		l.operand = false // a block's more often than an object's
	default:
		n := size
		for _, p := range []string{"...", "?.", "=>", "++", "--"} {
			if strings.HasPrefix(rest, p) {
				n = len(p)
				break
			}
		}
		// x++ / 2 divides.
		l.operand = l.operand && (strings.HasPrefix(rest, "++") || strings.HasPrefix(rest, "--"))
		l.add(punctuator, l.at+n)
	}
}

// close adds a closing bracket and pairs it.
func (l *lexer) close(open string) {
	t := l.add(punctuator, l.at+1)
	t.pair = -1
	if n := len(l.brackets) - 1; n >= 0 && l.text(l.brackets[n]) == open {
		t.pair = l.brackets[n]
		l.tokens[t.pair].pair = len(l.tokens) - 1
		l.brackets = l.brackets[:n]
	}
}

func (l *lexer) inTemplate() bool {
	n := len(l.brackets) - 1
	return n >= 0 && l.text(l.brackets[n]) == "${"
}

// template adds a template's text, which begins with skip characters of its
// own, up to the closing backquote or with ${ behind it.
func (l *lexer) template(skip int) {
	for i := l.at + skip; i < len(l.src); i++ {
		switch {
		case l.src[i] == '\\':
			i++
		case l.src[i] == '`':
			l.add(templateText, i+1)
			l.operand = true
			return
		case strings.HasPrefix(l.src[i:], "${"):
			if i > l.at {
				l.add(templateText, i)
			}
			l.add(punctuator, i+2)
			l.brackets = append(l.brackets, len(l.tokens)-1)
			l.operand = false
			return
		}
	}
	l.add(templateText, len(l.src)).open = true
}

// quoted is the length of a string literal, which no line end may be in.
func quoted(s string, quote byte) (n int, closed bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i + 1, true
		case '\n':
			return i, false
		}
	}
	return len(s), false
}

func regexpEnd(s string) (n int, closed bool) {
	class := false
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '\n':
			return i, false
		case '/':
			if class {
				continue
			}
			i++
			for i < len(s) && 'a' <= s[i] && s[i] <= 'z' {
				i++
			}
			return i, true
		}
	}
	return len(s), false
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// numeral is the length of a number, or of what looks like one.
func numeral(s string) int {
	i := 0
	decimal := len(s) < 2 || s[0] != '0' || !strings.ContainsRune("xXoObB", rune(s[1]))
	for i < len(s) {
		c := s[i]
		switch {
		case digit(c), c == '_', 'a' <= c|0x20 && c|0x20 <= 'z':
		case c == '.' && decimal && !strings.ContainsAny(s[:i], ".eE"):
		case (c == '+' || c == '-') && decimal && i > 0 && s[i-1]|0x20 == 'e':
		default:
			return i
		}
		i++
	}
	return i
}

func wordRune(r rune) bool {
	return r == '$' || r == '_' || r == '#' || r == '\u200c' || r == '\u200d' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// beforeExpression are the words that no operand ends with.
var beforeExpression = map[string]bool{
	"await": true, "case": true, "delete": true, "do": true, "else": true, "extends": true, "in": true, "instanceof": true, "new": true,
	"of": true, "return": true, "throw": true, "typeof": true, "void": true, "yield": true,
}

// chain finds the member expression that ends a line, of which the last name
// may be half-typed: obj["a" + b].na has the base obj["a" + b] and the name na.
// ok is false where a name cannot stand.
func chain(line string) (base, name string, ok bool) {
	tokens := lex(line)
	i := len(tokens) - 1
	end := len(line)
	if i >= 0 && tokens[i].kind == word {
		end = tokens[i].start
		i--
	} else if i >= 0 && (tokens[i].open || tokens[i].kind == comment || tokens[i].kind == number || tokens[i].kind == regexpLiteral) {
		return "", "", false
	}
	name = line[end:]
	text := func(i int) string { return line[tokens[i].start:tokens[i].end] }
	j := i
	for j >= 0 && tokens[j].kind <= comment {
		j--
	}
	if j < 0 || tokens[j].kind != punctuator || text(j) != "." && text(j) != "?." {
		if name == "" && i >= 0 && i == j && tokens[i].kind == punctuator && (text(i) == ")" || text(i) == "]") {
			return "", "", false // behind a whole expression no name follows
		}
		if i >= 0 && (tokens[i].kind == stringLiteral || tokens[i].kind == templateText) {
			return "", "", false
		}
		return "", name, true
	}
	dot := j
	start, ok := operand(tokens, line, j-1)
	if !ok {
		return "", "", false
	}
	return line[tokens[start].start:tokens[dot].start], line[tokens[dot].start:], true
}

// operand is where the member or call expression that ends with token i begins.
func operand(tokens []lexeme, line string, i int) (start int, ok bool) {
	text := func(i int) string { return line[tokens[i].start:tokens[i].end] }
	back := func() {
		for i >= 0 && tokens[i].kind <= comment {
			i--
		}
	}
	for {
		back()
		if i < 0 {
			return 0, false
		}
		t := tokens[i]
		switch {
		case t.kind == punctuator && strings.ContainsAny(text(i), ")]}") && len(text(i)) == 1:
			if t.pair < 0 || text(t.pair) == "${" {
				return 0, false
			}
			i = t.pair
			// What a bracket applies to stands before it.
			p := i - 1
			for p >= 0 && tokens[p].kind <= comment {
				p--
			}
			if text(t.pair) != "{" && p >= 0 && endsOperand(tokens[p], text(p)) {
				i = p
				continue
			}
		case t.kind == templateText:
			for !strings.HasPrefix(text(i), "`") {
				if i--; i < 0 || tokens[i].kind != punctuator || tokens[i].pair < 0 {
					return 0, false
				}
				i = tokens[i].pair - 1
				if i < 0 || tokens[i].kind != templateText {
					return 0, false
				}
			}
		case t.kind == word, t.kind == stringLiteral, t.kind == regexpLiteral, t.kind == number:
			if t.kind == word && beforeExpression[text(i)] {
				return 0, false
			}
		default:
			return 0, false
		}
		start = i
		i--
		back()
		if i < 0 || tokens[i].kind != punctuator || text(i) != "." && text(i) != "?." {
			if i >= 0 && tokens[i].kind == word && text(i) == "new" {
				return i, true
			}
			return start, true
		}
		i--
	}
}

func endsOperand(t lexeme, text string) bool {
	switch t.kind {
	case word:
		return !beforeExpression[text] && !statementWords[text]
	case stringLiteral, templateText, regexpLiteral:
		return true
	case punctuator:
		return text == ")" || text == "]" || text == "}"
	}
	return false
}

// statementWords stand before a parenthesis that is no call's.
var statementWords = map[string]bool{"if": true, "while": true, "for": true, "switch": true, "with": true, "catch": true}
