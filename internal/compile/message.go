package compile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gonode/gonode/internal/lazy"
)

var moreErrors = lazy.Regexp{Expr: ` \(and \d+ more errors?\)$`}

// V8Message turns a parser's message into V8's; src and off are the text and
// where it went wrong, if they are known.
func V8Message(msg, src string, off int) string {
	msg = strings.TrimPrefix(moreErrors.Get().ReplaceAllString(msg, ""), "SyntaxError: ")
	token := ""
	if off >= 0 && off < len(src) {
		token = tokenAt(src, off)
	}
	if before := strings.TrimRight(src[:min(max(off, 0), len(src))], " \t"); strings.HasPrefix(msg, "Unexpected ") &&
		strings.HasSuffix(before, "await") && !strings.HasSuffix(before, ".await") {
		return "await is only valid in async functions and the top level bodies of modules"
	}
	switch msg {
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
