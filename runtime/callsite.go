package runtime

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// place is where V8 would say that a frame is: for calls goja points at the
// parenthesis, V8 at the name of what is called.
func place(f *goja.StackFrame) (name string, line, column int) {
	src, off, ok := gojax.FrameSource(f)
	if ok {
		if moved := callName(src.Source(), off); moved != off {
			pos := src.Position(moved)
			return compile.Origin(f.SrcName(), pos)
		}
	}
	return compile.Origin(f.SrcName(), f.Position())
}

// callName moves from the parenthesis of a call to the identifier before it.
func callName(s string, off int) int {
	if off <= 0 || off >= len(s) || s[off] != '(' {
		return off
	}
	end := skipBack(s, off)
	start := end
	for start > 0 && identByte(s[start-1]) {
		start--
	}
	if start == end || s[start] >= '0' && s[start] <= '9' || keywords[s[start:end]] {
		return off
	}
	return start
}

func identByte(c byte) bool {
	return c == '_' || c == '$' || c == '#' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// keywords cannot end the text of a callee.
var keywords = map[string]bool{"return": true, "typeof": true, "await": true, "void": true, "delete": true, "in": true,
	"of": true, "instanceof": true, "new": true, "throw": true, "case": true, "else": true, "do": true, "yield": true,
	"if": true, "while": true, "for": true, "with": true, "switch": true, "catch": true, "function": true}

func skipBack(s string, i int) int {
	for i > 0 && (s[i-1] == ' ' || s[i-1] == '\t' || s[i-1] == '\n' || s[i-1] == '\r') {
		i--
	}
	return i
}

// calleeText is the text of the expression that ends before the parenthesis
// or template at off.
func calleeText(s string, off int) string {
	end := skipBack(s, min(off, len(s)))
	i := end
	if strings.HasSuffix(s[:i], "?.") {
		end = skipBack(s, i-2)
		i = end
	}
	for i > 0 {
		c := s[i-1]
		switch {
		case identByte(c):
			j := i
			for j > 0 && identByte(s[j-1]) {
				j--
			}
			if keywords[s[j:i]] {
				return strings.TrimSpace(s[i:end])
			}
			i = j
		case c == ')' || c == ']' || c == '}':
			j := matchBack(s, i-1)
			if j < 0 {
				return ""
			}
			i = j
			if k := skipBack(s, i); c != '}' && k > 0 && (identByte(s[k-1]) || s[k-1] == ')' || s[k-1] == ']' || s[k-1] == '.') {
				w := k
				for w > 0 && identByte(s[w-1]) {
					w--
				}
				if !keywords[s[w:k]] {
					if s[k-1] == '.' { // ?.[x] or ?.(x)
						k -= 2
					}
					i = k
					continue
				}
			}
			return strings.TrimSpace(s[i:end])
		case c == '"' || c == '\'' || c == '`':
			j := strings.LastIndexByte(s[:i-1], c)
			if j < 0 {
				return ""
			}
			i = j
		default:
			return strings.TrimSpace(s[i:end])
		}
		k := skipBack(s, i)
		if k == 0 || s[k-1] != '.' || strings.HasSuffix(s[:k], "...") {
			return strings.TrimSpace(s[i:end])
		}
		k--
		if k > 0 && s[k-1] == '?' {
			k--
		}
		i = skipBack(s, k)
	}
	return strings.TrimSpace(s[i:end])
}

// matchBack finds the bracket that the one at i closes.
func matchBack(s string, i int) int {
	depth := 0
	for ; i >= 0; i-- {
		switch c := s[i]; c {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			j := strings.LastIndexByte(s[:i], c)
			if j < 0 {
				return -1
			}
			i = j
		}
	}
	return -1
}

// expressionText is the text of the expression that begins at off, up to what
// cannot belong to it.
func expressionText(s string, off int, member bool) string {
	if off < 0 || off >= len(s) {
		return ""
	}
	depth := 0
	for i := off; i < len(s); i++ {
		switch c := s[i]; c {
		case '(':
			if member && depth == 0 {
				return s[off:i]
			}
			depth++
		case '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				return s[off:i]
			}
			depth--
		case ',', ';':
			if depth == 0 {
				return s[off:i]
			}
		case '\n':
			if depth == 0 && printable(s[off:i]) {
				return s[off:i]
			}
		case '"', '\'', '`':
			j := strings.IndexByte(s[i+1:], c)
			if j < 0 {
				return ""
			}
			i += 1 + j
		}
	}
	return s[off:]
}

func parseExpression(text string) (e ast.Expression) {
	defer func() {
		if recover() != nil {
			e = nil
		}
	}()
	if strings.TrimSpace(text) == "" || len(text) > 2000 {
		return nil
	}
	prg, err := parser.ParseFile(nil, "", "("+text+"\n)", 0, parser.WithDisableSourceMaps)
	if err != nil || len(prg.Body) != 1 {
		return nil
	}
	st, ok := prg.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	return st.Expression
}

func printable(text string) bool { return parseExpression(text) != nil }

const intermediate = "(intermediate value)"

// render prints an expression as V8's messages do; "" if it cannot be parsed.
func render(text string) string {
	e := parseExpression(text)
	if e == nil {
		return ""
	}
	return printExpression(e)
}

