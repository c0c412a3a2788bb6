// Command gonode runs Node.js programs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/bindings/process"
	"github.com/gonode/gonode/internal/cli"
	"github.com/gonode/gonode/internal/dotenv"
	"github.com/gonode/gonode/internal/options"
	"github.com/gonode/gonode/internal/stack"
	"github.com/gonode/gonode/runtime"
)

// version is what make build stamps: a tag, or a commit after the last one.
var version string

// build is process.versions.gonode, as semver.org writes a build of a release.
func build() string {
	switch {
	case version == "":
		return runtime.GonodeVersion
	case strings.HasPrefix(version, "v"):
		return version[1:]
	}
	return runtime.GonodeVersion + "+" + version
}

func main() {
	stack.Reserve()
	dropPages()
	// goja's objects are many and small: collecting at twice the heap spends a
	// quarter of the time on it. GOGC overrides this.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr, bindings.ProcessEnviron()))
}

// Node's exit codes for its own failures.
const (
	exitInvalidArgument = 9
	exitBoot            = 1
)

func run(args []string, stdin io.Reader, stdout, stderr io.Writer, env *bindings.Environ) int {
	// Copies: process.title overwrites what os.Args refers to.
	args = append([]string(nil), args...)
	for i := range args {
		args[i] = strings.Clone(args[i])
	}
	if len(args) == 0 {
		args = []string{"gonode"}
	}
	var p options.Parsed
	fail := func(err error) int {
		code := exitInvalidArgument
		var ee *options.ExitError
		if errors.As(err, &ee) {
			code = ee.Code
		}
		if ee != nil {
			fmt.Fprint(stderr, ee.Note)
		}
		for _, line := range strings.Split(err.Error(), "\n") {
			if line != "" {
				fmt.Fprintf(stderr, "%s: %s\n", args[0], line)
			}
		}
		return code
	}
	if len(args) > 1 && args[1] == cli.Complete {
		if err := cli.Words(commandName(args[0]), args[2:], stdout, stderr); err != nil {
			return exitBoot
		}
		return 0
	}
	// NODE_OPTIONS first: the command line overrides it.
	if text, ok := env.Get("NODE_OPTIONS"); ok && text != "" {
		if err := options.Environment(&p, text); err != nil {
			return fail(err)
		}
	}
	if err := options.Parse(&p, args[1:], false); err != nil {
		return fail(err)
	}
	if len(p.Flags) > 0 && information(&p, commandName(args[0]), stdout) {
		return 0
	}
	// The process that --watch starts reads the files, each time anew.
	if p.Has("watch") && !p.Has("test") {
		p.EnvFiles = nil
	}
	if code, err := envFiles(&p, env, stderr); err != nil {
		fmt.Fprintf(stderr, "%s: %s\n", args[0], err)
		return code
	}
	if name, ok := p.Flags["run"]; ok {
		return runScript(name, p.Args, env, stdin, stdout, stderr)
	}
	runtime.Preload()
	process.LimitHeap(p.Flags["max-old-space-size"], stderr)
	_, eval := p.Flags["eval"]
	if !eval && len(p.Args) == 0 && !p.Has("test") && !p.Has("watch") && isTerminal(stdin) {
		p.Flags["interactive"] = "true"
	}
	exe, err := os.Executable()
	if err != nil {
		exe = args[0]
	} else if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	pool := runtime.NewPool(env)
	traceFile, traced := p.Flags["trace-loop"]
	if traced {
		traceFile = runtime.TraceFile(traceFile, env)
	}
	iso, err := runtime.New(runtime.Options{
		Pool: pool, TraceLoop: traceFile, TraceHandles: p.Has("trace-handles"),
		Host: &bindings.Host{
			Args: append([]string{args[0]}, p.Args...), ExecPath: exe, ExecArgv: p.Exec, Flags: p.Flags, Env: env,
			Stdin: stdin, Stdout: stdout, Stderr: stderr, OwnsProcess: true, Build: build(),
		},
	})
	if err != nil {
		fmt.Fprintln(stderr, "gonode:", err)
		return exitBoot
	}
	defer iso.Close() // sockets' files are removed, terminals set back
	code, err := iso.Run(context.Background())
	if err != nil {
		fmt.Fprintln(stderr, "gonode:", err)
		return exitBoot
	}
	return code
}

// information prints what the options ask for in place of running a script.
// A reader that closed the pipe has seen enough: that is no error.
func information(p *options.Parsed, name string, w io.Writer) bool {
	switch {
	case p.Has("version"):
		fmt.Fprintln(w, runtime.Version)
	case p.Has("help"):
		_ = cli.Help(w, name)
	case p.Has("v8-options"):
		fmt.Fprint(w, "V8's options are accepted and change nothing: the engine is goja.\n")
	default:
		for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
			if p.Has("completion-" + shell) {
				_ = cli.Completion(w, name, shell)
				return true
			}
		}
		return false
	}
	return true
}

// commandName is what the help and the completions call the program: the name
// that it was started by, if a shell function can carry it.
func commandName(arg0 string) string {
	name := strings.TrimSuffix(filepath.Base(arg0), ".exe")
	for _, r := range name {
		if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-') {
			return "gonode"
		}
	}
	return name
}

// envFiles reads --env-file's files into env; what is set already stays.
func envFiles(p *options.Parsed, env *bindings.Environ, stderr io.Writer) (int, error) {
	merged := map[string]string{}
	var order []string
	for _, file := range p.EnvFiles {
		text, err := os.ReadFile(file.Name)
		if err != nil {
			if file.Optional {
				fmt.Fprintf(stderr, "%s not found. Continuing without it.\n", file.Name)
				continue
			}
			return exitInvalidArgument, fmt.Errorf("%s: not found", file.Name)
		}
		for _, v := range dotenv.Parse(string(text)) {
			if _, ok := merged[v[0]]; !ok {
				order = append(order, v[0])
			}
			merged[v[0]] = v[1]
		}
	}
	for _, k := range order {
		if _, ok := env.Get(k); ok {
			continue
		}
		env.Set(k, merged[k])
		if k == "NODE_OPTIONS" {
			given := p.Flags
			p.Flags = nil
			if err := options.Environment(p, merged[k]); err != nil {
				return exitInvalidArgument, err
			}
			for name, v := range given {
				p.Flags[name] = v
			}
		}
	}
	return 0, nil
}

func isTerminal(r io.Reader) bool {
	f, ok := r.(*os.File)
	return ok && terminal(int(f.Fd()))
}
