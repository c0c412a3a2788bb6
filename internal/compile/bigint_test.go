package compile

import (
	"testing"

	"github.com/dop251/goja"
)

func TestBigIntLiteralsAreNotFolded(t *testing.T) {
	for _, src := range []string{"2n ** (2n ** 40n)", "2n**(2n**40n) + 1n", "f((1n) << 0xffffffffn)", "class A { x = 9n ** 99999999n }"} {
		if !FoldsBigInts(src) {
			t.Errorf("%s is not seen", src)
		}
		if _, err := Script("x.js", "(() => { "+src+" })"); err != nil {
			t.Errorf("%s: %v", src, err)
		}
	}
	if !FoldsBigInts("return 2n ** 4294967296n") {
		t.Error("a function's body is not seen")
	}
	for src, want := range map[string]string{"2n ** 64n": "18446744073709551616", "-(3n ** 2n) << 2n": "-36", "1n << 70000n >> 69999n": "2"} {
		p, err := Script("x.js", src)
		if err != nil {
			t.Fatal(err)
		}
		v, err := goja.New().RunProgram(p)
		if err != nil || v.String() != want {
			t.Errorf("%s is %v, %v", src, v, err)
		}
	}
}
