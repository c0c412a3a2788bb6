package util

import (
	"bytes"
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/inspect"
)

// How two values are compared.
type mode int

const (
	loose mode = iota
	strict
	partial
	strictIgnoringPrototypes
)

// comparer is the deep comparison of assert and util.isDeepStrictEqual.
type comparer struct {
	env bindings.Env
	vm  *goja.Runtime
	in  *inspect.Inspector

	setHas, mapHas, mapGet, objectToString goja.Callable
}

// comparison is one call: the pairs under comparison are on its stack, so that
// cycles end.
type comparison struct {
	*comparer
	mode mode
	memo map[*goja.Object]bool
}

func comparisonsModule(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	method := func(class, name string) goja.Callable {
		fn, _ := goja.AssertFunction(vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object).Get(name))
		return fn
	}
	cmp := &comparer{env: env, vm: vm, in: engine(env), setHas: method("Set", "has"), mapHas: method("Map", "has"),
		mapGet: method("Map", "get"), objectToString: method("Object", "toString")}
	equal := func(m mode) func(c goja.FunctionCall) goja.Value {
		return func(c goja.FunctionCall) goja.Value {
			x := comparison{comparer: cmp, mode: m}
			return vm.ToValue(x.equal(c.Argument(0), c.Argument(1)))
		}
	}
	define(env, o, "isDeepEqual", 3, func(c goja.FunctionCall) goja.Value {
		return equal(mode(c.Argument(2).ToInteger()))(c)
	})
	define(env, o, "isLooseDeepEqual", 2, equal(loose))
	define(env, o, "isDeepStrictEqual", 2, equal(strict))
	define(env, o, "isPartialStrictEqual", 2, equal(partial))
	return o
}

// equal compares the actual value a with the expected value b.
func (c *comparison) equal(a, b goja.Value) bool {
	oa, isA := a.(*goja.Object)
	ob, isB := b.(*goja.Object)
	if isA && isB {
		if oa == ob {
			return true
		}
		fa, fb := callable(oa), callable(ob)
		if fa || fb {
			// Functions are equal only to themselves.
			return false
		}
		return c.objects(oa, ob)
	}
	if isA || isB {
		return false
	}
	if c.mode != loose {
		return a.SameAs(b)
	}
	if a.Equals(b) {
		return true
	}
	return goja.IsNumber(a) && goja.IsNumber(b) && math.IsNaN(a.ToFloat()) && math.IsNaN(b.ToFloat())
}

func callable(o *goja.Object) bool {
	k := gojax.KindOf(o)
	if k == gojax.KindProxy {
		_, ok := goja.AssertFunction(o)
		return ok
	}
	return k.IsFunction()
}

func (c *comparison) tag(o *goja.Object, k gojax.Kind) string {
	v, err := c.objectToString(o)
	if err != nil {
		panic(err)
	}
	return v.String()
}

