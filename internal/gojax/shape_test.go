package gojax

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

type point struct {
	slots [2]Slot
	n     int
}

func newPoints(rt *goja.Runtime) *Shape[point] {
	return NewShape(rt, rt.NewObject(), func(p *point) []Slot { return p.slots[:] }, "x", "y")
}

func TestShapeIsAnOrdinaryObject(t *testing.T) {
	rt := goja.New()
	shape := newPoints(rt)
	a, p := shape.New()
	b, _ := shape.New()
	p.slots[0].Set(rt.ToValue(1))
	_ = rt.Set("a", a)
	_ = rt.Set("b", b)
	v, err := rt.RunString(`
		var out = [];
		out.push(JSON.stringify(a), Object.keys(b), JSON.stringify(Object.getOwnPropertyDescriptor(a, 'x')));
		a.z = 3;                    // one more property is a's alone
		delete a.x;
		out.push(Object.keys(a), Object.keys(b));
		for (var k in b) { delete b.y; break }
		b.w = 1; b.x = 5; b[Symbol.iterator] = 1;
		out.push(Object.keys(b));
		a.y = 7;
		Object.freeze(b);
		b.x = 6;
		out.push(b.x, Object.prototype.toString.call(a));
		out.join(';')`)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"x":1};x,y;{"value":1,"writable":true,"enumerable":true,"configurable":true};y,z;x,y;x,w;5;[object Object]`
	if v.String() != want {
		t.Errorf("got  %s\nwant %s", v, want)
	}
	if got := p.slots[1].Get(); got.ToInteger() != 7 {
		t.Errorf("what JavaScript wrote reads %v", got)
	}
}

func TestShapeState(t *testing.T) {
	rt := goja.New()
	one, other := newPoints(rt), newPoints(rt)
	o, p := one.New()
	p.n = 42
	if got := one.State(o); got != p || got.n != 42 {
		t.Errorf("State = %v", got)
	}
	for _, v := range []goja.Value{rt.NewObject(), rt.NewArray(), goja.Undefined(), goja.Null(), rt.ToValue("x"), rt.CreateObject(o)} {
		if one.State(v) != nil {
			t.Errorf("%v has a state", v)
		}
	}
	if other.State(o) != nil {
		t.Error("a shape takes another's object for its own")
	}
}

func TestShapeRedefinedProperty(t *testing.T) {
	rt := goja.New()
	o, p := newPoints(rt).New()
	_ = rt.Set("o", o)
	if _, err := rt.RunString(`Object.defineProperty(o, 'x', { get() { return 9 }, configurable: true })`); err != nil {
		t.Fatal(err)
	}
	if got := p.slots[0].Get(); got.ToInteger() != 9 {
		t.Errorf("got %v", got)
	}
}

func TestCall(t *testing.T) {
	rt := goja.New()
	for _, src := range []string{
		"(function (a, b) { return this.k + a + b })", "({ m(a, b) { return this.k + a + b } }).m",
		"(function (a, b) { return this.k + a + b }).bind({ k: 1 })", "((a, b) => 1 + a + b)",
		"new Proxy(function (a, b) { return this.k + a + b }, {})",
	} {
		fn, err := rt.RunString(src)
		if err != nil {
			t.Fatal(err)
		}
		this := rt.NewObject()
		_ = this.Set("k", 1)
		if v := Call(fn.(*goja.Object), this, rt.ToValue(2), rt.ToValue(3)); v.ToInteger() != 6 {
			t.Errorf("%s: %v", src, v)
		}
	}
	native := rt.ToValue(func(c goja.FunctionCall) goja.Value { return c.Argument(0) }).(*goja.Object)
	if v := Call(native, nil); !goja.IsUndefined(v) {
		t.Errorf("native: %v", v)
	}
	thrower, _ := rt.RunString("(function () { throw new Error('x') })")
	if ex := rt.Try(func() { Call(thrower.(*goja.Object), nil) }); ex == nil {
		t.Error("an exception was lost")
	}
}

func BenchmarkShape(b *testing.B) {
	shape := newPoints(goja.New())
	b.ReportAllocs()
	for b.Loop() {
		shape.New()
	}
}

func TestField(t *testing.T) {
	rt := goja.New()
	if _, err := rt.RunString(`
		var proto = { inherited: 1, get got() { return this.own } };
		var o = Object.create(proto, { fixed: { value: 2 } });
		o.own = 3;
		o.gone = 4; delete o.gone;
		var array = [5], bare = Object.create(null);`); err != nil {
		t.Fatal(err)
	}
	o := rt.Get("o").(*goja.Object)
	for name, want := range map[string]int64{"inherited": 1, "fixed": 2, "own": 3, "got": 3} {
		if v := Field(o, unistring.NewFromString(name)); v.ToInteger() != want {
			t.Errorf("%s is %v", name, v)
		}
	}
	for _, v := range []goja.Value{Field(o, "gone"), Field(o, "none"), Field(rt.Get("bare").(*goja.Object), "own")} {
		if !goja.IsUndefined(v) {
			t.Errorf("got %v", v)
		}
	}
	if v := Field(rt.Get("array").(*goja.Object), "length"); v.ToInteger() != 1 {
		t.Errorf("length is %v", v)
	}
	SetField(o, "own", rt.ToValue(6))
	SetField(o, "fresh", rt.ToValue(7))
	if v, _ := rt.RunString("o.own + o.fresh + Object.keys(o).join()"); v.String() != "13own,fresh" {
		t.Errorf("got %v", v)
	}
	if ex := rt.Try(func() { SetField(o, "fixed", rt.ToValue(1)) }); ex == nil {
		t.Error("a read-only property was assigned")
	}
}
