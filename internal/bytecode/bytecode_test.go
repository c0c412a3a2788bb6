package bytecode

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/ecma"
	"github.com/gonode/gonode/internal/gojax"
)

// engine makes a runtime with our regular expressions, which stored programs use.
func engine(t *testing.T) *goja.Runtime {
	t.Helper()
	if err := ecma.Extend(); err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	in, err := gojax.New(vm)
	if err != nil {
		t.Fatal(err)
	}
	ecma.Install(vm, in)
	return vm
}

func store(t *testing.T, name, text string) *Store {
	t.Helper()
	p, err := goja.Compile(name, text, false)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Write("", []Source{{name, text, p}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRoundTrip runs programs that were stored and read, and compares with the
// same programs compiled.
func TestRoundTrip(t *testing.T) {
	for _, text := range []string{
		`[1, -1, 255, 256, 4294967296, -0, 0.5, NaN, Infinity, 1e300, 12345678901234567890n, -1n, 0n].map(String).join()`,
		`[null, undefined, true, false].map(String).join()`,
		`"aé\u{1F600}\ud800".split("").map(c => c.charCodeAt(0)).join() + "é".length + { é: 1, "\u4e2d": 2 }.é`,
		`"x1y2".replace(/[a-z](?<n>\d)/gi, "$<n>") + /\u{1F600}/u.flags + "aa\nb".match(/^b$/m) + /a.c/s.source`,
		`class A { #x = 1; static s = 2; get x() { return this.#x } static #p() { return 3 } static q() { return A.#p() } }
		 class B extends A { constructor() { super(); this.y = super.x } } new B().y + A.s + A.q()`,
		`function f(a, b = a, ...c) { return [a, b, c, arguments.length].join() } f(1) + f(1, 2, 3, 4) + f.length + f`,
		`var [p, q = 2, ...r] = [1, , 3, 4], { z, ...w } = { z: 1, y: 2 }; [p, q, r, z, Object.keys(w)].join()`,
		`function* g() { const x = yield 1; yield x } const i = g(); i.next(); i.next(7).value`,
		`let n = 0; outer: for (const a of [1, 2]) { for (const k in { x: 1 }) { if (a == 2) break outer; n += a } } n`,
		`try { null.x } catch ({ message, stack }) { message + stack } finally { 1 }`,
		"`a${1}b${'c'}`" + ` + (a => { switch (a) { case 1: return "one"; default: return "other" } })(2)`,
		`((o) => o?.a?.b ?? o?.["c"]?.() ?? "none")({}) + typeof missing`,
		`with ({ a: 1 }) { a + 1 }`,
		`eval("1 + 1")`,
		``,
	} {
		s := store(t, "f.js", text)
		p, err := s.Program("f.js", text)
		if err != nil {
			t.Fatal(text, err)
		}
		compiled, _ := goja.Compile("f.js", text, false)
		want, werr := engine(t).RunProgram(compiled)
		for range 2 { // a program may run in any number of runtimes
			got, gerr := engine(t).RunProgram(p)
			if werr != nil || gerr != nil {
				t.Error(text, werr, gerr)
			} else if got.String() != want.String() {
				t.Errorf("%s\n got %s\nwant %s", text, got, want)
			}
		}
	}
}

// TestPositions compares the stack of an error.
func TestPositions(t *testing.T) {
	text := "function f() {\n  return g();\n}\nfunction g() { throw new Error('x') }\nf()"
	s := store(t, "f.js", text)
	p, err := s.Program("f.js", text)
	if err != nil {
		t.Fatal(err)
	}
	_, got := goja.New().RunProgram(p)
	_, want := goja.New().RunScript("f.js", text)
	if got == nil || want == nil || got.(*goja.Exception).String() != want.(*goja.Exception).String() {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestStale(t *testing.T) {
	s := store(t, "f.js", "1 + a")
	if _, err := s.Program("f.js", "1 + b"); err == nil {
		t.Error("a program of another text")
	}
	if _, err := s.Program("g.js", "1 + a"); err == nil {
		t.Error("a program of another name")
	}
	other := *s
	other.sample++ // an engine that compiles the sampler otherwise
	if _, err := other.resolve(); err == nil {
		t.Error("types of another engine")
	}
	other = *s
	other.sum++ // one with other fields
	if _, err := other.resolve(); err == nil {
		t.Error("types with other fields")
	}
	other = *s
	other.names = append(other.names, typeName{0, "goja.noSuchInstruction"})
	if _, err := other.resolve(); err == nil {
		t.Error("a type that is not there")
	}
	if _, err := Open("something else"); err == nil {
		t.Error("opened what is no store")
	}
}

// TestUnstorable has Write refuse a program whose source is not the one named.
func TestUnstorable(t *testing.T) {
	p := goja.MustCompile("f.js", "1", false)
	if _, err := Write("", []Source{{"f.js", "2", p}}); err == nil || !strings.Contains(err.Error(), "another source") {
		t.Error(err)
	}
}

func BenchmarkProgram(b *testing.B) {
	p := goja.MustCompile("sampler", sampler, false)
	data, err := Write("", []Source{{"sampler", sampler, p}})
	if err != nil {
		b.Fatal(err)
	}
	s, err := Open(string(data))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("stored", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Program("sampler", sampler); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("compiled", func(b *testing.B) {
		for b.Loop() {
			goja.MustCompile("sampler", sampler, false)
		}
	})
}