func (c *comparison) objects(a, b *goja.Object) bool {
	ka, kb := gojax.KindOf(a), gojax.KindOf(b)
	if c.mode == strict && a.Prototype() != b.Prototype() && !c.sameConstructor(a, b) {
		return false
	}
	if (ka != kb || ka == gojax.KindOrdinary || c.hasTag(a) || c.hasTag(b)) && c.tag(a, ka) != c.tag(b, kb) {
		return false
	}
	isArrayA, isArrayB := isArrayKind(a, ka), isArrayKind(b, kb)
	if isArrayA || isArrayB {
		if !isArrayA || !isArrayB {
			return false
		}
		return c.arrays(a, b)
	}
	switch {
	case ka == gojax.KindDate || kb == gojax.KindDate:
		if ka != kb {
			return false
		}
		ma, _ := gojax.DateValue(a)
		mb, _ := gojax.DateValue(b)
		if ma != mb {
			return false
		}
	case ka == gojax.KindRegExp || kb == gojax.KindRegExp:
		if ka != kb || !sameProps(a, b, "source", "flags", "lastIndex") {
			return false
		}
	case ka == gojax.KindTypedArray || kb == gojax.KindTypedArray || ka == gojax.KindDataView || kb == gojax.KindDataView:
		if ka != kb || !c.views(a, b, ka) {
			return false
		}
		return c.keyed(a, b, nonIndex(a), nonIndex(b), nil)
	case ka == gojax.KindSet || kb == gojax.KindSet:
		if ka != kb {
			return false
		}
		na, nb := gojax.Size(a), gojax.Size(b)
		if na != nb && (c.mode != partial || na < nb) {
			return false
		}
		return c.keyed(a, b, a.Keys(), b.Keys(), c.sets)
	case ka == gojax.KindMap || kb == gojax.KindMap:
		if ka != kb {
			return false
		}
		na, nb := gojax.Size(a), gojax.Size(b)
		if na != nb && (c.mode != partial || na < nb) {
			return false
		}
		return c.keyed(a, b, a.Keys(), b.Keys(), c.maps)
	case ka == gojax.KindArrayBuffer || kb == gojax.KindArrayBuffer:
		if ka != kb || c.in.IsShared(a) != c.in.IsShared(b) {
			return false
		}
		ba, _ := c.env.Bytes(a)
		bb, _ := c.env.Bytes(b)
		if c.mode == partial {
			if !bytes.Contains(ba, bb) {
				return false
			}
		} else if !bytes.Equal(ba, bb) {
			return false
		}
	case gojax.Primitive(a) != nil || gojax.Primitive(b) != nil:
		pa, pb := gojax.Primitive(a), gojax.Primitive(b)
		if pa == nil || pb == nil || !sameType(pa, pb) || !pa.SameAs(pb) {
			return false
		}
	case c.in.IsError(a) || c.in.IsError(b):
		if !c.in.IsError(a) || !c.in.IsError(b) || !c.errorSlots(a, b) {
			return false
		}
	case ka == gojax.KindWeakMap, ka == gojax.KindWeakSet, ka == gojax.KindPromise,
		kb == gojax.KindWeakMap, kb == gojax.KindWeakSet, kb == gojax.KindPromise:
		return false
	case ka == gojax.KindOrdinary || ka == gojax.KindDynamic:
		if done, same := c.hostObjects(a, b); done && !same {
			return false
		}
	}
	if c.mode != loose {
		if pa, ok := gojax.Enumerable(a); ok {
			if pb, ok := gojax.Enumerable(b); ok {
				return c.plain(a, b, pa, pb)
			}
		}
	}
	return c.keyed(a, b, a.Keys(), b.Keys(), nil)
}

// plain compares two plain objects without asking the engine for each key.
func (c *comparison) plain(a, b *goja.Object, pa, pb []gojax.Named) bool {
	if c.mode != partial && len(pa) != len(pb) {
		return false
	}
	if len(pb) == 0 {
		return true
	}
	find := func(i int, name string) *gojax.Property {
		if i < len(pa) && pa[i].Name == name { // most objects have their keys in one order
			return &pa[i].Property
		}
		for i := range pa {
			if pa[i].Name == name {
				return &pa[i].Property
			}
		}
		return nil
	}
	if len(pb) > 32 { // a search for each key would be quadratic
		return c.keyed(a, b, a.Keys(), b.Keys(), nil)
	}
	for i := range pb {
		if find(i, pb[i].Name) == nil {
			return false
		}
	}
	if done, same := c.enter(a, b); done {
		return same
	}
	defer c.leave(a, b)
	for i := range pb {
		p, q := find(i, pb[i].Name), &pb[i].Property
		va, vb := p.Value, q.Value
		if p.Accessor {
			va = get(a, pb[i].Name)
		}
		if q.Accessor {
			vb = get(b, pb[i].Name)
		}
		if !c.equal(va, vb) {
			return false
		}
	}
	return true
}

// enter notes that a and b are being compared; done if they are already.
func (c *comparison) enter(a, b *goja.Object) (done, same bool) {
	if c.memo == nil {
		c.memo = map[*goja.Object]bool{}
	}
	seenA, seenB := c.memo[a], c.memo[b]
	if seenA || seenB {
		return true, seenA && seenB
	}
	c.memo[a], c.memo[b] = true, true
	return false, false
}

func (c *comparison) leave(a, b *goja.Object) {
	delete(c.memo, a)
	delete(c.memo, b)
}

