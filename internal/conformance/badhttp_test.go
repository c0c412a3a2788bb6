package conformance

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

// TestHostileClients sends malformed, contradictory and oversized requests
// over raw sockets and compares the answers, byte for byte, and the errors that
// the server sees with Node's; nothing may be left open afterwards.
func TestHostileClients(t *testing.T) {
	jstest.Goldens(t, filepath.Join("..", "..", "testdata", "js", "bad", "http"))
}

// TestLimits asks for what no process can give: strings, numbers, arrays and
// call stacks beyond V8's limits. Each is a RangeError.
func TestLimits(t *testing.T) {
	jstest.Goldens(t, filepath.Join("..", "..", "testdata", "js", "bad", "limits"))
}

// TestMisfortunes has a process run out of descriptors, and its children and
// workers die at the wrong moment.
func TestMisfortunes(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the expectations have Linux's errors in them")
	}
	jstest.Goldens(t, filepath.Join("..", "..", "testdata", "js", "bad", "process"))
}
