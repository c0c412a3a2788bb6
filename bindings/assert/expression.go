package assert

import (
	"reflect"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// expressionAt returns the text of the call expression whose frame is at line
// and column (from 1), without the indentation of its further lines.
func expressionAt(src string, line, column int) (string, bool) {
	body := strings.TrimPrefix(src, "\ufeff")
	if strings.HasPrefix(body, "#!") {
		body = "//" + body[2:]
	}
	const prefix = "(async function () {"
	prg, err := goja.Parse("", prefix+body+"\n})", parser.WithDisableSourceMaps)
	if err != nil {
		return "", false
	}
	offset, ok := offsetOf(body, line, column)
	if !ok {
		return "", false
	}
	pos := offset + len(prefix) + 1
	var best *ast.CallExpression
	calls(reflect.ValueOf(prg), map[uintptr]bool{}, func(c *ast.CallExpression) {
		if int(c.Idx0()) <= pos && pos <= int(c.LeftParenthesis) && (best == nil || c.Idx1()-c.Idx0() <= best.Idx1()-best.Idx0()) {
			best = c
		}
	})
	if best == nil {
		return "", false
	}
	from, to := int(best.Idx0())-1-len(prefix), int(best.Idx1())-1-len(prefix)
	if from < 0 || to > len(body) || from >= to {
		return "", false
	}
	return dedent(body, from, to), true
}

func offsetOf(src string, line, column int) (int, bool) {
	i := 0
	for ; line > 1; line-- {
		j := strings.IndexByte(src[i:], '\n')
		if j < 0 {
			return 0, false
		}
		i += j + 1
	}
	for _, r := range src[i:] {
		if column <= 1 || r == '\n' {
			break
		}
		column -= utf16.RuneLen(r)
		i += len(string(r))
	}
	return i, true
}

// dedent removes from the further lines of the expression the indentation
// that its first line has in the file.
func dedent(src string, from, to int) string {
	start := strings.LastIndexByte(src[:from], '\n') + 1
	column := from - start
	list := strings.Split(src[from:to], "\n")
	for i := 1; i < len(list); i++ {
		n := 0
		for n < len(list[i]) && n < column && (list[i][n] == ' ' || list[i][n] == '\t') {
			n++
		}
		list[i] = list[i][n:]
	}
	return strings.Join(list, "\n  ")
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
