package compile

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
	"github.com/evanw/esbuild/pkg/api"

	"github.com/gonode/gonode/internal/numeric"
)

// A Module is a parsed ES module. Its declarations are known once it has been
// parsed; [Module.Compile] makes its program when it has been linked, as the
// program depends on what the imports turned out to be.
//
// The program yields a function of the module's environment (an object that
// holds the exported bindings), the environment of its imports, the host's
// object (import.meta and import()) and the imports that are passed as values.
type Module struct {
	Name     string
	Requests []Request
	Imports  []ImportEntry
	// Exports are the local, indirect and star export entries.
	Exports []ExportEntry
	// Async modules use await at their top level.
	Async bool
	// Await is where the first of these stands.
	Await *SyntaxError
	// UsesHost tells that the module uses import.meta or import().
	UsesHost bool
	// Eval tells that the module calls eval directly: its code may use any name.
	Eval bool
	// Functions and Variables are the names of its function and var declarations.
	Functions, Variables map[string]bool

	scan     *moduleScan
	tree     *ast.Program
	fn       *ast.FunctionLiteral
	walk     *walker
	body     []ast.Statement
	hoisted  []ast.Statement // what exports the function declarations
	changing map[string]bool
	lowered  bool
	src      string
	at       Offset
}

// Changes reports whether a local binding may change after the module has run.
func (m *Module) Changes(local string) bool { return m.Eval || m.changing[local] }

// A Form says how a module is to be compiled.
type Form struct {
	// Cyclic modules can be seen before they run. Their program yields a
	// generator function, which first gives out the module's functions.
	Cyclic bool
	// Values has an entry for each import: whether it is passed as a value,
	// because it is settled before the module runs.
	Values []bool
	// InContext modules run in a vm context: their program begins by calling ContextEnter.
	InContext bool
}

// A Dialect says what an ES module is written in, besides what its name says.
type Dialect struct {
	TypeScript bool
	// TSConfig is the text of the tsconfig.json that holds for TypeScript and JSX, or empty.
	TSConfig string
	// At is where the text begins in its file.
	At Offset
}

// ParseModule parses an ES module; in TypeScript or JSX if its name says so.
func ParseModule(name, src string, d Dialect) (*Module, error) {
	src = StripShebang(src)
	m := &Module{Name: name, src: src, at: d.At}
	loader, typed := loaderOf(name)
	if !typed && d.TypeScript {
		loader, typed = api.LoaderTS, true
	}
	if typed {
		if err := m.lower(loader, d.TSConfig); err != nil {
			return nil, err
		}
		return m, m.analyze()
	}
	err := m.parse()
	if err == nil {
		return m, m.analyze()
	}
	// What goja does not parse, or the scanner took for something else.
	if lerr := m.lower(loader, d.TSConfig); lerr != nil {
		var se *SyntaxError
		if errors.As(err, &se) {
			return nil, se
		}
		return nil, lerr
	}
	return m, m.analyze()
}

func (m *Module) parse() error {
	scan, err := scanModule(m.src)
	var at *scanError
	if errors.As(err, &at) {
		return m.syntaxError(at)
	}
	m.scan = scan
	const prefix = "(async function () { "
	marked := Wrapped + "21:" + m.Name
	if m.at != (Offset{}) {
		marked = fmt.Sprintf("%s%d,%d,1:%s", Wrapped, len(prefix)-m.at.Column, m.at.Line, m.Name)
	}
	if m.tree, err = parseTree(marked, prefix+string(scan.text)+"\n})"); err != nil {
		return locatedAt(err, m.Name, m.src, m.at)
	}
	if !m.check(len(prefix)) {
		return m.misread()
	}
	return nil
}

// misread is the error for declarations that are no statements of the module:
// they stand where none may, or esbuild knows better.
func (m *Module) misread() *SyntaxError {
	first := len(m.src)
	for _, set := range []map[int]bool{m.scan.blanked, m.scan.exported} {
		for at := range set {
			first = min(first, at)
		}
	}
	if strings.HasPrefix(m.src[first:], "import") {
		return m.syntaxError(&scanError{first, 6, "Cannot use import statement outside a module"})
	}
	return m.syntaxError(&scanError{first, 6, "Unexpected token 'export'"})
}

