package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// SymAsyncIterator, SymDispose and SymAsyncDispose are the same in all realms.
var (
	SymAsyncIterator = goja.NewSymbol("Symbol.asyncIterator")
	SymDispose       = goja.NewSymbol("Symbol.dispose")
	SymAsyncDispose  = goja.NewSymbol("Symbol.asyncDispose")
)

func extendSymbol(t *gojax.Templates) {
	onFirstUse(t, "Symbol", func(_ *goja.Runtime, ctor *goja.Object) {
		for name, s := range map[string]*goja.Symbol{
			"asyncIterator": SymAsyncIterator, "dispose": SymDispose, "asyncDispose": SymAsyncDispose,
		} {
			_ = ctor.DefineDataProperty(name, s, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	})
}
