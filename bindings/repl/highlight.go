package repl

import (
	"strings"
)

// The colours are those in which inspect shows the same things.
const (
	red     = "\x1b[31m"
	green   = "\x1b[32m"
	yellow  = "\x1b[33m"
	magenta = "\x1b[35m"
	grey    = "\x1b[90m"
	plain   = "\x1b[39m"
	// matched marks a pair of brackets.
	matched   = "\x1b[1;4m"
	unmatched = "\x1b[22;24m"
)

// maxPainted is the longest line that is coloured: each key paints all of it.
const maxPainted = 1 << 14

var keywords = words(`async await break case catch class const continue debugger default delete do else export extends finally for
	function if import in instanceof let new of return static super switch this throw try typeof var void while with yield`)

var constants = words("true false null undefined NaN Infinity")

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Highlight returns line with colours. cursor is a place in line, in UTF-16
// units: a bracket there, or before it, is marked with its partner; -1 marks
// none. Without the escape sequences the text is line.
func Highlight(line string, cursor int) string {
	if len(line) > maxPainted {
		return line
	}
	tokens := lex(line)
	marked := map[int]bool{}
	if at := byteOffset(line, cursor); at >= 0 {
		for i, t := range tokens {
			if bracket(line[t.start:t.end]) && t.kind == punctuator && t.pair >= 0 && (t.end == at || t.start == at) {
				clear(marked)
				marked[i], marked[t.pair] = true, true
				if t.start == at {
					break // under the cursor goes before left of it
				}
			}
		}
	}
	var out strings.Builder
	for i, t := range tokens {
		text := line[t.start:t.end]
		colour := ""
		switch t.kind {
		case comment:
			colour = grey
		case stringLiteral, templateText:
			colour = green
		case regexpLiteral:
			colour = red
		case number:
			colour = yellow
		case word:
			switch {
			case propertyName(tokens, line, i):
			case keywords[text]:
				colour = magenta
			case constants[text]:
				colour = yellow
			}
		case punctuator:
			if t.pair < 0 && (text == ")" || text == "]" || text == "}") {
				colour = red
			}
		}
		if marked[i] {
			out.WriteString(matched)
		}
		if colour != "" {
			// Each row of several is painted by itself.
			text = strings.ReplaceAll(text, "\n", plain+"\n"+colour)
			out.WriteString(colour + text + plain)
		} else {
			out.WriteString(text)
		}
		if marked[i] {
			out.WriteString(unmatched)
		}
	}
	return out.String()
}

func bracket(text string) bool {
	switch text {
	case "(", ")", "[", "]", "{", "}", "${":
		return true
	}
	return false
}

// propertyName reports whether a word is a property's name: behind a dot, or
// before the colon of an object literal.
func propertyName(tokens []lexeme, line string, i int) bool {
	p := i - 1
	for p >= 0 && tokens[p].kind <= comment {
		p--
	}
	if p >= 0 && tokens[p].kind == punctuator && (line[tokens[p].start:tokens[p].end] == "." || line[tokens[p].start:tokens[p].end] == "?.") {
		return true
	}
	n := i + 1
	for n < len(tokens) && tokens[n].kind <= comment {
		n++
	}
	return n < len(tokens) && line[tokens[n].start] == ':' && p >= 0 && (line[tokens[p].start] == '{' || line[tokens[p].start] == ',')
}

// byteOffset turns a number of UTF-16 units into one of bytes.
func byteOffset(s string, units int) int {
	if units < 0 {
		return -1
	}
	for i, r := range s {
		if units <= 0 {
			return i
		}
		units--
		if r >= 0x10000 {
			units--
		}
	}
	return len(s)
}

// Indent is the white space a new row after text begins with: that of its last
// row, two more behind an open bracket.
func Indent(text string) string {
	last := text[strings.LastIndexByte(text, '\n')+1:]
	indent := last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	tokens := lex(text)
	for i := len(tokens) - 1; i >= 0; i-- {
		t := tokens[i]
		if t.kind <= comment {
			continue
		}
		if t.kind == punctuator && t.pair < 0 && strings.ContainsAny(text[t.start:t.end], "([{") {
			return indent + "  "
		}
		break
	}
	return indent
}