// lower has esbuild make something that goja parses; positions lead back to the source.
func (m *Module) lower(loader api.Loader, tsconfig string) error {
	m.lowered = true
	code, smap, err := transform(m.Name, m.src, loader, tsconfig, api.FormatDefault)
	if err != nil {
		return err
	}
	if m.scan, err = scanModule(code); err != nil {
		return m.syntaxError(err.(*scanError))
	}
	const prefix = "(async function () {\n"
	full, err := withMap(m.Name, prefix, string(m.scan.text), "\n})", smap)
	if err != nil {
		return err
	}
	if m.tree, err = parseTree(m.Name, full, parser.WithSourceMapLoader(noMaps)); err != nil {
		return located(err, m.Name, m.src)
	}
	if !m.check(len(prefix)) {
		return m.misread()
	}
	return nil
}

func (m *Module) syntaxError(e *scanError) *SyntaxError {
	se := &SyntaxError{File: m.Name, Message: e.msg, Width: max(e.width, 1), Line: 1, Column: 1}
	if !m.lowered { // the place in lowered text would say nothing
		se.Line, se.Column, se.SourceLine = place(m.src, e.off)
		if se.Line == 1 {
			se.Column += m.at.Column
		}
		se.Line += m.at.Line
	}
	return se
}

// place is the line and column of an offset, counted from 1, and the line.
func place(src string, off int) (line, column int, text string) {
	off = min(max(off, 0), len(src))
	start := strings.LastIndexByte(src[:off], '\n') + 1
	end := len(src)
	if i := strings.IndexByte(src[off:], '\n'); i >= 0 {
		end = off + i
	}
	return strings.Count(src[:start], "\n") + 1, len([]rune(src[start:off])) + 1, strings.TrimSuffix(src[start:end], "\r")
}

// Position is where an import stands, for link errors.
func (m *Module) Position(off, width int) *SyntaxError {
	return m.syntaxError(&scanError{off: off, width: width})
}

// Missing is V8's error for an import, or an export of another module's
// binding, that the requested module does not provide.
func (m *Module) Missing(request int, name string, off, width int, ambiguous bool) *SyntaxError {
	se := m.Position(off, width)
	se.Message = "The requested module '" + m.Requests[request].Specifier + "' "
	if ambiguous {
		se.Message += "contains conflicting star exports for name '" + name + "'"
	} else {
		se.Message += "does not provide an export named '" + name + "'"
	}
	return se
}

// check finds the statements that the scanner has changed among the module's
// statements, and nowhere else. If one is missing the scanner has mistaken a
// string or a regular expression for code, or a declaration stands where none may.
func (m *Module) check(prefix int) bool {
	if len(m.tree.Body) != 1 {
		return false // the text closes the wrapper
	}
	es, _ := m.tree.Body[0].(*ast.ExpressionStatement)
	if es == nil {
		return false
	}
	if m.fn, _ = es.Expression.(*ast.FunctionLiteral); m.fn == nil {
		return false
	}
	s := m.scan
	found := 0
	for _, st := range m.fn.Body.List {
		at := int(st.Idx0()) - 1 - prefix
		if b, ok := st.(*ast.BlockStatement); ok && len(b.List) == 0 && s.blanked[at] {
			found++
		} else if s.exported[at] {
			found++
		} else if _, ok := s.defaults[at]; ok {
			found++
		}
	}
	if found != len(s.blanked)+len(s.exported)+len(s.defaults) {
		return false
	}
	numeric.Rewrite(m.tree, s.src)
	m.walk = &walker{scan: s, prefix: prefix, names: map[unistring.String]*modName{}}
	return true
}

