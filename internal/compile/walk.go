package compile

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Names of the parameters of a compiled module: none that a program could write.
const (
	envParam    = " exports" // the bindings that the module exports
	importParam = " imports" // the bindings that it imports
	hostParam   = " host"    // import.meta and import()
	scopeParam  = " scope"   // imports by name, for direct eval
	constName   = " const"   // what an assignment to an import assigns to
)

// modName is a name of a module's top level that references are sought of.
type modName struct {
	shadow  int // enclosing scopes that declare the name, too
	imp     *importBinding
	exports []string // names that it is exported under
	// changes: it is assigned to where that may happen after the module has run.
	changes bool
}

type importBinding struct {
	entry int
	refs  []importRef
}

// importRef is a place in the tree where an import is read.
type importRef struct {
	slot   *ast.Expression
	callee bool
}

// walker goes over a module's tree once. It finds what the module's names are
// used for and makes exported bindings be written to the environment as well.
type walker struct {
	names     map[unistring.String]*modName
	scan      *moduleScan
	prefix    int // bytes before the module's text
	functions int // around the current node
	receivers int // functions and class elements with a this of their own
	awaits    []*ast.Expression
	eval      bool
	assigns   bool // to an import
	err       error
}

func (w *walker) fail(at file.Idx, width int, msg string) {
	if w.err == nil {
		w.err = &scanError{max(int(at)-1-w.prefix, 0), width, msg}
	}
}

// --- Scopes

func boundNames(t ast.Expression, f func(*ast.Identifier)) {
	switch t := t.(type) {
	case *ast.Identifier:
		f(t)
	case *ast.Binding:
		boundNames(t.Target, f)
	case *ast.AssignExpression:
		boundNames(t.Left, f)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			boundNames(e, f)
		}
		boundNames(t.Rest, f)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				f(&p.Name)
			case *ast.PropertyKeyed:
				boundNames(p.Value, f)
			}
		}
		boundNames(t.Rest, f)
	}
}

// shadowed collects what a scope declares of the names sought.
type shadowed []*modName

func (w *walker) declare(list *shadowed, id *ast.Identifier) {
	if n := w.names[id.Name]; n != nil {
		n.shadow++
		*list = append(*list, n)
	}
}

func (w *walker) leave(list shadowed) {
	for _, n := range list {
		n.shadow--
	}
}

func (w *walker) declareBindings(list *shadowed, bs []*ast.Binding) {
	for _, b := range bs {
		boundNames(b.Target, func(id *ast.Identifier) { w.declare(list, id) })
	}
}

func (w *walker) declareVars(list *shadowed, decls []*ast.VariableDeclaration) {
	for _, d := range decls {
		w.declareBindings(list, d.List)
	}
}

func (w *walker) declareLexical(list *shadowed, body []ast.Statement) {
	for _, st := range body {
		switch st := st.(type) {
		case *ast.LexicalDeclaration:
			w.declareBindings(list, st.List)
		case *ast.ClassDeclaration:
			if st.Class.Name != nil {
				w.declare(list, st.Class.Name)
			}
		case *ast.FunctionDeclaration:
			if st.Function.Name != nil {
				w.declare(list, st.Function.Name)
			}
		}
	}
}

// name finds what an identifier refers to, nil if that is nothing of the module's.
func (w *walker) name(id unistring.String) *modName {
	if n := w.names[id]; n != nil && n.shadow == 0 {
		return n
	}
	return nil
}

// --- Writes

func (w *walker) mirrorOf(name unistring.String, at file.Idx) ast.Expression {
	n := w.name(name)
	if n == nil || len(n.exports) == 0 {
		return nil
	}
	if w.functions > 0 {
		n.changes = true
	}
	return mirror(n.exports, name, at)
}

