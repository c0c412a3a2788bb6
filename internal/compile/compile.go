// Package compile turns source text into goja programs, which all isolates of
// the process share.
//
// Scripts that goja's parser accepts go straight in. What it does not accept
// is lowered by esbuild with just the missing features marked unsupported, and
// positions are mapped back through the source map.
package compile

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"

	"github.com/gonode/gonode/internal/numeric"
)

// Wrapped marks, as the first byte of a program's source name, a program whose
// first line begins with a function wrapper that its user did not write:
// columns on line 1 are too large by the marker's number. See Origin.
const Wrapped = "\x01"

// A SyntaxError says where a source cannot be parsed. Line and Column count from 1.
type SyntaxError struct {
	File         string
	Line, Column int
	Width        int // of the offending token, 1 if not known
	Message      string
	SourceLine   string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Script compiles a global script.
func Script(name, src string) (*goja.Program, error) {
	return build(name, name, "", StripShebang(src), "")
}

// Function compiles src as the body of a sloppy function with the given
// parameters. Running the program yields the function.
func Function(name, src string, params ...string) (*goja.Program, error) {
	prefix, marked := functionPrefix(name, params)
	return build(name, marked, prefix, StripShebang(src), functionSuffix)
}

const functionSuffix = "\n})"

func functionPrefix(name string, params []string) (prefix, marked string) {
	prefix = "(function (" + strings.Join(params, ", ") + ") { "
	return prefix, fmt.Sprintf("%s%d:%s", Wrapped, len(prefix), name)
}

// FunctionText returns the name and the text of the file that Function
// compiles, where src needs no lowering.
func FunctionText(name, src string, params ...string) (file, text string) {
	prefix, marked := functionPrefix(name, params)
	return marked, prefix + StripShebang(src) + functionSuffix
}

// FunctionImporting is Function for sources that may use import(). If src
// does, imports is true, and the program yields a function that takes what
// import() calls and gives back the function.
func FunctionImporting(name, src string, params ...string) (prg *goja.Program, imports bool, err error) {
	if l, typed := loaderOf(name); typed {
		prefix := "(function (" + DynamicImport + ") { return (function (" + strings.Join(params, ", ") + ") { "
		prg, err = typedFunction(name, src, l, prefix, "\n}) })")
		return prg, err == nil, err
	}
	prg, err = Function(name, src, params...)
	if !strings.Contains(src, "import") || err != nil && !strings.Contains(src, "(") {
		return prg, false, err
	}
	renamed, ok := replaceDynamicImport(StripShebang(src))
	if !ok {
		return prg, false, err
	}
	prefix := "(function (" + DynamicImport + ") { return (function (" + strings.Join(params, ", ") + ") { "
	marked := fmt.Sprintf("%s%d:%s", Wrapped, len(prefix), name)
	p, perr := build(name, marked, prefix, renamed, "\n}) })")
	if perr != nil {
		return nil, false, err
	}
	return p, true, nil
}

// StripShebang blanks a first line that begins with #!, keeping its length's
// line and a leading byte order mark out of the program.
func StripShebang(src string) string {
	src = strings.TrimPrefix(src, "\ufeff")
	if strings.HasPrefix(src, "#!") {
		return "//" + src[2:]
	}
	return src
}

// Origin maps a frame's source name and position to what the user wrote.
func Origin(srcName string, pos file.Position) (name string, line, column int) {
	name, line, column = pos.Filename, pos.Line, pos.Column
	if name == "" || name != srcName && !strings.HasPrefix(srcName, Wrapped) {
		name = srcName // a source map gives it as a URL
	}
	if rest, ok := strings.CutPrefix(name, Wrapped); ok {
		num, user, _ := strings.Cut(rest, ":")
		cols, more, moved := strings.Cut(num, ",")
		first := 1
		if moved { // columns, lines, and the line on which the columns count
			lines, at, _ := strings.Cut(more, ",")
			first, _ = strconv.Atoi(at)
			n, _ := strconv.Atoi(lines)
			line, first = line+n, first+n
		}
		if line == first {
			n, _ := strconv.Atoi(cols)
			column = max(column-n, 1)
		}
		name = user
	}
	return name, line, column
}

// PrefixOf is how long the wrapper before the text of a program with this name is.
func PrefixOf(srcName string) (n int) {
	if rest, ok := strings.CutPrefix(srcName, Wrapped); ok {
		num, _, _ := strings.Cut(rest, ":")
		num, _, _ = strings.Cut(num, ",")
		n, _ = strconv.Atoi(num)
	}
	return n
}

func build(name, marked, prefix, src, suffix string) (*goja.Program, error) {
	p, err := parse(marked, prefix+src+suffix)
	if err == nil {
		return p, nil
	}
	first := located(err, name, src)
	if renamed, ok := replaceDynamicImport(src); ok {
		// import() becomes a call of a name that the caller provides.
		if p, err = parse(marked, prefix+renamed+suffix); err == nil {
			return p, nil
		}
		src = renamed
	}
	lowered, lerr := lower(name, prefix, src, suffix)
	if lerr != nil {
		return nil, first
	}
	p, err = parse(name, lowered, parser.WithSourceMapLoader(noMaps))
	if err != nil {
		return nil, first
	}
	return p, nil
}

// noMaps refuses maps that are not inline: the lowered text carries its own.
func noMaps(string) ([]byte, error) { return nil, nil }

// recovered makes an error of a panic: goja's parser panics on a few inputs
// ("\u{10FFFF}").
func recovered(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("parser: %v", x)
	}
}

