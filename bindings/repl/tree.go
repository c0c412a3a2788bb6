package repl

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
)

// A treeBuilder gives the syntax tree of a script to JavaScript, as far as
// evaluate.js knows it: the rest is of type ” and no more.
type treeBuilder struct {
	vm  *goja.Runtime
	src string
}

// Tree returns src's statements as objects with a type each, undefined if src
// does not parse.
func Tree(vm *goja.Runtime, src string) goja.Value {
	p, err := parser.ParseFile(nil, "", src, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return goja.Undefined()
	}
	b := &treeBuilder{vm: vm, src: src}
	return b.statements(p.Body)
}

func (b *treeBuilder) node(kind string, fields ...any) *goja.Object {
	o := b.vm.NewObject()
	_ = o.Set("type", kind)
	for i := 0; i < len(fields); i += 2 {
		_ = o.Set(fields[i].(string), fields[i+1])
	}
	return o
}

func (b *treeBuilder) statements(list []ast.Statement) goja.Value {
	out := make([]any, 0, len(list))
	for _, s := range list {
		out = append(out, b.statement(s))
	}
	return b.vm.NewArray(out...)
}

func (b *treeBuilder) statement(s ast.Statement) goja.Value {
	switch s := s.(type) {
	case *ast.ExpressionStatement:
		return b.node("expression", "value", b.expression(s.Expression))
	case *ast.ThrowStatement:
		return b.node("throw", "value", b.expression(s.Argument))
	case *ast.ReturnStatement:
		return b.node("return", "value", b.expression(s.Argument))
	case *ast.BlockStatement:
		return b.node("block", "body", b.statements(s.List))
	case *ast.IfStatement:
		alternate := goja.Null()
		if s.Alternate != nil {
			alternate = b.statement(s.Alternate)
		}
		return b.node("if", "test", b.expression(s.Test), "then", b.statement(s.Consequent), "else", alternate)
	case *ast.LexicalDeclaration:
		list := make([]any, 0, len(s.List))
		for _, d := range s.List {
			id, ok := d.Target.(*ast.Identifier)
			if !ok {
				return b.node("")
			}
			list = append(list, b.node("binding", "name", id.Name.String(), "value", b.expression(d.Initializer)))
		}
		return b.node("declaration", "list", b.vm.NewArray(list...))
	case *ast.EmptyStatement:
		return b.node("empty")
	}
	return b.node("")
}

func (b *treeBuilder) expressions(list []ast.Expression) goja.Value {
	out := make([]any, 0, len(list))
	for _, e := range list {
		out = append(out, b.expression(e))
	}
	return b.vm.NewArray(out...)
}

// expression is null for an absent one.
func (b *treeBuilder) expression(e ast.Expression) goja.Value {
	switch e := e.(type) {
	case nil:
		return goja.Null()
	case *ast.Identifier:
		return b.node("name", "name", e.Name.String())
	case *ast.NumberLiteral:
		return b.node("literal", "value", e.Value)
	case *ast.StringLiteral:
		return b.node("literal", "value", e.Value.String())
	case *ast.BooleanLiteral:
		return b.node("literal", "value", e.Value)
	case *ast.NullLiteral:
		return b.node("literal", "value", goja.Null())
	case *ast.RegExpLiteral:
		return b.node("regexp", "pattern", e.Pattern, "flags", e.Flags)
	case *ast.TemplateLiteral:
		return b.template(e)
	case *ast.ArrayLiteral:
		return b.node("array", "elements", b.expressions(e.Value))
	case *ast.ObjectLiteral:
		return b.object(e)
	case *ast.SpreadElement:
		return b.node("spread", "value", b.expression(e.Expression))
	case *ast.UnaryExpression:
		if e.Operator == token.INCREMENT || e.Operator == token.DECREMENT || e.Operator == token.DELETE {
			return b.node("")
		}
		return b.node("unary", "operator", e.Operator.String(), "value", b.expression(e.Operand))
	case *ast.BinaryExpression:
		return b.node("binary", "operator", e.Operator.String(), "left", b.expression(e.Left), "right", b.expression(e.Right))
	case *ast.ConditionalExpression:
		return b.node("conditional", "test", b.expression(e.Test), "then", b.expression(e.Consequent), "else", b.expression(e.Alternate))
	case *ast.SequenceExpression:
		return b.node("sequence", "list", b.expressions(e.Sequence))
	case *ast.DotExpression:
		return b.node("member", "object", b.expression(e.Left), "key", b.node("literal", "value", e.Identifier.Name.String()))
	case *ast.BracketExpression:
		return b.node("member", "object", b.expression(e.Left), "key", b.expression(e.Member))
	case *ast.OptionalChain:
		return b.node("chain", "value", b.expression(e.Expression))
	case *ast.Optional:
		return b.node("optional", "value", b.expression(e.Expression))
	case *ast.CallExpression:
		return b.node("call", "callee", b.expression(e.Callee), "list", b.expressions(e.ArgumentList), "text", b.text(e.Callee))
	case *ast.NewExpression:
		return b.node("new", "callee", b.expression(e.Callee), "list", b.expressions(e.ArgumentList), "text", b.text(e.Callee))
	case *ast.ThisExpression:
		return b.node("this")
	case *ast.ArrowFunctionLiteral:
		return b.arrow(e)
	case *ast.FunctionLiteral:
		if e.Async || e.Generator {
			return b.node("source", "text", e.Source)
		}
		// Its this and arguments are not known here: a value, but not to be called.
		return b.node("source", "text", e.Source)
	}
	return b.node("")
}

