package events

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/ecma"
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
		{Name: "internal/events/async_iterator", JS: files, File: "async_iterator.js", Native: asyncIterator},
		{Name: "internal/events/errors", JS: files, File: "errors.js"},
		{Name: "internal/events/symbols", JS: files, File: "symbols.js"},
	}
}

// asyncIterator is the native side of internal/events/async_iterator.
func asyncIterator(env bindings.Env) *goja.Object {
	o := env.VM().NewObject()
	_ = o.Set("prototype", ecma.AsyncIteratorPrototype(env.VM()))
	return o
}