// mirror is an assignment of a local variable to the environment.
func mirror(exports []string, local unistring.String, at file.Idx) ast.Expression {
	var e ast.Expression = &ast.Identifier{Name: local, Idx: at}
	for _, x := range exports {
		e = &ast.AssignExpression{Operator: token.ASSIGN, Left: member(envParam, x, at), Right: e}
	}
	return e
}

func member(object, property string, at file.Idx) ast.Expression {
	return &ast.DotExpression{
		Left:       &ast.Identifier{Name: unistring.NewFromString(object), Idx: at},
		Identifier: ast.Identifier{Name: unistring.NewFromString(property), Idx: at},
	}
}

// targets are the mirrors of all names that an assignment target assigns to;
// names of imports are replaced by that of a constant.
func (w *walker) targets(t ast.Expression) (mirrors []ast.Expression) {
	one := func(id *ast.Identifier) {
		if m := w.mirrorOf(id.Name, id.Idx); m != nil {
			mirrors = append(mirrors, m)
		}
	}
	switch t := t.(type) {
	case *ast.Identifier:
		w.constant(t)
		one(t)
	case *ast.AssignExpression:
		return w.targets(t.Left)
	case *ast.Binding:
		return w.targets(t.Target)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			mirrors = append(mirrors, w.targets(e)...)
		}
		mirrors = append(mirrors, w.targets(t.Rest)...)
	case *ast.ObjectPattern:
		for i, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				if n := w.name(p.Name.Name); n != nil && n.imp != nil {
					w.assigns = true
					id := &ast.Identifier{Name: unistring.NewFromString(constName), Idx: p.Name.Idx}
					var v ast.Expression = id
					if p.Initializer != nil {
						v = &ast.AssignExpression{Operator: token.ASSIGN, Left: id, Right: p.Initializer}
					}
					t.Properties[i] = &ast.PropertyKeyed{Key: nameKey(p.Name), Kind: ast.PropertyKindValue, Value: v}
					continue
				}
				one(&p.Name)
			case *ast.PropertyKeyed:
				mirrors = append(mirrors, w.targets(p.Value)...)
			}
		}
		mirrors = append(mirrors, w.targets(t.Rest)...)
	}
	return mirrors
}

func nameKey(id ast.Identifier) ast.Expression {
	return &ast.StringLiteral{Idx: id.Idx, Literal: id.Name.String(), Value: id.Name}
}

func (w *walker) constant(id *ast.Identifier) {
	if n := w.name(id.Name); n != nil && n.imp != nil {
		w.assigns = true
		id.Name = unistring.NewFromString(constName)
	}
}

// after makes an expression that has the value of e and then does more.
func after(e ast.Expression, more []ast.Expression, used bool) ast.Expression {
	list := append([]ast.Expression{e}, more...)
	if !used {
		return &ast.SequenceExpression{Sequence: list}
	}
	at := e.Idx0()
	return &ast.BracketExpression{
		Left:   &ast.ArrayLiteral{LeftBracket: at, RightBracket: at, Value: list},
		Member: &ast.NumberLiteral{Idx: at, Literal: "0", Value: int64(0)}, LeftBracket: at, RightBracket: at,
	}
}

func expressionStatements(list []ast.Expression) (out []ast.Statement) {
	for _, e := range list {
		out = append(out, &ast.ExpressionStatement{Expression: e})
	}
	return out
}

// --- Expressions

func (w *walker) exprs(list []ast.Expression) {
	for i := range list {
		w.expr(&list[i])
	}
}

// expr visits the expression in a slot of the tree, whose value is used.
func (w *walker) expr(p *ast.Expression) { w.expression(p, true) }

