package runtime_test

import (
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

// The order of ticks, microtasks and phases, recorded from real Node.js.
func TestOrder(t *testing.T) { jstest.Goldens(t, "../testdata/js/order") }
