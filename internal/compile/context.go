package compile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Declarations are the names that a script declares in its context.
type Declarations struct {
	Vars, Functions, Lets, Consts []string
}

// Offset is where a script begins in its file: vm's lineOffset and columnOffset.
type Offset struct{ Line, Column int }

// mark makes a source name from which Origin finds the place in the file;
// lines is how many the wrapper takes before the script's first.
func (o Offset) mark(name string, lines int) string {
	if o == (Offset{}) && lines == 0 {
		return name
	}
	return fmt.Sprintf("%s%d,%d,%d:%s", Wrapped, -o.Column, o.Line-lines, lines+1, name)
}

// A Source is a script or a function's body as vm is given it.
type Source struct {
	Name, Text string
	At         Offset
	ImportID   int // what import() hands to ContextImport
}

// GlobalScript compiles a script for the main context; its import() calls
// ContextImport, a global binding.
func GlobalScript(s Source) (*goja.Program, error) {
	p, _, err := s.compile("", "", func(r *rewriter, p *ast.Program) { r.imports(p) })
	return p, err
}

// ContextScript compiles a script so that it runs in a context of its own:
// its first act is to call ContextEnter, and what it declares goes through the
// helpers that the context's scope provides. The source is one that
// GlobalScript accepts: what is wrong with declarations does not show here.
func ContextScript(s Source) (*goja.Program, Declarations, error) {
	return s.compile("", "", (*rewriter).script)
}

// BodyFunction compiles the body of a function for the main context, or, if
// inContext, for another one. The program's value is the function; with
// extensions, it is a function that takes so many objects, the innermost
// scope last, and returns it.
func BodyFunction(s Source, inContext bool, extensions int, params ...string) (*goja.Program, error) {
	prefix, suffix := "(function ("+strings.Join(params, ", ")+") {\n", "\n})"
	if extensions > 0 {
		names := make([]string, extensions)
		open := ""
		for i := range names {
			names[i] = fmt.Sprintf("__ext%d$", i)
			open += "with (" + names[i] + ") "
		}
		prefix = "(function (" + strings.Join(names, ", ") + ") { " + open + "return " + prefix
		suffix += "})"
	}
	rewrite := (*rewriter).imports
	if inContext {
		rewrite = (*rewriter).script
	}
	p, _, err := s.compile(prefix, suffix, rewrite)
	return p, err
}

func (s Source) compile(prefix, suffix string, rewrite func(*rewriter, *ast.Program)) (*goja.Program, Declarations, error) {
	src := StripShebang(s.Text)
	lines := strings.Count(prefix, "\n")
	marked := s.At.mark(s.Name, lines)
	renamed := src
	if s.ImportID != 0 { // goja takes import() for a call of a variable
		renamed, _ = replaceDynamicImport(src)
	}
	p, decls, err := s.build(marked, prefix+renamed+suffix, prefix != "", rewrite, parser.WithDisableSourceMaps)
	if err == nil {
		return p, decls, nil
	}
	if se := (*SyntaxError)(nil); errors.As(err, &se) {
		return nil, Declarations{}, se
	}
	first := locatedAt(err, s.Name, src, s.At)
	// The parser takes some of what the compiler then refuses: async generators.
	lowered, lerr := lower(s.Name, prefix, renamed, suffix)
	if lerr != nil {
		return nil, Declarations{}, first
	}
	if p, decls, err = s.build(s.Name, lowered, prefix != "", rewrite, parser.WithSourceMapLoader(noMaps)); err != nil {
		return nil, Declarations{}, first
	}
	return p, decls, nil
}

// build compiles text that goja parses; inFunction says that all of it must be
// one expression.
func (s Source) build(name, text string, inFunction bool, rewrite func(*rewriter, *ast.Program), opts ...parser.Option) (*goja.Program, Declarations, error) {
	tree, err := parseTree(name, text, opts...)
	if err != nil {
		return nil, Declarations{}, err
	}
	if inFunction && len(tree.Body) != 1 {
		// The body closes the function that is put around it.
		return nil, Declarations{}, &SyntaxError{File: s.Name, Line: s.At.Line + 1, Column: 1, Width: 1, Message: "Unexpected token '}'"}
	}
	r := &rewriter{importID: s.ImportID}
	rewrite(r, tree)
	p, err := compileTree(tree, false)
	return p, r.decls, err
}

