package runtime

import (
	"bytes"
	"flag"
	iofs "io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gonode/gonode/internal/bytecode"
	"github.com/gonode/gonode/internal/compile"
)

var update = flag.Bool("update-bytecode", false, "write builtins.bytecode anew")

// engineInGoMod reads it from go.mod: a test's binary does not know it.
func engineInGoMod(t *testing.T) string {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^\s+github\.com/dop251/goja (\S+)`).FindSubmatch(text)
	if m == nil {
		t.Fatal("go.mod does not name goja")
	}
	return string(m[1])
}

// TestBytecodeIsCurrent compiles every built-in module and compares the result
// with the programs that the binary carries.
func TestBytecodeIsCurrent(t *testing.T) {
	r := newRegistry(nil)
	var names []string
	for name, e := range r.modules {
		if e.JS != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var sources []bytecode.Source
	for _, name := range names {
		e := r.modules[name]
		src, err := iofs.ReadFile(e.JS, e.File)
		if err != nil {
			t.Fatal(err)
		}
		prg, err := compile.Function("node:"+name, string(src), moduleParams()...)
		if err != nil {
			t.Fatal(name, err)
		}
		file, text := compile.FunctionText("node:"+name, string(src), moduleParams()...)
		sources = append(sources, bytecode.Source{Name: file, Text: text, Program: prg})
	}
	version := engineInGoMod(t)
	want, err := bytecode.Write(version, sources)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("builtins.bytecode", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, []byte(bytecodeFile)) {
		t.Fatal("builtins.bytecode is not what the modules compile to: run make bytecode")
	}
	store, err := bytecode.Open(string(want))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sources {
		if !store.Has(s.Name) && strings.Contains(s.Text, "async") {
			continue
		}
		if sources[i].Program, err = store.Program(s.Name, s.Text); err != nil {
			t.Fatal(s.Name, err)
		}
	}
	again, err := bytecode.Write(version, sources)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, again) {
		t.Error("programs read back are others than those written")
	}
}
