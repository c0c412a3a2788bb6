package regexp

import (
	"fmt"
	"testing"
)

func find(t *testing.T, pattern, flags, in string) string {
	t.Helper()
	f, ok := ParseFlags(flags)
	if !ok {
		t.Fatalf("flags %s", flags)
	}
	re, err := Compile(Units(pattern), f)
	if err != nil {
		return err.Error()
	}
	var m Matcher
	a, err := re.Match(&m, Input{Wide: Units(in)}, 0)
	if err != nil {
		return err.Error()
	}
	ascii := true
	for _, r := range in {
		ascii = ascii && r < 0x80
	}
	out := fmt.Sprint(a)
	if ascii {
		b, _ := re.Match(&m, Input{ASCII: in}, 0)
		if fmt.Sprint(b) != out {
			t.Errorf("/%s/%s on %q: %v as ASCII, %v wide", pattern, flags, in, b, out)
		}
	}
	return out
}

func TestMatch(t *testing.T) {
	for _, c := range []struct{ pattern, flags, in, want string }{
		{"abc", "", "xxabcx", "[2 5]"},
		{"a|ab", "", "ab", "[0 1]"},
		{"(a+)(b?)", "", "xaab", "[1 4 1 3 3 4]"},
		{"((a)|b)*", "", "ab", "[0 2 1 2 -1 -1]"},
		{"(?:|a)+", "", "a", "[0 1]"},
		{"(a*)*", "", "b", "[0 0 -1 -1]"},
		{"(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "[0 10 0 1 8 10 8 9 -1 -1 9 10]"},
		{"(?=(a+))a*b\\1", "", "baaabac", "[3 6 3 4]"},
		{"(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", "[0 8 0 2 -1 -1 3 8]"},
		{"(?<=\\$)\\d+", "", "a$42", "[2 4]"},
		{"(?<=(\\d+)(\\d+))$", "", "1053", "[4 4 0 1 1 4]"},
		{"(?<=\\1(.))b", "", "aab", "[2 3 1 2]"},
		{"(?<!a)b", "", "abb", "[2 3]"},
		{"[^]", "u", "\U0001F600", "[0 2]"},
		{"^.$", "u", "\U0001F600", "[0 2]"},
		{"^.$", "", "\U0001F600", "[]"},
		{"\\u212a", "i", "k", "[]"},
		{"\\u212a", "iu", "k", "[0 1]"},
		{"a{2,3}?", "", "aaaa", "[0 2]"},
		{"(?:ab){2,3}", "", "abababab", "[0 6]"},
		{"(?i:a)b", "", "Ab", "[0 2]"},
		{"(?i:a)b", "", "AB", "[]"},
		{"(?:(?<x>a)|(?<x>b))\\k<x>", "", "bb", "[0 2 -1 -1 0 1]"},
		{"[\\p{L}--[a-z]]+", "v", "abcXYz", "[3 5]"},
		{"^\\p{RGI_Emoji}$", "v", "\U0001F468\u200D\U0001F469", "[]"},
		{"[\\q{abc|d|}]", "v", "abc", "[0 3]"},
		{"(", "", "", "Invalid regular expression: /(/: Unterminated group"},
		{"\\bfoo\\b.*?bar", "", "a foo and bar", "[2 13]"},
		{".*foo", "", "xfoofoox", "[0 7]"},
		{"[ab]*abb", "", "ababb", "[0 5]"},
	} {
		if got := find(t, c.pattern, c.flags, c.in); got != c.want {
			t.Errorf("/%s/%s on %q: %s, want %s", c.pattern, c.flags, c.in, got, c.want)
		}
	}
}
