package compile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gonode/gonode/internal/lazy"
)

var (
	moreErrors   = lazy.Regexp{Expr: ` \(and \d+ more errors?\)$`}
	constWithout = lazy.Regexp{Expr: `\bconst\s+[\w$]+\s*$`}
)

// V8Message turns a parser's message into V8's; src and off are the text and
// where it went wrong, if they are known.
func V8Message(msg, src string, off int) string {
	msg = strings.TrimPrefix(moreErrors.Get().ReplaceAllString(msg, ""), "SyntaxError: ")
	token := ""
	if off >= 0 && off < len(src) {
		token = tokenAt(src, off)
	}
	if strings.HasPrefix(msg, "Unexpected ") && inArguments(src, off) {
		return "missing ) after argument list"
	}
	if before := strings.TrimRight(src[:min(max(off, 0), len(src))], " \t"); strings.HasPrefix(msg, "Unexpected ") &&
		strings.HasSuffix(before, "await") && !strings.HasSuffix(before, ".await") {
		return "await is only valid in async functions and the top level bodies of modules"
	}
	if strings.HasPrefix(msg, "Unexpected ") && off > 0 && off <= len(src) && constWithout.Get().MatchString(src[max(off-80, 0):off]) {
		return "Missing initializer in const declaration"
	}
	switch msg {
	case "Invalid left-hand side in assignment":
		if token == "--" || token == "++" { // goja points at the operator
			before := strings.TrimRight(src[:off], " \t")
			if before != "" && (strings.HasSuffix(before, ")") || strings.HasSuffix(before, "]") || identByte(before[len(before)-1])) {
				return "Invalid left-hand side expression in postfix operation"
			}
			return "Invalid left-hand side expression in prefix operation"
		}
		return msg
	case "Unexpected token ILLEGAL":
		return "Invalid or unexpected token"
	case "Unexpected identifier":
		if token != "" {
			return msg + " '" + token + "'"
		}
		return msg
	case "Unexpected reserved word":
		switch token {
		case "import":
			return "Cannot use import statement outside a module"
		case "export":
			return "Unexpected token 'export'"
		case "await":
			return "await is only valid in async functions and the top level bodies of modules"
		}
		return msg
	case "Octal literals are not allowed in strict mode", "Delete of an unqualified identifier in strict mode":
		return msg + "."
	case "Illegal continue statement":
		return msg + ": no surrounding iteration statement"
	case "Already saw a default in switch":
		return "More than one default clause in switch statement"
	}
	if strings.HasPrefix(msg, "Logical expressions and coalesce") && token != "" {
		return "Unexpected token '" + token + "'"
	}
	if rest, ok := strings.CutPrefix(msg, "Label '"); ok && strings.HasSuffix(rest, "' already exists") {
		return "Label '" + strings.TrimSuffix(rest, " already exists") + " has already been declared"
	}
	if rest, ok := strings.CutPrefix(msg, "Unexpected token "); ok && rest != "" && rest[0] != '\'' {
		return "Unexpected token '" + rest + "'"
	}
	if strings.Contains(msg, "Compiler bug: Unknown expression type: *ast.PrivateIdentifier") {
		return "Private field '" + token + "' must be declared in an enclosing class"
	}
	return msg
}

// inArguments reports whether off follows a complete argument of a call that goes on.
func inArguments(src string, off int) bool {
	if off <= 0 || off >= len(src) || off > 1<<16 {
		return false
	}
	s := newScanner(src[:off])
	var calls []bool // of the open brackets: whether each is a call's
	for {
		before := s.prev
		t := s.next()
		if t.kind == tokenEOF {
			before = s.prev2
			operand := before.kind == tokenNumber || before.kind == tokenString || before.kind == tokenRegexp ||
				before.kind == tokenWord && (s.is(before, "await") || !operandFollows(s.text(before)) && !reserved[s.text(before)]) || before.kind == tokenPunct && s.is(before, ")")
			return len(calls) > 0 && calls[len(calls)-1] && operand && src[off] != ')' && src[off] != ';'
		}
		if t.kind != tokenPunct {
			continue
		}
		switch src[t.start] {
		case '(':
			calls = append(calls, before.kind == tokenWord && !reserved[s.text(before)] || before.kind == tokenPunct && (s.is(before, ")") || s.is(before, "]")))
		case '[', '{':
			calls = append(calls, false)
		case ')', ']', '}':
			if len(calls) > 0 {
				calls = calls[:len(calls)-1]
			}
		}
	}
}

// tokenAt is the identifier, number or punctuator at off.
func tokenAt(src string, off int) string {
	r, _ := utf8.DecodeRuneInString(src[off:])
	word := func(r rune) bool {
		return r == '$' || r == '_' || r == '#' || unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	if word(r) {
		end := strings.IndexFunc(src[off:], func(r rune) bool { return !word(r) })
		if end < 0 {
			return src[off:]
		}
		return src[off : off+end]
	}
	for _, p := range []string{"...", "===", "!==", "**=", "<<=", ">>=", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=",
		"&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "**", "<<", ">>"} {
		if strings.HasPrefix(src[off:], p) {
			return p
		}
	}
	return string(r)
}