// hostObjects compares what classes of Node hold outside of properties: URLs and keys.
func (c *comparison) hostObjects(a, b *goja.Object) (done, same bool) {
	p := a.Prototype()
	if p == nil {
		return false, false
	}
	ctor, ok := get(p, "constructor").(*goja.Object)
	if !ok {
		return false, false
	}
	name := get(ctor, "name")
	if name == nil {
		return false, false
	}
	switch name.String() {
	case "URL":
		ha, hb := get(a, "href"), get(b, "href")
		if ha != nil && hb != nil && goja.IsString(ha) && goja.IsString(hb) {
			return true, ha.SameAs(hb)
		}
	case "CryptoKey":
		fn, ok := goja.AssertFunction(c.env.Require("internal/crypto/cryptokey").Get("cryptoKeysEqual"))
		if !ok {
			return false, false
		}
		v, err := fn(goja.Undefined(), a, b)
		if err != nil {
			panic(err)
		}
		return true, v.ToBoolean()
	case "PublicKeyObject", "PrivateKeyObject", "SecretKeyObject":
		fn, ok := goja.AssertFunction(get(a, "equals"))
		if !ok {
			return false, false
		}
		v, err := fn(a, b)
		if err != nil {
			panic(err)
		}
		return true, v.ToBoolean()
	}
	return false, false
}

// sameConstructor reports whether two objects of different prototypes are of
// one class all the same: both inherit one constructor.
func (c *comparison) sameConstructor(a, b *goja.Object) bool {
	key := c.vm.ToValue("constructor")
	ctor := gojax.Get(a, key)
	if _, own := gojax.GetOwn(a, key); own || goja.IsUndefined(ctor) {
		return false
	}
	return ctor.SameAs(gojax.Get(b, key))
}

func (c *comparison) hasTag(o *goja.Object) bool {
	_, ok := gojax.GetOwn(o, goja.SymToStringTag)
	return ok
}

func isArrayKind(o *goja.Object, k gojax.Kind) bool {
	for k == gojax.KindProxy {
		if o = gojax.ProxyTarget(o); o == nil {
			return false
		}
		k = gojax.KindOf(o)
	}
	return k == gojax.KindArray || k == gojax.KindSparseArray || k == gojax.KindDynamicArray
}

func sameType(a, b goja.Value) bool {
	_, sa := a.(*goja.Symbol)
	_, sb := b.(*goja.Symbol)
	return sa == sb && goja.IsNumber(a) == goja.IsNumber(b) && goja.IsString(a) == goja.IsString(b) && goja.IsBigInt(a) == goja.IsBigInt(b)
}

func sameProps(a, b *goja.Object, names ...string) bool {
	for _, n := range names {
		if !get(a, n).StrictEquals(get(b, n)) {
			return false
		}
	}
	return true
}

// errorSlots compares an error's properties that are not enumerable; those
// that are come with the other keys.
func (c *comparison) errorSlots(a, b *goja.Object) bool {
	for _, n := range []string{"message", "name", "cause", "errors"} {
		key := c.vm.ToValue(n)
		da, inA := gojax.GetOwn(a, key)
		db, inB := gojax.GetOwn(b, key)
		if inA && da.Enumerable {
			continue
		}
		if inB && db.Enumerable {
			return false
		}
		if n == "cause" || n == "errors" {
			if c.mode == partial && !inB {
				continue
			}
			if inA != inB {
				return false
			}
		}
		if !c.equal(gojax.Get(a, key), gojax.Get(b, key)) {
			return false
		}
	}
	return true
}

func nonIndex(o *goja.Object) []string {
	if !gojax.HasNamedProperties(o) {
		return nil
	}
	keys := o.Keys()
	kept := keys[:0]
	for _, k := range keys {
		if !inspect.IsIndex(k) {
			kept = append(kept, k)
		}
	}
	return kept
}

