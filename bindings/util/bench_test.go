package util_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/runtime"
)

// Scripts that call one function b.N times.
func benchmark(b *testing.B, setup, body string) {
	file := filepath.Join(b.TempDir(), "bench.js")
	src := setup + "\nfor (let i = 0; i < " + strconv.Itoa(b.N) + "; i++) { " + body + " }\n"
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	iso, err := runtime.New(runtime.Options{Host: &bindings.Host{Args: []string{"gonode", file}, Stderr: os.Stderr}})
	if err != nil {
		b.Fatal(err)
	}
	defer iso.Close()
	if code, err := iso.Run(context.Background()); code != 0 || err != nil {
		b.Fatal(code, err)
	}
}

const value = `const u = require('util'); const o = {a:1,b:'two',c:[1,2,3],d:{e:null,f:undefined,g:true}};`

func BenchmarkInspect(b *testing.B) { benchmark(b, value, "u.inspect(o)") }

func BenchmarkFormat(b *testing.B) {
	benchmark(b, value, "u.format('%s is %d', 'x', i)")
}

func BenchmarkDeepStrictEqual(b *testing.B) {
	benchmark(b, value+`const p = [1,{b:2,c:[3,4,{d:5}]},new Map([[1,2]]),'x'], q = structuredClone(p);`, "u.isDeepStrictEqual(p, q)")
}
