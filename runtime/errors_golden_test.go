package runtime_test

import (
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

// What errors say and what their stacks show, recorded from real Node.js.
func TestErrors(t *testing.T) { jstest.Goldens(t, "../testdata/js/errors") }
