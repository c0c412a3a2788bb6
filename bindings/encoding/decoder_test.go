package encoding

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"unicode/utf16"
)

// labels are of every kind of decoder there is.
var labels = []string{"utf-8", "utf-16le", "utf-16be", "latin1", "windows-1252", "iso-8859-2", "koi8-r", "x-user-defined", "shift_jis",
	"euc-jp", "iso-2022-jp", "gbk", "gb18030", "big5", "euc-kr", "macintosh", "ibm866"}

// text joins what a decoder gives, whichever form it takes.
func text(units []uint16, s string) []uint16 {
	if units == nil {
		return utf16.Encode([]rune(s))
	}
	return units
}

// FuzzStream decodes in two pieces, split at every offset, and byte by byte:
// the text must be that of the whole, and so must be whether it is an error.
func FuzzStream(f *testing.F) {
	for _, s := range []string{"", "abc", "h\u20acllo \U0001f600", "\xef\xbb\xbfx", "\xff\xfea\x00", "\xe2\x82", "\xf0\x9f\x98", "\xed\xa0\x80",
		"\x00\xd8\x00\xdc", "\x3d\xd8", "\x82\xa0\x82", "\x1b$B$\"\x1b(B", "\x81\x30\x81\x30", "\x81", "\x8f\xa2\xb7", "\xfe\xff\x00a\xd8"} {
		f.Add([]byte(s), uint8(0), false, false)
	}
	f.Fuzz(func(t *testing.T, b []byte, which uint8, fatal, ignoreBOM bool) {
		if len(b) > 64 {
			b = b[:64]
		}
		name, ok := FromLabel(labels[int(which)%len(labels)])
		if !ok {
			t.Fatal("unknown label")
		}
		units, s, whole := NewDecoder(name, fatal, ignoreBOM).Decode(bytes.Clone(b), false)
		want := text(units, s)
		pieces := func(cuts []int) {
			d := NewDecoder(name, fatal, ignoreBOM)
			var got []uint16
			from := 0
			for i, to := range append(cuts, len(b)) {
				units, s, err := d.Decode(bytes.Clone(b[from:to]), i < len(cuts))
				if err != nil {
					if !errors.Is(whole, err) {
						t.Fatalf("%s: %x cut at %v fails, the whole does not", name, b, cuts)
					}
					return
				}
				got = append(got, text(units, s)...)
				from = to
			}
			if whole != nil {
				t.Fatalf("%s: %x cut at %v does not fail as the whole does", name, b, cuts)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %x cut at %v is %q, the whole %q", name, b, cuts, string(utf16.Decode(got)), string(utf16.Decode(want)))
			}
		}
		var every []int
		for i := range len(b) + 1 {
			pieces([]int{i})
			every = append(every, i)
		}
		pieces(every)
	})
}

func TestLabels(t *testing.T) {
	for label, want := range map[string]string{" UTF-8\n": "utf-8", "ascii": "windows-1252", "sjis": "shift_jis", "unicode": "utf-16le",
		"utf-16be": "utf-16be", "x-user-defined": "x-user-defined", "gb2312": "gbk"} {
		if got, ok := FromLabel(label); !ok || got != want {
			t.Errorf("FromLabel(%q) = %q, %v; want %q", label, got, ok, want)
		}
	}
	for _, label := range []string{"", "utf-7", "utf-32", "replacement", "hz-gb-2312", "\u00a0utf-8", "\vutf-8"} {
		if got, ok := FromLabel(label); ok {
			t.Errorf("FromLabel(%q) = %q", label, got)
		}
	}
}
