package events

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "events", JS: files, File: "events.js", Native: native},
		{Name: "domain", JS: files, File: "domain.js"},
		{Name: "internal/events/abort_listener", JS: files, File: "abort_listener.js"},
		{Name: "internal/events/async", JS: files, File: "async.js"},
		{Name: "internal/events/async_iterator", JS: files, File: "async_iterator.js"},
		{Name: "internal/events/errors", JS: files, File: "errors.js"},
		{Name: "internal/events/symbols", JS: files, File: "symbols.js"},
	}
}
