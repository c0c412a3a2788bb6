package compile

import (
	"strings"
	"testing"
)

func TestModuleSyntax(t *testing.T) {
	for src, want := range map[string]bool{
		"import fs from 'fs'": true, "import 'x'": true, "import('x')": false, "export default 1": true, "export { a }": true,
		"x.export = 1": false, "'import a from b'": false, "// import a from 'b'": false, "import.meta.url": true,
		"`import x from 'y'`": false, "const re = /import x from/;": false, "var a = 1;\nexport const b = a;": true,
		"({ import: 1, export: 2 })": false, "a = b / import_c / d": false, "`${`import`}` ; import { x } from 'y'": true,
	} {
		if got := HasModuleSyntax(src); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestDynamicImport(t *testing.T) {
	for src, want := range map[string]string{
		"import('x')": "__imp$('x')", "a.import('x')": "a.import('x')", "'import(1)'": "'import(1)'", "`${import('x')}`": "`${__imp$('x')}`",
	} {
		if got, _ := replaceDynamicImport(src); got != want {
			t.Errorf("%s: %s", src, got)
		}
	}
}

func TestESModule(t *testing.T) {
	m, err := ESModule("/a.mjs", "import a, { b } from './b.mjs';\nimport j from './j.json' with { type: 'json' };\n"+
		"export const x = await b();\nexport default async () => { for await (const y of a) await y; };\nexport * from 'c';")
	if err != nil {
		t.Fatal(err)
	}
	if !m.Async || len(m.Imports) != 3 || m.Imports[1].Type != "json" {
		t.Errorf("%+v", m)
	}
	_, err = ESModule("/a.mjs", "let a = 1;\nlet b = = 2;")
	if err == nil || !strings.Contains(err.Error(), "Unexpected token '='") {
		t.Error(err)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("a `b${c}d` /e/ 'f' import(g)")
	f.Fuzz(func(t *testing.T, src string) {
		last := 0
		words(src, func(start, end int, _ byte) {
			if start < last || end <= start || end > len(src) {
				t.Fatal(start, end)
			}
			last = end
		})
		replaceDynamicImport(src)
		HasModuleSyntax(src)
	})
}
