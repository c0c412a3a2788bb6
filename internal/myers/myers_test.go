package myers

import (
	"slices"
	"strings"
	"testing"
)

func FuzzDiff(f *testing.F) {
	f.Add("abcabba", "cbabac")
	f.Add("", "a")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := strings.Split(a, ""), strings.Split(b, "")
		var actual, expected []string
		for _, e := range Diff(x, y, false) {
			if e.Op != Delete {
				actual = append(actual, e.Text)
			}
			if e.Op != Insert {
				expected = append(expected, e.Text)
			}
		}
		if !slices.Equal(actual, x) && len(x) > 0 || !slices.Equal(expected, y) && len(y) > 0 {
			t.Fatalf("%q %q: %q %q", a, b, actual, expected)
		}
	})
}
