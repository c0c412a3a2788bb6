package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// maxDepth bounds what recurses over a script's data, as the size of V8's
// stack does there.
const maxDepth = 7000

type depthKey struct{}

// nested runs f one level deeper; too deep is V8's RangeError.
func nested(r *goja.Runtime, f func() goja.Value) goja.Value {
	d := gojax.RealmValue(r, depthKey{}, func() *int { return new(int) })
	if *d > maxDepth {
		throwRange(r, "Maximum call stack size exceeded")
	}
	*d++
	defer func() { *d-- }()
	return f()
}

func extendArray(t *gojax.Templates) {
	t.ArrayProto.Wrap("join", func(r *goja.Runtime, v goja.Value) goja.Value {
		gojax.WrapCall(gojax.PropValue(v).(*goja.Object), func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				if c.This != nil && !goja.IsUndefined(c.This) && !goja.IsNull(c.This) {
					c = boundJoin(r, c)
				}
				v := nested(r, func() goja.Value { return next(c) })
				if s, ok := v.(goja.String); ok && s.Length() > maxString {
					throwRange(r, "Invalid string length")
				}
				return v
			}
		})
		return v
	})
	putMethods(t.ArrayProto, []builtin{{"flat", 0, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value { return flat(r, c) }
	}}})
	t.ArrayProto.PutSym(goja.SymUnscopables, func(r *goja.Runtime) goja.Value {
		o := r.CreateObject(nil)
		for _, name := range []string{"at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex",
			"flat", "flatMap", "includes", "keys", "toReversed", "toSorted", "toSpliced", "values"} {
			_ = o.Set(name, true)
		}
		return gojax.DataProp(o, false, false, true)
	})
	onFirstUse(t, "Array", func(r *goja.Runtime, ctor *goja.Object) {
		defineMethods(r, ctor, []builtin{{"fromAsync", 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value { return fromAsync(r, c) }
		}}})
	})
}

// boundJoin throws for a result that would be longer than a string can be, by
// its separators alone; only arrays that are mostly holes get there.
func boundJoin(r *goja.Runtime, c goja.FunctionCall) goja.FunctionCall {
	o, ok := c.This.(*goja.Object)
	if !ok || gojax.KindOf(o) != gojax.KindArray && gojax.KindOf(o) != gojax.KindSparseArray {
		return c
	}
	n := lengthOf(o)
	if n < 1<<20 {
		return c
	}
	sep := 1
	if v := c.Argument(0); !goja.IsUndefined(v) {
		s := toString(v)
		c.Arguments = []goja.Value{s}
		sep = s.Length()
	}
	if int64(sep)*(n-1) > maxString {
		throwRange(r, "Invalid string length")
	}
	return c
}

// flat keeps the arrays that it is inside of in a list of its own: they nest
// deeper than the stack of a goroutine can.
func flat(r *goja.Runtime, c goja.FunctionCall) goja.Value {
	o := c.This.ToObject(r)
	n := lengthOf(o)
	depth := 1.0
	if v := c.Argument(0); !goja.IsUndefined(v) {
		depth = integer(v)
	}
	out := gojax.ArraySpeciesCreate(o, 0)
	type level struct {
		o     *goja.Object
		at, n int64
	}
	stack := []level{{o: o, n: n}}
	to := int64(0)
	for len(stack) > 0 {
		l := &stack[len(stack)-1]
		if l.at >= l.n {
			stack = stack[:len(stack)-1]
			continue
		}
		key := r.ToValue(l.at)
		l.at++
		if !gojax.Has(l.o, key) {
			continue
		}
		v := gojax.Get(l.o, key)
		if in, ok := v.(*goja.Object); ok && float64(len(stack)) <= depth && isArray(r, in) {
			if len(stack) > maxDepth {
				throwRange(r, "Maximum call stack size exceeded")
			}
			stack = append(stack, level{o: in, n: lengthOf(in)})
			continue
		}
		gojax.CreateDataProperty(out, r.ToValue(to), v)
		to++
	}
	return out
}

// isArray is IsArray.
func isArray(r *goja.Runtime, o *goja.Object) bool {
	for gojax.KindOf(o) == gojax.KindProxy {
		t := gojax.ProxyTarget(o)
		if t == nil {
			throwType(r, "Cannot perform 'IsArray' on a proxy that has been revoked")
		}
		o = t
	}
	return o.ClassName() == "Array"
}

// arrayFromAsync is one call of Array.fromAsync on its way.
type arrayFromAsync struct {
	r       *goja.Runtime
	resolve func(any) error
	reject  func(any) error
	mapper  call
	thisArg goja.Value
	out     *goja.Object
	k       int64
	// what is iterated: an iterator, or an array-like of n elements
	it   *iterator
	sync bool
	like *goja.Object
	n    int64
}

func fromAsync(r *goja.Runtime, c goja.FunctionCall) goja.Value {
	p, resolve, reject := r.NewPromise()
	f := &arrayFromAsync{r: r, resolve: resolve, reject: reject, thisArg: c.Argument(2)}
	f.try(func() { f.start(c) })
	return r.ToValue(p)
}

// try runs a piece of the work; what it throws rejects the promise.
func (f *arrayFromAsync) try(work func()) {
	if ex := f.r.Try(work); ex != nil {
		_ = f.reject(ex.Value())
	}
}

