package compile

import (
	"strings"

	"github.com/gonode/gonode/internal/lazy"
)

var (
	expected   = lazy.Regexp{Expr: `^Expected .* but found (?:"(.*)"|(.*))$`}
	unexpected = lazy.Regexp{Expr: `^Unexpected "(.*)"$`}
	declared   = lazy.Regexp{Expr: `^The symbol "(.*)" has already been declared$`}
	multiple   = lazy.Regexp{Expr: `^Multiple exports with the same name "(.*)"$`}
)

// esbuildMessage turns esbuild's words into V8's.
func esbuildMessage(text string) string {
	if g := declared.Get().FindStringSubmatch(text); g != nil {
		return "Identifier '" + g[1] + "' has already been declared"
	}
	if g := multiple.Get().FindStringSubmatch(text); g != nil {
		return "Duplicate export of '" + g[1] + "'"
	}
	token := ""
	if g := expected.Get().FindStringSubmatch(text); g != nil {
		token = g[1] + g[2]
	} else if g := unexpected.Get().FindStringSubmatch(text); g != nil {
		token = g[1]
	} else {
		return text
	}
	switch {
	case token == "end of file":
		return "Unexpected end of input"
	case token != "" && (token[0] == '"' || token[0] == '\'' || strings.HasPrefix(token, "string")):
		return "Unexpected string"
	case token != "" && token[0] >= '0' && token[0] <= '9':
		return "Unexpected number"
	case token != "" && identByte(token[0]) && !reserved[token]:
		return "Unexpected identifier '" + token + "'"
	}
	return "Unexpected token '" + token + "'"
}

var reserved = map[string]bool{"break": true, "case": true, "catch": true, "class": true, "const": true, "continue": true,
	"debugger": true, "default": true, "delete": true, "do": true, "else": true, "export": true, "extends": true,
	"finally": true, "for": true, "function": true, "if": true, "import": true, "in": true, "instanceof": true,
	"new": true, "return": true, "super": true, "switch": true, "this": true, "throw": true, "try": true,
	"typeof": true, "var": true, "void": true, "while": true, "with": true, "null": true, "true": true, "false": true}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// oneBased moves every original column of a source map by one: maps count
// from 0, goja passes that on, and positions count from 1. As columns are
// stored as differences, the first one carries the others along.
func oneBased(mappings string) string {
	start := 0
	for start < len(mappings) && (mappings[start] == ';' || mappings[start] == ',') {
		start++
	}
	end := start
	for end < len(mappings) && mappings[end] != ';' && mappings[end] != ',' {
		end++
	}
	var fields []int
	value, shift := 0, 0
	for _, c := range mappings[start:end] {
		d := strings.IndexRune(base64Digits, c)
		if d < 0 {
			return mappings
		}
		value |= d & 31 << shift
		if shift += 5; d&32 == 0 {
			n := value >> 1
			if value&1 != 0 {
				n = -n
			}
			fields = append(fields, n)
			value, shift = 0, 0
		}
	}
	if len(fields) < 4 {
		return mappings
	}
	fields[3]++
	var b strings.Builder
	b.WriteString(mappings[:start])
	for _, n := range fields {
		v := n << 1
		if n < 0 {
			v = -n<<1 | 1
		}
		for {
			d := v & 31
			if v >>= 5; v > 0 {
				d |= 32
			}
			b.WriteByte(base64Digits[d])
			if v == 0 {
				break
			}
		}
	}
	return b.String() + mappings[end:]
}