func (c *comparison) views(a, b *goja.Object, k gojax.Kind) bool {
	float := false
	if k == gojax.KindTypedArray {
		na, nb := c.in.TypedArrayName(a), c.in.TypedArrayName(b)
		if na != nb {
			return false
		}
		float = na == "Float64Array" || na == "Float32Array" || na == "Float16Array"
	}
	ba, _ := c.env.Bytes(a)
	bb, _ := c.env.Bytes(b)
	if c.mode == partial {
		return bytes.Contains(ba, bb) || subsequence(ba, bb)
	}
	if len(ba) != len(bb) {
		return false
	}
	if bytes.Equal(ba, bb) && !(float && c.mode == loose) {
		return true
	}
	if !float || c.mode != loose {
		return false
	}
	n := int(get(a, "length").ToInteger())
	for i := range n {
		va, vb := gojax.Get(a, c.vm.ToValue(i)).ToFloat(), gojax.Get(b, c.vm.ToValue(i)).ToFloat()
		if va != vb {
			return false
		}
	}
	return true
}

// subsequence reports whether sub's bytes occur in b in order.
func subsequence(b, sub []byte) bool {
	i := 0
	for _, x := range b {
		if i < len(sub) && x == sub[i] {
			i++
		}
	}
	return i == len(sub)
}

func (c *comparison) arrays(a, b *goja.Object) bool {
	la, lb := int(get(a, "length").ToInteger()), int(get(b, "length").ToInteger())
	if la != lb && (c.mode != partial || la < lb) {
		return false
	}
	return c.keyed(a, b, nonIndex(a), nonIndex(b), func(a, b *goja.Object) bool {
		if c.mode == partial {
			return c.partialArray(a, b, la, lb)
		}
		return c.elements(a, b, la)
	})
}

func (c *comparison) elements(a, b *goja.Object, n int) bool {
	va, okA := gojax.Elements(a)
	vb, okB := gojax.Elements(b)
	if okA && okB && len(va) == len(vb) && len(va) == n {
		for i := range va {
			x, y := va[i], vb[i]
			if x == nil || y == nil {
				if (x == nil) != (y == nil) && c.mode != loose {
					return false
				}
				if x == nil {
					x = goja.Undefined()
				}
				if y == nil {
					y = goja.Undefined()
				}
				if c.mode == loose && (va[i] == nil) != (vb[i] == nil) {
					return false
				}
			}
			if !c.equal(x, y) {
				return false
			}
			// A getter or proxy below may have changed the arrays.
			if i+1 < len(va) && len(va) != len(vb) {
				return false
			}
		}
		return true
	}
	ka, kb := a.Keys(), b.Keys()
	ia, ib := indexes(ka), indexes(kb)
	if len(ia) != len(ib) {
		return false
	}
	for i, k := range ia {
		if ib[i] != k || !c.equal(get(a, k), get(b, k)) {
			return false
		}
	}
	return true
}

func indexes(keys []string) []string {
	for i, k := range keys {
		if !inspect.IsIndex(k) {
			return keys[:i]
		}
	}
	return keys
}

func get(o *goja.Object, key string) goja.Value {
	if v := o.Get(key); v != nil {
		return v
	}
	return goja.Undefined()
}

// partialArray looks for the expected elements in order. From the first hole
// on only elements that exist are compared.
func (c *comparison) partialArray(a, b *goja.Object, la, lb int) bool {
	pos := 0
	for i := range lb {
		key := c.vm.ToValue(i)
		if _, has := gojax.GetOwn(b, key); !has {
			return c.partialSparse(a, b, pos, i)
		}
		want := gojax.Get(b, key)
		found := false
		for ; pos < la && !found; pos++ {
			if la-pos < lb-i {
				return false
			}
			k := c.vm.ToValue(pos)
			if _, has := gojax.GetOwn(a, k); !has {
				return c.partialSparse(a, b, pos, i)
			}
			found = c.equal(gojax.Get(a, k), want)
		}
		if !found {
			return false
		}
	}
	return true
}

func (c *comparison) partialSparse(a, b *goja.Object, fromA, fromB int) bool {
	rest := func(o *goja.Object, from int) []string {
		keys := indexes(o.Keys())
		for i, k := range keys {
			if n, _ := strconv.Atoi(k); n >= from {
				return keys[i:]
			}
		}
		return nil
	}
	ka, kb := rest(a, fromA), rest(b, fromB)
	i := 0
	for _, k := range kb {
		for i < len(ka) && !c.equal(get(a, ka[i]), get(b, k)) {
			i++
		}
		if i++; i > len(ka) {
			return false
		}
	}
	return true
}

