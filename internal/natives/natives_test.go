package natives

import (
	"testing"

	"github.com/dop251/goja"
)

func TestTextKeepsLoneSurrogates(t *testing.T) {
	vm := goja.New()
	for _, src := range []string{`"abc"`, `"\ud800"`, `"a\udfffb"`, `"\ud83d\ude00\ud83d"`, `"\ufffd\udc00x"`, `"äöü\ud812"`} {
		v, err := vm.RunString(src)
		if err != nil {
			t.Fatal(err)
		}
		if got := String(vm, Text(v)); !got.StrictEquals(v) {
			t.Errorf("%s: came back as %q", src, got)
		}
	}
}