func (b *treeBuilder) text(n ast.Node) string {
	from, to := int(n.Idx0())-1, int(n.Idx1())-1
	if from < 0 || to > len(b.src) || from > to {
		return ""
	}
	return b.src[from:to]
}

func (b *treeBuilder) template(e *ast.TemplateLiteral) goja.Value {
	if e.Tag != nil {
		return b.node("")
	}
	texts := make([]any, 0, len(e.Elements))
	for _, t := range e.Elements {
		texts = append(texts, t.Parsed.String())
	}
	return b.node("template", "texts", b.vm.NewArray(texts...), "list", b.expressions(e.Expressions))
}

func (b *treeBuilder) object(e *ast.ObjectLiteral) goja.Value {
	list := make([]any, 0, len(e.Value))
	for _, p := range e.Value {
		switch p := p.(type) {
		case *ast.PropertyShort:
			if p.Initializer != nil {
				return b.node("")
			}
			name := p.Name.Name.String()
			list = append(list, b.node("property", "key", b.node("literal", "value", name), "value", b.node("name", "name", name)))
		case *ast.PropertyKeyed:
			if p.Kind != ast.PropertyKindValue {
				return b.node("")
			}
			key := b.expression(p.Key)
			if id, ok := p.Key.(*ast.Identifier); ok && !p.Computed {
				key = b.node("literal", "value", id.Name.String())
			}
			if s, ok := p.Key.(*ast.StringLiteral); ok && !p.Computed && s.Value == "__proto__" {
				return b.node("")
			}
			list = append(list, b.node("property", "key", key, "value", b.expression(p.Value)))
		case *ast.SpreadElement:
			list = append(list, b.node("spread", "value", b.expression(p.Expression)))
		default:
			return b.node("")
		}
	}
	return b.node("object", "list", b.vm.NewArray(list...))
}

// arrow is a function that can be called without leaving evaluate.js, if its
// parameters are plain names.
func (b *treeBuilder) arrow(e *ast.ArrowFunctionLiteral) goja.Value {
	var params []any
	simple := !e.Async && e.ParameterList.Rest == nil
	for _, p := range e.ParameterList.List {
		id, ok := p.Target.(*ast.Identifier)
		if !ok || p.Initializer != nil {
			simple = false
			break
		}
		params = append(params, id.Name.String())
	}
	if !simple {
		return b.node("source", "text", e.Source)
	}
	var body goja.Value
	switch x := e.Body.(type) {
	case *ast.ExpressionBody:
		list := b.vm.NewArray(b.node("return", "value", b.expression(x.Expression)))
		body = list
	case *ast.BlockStatement:
		body = b.statements(x.List)
	}
	return b.node("arrow", "params", b.vm.NewArray(params...), "body", body)
}
