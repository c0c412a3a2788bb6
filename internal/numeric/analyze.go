package numeric

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/lazy"
)

// Hook is the name under which the generated prologue finds [Engine.Call]. It
// is no identifier that a script could write.
const Hook = "%numeric"

// candidate is a function that may qualify.
type candidate struct {
	name   string
	params *ast.ParameterList
	body   *ast.BlockStatement // where the prologue goes
	at     file.Idx
}

// Rewrite gives the qualifying functions of a module a prologue that offers
// each call to the compiled code first. prog is the parsed function wrapper
// around a module whose text is src.
func Rewrite(prog *ast.Program, src string) {
	if len(prog.Body) != 1 {
		return
	}
	es, ok := prog.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return
	}
	wrapper, ok := es.Expression.(*ast.FunctionLiteral)
	if !ok || wrapper.Body == nil {
		return
	}
	dynamic := -1 // does the text mention eval or with? not asked yet
	for _, st := range wrapper.Body.List {
		c := candidateOf(st)
		if c == nil {
			continue
		}
		code, ok := translate(c)
		if !ok || !bindingIsFixed(src, c.name) {
			continue
		}
		if dynamic < 0 {
			dynamic = len(dynamicScope.Get().FindStringIndex(src))
		}
		if dynamic > 0 {
			return
		}
		addPrologue(c, base64.StdEncoding.EncodeToString(code))
	}
}

var dynamicScope = lazy.Regexp{Expr: `\beval\b|\bwith\s*\(`}

func candidateOf(st ast.Statement) *candidate {
	switch st := st.(type) {
	case *ast.FunctionDeclaration:
		f := st.Function
		if f.Async || f.Generator || f.Name == nil {
			return nil
		}
		return &candidate{f.Name.Name.String(), f.ParameterList, f.Body, f.Function}
	case *ast.LexicalDeclaration:
		if st.Token != token.CONST || len(st.List) != 1 {
			return nil
		}
		id, ok := st.List[0].Target.(*ast.Identifier)
		if !ok {
			return nil
		}
		switch f := st.List[0].Initializer.(type) {
		case *ast.FunctionLiteral:
			if f.Async || f.Generator || f.Name != nil {
				return nil
			}
			return &candidate{id.Name.String(), f.ParameterList, f.Body, f.Function}
		case *ast.ArrowFunctionLiteral:
			if f.Async {
				return nil
			}
			body, ok := f.Body.(*ast.BlockStatement)
			if !ok {
				e := f.Body.(*ast.ExpressionBody)
				body = &ast.BlockStatement{LeftBrace: e.Idx0(), RightBrace: e.Idx1(),
					List: []ast.Statement{&ast.ReturnStatement{Return: e.Idx0(), Argument: e.Expression}}}
				c := &candidate{id.Name.String(), f.ParameterList, body, f.Start}
				if _, ok := translate(c); ok {
					f.Body = body
					return c
				}
				return nil
			}
			return &candidate{id.Name.String(), f.ParameterList, body, f.Start}
		}
	}
	return nil
}

// bindingIsFixed reports whether every mention of name in src is its one
// declaration, a call, or the right side of an assignment: then nothing can
// have given the name another value. It reads text, comments and strings
// included, and errs on the side of saying no.
func bindingIsFixed(src, name string) bool {
	declared := 0
	for at := 0; ; {
		i := strings.Index(src[at:], name)
		if i < 0 {
			return declared == 1
		}
		start, end := at+i, at+i+len(name)
		at = end
		if start > 0 && wordByte(src[start-1]) || end < len(src) && wordByte(src[end]) {
			continue
		}
		before := strings.TrimRight(src[:start], " \t\r\n")
		after := strings.TrimLeft(src[end:], " \t\r\n")
		switch {
		case endsWithWord(before, "function"), endsWithWord(before, "const"):
			declared++
		case endsWithWord(before, "let"), endsWithWord(before, "var"), endsWithWord(before, "class"):
			return false
		case strings.HasPrefix(after, "("):
		case strings.HasSuffix(before, "=") && !strings.HasPrefix(after, "=") &&
			!strings.HasPrefix(after, "+") && !strings.HasPrefix(after, "-"):
		default:
			return false
		}
	}
}

func wordByte(b byte) bool {
	return b == '_' || b == '$' || b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func endsWithWord(s, word string) bool {
	return strings.HasSuffix(s, word) && (len(s) == len(word) || !wordByte(s[len(s)-len(word)-1]))
}

// addPrologue puts { const r = %numeric(code, params…); if (r !== void 0) return r }
// in front of the body.
func addPrologue(c *candidate, code string) {
	at := c.body.LeftBrace
	id := func(name string) *ast.Identifier {
		return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
	}
	args := []ast.Expression{&ast.StringLiteral{Idx: at, Literal: `""`, Value: unistring.NewFromString(code)}}
	for _, p := range c.params.List {
		args = append(args, id(p.Target.(*ast.Identifier).Name.String()))
	}
	call := &ast.CallExpression{Callee: id(Hook), LeftParenthesis: at, ArgumentList: args, RightParenthesis: at}
	zero := &ast.NumberLiteral{Idx: at, Literal: "0", Value: int64(0)}
	prologue := &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: []ast.Statement{
		&ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{{Target: id("%r"), Initializer: call}}},
		&ast.IfStatement{
			If: at,
			Test: &ast.BinaryExpression{Operator: token.STRICT_NOT_EQUAL, Left: id("%r"), Comparison: true,
				Right: &ast.UnaryExpression{Operator: token.VOID, Idx: at, Operand: zero}},
			Consequent: &ast.ReturnStatement{Return: at, Argument: id("%r")},
		},
	}}
	c.body.List = append([]ast.Statement{prologue}, c.body.List...)
}
