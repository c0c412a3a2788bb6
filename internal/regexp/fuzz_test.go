package regexp

import (
	stdlib "regexp"
	"testing"
	"unicode/utf8"
)

// FuzzParse has any text parsed, compiled and run: nothing may panic or hang.
func FuzzParse(f *testing.F) {
	for _, p := range []string{"a|b", "(?<n>a)\\k<n>", "[a-z&&[^b]]", "\\p{L}+?", "(?<=a{2,3})b", "(?i-s:.)*", "[\\q{ab|c}--\\q{c}]", "((a*)*)*\\1", "\\u{1F600}|\\ud83d"} {
		f.Add(p, "", "aab")
		f.Add(p, "iu", "\U0001F600k")
		f.Add(p, "v", "")
	}
	f.Fuzz(func(t *testing.T, pattern, flags, in string) {
		fl, ok := ParseFlags(flags)
		if !ok || len(pattern) > 200 || len(in) > 100 {
			return
		}
		re, err := Compile(Units(pattern), fl)
		if err != nil {
			return
		}
		polls := 0
		m := Matcher{Stop: func() bool { polls++; return polls > 20 }}
		units := Units(in)
		groups, err := re.Match(&m, Input{Wide: units}, 0)
		if err != nil || groups == nil {
			return
		}
		for i := 0; i < len(groups); i += 2 {
			a, b := groups[i], groups[i+1]
			if a < 0 && b < 0 {
				continue
			}
			if a < 0 || a > b || int(b) > len(units) {
				t.Fatalf("/%s/%s on %q: %v", pattern, flags, in, groups)
			}
		}
	})
}

// FuzzCommon compares with Go's engine, which finds the same first match for
// patterns of letters, classes, groups and repetitions that are not empty.
func FuzzCommon(f *testing.F) {
	for _, p := range []string{"a+b", "(a|ab)(c|bcd)d*", "[a-c]+?d", "(?:ab|a)+c?", "^a|b$", "a{2,3}b"} {
		f.Add(p, "xabcdaabab")
	}
	f.Fuzz(func(t *testing.T, pattern, in string) {
		for _, r := range pattern {
			// What the two read differently is left out, and groups in repetitions with them.
			if !(r >= 'a' && r <= 'd' || r == '|' || r == '+' || r == '.' || r == '^') {
				return
			}
		}
		if !utf8.ValidString(in) || len(in) > 50 || len(pattern) > 30 {
			return
		}
		for _, c := range in {
			if c < 'a' || c > 'z' {
				return
			}
		}
		std, err := stdlib.Compile(pattern)
		if err != nil {
			return
		}
		re, err := Compile(Units(pattern), 0)
		if err != nil {
			return // a++ is an error here
		}
		var m Matcher
		got, err := re.Match(&m, Input{ASCII: in}, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := std.FindStringSubmatchIndex(in)
		if (got == nil) != (want == nil) || got != nil && (int(got[0]) != want[0] || int(got[1]) != want[1]) {
			t.Fatalf("/%s/ on %q: %v, Go has %v", pattern, in, got, want)
		}
	})
}

// TestStop ends a search that would take for ever, and one that needs too much memory.
func TestStop(t *testing.T) {
	re, err := Compile(Units("^(a+)+$"), 0)
	if err != nil {
		t.Fatal(err)
	}
	polls := 0
	m := Matcher{Stop: func() bool { polls++; return polls == 3 }}
	in := make([]byte, 60)
	for i := range in {
		in[i] = 'a'
	}
	if _, err := re.Match(&m, Input{ASCII: string(in) + "b"}, 0); err != ErrStopped {
		t.Fatal(err)
	}
}
