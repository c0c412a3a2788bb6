//go:build !unix

package streamwrap

import (
	"github.com/gonode/gonode/internal/sigwatch"
	"github.com/gonode/gonode/internal/sock"
)

// rawGuard: no signal here ends a process that leaves its console raw.
type rawGuard struct{}

func newRawGuard(*sigwatch.Watched) *rawGuard { return &rawGuard{} }

func (*rawGuard) enter(int, *sock.TermState) {}

func (*rawGuard) leave(int) {}
