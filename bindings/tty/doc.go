// Package tty is node:tty and internal/tty (getColorDepth, hasColors, which the
// console and util use without a terminal).
//
// Supported: isatty, ReadStream with raw mode, WriteStream with size, colours
// and cursor movement. A terminal is opened anew where the system can (Linux),
// so that non-blocking mode stays our own. Raw mode is undone when the isolate ends,
// and before SIGHUP, SIGINT or SIGTERM ends the process.
package tty

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room; their native side, the TTY class,
// is internal/streamwrap.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/tty", JS: files, File: "colors.js"},
		{Name: "tty", JS: files, File: "tty.js"},
	}
}
