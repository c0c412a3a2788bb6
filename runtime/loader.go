package runtime

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
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