// rewriter turns a script's tree into one for a context. Global names need no
// change: goja looks them up through the scope chain by name. What does are
// declarations of the script itself, this, calls of global functions (whose
// receiver would be the scope object), eval and Function.
type rewriter struct {
	decls       Declarations
	importID    int
	onlyImports bool

	fn     *function // whose this it is; nil in the script itself
	depth  int       // of functions, arrows included
	strict bool
	blocks int // scopes of let and const around, in the script
}

// function is a function that has a this of its own.
type function struct {
	outer    *function
	strict   bool
	inParams bool
	usesThis bool
}

func ident(name string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
}

func call(fn string, at file.Idx, args ...ast.Expression) *ast.CallExpression {
	// A sequence is no reference: the call's receiver is undefined.
	return &ast.CallExpression{Callee: &ast.SequenceExpression{Sequence: []ast.Expression{ident(fn, at)}},
		LeftParenthesis: at, ArgumentList: args, RightParenthesis: at}
}

// imports rewrites the calls of import() and nothing else.
func (r *rewriter) imports(p *ast.Program) {
	r.onlyImports = true
	if r.importID != 0 {
		r.statements(p.Body)
	}
}

// script rewrites a whole program.
func (r *rewriter) script(p *ast.Program) {
	n := directives(p.Body)
	r.strict = hasUseStrict(p.Body[:n])
	start := file.Idx(p.File.Base())
	var head []ast.Statement
	if r.strict {
		head = append(head, p.Body[:n]...)
	}
	head = append(head, &ast.ExpressionStatement{Expression: call(ContextEnter, start)})
	p.DeclarationList = nil
	var functions []ast.Property
	seen := map[unistring.String]int{}
	body := p.Body // directives are values, too
	for i, s := range body {
		d, ok := s.(*ast.FunctionDeclaration)
		if !ok {
			continue
		}
		fn := d.Function
		name := *fn.Name
		fn.Name = nil
		prop := &ast.PropertyKeyed{Key: &ast.StringLiteral{Idx: name.Idx, Value: name.Name, Literal: name.Name.String()},
			Kind: ast.PropertyKindValue, Value: r.expr(fn), Computed: true}
		if at, dup := seen[name.Name]; dup {
			functions[at] = prop // the last one counts
		} else {
			seen[name.Name] = len(functions)
			functions = append(functions, prop)
			r.decls.Functions = append(r.decls.Functions, name.Name.String())
		}
		body[i] = &ast.EmptyStatement{Semicolon: fn.Idx0()}
	}
	for i, s := range body {
		switch d := s.(type) {
		case *ast.LexicalDeclaration:
			body[i] = r.lexical(d)
		case *ast.ClassDeclaration:
			name := *d.Class.Name
			r.decls.Lets = append(r.decls.Lets, name.Name.String())
			body[i] = quiet(&ast.AssignExpression{Operator: token.ASSIGN, Left: r.slot(&name), Right: r.expr(d.Class)}, d.Idx0())
		default:
			body[i] = r.statement(s)
		}
	}
	if len(functions)+len(r.decls.Vars) > 0 {
		head = append(head, quiet(call(ContextDeclare, start, &ast.ObjectLiteral{LeftBrace: start, RightBrace: start, Value: functions}), start))
	}
	p.Body = append(head, body...)
}

// module rewrites the program of an ES module, whose value is a function.
func (r *rewriter) module(p *ast.Program) {
	r.statements(p.Body)
	p.Body = append([]ast.Statement{&ast.ExpressionStatement{Expression: call(ContextEnter, file.Idx(p.File.Base()))}}, p.Body...)
}

// quiet is a statement that evaluates e and leaves the script's completion
// value alone, as declarations do.
func quiet(e ast.Expression, at file.Idx) ast.Statement {
	return &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: []ast.Statement{&ast.LexicalDeclaration{Idx: at, Token: token.CONST,
		List: []*ast.Binding{{Target: ident("\x01", at), Initializer: e}}}}}
}

func directives(body []ast.Statement) int {
	for i, s := range body {
		e, ok := s.(*ast.ExpressionStatement)
		if !ok {
			return i
		}
		if _, ok := e.Expression.(*ast.StringLiteral); !ok {
			return i
		}
	}
	return len(body)
}

func hasUseStrict(list []ast.Statement) bool {
	for _, s := range list {
		if e, ok := s.(*ast.ExpressionStatement); ok {
			if lit, ok := e.Expression.(*ast.StringLiteral); ok && (lit.Literal == `"use strict"` || lit.Literal == `'use strict'`) {
				return true
			}
		}
	}
	return false
}

