package fs

import (
	"context"
	"errors"

	"github.com/dop251/goja"
)

// errThrown stands for an exception that a script's function threw; its value
// stays on the loop.
var errThrown = errors.New("script threw")

// background runs work on a goroutine of its own, not on the pool: it asks
// functions of the script, whose promises may wait for the pool. ask calls a
// function on the loop and waits for its answer, promised or not.
func (b *binding) background(work func(ask func(func() (goja.Value, error)) (bool, error)) error, value func() goja.Value, cb goja.Callable) {
	type answer struct {
		ok  bool
		err error
	}
	req := b.loop.NewRequest("FSReqCallback")
	var thrown goja.Value // on the loop only
	ask := func(call func() (goja.Value, error)) (bool, error) {
		ch := make(chan answer, 1)
		fail := func(v goja.Value) {
			thrown = v
			ch <- answer{err: errThrown}
		}
		posted := b.loop.Post(func() {
			b.env.Enter(func() {
				v, err := call()
				if err != nil {
					fail(b.env.Error(err))
					return
				}
				obj, ok := v.(*goja.Object)
				if !ok {
					ch <- answer{ok: v.ToBoolean()}
					return
				}
				then, ok := goja.AssertFunction(obj.Get("then"))
				if !ok {
					ch <- answer{ok: true}
					return
				}
				_, err = then(obj, b.vm.ToValue(func(c goja.FunctionCall) goja.Value {
					ch <- answer{ok: c.Argument(0).ToBoolean()}
					return goja.Undefined()
				}), b.vm.ToValue(func(c goja.FunctionCall) goja.Value {
					fail(c.Argument(0))
					return goja.Undefined()
				}))
				if err != nil {
					fail(b.env.Error(err))
				}
			})
		})
		if !posted {
			return false, context.Canceled
		}
		select {
		case a := <-ch:
			return a.ok, a.err
		case <-b.env.Terminated():
			return false, context.Canceled
		}
	}
	go func() {
		err := work(ask)
		b.loop.Post(func() {
			req.Done()
			b.env.Enter(func() {
				args := []goja.Value{goja.Null()}
				switch {
				case thrown != nil && errors.Is(err, errThrown):
					args[0] = thrown
				case err != nil:
					args[0] = b.error(err)
				case value != nil:
					args = append(args, value())
				}
				if _, e := cb(goja.Undefined(), args...); e != nil {
					panic(e)
				}
			})
		})
	}()
}
