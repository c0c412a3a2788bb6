package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// asyncIterator is ECMA-262's Iterator Record of an async iterator. That of a
// sync one is not made for scripts to see (%AsyncFromSyncIteratorPrototype%
// is nowhere accessible): its methods are called directly.
type asyncIterator struct {
	*iterator
	sync bool
}

// asyncIteratorOf is GetIterator(v, async).
func asyncIteratorOf(r *goja.Runtime, v goja.Value) asyncIterator {
	if m := methodOf(r, v, SymAsyncIterator); m != nil {
		o, ok := m(goja.FunctionCall{This: v}).(*goja.Object)
		if !ok {
			throwType(r, "Result of the Symbol.asyncIterator method is not an object")
		}
		return asyncIterator{direct(r, o), false}
	}
	m := methodOf(r, v, goja.SymIterator)
	if m == nil {
		throwType(r, "%s is not async iterable", describe(v))
	}
	return asyncIterator{iteratorFrom(r, v, m), true}
}

// call calls next; its result is to be awaited.
func (it asyncIterator) callNext(args ...goja.Value) goja.Value {
	if it.sync {
		return it.adapt(true, func() *goja.Object { return it.result(args...) })
	}
	if it.fn == nil {
		throwType(it.r, "%s is not a function", describe(it.next))
	}
	return it.fn(goja.FunctionCall{This: it.obj, Arguments: args})
}

// method is the iterator's return or throw method, nil if it has none.
func (it asyncIterator) method(name string) func(args ...goja.Value) goja.Value {
	if !it.sync {
		m := methodOf(it.r, it.obj, it.r.ToValue(name))
		if m == nil {
			return nil
		}
		return func(args ...goja.Value) goja.Value { return m(goja.FunctionCall{This: it.obj, Arguments: args}) }
	}
	return func(args ...goja.Value) goja.Value {
		return it.adapt(name == "throw", func() *goja.Object {
			m := methodOf(it.r, it.obj, it.r.ToValue(name))
			if m == nil {
				if name == "return" {
					var v goja.Value = undefined()
					if len(args) > 0 {
						v = args[0]
					}
					return gojax.IterResult(it.r, v, true).(*goja.Object)
				}
				it.close()
				throwType(it.r, "The iterator does not provide a 'throw' method")
			}
			res := m(goja.FunctionCall{This: it.obj, Arguments: args})
			o, ok := res.(*goja.Object)
			if !ok {
				throwType(it.r, "Iterator result %s is not an object", describe(res))
			}
			return o
		})
	}
}

// adapt is AsyncFromSyncIteratorContinuation of what f gives back.
func (it asyncIterator) adapt(closes bool, f func() *goja.Object) goja.Value {
	p, resolve, reject := it.r.NewPromise()
	ex := it.r.Try(func() {
		o := f()
		done := getStr(o, "done").ToBoolean()
		v := getStr(o, "value")
		closes = closes && !done
		var wrapped *goja.Object
		if ex := it.r.Try(func() { wrapped = gojax.PromiseResolve(it.r, v) }); ex != nil {
			if closes {
				it.abandon()
			}
			panic(ex)
		}
		gojax.Then(it.r, wrapped, func(v goja.Value) {
			_ = resolve(gojax.IterResult(it.r, v, done))
		}, func(e goja.Value) {
			if closes {
				it.abandon()
			}
			_ = reject(e)
		})
	})
	if ex != nil {
		_ = reject(ex.Value())
	}
	return it.r.ToValue(p)
}

// forAwait is what a lowered for await loop calls: with what it iterates over,
// it returns a function that is known by how many arguments it gets.
func forAwait(r *goja.Runtime) *goja.Object {
	type key struct{}
	return gojax.RealmValue(r, key{}, func() *goja.Object {
		return gojax.NewFunc(r, "", 1, func(c goja.FunctionCall) goja.Value {
			l := &awaitLoop{r: r, it: asyncIteratorOf(r, c.Argument(0))}
			return gojax.NewFunc(r, "", 0, l.call)
		})
	})
}

// awaitLoop is a running for await.
type awaitLoop struct {
	r      *goja.Runtime
	it     asyncIterator
	open   bool // leaving the loop closes the iterator
	result *goja.Object
	closed goja.Value
}

func (l *awaitLoop) call(c goja.FunctionCall) goja.Value {
	switch len(c.Arguments) {
	case 0: // the next result, to be awaited
		l.open = false
		return l.it.callNext()
	case 1: // was that the end?
		o, ok := c.Arguments[0].(*goja.Object)
		if !ok {
			throwType(l.r, "Iterator result %s is not an object", describe(c.Arguments[0]))
		}
		l.result = o
		return l.r.ToValue(getStr(o, "done").ToBoolean())
	case 2: // its value
		v := getStr(l.result, "value")
		l.open = true
		return v
	case 3: // the body has thrown: is there something to be awaited? What closing throws is lost.
		if !l.open {
			return l.r.ToValue(false)
		}
		return l.r.ToValue(l.r.Try(func() { l.end() }) == nil && l.closed != nil)
	case 4: // the body has ended the loop: is there something to be awaited?
		if l.open {
			l.end()
		}
		return l.r.ToValue(l.closed != nil)
	case 5:
		v := l.closed
		l.closed = nil
		return v
	}
	if v := c.Arguments[0]; !isObject(v) {
		throwType(l.r, "%s is not an object", describe(v))
	}
	return undefined()
}

func (l *awaitLoop) end() {
	l.open = false
	if ret := l.it.method("return"); ret != nil {
		l.closed = ret()
	}
}