// slot is where a lexical declaration's value goes.
func (r *rewriter) slot(id *ast.Identifier) ast.Expression {
	return &ast.DotExpression{Left: ident(ContextLexical, id.Idx), Identifier: *id}
}

// named gives an anonymous function the name that its declaration would.
func named(id *ast.Identifier, e ast.Expression) ast.Expression {
	switch x := e.(type) {
	case *ast.FunctionLiteral:
		if x.Name != nil {
			return e
		}
	case *ast.ClassLiteral:
		if x.Name != nil {
			return e
		}
	case *ast.ArrowFunctionLiteral:
	default:
		return e
	}
	at := e.Idx0()
	return &ast.DotExpression{Identifier: *id, Left: &ast.ObjectLiteral{LeftBrace: at, RightBrace: at, Value: []ast.Property{
		&ast.PropertyKeyed{Key: &ast.StringLiteral{Idx: at, Value: id.Name}, Kind: ast.PropertyKindValue, Value: e, Computed: true}}}}
}

// initializer is a default value of a pattern's element.
func initializer(target, e ast.Expression) ast.Expression {
	if id, ok := target.(*ast.Identifier); ok {
		return named(id, e)
	}
	return e
}

func (r *rewriter) lexical(d *ast.LexicalDeclaration) ast.Statement {
	names := &r.decls.Lets
	if d.Token == token.CONST {
		names = &r.decls.Consts
	}
	var seq []ast.Expression
	for _, b := range d.List {
		eachName(b.Target, func(id *ast.Identifier) { *names = append(*names, id.Name.String()) })
		init := r.expr(b.Initializer)
		if id, ok := b.Target.(*ast.Identifier); ok {
			if init == nil {
				init = &ast.UnaryExpression{Operator: token.VOID, Idx: id.Idx, Operand: &ast.NumberLiteral{Idx: id.Idx, Literal: "0", Value: int64(0)}}
			}
			seq = append(seq, &ast.AssignExpression{Operator: token.ASSIGN, Left: r.slot(id), Right: named(id, init)})
			continue
		}
		target := r.target(b.Target, r.slot)
		seq = append(seq, &ast.AssignExpression{Operator: token.ASSIGN, Left: target, Right: init})
	}
	return quiet(&ast.SequenceExpression{Sequence: seq}, d.Idx)
}

// eachName calls yield for the names that a pattern binds.
func eachName(e ast.Expression, yield func(*ast.Identifier)) {
	switch x := e.(type) {
	case *ast.Identifier:
		yield(x)
	case *ast.AssignExpression:
		eachName(x.Left, yield)
	case *ast.Binding:
		eachName(x.Target, yield)
	case *ast.ArrayPattern:
		for _, el := range x.Elements {
			eachName(el, yield)
		}
		eachName(x.Rest, yield)
	case *ast.ObjectPattern:
		for _, p := range x.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				yield(&p.Name)
			case *ast.PropertyKeyed:
				eachName(p.Value, yield)
			}
		}
		eachName(x.Rest, yield)
	}
}

// target rewrites a binding pattern into an assignment pattern whose names
// are what to makes of them.
func (r *rewriter) target(e ast.Expression, to func(*ast.Identifier) ast.Expression) ast.Expression {
	switch x := e.(type) {
	case *ast.Identifier:
		return to(x)
	case *ast.Binding:
		if x.Initializer == nil {
			return r.target(x.Target, to)
		}
		return &ast.AssignExpression{Operator: token.ASSIGN, Left: r.target(x.Target, to), Right: initializer(x.Target, r.expr(x.Initializer))}
	case *ast.AssignExpression:
		x.Right = initializer(x.Left, r.expr(x.Right))
		x.Left = r.target(x.Left, to)
	case *ast.ArrayPattern:
		for i, el := range x.Elements {
			if el != nil {
				x.Elements[i] = r.target(el, to)
			}
		}
		if x.Rest != nil {
			x.Rest = r.target(x.Rest, to)
		}
	case *ast.ObjectPattern:
		for i, p := range x.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				id := p.Name
				v := to(&id)
				if p.Initializer != nil {
					v = &ast.AssignExpression{Operator: token.ASSIGN, Left: v, Right: named(&id, r.expr(p.Initializer))}
				}
				x.Properties[i] = &ast.PropertyKeyed{Key: &ast.StringLiteral{Idx: id.Idx, Value: id.Name, Literal: id.Name.String()},
					Kind: ast.PropertyKindValue, Value: v, Computed: true}
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = r.expr(p.Key)
				}
				p.Value = r.target(p.Value, to)
			}
		}
		if x.Rest != nil {
			x.Rest = r.target(x.Rest, to)
		}
	}
	return e
}

