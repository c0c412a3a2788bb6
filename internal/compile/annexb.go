package compile

import (
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Functions that are declared in blocks of sloppy code are variables of the
// function around the block, too (ECMA-262, B.3.2). goja has them in the block
// only. The statement that contains such a block becomes
//
//	{ const set = v => { name = v }; statement }
//
// where set means the variable, and each declaration is followed by
// `let t = set(name)`, which has no completion value.

// mayHoist tells quickly that a source has no function in a block, or is strict.
func mayHoist(src string) bool {
	first := strings.Index(src, "function")
	if first < 0 {
		return false
	}
	if i := strings.Index(src, "use strict"); i >= 0 && i < 4096 {
		return !strictPrologue(src[:i])
	}
	return true
}

// strictPrologue reports whether only comments and the wrapper of a module
// stand before a directive.
func strictPrologue(before string) bool {
	s := newScanner(before)
	depth := 0
	for {
		t := s.next()
		switch {
		case t.kind == tokenEOF:
			return true
		case t.kind == tokenString: // the directive's own quote, or another directive
		case depth == 0 && t.kind == tokenWord && s.is(t, "function"):
			depth = 1 // the wrapper
		case depth == 1 && t.kind == tokenPunct && s.is(t, "{"):
			depth = 2
		case depth == 1 || t.kind == tokenPunct && oneOf(s.text(t), "(", ";"):
		case t.kind == tokenWord && (s.is(t, "async") || s.is(t, "return")):
		default:
			return false
		}
	}
}

type hoister struct {
	strict []bool
	count  int
}

// hoistFunctions does it in all sloppy code of a tree.
func hoistFunctions(tree *ast.Program) {
	h := &hoister{strict: []bool{hasDirective(tree.Body)}}
	v := &visitor{
		enter: func(n ast.Node) {
			strict := h.strict[len(h.strict)-1]
			var list *[]ast.Statement
			switch n := n.(type) {
			case *ast.FunctionLiteral:
				strict = strict || hasDirective(n.Body.List)
				list = &n.Body.List
				if !strict {
					h.scope(list, &n.DeclarationList, n.ParameterList)
				}
			case *ast.ArrowFunctionLiteral:
				if b, ok := n.Body.(*ast.BlockStatement); ok {
					strict = strict || hasDirective(b.List)
					if !strict {
						h.scope(&b.List, &n.DeclarationList, n.ParameterList)
					}
				}
			default:
				strict = true // in a class
			}
			h.strict = append(h.strict, strict)
		},
		leave: func(ast.Node) { h.strict = h.strict[:len(h.strict)-1] },
	}
	if !h.strict[0] {
		h.scope(&tree.Body, &tree.DeclarationList, nil)
	}
	v.program(tree)
}

func hasDirective(list []ast.Statement) bool {
	for _, st := range list {
		es, ok := st.(*ast.ExpressionStatement)
		if !ok {
			return false
		}
		lit, ok := es.Expression.(*ast.StringLiteral)
		if !ok {
			return false
		}
		if len(lit.Literal) == 12 && lit.Literal[1:11] == "use strict" {
			return true
		}
	}
	return false
}

type nameSet map[unistring.String]bool

func (s nameSet) add(t ast.Expression) { boundNames(t, func(id *ast.Identifier) { s[id.Name] = true }) }

// lexical are the names that statements declare for their block, functions aside.
func lexical(list []ast.Statement) nameSet {
	s := nameSet{}
	for _, st := range list {
		switch st := st.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range st.List {
				s.add(b.Target)
			}
		case *ast.ClassDeclaration:
			if st.Class.Name != nil {
				s[st.Class.Name.Name] = true
			}
		case *ast.FunctionDeclaration:
			if st.Function.Async || st.Function.Generator {
				s[st.Function.Name.Name] = true
			}
		}
	}
	return s
}

