// Package async_hooks is node:async_hooks. What carries the contexts is in the
// runtime (async.go, async_context.js).
//
// Deviations: the promises of async functions and those that built-in modules
// make in Go are not announced, and an await is announced as a PROMISE of its
// own, once it is reached. Resources that Go handles make are announced under
// their kind in upper case.
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