func same(id *ast.Identifier) ast.Expression { return id }

// vars makes assignments of a var statement's list.
func (r *rewriter) vars(list []*ast.Binding) ast.Expression {
	var seq []ast.Expression
	for _, b := range list {
		eachName(b.Target, func(id *ast.Identifier) { r.decls.Vars = append(r.decls.Vars, id.Name.String()) })
		if b.Initializer != nil {
			seq = append(seq, &ast.AssignExpression{Operator: token.ASSIGN, Left: r.target(b.Target, same), Right: r.expr(b.Initializer)})
		}
	}
	switch len(seq) {
	case 0:
		return nil
	case 1:
		return seq[0]
	}
	return &ast.SequenceExpression{Sequence: seq}
}

func (r *rewriter) statements(list []ast.Statement) {
	for i, s := range list {
		list[i] = r.statement(s)
	}
}

func (r *rewriter) block(b *ast.BlockStatement) {
	if b == nil {
		return
	}
	r.blocks++
	r.statements(b.List)
	r.blocks--
}

func (r *rewriter) statement(s ast.Statement) ast.Statement {
	switch x := s.(type) {
	case *ast.VariableStatement:
		if r.depth > 0 || r.onlyImports {
			r.bindings(x.List)
			return s
		}
		if e := r.vars(x.List); e != nil {
			return quiet(e, x.Var)
		}
		return &ast.EmptyStatement{Semicolon: x.Var}
	case *ast.BlockStatement:
		r.block(x)
	case *ast.CaseStatement:
		x.Test = r.expr(x.Test)
		r.statements(x.Consequent)
	case *ast.DoWhileStatement:
		x.Test, x.Body = r.expr(x.Test), r.statement(x.Body)
	case *ast.ExpressionStatement:
		x.Expression = r.expr(x.Expression)
	case *ast.ForInStatement:
		x.Into = r.into(x.Into)
		x.Source, x.Body = r.expr(x.Source), r.loopBody(x.Body)
	case *ast.ForOfStatement:
		x.Into = r.into(x.Into)
		x.Source, x.Body = r.expr(x.Source), r.loopBody(x.Body)
	case *ast.ForStatement:
		switch in := x.Initializer.(type) {
		case *ast.ForLoopInitializerExpression:
			in.Expression = r.expr(in.Expression)
		case *ast.ForLoopInitializerVarDeclList:
			if r.depth > 0 || r.onlyImports {
				r.bindings(in.List)
			} else if e := r.vars(in.List); e != nil {
				x.Initializer = &ast.ForLoopInitializerExpression{Expression: e}
			} else {
				x.Initializer = nil
			}
		case *ast.ForLoopInitializerLexicalDecl:
			r.bindings(in.LexicalDeclaration.List)
		}
		x.Update, x.Test, x.Body = r.expr(x.Update), r.expr(x.Test), r.loopBody(x.Body)
	case *ast.IfStatement:
		x.Test, x.Consequent = r.expr(x.Test), r.statement(x.Consequent)
		if x.Alternate != nil {
			x.Alternate = r.statement(x.Alternate)
		}
	case *ast.LabelledStatement:
		x.Statement = r.statement(x.Statement)
	case *ast.ReturnStatement:
		x.Argument = r.expr(x.Argument)
	case *ast.SwitchStatement:
		x.Discriminant = r.expr(x.Discriminant)
		r.blocks++
		for _, c := range x.Body {
			r.statement(c)
		}
		r.blocks--
	case *ast.ThrowStatement:
		x.Argument = r.expr(x.Argument)
	case *ast.TryStatement:
		r.block(x.Body)
		if x.Catch != nil {
			r.pattern(x.Catch.Parameter)
			r.block(x.Catch.Body)
		}
		r.block(x.Finally)
	case *ast.WhileStatement:
		x.Test, x.Body = r.expr(x.Test), r.statement(x.Body)
	case *ast.WithStatement:
		x.Object, x.Body = r.expr(x.Object), r.loopBody(x.Body)
	case *ast.LexicalDeclaration:
		r.bindings(x.List)
	case *ast.FunctionDeclaration:
		r.expr(x.Function)
	case *ast.ClassDeclaration:
		r.expr(x.Class)
	}
	return s
}