// scope does it for one function, or the script.
func (h *hoister) scope(body *[]ast.Statement, vars *[]*ast.VariableDeclaration, params *ast.ParameterList) {
	var top nameSet
	parameters := nameSet{}
	declared := nameSet{}
	for i, st := range *body {
		st = unlabelled(st)
		(*body)[i] = st
		if !hasBlock(st) {
			continue
		}
		if top == nil {
			top = lexical(*body)
			if params != nil {
				for _, b := range params.List {
					parameters.add(b.Target)
				}
				parameters.add(params.Rest)
			}
		}
		found := &hoisted{h: h, around: []nameSet{top, parameters}}
		found.statement(&(*body)[i])
		if len(found.names) == 0 {
			continue
		}
		at := st.Idx0()
		block := &ast.BlockStatement{LeftBrace: at, RightBrace: st.Idx1()}
		for _, n := range found.names {
			if !declared[n] && n != "arguments" {
				declared[n] = true
				*vars = append(*vars, &ast.VariableDeclaration{Var: at, List: []*ast.Binding{{Target: &ast.Identifier{Name: n, Idx: at}}}})
			}
			value := ident("\x01v", at)
			block.List = append(block.List, &ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{{
				Target: setterName(n, at),
				Initializer: &ast.ArrowFunctionLiteral{Start: at,
					ParameterList: &ast.ParameterList{Opening: at, Closing: at, List: []*ast.Binding{{Target: value}}},
					Body: &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: []ast.Statement{&ast.ExpressionStatement{
						Expression: &ast.AssignExpression{Operator: token.ASSIGN, Left: &ast.Identifier{Name: n, Idx: at}, Right: value}}}}},
			}}})
		}
		block.List = append(block.List, (*body)[i])
		(*body)[i] = block
	}
}

func setterName(n unistring.String, at file.Idx) *ast.Identifier {
	return ident("\x01set "+n.String(), at)
}

// unlabelled is a function declaration without the labels before it, which nothing can use.
func unlabelled(st ast.Statement) ast.Statement {
	inner := st
	for {
		switch s := inner.(type) {
		case *ast.LabelledStatement:
			inner = s.Statement
			continue
		case *ast.FunctionDeclaration:
			if !s.Function.Async && !s.Function.Generator {
				return s
			}
		}
		return st
	}
}

// hasBlock tells the statements that can have blocks in them.
func hasBlock(st ast.Statement) bool {
	switch st.(type) {
	case *ast.BlockStatement, *ast.IfStatement, *ast.ForStatement, *ast.ForInStatement, *ast.ForOfStatement, *ast.WhileStatement,
		*ast.DoWhileStatement, *ast.LabelledStatement, *ast.SwitchStatement, *ast.TryStatement, *ast.WithStatement:
		return true
	}
	return false
}

// hoisted are the names that one statement of a function's body gives it.
type hoisted struct {
	h      *hoister
	around []nameSet // what the scopes around declare
	names  []unistring.String
}

// list visits a block: its scope is the innermost one. Its own functions are
// no hindrance to each other, but to those in blocks further in.
func (f *hoisted) list(list *[]ast.Statement, own nameSet) {
	for i := 0; i < len(*list); i++ {
		st := unlabelled((*list)[i])
		(*list)[i] = st
		d, ok := st.(*ast.FunctionDeclaration)
		if !ok {
			if hasBlock(st) {
				f.within(own, func() { f.statement(&(*list)[i]) })
			}
			continue
		}
		if set := f.declaration(d); set != nil {
			*list = append((*list)[:i+1], append([]ast.Statement{set}, (*list)[i+1:]...)...)
			i++
		}
	}
}

// functions adds the names of the functions that statements declare.
func (s nameSet) functions(list []ast.Statement) nameSet {
	for _, st := range list {
		if d, ok := unlabelled(st).(*ast.FunctionDeclaration); ok {
			s[d.Function.Name.Name] = true
		}
	}
	return s
}