func (w *walker) expression(p *ast.Expression, used bool) {
	switch e := (*p).(type) {
	case nil:
	case *ast.Identifier:
		w.identifier(p, e, false)
	case *ast.ThisExpression:
		if w.receivers == 0 {
			*p = &ast.UnaryExpression{Operator: token.VOID, Idx: e.Idx, Operand: &ast.NumberLiteral{Idx: e.Idx, Literal: "0", Value: int64(0)}}
		}
	case *ast.MetaProperty:
		if w.receivers == 0 {
			w.fail(e.Idx, 10, "new.target expression is not allowed here")
		}
	case *ast.ArrayLiteral:
		w.exprs(e.Value)
	case *ast.ObjectLiteral:
		w.properties(e.Value)
	case *ast.AssignExpression:
		w.assign(p, e, used)
	case *ast.AwaitExpression:
		if w.functions == 0 {
			w.awaits = append(w.awaits, p)
		}
		w.expr(&e.Argument)
	case *ast.YieldExpression:
		w.expr(&e.Argument)
	case *ast.BinaryExpression:
		w.expr(&e.Left)
		w.expr(&e.Right)
	case *ast.BracketExpression:
		w.expr(&e.Left)
		w.expr(&e.Member)
	case *ast.DotExpression:
		w.expr(&e.Left)
	case *ast.PrivateDotExpression:
		w.expr(&e.Left)
	case *ast.CallExpression:
		if id, ok := e.Callee.(*ast.Identifier); ok && id.Name == "eval" && w.names["eval"] == nil {
			w.eval = true
		}
		w.callee(&e.Callee)
		w.exprs(e.ArgumentList)
	case *ast.NewExpression:
		w.expr(&e.Callee)
		w.exprs(e.ArgumentList)
	case *ast.ConditionalExpression:
		w.expr(&e.Test)
		w.expr(&e.Consequent)
		w.expr(&e.Alternate)
	case *ast.OptionalChain:
		w.expr(&e.Expression)
	case *ast.Optional:
		w.expr(&e.Expression)
	case *ast.SpreadElement:
		w.expr(&e.Expression)
	case *ast.SequenceExpression:
		w.exprs(e.Sequence)
	case *ast.TemplateLiteral:
		if e.Tag != nil {
			w.callee(&e.Tag)
		}
		w.exprs(e.Expressions)
	case *ast.UnaryExpression:
		w.unary(p, e, used)
	case *ast.FunctionLiteral:
		w.function(e, true)
	case *ast.ArrowFunctionLiteral:
		w.arrow(e)
	case *ast.ClassLiteral:
		w.class(e)
	case *ast.ArrayPattern, *ast.ObjectPattern, *ast.Binding:
		w.pattern(e)
	}
}

func (w *walker) callee(p *ast.Expression) {
	switch e := (*p).(type) {
	case *ast.Identifier:
		w.identifier(p, e, true)
	case *ast.Optional:
		w.callee(&e.Expression)
	default:
		w.expr(p)
	}
}

func (w *walker) identifier(p *ast.Expression, id *ast.Identifier, callee bool) {
	switch name := string(id.Name); {
	case name == "await":
		w.fail(id.Idx, 5, "Unexpected reserved word")
	case name == w.scan.dynamic:
		*p = member(hostParam, "import", id.Idx)
	case name == w.scan.meta:
		*p = member(hostParam, "meta", id.Idx)
	default:
		if n := w.name(id.Name); n != nil && n.imp != nil {
			n.imp.refs = append(n.imp.refs, importRef{p, callee})
		}
	}
}

func (w *walker) properties(list []ast.Property) {
	for i, p := range list {
		switch p := p.(type) {
		case *ast.PropertyShort:
			if n := w.name(p.Name.Name); n != nil && n.imp != nil && p.Initializer == nil {
				keyed := &ast.PropertyKeyed{Key: nameKey(p.Name), Kind: ast.PropertyKindValue,
					Value: &ast.Identifier{Name: p.Name.Name, Idx: p.Name.Idx}}
				list[i] = keyed
				w.expr(&keyed.Value)
				continue
			}
			w.expr(&p.Initializer)
		case *ast.PropertyKeyed:
			if p.Computed {
				w.expr(&p.Key)
			}
			if p.Kind == ast.PropertyKindValue {
				w.expr(&p.Value)
			} else if fn, ok := p.Value.(*ast.FunctionLiteral); ok {
				w.function(fn, false)
			}
		case *ast.SpreadElement:
			w.expr(&p.Expression)
		}
	}
}