// analyze finds the module's names, its early errors, and what refers to what.
func (m *Module) analyze() error {
	s, w := m.scan, m.walk
	m.Requests, m.Imports = s.requests, s.imports
	m.UsesHost = s.usesMeta || s.usesImport
	declared, bad := m.declarations()
	if bad != nil {
		return m.syntaxError(bad)
	}
	name := func(local string) *modName {
		u := unistring.NewFromString(local)
		if w.names[u] == nil {
			w.names[u] = &modName{}
		}
		return w.names[u]
	}
	imported := map[string]int{}
	for i, e := range m.Imports {
		if _, twice := imported[e.Local]; twice || declared[e.Local] {
			return m.syntaxError(&scanError{e.Offset, e.Width, "Identifier '" + e.Local + "' has already been declared"})
		}
		imported[e.Local] = i
		name(e.Local).imp = &importBinding{entry: i}
	}
	seen := map[string]bool{}
	for _, e := range s.exports {
		if !e.Star {
			if seen[e.Export] {
				return m.syntaxError(&scanError{e.Offset, e.Width, "Duplicate export of '" + e.Export + "'"})
			}
			seen[e.Export] = true
		}
		if e.Request < 0 {
			if i, ok := imported[e.Local]; ok {
				// What has been imported and is exported is an indirect export;
				// a namespace of an import is as good as one of its own.
				im := m.Imports[i]
				e.Request, e.Name, e.Namespace, e.Local = im.Request, im.Name, im.Namespace, ""
			} else if !declared[e.Local] {
				return m.syntaxError(&scanError{e.Offset, e.Width, "Export '" + e.Local + "' is not defined in module"})
			} else {
				n := name(e.Local)
				n.exports = append(n.exports, e.Export)
			}
		}
		m.Exports = append(m.Exports, e)
	}
	m.body = m.statements()
	if w.err != nil {
		return m.syntaxError(w.err.(*scanError))
	}
	if m.Async = len(w.awaits) > 0; m.Async {
		m.Await = m.Position(int((*w.awaits[0]).Idx0())-1-w.prefix, 5)
	}
	m.Eval = w.eval
	m.changing = map[string]bool{}
	for u, n := range w.names {
		if n.changes {
			m.changing[u.String()] = true
		}
	}
	return nil
}

// declarations collects what the module's top level declares, and adds the
// exported declarations to the export entries.
func (m *Module) declarations() (declared map[string]bool, bad *scanError) {
	s := m.scan
	m.Functions, m.Variables = map[string]bool{}, map[string]bool{}
	declared = map[string]bool{}
	offset := func(at file.Idx) int { return int(at) - 1 - m.walk.prefix }
	for _, d := range m.fn.DeclarationList {
		for _, b := range d.List {
			boundNames(b.Target, func(id *ast.Identifier) { m.Variables[id.Name.String()] = true })
		}
	}
	for _, st := range m.fn.Body.List {
		at := offset(st.Idx0())
		kind, isDefault := s.defaults[at]
		lexical := func(id *ast.Identifier) {
			n := id.Name.String()
			if (declared[n] || m.Variables[n]) && bad == nil {
				bad = &scanError{offset(id.Idx), len(n), "Identifier '" + n + "' has already been declared"}
			}
			declared[n] = true
		}
		export := func(id *ast.Identifier) {
			if n := id.Name.String(); s.exported[at] {
				s.exports = append(s.exports, ExportEntry{Export: n, Local: n, Request: -1, Offset: offset(id.Idx), Width: len(n)})
			}
		}
		switch st := st.(type) {
		case *ast.VariableStatement:
			for _, b := range st.List {
				boundNames(b.Target, export)
			}
		case *ast.LexicalDeclaration:
			for _, b := range st.List {
				boundNames(b.Target, func(id *ast.Identifier) { lexical(id); export(id) })
			}
		case *ast.FunctionDeclaration:
			if isDefault && kind == defaultAnonymous {
				st.Function.Name.Name = "default"
				st.Function.Source = m.withoutExport(st.Function.Source, at)
			}
			lexical(st.Function.Name)
			export(st.Function.Name)
			m.Functions[st.Function.Name.Name.String()] = true
		case *ast.ClassDeclaration:
			if isDefault && kind == defaultAnonymous {
				st.Class.Name.Name = "default"
				st.Class.Source = m.withoutExport(st.Class.Source, at)
			}
			lexical(st.Class.Name)
			export(st.Class.Name)
		}
		if isDefault && kind == defaultExpression {
			declared["default"] = true
		}
	}
	for n := range m.Variables {
		declared[n] = true
	}
	return declared, bad
}

// withoutExport is what toString gives for a default export without a name.
func (m *Module) withoutExport(text string, start int) string {
	if start < 0 || start+len(text) > len(m.scan.src) {
		return text
	}
	s := newScanner(m.scan.src[start : start+len(text)])
	s.next() // export
	s.next() // default
	return s.src[s.peek().start:]
}

