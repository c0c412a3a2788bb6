package compile

import (
	"errors"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// goja's parser reads async generator functions, which its compiler refuses,
// but neither for await nor async generator methods of object literals. These
// are blanked to what it does read, nothing changing its place, and put right
// in the tree: `for await (` becomes `for (`, `async *m` becomes `*m`, and in
// the body of such a method `await` becomes `void`, which has its precedence.

// blank stands for what has been blanked, and tells the compiler's pass that
// there is something for it to do.
const blank = "/*_*/"

// hidden is what has been blanked, by offset.
type hidden struct {
	text    string
	loops   map[int]bool // for, of for await
	methods map[int]int  // * of an async generator method → async
	awaits  map[int]bool
}

// mayAwait tells quickly that src has nothing for hide to do.
func mayAwait(src string) bool {
	for rest := src; ; {
		i := strings.Index(rest, "await")
		if i < 0 {
			break
		}
		if strings.HasSuffix(strings.TrimRight(rest[:i], " \t\r\n"), "for") || i > 0 && rest[i-1] == '/' {
			return true
		}
		rest = rest[i+5:]
	}
	return mayGenerate(src)
}

// hasAsync tells quickly that text which has been parsed has neither.
func hasAsync(text string) bool { return strings.Contains(text, blank) || mayGenerate(text) }

// mayGenerate tells quickly that src has no async generator.
func mayGenerate(src string) bool {
	for rest := src; ; {
		i := strings.Index(rest, "async")
		if i < 0 {
			return false
		}
		rest = rest[i+5:]
		next := strings.TrimLeft(rest, " \t\r\n")
		if f, ok := strings.CutPrefix(next, "function"); ok {
			next = strings.TrimLeft(f, " \t\r\n")
		}
		if next != "" && (next[0] == '*' || next[0] == '/') {
			return true
		}
	}
}

// hide blanks what goja's parser does not read; nil if there is nothing.
func hide(src string) *hidden {
	if !mayAwait(src) {
		return nil
	}
	h := &hidden{loops: map[int]bool{}, methods: map[int]int{}, awaits: map[int]bool{}}
	var text []byte
	replace := func(at int, with string) {
		if text == nil {
			text = []byte(src)
		}
		copy(text[at:], with)
	}
	s := newScanner(src)
	bodies := []int(nil) // depths of the methods being read
	var before, last, async lexeme
	for {
		t := s.next()
		if t.kind == tokenEOF {
			break
		}
		switch {
		case t.kind == tokenWord && s.is(t, "await") && !(before.kind == tokenPunct && (s.is(before, ".") || s.is(before, "?."))):
			switch {
			case before.kind == tokenWord && s.is(before, "for"):
				h.loops[before.start] = true
				replace(t.start, blank)
			case len(bodies) > 0:
				h.awaits[t.start] = true
				replace(t.start, "void ")
			}
		case t.kind == tokenPunct && s.is(t, "*") && before.kind == tokenWord && s.is(before, "async") && !t.newline &&
			last.kind == tokenPunct && (s.is(last, "{") || s.is(last, ",")) && len(s.open) > 0 && s.open[len(s.open)-1].char == '{' &&
			s.open[len(s.open)-1].value:
			async = before
			h.methods[t.start] = async.start
			replace(async.start, blank)
			bodies = append(bodies, t.depth)
		case t.kind == tokenPunct && s.is(t, "}") && len(bodies) > 0 && t.depth == bodies[len(bodies)-1]:
			bodies = bodies[:len(bodies)-1]
		}
		last, before = before, t
	}
	if text == nil {
		return nil
	}
	h.text = string(text)
	return h
}

var errHidden = errors.New("await is not where it may be")

// parseHidden parses what hide has made of src.
func parseHidden(h *hidden, name, src string, opts []parser.Option) (*ast.Program, error) {
	tree, err := parser.ParseFile(nil, name, h.text, 0, opts...)
	if err != nil {
		return nil, err
	}
	loops, awaits, methods := 0, 0, 0
	var functions []bool // are they async?
	inAsync := func() bool { return len(functions) > 0 && functions[len(functions)-1] }
	original := func(source *string, at file.Idx) {
		if i := int(at) - 1; i >= 0 && i+len(*source) <= len(src) {
			*source = src[i : i+len(*source)]
		}
	}
	v := &visitor{
		enter: func(n ast.Node) {
			switch n := n.(type) {
			case *ast.FunctionLiteral:
				if at, ok := h.methods[int(n.Function)-1]; ok && n.Generator && !n.Async {
					methods++
					n.Async = true
					n.Source = src[at : int(n.Function)-1+len(n.Source)]
					n.Function = file.Idx(at + 1)
				} else {
					original(&n.Source, n.Function)
				}
				functions = append(functions, n.Async)
			case *ast.ArrowFunctionLiteral:
				original(&n.Source, n.Start)
				functions = append(functions, n.Async)
			case *ast.ClassLiteral: // its heritage and computed names belong to what is around it
				functions = append(functions, inAsync())
			default:
				functions = append(functions, false)
			}
		},
		leave: func(ast.Node) { functions = functions[:len(functions)-1] },
		expr: func(p *ast.Expression) {
			switch e := (*p).(type) {
			case *ast.ClassLiteral:
				original(&e.Source, e.Class)
			case *ast.UnaryExpression:
				if e.Operator == token.VOID && h.awaits[int(e.Idx)-1] && inAsync() {
					awaits++
					*p = &ast.AwaitExpression{Await: e.Idx, Argument: e.Operand}
				}
			}
		},
		stmt: func(p *ast.Statement) {
			if c, ok := (*p).(*ast.ClassDeclaration); ok {
				original(&c.Class.Source, c.Class.Class)
			}
		},
		loop: func(p *ast.Statement, labels []*ast.LabelledStatement, loop ast.Statement) bool {
			st, ok := loop.(*ast.ForOfStatement)
			if !ok || !h.loops[int(st.For)-1] || !inAsync() {
				return false
			}
			loops++
			*p = lowerForAwait(st, labels)
			return true
		},
	}
	v.program(tree)
	if loops != len(h.loops) || awaits != len(h.awaits) || methods != len(h.methods) {
		return nil, errHidden
	}
	return tree, nil
}

// Names of a lowered loop that no program could write.
const (
	loopName   = "\x01loop"
	resultName = "\x01result"
	valueName  = "\x01value"
	errorName  = "\x01error"
)

// lowerForAwait makes
//
//	{
//	  const loop = forAwait(source)
//	  try {
//	    for (;;) {
//	      const result = await loop()
//	      if (loop(result)) break
//	      const value = loop(0, 0)
//	      into = value
//	      body
//	    }
//	  } catch (error) {
//	    if (loop(0, 0, 0)) try { await loop(0, 0, 0, 0, 0) } catch {}
//	    throw error
//	  } finally {
//	    if (loop(0, 0, 0, 0)) loop(await loop(0, 0, 0, 0, 0), 0, 0, 0, 0, 0)
//	  }
//	}
//
// of a for await loop; the helper knows what is meant by the number of arguments.
func lowerForAwait(st *ast.ForOfStatement, labels []*ast.LabelledStatement) ast.Statement {
	at, end := st.For, st.Body.Idx1()
	block := func(list ...ast.Statement) *ast.BlockStatement {
		return &ast.BlockStatement{LeftBrace: at, List: list, RightBrace: end}
	}
	callOf := func(fn ast.Expression, args ...ast.Expression) ast.Expression {
		return &ast.CallExpression{Callee: fn, LeftParenthesis: at, ArgumentList: args, RightParenthesis: at}
	}
	step := func(n int, first ...ast.Expression) ast.Expression {
		for len(first) < n {
			first = append(first, zero(at))
		}
		return callOf(ident(loopName, at), first...)
	}
	await := func(e ast.Expression) ast.Expression { return &ast.AwaitExpression{Await: at, Argument: e} }
	constant := func(name string, e ast.Expression) ast.Statement {
		return &ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{{Target: ident(name, at), Initializer: e}}}
	}
	statement := func(e ast.Expression) ast.Statement { return &ast.ExpressionStatement{Expression: e} }

	var into ast.Statement
	value := ident(valueName, at)
	switch t := st.Into.(type) {
	case *ast.ForIntoVar:
		into = &ast.VariableStatement{Var: at, List: []*ast.Binding{{Target: t.Binding.Target, Initializer: value}}}
	case *ast.ForDeclaration:
		tok := token.LET
		if t.IsConst {
			tok = token.CONST
		}
		into = &ast.LexicalDeclaration{Idx: t.Idx, Token: tok, List: []*ast.Binding{{Target: t.Target, Initializer: value}}}
	case *ast.ForIntoExpression:
		into = statement(&ast.AssignExpression{Operator: token.ASSIGN, Left: t.Expression, Right: value})
	}
	var loop ast.Statement = &ast.ForStatement{For: at, Body: block(
		constant(resultName, await(step(0))),
		&ast.IfStatement{If: at, Test: step(1, ident(resultName, at)), Consequent: &ast.BranchStatement{Idx: at, Token: token.BREAK}},
		constant(valueName, step(2)),
		into,
		st.Body,
	)}
	for i := len(labels) - 1; i >= 0; i-- {
		labels[i].Statement = loop
		loop = labels[i]
	}
	mark := &ast.StringLiteral{Idx: at, Literal: `""`, Value: unistring.NewFromString(gojax.ForAwaitMark)}
	return block(
		constant(loopName, callOf(mark, st.Source)),
		&ast.TryStatement{
			Try:  at,
			Body: block(loop),
			Catch: &ast.CatchStatement{Catch: at, Parameter: ident(errorName, at), Body: block(
				&ast.IfStatement{If: at, Test: step(3), Consequent: &ast.TryStatement{
					Try:   at,
					Body:  block(statement(await(step(5)))),
					Catch: &ast.CatchStatement{Catch: at, Body: block()},
				}},
				&ast.ThrowStatement{Throw: at, Argument: ident(errorName, at)},
			)},
			Finally: block(&ast.IfStatement{If: at, Test: step(4), Consequent: statement(step(6, await(step(5))))}),
		},
	)
}

