package compile

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// A Module is an ES module lowered to a function. Linking is the loader's:
// the function's parameters are __mod$, __ns (a specifier's namespace), __raw
// (the same to read bindings from), __imp$ (import()) and __meta$ (import.meta).
//
// This is a stop-gap: esbuild's CommonJS output gives live bindings, hoisting
// and cycles; missing exports go unnoticed.
type Module struct {
	Program *goja.Program
	// Imports are the specifiers of the import statements, in order.
	Imports []Import
	// Async modules use await at their top level; the function is async.
	Async bool
}

// An Import is one static import.
type Import struct {
	Specifier, Type string
	// Names are the bindings that are used of it.
	Names []string
}

var (
	toESM     = regexp.MustCompile(`(var import_[\w$]+ = )?__toESM\(require\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`" + `)\)(?:, 1)?\)`)
	plainReq  = regexp.MustCompile(`(^|[^.\w$])require\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`" + `)\)`)
	importStm = regexp.MustCompile(`(?s)(?:^|[;\n}])\s*(?:import|export)\b[^;'"]*?["']([^"'\n]+)["']\s*with\s*\{\s*["']?type["']?\s*:\s*["']([^"']+)["']`)
)

// awaitMark stands for await while esbuild makes CommonJS, which it refuses to
// do with a top-level await in sight: a chain of operators as long as the word.
const awaitMark = "~!~!~"

// ESModule compiles an ES module.
func ESModule(name, src string) (*Module, error) {
	src = StripShebang(src)
	types := map[string]string{}
	for _, m := range importStm.FindAllStringSubmatch(src, -1) {
		types[m[1]] = m[2]
	}
	code, smap, err := transform(name, src, api.FormatCommonJS, api.SourceMapExternal)
	async := false
	if err != nil && strings.Contains(err.Error(), "Top-level await") {
		async = true
		var first string
		first, _, err = transform(name, src, api.FormatESModule, api.SourceMapInline)
		if err == nil {
			code, smap, err = transform(name, markAwaits(first), api.FormatCommonJS, api.SourceMapExternal)
		}
		code = strings.ReplaceAll(code, awaitMark, "await ")
	}
	if err != nil {
		return nil, err
	}
	m := &Module{Async: async}
	seen := map[string]bool{}
	use := func(fn, quoted string) string {
		spec := unquote(quoted)
		if !seen[spec] {
			seen[spec] = true
			m.Imports = append(m.Imports, Import{Specifier: spec, Type: types[spec]})
		}
		return fn + "(" + quoted + ")"
	}
	code = toESM.ReplaceAllStringFunc(code, func(s string) string {
		g := toESM.FindStringSubmatch(s)
		if g[1] != "" { // named imports, read through this object
			return g[1] + use("__raw", g[2])
		}
		return use("__ns", g[2])
	})
	code = plainReq.ReplaceAllStringFunc(code, func(s string) string {
		g := plainReq.FindStringSubmatch(s)
		return g[1] + use("__raw", g[2])
	})
	m.names(code)
	// The program's own "module" is not there.
	code = ownModule.ReplaceAllString(code, "${1}__mod$$.exports${2}")
	code, _ = replaceDynamicImport(code)
	prefix := "(function (__mod$, __ns, __raw, __imp$, __meta$) { "
	if async {
		prefix = "(async function (__mod$, __ns, __raw, __imp$, __meta$) { "
	}
	var mp map[string]any
	if err := json.Unmarshal([]byte(smap), &mp); err != nil {
		return nil, err
	}
	mp["sources"] = []string{name}
	// The wrapper gets a line of its own, which maps to nothing.
	mp["mappings"] = ";" + oneBased(mp["mappings"].(string))
	text, err := json.Marshal(mp)
	if err != nil {
		return nil, err
	}
	full := prefix + "\n" + code + "\n})\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString(text)
	m.Program, err = parse(name, full, parser.WithSourceMapLoader(noMaps))
	if err != nil {
		return nil, located(err, name, src)
	}
	return m, nil
}

var ownModule = regexp.MustCompile(`(?m)(^|, )module\.exports( = __toCommonJS\(|\);$)`)

var (
	importVar = regexp.MustCompile(`(?m)^var (import_[\w$]+) = __raw\((".*"|'.*'|` + "`.*`" + `)\);$`)
	importUse = regexp.MustCompile(`\b(import_[\w$]+)\.([\w$]+)`)
)

// names notes which bindings of each import the code uses.
func (m *Module) names(code string) {
	vars := map[string]int{}
	for _, g := range importVar.FindAllStringSubmatch(code, -1) {
		spec := unquote(g[2])
		for i := range m.Imports {
			if m.Imports[i].Specifier == spec {
				vars[g[1]] = i
			}
		}
	}
	seen := map[string]bool{}
	for _, g := range importUse.FindAllStringSubmatch(code, -1) {
		if i, ok := vars[g[1]]; ok && !seen[g[0]] {
			seen[g[0]] = true
			m.Imports[i].Names = append(m.Imports[i].Names, g[2])
		}
	}
}

func transform(name, src string, format api.Format, smap api.SourceMap) (code, sourceMap string, err error) {
	supported := missing()
	supported["dynamic-import"] = true
	supported["top-level-await"] = true
	res := api.Transform(src, api.TransformOptions{
		Sourcefile: name, Sourcemap: smap, SourcesContent: api.SourcesContentExclude, Target: api.ESNext,
		Supported: supported, Loader: api.LoaderJS, Format: format, LogLevel: api.LogLevelSilent,
		TreeShaking: api.TreeShakingFalse, Define: map[string]string{"import.meta": "__meta$"},
	})
	if len(res.Errors) == 0 {
		return string(res.Code), string(res.Map), nil
	}
	e := res.Errors[0]
	for _, x := range res.Errors {
		if strings.Contains(x.Text, "Top-level await") {
			return "", "", fmt.Errorf("%s", x.Text)
		}
	}
	se := &SyntaxError{File: name, Line: 1, Column: 1, Width: 1, Message: esbuildMessage(e.Text)}
	if l := e.Location; l != nil {
		se.Line, se.Column, se.Width, se.SourceLine = l.Line, l.Column+1, max(l.Length, 1), l.LineText
	}
	return "", "", se
}

// unquote reads a string literal as esbuild prints it.
func unquote(q string) string {
	inner := q[1 : len(q)-1]
	if q[0] != '"' {
		inner = strings.ReplaceAll(strings.ReplaceAll(inner, "\\"+q[:1], q[:1]), `"`, `\"`)
	}
	var spec string
	if json.Unmarshal([]byte(`"`+inner+`"`), &spec) != nil {
		return inner
	}
	return spec
}

var (
	expected   = regexp.MustCompile(`^Expected .* but found (?:"(.*)"|(.*))$`)
	unexpected = regexp.MustCompile(`^Unexpected "(.*)"$`)
	declared   = regexp.MustCompile(`^The symbol "(.*)" has already been declared$`)
	multiple   = regexp.MustCompile(`^Multiple exports with the same name "(.*)"$`)
)

// esbuildMessage turns esbuild's words into V8's.
func esbuildMessage(text string) string {
	if g := declared.FindStringSubmatch(text); g != nil {
		return "Identifier '" + g[1] + "' has already been declared"
	}
	if g := multiple.FindStringSubmatch(text); g != nil {
		return "Duplicate export of '" + g[1] + "'"
	}
	token := ""
	if g := expected.FindStringSubmatch(text); g != nil {
		token = g[1] + g[2]
	} else if g := unexpected.FindStringSubmatch(text); g != nil {
		token = g[1]
	} else {
		return text
	}
	switch {
	case token == "end of file":
		return "Unexpected end of input"
	case token != "" && (token[0] == '"' || token[0] == '\'' || strings.HasPrefix(token, "string")):
		return "Unexpected string"
	case token != "" && token[0] >= '0' && token[0] <= '9':
		return "Unexpected number"
	case token != "" && identByte(token[0]) && !reserved[token]:
		return "Unexpected identifier '" + token + "'"
	}
	return "Unexpected token '" + token + "'"
}

var reserved = map[string]bool{"break": true, "case": true, "catch": true, "class": true, "const": true, "continue": true,
	"debugger": true, "default": true, "delete": true, "do": true, "else": true, "export": true, "extends": true,
	"finally": true, "for": true, "function": true, "if": true, "import": true, "in": true, "instanceof": true,
	"new": true, "return": true, "super": true, "switch": true, "this": true, "throw": true, "try": true,
	"typeof": true, "var": true, "void": true, "while": true, "with": true, "null": true, "true": true, "false": true}

// markAwaits replaces every await operator.
func markAwaits(src string) string {
	var b strings.Builder
	done := 0
	words(src, func(start, end int, before byte) {
		if src[start:end] != "await" || before == '.' {
			return
		}
		if rest := strings.TrimLeft(src[end:], " "); strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=>") {
			return
		}
		b.WriteString(src[done:start])
		b.WriteString(awaitMark)
		done = end
	})
	b.WriteString(src[done:])
	return b.String()
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// oneBased moves every original column of a source map by one: maps count
// from 0, goja passes that on, and positions count from 1. As columns are
// stored as differences, the first one carries the others along.
func oneBased(mappings string) string {
	start := 0
	for start < len(mappings) && (mappings[start] == ';' || mappings[start] == ',') {
		start++
	}
	end := start
	for end < len(mappings) && mappings[end] != ';' && mappings[end] != ',' {
		end++
	}
	var fields []int
	value, shift := 0, 0
	for _, c := range mappings[start:end] {
		d := strings.IndexRune(base64Digits, c)
		if d < 0 {
			return mappings
		}
		value |= d & 31 << shift
		if shift += 5; d&32 == 0 {
			n := value >> 1
			if value&1 != 0 {
				n = -n
			}
			fields = append(fields, n)
			value, shift = 0, 0
		}
	}
	if len(fields) < 4 {
		return mappings
	}
	fields[3]++
	var b strings.Builder
	b.WriteString(mappings[:start])
	for _, n := range fields {
		v := n << 1
		if n < 0 {
			v = -n<<1 | 1
		}
		for {
			d := v & 31
			if v >>= 5; v > 0 {
				d |= 32
			}
			b.WriteByte(base64Digits[d])
			if v == 0 {
				break
			}
		}
	}
	return b.String() + mappings[end:]
}
