package gojax

import (
	"strings"
	"testing"
	"time"

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

func TestThrowSite(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	prg := goja.MustCompile("a.js", "const e = new Error('x');\nfunction f() {\n  throw e;\n}\ntry { f() } catch {}\ne", false)
	if err := Patch(prg, true, nil); err != nil {
		t.Fatal(err)
	}
	e, err := rt.RunProgram(prg)
	if err != nil {
		t.Fatal(err)
	}
	frames, ok := v.ErrorFrames(e.(*goja.Object))
	if !ok {
		t.Fatal("no frames")
	}
	site, ok := ThrowSite(frames)
	if pos := site.Position(); !ok || pos.Line != 3 {
		t.Errorf("thrown at %v, %v; want line 3", pos, ok)
	}
}

func TestOnEvalReplacesText(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	err = v.OnEval(rt, func(source string) Text {
		seen = append(seen, source)
		return Text{Name: "named", Source: "\n  new Error('other').stack + 1 + 2"}
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := rt.RunString("(function f() { return eval('short') })()")
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 1 || seen[0] != "short" || !strings.Contains(got.String(), "named:2:3") || !strings.HasSuffix(got.String(), "12") {
		t.Errorf("seen %q, got %q", seen, got)
	}
}

func TestMarkRestoresAfterInterrupt(t *testing.T) {
	rt := goja.New()
	v, err := New(rt)
	if err != nil {
		t.Fatal(err)
	}
	_ = rt.Set("limited", func(c goja.FunctionCall) goja.Value {
		fn, _ := goja.AssertFunction(c.Argument(0))
		restore := v.Mark()
		timer := time.AfterFunc(time.Millisecond, func() { rt.Interrupt("stop") })
		defer timer.Stop()
		if _, err := fn(goja.Undefined()); err == nil {
			t.Error("not interrupted")
		}
		restore()
		rt.ClearInterrupt()
		panic(rt.NewTypeError("late"))
	})
	got, err := rt.RunString(`let out = '';
		for (const fn of [() => { for (;;); }, async () => { for (;;); }, () => { for (const x of (function* () { for (;;); })()); }]) {
			try { limited(fn) } catch (e) { out += e.message } finally { out += ';' }
		}
		out`)
	if err != nil || got.String() != "late;late;late;" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestLimit(t *testing.T) {
	prg, err := goja.Compile("", `
		var out = [], two = 2n, text = 'x'.repeat(100);
		function attempt(f) { try { out.push(String(f())) } catch (e) { out.push(e.name + ': ' + e.message) } }
		attempt(function () { return two ** (two ** 40n) });
		attempt(function () { return two << (two ** 70n) });
		attempt(function () { return two >> -(two ** 70n) });
		attempt(function () { return [5n << -1n, -5n >> 1n, -5n >> (two ** 70n), 3n * 4n, 3 * 4, 2 ** 3, 1 << 3, -8 >> 1, 'a' + 1, text.length].join() });
		out.join(';')`, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := Limit(prg); err != nil {
		t.Fatal(err)
	}
	v, err := goja.New().RunProgram(prg)
	if err != nil {
		t.Fatal(err)
	}
	big := "RangeError: Maximum BigInt size exceeded;"
	if want := big + big + big + "2,-3,-1,12,12,8,8,-4,a1,100"; v.String() != want {
		t.Errorf("%s, want %s", v, want)
	}
}
