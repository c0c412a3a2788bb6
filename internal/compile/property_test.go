package compile

import (
	"testing"

	"github.com/dop251/goja"
)

func TestUnicodeProperties(t *testing.T) {
	vm := goja.New()
	for src, want := range map[string]bool{
		`/^\p{Lu}$/u.test("Ä")`:                         true,
		`/^\p{Lu}$/u.test("ä")`:                         false,
		`/^\P{L}+$/u.test("123")`:                       true,
		`/^[$_\p{ID_Start}]$/u.test("é")`:               true,
		`/^[$_\p{ID_Start}]$/u.test(":")`:               false,
		`/^[$\u200c\u200d\p{ID_Continue}]$/u.test("7")`: true,
		`/^\p{Script=Greek}+$/u.test("αβγ")`:            true,
		`/^[^\p{Letter}]$/u.test("x")`:                  false,
		`/\p{L}/.test("p{L}")`:                          true,
	} {
		p, err := Function("/x.js", "return "+src)
		if err != nil {
			t.Fatal(src, err)
		}
		v, err := vm.RunProgram(p)
		if err != nil {
			t.Fatal(src, err)
		}
		f, _ := goja.AssertFunction(v)
		got, err := f(goja.Undefined())
		if err != nil || got.ToBoolean() != want {
			t.Errorf("%s: %v %v", src, got, err)
		}
	}
}
