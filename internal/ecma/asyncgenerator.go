package ecma

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/stack"
)

// asyncIntrinsics are the objects behind async generators (ECMA-262, sections
// 27.1.5, 27.4 and 27.6).
type asyncIntrinsics struct {
	iterator  *goja.Object // %AsyncIteratorPrototype%
	function  *goja.Object // %AsyncGeneratorFunction.prototype%
	generator *goja.Object // %AsyncGeneratorPrototype%
}

func extendAsync(t *gojax.Templates) {
	t.Async = &gojax.AsyncHooks{
		Prototypes: func(r *goja.Runtime) (*goja.Object, *goja.Object) {
			i := asyncOf(r)
			return i.function, i.generator
		},
		ForAwait: forAwait,
	}
}

// AsyncIteratorPrototype is %AsyncIteratorPrototype%.
func AsyncIteratorPrototype(r *goja.Runtime) *goja.Object { return asyncOf(r).iterator }

func asyncOf(r *goja.Runtime) *asyncIntrinsics {
	type key struct{}
	return gojax.RealmValue(r, key{}, func() *asyncIntrinsics {
		i := &asyncIntrinsics{iterator: r.NewObject(), function: r.NewObject(), generator: r.NewObject()}
		tag := func(o *goja.Object, name string) {
			_ = o.DefineDataPropertySymbol(goja.SymToStringTag, r.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		link := func(o *goja.Object, name string, v goja.Value) {
			_ = o.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		symbol := func(s *goja.Symbol, name string, f call) {
			_ = i.iterator.DefineDataPropertySymbol(s, gojax.NewFunc(r, name, 0, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		symbol(SymAsyncIterator, "[Symbol.asyncIterator]", func(c goja.FunctionCall) goja.Value { return c.This })
		symbol(SymAsyncDispose, "[Symbol.asyncDispose]", func(c goja.FunctionCall) goja.Value { return disposeAsyncIterator(r, c.This) })
		_ = i.generator.SetPrototype(i.iterator)
		_ = i.function.SetPrototype(r.Get("Function").(*goja.Object).Get("prototype").(*goja.Object))
		link(i.function, "prototype", i.generator)
		link(i.generator, "constructor", i.function)
		tag(i.function, "AsyncGeneratorFunction")
		defineMethods(r, i.generator, []builtin{
			asyncMethod("next", resumeNext), asyncMethod("return", resumeReturn), asyncMethod("throw", resumeThrow),
		})
		tag(i.generator, "AsyncGenerator")
		newAsyncGeneratorFunction(r, i.function)
		return i
	})
}

// newAsyncGeneratorFunction makes %AsyncGeneratorFunction% (27.4.1).
func newAsyncGeneratorFunction(r *goja.Runtime, proto *goja.Object) {
	var ctor *goja.Object
	construct := func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if newTarget == nil {
			newTarget = ctor
		}
		fn := dynamicAsyncGenerator(r, args)
		_ = fn.SetPrototype(gojax.PrototypeFor(r, newTarget, ctor, proto))
		return fn
	}
	ctor = gojax.NativeConstructor(r, "AsyncGeneratorFunction", 1, proto, func(c goja.FunctionCall) goja.Value {
		return construct(c.Arguments, nil)
	}, construct)
	_ = ctor.SetPrototype(r.Get("Function").(*goja.Object))
	_ = ctor.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = proto.DefineDataProperty("constructor", ctor, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// dynamicAsyncGenerator is CreateDynamicFunction.
func dynamicAsyncGenerator(r *goja.Runtime, args []goja.Value) *goja.Object {
	var params []string
	body := ""
	for i, a := range args {
		if s := toString(a).String(); i == len(args)-1 {
			body = s
		} else {
			params = append(params, s)
		}
	}
	text := func(params, body string) string {
		return "(async function* anonymous(" + params + "\n) {\n" + body + "\n})"
	}
	list := strings.Join(params, ",")
	var prg *goja.Program
	for _, src := range []string{text(list, ""), text("", body), text(list, body)} { // neither part may end the other
		p, err := compile.Script("", src)
		if err != nil {
			msg := err.Error()
			if se, ok := err.(*compile.SyntaxError); ok {
				msg = se.Message
			}
			o, nerr := r.New(r.Get("SyntaxError"), r.ToValue(msg))
			if nerr != nil {
				panic(nerr)
			}
			panic(o)
		}
		prg = p
	}
	v, err := r.RunProgram(prg)
	if err != nil {
		panic(err)
	}
	return v.(*goja.Object)
}

// disposeAsyncIterator is %AsyncIteratorPrototype%[Symbol.asyncDispose].
func disposeAsyncIterator(r *goja.Runtime, this goja.Value) goja.Value {
	p, resolve, reject := r.NewPromise()
	ex := r.Try(func() {
		ret := methodOf(r, this, r.ToValue("return"))
		if ret == nil {
			_ = resolve(undefined())
			return
		}
		wrapped := gojax.PromiseResolve(r, ret(goja.FunctionCall{This: this}))
		gojax.Then(r, wrapped, func(goja.Value) { _ = resolve(undefined()) }, func(e goja.Value) { _ = reject(e) })
	})
	if ex != nil {
		_ = reject(ex.Value())
	}
	return r.ToValue(p)
}

// resumption is how an async generator is asked to go on.
type resumption uint8

const (
	resumeNext resumption = iota
	resumeThrow
	resumeReturn
)

// asyncRequest is an AsyncGeneratorRequest Record.
type asyncRequest struct {
	kind            resumption
	value           goja.Value
	resolve, reject func(any) error
}

type asyncState uint8

const (
	asyncStart asyncState = iota
	asyncYield
	asyncExecuting
	asyncDraining
	asyncCompleted
)

// asyncGenerator drives the body of an async generator object.
type asyncGenerator struct {
	r        *goja.Runtime
	body     *gojax.AsyncGenerator
	state    asyncState
	queue    []asyncRequest
	wantsRes bool // the body expects the value that it goes on with

	delegate *asyncIterator // of yield*
	// awaiting is what follows the await that the generator is in.
	awaiting func(v goja.Value, failed bool)
}

func asyncMethod(name string, kind resumption) builtin {
	return builtin{name, 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			p, resolve, reject := r.NewPromise()
			body := gojax.AsyncGeneratorOf(c.This)
			if body == nil {
				_ = reject(r.NewTypeError("%s method called on incompatible receiver %s", name, describe(c.This)))
				return r.ToValue(p)
			}
			g, _ := body.State.(*asyncGenerator)
			if g == nil {
				g = &asyncGenerator{r: r, body: body}
				body.State = g
			}
			g.enqueue(asyncRequest{kind, c.Argument(0), resolve, reject})
			return r.ToValue(p)
		}
	}}
}

func (g *asyncGenerator) enqueue(q asyncRequest) {
	if stack.Deep() { // a generator that asks itself has no frame on the engine's stack
		throwRange(g.r, "Maximum call stack size exceeded")
	}
	if g.state == asyncCompleted && q.kind == resumeNext {
		_ = q.resolve(gojax.IterResult(g.r, undefined(), true))
		return
	}
	if q.kind == resumeThrow {
		if g.state == asyncStart {
			g.state = asyncCompleted
		}
		if g.state == asyncCompleted {
			_ = q.reject(q.value)
			return
		}
	}
	g.queue = append(g.queue, q)
	switch g.state {
	case asyncStart, asyncCompleted:
		if q.kind == resumeReturn {
			g.state = asyncDraining
			g.awaitReturn()
			return
		}
		g.state = asyncExecuting
		g.run(g.body.Next(nil))
	case asyncYield:
		g.state = asyncExecuting
		g.resume()
	}
}

// await is Await: then is called in a job of its own.
func (g *asyncGenerator) await(v goja.Value, then func(v goja.Value, failed bool)) {
	var p *goja.Object
	if ex := g.r.Try(func() { p = gojax.PromiseResolve(g.r, v) }); ex != nil {
		then(ex.Value(), true)
		return
	}
	g.awaiting = then
	gojax.Then(g.r, p, func(v goja.Value) { g.settled(v, false) }, func(v goja.Value) { g.settled(v, true) })
}

func (g *asyncGenerator) settled(v goja.Value, failed bool) {
	then := g.awaiting
	g.awaiting = nil
	then(v, failed)
}

// value is what the body is given where it may not expect any.
func (g *asyncGenerator) value(v goja.Value) goja.Value {
	if g.wantsRes {
		return v
	}
	return nil
}

// run looks at why the body has stopped.
func (g *asyncGenerator) run(v goja.Value, why gojax.Suspension, ex *goja.Exception) {
	if ex != nil {
		g.finish(ex.Value(), true)
		return
	}
	switch why {
	case gojax.Returned:
		g.finish(v, false)
	case gojax.Awaits:
		g.await(v, func(v goja.Value, failed bool) {
			if failed {
				g.run(g.body.Throw(v))
			} else {
				g.run(g.body.Next(v))
			}
		})
	case gojax.Yielded, gojax.YieldedRes:
		g.wantsRes = why == gojax.YieldedRes
		g.await(v, func(v goja.Value, failed bool) {
			if failed {
				g.run(g.body.Throw(v))
			} else {
				g.yield(v)
			}
		})
	case gojax.Delegated, gojax.DelegatedRes:
		g.wantsRes = why == gojax.DelegatedRes
		if ex := g.r.Try(func() {
			it := asyncIteratorOf(g.r, v)
			g.delegate = &it
		}); ex != nil {
			g.run(g.body.Throw(ex.Value()))
			return
		}
		g.delegated(resumeNext, undefined())
	}
}

// yield is AsyncGeneratorYield.
func (g *asyncGenerator) yield(v goja.Value) {
	g.complete(v, false, false)
	if len(g.queue) == 0 {
		g.state = asyncYield
		return
	}
	g.resume()
}

// resume goes on with the first request.
func (g *asyncGenerator) resume() {
	q := g.queue[0]
	if q.kind == resumeReturn {
		g.await(q.value, func(v goja.Value, failed bool) {
			if failed {
				g.received(resumeThrow, v)
			} else {
				g.received(resumeReturn, v)
			}
		})
		return
	}
	g.received(q.kind, q.value)
}

func (g *asyncGenerator) received(kind resumption, v goja.Value) {
	if g.delegate != nil {
		g.delegated(kind, v)
		return
	}
	switch kind {
	case resumeNext:
		g.run(g.body.Next(g.value(v)))
	case resumeThrow:
		g.run(g.body.Throw(v))
	case resumeReturn:
		g.run(g.body.Return(v))
	}
}

// delegated is one turn of yield*.
func (g *asyncGenerator) delegated(kind resumption, v goja.Value) {
	it := g.delegate
	leave := func(kind resumption, v goja.Value) {
		g.delegate = nil
		g.received(kind, v)
	}
	var res goja.Value
	missing := false
	ex := g.r.Try(func() {
		switch kind {
		case resumeNext:
			res = it.callNext(v)
		case resumeThrow, resumeReturn:
			name := "throw"
			if kind == resumeReturn {
				name = "return"
			}
			m := it.method(name)
			if m == nil {
				missing = true
				if kind == resumeThrow {
					if ret := it.method("return"); ret != nil {
						res = ret()
					}
				}
				return
			}
			res = m(v)
		}
	})
	switch {
	case ex != nil:
		leave(resumeThrow, ex.Value())
		return
	case missing && kind == resumeReturn:
		g.await(v, func(v goja.Value, failed bool) {
			if failed {
				leave(resumeThrow, v)
			} else {
				leave(resumeReturn, v)
			}
		})
		return
	case missing:
		refuse := func() {
			leave(resumeThrow, g.r.NewTypeError("The iterator does not provide a 'throw' method"))
		}
		if res == nil {
			refuse()
			return
		}
		g.await(res, func(v goja.Value, failed bool) {
			switch {
			case failed:
				leave(resumeThrow, v)
			case !isObject(v):
				leave(resumeThrow, g.r.NewTypeError("%s is not an object", describe(v)))
			default:
				refuse()
			}
		})
		return
	}
	g.await(res, func(v goja.Value, failed bool) {
		if failed {
			leave(resumeThrow, v)
			return
		}
		o, ok := v.(*goja.Object)
		if !ok {
			leave(resumeThrow, g.r.NewTypeError("Iterator result %s is not an object", describe(v)))
			return
		}
		var done bool
		if ex := g.r.Try(func() {
			done = getStr(o, "done").ToBoolean()
			v = getStr(o, "value")
		}); ex != nil {
			leave(resumeThrow, ex.Value())
			return
		}
		if !done {
			g.yield(v)
			return
		}
		if kind != resumeReturn {
			kind = resumeNext
		}
		leave(kind, v)
	})
}

// complete is AsyncGeneratorCompleteStep.
func (g *asyncGenerator) complete(v goja.Value, failed, done bool) {
	q := g.queue[0]
	g.queue = g.queue[1:]
	if failed {
		_ = q.reject(v)
	} else {
		_ = q.resolve(gojax.IterResult(g.r, v, done))
	}
}

// finish settles the request in which the body has ended.
func (g *asyncGenerator) finish(v goja.Value, failed bool) {
	g.state = asyncDraining
	g.complete(v, failed, true)
	g.drain()
}

// drain is AsyncGeneratorDrainQueue.
func (g *asyncGenerator) drain() {
	for len(g.queue) > 0 {
		switch q := g.queue[0]; q.kind {
		case resumeReturn:
			g.awaitReturn()
			return
		case resumeNext:
			g.complete(undefined(), false, true)
		case resumeThrow:
			g.complete(q.value, true, true)
		}
	}
	g.state = asyncCompleted
}

// awaitReturn is AsyncGeneratorAwaitReturn.
func (g *asyncGenerator) awaitReturn() {
	g.await(g.queue[0].value, func(v goja.Value, failed bool) {
		g.complete(v, failed, true)
		g.drain()
	})
}