func (f *arrayFromAsync) start(c goja.FunctionCall) {
	r := f.r
	if m := c.Argument(1); !goja.IsUndefined(m) {
		if f.mapper = function(m); f.mapper == nil {
			throwType(r, "%s is not a function", describe(m))
		}
	}
	items := c.Argument(0)
	using := methodOf(r, items, SymAsyncIterator)
	if using == nil {
		using = methodOf(r, items, goja.SymIterator)
		f.sync = true
	}
	construct, isCtor := goja.AssertConstructor(c.This)
	create := func(args ...goja.Value) *goja.Object {
		if !isCtor {
			a := r.NewArray()
			if len(args) > 0 {
				gojax.Set(a, r.ToValue("length"), args[0])
			}
			return a
		}
		o, err := construct(nil, args...)
		if err != nil {
			panic(err)
		}
		return o
	}
	if using != nil {
		f.out = create()
		f.it = iteratorFrom(r, items, using)
		f.step()
		return
	}
	f.like = items.ToObject(r)
	f.n = lengthOf(f.like)
	f.out = create(r.ToValue(f.n))
	f.nextElement()
}

func (f *arrayFromAsync) finish() {
	gojax.Set(f.out, f.r.ToValue("length"), f.r.ToValue(f.k))
	_ = f.resolve(f.out)
}

// step asks the iterator for its next value.
func (f *arrayFromAsync) step() {
	if f.sync {
		f.stepSync()
		return
	}
	if f.it.fn == nil {
		throwType(f.r, "%s is not a function", describe(f.it.next))
	}
	res := f.it.fn(goja.FunctionCall{This: f.it.obj})
	f.await(res, func(v goja.Value) {
		o, ok := v.(*goja.Object)
		if !ok {
			throwType(f.r, "Iterator result %s is not an object", describe(v))
		}
		f.stepped(o)
	}, nil)
}

func (f *arrayFromAsync) stepped(o *goja.Object) {
	if getStr(o, "done").ToBoolean() {
		f.finish()
		return
	}
	f.element(getStr(o, "value"))
}

// stepSync is the next method of an Async-from-Sync Iterator.
func (f *arrayFromAsync) stepSync() {
	r := f.r
	p, resolve, reject := r.NewPromise()
	ex := r.Try(func() {
		o := f.it.result()
		done := getStr(o, "done").ToBoolean()
		v := getStr(o, "value")
		var wrapped *goja.Object
		if ex := r.Try(func() { wrapped = gojax.PromiseResolve(r, v) }); ex != nil {
			if !done {
				f.it.abandon()
			}
			panic(ex)
		}
		gojax.Then(r, wrapped, func(v goja.Value) { _ = resolve(gojax.IterResult(r, v, done)) }, func(e goja.Value) {
			if !done {
				f.it.abandon()
			}
			_ = reject(e)
		})
	})
	if ex != nil {
		_ = reject(ex.Value())
	}
	f.await(r.ToValue(p), func(v goja.Value) { f.stepped(v.(*goja.Object)) }, nil)
}

// await goes on with what v is settled with; failed is called before the
// promise is rejected.
func (f *arrayFromAsync) await(v goja.Value, then func(goja.Value), failed func(func())) {
	p := gojax.PromiseResolve(f.r, v)
	gojax.Then(f.r, p, func(v goja.Value) { f.try(func() { then(v) }) }, func(e goja.Value) {
		if failed == nil {
			_ = f.reject(e)
			return
		}
		failed(func() { _ = f.reject(e) })
	})
}

// element maps a value and puts it into the array.
func (f *arrayFromAsync) element(v goja.Value) {
	if f.mapper == nil {
		f.put(v)
		return
	}
	ex := f.r.Try(func() {
		m := f.mapper(goja.FunctionCall{This: f.thisArg, Arguments: []goja.Value{v, f.r.ToValue(f.k)}})
		f.await(m, f.put, f.close)
	})
	if ex != nil {
		f.close(func() { _ = f.reject(ex.Value()) })
	}
}

func (f *arrayFromAsync) put(v goja.Value) {
	ex := f.r.Try(func() { gojax.CreateDataProperty(f.out, f.r.ToValue(f.k), v) })
	if ex != nil {
		f.close(func() { _ = f.reject(ex.Value()) })
		return
	}
	f.k++
	if f.it != nil {
		f.step()
	} else {
		f.nextElement()
	}
}

// close is AsyncIteratorClose with a throw completion, then.
func (f *arrayFromAsync) close(then func()) {
	if f.it == nil {
		then()
		return
	}
	if f.sync {
		f.it.abandon()
		then()
		return
	}
	var res goja.Value
	ex := f.r.Try(func() {
		if ret := methodOf(f.r, f.it.obj, f.r.ToValue("return")); ret != nil {
			res = ret(goja.FunctionCall{This: f.it.obj})
		}
	})
	if ex != nil || res == nil {
		then()
		return
	}
	if ex := f.r.Try(func() {
		gojax.Then(f.r, gojax.PromiseResolve(f.r, res), func(goja.Value) { then() }, func(goja.Value) { then() })
	}); ex != nil {
		then()
	}
}

func (f *arrayFromAsync) nextElement() {
	if f.k >= f.n {
		f.finish()
		return
	}
	f.await(gojax.Get(f.like, f.r.ToValue(f.k)), f.element, nil)
}
