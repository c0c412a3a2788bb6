// Package event_target is the DOM's event classes and its abort signals:
// internal/event_target and internal/abort_controller, whose classes are globals.
//
// Missing: transferable abort signals are ordinary ones (util.transferableAbortSignal
// returns a signal that postMessage cannot carry yet).
package event_target

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/event_target", JS: files, File: "event_target.js"},
		{Name: "internal/abort_controller", JS: files, File: "abort_controller.js"},
	}
}
