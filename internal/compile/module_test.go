package compile

import (
	"strings"
	"testing"
	"unicode/utf16"
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

func TestMayBeModule(t *testing.T) {
	for src, want := range map[string]bool{
		"await x": true, "async () => { await x }": false, "async function f() { if (a) { await x } }": false, "if (a) { await x }": true,
		"try {} catch (e) { await x }": true, "const require = 1": true, "function f() { const require = 1 }": false, "import 'x'": true,
		"var module = 1": false, "class A { async b() { for (const c of d) await c } }": false, "'await'": false, "x.await": true,
	} {
		if got := MayBeModule(src); got != want {
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
	m, err := ParseModule("/a.mjs", "import a, { b } from './b.mjs';\nimport j from './j.json' with { type: 'json' };\n"+
		"export const x = await b();\nexport default async () => { for await (const y of a) await y; };\nexport * from 'c';", Dialect{})
	if err != nil {
		t.Fatal(err)
	}
	if !m.Async || len(m.Requests) != 3 || m.Requests[1].Attributes[0] != (Attribute{"type", "json"}) || len(m.Exports) != 3 {
		t.Errorf("%+v", m)
	}
	for src, want := range map[string]string{
		"let a = 1;\nlet b = = 2;":                       "/a.mjs:2:9: Unexpected token '='",
		"export { a };":                                  "/a.mjs:1:10: Export 'a' is not defined in module",
		"import a from 'a'; const a = 1":                 "/a.mjs:1:8: Identifier 'a' has already been declared",
		"export const a = 1, a2 = 2; export { a2 as a }": "/a.mjs:1:14: Duplicate export of 'a'",
		"\n  import { a from 'b'":                        "/a.mjs:2:14: Unexpected identifier 'from'",
		"if (1) import 'x'":                              "/a.mjs:1:8: Cannot use import statement outside a module",
		"function f() { import x from 'x' }":             "/a.mjs:1:16: Cannot use import statement outside a module",
		"return 1":                                       "/a.mjs:1:1: Illegal return statement",
	} {
		if _, err := ParseModule("/a.mjs", src, Dialect{}); err == nil || err.Error() != want {
			t.Errorf("%s: %v", src, err)
		}
	}
}

// Nothing that is done to a module's text may move a line or a column.
func TestScanKeepsPositions(t *testing.T) {
	src := "import {\n a as b, // é€😀\n c } from 'x'\nexport\ndefault function () {}\nexport default class {}\n" +
		"export { b as 'é€😀' };let r = /import x from 'y'/g, q = `export {${import('z')}}`, m = import . meta\n({ import() {} })"
	s, err := scanModule(src)
	if err != nil {
		t.Fatal(err)
	}
	got := string(s.text)
	if len(got) != len(src) || strings.Count(got, "\n") != strings.Count(src, "\n") {
		t.Fatalf("%q", got)
	}
	a, b := strings.Split(got, "\n"), strings.Split(src, "\n")
	for i := range a {
		if len(utf16.Encode([]rune(a[i]))) != len(utf16.Encode([]rune(b[i]))) {
			t.Errorf("line %d: %q", i, a[i])
		}
	}
	if !strings.Contains(got, "/import x from 'y'/g") || !strings.Contains(got, "$$impo('z')") || !strings.Contains(got, "({ import() {} })") {
		t.Errorf("%q", got)
	}
}

func TestCommonJSExports(t *testing.T) {
	for src, want := range map[string]string{
		"exports.a = 1; exports['b'] = 2; module.exports.c = exports.d = 3; if (exports.e) x": "a b c d |",
		"module.exports = { a, 'b': c, d: e, f() {}, g }":                                     "a b d f |", "module.exports = { a, 'b': 1, c }": "a |",
		"module.exports = { a, ...d, ...require('e'), c: 1, f }":                                                                                            "a | e",
		"module.exports = require('x')":                                                                                                                     " | x",
		"module.exports = require('x'); module.exports = require('y')":                                                                                      " | y",
		"Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return q.p; } });":                                                      "a |",
		"Object.defineProperty(exports, 'a', { value: 1 }); Object.defineProperty(exports, 'b', { get: () => 1 })":                                          "a |",
		"__exportStar(require('./a'), exports); tslib.__exportStar(require('b'), exports)":                                                                  " | ./a b",
		"var _x = require('x'); Object.keys(_x).forEach(function (key) { if (key === 'default' || key === '__esModule') return; exports[key] = _x[key]; })": " | x",
		"0 && (module.exports = { a, b })":                                                                                                                  "a b |",
	} {
		names, re := CommonJSExports(src)
		got := strings.Join(names, " ") + " | " + strings.Join(re, " ")
		if strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: %s", src, got)
		}
	}
}

func FuzzModule(f *testing.F) {
	f.Add("import a, { b as c } from 'x' with { type: 'json' }; export default function* () {}; export * as d from 'y'")
	f.Add("export { a as 'b', c }; let a = `${import('x')}${import.meta}`, c = /[/]/u; await a")
	f.Add("export let x = 1; x++; [x] = [1]; for (x of y) ({ x } = x); export class C { static { x = 2 } }")
	f.Fuzz(func(t *testing.T, src string) {
		s, err := scanModule(src)
		if err == nil && len(s.text) != len(src) {
			t.Fatal(len(s.text), len(src))
		}
		CommonJSExports(src)
		m, err := ParseModule("/a.mjs", src, Dialect{})
		if err == nil {
			_, _ = m.Compile(Form{Values: make([]bool, len(m.Imports))})
		}
	})
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
