//go:build !unix

package streamwrap

import (
	"syscall"

	"github.com/gonode/gonode/internal/nodeerr"
)

const portable = true

func numberOf(no syscall.Errno) int { return nodeerr.Number(nodeerr.CodeOf(no)) }
