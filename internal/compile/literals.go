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
	l := literals{}
	if mayHaveRegExps(src) {
		l.statements(tree.Body)
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
	throws := !strings.HasPrefix(name, "node:") && !strings.Contains(name, ":node:") && strings.Contains(src, "throw")
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

// literals are the regular expression literals of a tree.
type literals []*ast.RegExpLiteral

func (l *literals) exprs(list []ast.Expression) {
	for _, e := range list {
		l.expr(e)
	}
}

func (l *literals) expr(e ast.Expression) {
	switch e := e.(type) {
	case *ast.RegExpLiteral:
		*l = append(*l, e)
	case *ast.ArrayLiteral:
		l.exprs(e.Value)
	case *ast.ObjectLiteral:
		for _, p := range e.Value {
			l.property(p)
		}
	case *ast.AssignExpression:
		l.expr(e.Left)
		l.expr(e.Right)
	case *ast.AwaitExpression:
		l.expr(e.Argument)
	case *ast.YieldExpression:
		l.expr(e.Argument)
	case *ast.BinaryExpression:
		l.expr(e.Left)
		l.expr(e.Right)
	case *ast.BracketExpression:
		l.expr(e.Left)
		l.expr(e.Member)
	case *ast.DotExpression:
		l.expr(e.Left)
	case *ast.PrivateDotExpression:
		l.expr(e.Left)
	case *ast.CallExpression:
		l.expr(e.Callee)
		l.exprs(e.ArgumentList)
	case *ast.NewExpression:
		l.expr(e.Callee)
		l.exprs(e.ArgumentList)
	case *ast.ConditionalExpression:
		l.expr(e.Test)
		l.expr(e.Consequent)
		l.expr(e.Alternate)
	case *ast.OptionalChain:
		l.expr(e.Expression)
	case *ast.Optional:
		l.expr(e.Expression)
	case *ast.SpreadElement:
		l.expr(e.Expression)
	case *ast.SequenceExpression:
		l.exprs(e.Sequence)
	case *ast.TemplateLiteral:
		l.expr(e.Tag)
		l.exprs(e.Expressions)
	case *ast.UnaryExpression:
		l.expr(e.Operand)
	case *ast.FunctionLiteral:
		l.function(e)
	case *ast.ArrowFunctionLiteral:
		l.params(e.ParameterList)
		switch b := e.Body.(type) {
		case *ast.BlockStatement:
			l.statements(b.List)
		case *ast.ExpressionBody:
			l.expr(b.Expression)
		}
	case *ast.ClassLiteral:
		l.class(e)
	case *ast.Binding:
		if e != nil {
			l.expr(e.Target)
			l.expr(e.Initializer)
		}
	case *ast.ArrayPattern:
		l.exprs(e.Elements)
		l.expr(e.Rest)
	case *ast.ObjectPattern:
		for _, p := range e.Properties {
			l.property(p)
		}
		l.expr(e.Rest)
	}
}

func (l *literals) property(p ast.Property) {
	switch p := p.(type) {
	case *ast.PropertyShort:
		l.expr(p.Initializer)
	case *ast.PropertyKeyed:
		l.expr(p.Key)
		l.expr(p.Value)
	case *ast.SpreadElement:
		l.expr(p.Expression)
	}
}

func (l *literals) params(p *ast.ParameterList) {
	for _, b := range p.List {
		l.expr(b)
	}
	l.expr(p.Rest)
}

func (l *literals) function(f *ast.FunctionLiteral) {
	l.params(f.ParameterList)
	l.statements(f.Body.List)
}

func (l *literals) class(c *ast.ClassLiteral) {
	l.expr(c.SuperClass)
	for _, el := range c.Body {
		switch el := el.(type) {
		case *ast.FieldDefinition:
			l.expr(el.Key)
			l.expr(el.Initializer)
		case *ast.MethodDefinition:
			l.expr(el.Key)
			l.function(el.Body)
		case *ast.ClassStaticBlock:
			l.statements(el.Block.List)
		}
	}
}

func (l *literals) bindings(list []*ast.Binding) {
	for _, b := range list {
		l.expr(b)
	}
}

func (l *literals) statements(list []ast.Statement) {
	for _, st := range list {
		l.statement(st)
	}
}

func (l *literals) block(b *ast.BlockStatement) {
	if b != nil {
		l.statements(b.List)
	}
}

func (l *literals) statement(st ast.Statement) {
	switch st := st.(type) {
	case *ast.BlockStatement:
		l.block(st)
	case *ast.ExpressionStatement:
		l.expr(st.Expression)
	case *ast.VariableStatement:
		l.bindings(st.List)
	case *ast.LexicalDeclaration:
		l.bindings(st.List)
	case *ast.FunctionDeclaration:
		l.function(st.Function)
	case *ast.ClassDeclaration:
		l.class(st.Class)
	case *ast.IfStatement:
		l.expr(st.Test)
		l.statement(st.Consequent)
		l.statement(st.Alternate)
	case *ast.ForStatement:
		switch init := st.Initializer.(type) {
		case *ast.ForLoopInitializerExpression:
			l.expr(init.Expression)
		case *ast.ForLoopInitializerVarDeclList:
			l.bindings(init.List)
		case *ast.ForLoopInitializerLexicalDecl:
			l.bindings(init.LexicalDeclaration.List)
		}
		l.expr(st.Test)
		l.expr(st.Update)
		l.statement(st.Body)
	case *ast.ForInStatement:
		l.into(st.Into)
		l.expr(st.Source)
		l.statement(st.Body)
	case *ast.ForOfStatement:
		l.into(st.Into)
		l.expr(st.Source)
		l.statement(st.Body)
	case *ast.WhileStatement:
		l.expr(st.Test)
		l.statement(st.Body)
	case *ast.DoWhileStatement:
		l.statement(st.Body)
		l.expr(st.Test)
	case *ast.ReturnStatement:
		l.expr(st.Argument)
	case *ast.ThrowStatement:
		l.expr(st.Argument)
	case *ast.LabelledStatement:
		l.statement(st.Statement)
	case *ast.SwitchStatement:
		l.expr(st.Discriminant)
		for _, c := range st.Body {
			l.expr(c.Test)
			l.statements(c.Consequent)
		}
	case *ast.TryStatement:
		l.block(st.Body)
		if st.Catch != nil {
			l.expr(st.Catch.Parameter)
			l.block(st.Catch.Body)
		}
		l.block(st.Finally)
	case *ast.WithStatement:
		l.expr(st.Object)
		l.statement(st.Body)
	}
}

func (l *literals) into(into ast.ForInto) {
	switch t := into.(type) {
	case *ast.ForIntoVar:
		l.expr(t.Binding)
	case *ast.ForDeclaration:
		l.expr(t.Target)
	case *ast.ForIntoExpression:
		l.expr(t.Expression)
	}
}
