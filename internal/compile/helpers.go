package compile

import (
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/unistring"
)

// The names by which a context's programs reach their helpers. No source can
// spell them, so none can see or shadow them.
const (
	ContextEnter    = "\x01enter"    // () puts the context's scope under the program
	ContextThis     = "\x01this"     // the context's globalThis
	ContextSelf     = "\x01self"     // (this) is what a sloppy function sees as this
	ContextEval     = "\x01eval"     // the context's indirect eval
	ContextFunction = "\x01Function" // the context's Function, where it is called
	ContextLexical  = "\x01lexical"  // its properties initialise let, const and class
	ContextDeclare  = "\x01declare"  // ({name: function}) declares functions
	ContextImport   = "\x01import"   // (script id, specifier, options) is import()
	localThis       = "\x01local"    // this of a sloppy function, which begins by making it
)

// ContextScope is a program whose value is a function that takes the scope
// object of a context and gives back another one, which takes the helpers of
// [ContextHelpers] and returns a function that lives in the context.
var ContextScope = sync.OnceValue(func() *goja.Program {
	// The eval, which never runs, keeps the helpers findable by name.
	tree, err := parser.ParseFile(nil, "node:vm", "(function (scope) { with (scope) { return function (h) { if (!h) eval(''); return function () {} } } })", 0)
	if err == nil {
		outer := tree.Body[0].(*ast.ExpressionStatement).Expression.(*ast.FunctionLiteral)
		block := outer.Body.List[0].(*ast.WithStatement).Body.(*ast.BlockStatement)
		inner := block.List[0].(*ast.ReturnStatement).Argument.(*ast.FunctionLiteral)
		for _, name := range ContextHelpers()[1:] {
			inner.ParameterList.List = append(inner.ParameterList.List, &ast.Binding{Target: ident(name, inner.Idx0())})
		}
		var p *goja.Program
		if p, err = compileAST(tree, false); err == nil {
			return p
		}
	}
	panic(err)
})

// ContextHelpers are the names of the helpers, in the order of ContextScope's
// parameters; the first is no name.
func ContextHelpers() []string {
	return []string{"", ContextThis, ContextSelf, ContextEval, ContextFunction, ContextLexical, ContextDeclare}
}

// ContextGlobals is a program that makes ContextEnter and ContextImport global
// bindings, which are no properties of the global object. Its value is a
// function that sets them.
var ContextGlobals = sync.OnceValue(func() *goja.Program {
	tree, err := parser.ParseFile(nil, "node:vm", "let a, b; (function (x, y) { a = x; b = y })", 0)
	if err == nil {
		rename := map[unistring.String]unistring.String{"a": unistring.NewFromString(ContextEnter), "b": unistring.NewFromString(ContextImport)}
		for _, b := range tree.Body[0].(*ast.LexicalDeclaration).List {
			id := b.Target.(*ast.Identifier)
			id.Name = rename[id.Name]
		}
		fn := tree.Body[1].(*ast.ExpressionStatement).Expression.(*ast.FunctionLiteral)
		for _, s := range fn.Body.List {
			id := s.(*ast.ExpressionStatement).Expression.(*ast.AssignExpression).Left.(*ast.Identifier)
			id.Name = rename[id.Name]
		}
		var p *goja.Program
		if p, err = compileAST(tree, false); err == nil {
			return p
		}
	}
	panic(err)
})
