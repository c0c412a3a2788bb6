package runtime

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// compileFunction(source, filename, [params…]) compiles the body of a function,
// as vm.compileFunction does; a syntax error is thrown with its place.
func (iso *Isolate) compileFunction(c goja.FunctionCall) goja.Value {
	var params []string
	if arr := c.Argument(2); !goja.IsUndefined(arr) {
		if err := iso.vm.ExportTo(arr, &params); err != nil {
			panic(iso.newTypeError(err.Error()))
		}
	}
	name := c.Argument(1).String()
	iso.noteSource(name, c.Argument(0).String(), compile.Offset{})
	prg, imports, err := compile.FunctionImporting(name, c.Argument(0).String(), params...)
	if err != nil {
		panic(iso.syntaxError(err))
	}
	v, err := iso.vm.RunProgram(prg)
	if err == nil && imports {
		// The function wants to know what import() does in this file.
		outer, _ := goja.AssertFunction(v)
		var importer goja.Value = goja.Undefined()
		if iso.hooks.makeImporter != nil {
			if importer, err = iso.hooks.makeImporter(goja.Undefined(), iso.vm.ToValue(name)); err != nil {
				panic(err)
			}
		}
		v, err = outer(goja.Undefined(), importer)
	}
	if err != nil {
		panic(err)
	}
	return v
}

// runScript(source, filename) runs source as a global script.
func (iso *Isolate) runScript(c goja.FunctionCall) goja.Value {
	iso.noteSource(c.Argument(1).String(), c.Argument(0).String(), compile.Offset{})
	prg, err := compile.Script(c.Argument(1).String(), c.Argument(0).String())
	if err != nil {
		panic(iso.syntaxError(err))
	}
	v, err := iso.vm.RunProgram(prg)
	if err != nil {
		panic(err)
	}
	return v
}

// syntaxError is the JavaScript form of a compile error. The place goes into
// the stack's head, as V8 prints it: file:line, the line, the caret.
func (iso *Isolate) syntaxError(err error) *goja.Object {
	var se *compile.SyntaxError
	if !errors.As(err, &se) {
		return iso.newError("SyntaxError", err.Error())
	}
	o := iso.newError("SyntaxError", se.Message)
	iso.setArrow(o, se)
	return o
}

// evalText is what eval, or a function constructor, is to compile.
func (iso *Isolate) evalText(source string) gojax.Text {
	if compile.TooDeep(source) {
		panic(iso.newRangeError("Maximum call stack size exceeded"))
	}
	if compile.FoldsBigInts(source) {
		panic(iso.newRangeError("Maximum BigInt size exceeded"))
	}
	origin := iso.evalOrigin()
	origin.URL = compile.SourceURL(source)
	source, imports := compile.Eval(source)
	if imports && !iso.evalImports {
		iso.evalImports = true
		iso.defineEvalImport()
	}
	iso.evalSource = source
	return gojax.Text{Name: origin.Name(), Source: source}
}

// evalOrigin says who called eval: the first function of a program on the stack.
func (iso *Isolate) evalOrigin() compile.EvalOrigin {
	frames := iso.vm.CaptureCallStack(evalDepth, nil)
	skipped := 0
	for skipped < len(frames) && frames[skipped].SrcName() == "<native>" {
		skipped++
	}
	if skipped == len(frames) || frames[skipped].SrcName() == trampolineName {
		return compile.EvalOrigin{}
	}
	f := &frames[skipped]
	name := labelOf(f).name
	if name == "" || name == compile.WrapperName {
		name = "<anonymous>"
	}
	file, line, column := place(f)
	if caller, nested := compile.ParseEvalOrigin(file); nested {
		return compile.EvalOrigin{Referrer: caller.Referrer, Call: "eval at " + name + " (" + caller.Call + ")"}
	}
	return compile.EvalOrigin{Referrer: file, Call: fmt.Sprintf("eval at %s (%s:%d:%d)", name, file, line, column)}
}

// evalDepth is how far down its caller is looked for: eval's own frame is
// above it, at most.
const evalDepth = 4

// defineEvalImport makes import() known to what eval compiles: it means there
// what it means to who called eval.
func (iso *Isolate) defineEvalImport() {
	v, err := iso.vm.RunScript(trampolineName, "let "+compile.DynamicImport+"; (function (f) { "+compile.DynamicImport+" = f })")
	if err != nil {
		panic(err)
	}
	set, _ := goja.AssertFunction(v)
	iso.must(set(goja.Undefined(), iso.named("import", func(c goja.FunctionCall) goja.Value {
		name := ""
		frames := iso.vm.CaptureCallStack(0, nil)
		for i := range frames {
			if origin, ok := compile.ParseEvalOrigin(frames[i].SrcName()); ok {
				name = origin.Referrer
				break
			}
		}
		if name == "" { // eval was no program's call
			p, _, reject := iso.vm.NewPromise()
			iso.must(nil, reject(iso.NewError("ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING")))
			return iso.vm.ToValue(p)
		}
		importer, err := iso.hooks.makeImporter(goja.Undefined(), iso.vm.ToValue(name))
		if err != nil {
			panic(err)
		}
		fn, _ := goja.AssertFunction(importer)
		v, err := fn(goja.Undefined(), c.Arguments...)
		if err != nil {
			panic(err)
		}
		return v
	})))
}