// pattern visits the expressions inside a target: defaults, computed keys, members.
func (w *walker) pattern(t ast.Expression) {
	switch t := t.(type) {
	case *ast.Binding:
		w.pattern(t.Target)
		w.expr(&t.Initializer)
	case *ast.AssignExpression:
		w.pattern(t.Left)
		w.expr(&t.Right)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			w.pattern(e)
		}
		w.pattern(t.Rest)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				w.expr(&p.Initializer)
			case *ast.PropertyKeyed:
				if p.Computed {
					w.expr(&p.Key)
				}
				w.pattern(p.Value)
			}
		}
		w.pattern(t.Rest)
	case *ast.DotExpression:
		w.expr(&t.Left)
	case *ast.PrivateDotExpression:
		w.expr(&t.Left)
	case *ast.BracketExpression:
		w.expr(&t.Left)
		w.expr(&t.Member)
	}
}

func (w *walker) assign(p *ast.Expression, e *ast.AssignExpression, used bool) {
	if id, ok := e.Left.(*ast.Identifier); ok {
		if string(id.Name) == w.scan.meta || string(id.Name) == w.scan.dynamic {
			w.fail(id.Idx, 6, "Invalid left-hand side in assignment")
		}
		m := w.mirrorOf(id.Name, id.Idx)
		w.constant(id)
		w.expr(&e.Right)
		if m != nil {
			replaceInnermost(m, e)
			*p = m
		}
		return
	}
	if _, ok := e.Left.(ast.Pattern); ok {
		mirrors := w.targets(e.Left)
		w.pattern(e.Left)
		w.expr(&e.Right)
		if len(mirrors) > 0 {
			*p = after(e, mirrors, used)
		}
		return
	}
	w.expr(&e.Left)
	w.expr(&e.Right)
}

// replaceInnermost makes env.a = x into env.a = (e).
func replaceInnermost(m ast.Expression, e ast.Expression) {
	for {
		a := m.(*ast.AssignExpression)
		next, ok := a.Right.(*ast.AssignExpression)
		if !ok {
			a.Right = e
			return
		}
		m = next
	}
}

func (w *walker) unary(p *ast.Expression, e *ast.UnaryExpression, used bool) {
	id, ok := e.Operand.(*ast.Identifier)
	if !ok || e.Operator != token.INCREMENT && e.Operator != token.DECREMENT {
		if ok && e.Operator == token.DELETE {
			return // an early error
		}
		w.expr(&e.Operand)
		return
	}
	m := w.mirrorOf(id.Name, id.Idx)
	w.constant(id)
	if m == nil {
		return
	}
	if !e.Postfix {
		replaceInnermost(m, e)
		*p = m
		return
	}
	*p = after(e, []ast.Expression{m}, used)
}

// --- Functions and classes

func (w *walker) source(src *string, text string, at file.Idx) {
	// Where import() or import.meta stand in a function, its text is the original's.
	start := int(at) - 1 - w.prefix
	if start < 0 || start+len(text) > len(w.scan.src) {
		return
	}
	for _, ed := range w.scan.edits {
		if ed[0] < start+len(text) && ed[1] > start {
			*src = w.scan.src[start : start+len(text)]
			return
		}
	}
}

func (w *walker) function(f *ast.FunctionLiteral, expression bool) {
	w.source(&f.Source, f.Source, f.Function)
	var inner shadowed
	if expression && f.Name != nil {
		w.declare(&inner, f.Name)
	}
	w.functions++
	w.receivers++
	w.params(&inner, f.ParameterList)
	w.declareVars(&inner, f.DeclarationList)
	w.declareLexical(&inner, f.Body.List)
	f.Body.List = w.list(f.Body.List)
	w.receivers--
	w.functions--
	w.leave(inner)
}

