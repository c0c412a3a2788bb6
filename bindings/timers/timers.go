// Package timers is node:timers and node:timers/promises. The lists behind
// them are the runtime's internal/timers.
//
// Missing: nothing of Node 24's; active, unenroll, enroll and _unrefActive are
// gone there, too. Deviation: timers/promises.setInterval is an ordinary
// function that returns an async iterator, not an async generator function.
package timers

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "timers", JS: files, File: "timers.js", Native: func(env bindings.Env) *goja.Object {
			return env.Internal("runtime") // internalBinding('timers') in Node's own tests
		}},
		{Name: "internal/linkedlist", JS: files, File: "linkedlist.js"},
		{Name: "timers/promises", JS: files, File: "promises.js"},
	}
}
