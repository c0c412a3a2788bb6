package conformance

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

// TestBadArguments calls every function of the public modules with a fixed
// set of bad values in each place, and compares what each call answers with
// what Node 24 answered. A script's NAME.out has one line for each answer;
// differs.json holds, with the reason, the beginnings of the lines in which we
// are known to differ.
func TestBadArguments(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the expectations have Linux's errors and limits in them")
	}
	dir := filepath.Join("..", "..", "testdata", "js", "bad", "args")
	scripts, err := filepath.Glob(filepath.Join(dir, "*.out"))
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts", err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "differs.json"))
	if err != nil {
		t.Fatal(err)
	}
	var known map[string]map[string]string
	if err := json.Unmarshal(b, &known); err != nil {
		t.Fatal(err)
	}
	for _, out := range scripts {
		name := strings.TrimSuffix(filepath.Base(out), ".out")
		t.Run(name, func(t *testing.T) { badArguments(t, dir, name, known[name]) })
	}
}

func badArguments(t *testing.T, dir, name string, known map[string]string) {
	script, err := filepath.Abs(filepath.Join(dir, name+".js"))
	if err != nil {
		t.Fatal(err)
	}
	if node := os.Getenv("GOLDEN_NODE"); node != "" {
		out, err := exec.Command(node, script).Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(strings.TrimSuffix(script, ".js")+".out", out, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(strings.TrimSuffix(script, ".js") + ".out")
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	var got jstest.Result
	if strings.Contains(string(src), "\n// gonode: process\n") {
		got = jstest.RunProcess(t, nil, script)
	} else {
		got = jstest.RunIsolate(t, script)
	}
	if got.Code != 0 {
		t.Fatalf("exit code %d\n%s", got.Code, got.Stderr)
	}
	wanted, _ := byCall(string(want))
	answered, order := byCall(got.Stdout)
	differs := map[string]bool{}
	for _, call := range order {
		if wanted[call] != answered[call] {
			differs[call] = true
		}
	}
	for call := range wanted {
		if _, ok := answered[call]; !ok {
			differs[call] = true
		}
	}
	used := map[string]bool{}
	bad := 0
	for call := range differs {
		if prefix := covered(known, call); prefix != "" {
			used[prefix] = true
			continue
		}
		if bad++; bad <= 20 {
			t.Errorf("--- Node 24\n%s+++ gonode\n%s", wanted[call], answered[call])
		}
	}
	if bad > 20 {
		t.Errorf("and %d more", bad-20)
	}
	for prefix := range known {
		if !used[prefix] {
			t.Logf("%q is in differs.json and differs no more: take it out", prefix)
		}
	}
}

// byCall gathers the lines of each call and place: "openSync 1".
func byCall(out string) (lines map[string]string, order []string) {
	lines = map[string]string{}
	in := bufio.NewScanner(strings.NewReader(out))
	in.Buffer(nil, 1<<20)
	var call string
	for in.Scan() {
		// What is no answer goes on with the message of the line before it.
		if at, answer, ok := strings.Cut(in.Text(), ": "); ok && (at == "again" || at == "between calls" || strings.Contains(answer, " => ")) {
			call = at
		}
		if _, ok := lines[call]; !ok {
			order = append(order, call)
		}
		lines[call] += in.Text() + "\n"
	}
	return lines, order
}

func covered(known map[string]string, call string) string {
	for prefix := range known {
		if call == prefix || strings.HasSuffix(prefix, "*") && strings.HasPrefix(call, prefix[:len(prefix)-1]) {
			return prefix
		}
	}
	return ""
}
