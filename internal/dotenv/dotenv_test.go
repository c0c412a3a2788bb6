package dotenv

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	got := Parse("A=1\r\n# no\nexport B=' x '\nC=\"a\\nb\"\nno line\nD=v # c\nA=2\n=x\nE=\"open\n")
	want := [][2]string{{"A", "2"}, {"B", " x "}, {"C", "a\nb"}, {"D", "v"}, {"E", "\"open"}}
	if !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("A=1\nB=\"x\ny\"\n#c\n")
	f.Fuzz(func(_ *testing.T, s string) { Parse(s) })
}
