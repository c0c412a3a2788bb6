// Package console is the console.
package console

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/console/global", JS: files, File: "global.js"},
	}
}
