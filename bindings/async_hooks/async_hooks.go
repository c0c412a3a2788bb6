// Package async_hooks is node:async_hooks. What carries the contexts is in the
// runtime (async.go, async_context.js).
//
// Deviations: a promise is not known to hooks as an object of its own. A PROMISE
// resource is announced for each reaction (then, await), not for each promise,
// and promiseResolve is never called. Resources that Go handles make are
// announced under their kind in upper case.
package async_hooks

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{{Name: "async_hooks", JS: files, File: "async_hooks.js"}}
}
