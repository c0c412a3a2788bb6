// Package timers is node:timers and node:timers/promises. The lists behind
// them are the runtime's internal/timers.
package timers

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "timers", JS: files, File: "timers.js"},
	}
}
