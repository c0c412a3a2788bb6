// Command ecosystem runs real npm packages on gonode: it installs those of
// testdata/ecosystem with npm into a temporary folder and compares what the
// scripts beside them print with what they printed on Node.js 24.
//
//	go run ./internal/ecosystem -gonode bin/gonode
//	go run ./internal/ecosystem -gonode /path/to/node -record
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const source = "testdata/ecosystem"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("ecosystem", flag.ContinueOnError)
	fs.SetOutput(stderr)
	gonode := fs.String("gonode", "bin/gonode", "the runtime")
	record := fs.Bool("record", false, "write the expectations; the runtime is Node.js")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	exe, err := filepath.Abs(*gonode)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	passed, failed, err := ecosystem(exe, *record, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "ecosystem:", err)
		return 1
	}
	fmt.Fprintf(stdout, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return 1
	}
	return 0
}

func ecosystem(exe string, record bool, stdout io.Writer) (passed, failed int, err error) {
	dir, err := os.MkdirTemp("", "ecosystem")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
		return 0, 0, err
	}
	if err := os.CopyFS(filepath.Join(dir, "doc"), os.DirFS("testdata/js/doc")); err != nil {
		return 0, 0, err
	}
	install := exec.Command("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		return 0, 0, fmt.Errorf("npm install: %w\n%s", err, out)
	}
	scripts, err := filepath.Glob(filepath.Join(dir, "*.js"))
	if err != nil {
		return 0, 0, err
	}
	for _, script := range scripts {
		name := strings.TrimSuffix(filepath.Base(script), ".js")
		expected := filepath.Join(source, name+".out")
		if name == "ask" { // the others load it
			continue
		}
		out, runErr := runScript(exe, dir, script)
		if record {
			if runErr != nil {
				return 0, 0, fmt.Errorf("%s: %w\n%s", name, runErr, out)
			}
			if err := os.WriteFile(expected, out, 0o644); err != nil {
				return 0, 0, err
			}
			continue
		}
		want, err := os.ReadFile(expected)
		if err != nil {
			return 0, 0, err
		}
		if runErr != nil || string(out) != string(want) {
			failed++
			fmt.Fprintf(stdout, "FAIL %s (%v)\n--- got\n%s--- want\n%s", name, runErr, out, want)
			continue
		}
		passed++
		fmt.Fprintf(stdout, "ok   %s\n", name)
	}
	return passed, failed, nil
}

// runScript returns what a script printed on both streams.
func runScript(exe, dir, script string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NODE_ENV=production", "NO_COLOR=1")
	return cmd.CombinedOutput()
}