func parse(name, src string, opts ...parser.Option) (*goja.Program, error) {
	lowered := len(opts) > 0
	tree, err := parseTree(name, src, opts...)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(name, Wrapped) && !strings.Contains(name, ":node:") {
		numeric.Rewrite(tree, src)
		nameWrapper(tree)
	} else if lowered && !strings.HasPrefix(name, "node:") {
		nameWrapper(tree)
	}
	return compileTree(tree, false)
}

// parseTree parses src, and puts right what goja's parser misunderstands.
// Without options it looks for no source map.
func parseTree(name, src string, opts ...parser.Option) (tree *ast.Program, err error) {
	defer recovered(&err)
	if TooDeep(src) {
		return nil, errTooDeep
	}
	if len(opts) == 0 {
		opts = []parser.Option{parser.WithDisableSourceMaps}
	}
	if h := hide(src); h != nil {
		if tree, err = parseHidden(h, name, src, opts); err == nil {
			return tree, nil
		}
	}
	return parser.ParseFile(nil, name, src, 0, opts...)
}

func compileTree(tree *ast.Program, strict bool) (p *goja.Program, err error) {
	defer recovered(&err)
	return compileAST(tree, strict)
}

// WrapperName is the name of the function around a CommonJS module.
const WrapperName = "Object.<anonymous>"

// nameWrapper names the function around a module as V8's stacks do: its
// receiver is an object. No program can write that name, so none can see it.
func nameWrapper(p *ast.Program) {
	if len(p.Body) != 1 {
		return
	}
	st, _ := p.Body[0].(*ast.ExpressionStatement)
	if st == nil {
		return
	}
	fn, _ := st.Expression.(*ast.FunctionLiteral)
	if fn != nil && len(fn.Body.List) == 1 && len(fn.ParameterList.List) == 1 {
		// The function around one that uses import().
		if ret, _ := fn.Body.List[0].(*ast.ReturnStatement); ret != nil {
			if inner, _ := ret.Argument.(*ast.FunctionLiteral); inner != nil {
				fn = inner
			}
		}
	}
	if fn != nil && fn.Name == nil {
		fn.Name = &ast.Identifier{Name: WrapperName, Idx: fn.Function}
	}
}

