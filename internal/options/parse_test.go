package options

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		args       string
		exec, rest int // how many arguments each takes
		flags      string
		err        string
	}{
		{"a.js --x", 0, 2, "", ""},
		{"--no-warnings a.js", 1, 1, "warnings=false", ""},
		{"-e 1 a", 2, 1, "eval=1", ""},
		{"-p 1", 2, 0, "eval=1 print=true", ""},
		{"-p --no-warnings 1", 2, 1, "print=true warnings=false", ""},
		{"-pe 1", 2, 0, "eval=1 print=true", ""},
		{"-r a -r b c", 4, 1, "require=a\x00b", ""},
		{"--expose_gc x", 1, 1, "expose-gc=true", ""},
		{"--max-old-space-size=10 x", 1, 1, "max-old-space-size=10", ""},
		{"--stack-size=10 --harmony x", 2, 1, "", ""},
		{"--noconcurrent_recompilation x", 1, 1, "", ""},
		{"--inspect=9 x", 1, 1, "inspect=9", ""},
		{"-- -x", 0, 1, "", ""},
		{"-", 0, 1, "", ""},
		{"--foo", 0, 0, "", "bad option: --foo"},
		{"-x", 0, 0, "", "bad option: -x"},
		{"-ep 1", 0, 0, "", "bad option: -ep"},
		{"--require", 0, 0, "", "--require requires an argument"},
		{"--require --foo", 0, 0, "", "--require requires an argument"},
		{"--title=", 0, 0, "", "--title= requires an argument"},
		{"--no-require", 0, 0, "", "--no-require is an invalid negation because it is not a boolean option"},
		{"-c -e 1", 0, 0, "", "either --check or --eval can be used, not both"},
		{"--unhandled-rejections=x a", 0, 0, "", "invalid value for --unhandled-rejections"},
		{"--stack-size", 0, 0, "", "bad option: --stack-size"},
	} {
		var p Parsed
		err := Parse(&p, strings.Fields(c.args), false)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%s: %v, want %s", c.args, err, c.err)
			}
			continue
		}
		var flags []string
		for k, v := range p.Flags {
			flags = append(flags, k+"="+v)
		}
		slices.Sort(flags)
		if err != nil || len(p.Exec) != c.exec || len(p.Args) != c.rest || strings.Join(flags, " ") != c.flags {
			t.Errorf("%s: %q %q %q %v", c.args, p.Exec, p.Args, flags, err)
		}
	}
}

func TestEnvironment(t *testing.T) {
	var p Parsed
	if err := Environment(&p, `--no-warnings --title="a b\"c"`); err != nil || p.Flags["title"] != `a b"c` {
		t.Errorf("%q %v", p.Flags, err)
	}
	for text, want := range map[string]string{
		"--foo":            "--foo is not allowed in NODE_OPTIONS",
		"-e 1":             "-e is not allowed in NODE_OPTIONS",
		"--stack-size=100": "--stack-size= is not allowed in NODE_OPTIONS",
		`--title="a`:       "invalid value for NODE_OPTIONS (unterminated string)",
	} {
		err := Environment(&Parsed{}, text)
		if err == nil || strings.TrimSpace(err.Error()) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("--require a -e b -- c", "--title=\"x\" \\")
	f.Add("--no-no- --=1 -", "\"")
	f.Fuzz(func(t *testing.T, line, env string) {
		var p Parsed
		_ = Environment(&p, env)
		args := strings.Split(line, " ")
		if Parse(&p, args, false) == nil && len(p.Exec)+len(p.Args) > len(args) {
			t.Errorf("%q %q from %q", p.Exec, p.Args, args)
		}
	})
}

func TestWorker(t *testing.T) {
	for _, c := range []struct {
		args    []string
		env     bool
		invalid string
		exec    int
	}{
		{[]string{"--no-warnings", "--", "x"}, false, "", 1},
		{[]string{"--title=x", "--foo", "--expose-gc"}, false, "--title=x|--foo|--expose-gc", 3},
		{[]string{"--redirect-warnings"}, false, "--redirect-warnings requires an argument", 1},
		{[]string{"--title=x"}, true, "--title= is not allowed in NODE_OPTIONS", 0},
		{[]string{"--max-old-space-size=3", "--trace-exit"}, true, "", 0},
		{[]string{"--"}, true, "-- is not allowed in NODE_OPTIONS", 0},
	} {
		var p Parsed
		got := strings.Join(Worker(&p, c.args, c.env), "|")
		if got != c.invalid || len(p.Exec) != c.exec {
			t.Errorf("Worker(%q, %v) = %q, %q", c.args, c.env, got, p.Exec)
		}
	}
}
