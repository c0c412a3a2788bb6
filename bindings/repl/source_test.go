package repl

import "testing"

func TestIncomplete(t *testing.T) {
	for src, want := range map[string]bool{
		"function f() {": true, "`io.js": true, "`${": true, "(": true, "{ a:": true, "/* c": true, "'a\\\n": true, "f(1,": true,
		"a = 3.5e": false, "(2 + 3))": false, "'abc": false, "...[]": false, "} else {": false, "/(/": false, "class A { x = 1 ": true,
	} {
		if got := Incomplete(src, false); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
}

func TestAwait(t *testing.T) {
	for src, want := range map[string]string{
		"1":                         "",
		"async () => { await x }":   "",
		"'await'":                   "",
		"await x":                   "(async () => { return { __proto__: null, value: (await x) };\n})()",
		"const a = await x; a":      "let a; (async () => { void (a = await x);\nreturn { __proto__: null, value: (a) };\n})()",
		"var {a, b: [c]} = await x": "var a, c; (async () => { void ({ a, b: [c] } = await x);\n})()",
		"function f() {} await f()": "var f; (async () => { this.f = f; function f() {\n}\nreturn { __proto__: null, value: (await f()) };\n})()",
		"class A {} await 1 // c":   "let A; (async () => { A = class A {\n}\nreturn { __proto__: null, value: (await 1) };\n})()",
	} {
		if got, _ := Await(src); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", src, got, want)
		}
	}
}

func FuzzSource(f *testing.F) {
	f.Add("const [a, ...b] = await c; class D {}")
	f.Add("`${")
	f.Fuzz(func(t *testing.T, src string) {
		Incomplete(src, false)
		Await(src)
	})
}
