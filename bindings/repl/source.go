package repl

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

func transform(src string, loader api.Loader) api.TransformResult {
	return api.Transform(src, api.TransformOptions{Loader: loader, Target: api.ESNext, LegalComments: api.LegalCommentsNone})
}

// Incomplete reports whether more lines may make src, which does not parse, a
// program: it ends too early. With typed, the program may be TypeScript.
func Incomplete(src string, typed bool) bool {
	out := transform(src, api.LoaderJS)
	if typed && len(out.Errors) > 0 && !tooEarly(src, out) {
		out = transform(src, api.LoaderTS)
	}
	return tooEarly(src, out)
}

func tooEarly(src string, out api.TransformResult) bool {
	if len(out.Errors) == 0 {
		return false
	}
	first := out.Errors[0]
	switch {
	case strings.Contains(first.Text, "end of file"):
		return !halfNumber().MatchString(src)
	case strings.Contains(first.Text, "to terminate multi-line comment"):
		return true
	case first.Text == "Unterminated string literal":
		if strings.HasSuffix(strings.TrimRight(src, "\n"), "\\") {
			return true
		}
		closed := transform(src+"`", api.LoaderJS).Errors // a template's text?
		return len(closed) == 0 || closed[0].Text != first.Text
	}
	return false
}

// halfNumber is an exponent without digits, which no further line can give it.
var halfNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[0-9.][eE][+-]?\s*$`) })

// Await makes a script of one that awaits at its top level: an async function's
// call, whose declarations are the script's. Its promise is for { value } with
// the value of a last expression. ok is false where nothing is awaited.
func Await(src string) (script string, ok bool) {
	if !strings.Contains(src, "await") {
		return "", false
	}
	out := transform(src, api.LoaderJS)
	if len(out.Errors) > 0 {
		return "", false
	}
	// Printed by esbuild there are no comments, and a semicolon ends each statement.
	const open = "(async () => {"
	text := open + string(out.Code) + "})()"
	// goja does not know import(): here it may be any function.
	tree, err := parser.ParseFile(nil, "", strings.ReplaceAll(text, "import(", "Import("), 0, parser.WithDisableSourceMaps)
	if err != nil {
		return "", false
	}
	body := tree.Body[0].(*ast.ExpressionStatement).Expression.(*ast.CallExpression).Callee.(*ast.ArrowFunctionLiteral).Body.(*ast.BlockStatement)
	if !awaits(reflect.ValueOf(body.List)) {
		return "", false
	}
	var outside, first, inside strings.Builder
	for i, st := range body.List {
		end := len(text) - len("})()")
		if i+1 < len(body.List) {
			end = int(body.List[i+1].Idx0()) - 1
		}
		code := strings.TrimSpace(text[int(st.Idx0())-1 : end])
		switch s := st.(type) {
		case *ast.LexicalDeclaration:
			hoist(&outside, "let", s.List)
			code = assignments(code)
		case *ast.VariableStatement:
			hoist(&outside, "var", s.List)
			code = assignments(code)
		case *ast.FunctionDeclaration:
			name := s.Function.Name.Name.String()
			outside.WriteString("var " + name + "; ")
			first.WriteString("this." + name + " = " + name + "; ")
		case *ast.ClassDeclaration:
			name := s.Class.Name.Name.String()
			outside.WriteString("let " + name + "; ")
			code = name + " = " + code
		case *ast.ExpressionStatement:
			if i == len(body.List)-1 {
				code = "return { __proto__: null, value: (" + strings.TrimSuffix(code, ";") + ") };"
			}
		}
		inside.WriteString(code + "\n")
	}
	return outside.String() + "(async () => { " + first.String() + inside.String() + "})()", true
}

// Plain makes a script of one with types or import declarations: an import is
// what import() gives. ok is false where that leaves no script.
func Plain(src string) (script string, ok bool) {
	out := api.Transform(src, api.TransformOptions{Loader: api.LoaderTS, Target: api.ESNext, LegalComments: api.LegalCommentsNone,
		TsconfigRaw: `{"compilerOptions": {"verbatimModuleSyntax": true}}`})
	if len(out.Errors) > 0 {
		return "", false
	}
	return strings.Join(dynamic(string(out.Code)), ""), true
}

// dynamic replaces the import declarations of a program that esbuild has
// printed, one a line, by import() calls.
func dynamic(code string) []string {
	lines := strings.SplitAfter(code, "\n")
	for i, line := range lines {
		if m := importDeclaration().FindStringSubmatch(line); m != nil {
			lines[i] = importCall(m[1], m[2], m[3], m[4]) + "\n"
		}
	}
	return lines
}

// importDeclaration has the default name, the namespace's, the list of names and
// the module with what is behind it.
var importDeclaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^import (?:([\w$]+)(?:, )?)?(?:\* as ([\w$]+) |\{ (.*?) \} )?(?:from )?(".*?");?\n?$`)
})

func importCall(name, namespace, list, module string) string {
	from := "await import(" + module + ");"
	var names []string
	if name = strings.TrimSpace(name); name != "" {
		names = append(names, "default: "+name)
	}
	if list != "" {
		for n := range strings.SplitSeq(list, ", ") {
			names = append(names, strings.Replace(n, " as ", ": ", 1))
		}
	}
	switch {
	case namespace != "" && len(names) > 0:
		return "const " + namespace + " = " + from + " const { " + strings.Join(names, ", ") + " } = " + namespace + ";"
	case namespace != "":
		return "const " + namespace + " = " + from
	case len(names) > 0:
		return "const { " + strings.Join(names, ", ") + " } = " + from
	}
	return from
}

// Declared returns the names that the script src declares at its top level.
func Declared(src string) (names []string) {
	p, err := parser.ParseFile(nil, "", src, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil
	}
	for _, st := range p.Body {
		switch s := st.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				names = append(names, bound(b.Target)...)
			}
		case *ast.VariableStatement:
			for _, b := range s.List {
				names = append(names, bound(b.Target)...)
			}
		case *ast.FunctionDeclaration:
			names = append(names, s.Function.Name.Name.String())
		case *ast.ClassDeclaration:
			names = append(names, s.Class.Name.Name.String())
		}
	}
	return names
}

// assignments makes a comma expression of a declaration.
func assignments(code string) string {
	_, list, _ := strings.Cut(code, " ")
	return "void (" + strings.TrimSuffix(list, ";") + ");"
}

func hoist(out *strings.Builder, keyword string, list []*ast.Binding) {
	var names []string
	for _, b := range list {
		names = append(names, bound(b.Target)...)
	}
	if len(names) > 0 {
		out.WriteString(keyword + " " + strings.Join(names, ", ") + "; ")
	}
}

// bound is the names that a pattern binds.
func bound(target ast.Node) (names []string) {
	switch t := target.(type) {
	case *ast.Identifier:
		return []string{t.Name.String()}
	case *ast.AssignExpression:
		return bound(t.Left)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			if e != nil {
				names = append(names, bound(e)...)
			}
		}
		if t.Rest != nil {
			names = append(names, bound(t.Rest)...)
		}
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				names = append(names, p.Name.Name.String())
			case *ast.PropertyKeyed:
				names = append(names, bound(p.Value)...)
			}
		}
		if t.Rest != nil {
			names = append(names, bound(t.Rest)...)
		}
	}
	return names
}

// awaits reports whether a tree has an await that is not in a function of its own.
func awaits(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return false
		}
		switch v.Interface().(type) {
		case *ast.AwaitExpression:
			return true
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
			return false
		}
		return awaits(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if awaits(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && awaits(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