// loopBody is a statement inside of a scope that its loop makes.
func (r *rewriter) loopBody(s ast.Statement) ast.Statement {
	r.blocks++
	s = r.statement(s)
	r.blocks--
	return s
}

func (r *rewriter) into(in ast.ForInto) ast.ForInto {
	switch x := in.(type) {
	case *ast.ForIntoVar:
		if r.depth > 0 || r.onlyImports {
			r.bindings([]*ast.Binding{x.Binding})
			return in
		}
		eachName(x.Binding.Target, func(id *ast.Identifier) { r.decls.Vars = append(r.decls.Vars, id.Name.String()) })
		return &ast.ForIntoExpression{Expression: r.target(x.Binding.Target, same)}
	case *ast.ForDeclaration:
		r.pattern(x.Target)
	case *ast.ForIntoExpression:
		x.Expression = r.expr(x.Expression)
	}
	return in
}

func (r *rewriter) bindings(list []*ast.Binding) {
	for _, b := range list {
		r.pattern(b.Target)
		b.Initializer = r.expr(b.Initializer)
	}
}

// pattern rewrites the expressions inside a binding pattern, not its names.
func (r *rewriter) pattern(e ast.Expression) {
	switch x := e.(type) {
	case nil, *ast.Identifier:
	case *ast.Binding:
		r.pattern(x.Target)
		x.Initializer = r.expr(x.Initializer)
	case *ast.AssignExpression:
		r.pattern(x.Left)
		x.Right = r.expr(x.Right)
	case *ast.ArrayPattern:
		for _, el := range x.Elements {
			r.pattern(el)
		}
		r.pattern(x.Rest)
	case *ast.ObjectPattern:
		for _, p := range x.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				p.Initializer = r.expr(p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					p.Key = r.expr(p.Key)
				}
				r.pattern(p.Value)
			}
		}
		r.pattern(x.Rest)
	}
}

func (r *rewriter) exprs(list []ast.Expression) {
	for i, e := range list {
		list[i] = r.expr(e)
	}
}

// this is what stands for the keyword here.
func (r *rewriter) this(at file.Idx, e ast.Expression) ast.Expression {
	switch {
	case r.onlyImports:
		return e
	case r.fn == nil:
		return ident(ContextThis, at)
	case r.fn.strict:
		return e
	case r.fn.inParams:
		return call(ContextSelf, at, e)
	}
	r.fn.usesThis = true
	return ident(localThis, at)
}

// callee rewrites what is called.
func (r *rewriter) callee(e ast.Expression) ast.Expression {
	if opt, ok := e.(*ast.Optional); ok {
		opt.Expression = r.callee(opt.Expression)
		return e
	}
	id, ok := e.(*ast.Identifier)
	if !ok || r.onlyImports {
		return r.expr(e)
	}
	switch id.Name {
	case "eval":
		if r.depth > 0 || r.blocks > 0 {
			return e // a direct eval, which sees the variables around it
		}
		id = ident(ContextEval, id.Idx)
	case "Function":
		id = ident(ContextFunction, id.Idx)
	}
	return &ast.SequenceExpression{Sequence: []ast.Expression{id}}
}

