package repl_test

import (
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

func TestGoldens(t *testing.T) { jstest.Goldens(t, "testdata") }
