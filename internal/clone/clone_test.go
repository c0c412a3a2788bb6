package clone

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/ecma"
)

func codec() *Codec {
	vm := goja.New()
	s := ecma.NewShared(vm, nil, func(f func()) bool { f(); return true }, func() func() { return func() {} })
	_ = vm.Set("SharedArrayBuffer", s.Constructor())
	return &Codec{VM: vm, Shared: s, Fail: func(m string) goja.Value { return vm.ToValue("DataCloneError: " + m) }}
}

func TestRoundTrip(t *testing.T) {
	for src, check := range map[string]string{
		`undefined`:                      `v === undefined`,
		`null`:                           `v === null`,
		`"h\u00e9llo \ud800"`:            `v === "h\u00e9llo \ud800"`,
		`-0`:                             `Object.is(v, -0)`,
		`2n ** 70n`:                      `v === 2n ** 70n`,
		`({ a: 1, b: { c: [1, , 3] } })`: `v.a === 1 && v.b.c.length === 3 && !(1 in v.b.c) && v.b.c[2] === 3`,
		`new Date(5)`:                    `v instanceof Date && +v === 5`,
		`new Date(NaN)`:                  `v instanceof Date && isNaN(v)`,
		`/a+/gi`:                         `v instanceof RegExp && v.source === "a+" && v.flags === "gi"`,
		`new Map([[1, { x: 1 }], ["k", new Set([1, 2])]])`: `v instanceof Map && v.get(1).x === 1 && v.get("k").has(2)`,
		`Object(1)`:                                        `typeof v === "object" && v + 1 === 2`,
		`new TypeError("bad", { cause: 7 })`:               `v instanceof TypeError && v.message === "bad" && v.cause === 7`,
		`Object.assign(new Error("x"), { name: "Mine" })`:  `v.name === "Error" && v.message === "x"`,
		`(() => { const o = {}; o.self = o; return o })()`: `v.self === v`,
		`(() => { const s = {}; return [s, s] })()`:        `v[0] === v[1]`,
		`new Uint8Array([1, 2, 3]).subarray(1)`:            `v instanceof Uint8Array && v.length === 2 && v.byteOffset === 1 && v.buffer.byteLength === 3`,
		`new Float64Array([1.5])`:                          `v[0] === 1.5`,
		`new Uint8ClampedArray([300])`:                     `v instanceof Uint8ClampedArray && v[0] === 255`,
		`new DataView(new ArrayBuffer(4), 1, 2)`:           `v instanceof DataView && v.byteLength === 2 && v.byteOffset === 1`,
		`({ get x() { return 5 } })`:                       `v.x === 5`,
		`(class A { constructor() { this.y = 1 } m() {} }, new (class A { constructor() { this.y = 1 } })())`: `v.y === 1 && v.constructor === Object`,
	} {
		from, to := codec(), codec()
		v, err := from.VM.RunString(src)
		if err != nil {
			t.Fatal(src, err)
		}
		_ = to.VM.Set("v", to.Decode(from.Encode(v, nil)))
		ok, err := to.VM.RunString(check)
		if err != nil || !ok.ToBoolean() {
			t.Errorf("%s: %s is %v %v", src, check, ok, err)
		}
	}
}

func TestSharedMemoryIsShared(t *testing.T) {
	from, to := codec(), codec()
	v, _ := from.VM.RunString(`var a = new Int32Array(new SharedArrayBuffer(8)); a`)
	_ = to.VM.Set("b", to.Decode(from.Encode(v, nil)))
	_, _ = from.VM.RunString(`a[1] = 42`)
	got, err := to.VM.RunString(`b[1] + "," + (b.buffer instanceof SharedArrayBuffer)`)
	if err != nil || got.String() != "42,true" {
		t.Fatal(got, err)
	}
}

func TestTransferDetaches(t *testing.T) {
	from, to := codec(), codec()
	v, _ := from.VM.RunString(`var a = new Uint8Array([1, 2]); a`)
	buf, _ := from.VM.RunString(`a.buffer`)
	_ = to.VM.Set("b", to.Decode(from.Encode(v, []*goja.Object{buf.(*goja.Object)})))
	got, _ := to.VM.RunString(`b.join()`)
	left, _ := from.VM.RunString(`a.length + a.buffer.byteLength`)
	if got.String() != "1,2" || left.ToInteger() != 0 {
		t.Fatal(got, left)
	}
}

func TestUncloneable(t *testing.T) {
	for src, want := range map[string]string{
		`(function f() {})`:     "function f() {} could not be cloned.",
		`Symbol("s")`:           "Symbol(s) could not be cloned.",
		`Promise.resolve()`:     "#<Promise> could not be cloned.",
		`new WeakMap()`:         "#<WeakMap> could not be cloned.",
		`new Proxy({}, {})`:     "#<Object> could not be cloned.",
		`({ a: [{ b() {} }] })`: "b() {} could not be cloned.",
	} {
		c := codec()
		v, _ := c.VM.RunString(src)
		ex := c.VM.Try(func() { c.Encode(v, nil) })
		if ex == nil || ex.Value().String() != "DataCloneError: "+want {
			t.Errorf("%s: %v", src, ex)
		}
	}
}
