package ecma

import (
	"testing"

	"github.com/dop251/goja"
)

func TestSharedArrayBufferAndAtomics(t *testing.T) {
	vm := goja.New()
	s := NewShared(vm, nil, func(f func()) bool { f(); return true }, func() func() { return func() {} })
	_ = vm.Set("SharedArrayBuffer", s.Constructor())
	_ = vm.Set("Atomics", s.Atomics())
	for _, c := range []struct{ src, want string }{
		{`new SharedArrayBuffer(8).byteLength`, "8"},
		{`new SharedArrayBuffer(8) instanceof ArrayBuffer`, "false"},
		{`Object.prototype.toString.call(new SharedArrayBuffer(1))`, "[object SharedArrayBuffer]"},
		{`var a = new Int8Array(new SharedArrayBuffer(8)); Atomics.add(a, 3, 127); Atomics.add(a, 3, 2); [Atomics.load(a, 3), a[2], a[4]].join()`, "-127,0,0"},
		{`var u = new Uint16Array(new SharedArrayBuffer(8)); Atomics.sub(u, 1, 1); Atomics.exchange(u, 1, 7) + ',' + u[1] + ',' + u[0]`, "65535,7,0"},
		{`var b = new BigInt64Array(new SharedArrayBuffer(16)); Atomics.store(b, 1, -5n); String(Atomics.add(b, 1, 6n)) + String(b[1])`, "-51"},
		{`var i = new Int32Array(new SharedArrayBuffer(8)); Atomics.compareExchange(i, 0, 0, 9) + ',' + Atomics.compareExchange(i, 0, 0, 1) + ',' + i[0]`, "0,9,9"},
		{`Atomics.wait(i, 0, 0)`, "not-equal"},
		{`Atomics.wait(i, 0, 9, 1)`, "timed-out"},
		{`Atomics.notify(i, 0)`, "0"},
		{`var r = Atomics.waitAsync(i, 0, 9); r.async + ',' + Atomics.notify(i, 0, 1)`, "true,1"},
		{`try { Atomics.add(new Float64Array(1), 0, 1) } catch (e) { e.name }`, "TypeError"},
		{`try { Atomics.load(i, 2) } catch (e) { e.name }`, "RangeError"},
		{`Atomics.store(i, 0, 3.7) + ',' + Atomics.store(i, 0, -0)`, "3,0"},
	} {
		v, err := vm.RunString(c.src)
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
			continue
		}
		if v.String() != c.want {
			t.Errorf("%s: %s, want %s", c.src, v, c.want)
		}
	}
}
