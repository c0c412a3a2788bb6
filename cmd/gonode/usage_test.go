package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// An outcome is what a command line comes to. Of an error that the program
// prints, with its place and stack, the code alone is compared.
type outcome struct {
	Args, Stdout, Stderr string
	Code                 int
}

// TestUsage runs the command lines of cases.txt, whose outcomes were recorded
// with Node 24: GOLDEN_NODE records them anew.
func TestUsage(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("signals and the shell are Unix's")
	}
	dir := filepath.Join("testdata", "usage")
	golden := filepath.Join(dir, "outcomes.json")
	list, err := os.ReadFile(filepath.Join(dir, "cases.txt"))
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, env := self, []string{"GONODE_TEST_MAIN=1"}
	if node := os.Getenv("GOLDEN_NODE"); node != "" {
		program, env = node, nil
	}
	var got []outcome
	for line := range strings.Lines(string(list)) {
		got = append(got, usage(t, program, dir, env, strings.TrimSpace(line)))
	}
	if program != self {
		b, err := json.MarshalIndent(got, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var want []outcome
	if err := json.Unmarshal(b, &want); err != nil || len(want) != len(got) {
		t.Fatalf("%d outcomes for %d cases: %v", len(want), len(got), err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v\nwant %+v", got[i], want[i])
		}
	}
}

func usage(t *testing.T, program, dir string, env []string, line string) outcome {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, strings.Fields(line)...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "NODE_OPTIONS=", "GOLDEN_NODE="), env...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	o := outcome{Args: line, Stdout: out.String(), Code: signalCode(cmd.ProcessState)}
	if text := errs.String(); !strings.Contains(text, "\n\n") {
		abs, _ := filepath.Abs(dir)
		o.Stderr = strings.NewReplacer(program, "node", abs, "DIR").Replace(text)
	}
	if strings.HasPrefix(line, "--run x") {
		o.Stderr = strings.SplitN(o.Stderr, "\n", 2)[0]
	}
	return o
}
