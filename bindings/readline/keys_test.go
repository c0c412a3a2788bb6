package readline

import (
	"slices"
	"testing"
	"unicode/utf8"
)

// FuzzDecoder holds the decoder to two things: no byte is lost or made up, and
// where the input is cut makes no difference.
func FuzzDecoder(f *testing.F) {
	for _, s := range []string{
		"abc", "\x1b[A", "\x1b[1;5D", "\x1bO2A", "\x1b\x1b\x1b", "\x1b[[5~", "\x1b[200~a\x1b[201~", "\x1b[31;;9m", "é\x1bé", "\x1b[9é",
	} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, cut int) {
		if !utf8.ValidString(s) {
			return
		}
		var whole decoder
		keys := append(whole.feed(s, false), whole.flush()...)
		all := ""
		for _, k := range keys {
			all += k.sequence
		}
		if all != s {
			t.Fatalf("%q became %q", s, all)
		}
		if cut < 0 || cut > len(s) || !utf8.ValidString(s[:cut]) {
			return
		}
		var parts decoder
		got := append(parts.feed(s[:cut], false), parts.feed(s[cut:], false)...)
		if got = append(got, parts.flush()...); !slices.Equal(got, keys) {
			t.Fatalf("%q cut at %d: %v, whole %v", s, cut, got, keys)
		}
	})
}

func TestUnknownSequences(t *testing.T) {
	for s, want := range map[string]string{
		"\x1b[31m": "[31m", "\x1b[3;m": "[3;m", "\x1b[123m": "[123m", "\x1b[12;5x": "[12;5x", "\x1b[é": "[é", "\x1bOé": "Oé",
	} {
		var d decoder
		keys := d.feed(s, false)
		if len(keys) != 1 || keys[0].code != want || keys[0].name != unknown {
			t.Errorf("%q: %+v", s, keys)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, c := range []struct {
		text              string
		columns, row, col int
	}{
		{"", 10, 0, 0}, {"abc", 10, 0, 3}, {"0123456789", 10, 1, 0}, {"a\nbc", 10, 1, 2}, {"\n\n", 10, 2, 0},
		{"0123456789\nx", 10, 1, 1}, {"01234567890\nx", 10, 2, 1}, {"a\tb", 80, 0, 9}, {"012345678💻", 10, 1, 2},
		{"0123456789", 0, 0, 10}, {"👍🏽", 80, 0, 4},
	} {
		if row, col := position(c.text, c.columns, 8); row != c.row || col != c.col {
			t.Errorf("%q in %d columns: row %d, column %d; want %d, %d", c.text, c.columns, row, col, c.row, c.col)
		}
	}
}
