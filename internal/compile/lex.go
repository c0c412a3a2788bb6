package compile

import "strings"

// words calls f with each identifier or keyword of src that stands outside of
// strings, comments, templates' text and regular expressions. before is the
// last significant byte before it, 0 at the beginning.
func words(src string, f func(start, end int, before byte)) { scan(src, f, nil) }

// tokens calls f with each punctuation byte of src outside of strings,
// comments, templates' text and regular expressions.
func tokens(src string, f func(c byte)) { scan(src, func(int, int, byte) {}, f) }

func scan(src string, f func(start, end int, before byte), punctuation func(c byte)) {
	var templates []int // depth of braces at which a template goes on
	depth := 0
	last := byte(0)
	lastWord := ""
	i, n := 0, len(src)
	for i < n {
		c := src[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case c == '/' && i+1 < n && src[i+1] == '/':
			j := strings.IndexByte(src[i:], '\n')
			if j < 0 {
				return
			}
			i += j
			continue
		case c == '/' && i+1 < n && src[i+1] == '*':
			j := strings.Index(src[i+2:], "*/")
			if j < 0 {
				return
			}
			i += j + 4
			continue
		case c == '"' || c == '\'':
			i = endOfString(src, i)
		case c == '`':
			n := len(templates)
			if i = endOfTemplate(src, i+1, &templates, depth); punctuation != nil && len(templates) > n {
				punctuation('{')
			}
		case c == '}' && len(templates) > 0 && templates[len(templates)-1] == depth:
			templates = templates[:len(templates)-1]
			n := len(templates)
			if i = endOfTemplate(src, i+1, &templates, depth); punctuation != nil && len(templates) == n {
				punctuation('}')
			}
			c = '`'
		case c == '/' && regexpAllowed(last, lastWord):
			i = endOfRegexp(src, i)
		case identByte(c):
			j := i
			for j < n && identByte(src[j]) {
				j++
			}
			if last == '.' && strings.HasSuffix(strings.TrimRight(src[:i], " \t\r\n"), "...") {
				last = ',' // a spread, not a property
			}
			f(i, j, last)
			lastWord = src[i:j]
			i = j
			last = 'a'
			continue
		default:
			if c == '{' {
				depth++
			} else if c == '}' {
				depth--
			}
			if punctuation != nil {
				punctuation(c)
			}
			i++
		}
		last, lastWord = c, ""
	}
}

func identByte(c byte) bool {
	return c == '_' || c == '$' || c == '#' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func endOfString(src string, i int) int {
	q := src[i]
	for i++; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case q:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(src)
}

// endOfTemplate reads template text; at ${ it remembers to come back.
func endOfTemplate(src string, i int, templates *[]int, depth int) int {
	for ; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case '`':
			return i + 1
		case '$':
			if i+1 < len(src) && src[i+1] == '{' {
				*templates = append(*templates, depth)
				return i + 2
			}
		}
	}
	return len(src)
}

func endOfRegexp(src string, i int) int {
	class := false
	for i++; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return i + 1
			}
		case '\n':
			return i
		}
	}
	return len(src)
}

func regexpAllowed(last byte, word string) bool {
	switch last {
	case 'a':
		switch word {
		case "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "instanceof", "else", "do", "await", "yield":
			return true
		}
		return false
	case ')', ']', '`', '"', '\'', '/':
		return false
	}
	return true
}

// DynamicImport is what import is called in programs that use import(): a name
// of the same length, so that no column moves.
const DynamicImport = "__imp$"

// replaceDynamicImport renames import( to a call of DynamicImport.
func replaceDynamicImport(src string) (string, bool) {
	if !strings.Contains(src, "import") {
		return src, false
	}
	var b strings.Builder
	done := 0
	words(src, func(start, end int, before byte) {
		if src[start:end] != "import" || before == '.' {
			return
		}
		rest := strings.TrimLeft(src[end:], " \t\r\n")
		if !strings.HasPrefix(rest, "(") {
			return
		}
		b.WriteString(src[done:start])
		b.WriteString(DynamicImport)
		done = end
	})
	if done == 0 {
		return src, false
	}
	b.WriteString(src[done:])
	return b.String(), true
}

// HasModuleSyntax reports whether src has import or export statements, or
// import.meta: what makes a file without a declared type an ES module.
func HasModuleSyntax(src string) bool {
	found := false
	words(src, func(start, end int, before byte) {
		if found || before == '.' {
			return
		}
		w := src[start:end]
		if w != "import" && w != "export" {
			return
		}
		rest := strings.TrimLeft(src[end:], " \t\r\n")
		if w == "import" {
			found = !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, ":") && rest != "" &&
				strings.ContainsRune("\"'{*.", rune(rest[0])) || w == "import" && len(rest) > 0 && identByte(rest[0]) && atStatement(before)
			return
		}
		found = atStatement(before) && rest != "" && (strings.ContainsRune("{*", rune(rest[0])) || identByte(rest[0]))
	})
	return found
}

func atStatement(before byte) bool {
	return before == 0 || before == ';' || before == '}' || before == ')' || before == '"' || before == '\'' || before == '`' || before == 'a' || before == ']'
}
