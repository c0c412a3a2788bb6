package http_test

import (
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

func TestGoldens(t *testing.T) {
	defer jstest.LeakCheck(t)()
	jstest.Goldens(t, "testdata")
}
