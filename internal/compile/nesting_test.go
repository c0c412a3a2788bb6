package compile

import (
	"strings"
	"testing"
)

func TestTooDeep(t *testing.T) {
	r := strings.Repeat
	for src, want := range map[string]bool{
		r("(", 20000):                              true,
		r("`${", 20000):                            true,
		r("f({a:[", 5000):                          true,
		r("!", 60000) + "1":                        true,
		r("a=", 60000) + "1":                       true,
		r("(a);", 20000):                           false,
		r("`${a}`;", 20000):                        false,
		`"` + r("(", 20000) + `"`:                  false,
		"/*" + r("[", 20000) + "*/ 1":              false,
		r("a = b ? c : d;\n", 20000):               false,
		r("`a ${b + `${c}`} {`;", 20000):           false,
		"x = /" + r(`\(`, 10001) + "/; f();":       false,
		r("x.y(", 100) + r(")", 100) + r(" ", 1e5): false,
	} {
		if got := TooDeep(src); got != want {
			t.Errorf("%.20s…: %v", src, got)
		}
	}
}
