package conformance

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gonode/gonode/internal/jstest"
)

var update = flag.Bool("update", false, "write docs/compatibility.md anew")

const (
	apiFile    = "../../testdata/api/node24.json"
	compatFile = "../../docs/compatibility.md"
)

// TestCompatibilityPage holds docs/compatibility.md to what gonode exports,
// name by name, beside what Node.js 24 does.
func TestCompatibilityPage(t *testing.T) {
	var node map[string][]string
	text, err := os.ReadFile(apiFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &node); err != nil {
		t.Fatal(err)
	}
	ids := slices.Sorted(maps.Keys(node))
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "globalThis" })
	arg, err := json.Marshal(ids)
	if err != nil {
		t.Fatal(err)
	}
	res := jstest.RunProcess(t, nil, "../../testdata/api/list.js", string(arg))
	if res.Code != 0 {
		t.Fatal(res.Stderr)
	}
	var ours map[string][]string
	if err := json.Unmarshal([]byte(res.Stdout), &ours); err != nil {
		t.Fatal(err)
	}
	page := compatibilityPage(node, ours, unimplemented(t))
	if *update {
		if err := os.WriteFile(compatFile, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(compatFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != page {
		t.Error("docs/compatibility.md is not what gonode exports: go test ./internal/conformance -run Compat -update")
	}
}

// unimplemented lists the names that glue gives to internal/util's function of
// that name.
func unimplemented(t *testing.T) []string {
	call := regexp.MustCompile(`unimplemented\('([^']+)'\)`)
	var names []string
	err := filepath.WalkDir("../../bindings", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".js" || strings.Contains(path, "testdata") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range call.FindAllSubmatch(text, -1) {
			names = append(names, string(m[1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func compatibilityPage(node, ours map[string][]string, unimplemented []string) string {
	var b, missing strings.Builder
	b.WriteString(`# Compatibility with Node.js 24

This page is generated: ` + "`go test ./internal/conformance -run Compat -update`" + ` compares every name that
Node.js 24's modules export (their classes' methods and static members included) with what gonode
exports, and a test holds the page to the result. A name that is there is not yet a promise that it
behaves: how each module does on Node's own test suite stands in the README, and what a module leaves
out or does differently stands in the ` + "`doc.go`" + ` of its folder.

A module that is missing fails to load as an unknown one does (ERR_UNKNOWN_BUILTIN_MODULE,
MODULE_NOT_FOUND); a method that is there but not implemented throws ERR_METHOD_NOT_IMPLEMENTED and
stands in the last section.

| module | Node's names | there | |
| --- | ---: | ---: | --- |
`)
	for _, id := range slices.Sorted(maps.Keys(node)) {
		if node[id] == nil {
			continue
		}
		if ours[id] == nil {
			fmt.Fprintf(&b, "| %s | %d | – | missing |\n", id, len(node[id]))
			continue
		}
		var gone []string
		for _, name := range node[id] {
			if !slices.Contains(ours[id], name) {
				gone = append(gone, name)
			}
		}
		note := ""
		if len(gone) > 0 {
			note = fmt.Sprintf("%d missing, below", len(gone))
			fmt.Fprintf(&missing, "\n### %s\n\n%s\n", id, "`"+strings.Join(gone, "` `")+"`")
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", id, len(node[id]), len(node[id])-len(gone), note)
	}
	b.WriteString("\n## Missing names\n")
	b.WriteString(missing.String())
	b.WriteString("\n## There, but throwing ERR_METHOD_NOT_IMPLEMENTED\n\n")
	for _, name := range unimplemented {
		fmt.Fprintf(&b, "- `%s`\n", name)
	}
	return b.String()
}