// located makes a SyntaxError of a parser or compiler error.
func located(err error, name, src string) *SyntaxError { return locatedAt(err, name, src, Offset{}) }

// locatedAt is located for a source that begins at an offset in its file.
func locatedAt(err error, name, src string, at Offset) *SyntaxError {
	se := &SyntaxError{File: name, Line: 1, Column: 1, Width: 1, Message: err.Error()}
	var list parser.ErrorList
	var cse *goja.CompilerSyntaxError
	switch {
	case errors.As(err, &list) && len(list) > 0:
		_, se.Line, se.Column = Origin(list[0].Position.Filename, list[0].Position)
		se.Message = list[0].Message
	case errors.As(err, &cse):
		se.Message = cse.Message
		if cse.File != nil {
			_, se.Line, se.Column = Origin(cse.File.Name(), cse.File.Position(cse.Offset))
		}
	}
	se.Line -= at.Line
	if se.Line == 1 {
		se.Column -= at.Column
	}
	off := 0
	for n := 1; n < se.Line; n++ {
		i := strings.IndexByte(src[off:], '\n')
		if i < 0 {
			break
		}
		off += i + 1
	}
	start := off
	off = max(min(off+se.Column-1, len(src)), 0)
	// The parser counts bytes, who reads the line characters.
	se.Column -= len(src[start:max(start, off)]) - utf8.RuneCountInString(src[start:max(start, off)])
	se.Message = V8Message(se.Message, src, off)
	if off >= len(src) && strings.HasPrefix(se.Message, "Unexpected token") {
		// The wrapper's closing brace is not the user's.
		se.Message = "Unexpected end of input"
	}
	if off < len(src) && src[off] != '\n' {
		se.Width = utf8.RuneCountInString(tokenAt(src, off))
	}
	lines := strings.Split(src, "\n")
	se.Line = min(se.Line, len(lines))
	if se.Line > 0 {
		se.SourceLine = strings.TrimSuffix(lines[se.Line-1], "\r")
	}
	se.Line += at.Line
	return se
}

// missing are the features that goja lacks, in esbuild's names.
func missing() map[string]bool {
	return map[string]bool{
		"using":                           false,
		"decorators":                      false,
		"import-attributes":               false,
		"regexp-match-indices":            true,
		"regexp-set-notation":             true,
		"regexp-unicode-property-escapes": true,
		"class-static-blocks":             true,
	}
}

// errTooDeep has V8's words for text that nests too deeply to be parsed.
//
//lint:ignore ST1005 a RangeError's message in JavaScript
var errTooDeep = errors.New("Maximum call stack size exceeded")

// lower rewrites src so that goja parses it; the result ends with an inline
// source map that leads back to src.
func lower(name, prefix, src, suffix string) (string, error) {
	if TooDeep(src) {
		return "", errTooDeep
	}
	res := api.Transform(src, api.TransformOptions{
		Sourcefile:     name,
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		Target:         api.ESNext,
		Supported:      missing(),
		Loader:         api.LoaderJS,
		KeepNames:      true, // a name that is shadowed anywhere is changed
		LogLevel:       api.LogLevelSilent,
		TreeShaking:    api.TreeShakingFalse,
		Charset:        api.CharsetUTF8, // goja's parser does not take the escape \u{10FFFF}
	})
	if len(res.Errors) > 0 {
		return "", errors.New(res.Errors[0].Text)
	}
	var m map[string]any
	if err := json.Unmarshal(res.Map, &m); err != nil {
		return "", err
	}
	m["mappings"] = oneBased(m["mappings"].(string))
	code := string(res.Code)
	if prefix != "" {
		// The wrapper gets a line of its own, which maps to nothing.
		m["mappings"] = ";" + m["mappings"].(string)
		code = prefix + "\n" + code + suffix
	}
	text, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	return code + "\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString(text), nil
}
