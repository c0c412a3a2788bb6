package inspect

import (
	"testing"
	"unicode/utf8"

	"github.com/dop251/goja"
)

func TestLengthAndWidth(t *testing.T) {
	for _, c := range []struct {
		s             string
		length, width int
	}{{"", 0, 0}, {"abc", 3, 3}, {"é", 1, 1}, {"日本", 2, 4}, {"😀", 2, 2}, {"\x1b[31mred\x1b[39m", 13, 3}, {"e\u0301", 2, 1}} {
		if n := Length(c.s); n != c.length {
			t.Errorf("Length(%q) = %d, want %d", c.s, n, c.length)
		}
		if n := Width(c.s, true); n != c.width {
			t.Errorf("Width(%q) = %d, want %d", c.s, n, c.width)
		}
	}
}

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"a": `'a'`, "it's": `"it's"`, `'"`: "`'\"`", "'\"`": `'\'"` + "`'", "\n\x01\\": `'\n\x01\\'`, "\u0085": `'\x85'`, "\xed\xa0\x80": `'\ud800'`,
	} {
		if got := Quote(s); got != want {
			t.Errorf("Quote(%q) = %s, want %s", s, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "abc", "日本😀", "a\x1b[1mb", "\x1b]8;;x\x07y"} {
		f.Add(s)
	}
	vm := goja.New()
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if got := Text(FromText(vm, s)); got != s {
			t.Fatalf("%q became %q", s, got)
		}
		Quote(s)
		for n := range Length(s) + 1 {
			if got := Length(cut(s, n)); got != n {
				t.Fatalf("cut(%q, %d) has %d units", s, n, got)
			}
		}
		if len(StripControl(s)) > len(s) {
			t.Fatal("longer")
		}
	})
}