// markAsync makes the async generators of a tree generators that the engine
// compiles and gojax.PatchAsync recognises. It reports whether there are any.
func markAsync(tree *ast.Program) (any bool) {
	var functions []bool // are they async generators?
	v := &visitor{
		enter: func(n ast.Node) {
			f, ok := n.(*ast.FunctionLiteral)
			functions = append(functions, ok && f.Async && f.Generator)
		},
		leave: func(n ast.Node) {
			last := len(functions) - 1
			if f, ok := n.(*ast.FunctionLiteral); ok && functions[last] {
				any = true
				f.Async = false
				f.Source = gojax.AsyncMark + f.Source
			}
			functions = functions[:last]
		},
		stmt: func(p *ast.Statement) {
			// What an async generator returns is awaited in its body.
			if r, ok := (*p).(*ast.ReturnStatement); ok && r.Argument != nil && len(functions) > 0 && functions[len(functions)-1] {
				r.Argument = &ast.AwaitExpression{Await: r.Return, Argument: r.Argument}
			}
		},
	}
	v.program(tree)
	return any
}

// compileAsync compiles a tree that has async generators or for await loops.
func compileAsync(tree *ast.Program, strict bool) (*goja.Program, error) {
	markAsync(tree)
	p, err := goja.CompileAST(tree, strict)
	if err != nil {
		return nil, err
	}
	return p, gojax.PatchAsync(p)
}
