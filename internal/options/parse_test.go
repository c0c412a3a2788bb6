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
		{"--stack-size=10 --harmony x", 2, 1, "stack-size=10", ""},
		{"--noconcurrent_recompilation x", 1, 1, "", ""},
		{"--inspect=9 x", 0, 0, "", "--inspect is not supported: there is no debugger"},
		{"--no-inspect x", 1, 1, "", ""},
		{"--experimental-fetch --experimental-modules=1 x", 2, 1, "", ""},
		{"--no-experimental-fetch x", 0, 0, "", "--no-experimental-fetch is an invalid negation because it is not a boolean option"},
		{"-e=1", 0, 0, "", "bad option: -e=1"},
		{"-pe", 0, 0, "", "--eval requires an argument"},
		{"--debug x", 0, 0, "", "[DEP0062]: `node --debug` and `node --debug-brk` are invalid. Please use `node --inspect` and `node --inspect-brk` instead."},
		{"--watch -e 1", 0, 0, "", "either --watch or --eval can be used, not both"},
		{"--watch-path=. --test", 0, 0, "", "--watch-path cannot be used in combination with --test"},
		{"--watch-path=. x", 1, 1, "watch-path=. watch=true", ""},
		{"--cpu-prof-dir=x a", 0, 0, "", "--cpu-prof-dir must be used with --cpu-prof"},
		{"--secure-heap=4 --secure-heap-min=3 x", 0, 0, "", "--secure-heap-min must be a power of 2"},
		{"--max-old-space-size-percentage=200 x", 0, 0, "", "--max-old-space-size-percentage must be greater than 0 and up to 100. Got: 200"},
		{"--test --test-isolation=x", 0, 0, "", "invalid value for --test-isolation"},
		{"--stack-trace-limit=x a", 0, 0, "", "bad option: --stack-trace-limit=x"},
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