// keyed compares own enumerable properties, then the contents.
func (c *comparison) keyed(a, b *goja.Object, keysA, keysB []string, contents func(a, b *goja.Object) bool) bool {
	if c.mode != partial && len(keysA) != len(keysB) {
		return false
	}
	for _, k := range keysB {
		if d, ok := gojax.GetOwn(a, c.vm.ToValue(k)); !ok || !d.Enumerable {
			return false
		}
	}
	var symbols []*goja.Symbol
	if c.mode != loose {
		symbols = b.Symbols()
		if c.mode != partial && len(symbols) != len(a.Symbols()) {
			return false
		}
		for _, s := range symbols {
			if d, ok := gojax.GetOwn(a, s); !ok || !d.Enumerable {
				return false
			}
		}
	}
	if len(keysB)+len(symbols) == 0 && contents == nil {
		return true
	}
	if done, same := c.enter(a, b); done {
		return same
	}
	defer c.leave(a, b)
	if contents != nil && !contents(a, b) {
		return false
	}
	for _, k := range keysB {
		key := c.vm.ToValue(k)
		if !c.equal(gojax.Get(a, key), gojax.Get(b, key)) {
			return false
		}
	}
	for _, s := range symbols {
		if !c.equal(gojax.Get(a, s), gojax.Get(b, s)) {
			return false
		}
	}
	return true
}

func (c *comparison) has(fn goja.Callable, o *goja.Object, v goja.Value) bool {
	r, err := fn(o, v)
	if err != nil {
		panic(err)
	}
	return r.ToBoolean()
}

func entries(o *goja.Object) (keys, values []goja.Value) {
	gojax.Entries(o, func(k, v goja.Value) bool {
		keys, values = append(keys, k), append(values, v)
		return true
	})
	return keys, values
}

func isPlainObject(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && !callable(o)
}

func (c *comparison) sets(a, b *goja.Object) bool {
	kb, _ := entries(b)
	var missing []goja.Value
	for _, v := range kb {
		if c.has(c.setHas, a, v) {
			continue
		}
		if !isPlainObject(v) && c.mode != loose {
			return false
		}
		missing = append(missing, v)
	}
	if len(missing) == 0 {
		return true
	}
	ka, _ := entries(a)
	var left []goja.Value
	for _, v := range ka {
		if c.mode == partial || !c.has(c.setHas, b, v) {
			if !isPlainObject(v) && c.mode == strict {
				return false
			}
			left = append(left, v)
		}
	}
	used := make([]bool, len(left))
next:
	for _, want := range missing {
		for i, v := range left {
			if !used[i] && isPlainObject(v) == isPlainObject(want) && c.equal(v, want) {
				used[i] = true
				continue next
			}
		}
		return false
	}
	return true
}

func (c *comparison) maps(a, b *goja.Object) bool {
	kb, vb := entries(b)
	var mk, mv []goja.Value // expected entries that need a search
	direct := 0
	for i, k := range kb {
		if !isPlainObject(k) {
			got, err := c.mapGet(a, k)
			if err != nil {
				panic(err)
			}
			if (!goja.IsUndefined(got) || c.has(c.mapHas, a, k)) && c.equal(got, vb[i]) {
				direct++
				continue
			}
			if c.mode != loose {
				return false
			}
		}
		mk, mv = append(mk, k), append(mv, vb[i])
	}
	if len(mk) == 0 {
		return true
	}
	ka, va := entries(a)
	used := make([]bool, len(ka))
	for i, k := range ka { // what has matched by identity is not free
		if !isPlainObject(k) && c.has(c.mapHas, b, k) {
			v, err := c.mapGet(b, k)
			if err != nil {
				panic(err)
			}
			used[i] = c.equal(va[i], v)
		}
	}
next:
	for i, want := range mk {
		// The same object as key is the likely match.
		for pass := range 2 {
			for j, k := range ka {
				if used[j] || isPlainObject(k) != isPlainObject(want) {
					continue
				}
				if pass == 0 && k != want || pass == 1 && k == want {
					continue
				}
				if pass == 1 && c.mode == loose && !isPlainObject(k) && k.SameAs(want) {
					continue
				}
				if c.equal(k, want) && c.equal(va[j], mv[i]) {
					used[j] = true
					continue next
				}
			}
		}
		return false
	}
	return true
}
