// Package diagnostics_channel is node:diagnostics_channel.
//
// Missing: nothing.
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
