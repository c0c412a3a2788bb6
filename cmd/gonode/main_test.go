package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/runtime"
)

// TestMain makes the test binary the command itself when it is run as one.
func TestMain(m *testing.M) {
	if os.Getenv("GONODE_TEST_MAIN") == "1" {
		_ = os.Unsetenv("GONODE_TEST_MAIN")
		os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr, bindings.ProcessEnviron()))
	}
	os.Exit(m.Run())
}

type result struct {
	stdout, stderr string
	code           int
}

func gonode(t *testing.T, dir, stdin string, env []string, args ...string) result {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GONODE_TEST_MAIN=1"), env...)
	cmd.Stdin = strings.NewReader(stdin)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	code := 0
	var ee *exec.ExitError
	if errors.As(err, &ee) {
		code = ee.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return result{out.String(), errs.String(), code}
}

func TestBuildNumber(t *testing.T) {
	defer func(was string) { version = was }(version)
	for stamp, want := range map[string]string{
		"": runtime.GonodeVersion, "v1.2.0-3-gabc": "1.2.0-3-gabc", "abc1234-dirty": runtime.GonodeVersion + "+abc1234-dirty",
	} {
		version = stamp
		if got := build(); got != want {
			t.Errorf("stamp %q: %q, want %q", stamp, got, want)
		}
	}
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ok.js":    "console.log(process.argv.length, process.argv[2], require.main === module)",
		"throw.js": "throw new Error('boom')", "syntax.js": "var x = ;", "data.json": `{"a":1}`, "exit.js": "process.exit(5)",
		"pre.js": "console.log('pre', module.isPreloading)", "noext": "console.log('noext')", "c.cjs": "console.log('cjs')",
		"reject.js": "Promise.reject(new Error('no'))", "d/index.js": "console.log('index')", "v.env": "A=1\nB='two words'\n",
		"warn.js": "process.emitWarning('w')", "dep.js": "process.emitWarning('d', 'DeprecationWarning')",
	} {
		f := filepath.Join(dir, name)
		_ = os.MkdirAll(filepath.Dir(f), 0o755)
		if err := os.WriteFile(f, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args, stdin, env string
		code             int
		stdout, stderr   string // what each must contain
	}{
		{"ok.js a", "", "", 0, "3 a true\n", ""},
		{"ok a", "", "", 0, "3 a true\n", ""},
		{"d", "", "", 0, "index", ""},
		{"noext", "", "", 0, "noext", ""},
		{"c.cjs", "", "", 0, "cjs", ""},
		{"data.json", "", "", 0, "", ""},
		{"exit.js", "", "", 5, "", ""},
		{"throw.js", "", "", 1, "", "throw new Error('boom')\n^\n\nError: boom\n    at Object.<anonymous>"},
		{"syntax.js", "", "", 1, "", "syntax.js:1\nvar x = ;\n        ^\n\nSyntaxError: Unexpected token ';'"},
		{"-c syntax.js", "", "", 1, "", "SyntaxError: Unexpected token ';'"},
		{"-c throw.js", "", "", 0, "", ""},
		{"missing.js", "", "", 1, "", "Cannot find module '"},
		{"-v", "", "", 0, "v24.", ""},
		{"--help", "", "", 0, "Usage:", ""},
		{"--nope", "", "", 9, "", "bad option: --nope"},
		{"-r", "", "", 9, "", "-r requires an argument"},
		{"-e console.log(1,process.argv.length) x y", "", "", 0, "1 3\n", ""},
		{"-p 1+1", "", "", 0, "2\n", ""},
		{"-p __filename+module.id+os.EOL.length", "", "", 0, "[eval][eval]", ""},
		{"-e throw+1", "", "", 1, "", "[eval]:1\nthrow+1\n^"},
		{"-r ./pre.js ok.js", "", "", 0, "pre true\n2 undefined true\n", ""},
		{"-", "console.log(__filename)", "", 0, "[stdin]\n", ""},
		{"", "console.log(process.argv.length)", "", 0, "1\n", ""},
		{"--env-file=v.env -p process.env.A+process.env.B", "", "", 0, "1two words\n", ""},
		{"--env-file=none.env -p 1", "", "", 9, "", "none.env: not found"},
		{"--env-file-if-exists=none.env -p 1", "", "", 0, "1\n", "none.env not found. Continuing without it.\n"},
		{"-p 1", "", "NODE_OPTIONS=--nope", 9, "", "--nope is not allowed in NODE_OPTIONS"},
		{"warn.js", "", "NODE_OPTIONS=--no-warnings", 0, "", ""},
		{"warn.js", "", "", 0, "", "Warning: w\n(Use `"},
		{"--trace-warnings warn.js", "", "", 0, "", "Warning: w\n    at Object.<anonymous>"},
		{"--throw-deprecation dep.js", "", "", 1, "", "DeprecationWarning: d"},
		{"reject.js", "", "", 1, "", "Error: no"},
		{"--unhandled-rejections=warn reject.js", "", "", 0, "", "UnhandledPromiseRejectionWarning"},
		{"--unhandled-rejections=warn-with-error-code reject.js", "", "", 1, "", "UnhandledPromiseRejectionWarning"},
		{"--unhandled-rejections=none reject.js", "", "", 0, "", ""},
		{"--expose-gc -p typeof(gc)", "", "", 0, "function\n", ""},
		{"--stack-trace-limit=0 throw.js", "", "", 1, "", "[Error: boom]"},
		{"--trace-uncaught -e throw'x'", "", "", 1, "", "Thrown at:\n    at [eval]:1:1"},
		{"-C foo --max-old-space-size=100 --harmony -p process.execArgv.length", "", "", 0, "6\n", ""},
	} {
		var env []string
		if c.env != "" {
			env = []string{c.env}
		}
		r := gonode(t, dir, c.stdin, env, strings.Fields(c.args)...)
		if r.code != c.code || !strings.Contains(r.stdout, c.stdout) || !strings.Contains(r.stderr, c.stderr) ||
			c.stderr == "" && r.stderr != "" {
			t.Errorf("%s: exit %d, want %d\nstdout %q want %q\nstderr %q want %q", c.args, r.code, c.code, r.stdout, c.stdout, r.stderr, c.stderr)
		}
	}
}
