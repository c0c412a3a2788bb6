package assert

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// failing returns the source text of the call to assert that is running: what
// of it stands on the line that the stack frame names.
func failing(env bindings.Env) (string, bool) {
	frames := env.VM().CaptureCallStack(0, nil)
	for i := range frames {
		f := &frames[i]
		if f.SrcName() == "<native>" || strings.Contains(f.SrcName(), "node:assert") {
			continue
		}
		src, off, ok := gojax.FrameSource(f)
		if !ok {
			return "", false
		}
		if text := src.Source(); !strings.Contains(text, "\n//# sourceMappingURL=data:application/json;base64,") {
			return callAt(text, []int{off})
		}
		// The program was lowered: its own text is another one.
		file, line, column := compile.Origin(f.SrcName(), f.Position())
		if strings.HasSuffix(file, "/[eval1]") {
			return callIn(env.Host().Flags["eval"], line, column)
		}
		if u, err := url.Parse(file); err == nil && u.Scheme == "file" {
			file = filepath.FromSlash(u.Path)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return "", false
		}
		return callIn(string(b), line, column)
	}
	return "", false
}

// callIn finds the call at line and column (from 1) of a module's text.
func callIn(src string, line, column int) (string, bool) {
	body := compile.StripShebang(src)
	start := 0
	for ; line > 1; line-- {
		j := strings.IndexByte(body[start:], '\n')
		if j < 0 {
			return "", false
		}
		start += j + 1
	}
	const prefix = "(async function () {"
	// Columns count UTF-16 units; frames of the engine's may count bytes.
	at := len(prefix) + start
	return callAt(prefix+body+"\n})", []int{at + bytesOf(body[start:], column-1), at + column - 1})
}

// callAt returns the call expression at one of the offsets.
func callAt(src string, offsets []int) (string, bool) {
	var exact, around *ast.CallExpression
	anchor := offsets[0]
	if prg, err := parse(src); err == nil {
		calls(reflect.ValueOf(prg), map[uintptr]bool{}, func(c *ast.CallExpression) {
			for _, off := range offsets {
				if name := nameOf(c); (name == off+1 || int(c.LeftParenthesis) == off+1) && (exact == nil || shorter(c, exact)) {
					exact, anchor = c, name-1
				}
				if int(c.Idx0()) <= off+1 && off+1 <= int(c.LeftParenthesis) && (around == nil || shorter(c, around)) {
					around = c
				}
			}
		})
	}
	best := exact
	if best == nil {
		best = around
	}
	if anchor < 0 || anchor >= len(src) {
		return "", false
	}
	lineStart := strings.LastIndexByte(src[:anchor], '\n') + 1
	lineEnd := len(src)
	if i := strings.IndexByte(src[anchor:], '\n'); i >= 0 {
		lineEnd = anchor + i
	}
	from, to := anchor, lineEnd
	if best != nil {
		if i := int(best.Idx0()) - 1; i >= lineStart {
			from = i
		}
		if i := int(best.Idx1()) - 1; i < lineEnd {
			to = i
		}
	}
	if best == nil { // a module's import syntax is not the parser's
		from, to = scanCall(src, anchor, lineStart, lineEnd)
	}
	if from >= to {
		return "", false
	}
	return escapeControl(strings.TrimSuffix(src[from:to], "\r")), true
}

// scanCall finds the call around offset at on its line without a parser: names
// and dots before, brackets that match after.
func scanCall(src string, at, lineStart, lineEnd int) (from, to int) {
	name := func(c byte) bool {
		return c == '_' || c == '$' || c == '.' || c == '?' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	}
	// A source map may lead to the first argument in place of the name.
	next := at
	for next < lineEnd && name(src[next]) {
		next++
	}
	if (next == lineEnd || src[next] != '(') && at > lineStart && src[at-1] == '(' {
		at--
	}
	from = at
	for from > lineStart && name(src[from-1]) {
		from--
	}
	depth := 0
	for i := at; i < lineEnd; i++ {
		switch c := src[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 && c == ')' {
				return from, i + 1
			}
		case '"', '\'', '`':
			for i++; i < lineEnd && src[i] != c; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		}
	}
	return from, lineEnd
}

func parse(src string) (prg *ast.Program, err error) {
	defer func() {
		if x := recover(); x != nil { // goja's parser panics on a few inputs
			err = fmt.Errorf("parser: %v", x)
		}
	}()
	return goja.Parse("", src, parser.WithDisableSourceMaps)
}

func escapeControl(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x20 && r != '\t' {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func shorter(a, b *ast.CallExpression) bool { return a.Idx1()-a.Idx0() <= b.Idx1()-b.Idx0() }

// nameOf is where the name of the called function stands.
func nameOf(c *ast.CallExpression) int {
	switch f := c.Callee.(type) {
	case *ast.DotExpression:
		return int(f.Identifier.Idx)
	case *ast.Identifier:
		return int(f.Idx)
	}
	return int(c.LeftParenthesis)
}

// bytesOf is the length in bytes of the first n UTF-16 units of a line.
func bytesOf(s string, n int) int {
	for i, r := range s {
		if n <= 0 || r == '\n' {
			return i
		}
		n -= max(utf16.RuneLen(r), 1)
	}
	return len(s)
}

// calls visits the call expressions below v. Reflection serves here: it runs
// once for a failed assertion.
func calls(v reflect.Value, seen map[uintptr]bool, visit func(*ast.CallExpression)) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			calls(v.Elem(), seen, visit)
		}
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] || v.Type().Elem().PkgPath() != reflect.TypeFor[ast.Program]().PkgPath() {
			return
		}
		seen[v.Pointer()] = true
		if c, ok := v.Interface().(*ast.CallExpression); ok {
			visit(c)
		}
		calls(v.Elem(), seen, visit)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				calls(v.Field(i), seen, visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			calls(v.Index(i), seen, visit)
		}
	}
}
