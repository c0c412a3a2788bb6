// Package stdio is process.stdin, stdout and stderr: internal/stdio makes a
// stream when process is first asked for it.
//
// In the isolate that owns the process they are what descriptors 0 to 2 are: a
// terminal (tty streams), a file (fs streams, written synchronously), a pipe
// or socket (net.Socket; output is written synchronously). Elsewhere they are
// plain streams over Host.Stdin, Stdout and Stderr.
//
// internalBinding('internal/stdio').made tells which of the three exist, so
// that the console can write past them as long as no script has touched them.
package stdio

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/stdio", JS: files, File: "stdio.js", Native: native},
	}
}
