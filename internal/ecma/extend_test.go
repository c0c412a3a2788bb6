package ecma

import (
	"testing"

	"github.com/dop251/goja"
)

func TestExtend(t *testing.T) {
	if err := Extend(); err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	for _, c := range []struct{ src, want string }{
		{`typeof Symbol.asyncIterator`, "symbol"},
		{`new Float16Array([1.5, 65519, 1e-8]).join()`, "1.5,65504,0"},
	} {
		v, err := vm.RunString(c.src)
		if err != nil || v.String() != c.want {
			t.Errorf("%s: %v, %v; want %s", c.src, v, err, c.want)
		}
	}
}
