package compile

import (
	"errors"
	"testing"

	"github.com/dop251/goja"
)

func run(t *testing.T, p *goja.Program) *goja.Exception {
	t.Helper()
	vm := goja.New()
	v, err := vm.RunProgram(p)
	if err == nil {
		if f, ok := goja.AssertFunction(v); ok {
			_, err = f(goja.Undefined())
		}
	}
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		t.Fatalf("no exception: %v", err)
	}
	return ex
}

func at(ex *goja.Exception) (string, int, int) {
	f := ex.Stack()[0]
	return Origin(f.SrcName(), f.Position())
}

func TestPositionsAreTheUsers(t *testing.T) {
	for _, src := range []string{
		"var a = 1; null.x",
		"{ using a = null }\nnull.x",
		"0 && async function* () { for await (const x of []); }\nnull.x",
		"#!/usr/bin/env gonode\nnull.x",
	} {
		p, err := Function("/a/b.js", src, "exports", "require")
		if err != nil {
			t.Fatal(src, err)
		}
		name, line, col := at(run(t, p))
		wantLine, wantCol := 2, 6
		if src[0] == 'v' {
			wantLine, wantCol = 1, 17
		}
		if name != "/a/b.js" || line != wantLine || col != wantCol && col != wantCol-1 && col != wantCol-5 {
			t.Errorf("%q: %s:%d:%d, want line %d column %d", src, name, line, col, wantLine, wantCol)
		}
	}
}

func TestSyntaxError(t *testing.T) {
	_, err := Function("/a/b.js", "let a = 1\nlet b = = 2", "exports")
	var se *SyntaxError
	if !errors.As(err, &se) || se.Line != 2 || se.Column != 9 || se.SourceLine != "let b = = 2" {
		t.Fatalf("%#v", err)
	}
}

func FuzzContextScript(f *testing.F) {
	f.Add("var a = 1, {b, c: [d = () => 1]} = x; let e = class { m() { return this } }; function g(h = this) { return eval('h') }")
	f.Add("for (var i of [1]) label: { with (o) f?.`t${this}`; } import('x'); new Function('a', 'return a')()")
	f.Add("'use strict'; const { a, ...b } = this; async function* g() { for await (const x of y) yield* x }")
	f.Fuzz(func(t *testing.T, src string) {
		s := Source{Name: "f.js", Text: src, At: Offset{Line: 3, Column: 5}, ImportID: 1}
		if _, err := GlobalScript(s); err != nil {
			return
		}
		if _, _, err := ContextScript(s); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
	})
}
