package runtime

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// A callSite is what Error.prepareStackTrace is told of a frame: V8's CallSite.
type callSite struct {
	frame goja.StackFrame
	label label
	// call is the activation; without a callee where nobody kept it, or where
	// strict code must not give itself away.
	call gojax.Activation

	native, inEval bool
	file           string
	origin         compile.EvalOrigin // of code that eval compiled
	line, column   int
}

func (iso *Isolate) newCallSite(f *goja.StackFrame, call gojax.Activation) *goja.Object {
	s := &callSite{frame: *f, label: labelOf(f), call: call, native: f.SrcName() == "<native>"}
	if !s.native {
		s.file, s.line, s.column = place(f)
		if s.origin, s.inEval = compile.ParseEvalOrigin(s.file); s.inEval {
			s.file = s.origin.URL
		}
	}
	o := natives.Carry(iso.vm, s)
	_ = o.SetPrototype(iso.callSitePrototype())
	return o
}

// callSitePrototype makes CallSite.prototype when it is first needed.
func (iso *Isolate) callSitePrototype() *goja.Object {
	if iso.errs.sites != nil {
		return iso.errs.sites
	}
	vm := iso.vm
	proto := vm.NewObject()
	iso.errs.sites = proto
	ctor := gojax.NewConstructor(vm, "CallSite", 0, func(goja.ConstructorCall) *goja.Object {
		panic(iso.newTypeError("Illegal constructor"))
	})
	_ = ctor.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = proto.DefineDataProperty("constructor", ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	method := func(name string, fn func(s *callSite) any) {
		f := iso.named(name, func(c goja.FunctionCall) goja.Value {
			s, ok := natives.Carried(c.This).(*callSite)
			if !ok {
				panic(iso.newTypeError("CallSite method " + name + " expects CallSite as receiver"))
			}
			if v := fn(s); v != nil {
				return vm.ToValue(v)
			}
			return goja.Null()
		})
		_ = proto.DefineDataProperty(name, f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	text := func(s string) any {
		if s == "" || s == "<anonymous>" || s == "<native>" {
			return nil
		}
		return s
	}
	place := func(s *callSite, n int) any {
		if s.native {
			return nil
		}
		return n
	}
	file := func(s *callSite) any {
		if s.inEval && s.file == "" {
			return goja.Undefined()
		}
		return text(s.file)
	}
	method("getColumnNumber", func(s *callSite) any { return place(s, s.column) })
	method("getEnclosingColumnNumber", func(s *callSite) any { _, column := s.enclosing(); return place(s, column) })
	method("getEnclosingLineNumber", func(s *callSite) any { line, _ := s.enclosing(); return place(s, line) })
	method("getEvalOrigin", func(s *callSite) any {
		if !s.inEval {
			return goja.Undefined()
		}
		return s.origin.Call
	})
	method("getFileName", file)
	method("getFunction", func(s *callSite) any {
		if s.call.Callee == nil {
			return goja.Undefined()
		}
		return s.call.Callee
	})
	method("getFunctionName", func(s *callSite) any { return text(s.functionName()) })
	method("getLineNumber", func(s *callSite) any { return place(s, s.line) })
	method("getMethodName", func(s *callSite) any { return text(s.label.method) })
	method("getPosition", func(s *callSite) any {
		_, offset, _ := gojax.FrameSource(&s.frame)
		return max(offset-compile.PrefixOf(s.frame.SrcName()), 0)
	})
	method("getPromiseIndex", func(*callSite) any { return nil })
	method("getScriptNameOrSourceURL", file)
	method("getScriptHash", func(*callSite) any { return "" })
	method("getThis", func(s *callSite) any {
		if s.call.Callee == nil || s.call.This == nil {
			return goja.Undefined()
		}
		return s.call.This
	})
	method("getTypeName", func(s *callSite) any { return text(s.label.typeName) })
	method("isAsync", func(s *callSite) any { return s.label.is == awaiting })
	method("isConstructor", func(s *callSite) any { return s.label.is == constructing })
	method("isEval", func(s *callSite) any { return s.inEval })
	method("isNative", func(s *callSite) any { return s.native })
	method("isPromiseAll", func(*callSite) any { return false })
	method("isToplevel", func(s *callSite) any { return s.label.typeName == "" && s.label.is != constructing })
	method("toString", func(s *callSite) any { return frameText(&s.frame) })
	return proto
}

// functionName is the function's name; V8 calls what eval compiles "eval".
func (s *callSite) functionName() string {
	if s.label.name == compile.WrapperName {
		return ""
	}
	if s.inEval && (s.label.name == "" || s.label.name == "anonymous") {
		return "eval"
	}
	return s.label.name
}

// enclosing is where the function begins.
func (s *callSite) enclosing() (line, column int) {
	src, at, ok := gojax.FrameSource(&s.frame)
	if !ok {
		return s.line, s.column
	}
	if s.call.Callee == nil || s.label.name == compile.WrapperName {
		return 1, 1
	}
	text, all := s.call.Callee.String(), src.Source()
	for from := 0; ; {
		i := strings.Index(all[from:], text)
		if i < 0 || from+i > at {
			return s.line, s.column
		}
		if from += i; from+len(text) > at {
			_, line, column = compile.Origin(s.frame.SrcName(), src.Position(from))
			return line, column
		}
		from++
	}
}

// callSites are the sites of the frames that an error shows.
func (iso *Isolate) callSites(frames []goja.StackFrame, calls []gojax.Activation) *goja.Object {
	sites := make([]any, len(frames))
	strict := false // what has called a strict function is not told either
	for i := range frames {
		var call gojax.Activation
		if i < len(calls) {
			call = calls[i]
		}
		if strict = strict || call.Callee != nil && gojax.IsStrict(call.Callee); strict {
			call.Callee = nil
		}
		sites[i] = iso.newCallSite(&frames[i], call)
	}
	return iso.vm.NewArray(sites...)
}
