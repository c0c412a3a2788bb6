package gojax

import (
	"testing"

	"github.com/dop251/goja"
)

func TestNamespace(t *testing.T) {
	rt := goja.New()
	a, b := NewCell(), NewCell()
	a.Set(rt.ToValue(1))
	get := rt.ToValue(func(goja.FunctionCall) goja.Value { panic(rt.NewTypeError("dead")) }).(*goja.Object)
	set := rt.ToValue(func(c goja.FunctionCall) goja.Value { b.Set(c.Argument(0)); return nil }).(*goja.Object)
	b.Guard(get, set)
	ns := Namespace(rt, []string{"a", "b"}, []*Cell{a, b})
	env := Environment(rt, []string{"a", "b"}, []*Cell{a, b})
	if !IsNamespace(ns) || IsNamespace(env) || KindOf(ns) != KindOrdinary {
		t.Fatal("kinds")
	}
	_ = rt.Set("ns", ns)
	_ = rt.Set("env", env)
	_, err := rt.RunString(`"use strict";
		function fails(f, text) { try { f() } catch (e) { if (text && !e.message.includes(text)) throw e; return } throw new Error('no throw: ' + f) }
		function eq(a, b) { if (a !== b) throw new Error(a + ' is not ' + b) }
		fails(() => ns.b, 'dead'); fails(() => Object.keys(ns), 'dead'); fails(() => Object.getOwnPropertyDescriptor(ns, 'b'), 'dead');
		eq(Reflect.ownKeys(ns).length, 3); eq('b' in ns, true); eq('c' in ns, false); eq(ns.c, undefined);
		env.b = 2;
		eq(ns.b, 2); eq(Object.keys(ns).join(), 'a,b'); env.b = 3; eq(ns.b, 3);
		fails(() => { ns.a = 2 }, "Cannot assign to read only property 'a' of object '[object Module]'");
		fails(() => { ns.c = 2 }, 'Cannot add property c, object is not extensible');
		fails(() => { delete ns.a }); eq(delete ns.zz, true);
		fails(() => Object.defineProperty(ns, 'a', { value: 2 }), 'Cannot redefine property: a');
		Object.defineProperty(ns, 'a', { value: 1, writable: true, enumerable: true, configurable: false });
		const d = Object.getOwnPropertyDescriptor(ns, 'a'); eq(d.writable, true); eq(d.configurable, false); eq(d.enumerable, true); eq(d.value, 1);
		eq(Object.prototype.toString.call(ns), '[object Module]'); eq(Object.getPrototypeOf(ns), null); eq(Object.isExtensible(ns), false);
		eq(Reflect.set(ns, 'a', 1), false); eq(Reflect.setPrototypeOf(ns, null), true); eq(Reflect.setPrototypeOf(ns, {}), false);
		const child = Object.create(ns); fails(() => { child.a = 1 }); eq(child.a, 1);
		eq(JSON.stringify(ns), '{"a":1,"b":3}'); const { ...rest } = ns; eq(rest.a, 1); eq(Object.assign({}, ns).b, 3);
		let s = ''; for (const k in ns) s += k; eq(s, 'ab'); eq(Object.isFrozen(ns), false); fails(() => Object.freeze(ns));
	`)
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkNamespaceRead(b *testing.B) {
	rt := goja.New()
	c := NewCell()
	c.Set(rt.ToValue(1))
	_ = rt.Set("ns", Namespace(rt, []string{"a"}, []*Cell{c}))
	_ = rt.Set("n", b.N)
	if _, err := rt.RunString(`(function (ns) { for (let i = 0; i < n; i++) ns.a })(ns)`); err != nil {
		b.Fatal(err)
	}
}
