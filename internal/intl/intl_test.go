package intl

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestTables holds cldr.bin to what look-ups rely on: lines in order.
func TestTables(t *testing.T) {
	n := 0
	sharedArchive().directory.each("", func(name, _ string) {
		n++
		last := ""
		load(name).each("", func(k, v string) {
			if k+"\t" <= last {
				t.Errorf("%s: %q after %q", name, k, last)
			}
			last = k + "\t"
			if got, ok := load(name).get(k); !ok || got != v {
				t.Errorf("%s: %q is %q, found %q", name, k, v, got)
			}
		})
	})
	if n < 2000 {
		t.Errorf("%d tables", n)
	}
}

func TestDecimalRounding(t *testing.T) {
	for _, c := range []struct {
		in        string
		power     int
		increment int
		mode      string
		want      string
	}{
		{"2.5", 0, 1, "halfEven", "2"}, {"3.5", 0, 1, "halfEven", "4"}, {"-2.5", 0, 1, "halfCeil", "2"},
		{"0.04", -1, 1, "expand", "0.1"}, {"99.95", -1, 1, "halfExpand", "100"}, {"123.456", -2, 5, "halfExpand", "123.45"},
		{"123.476", -2, 5, "halfExpand", "123.5"}, {"1.0249", -2, 5, "halfExpand", "1"}, {"1.025", -2, 5, "halfExpand", "1.05"},
		{"1e-30", 0, 1, "ceil", "1"}, {"0.5", 0, 1, "trunc", "0"},
	} {
		d, ok := FromString(c.in)
		if !ok {
			t.Fatal(c.in)
		}
		r := rounded{Decimal: d.roundTo(c.power, c.increment, c.mode), minInteger: 1}
		got := r.integerDigits()
		if f := r.fractionDigits(); f != "" {
			got += "." + f
		}
		if got != c.want {
			t.Errorf("%s to %d × 10^%d, %s: %s, want %s", c.in, c.increment, c.power, c.mode, got, c.want)
		}
	}
}

func FuzzCanonicalize(f *testing.F) {
	for _, s := range []string{"en-US", "zh-cmn-Hans-CN", "de-u-co-phonebk-kn-true", "en-t-de-m0-und-x-a", "sl-rozaj-biske-1994", "x-y", "en-a-bb-u-ca", "und-variant-1abc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := Canonicalize(s)
		if !ok {
			return
		}
		again, ok := Canonicalize(c)
		if !ok || again != c {
			t.Errorf("%q is %q, which is %q", s, c, again)
		}
		if l, ok := ParseLocale(s); ok {
			l.Maximize().Minimize().Week()
		}
		Match([]string{c}, "en-US")
	})
}

func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.5e10", "1e-400", "00.10", ".5", "5.", "1e999999999999", "Infinity"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := FromString(s)
		if !ok || len(s) > 300 || d.inf || d.exp > 400 || d.exp < -400 {
			return
		}
		r := rounded{Decimal: d.roundTo(-100, 1, "trunc"), minInteger: 1}
		got, err := strconv.ParseFloat(r.integerDigits()+"."+r.fractionDigits()+"0", 64)
		want, _ := strconv.ParseFloat(strings.TrimLeft(s, "+-"), 64)
		if err != nil && !math.IsInf(got, 0) || math.Abs(got-want) > math.Abs(want)*1e-9+1e-99 && !math.IsInf(want, 0) {
			t.Errorf("%q is %v, want %v", s, got, want)
		}
	})
}

func FuzzDuration(f *testing.F) {
	for _, s := range []string{"P1Y2M3W4DT5H6M7.008S", "-PT0.5H", "P", "PT", "PT1,5M", "P1S"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := ParseDuration(s); ok && !d.Valid() {
			t.Errorf("%q gives %v", s, d)
		}
	})
}

func FuzzPattern(f *testing.F) {
	for _, s := range []string{"EEEE, MMMM d, y", "h 'o''clock' a", "'", "''", "yyyy-MM-dd'T'HH"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := unparse(parsePattern(s))
		if again := unparse(parsePattern(once)); again != once {
			t.Errorf("%q is %q, which is %q", s, once, again)
		}
		skeletonOf(s)
		parseNumberPattern(s)
		splitGlue(s)
	})
}
