package compile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/gonode/gonode/internal/gojax"
)

// compileAST compiles a tree and puts right what goja's regular expressions
// misunderstand; a program's own throw statements tell where they stand.
func compileAST(tree *ast.Program, strict bool) (*goja.Program, error) {
	var p *goja.Program
	var err error
	if tree.File != nil && hasAsync(tree.File.Source()) {
		p, err = compileAsync(tree, strict)
	} else {
		p, err = goja.CompileAST(tree, strict)
	}
	if err != nil || tree.File == nil {
		return p, err
	}
	src, name := tree.File.Source(), tree.File.Name()
	properties := strings.Contains(src, `\p{`) || strings.Contains(src, `\P{`)
	builtin := strings.HasPrefix(name, "node:") || strings.Contains(name, ":node:")
	if properties || !builtin && (strings.Contains(src, "/") || strings.Contains(src, "throw")) {
		gojax.Patch(p, !builtin, ExpandRegExp)
	}
	return p, nil
}

// ExpandRegExp gives the pattern that means to goja what source means to
// ECMA-262; false if that is source itself. The properties of \p{…} become the
// ranges that they stand for: goja takes them for the letter p. A dot does not
// match a carriage return or the two separators.
func ExpandRegExp(source, flags string) (string, bool) {
	unicode, all := strings.ContainsAny(flags, "uv"), strings.Contains(flags, "s")
	dot := !all && strings.Contains(source, ".")
	if !dot && (!unicode || !strings.Contains(source, `\p{`) && !strings.Contains(source, `\P{`)) {
		return source, false
	}
	out := expandPattern(source, unicode, all)
	return out, out != source
}

// expandPattern rewrites one pattern; a property that is not known stays.
func expandPattern(p string, unicode, all bool) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		if c != '\\' || i+1 == len(p) {
			switch c {
			case '[':
				class = true
			case ']':
				class = false
			case '.':
				if !class && !all {
					b.WriteString(`[^\n\r\u2028\u2029]`)
					continue
				}
			}
			b.WriteByte(c)
			continue
		}
		if next := p[i+1]; unicode && (next == 'p' || next == 'P') && strings.HasPrefix(p[i+2:], "{") {
			if end := strings.IndexByte(p[i:], '}'); end > 0 {
				if set, ok := property(p[i+3 : i+end]); ok {
					b.WriteString(set.class(next == 'P', class))
					i += end
					continue
				}
			}
		}
		b.WriteString(p[i : i+2])
		i++
	}
	return b.String()
}

// ranges are code points, sorted and apart.
type ranges [][2]rune

// class writes the ranges for use inside a class, or as one.
func (r ranges) class(negated, inside bool) string {
	if negated {
		r = r.complement()
	}
	var b strings.Builder
	for _, x := range r {
		if x[0] == x[1] {
			fmt.Fprintf(&b, `\u{%X}`, x[0])
		} else {
			fmt.Fprintf(&b, `\u{%X}-\u{%X}`, x[0], x[1])
		}
	}
	if inside {
		return b.String()
	}
	return "[" + b.String() + "]"
}

func (r ranges) complement() (out ranges) {
	next := rune(0)
	for _, x := range r {
		if x[0] > next {
			out = append(out, [2]rune{next, x[0] - 1})
		}
		next = x[1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, [2]rune{next, unicode.MaxRune})
	}
	return out
}

// union collects the code points of tables.
func union(tables ...*unicode.RangeTable) ranges {
	var all ranges
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			all = append(all, [2]rune{lo, hi})
			return
		}
		for r := lo; r <= hi; r += stride {
			all = append(all, [2]rune{r, r})
		}
	}
	for _, t := range tables {
		if t == nil {
			continue
		}
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	slices.SortFunc(all, func(x, y [2]rune) int { return int(x[0] - y[0]) })
	var out ranges
	for _, r := range all {
		if n := len(out); n > 0 && r[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}

// without takes the code points of tables out.
func (r ranges) without(tables ...*unicode.RangeTable) (out ranges) {
	cut := union(tables...)
	for _, x := range r {
		for _, c := range cut {
			if c[1] < x[0] || c[0] > x[1] {
				continue
			}
			if c[0] > x[0] {
				out = append(out, [2]rune{x[0], c[0] - 1})
			}
			x[0] = c[1] + 1
		}
		if x[0] <= x[1] {
			out = append(out, x)
		}
	}
	return out
}

// property is UnicodePropertyValueExpression of ECMA-262.
func property(expr string) (ranges, bool) {
	name, value, pair := strings.Cut(expr, "=")
	if pair {
		switch name {
		case "Script", "sc", "Script_Extensions", "scx":
			if t, ok := unicode.Scripts[value]; ok {
				return union(t), true
			}
			return nil, false
		case "General_Category", "gc":
			name = value
		default:
			return nil, false
		}
	}
	if short, ok := longNames()[name]; ok {
		name = short
	}
	if t, ok := unicode.Categories[name]; ok {
		return union(t), true
	}
	if pair {
		return nil, false
	}
	prop := func(n string) *unicode.RangeTable { return unicode.Properties[n] }
	switch name {
	case "Any":
		return ranges{{0, unicode.MaxRune}}, true
	case "ASCII":
		return ranges{{0, 0x7f}}, true
	case "Alphabetic", "Alpha":
		return union(unicode.L, unicode.Nl, prop("Other_Alphabetic")), true
	case "Lowercase", "Lower":
		return union(unicode.Ll, prop("Other_Lowercase")), true
	case "Uppercase", "Upper":
		return union(unicode.Lu, prop("Other_Uppercase")), true
	case "ID_Start", "IDS", "XID_Start", "XIDS":
		return union(unicode.L, unicode.Nl, prop("Other_ID_Start")).
			without(prop("Pattern_Syntax"), prop("Pattern_White_Space")), true
	case "ID_Continue", "IDC", "XID_Continue", "XIDC":
		return union(unicode.L, unicode.Nl, prop("Other_ID_Start"), unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc,
			prop("Other_ID_Continue")).without(prop("Pattern_Syntax"), prop("Pattern_White_Space")), true
	}
	if t, ok := unicode.Properties[name]; ok && !strings.HasPrefix(name, "Other_") {
		return union(t), true
	}
	return nil, false
}

// longNames are the aliases of the general categories.
func longNames() map[string]string {
	return map[string]string{
		"Letter": "L", "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Titlecase_Letter": "Lt",
		"Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc",
		"Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
		"Punctuation": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
		"Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
		"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
		"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
		"Other": "C", "Control": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co",
	}
}
