package compile

import "github.com/dop251/goja/ast"

// A visitor goes over a whole tree. Its functions, where there are any, see
// each node after the nodes in it, in a slot where it can be replaced.
type visitor struct {
	expr func(*ast.Expression)
	stmt func(*ast.Statement)
	list func(*[]ast.Statement)
	// loop sees an iteration statement in the place of the labels before it.
	loop func(p *ast.Statement, labels []*ast.LabelledStatement, loop ast.Statement) bool
	// enter and leave see FunctionLiteral, ArrowFunctionLiteral, ClassLiteral,
	// FieldDefinition and ClassStaticBlock.
	enter, leave func(ast.Node)
}

func (v *visitor) program(p *ast.Program) { v.statements(&p.Body) }

func (v *visitor) statements(list *[]ast.Statement) {
	for i := range *list {
		v.statement(&(*list)[i])
	}
	if v.list != nil {
		v.list(list)
	}
}

func (v *visitor) block(b *ast.BlockStatement) {
	if b != nil {
		v.statements(&b.List)
	}
}

func (v *visitor) bindings(list []*ast.Binding) {
	for _, b := range list {
		v.target(b.Target)
		v.expression(&b.Initializer)
	}
}

// target visits the expressions inside a pattern or an assignment's target
// that is no slot of its own.
func (v *visitor) target(t ast.Expression) {
	switch t := t.(type) {
	case nil, *ast.Identifier:
	case *ast.Binding:
		v.bindings([]*ast.Binding{t})
	case *ast.ArrayPattern:
		for i := range t.Elements {
			v.element(&t.Elements[i])
		}
		v.element(&t.Rest)
	case *ast.ObjectPattern:
		v.properties(t.Properties)
		v.element(&t.Rest)
	default:
		v.expression(&t)
	}
}

// element visits a target in a slot.
func (v *visitor) element(p *ast.Expression) {
	switch t := (*p).(type) {
	case *ast.Binding, *ast.ArrayPattern, *ast.ObjectPattern:
		v.target(t)
	default:
		v.expression(p)
	}
}

func (v *visitor) properties(list []ast.Property) {
	for _, p := range list {
		switch p := p.(type) {
		case *ast.PropertyShort:
			v.expression(&p.Initializer)
		case *ast.PropertyKeyed:
			if p.Computed {
				v.expression(&p.Key)
			}
			v.element(&p.Value)
		case *ast.SpreadElement:
			v.expression(&p.Expression)
		}
	}
}

func (v *visitor) expressions(list []ast.Expression) {
	for i := range list {
		v.expression(&list[i])
	}
}

func (v *visitor) expression(p *ast.Expression) {
	switch e := (*p).(type) {
	case nil:
		return
	case *ast.ArrayLiteral:
		v.expressions(e.Value)
	case *ast.ObjectLiteral:
		v.properties(e.Value)
	case *ast.ArrayPattern, *ast.ObjectPattern, *ast.Binding:
		v.target(e)
	case *ast.AssignExpression:
		v.element(&e.Left)
		v.expression(&e.Right)
	case *ast.AwaitExpression:
		v.expression(&e.Argument)
	case *ast.YieldExpression:
		v.expression(&e.Argument)
	case *ast.BinaryExpression:
		v.expression(&e.Left)
		v.expression(&e.Right)
	case *ast.BracketExpression:
		v.expression(&e.Left)
		v.expression(&e.Member)
	case *ast.DotExpression:
		v.expression(&e.Left)
	case *ast.PrivateDotExpression:
		v.expression(&e.Left)
	case *ast.CallExpression:
		v.expression(&e.Callee)
		v.expressions(e.ArgumentList)
	case *ast.NewExpression:
		v.expression(&e.Callee)
		v.expressions(e.ArgumentList)
	case *ast.ConditionalExpression:
		v.expression(&e.Test)
		v.expression(&e.Consequent)
		v.expression(&e.Alternate)
	case *ast.OptionalChain:
		v.expression(&e.Expression)
	case *ast.Optional:
		v.expression(&e.Expression)
	case *ast.SpreadElement:
		v.expression(&e.Expression)
	case *ast.SequenceExpression:
		v.expressions(e.Sequence)
	case *ast.TemplateLiteral:
		v.expression(&e.Tag)
		v.expressions(e.Expressions)
	case *ast.UnaryExpression:
		v.expression(&e.Operand)
	case *ast.FunctionLiteral:
		v.function(e)
	case *ast.ArrowFunctionLiteral:
		v.arrow(e)
	case *ast.ClassLiteral:
		v.class(e)
	}
	if v.expr != nil {
		v.expr(p)
	}
}

func (v *visitor) around(n ast.Node, f func()) {
	if v.enter != nil {
		v.enter(n)
	}
	f()
	if v.leave != nil {
		v.leave(n)
	}
}

