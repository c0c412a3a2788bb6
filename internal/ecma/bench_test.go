package ecma

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

func benchScript(b *testing.B, src string) {
	if err := Extend(); err != nil {
		b.Fatal(err)
	}
	vm := goja.New()
	in, err := gojax.New(vm)
	if err != nil {
		b.Fatal(err)
	}
	Install(vm, in)
	p, err := compile.Script("bench.js", "(function (n) { for (let i = 0; i < n; i++) { "+src+" } })")
	if err != nil {
		b.Fatal(err)
	}
	f, err := vm.RunProgram(p)
	if err != nil {
		b.Fatal(err)
	}
	fn, _ := goja.AssertFunction(f)
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := fn(nil, vm.ToValue(b.N)); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkRegExpLiteral(b *testing.B) { benchScript(b, "/fox/") }
func BenchmarkRegExpTest(b *testing.B)    { benchScript(b, "/fox/.test('the fox')") }
func BenchmarkRegExpExec(b *testing.B)    { benchScript(b, `/^(\w+)=(\d+)$/.exec('name=123')`) }
func BenchmarkRegExpReplaceMiss(b *testing.B) {
	benchScript(b, `'camel'.replace(/-([a-z])/g, (m) => m)`)
}
func BenchmarkRegExpReplace(b *testing.B) { benchScript(b, `'a-camel'.replace(/-([a-z])/g, (m) => m)`) }