// statements is the module's body, with writes to its environment.
func (m *Module) statements() []ast.Statement {
	w, s := m.walk, m.scan
	var body []ast.Statement
	for _, st := range m.fn.Body.List {
		at := int(st.Idx0()) - 1 - w.prefix
		if b, ok := st.(*ast.BlockStatement); ok && len(b.List) == 0 && s.blanked[at] {
			continue
		}
		if kind, ok := s.defaults[at]; ok && kind == defaultExpression {
			es, _ := st.(*ast.ExpressionStatement)
			if es == nil {
				w.fail(st.Idx0(), 6, "Unexpected token 'export'")
				continue
			}
			a, _ := es.Expression.(*ast.AssignExpression)
			if a == nil {
				w.fail(st.Idx0(), 6, "Unexpected token 'export'")
				continue
			}
			st = &ast.LexicalDeclaration{Idx: st.Idx0(), Token: token.CONST, List: []*ast.Binding{{
				Target: &ast.Identifier{Name: "default", Idx: st.Idx0()}, Initializer: a.Right}}}
		}
		if d, ok := st.(*ast.LexicalDeclaration); ok && m.exportsAny(d.List) {
			// One by one: what the second one calls may see the first.
			for _, b := range d.List {
				one := &ast.LexicalDeclaration{Idx: d.Idx, Token: d.Token, List: []*ast.Binding{b}}
				w.bindings(one.List, false)
				body = append(append(body, one), expressionStatements(w.targets(b.Target))...)
			}
			continue
		}
		more := w.statement(&st)
		body = append(append(body, st), more...)
		switch d := st.(type) {
		case *ast.ClassDeclaration:
			if e := w.mirrorOf(d.Class.Name.Name, d.Class.Class); e != nil {
				body = append(body, &ast.ExpressionStatement{Expression: e})
			}
		case *ast.FunctionDeclaration:
			if e := w.mirrorOf(d.Function.Name.Name, d.Function.Function); e != nil {
				m.hoisted = append(m.hoisted, &ast.ExpressionStatement{Expression: e})
			}
		}
	}
	return body
}

func (m *Module) exportsAny(list []*ast.Binding) (found bool) {
	for _, b := range list {
		boundNames(b.Target, func(id *ast.Identifier) {
			n := m.walk.names[id.Name]
			found = found || n != nil && len(n.exports) > 0
		})
	}
	return found
}

// Compile makes the module's program. The syntax tree is used up.
func (m *Module) Compile(f Form) (*goja.Program, error) {
	at := m.fn.Function
	params := []string{envParam, importParam, hostParam}
	for _, n := range m.walk.names {
		if n.imp == nil || f.Values[n.imp.entry] {
			continue
		}
		for _, r := range n.imp.refs {
			read(r)
		}
	}
	for i, v := range f.Values {
		if v {
			params = append(params, m.Imports[i].Local)
		}
	}
	var body []ast.Statement
	if m.Eval {
		body = append(body, &ast.ExpressionStatement{Expression: &ast.StringLiteral{Idx: at, Literal: `"use strict"`, Value: "use strict"}})
	}
	if m.walk.assigns {
		body = append(body, &ast.LexicalDeclaration{Idx: at, Token: token.CONST, List: []*ast.Binding{{
			Target: identifier(constName, at), Initializer: zero(at)}}})
	}
	body = append(body, m.hoisted...)
	if f.Cyclic {
		body = append(body, &ast.ExpressionStatement{Expression: &ast.YieldExpression{Yield: at}})
		for _, slot := range m.walk.awaits {
			a := (*slot).(*ast.AwaitExpression)
			*slot = &ast.YieldExpression{Yield: a.Await, Argument: a.Argument}
		}
	}
	body = append(body, m.body...)
	list := &ast.ParameterList{Opening: at, Closing: at}
	for _, p := range params {
		list.List = append(list.List, &ast.Binding{Target: identifier(p, at)})
	}
	block := &ast.BlockStatement{LeftBrace: m.fn.Body.LeftBrace, RightBrace: m.fn.Body.RightBrace, List: body}
	var fn ast.Expression
	if f.Cyclic {
		fn = &ast.FunctionLiteral{Function: at, ParameterList: list, Body: block, DeclarationList: m.fn.DeclarationList, Generator: true}
	} else {
		// An arrow function: "arguments" is nothing of its own.
		fn = &ast.ArrowFunctionLiteral{Start: at, ParameterList: list, Body: block, DeclarationList: m.fn.DeclarationList, Async: m.Async}
	}
	if m.Eval {
		fn = scopeAround(fn, at)
	}
	m.tree.Body = []ast.Statement{&ast.ExpressionStatement{Expression: fn}}
	if f.InContext {
		(&rewriter{strict: true}).module(m.tree)
	}
	m.tree.DeclarationList = nil
	prg, err := compileTree(m.tree, !m.Eval)
	m.tree, m.fn, m.walk, m.body, m.hoisted = nil, nil, nil, nil, nil
	if err != nil {
		return nil, locatedAt(err, m.Name, m.src, m.at)
	}
	return prg, nil
}

