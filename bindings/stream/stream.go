package stream

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	list := []bindings.Module{
		{Name: "stream", JS: files, File: "stream.js"},
		{Name: "stream/promises", JS: files, File: "promises.js"},
		{Name: "stream/consumers", JS: files, File: "consumers.js"},
	}
	for _, name := range []string{"duplex", "passthrough", "readable", "transform", "writable"} {
		list = append(list, bindings.Module{Name: "_stream_" + name, JS: files, File: "alias.js"})
	}
	for _, m := range [][2]string{
		{"add-abort-signal", "add_abort_signal.js"},
		{"async-iterator", "async_iterator.js"},
		{"compose", "compose.js"},
		{"destroy", "destroy.js"},
		{"duplex", "duplex.js"},
		{"duplexify", "duplexify.js"},
		{"duplexpair", "duplexpair.js"},
		{"end-of-stream", "eos.js"},
		{"from", "from.js"},
		{"legacy", "legacy.js"},
		{"operators", "operators.js"},
		{"passthrough", "passthrough.js"},
		{"pipeline", "pipeline.js"},
		{"readable", "readable.js"},
		{"state", "state.js"},
		{"transform", "transform.js"},
		{"utils", "utils.js"},
		{"writable", "writable.js"},
	} {
		mod := bindings.Module{Name: "internal/streams/" + m[0], JS: files, File: m[1]}
		switch m[0] {
		case "destroy":
			mod.Native = nativeDestroy
		case "readable":
			mod.Native = nativeReadable
		case "writable":
			mod.Native = nativeWritable
		}
		list = append(list, mod)
	}
	return list
}
