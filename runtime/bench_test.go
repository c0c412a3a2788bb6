package runtime_test

import (
	"testing"

	"github.com/gonode/gonode/runtime"
)

// What a worker pays before its script.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		iso, err := runtime.New(runtime.Options{})
		if err != nil {
			b.Fatal(err)
		}
		iso.Close()
	}
}