func (v *visitor) parameters(l *ast.ParameterList) {
	v.bindings(l.List)
	v.target(l.Rest)
}

func (v *visitor) function(f *ast.FunctionLiteral) {
	v.around(f, func() {
		v.parameters(f.ParameterList)
		v.block(f.Body)
	})
}

func (v *visitor) arrow(f *ast.ArrowFunctionLiteral) {
	v.around(f, func() {
		v.parameters(f.ParameterList)
		switch b := f.Body.(type) {
		case *ast.BlockStatement:
			v.block(b)
		case *ast.ExpressionBody:
			v.expression(&b.Expression)
		}
	})
}

func (v *visitor) class(c *ast.ClassLiteral) {
	v.around(c, func() {
		v.expression(&c.SuperClass)
		for _, el := range c.Body {
			switch el := el.(type) {
			case *ast.FieldDefinition:
				if el.Computed {
					v.expression(&el.Key)
				}
				v.around(el, func() { v.expression(&el.Initializer) })
			case *ast.MethodDefinition:
				if el.Computed {
					v.expression(&el.Key)
				}
				v.function(el.Body)
			case *ast.ClassStaticBlock:
				v.around(el, func() { v.block(el.Block) })
			}
		}
	})
}

func (v *visitor) statement(p *ast.Statement) {
	var labels []*ast.LabelledStatement
	inner := *p
	for {
		l, ok := inner.(*ast.LabelledStatement)
		if !ok {
			break
		}
		labels, inner = append(labels, l), l.Statement
	}
	switch st := inner.(type) {
	case nil:
		return
	case *ast.ForStatement, *ast.ForInStatement, *ast.ForOfStatement, *ast.WhileStatement, *ast.DoWhileStatement:
		v.iteration(st)
		if v.loop != nil && v.loop(p, labels, st) {
			return
		}
	default:
		if len(labels) > 0 {
			v.statement(&labels[len(labels)-1].Statement)
			break
		}
		v.other(st)
	}
	if v.stmt != nil {
		v.stmt(p)
	}
}

func (v *visitor) iteration(st ast.Statement) {
	switch st := st.(type) {
	case *ast.ForStatement:
		switch init := st.Initializer.(type) {
		case *ast.ForLoopInitializerExpression:
			v.expression(&init.Expression)
		case *ast.ForLoopInitializerVarDeclList:
			v.bindings(init.List)
		case *ast.ForLoopInitializerLexicalDecl:
			v.bindings(init.LexicalDeclaration.List)
		}
		v.expression(&st.Test)
		v.expression(&st.Update)
		v.statement(&st.Body)
	case *ast.ForInStatement:
		v.into(st.Into)
		v.expression(&st.Source)
		v.statement(&st.Body)
	case *ast.ForOfStatement:
		v.into(st.Into)
		v.expression(&st.Source)
		v.statement(&st.Body)
	case *ast.WhileStatement:
		v.expression(&st.Test)
		v.statement(&st.Body)
	case *ast.DoWhileStatement:
		v.statement(&st.Body)
		v.expression(&st.Test)
	}
}

func (v *visitor) into(into ast.ForInto) {
	switch t := into.(type) {
	case *ast.ForIntoVar:
		v.bindings([]*ast.Binding{t.Binding})
	case *ast.ForDeclaration:
		v.target(t.Target)
	case *ast.ForIntoExpression:
		v.element(&t.Expression)
	}
}

func (v *visitor) other(st ast.Statement) {
	switch st := st.(type) {
	case *ast.BlockStatement:
		v.block(st)
	case *ast.ExpressionStatement:
		v.expression(&st.Expression)
	case *ast.VariableStatement:
		v.bindings(st.List)
	case *ast.LexicalDeclaration:
		v.bindings(st.List)
	case *ast.FunctionDeclaration:
		v.function(st.Function)
	case *ast.ClassDeclaration:
		v.class(st.Class)
	case *ast.IfStatement:
		v.expression(&st.Test)
		v.statement(&st.Consequent)
		v.statement(&st.Alternate)
	case *ast.ReturnStatement:
		v.expression(&st.Argument)
	case *ast.ThrowStatement:
		v.expression(&st.Argument)
	case *ast.SwitchStatement:
		v.expression(&st.Discriminant)
		for _, c := range st.Body {
			v.expression(&c.Test)
			v.statements(&c.Consequent)
		}
	case *ast.TryStatement:
		v.block(st.Body)
		if st.Catch != nil {
			v.target(st.Catch.Parameter)
			v.block(st.Catch.Body)
		}
		v.block(st.Finally)
	case *ast.WithStatement:
		v.expression(&st.Object)
		v.statement(&st.Body)
	}
}
