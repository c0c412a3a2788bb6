package conformance

import (
	"path/filepath"
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

// TestHostileClients sends malformed, contradictory and oversized requests
// over raw sockets and compares the answers, byte for byte, and the errors that
// the server sees with Node's; nothing may be left open afterwards.
func TestHostileClients(t *testing.T) {
	jstest.Goldens(t, filepath.Join("..", "..", "testdata", "js", "bad", "http"))
}
