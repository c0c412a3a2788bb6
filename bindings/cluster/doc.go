// Package cluster is node:cluster: several processes of the same program that
// share their servers' ports.
//
// Workers are children with an IPC channel. The primary owns what a worker
// listens to: with round robin it accepts and hands each connection to the
// next free worker; with shared scheduling (SCHED_NONE, and always for UDP) it hands
// the listening socket itself to every worker. A worker whose primary is gone
// loses its channel and ends, even out of an endless loop, which Node's does not.
package cluster

import (
	"embed"

	"github.com/gonode/gonode/bindings"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "cluster", JS: files, File: "cluster.js"},
		{Name: "internal/cluster/child", JS: files, File: "child.js", Native: native},
		{Name: "internal/cluster/primary", JS: files, File: "primary.js"},
		{Name: "internal/cluster/handles", JS: files, File: "handles.js"},
		{Name: "internal/cluster/worker", JS: files, File: "worker.js"},
	}
}
