package fs

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

// nativeUtils holds the symbol under which the binding's state is kept.
func nativeUtils(env bindings.Env) *goja.Object {
	o := env.VM().NewObject()
	_ = o.Set("kState", goja.NewSymbol("state"))
	return o
}

func nativeWatchers(env bindings.Env) *goja.Object {
	return env.VM().NewObject()
}