func printExpression(e ast.Expression) string {
	switch x := e.(type) {
	case *ast.Identifier:
		return x.Name.String()
	case *ast.ThisExpression:
		return "this"
	case *ast.NumberLiteral:
		return x.Literal
	case *ast.StringLiteral:
		return "\"" + x.Value.String() + "\""
	case *ast.NullLiteral:
		return "null"
	case *ast.BooleanLiteral:
		return x.Literal
	case *ast.DotExpression:
		return printLeft(x.Left) + x.Identifier.Name.String()
	case *ast.PrivateDotExpression:
		return printLeft(x.Left) + "#" + x.Identifier.Name.String()
	case *ast.BracketExpression:
		if s, ok := x.Member.(*ast.StringLiteral); ok {
			return printExpression(unwrap(x.Left)) + "." + s.Value.String()
		}
		return printExpression(unwrap(x.Left)) + "[" + printExpression(x.Member) + "]"
	case *ast.CallExpression:
		return printExpression(unwrap(x.Callee)) + "(...)"
	case *ast.OptionalChain:
		return printExpression(x.Expression)
	case *ast.Optional:
		return printExpression(x.Expression)
	case *ast.UnaryExpression:
		op := x.Operator.String()
		if len(op) > 1 && op[0] >= 'a' {
			op += " "
		}
		return "(" + op + printExpression(x.Operand) + ")"
	case *ast.BinaryExpression:
		return "(" + printExpression(x.Left) + " " + x.Operator.String() + " " + printExpression(x.Right) + ")"
	case *ast.SequenceExpression:
		parts := make([]string, len(x.Sequence))
		for i, p := range x.Sequence {
			parts[i] = printExpression(p)
		}
		return "(" + strings.Join(parts, " , ") + ")"
	case *ast.ArrayLiteral:
		parts := make([]string, len(x.Value))
		for i, p := range x.Value {
			if p != nil {
				parts[i] = printExpression(p)
			}
		}
		return "[" + strings.Join(parts, ",") + "]"
	case *ast.ObjectLiteral:
		return "{" + strings.Repeat(intermediate, len(x.Value)) + "}"
	case *ast.ConditionalExpression:
		return intermediate + intermediate + intermediate
	}
	return intermediate
}

func unwrap(e ast.Expression) ast.Expression {
	if o, ok := e.(*ast.Optional); ok {
		return o.Expression
	}
	return e
}

func printLeft(e ast.Expression) string {
	if o, ok := e.(*ast.Optional); ok {
		return printExpression(o.Expression) + "?."
	}
	return printExpression(e) + "."
}

// frameNames are V8's names for the loader's own functions, by module and by
// the name in our source: programs and people know how a stack ends.
var frameNames = map[string]map[string]string{
	"node:internal/modules/cjs/loader": {
		"_compile": "Module._compile", "load": "Module.load", "_load": "Module._load", "require": "require",
		"_require": "Module.require", "_resolveFilename": "Module._resolveFilename", "loadJS": "Object..js", "loadJSON": "Object..json",
		"_findPath": "Module._findPath", "compile": "wrapSafe",
	},
	"node:internal/modules/run_main": {
		"executeUserEntryPoint": "Module.executeUserEntryPoint [as runMain]", "runMain": "<anonymous>",
	},
	"node:internal/events/async": {
		"asyncId": "get asyncId", "triggerAsyncId": "get triggerAsyncId", "asyncResource": "get asyncResource",
	},
	"node:internal/webstreams/encoding": {
		"encoding": "get encoding", "fatal": "get fatal", "ignoreBOM": "get ignoreBOM", "readable": "get readable", "writable": "get writable",
	},
	"node:internal/webstreams/compression": {"readable": "get readable", "writable": "get writable"},
	"node:internal/process/task_queues":    {"processTicks": "process.processTicksAndRejections"},
	"node:internal/timers":                 {"processTimers": "process.processTimers", "processImmediate": "process.processImmediate"},
	"node:internal/process/execution":      {"uncaught": "process._fatalException", "emitExit": "<anonymous>"},
}

// nativeNames are V8's names for the engine's own functions.
var nativeNames = map[string]string{
	"forEach": "Array.forEach", "map": "Array.map", "filter": "Array.filter", "reduce": "Array.reduce",
	"reduceRight": "Array.reduceRight", "some": "Array.some", "every": "Array.every", "find": "Array.find",
	"findIndex": "Array.findIndex", "findLast": "Array.findLast", "findLastIndex": "Array.findLastIndex",
	"sort": "Array.sort", "flatMap": "Array.flatMap", "replace": "String.replace", "replaceAll": "String.replaceAll",
	"parse": "JSON.parse", "stringify": "JSON.stringify", "emit": "EventEmitter.emit", "Promise": "new Promise",
	"from": "Function.from", "defineProperty": "Function.defineProperty",
}

// frameName is a frame's function as V8 would name it, "" for anonymous ones.
func frameName(f *goja.StackFrame) string {
	c := labelOf(f)
	if f.SrcName() == "<native>" {
		if n := nativeNames[c.name]; n != "" {
			return n
		}
		return c.String()
	}
	src := f.SrcName()
	if strings.HasPrefix(src, compile.Wrapped) {
		_, src, _ = strings.Cut(src, ":")
	}
	if n := frameNames[src][c.name]; n != "" {
		if n == "<anonymous>" {
			return ""
		}
		return n
	}
	return c.String()
}
