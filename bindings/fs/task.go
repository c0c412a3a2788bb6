package fs

import (
	"context"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
)

// A task is one file-system operation whose arguments have been taken out of
// JavaScript. run does the work, on any goroutine, with Go data only; value
// makes its result, on the loop. They share the variables that both close over.
type task struct {
	run   func(ctx context.Context) error
	value func() goja.Value // nil: undefined

	// extra is the third argument of callbacks (err, value, extra); names are the
	// properties of the object that the promise form gives then.
	extra goja.Value
	names [2]string

	// signal is an AbortSignal that ends the asynchronous forms.
	signal *goja.Object

	// instant is a result that needs no work; run is nil then.
	instant bool

	// onDone runs on the loop before the callback, whatever came out.
	onDone func()

	// finish does the rest of the operation on the loop, when there are functions
	// of the script to call in between.
	finish func(err goja.Value, done func(err goja.Value))
}

// settled is a task whose value is known.
func settled(v goja.Value) task {
	return task{instant: true, value: func() goja.Value { return v }}
}

func (b *binding) result(t *task) goja.Value {
	if t.value == nil {
		return goja.Undefined()
	}
	return t.value()
}

// sync runs a task on the calling goroutine; an error is thrown.
func (b *binding) sync(t task) goja.Value {
	if !t.instant {
		err := t.run(context.Background())
		if t.onDone != nil {
			t.onDone()
		}
		if err != nil {
			panic(b.error(err))
		}
	}
	return b.result(&t)
}

// start gives a task to the pool and calls done on the loop, inside a
// callback scope, with its error as a JavaScript value (nil if none).
func (b *binding) start(kind string, t task, done func(err goja.Value)) {
	if t.signal != nil && t.signal.Get("aborted").ToBoolean() {
		t.run = func(context.Context) error { return nil }
	}
	if t.instant {
		t.run = func(context.Context) error { return nil }
	}
	var req *eventloop.Request
	var unhook func()
	req = eventloop.SubmitKind(b.loop, kind, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, t.run(ctx)
	}, func(_ struct{}, err error) {
		b.env.Enter(func() {
			if t.onDone != nil {
				t.onDone()
			}
			if unhook != nil {
				unhook()
			}
			var failed goja.Value
			switch {
			case t.signal != nil && t.signal.Get("aborted").ToBoolean():
				failed = b.abortError(t.signal)
			case err != nil:
				failed = b.error(err)
			}
			if t.finish != nil {
				t.finish(failed, done)
				return
			}
			done(failed)
		})
	})
	if t.signal != nil && !t.signal.Get("aborted").ToBoolean() {
		unhook = b.onAbort(t.signal, req.Cancel)
	}
}

// async runs a task on the pool and calls back.
func (b *binding) async(t task, cb goja.Callable) {
	b.start("FSReqCallback", t, func(err goja.Value) {
		var e error
		undef := goja.Undefined()
		switch {
		case err != nil && t.extra != nil:
			_, e = cb(undef, err, b.zero, t.extra)
		case err != nil:
			_, e = cb(undef, err)
		case t.extra != nil:
			_, e = cb(undef, goja.Null(), b.result(&t), t.extra)
		case t.value == nil:
			_, e = cb(undef, goja.Null())
		default:
			v := t.value()
			if goja.IsUndefined(v) {
				_, e = cb(undef, goja.Null())
			} else {
				_, e = cb(undef, goja.Null(), v)
			}
		}
		if e != nil {
			panic(e)
		}
	})
}

// promise runs a task on the pool and returns a promise for its result.
func (b *binding) promise(t task) goja.Value {
	p, resolve, reject := b.vm.NewPromise()
	b.start("FSReqPromise", t, func(err goja.Value) {
		if err != nil {
			if o, ok := err.(*goja.Object); ok {
				if call := o.Get("syscall"); call != nil && !goja.IsUndefined(call) {
					b.env.AddAsyncFrame(err, call.String(), "internal/fs/promises")
				}
			}
			_ = reject(err)
			return
		}
		v := b.result(&t)
		if t.extra != nil {
			o := b.vm.NewObject()
			_ = o.Set(t.names[0], v)
			_ = o.Set(t.names[1], t.extra)
			v = o
		}
		_ = resolve(v)
	})
	return b.vm.ToValue(p)
}

// rejected is a promise that is rejected already.
func (b *binding) rejected(err goja.Value) goja.Value {
	p, _, reject := b.vm.NewPromise()
	_ = reject(err)
	return b.vm.ToValue(p)
}

func (b *binding) abortError(signal *goja.Object) goja.Value {
	ctor := b.env.Require("internal/errors").Get("AbortError")
	opts := b.vm.NewObject()
	if r := signal.Get("reason"); r != nil && !goja.IsUndefined(r) {
		_ = opts.Set("cause", r)
	}
	o, err := b.vm.New(ctor, goja.Undefined(), opts)
	if err != nil {
		panic(err)
	}
	return o
}

// onAbort calls fn when signal aborts; the result takes the listener away.
func (b *binding) onAbort(signal *goja.Object, fn func()) func() {
	add, ok := goja.AssertFunction(signal.Get("addEventListener"))
	if !ok {
		return nil
	}
	listener := b.vm.ToValue(func(goja.FunctionCall) goja.Value { fn(); return goja.Undefined() })
	// Without a listener (a proxy of a signal has none) the operation goes on to
	// its end, and is found to be aborted there.
	if _, err := add(signal, b.vm.ToValue("abort"), listener); err != nil {
		return nil
	}
	return func() {
		if remove, ok := goja.AssertFunction(signal.Get("removeEventListener")); ok {
			_, _ = remove(signal, b.vm.ToValue("abort"), listener)
		}
	}
}