func (w *walker) params(inner *shadowed, l *ast.ParameterList) {
	for _, b := range l.List {
		boundNames(b.Target, func(id *ast.Identifier) { w.declare(inner, id) })
	}
	boundNames(l.Rest, func(id *ast.Identifier) { w.declare(inner, id) })
	for _, b := range l.List {
		w.pattern(b)
	}
	w.pattern(l.Rest)
}

func (w *walker) arrow(f *ast.ArrowFunctionLiteral) {
	w.source(&f.Source, f.Source, f.Start)
	var inner shadowed
	w.functions++
	w.params(&inner, f.ParameterList)
	w.declareVars(&inner, f.DeclarationList)
	switch b := f.Body.(type) {
	case *ast.BlockStatement:
		w.declareLexical(&inner, b.List)
		b.List = w.list(b.List)
	case *ast.ExpressionBody:
		w.expr(&b.Expression)
	}
	w.functions--
	w.leave(inner)
}

func (w *walker) class(c *ast.ClassLiteral) {
	w.source(&c.Source, c.Source, c.Class)
	var inner shadowed
	if c.Name != nil {
		w.declare(&inner, c.Name)
	}
	w.expr(&c.SuperClass)
	for _, el := range c.Body {
		switch el := el.(type) {
		case *ast.FieldDefinition:
			if el.Computed {
				w.expr(&el.Key)
			}
			w.functions++
			w.receivers++
			w.expr(&el.Initializer)
			w.receivers--
			w.functions--
		case *ast.MethodDefinition:
			if el.Computed {
				w.expr(&el.Key)
			}
			w.function(el.Body, false)
		case *ast.ClassStaticBlock:
			var block shadowed
			w.functions++
			w.receivers++
			w.declareVars(&block, el.DeclarationList)
			w.declareLexical(&block, el.Block.List)
			el.Block.List = w.list(el.Block.List)
			w.receivers--
			w.functions--
			w.leave(block)
		}
	}
	w.leave(inner)
}

// --- Statements

// list visits statements; what they export is written after them.
func (w *walker) list(body []ast.Statement) []ast.Statement {
	var out []ast.Statement
	for i := range body {
		st := body[i]
		more := w.statement(&body[i])
		if out == nil && (len(more) > 0 || body[i] != st) {
			out = append(make([]ast.Statement, 0, len(body)+4), body[:i]...)
		}
		if out != nil {
			out = append(append(out, body[i]), more...)
		}
	}
	if out == nil {
		return body
	}
	return out
}

// single visits a statement that stands alone, as the body of an if does.
func (w *walker) single(p *ast.Statement) {
	if *p == nil {
		return
	}
	if more := w.statement(p); len(more) > 0 {
		at := (*p).Idx0()
		*p = &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: append([]ast.Statement{*p}, more...)}
	}
}

func (w *walker) block(b *ast.BlockStatement) {
	if b == nil {
		return
	}
	var inner shadowed
	w.declareLexical(&inner, b.List)
	b.List = w.list(b.List)
	w.leave(inner)
}

// bindings visits declared variables; the mirrors are those with a value.
func (w *walker) bindings(list []*ast.Binding, isVar bool) (mirrors []ast.Expression) {
	for _, b := range list {
		w.pattern(b)
		if isVar && b.Initializer != nil {
			mirrors = append(mirrors, w.targets(b.Target)...)
		}
	}
	return mirrors
}

