package gojax

import (
	"testing"

	"github.com/dop251/goja"
)

func TestJobsRunOnDemand(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	var at []string
	_ = rt.Set("log", func(s string) { at = append(at, s) })
	_ = rt.Set("checkpoint", func(goja.FunctionCall) goja.Value { v.RunJobs(); return nil })
	_, err = rt.RunString(`
		Promise.resolve().then(() => { log('a'); Promise.resolve().then(() => log('b')) });
		checkpoint(); log('c')`)
	if err != nil || len(at) != 3 || at[0] != "a" || at[1] != "b" || at[2] != "c" {
		t.Fatal(at, err)
	}
}

func TestErrorFrames(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	e, err := rt.RunScript("x.js", "function f() { return new RangeError('r') }\nf()")
	if err != nil {
		t.Fatal(err)
	}
	frames, ok := v.ErrorFrames(e.(*goja.Object))
	if !ok || len(frames) != 3 && len(frames) != 2 {
		t.Fatal(ok, frames)
	}
	if _, ok := v.ErrorFrames(rt.NewObject()); ok {
		t.Fatal("a plain object has frames")
	}
}

func TestIntrinsics(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	orig := rt.Get("TypeError").(*goja.Object)
	if v.Intrinsic("TypeError") != orig {
		t.Fatal("TypeError is not the intrinsic")
	}
	construct, _ := goja.AssertConstructor(orig)
	made := 0
	ours := rt.ToValue(func(c goja.ConstructorCall) *goja.Object {
		made++
		o, err := construct(c.NewTarget, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return o
	}).(*goja.Object)
	if err := ours.DefineDataProperty("prototype", orig.Get("prototype"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		t.Fatal(err)
	}
	if !v.SetIntrinsic("TypeError", ours) {
		t.Fatal("not set")
	}
	got, err := rt.RunString("try { null.x } catch (e) { e instanceof Error }")
	if err != nil || made != 1 || !got.ToBoolean() {
		t.Fatal(got, made, err)
	}
}
