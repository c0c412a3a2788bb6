package glob

import (
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"a/*", "a/b", true}, {"a/*", "a/b/c", false}, {"a/**", "a/b/c", true}, {"**", "a/b", true},
		{"**/c", "a/b/c", true}, {"**/c", "c", true}, {"a/**/c", "a/c", true}, {"*", ".x", false}, {".*", ".x", true},
		{"**", "a/.b/c", false}, {"*.{js,ts}", "a.ts", true}, {"{1..3}", "2", true}, {"a{01..10}", "a05", true},
		{"[!a]", "b", true}, {"[!a]", "a", false}, {"[[:digit:]]", "5", true}, {"+(a|b)", "abba", true},
		{"!(a)", "b", true}, {"!(a)", "a", false}, {"@(a|b)c", "bc", true}, {"?(a)b", "b", true}, {"*(a)b", "aab", true},
		{"a?c", "aéc", true}, {"", "", true}, {"[", "[", true}, {"a//b", "a/b", true}, {"./a", "a", false},
	} {
		if got := Match(c.pattern, c.path, Options{}); got != c.want {
			t.Errorf("%q %q: %v", c.pattern, c.path, got)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("**/a*[b-c]{d,e}+(f|!(g))", "x/abdf")
	f.Add(strings.Repeat("*a", 20), strings.Repeat("a", 30))
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 64 || len(path) > 64 {
			t.Skip()
		}
		Match(pattern, path, Options{})
	})
}
