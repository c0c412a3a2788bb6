package querystring

import (
	"testing"

	"github.com/dop251/goja"
)

func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{"a%20b": "a b", "%C3%A9": "é", "%F0%9F%98%80": "😀", "x": "x"} {
		if got, ok := Unescape(in); !ok || got != want {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
	for _, in := range []string{"%", "%4", "%zz", "%FF", "%C3", "%C3%", "%ED%A0%80", "%C0%80"} {
		if _, ok := Unescape(in); ok {
			t.Errorf("%q: accepted", in)
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a b&c=é😀%")
	f.Fuzz(func(t *testing.T, in string) {
		v := goja.New().ToValue(in).(goja.String)
		text := v.String()
		out, ok := Escape(text, v)
		if !ok {
			t.Skip()
		}
		if back, ok := Unescape(out); !ok || back != text {
			t.Errorf("%q: %q back %q", text, out, back)
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("a=b&c=%20+d&&e", "&", "=", 3)
	f.Add("a=b", "", "=", 0)
	f.Add("a=b", "&", "", 0)
	f.Fuzz(func(t *testing.T, in, sep, eq string, limit int) {
		n := 0
		Split(in, sep, eq, false, limit, func(Pair) { n++ })
		if limit > 0 && n > limit {
			t.Errorf("%d pairs, limit %d", n, limit)
		}
	})
}