func (f *hoisted) within(names nameSet, visit func()) {
	f.around = append(f.around, names)
	visit()
	f.around = f.around[:len(f.around)-1]
}

func (f *hoisted) block(b *ast.BlockStatement) {
	if b != nil {
		f.within(lexical(b.List), func() { f.list(&b.List, nameSet{}.functions(b.List)) })
	}
}

// declaration is what is to follow a function's declaration in a block, nil
// where a variable of the name could not be.
func (f *hoisted) declaration(d *ast.FunctionDeclaration) ast.Statement {
	fn := d.Function
	if fn.Async || fn.Generator {
		return nil
	}
	name := fn.Name.Name
	for _, names := range f.around {
		if names[name] {
			return nil
		}
	}
	known := false
	for _, n := range f.names {
		known = known || n == name
	}
	if !known {
		f.names = append(f.names, name)
	}
	f.h.count++
	at := fn.Function
	return &ast.LexicalDeclaration{Idx: at, Token: token.LET, List: []*ast.Binding{{
		Target: ident("\x01t"+strconv.Itoa(f.h.count), at),
		Initializer: &ast.CallExpression{Callee: setterName(name, at), LeftParenthesis: at, RightParenthesis: at,
			ArgumentList: []ast.Expression{&ast.Identifier{Name: name, Idx: at}}},
	}}}
}

// single visits a statement that stands alone; a function becomes a block.
func (f *hoisted) single(p *ast.Statement) {
	if d, ok := (*p).(*ast.FunctionDeclaration); ok && !d.Function.Async && !d.Function.Generator {
		b := &ast.BlockStatement{LeftBrace: d.Idx0(), List: []ast.Statement{d}, RightBrace: d.Idx1()}
		*p = b
		f.block(b)
		return
	}
	f.statement(p)
}

func (f *hoisted) statement(p *ast.Statement) {
	switch st := (*p).(type) {
	case *ast.BlockStatement:
		f.block(st)
	case *ast.IfStatement:
		f.single(&st.Consequent)
		if st.Alternate != nil {
			f.single(&st.Alternate)
		}
	case *ast.ForStatement:
		names := nameSet{}
		if init, ok := st.Initializer.(*ast.ForLoopInitializerLexicalDecl); ok {
			for _, b := range init.LexicalDeclaration.List {
				names.add(b.Target)
			}
		}
		f.within(names, func() { f.statement(&st.Body) })
	case *ast.ForInStatement:
		f.within(headNames(st.Into), func() { f.statement(&st.Body) })
	case *ast.ForOfStatement:
		f.within(headNames(st.Into), func() { f.statement(&st.Body) })
	case *ast.WhileStatement:
		f.statement(&st.Body)
	case *ast.DoWhileStatement:
		f.statement(&st.Body)
	case *ast.LabelledStatement:
		f.statement(&st.Statement)
	case *ast.WithStatement:
		f.statement(&st.Body)
	case *ast.SwitchStatement:
		names, own := nameSet{}, nameSet{}
		for _, c := range st.Body {
			for n := range lexical(c.Consequent) {
				names[n] = true
			}
			own.functions(c.Consequent)
		}
		f.within(names, func() {
			for _, c := range st.Body {
				f.list(&c.Consequent, own)
			}
		})
	case *ast.TryStatement:
		f.block(st.Body)
		if c := st.Catch; c != nil {
			names := nameSet{}
			if _, simple := c.Parameter.(*ast.Identifier); !simple {
				names.add(c.Parameter) // a variable may have the name of a simple one: B.3.4
			}
			f.within(names, func() { f.block(c.Body) })
		}
		f.block(st.Finally)
	}
}

func headNames(into ast.ForInto) nameSet {
	names := nameSet{}
	if d, ok := into.(*ast.ForDeclaration); ok {
		names.add(d.Target)
	}
	return names
}
