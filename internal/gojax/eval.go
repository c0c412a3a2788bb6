package gojax

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// OnEval has check called before eval or a function constructor compiles its
// text; it may throw. It also keeps the engine from looking for the source maps
// that such text names.
func (v *VM) OnEval(rt *goja.Runtime, check func(source string)) {
	rt.SetParserOptions(hooked(parser.WithDisableSourceMaps, func() {
		if s, ok := v.Site(); ok {
			// A direct eval: its arguments are on top of the stack.
			if src, ok := v.Peek(s.N - 1).(goja.String); ok && s.N > 0 {
				check(src.String())
			}
			return
		}
		for i := 0; ; i++ {
			arg := v.NativeArg(i)
			if arg == nil {
				return
			}
			if src, ok := arg.(goja.String); ok {
				check(src.String())
			}
		}
	}))
}

// hooked is option with a call before it; T is a type that the parser does not export.
func hooked[T any](option func(T), before func()) func(T) {
	return func(o T) {
		before()
		option(o)
	}
}
