package compile

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// EvalMark begins the name of a text that eval or a function constructor
// compiled, and parts what it says; see [EvalOrigin.Name].
const EvalMark = "\x02"

// An EvalOrigin is where such a text comes from.
type EvalOrigin struct {
	Referrer string // the file of the code that called eval
	Call     string // how stacks describe the call: "eval at f (a.js:1:2)"
	URL      string // what the text calls itself, or empty
}

// Name is the text's name as a program.
func (o EvalOrigin) Name() string {
	return EvalMark + o.Referrer + EvalMark + o.Call + EvalMark + o.URL
}

// ParseEvalOrigin takes a name apart; ok is false for those of other programs.
func ParseEvalOrigin(name string) (o EvalOrigin, ok bool) {
	parts := strings.Split(name, EvalMark)
	if len(parts) != 4 || parts[0] != "" {
		return o, false
	}
	return EvalOrigin{parts[1], parts[2], parts[3]}, true
}

// Eval makes of a text for eval what goja parses: import() is a call of
// DynamicImport, which is to be a global binding if imports says so, and what
// the engine lacks is lowered.
func Eval(src string) (text string, imports bool) {
	if strings.Contains(src, "import") {
		src, imports = replaceDynamicImport(src)
	}
	if strings.Contains(src, "async") && (strings.Contains(src, "*") || strings.Contains(src, "await")) {
		if !compiles(src) {
			// The engine takes nothing but text here, no tree that compileAST makes.
			features := missing()
			features["async-generator"], features["for-await"] = false, false
			res := api.Transform(src, api.TransformOptions{Target: api.ESNext, Supported: features, LogLevel: api.LogLevelSilent,
				KeepNames: true, TreeShaking: api.TreeShakingFalse})
			if len(res.Errors) == 0 {
				return string(res.Code), imports
			}
		}
	}
	return src, imports
}

func compiles(src string) bool {
	var err error
	func() {
		defer recovered(&err)
		var tree *ast.Program
		if tree, err = parser.ParseFile(nil, "", src, 0, parser.WithDisableSourceMaps); err == nil {
			_, err = goja.CompileAST(tree, false)
		}
	}()
	return err == nil
}

// SourceURL is the name that a text gives itself with a //# sourceURL= comment
// in its last line, "" if it has none.
func SourceURL(src string) string {
	line := strings.TrimRight(src, " \t\r\n)}") // a function constructor's text ends with }) around it
	line = line[strings.LastIndexByte(line, '\n')+1:]
	for _, mark := range []string{"//# sourceURL=", "//@ sourceURL="} {
		if i := strings.Index(line, mark); i >= 0 {
			if url := strings.TrimSpace(line[i+len(mark):]); !strings.ContainsAny(url, "\"' \t") {
				return url
			}
		}
	}
	return ""
}