func (r *rewriter) expr(e ast.Expression) ast.Expression {
	switch x := e.(type) {
	case nil:
	case *ast.ThisExpression:
		return r.this(x.Idx, e)
	case *ast.YieldExpression:
		x.Argument = r.expr(x.Argument)
	case *ast.AwaitExpression:
		x.Argument = r.expr(x.Argument)
	case *ast.ArrayLiteral:
		r.exprs(x.Value)
	case *ast.ArrayPattern:
		r.exprs(x.Elements)
		x.Rest = r.expr(x.Rest)
	case *ast.AssignExpression:
		x.Left, x.Right = r.expr(x.Left), r.expr(x.Right)
	case *ast.BinaryExpression:
		x.Left, x.Right = r.expr(x.Left), r.expr(x.Right)
	case *ast.BracketExpression:
		x.Left, x.Member = r.expr(x.Left), r.expr(x.Member)
	case *ast.CallExpression:
		r.exprs(x.ArgumentList)
		if id, ok := x.Callee.(*ast.Identifier); ok && id.Name == DynamicImport {
			args := append([]ast.Expression{&ast.NumberLiteral{Idx: id.Idx, Value: int64(r.importID)}}, x.ArgumentList...)
			return call(ContextImport, id.Idx, args...)
		}
		x.Callee = r.callee(x.Callee)
	case *ast.ConditionalExpression:
		x.Test, x.Consequent, x.Alternate = r.expr(x.Test), r.expr(x.Consequent), r.expr(x.Alternate)
	case *ast.DotExpression:
		x.Left = r.expr(x.Left)
	case *ast.PrivateDotExpression:
		x.Left = r.expr(x.Left)
	case *ast.OptionalChain:
		x.Expression = r.expr(x.Expression)
	case *ast.Optional:
		x.Expression = r.expr(x.Expression)
	case *ast.FunctionLiteral:
		r.function(x)
	case *ast.ClassLiteral:
		r.class(x)
	case *ast.ArrowFunctionLiteral:
		r.arrow(x)
	case *ast.NewExpression:
		r.exprs(x.ArgumentList)
		if id, ok := x.Callee.(*ast.Identifier); ok && id.Name == "Function" && !r.onlyImports {
			x.Callee = ident(ContextFunction, id.Idx)
		} else {
			x.Callee = r.expr(x.Callee)
		}
	case *ast.ObjectLiteral:
		r.properties(x.Value)
	case *ast.ObjectPattern:
		r.properties(x.Properties)
		x.Rest = r.expr(x.Rest)
	case *ast.SpreadElement:
		x.Expression = r.expr(x.Expression)
	case *ast.SequenceExpression:
		r.exprs(x.Sequence)
	case *ast.TemplateLiteral:
		if x.Tag != nil {
			x.Tag = r.callee(x.Tag)
		}
		r.exprs(x.Expressions)
	case *ast.UnaryExpression:
		x.Operand = r.expr(x.Operand)
	}
	return e
}

func (r *rewriter) properties(list []ast.Property) {
	for _, p := range list {
		switch p := p.(type) {
		case *ast.PropertyShort:
			p.Initializer = r.expr(p.Initializer)
		case *ast.PropertyKeyed:
			if p.Computed {
				p.Key = r.expr(p.Key)
			}
			p.Value = r.expr(p.Value)
		case *ast.SpreadElement:
			p.Expression = r.expr(p.Expression)
		}
	}
}

func (r *rewriter) params(l *ast.ParameterList) {
	if l == nil {
		return
	}
	r.bindings(l.List)
	r.pattern(l.Rest)
}

func (r *rewriter) function(x *ast.FunctionLiteral) {
	n := directives(x.Body.List)
	fn := &function{outer: r.fn, strict: r.strict || hasUseStrict(x.Body.List[:n])}
	strict := r.strict
	r.fn, r.strict = fn, fn.strict
	r.depth++
	fn.inParams = true
	r.params(x.ParameterList)
	fn.inParams = false
	r.statements(x.Body.List)
	if fn.usesThis {
		at := x.Body.LeftBrace
		list := append([]ast.Statement{}, x.Body.List[:n]...)
		list = append(list, &ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{{
			Target: ident(localThis, at), Initializer: call(ContextSelf, at, &ast.ThisExpression{Idx: at})}}})
		x.Body.List = append(list, x.Body.List[n:]...)
	}
	r.fn, r.strict = fn.outer, strict
	r.depth--
}

func (r *rewriter) arrow(x *ast.ArrowFunctionLiteral) {
	// An arrow's variables are its own, its this is not.
	r.depth++
	defer func() { r.depth-- }()
	r.params(x.ParameterList)
	switch b := x.Body.(type) {
	case *ast.BlockStatement:
		r.statements(b.List)
	case *ast.ExpressionBody:
		b.Expression = r.expr(b.Expression)
	}
}

func (r *rewriter) class(x *ast.ClassLiteral) {
	strict := r.strict
	r.strict = true
	x.SuperClass = r.expr(x.SuperClass)
	inside := func(visit func()) {
		fn := &function{outer: r.fn, strict: true}
		r.fn = fn
		r.depth++
		visit()
		r.depth--
		r.fn = fn.outer
	}
	for _, el := range x.Body {
		switch m := el.(type) {
		case *ast.FieldDefinition:
			if m.Computed {
				m.Key = r.expr(m.Key)
			}
			inside(func() { m.Initializer = r.expr(m.Initializer) })
		case *ast.MethodDefinition:
			if m.Computed {
				m.Key = r.expr(m.Key)
			}
			r.function(m.Body)
		case *ast.ClassStaticBlock:
			inside(func() { r.statements(m.Block.List) })
		}
	}
	r.strict = strict
}