func identifier(name string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.NewFromString(name), Idx: at}
}

func zero(at file.Idx) *ast.NumberLiteral {
	return &ast.NumberLiteral{Idx: at, Literal: "0", Value: int64(0)}
}

// read makes a reference to an import the read of a property; called, the
// function gets no receiver.
func read(r importRef) {
	id := (*r.slot).(*ast.Identifier)
	var e ast.Expression = &ast.DotExpression{Left: identifier(importParam, id.Idx), Identifier: *id}
	if r.callee {
		e = &ast.SequenceExpression{Sequence: []ast.Expression{zero(id.Idx), e}}
	}
	*r.slot = e
}

// scopeAround makes (scope) => { with (scope) return fn }: what eval is called
// with finds imports by name.
func scopeAround(fn ast.Expression, at file.Idx) ast.Expression {
	return &ast.FunctionLiteral{
		Function:      at,
		ParameterList: &ast.ParameterList{Opening: at, Closing: at, List: []*ast.Binding{{Target: identifier(scopeParam, at)}}},
		Body: &ast.BlockStatement{LeftBrace: at, RightBrace: at, List: []ast.Statement{
			&ast.WithStatement{With: at, Object: identifier(scopeParam, at), Body: &ast.ReturnStatement{Return: at, Argument: fn}},
		}},
	}
}

// Untyped is a CommonJS file's text in plain JavaScript; what cannot be parsed
// stays as it is.
func Untyped(name, src string) string {
	if l, typed := loaderOf(name); typed {
		if code, _, err := transform(name, src, l, "", api.FormatCommonJS); err == nil {
			return code
		}
	}
	return src
}

// typedFunction compiles TypeScript or JSX as the body of a function; import
// and export become require and exports, as the TypeScript compiler has it.
func typedFunction(name, src string, loader api.Loader, prefix, suffix string) (*goja.Program, error) {
	format := api.FormatDefault
	if HasModuleSyntax(src) {
		format = api.FormatCommonJS
	}
	code, smap, err := transform(name, StripShebang(src), loader, "", format)
	if err != nil {
		return nil, err
	}
	code, _ = replaceDynamicImport(code)
	full, err := withMap(name, prefix+"\n", code, suffix, smap)
	if err != nil {
		return nil, err
	}
	return parse(name, full, parser.WithSourceMapLoader(noMaps))
}

// withMap puts code after a line of its own, and its source map behind it.
func withMap(name, prefix, code, suffix, smap string) (string, error) {
	var m map[string]any
	if err := json.Unmarshal([]byte(smap), &m); err != nil {
		return "", err
	}
	m["sources"] = []string{name}
	m["mappings"] = ";" + oneBased(m["mappings"].(string)) // the prefix maps to nothing
	text, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	return prefix + code + suffix + "\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString(text), nil
}

// loaderOf is esbuild's loader for a file name or URL; typed is false for plain JavaScript.
func loaderOf(name string) (l api.Loader, typed bool) {
	if i := strings.IndexAny(name, "?#"); i >= 0 && strings.HasPrefix(name, "file:") {
		name = name[:i]
	}
	switch path.Ext(name) {
	case ".ts", ".mts", ".cts":
		return api.LoaderTS, true
	case ".tsx":
		return api.LoaderTSX, true
	case ".jsx":
		return api.LoaderJSX, true
	}
	return api.LoaderJS, false
}

func transform(name, src string, loader api.Loader, tsconfig string, format api.Format) (code, sourceMap string, err error) {
	supported := missing()
	supported["import-attributes"] = true
	supported["top-level-await"] = true
	res := api.Transform(src, api.TransformOptions{
		Sourcefile: name, Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude, Target: api.ESNext,
		Supported: supported, Loader: loader, LogLevel: api.LogLevelSilent, KeepNames: true, TreeShaking: api.TreeShakingFalse,
		TsconfigRaw: tsconfig, Format: format,
	})
	if len(res.Errors) == 0 {
		return string(res.Code), string(res.Map), nil
	}
	e := res.Errors[0]
	se := &SyntaxError{File: name, Line: 1, Column: 1, Width: 1, Message: esbuildMessage(e.Text)}
	if l := e.Location; l != nil {
		se.Line, se.Column, se.Width, se.SourceLine = l.Line, l.Column+1, max(l.Length, 1), l.LineText
	}
	return "", "", se
}
