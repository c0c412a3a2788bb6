// Package diagnostics_channel is node:diagnostics_channel.
//
// Missing: nothing. Deviation: where WeakRef is missing, channels without
// subscribers are kept.
package diagnostics_channel

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{{Name: "diagnostics_channel", JS: files, File: "diagnostics_channel.js"}}
}
