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
		for _, line := range strings.Split(err.Error(), "\n") {
			if line != "" {
				fmt.Fprintf(stderr, "%s: %s\n", args[0], line)
			}
		}
		return code
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
	switch {
	case p.Has("version"):
		fmt.Fprintln(stdout, runtime.Version)
		return 0
	case p.Has("help"):
		help(stdout)
		return 0
	case p.Has("v8-options"):
		fmt.Fprint(stdout, "V8's options are accepted and change nothing: the engine is goja.\n")
		return 0
	case p.Has("completion-bash"):
		completion(stdout)
		return 0
	}
	if code, err := envFiles(&p, env); err != nil {
		fmt.Fprintf(stderr, "%s: %s\n", args[0], err)
		return code
	}
	_, eval := p.Flags["eval"]
	if !eval && len(p.Args) == 0 && !p.Has("test") && isTerminal(stdin) {
		p.Flags["interactive"] = "true"
	}
	exe, err := os.Executable()
	if err != nil {
		exe = args[0]
	} else if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	pool := runtime.NewPool(env)
	iso, err := runtime.New(runtime.Options{
		Pool: pool,
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

// envFiles reads --env-file's files into env; what is set already stays.
func envFiles(p *options.Parsed, env *bindings.Environ) (int, error) {
	merged := map[string]string{}
	var order []string
	for _, flag := range []string{"env-file", "env-file-if-exists"} {
		list, ok := p.Flags[flag]
		if !ok {
			continue
		}
		for _, name := range strings.Split(list, options.Sep) {
			text, err := os.ReadFile(name)
			if err != nil {
				if flag == "env-file-if-exists" {
					continue
				}
				return exitInvalidArgument, fmt.Errorf("%s: not found", name)
			}
			for _, v := range dotenv.Parse(string(text)) {
				if _, ok := merged[v[0]]; !ok {
					order = append(order, v[0])
				}
				merged[v[0]] = v[1]
			}
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
