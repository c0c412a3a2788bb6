package compile

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/regexp"
)

// compileAST compiles a tree whose regular expression literals are ours: goja
// gets numbers in their place, and what it makes of those is replaced. A
// program's own throw statements tell where they stand.
func compileAST(tree *ast.Program, strict bool) (*goja.Program, error) {
	if tree.File == nil {
		return goja.CompileAST(tree, strict)
	}
	src, name := tree.File.Source(), tree.File.Name()
	if !strict && mayHoist(src) {
		hoistFunctions(tree)
	}
	// What is built in needs no limits: they cost at every start.
	limited := !strings.HasPrefix(name, "node:") && !strings.Contains(name, ":node:")
	if limited {
		keepBigInts(tree, src)
	}
	compile := goja.CompileAST
	if hasAsync(src) {
		compile = compileAsync
	}
	var l []*ast.RegExpLiteral
	if mayHaveRegExps(src) {
		l = literalsOf(tree)
	}
	list := make([]gojax.Literal, len(l))
	for i, lit := range l {
		re, err := literal(lit)
		if err != nil {
			return nil, &goja.CompilerSyntaxError{CompilerError: goja.CompilerError{
				Message: err.Error(), File: tree.File, Offset: offsetOf(tree.File, lit.Idx)}}
		}
		list[i] = gojax.Literal{Source: gojax.NewString(lit.Pattern), Regexp: re}
	}
	for i, lit := range l {
		pattern, flags := lit.Pattern, lit.Flags
		lit.Pattern, lit.Flags = strconv.Itoa(i), ""
		defer func() { lit.Pattern, lit.Flags = pattern, flags }()
	}
	p, err := compile(tree, strict)
	if err != nil {
		return nil, err
	}
	if limited {
		if err := gojax.Limit(p); err != nil {
			return nil, err
		}
	}
	throws := limited && strings.Contains(src, "throw")
	if len(l) == 0 && !throws {
		return p, nil
	}
	return p, gojax.Patch(p, throws, list)
}

func offsetOf(f *file.File, idx file.Idx) int { return int(idx) - f.Base() }

// mayHaveRegExps tells the texts that have no slash but those of comments.
func mayHaveRegExps(src string) bool {
	for i := 0; ; i++ {
		n := strings.IndexByte(src[i:], '/')
		if n < 0 || i+n+1 >= len(src) {
			return false
		}
		i += n
		switch src[i+1] {
		case '/': // a comment, or the end of a text with a slash in it
			line := src[strings.LastIndexByte(src[:i], '\n')+1 : i]
			if strings.TrimLeft(line, " \t") != "" && strings.ContainsAny(line, "\"'`/") {
				return true
			}
			end := strings.IndexByte(src[i:], '\n')
			if end < 0 {
				return false
			}
			i += end
		case '*':
			end := strings.Index(src[i+2:], "*/")
			if end < 0 {
				return true
			}
			i += end + 3
		default:
			return true
		}
	}
}

var errFlags = errors.New("Invalid regular expression flags") //lint:ignore ST1005 V8's words

func literal(lit *ast.RegExpLiteral) (*regexp.Regexp, error) {
	flags, ok := regexp.ParseFlags(lit.Flags)
	if !ok {
		return nil, errFlags
	}
	return regexp.Compile(utf16.Encode([]rune(lit.Pattern)), flags)
}

// literalsOf are the regular expression literals of a tree.
func literalsOf(tree *ast.Program) (list []*ast.RegExpLiteral) {
	v := &visitor{expr: func(p *ast.Expression) {
		if lit, ok := (*p).(*ast.RegExpLiteral); ok {
			list = append(list, lit)
		}
	}}
	v.program(tree)
	return list
}