// statement visits a statement, and returns what is to follow it.
func (w *walker) statement(p *ast.Statement) []ast.Statement {
	switch st := (*p).(type) {
	case *ast.BlockStatement:
		w.block(st)
	case *ast.ExpressionStatement:
		w.expression(&st.Expression, false)
	case *ast.VariableStatement:
		return expressionStatements(w.bindings(st.List, true))
	case *ast.LexicalDeclaration:
		w.bindings(st.List, false)
	case *ast.FunctionDeclaration:
		w.function(st.Function, false)
	case *ast.ClassDeclaration:
		w.class(st.Class)
	case *ast.IfStatement:
		w.expr(&st.Test)
		w.single(&st.Consequent)
		w.single(&st.Alternate)
	case *ast.ForStatement:
		return w.forStatement(st)
	case *ast.ForInStatement:
		w.forInto(st.Into, &st.Source, &st.Body)
	case *ast.ForOfStatement:
		w.forInto(st.Into, &st.Source, &st.Body)
	case *ast.WhileStatement:
		w.expr(&st.Test)
		w.single(&st.Body)
	case *ast.DoWhileStatement:
		w.single(&st.Body)
		w.expr(&st.Test)
	case *ast.ReturnStatement:
		if w.functions == 0 {
			w.fail(st.Return, 6, "Illegal return statement")
		}
		w.expr(&st.Argument)
	case *ast.ThrowStatement:
		w.expr(&st.Argument)
	case *ast.LabelledStatement:
		w.single(&st.Statement)
	case *ast.SwitchStatement:
		w.expr(&st.Discriminant)
		var inner shadowed
		for _, c := range st.Body {
			w.declareLexical(&inner, c.Consequent)
		}
		for _, c := range st.Body {
			w.expr(&c.Test)
			c.Consequent = w.list(c.Consequent)
		}
		w.leave(inner)
	case *ast.TryStatement:
		w.block(st.Body)
		if c := st.Catch; c != nil {
			var inner shadowed
			boundNames(c.Parameter, func(id *ast.Identifier) { w.declare(&inner, id) })
			w.pattern(c.Parameter)
			w.block(c.Body)
			w.leave(inner)
		}
		w.block(st.Finally)
	case *ast.WithStatement:
		w.fail(st.With, 4, "Strict mode code may not include a with statement")
	}
	return nil
}

func prepend(p *ast.Statement, list []ast.Expression) {
	if len(list) == 0 {
		return
	}
	at := (*p).Idx0()
	*p = &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: append(expressionStatements(list), *p)}
}

func (w *walker) forStatement(st *ast.ForStatement) []ast.Statement {
	var inner shadowed
	var mirrors []ast.Expression
	switch init := st.Initializer.(type) {
	case *ast.ForLoopInitializerExpression:
		w.expression(&init.Expression, false)
	case *ast.ForLoopInitializerVarDeclList:
		mirrors = w.bindings(init.List, true)
	case *ast.ForLoopInitializerLexicalDecl:
		w.declareBindings(&inner, init.LexicalDeclaration.List)
		w.bindings(init.LexicalDeclaration.List, false)
	}
	w.expr(&st.Test)
	w.expression(&st.Update, false)
	w.single(&st.Body)
	prepend(&st.Body, mirrors)
	w.leave(inner)
	return expressionStatements(mirrors)
}

func (w *walker) forInto(into ast.ForInto, source *ast.Expression, body *ast.Statement) {
	var inner shadowed
	var mirrors []ast.Expression
	switch t := into.(type) {
	case *ast.ForIntoVar:
		w.pattern(t.Binding)
		mirrors = w.targets(t.Binding.Target)
	case *ast.ForDeclaration:
		boundNames(t.Target, func(id *ast.Identifier) { w.declare(&inner, id) })
		w.pattern(t.Target)
	case *ast.ForIntoExpression:
		if id, ok := t.Expression.(*ast.Identifier); ok {
			mirrors = w.targets(id)
		} else if _, ok := t.Expression.(ast.Pattern); ok {
			mirrors = w.targets(t.Expression)
			w.pattern(t.Expression)
		} else {
			w.expr(&t.Expression)
		}
	}
	w.expr(source)
	w.single(body)
	prepend(body, mirrors)
	w.leave(inner)
}
