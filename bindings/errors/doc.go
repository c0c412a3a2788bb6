// Package errors holds what every other module's JavaScript side builds on:
// internal/errors (the one table of ERR_* codes), internal/validators and
// internal/util.
package errors

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the internal modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/errors", JS: files, File: "lazy.js"},
		{Name: "internal/errors/table", JS: files, File: "errors.js"},
		{Name: "internal/validators", JS: files, File: "validators.js"},
		{Name: "internal/test/binding", JS: files, File: "test_binding.js"},
		{Name: "internal/util", JS: files, File: "util.js"},
	}
}
