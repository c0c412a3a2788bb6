package module

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/clone"
)

// hooksThread is the isolate in which module.register's hooks run. Who imports
// waits for its answers.
type hooksThread struct {
	child bindings.Child
	gone  chan struct{}
	code  int // that it exited with
	ready chan struct{}
	once  sync.Once
	serve func(hooksRequest) // on the thread's loop
}

// unsettled is the exit code of a program that waits for what cannot happen.
const unsettled = 13

type hooksRequest struct {
	method, args string
	data         *clone.Message
	reply        chan hooksReply
}

type hooksReply struct {
	ok     bool
	json   string
	source []byte // nil: none of these
}

func (b *binding) startHooks() *hooksThread {
	t := &hooksThread{gone: make(chan struct{}), ready: make(chan struct{})}
	h := *b.env.Host()
	h.OwnsProcess, h.IsWorker, h.ThreadID = false, true, h.Shared.NextThreadID()
	h.Worker = t
	child, err := b.env.Spawn(bindings.ChildOptions{
		Host: &h, Main: "internal/modules/esm/hooks_worker",
		Done: func(code int, _ error) { t.code = code; close(t.gone) },
	})
	if err != nil {
		panic(b.env.Error(err))
	}
	t.child = child
	b.env.OnCleanup(child.Terminate)
	return t
}

// hooksCall(method, args, data) asks the hooks' thread and waits: [ok, answer, source].
// data is an encoded message or undefined.
func (b *binding) hooksCall(c goja.FunctionCall) goja.Value {
	if b.hooks == nil {
		b.hooks = b.startHooks()
	}
	t := b.hooks
	req := hooksRequest{method: c.Argument(0).String(), args: c.Argument(1).String(), reply: make(chan hooksReply, 1)}
	req.data, _ = c.Argument(2).Export().(*clone.Message)
	select {
	case <-t.ready:
		t.child.Post(func() { t.serve(req) })
	case <-t.gone:
	case <-b.env.Terminated():
	}
	select {
	case r := <-req.reply:
		source := goja.Undefined()
		if r.source != nil {
			source = b.env.NewBuffer(r.source)
		}
		return b.vm.NewArray(r.ok, r.json, source)
	case <-t.gone: // a hook called process.exit, or waits for nothing
		code := t.code
		if code == 0 {
			code = unsettled
		}
		b.env.Exit(code)
	case <-b.env.Terminated():
	}
	return b.vm.NewArray(false, `{"isError":false}`, goja.Undefined())
}

// hooksServe(handler) has handler(number, method, args, data) answer requests.
func (b *binding) hooksServe(c goja.FunctionCall) goja.Value {
	t, ok := b.env.Host().Worker.(*hooksThread)
	handler, _ := goja.AssertFunction(c.Argument(0))
	if !ok {
		return nil
	}
	handle := b.env.Loop().NewHandle("HooksThread")
	handle.Start()
	b.replies = map[int64]chan hooksReply{}
	b.idle = handle.Ref
	next := int64(0)
	t.serve = func(r hooksRequest) {
		// While it answers only what the hooks do keeps the thread alive.
		handle.Unref()
		next++
		b.replies[next] = r.reply
		b.env.Enter(func() {
			data := goja.Undefined()
			if r.data != nil {
				data = b.vm.ToValue(r.data)
			}
			if _, err := handler(goja.Undefined(), b.vm.ToValue(next), b.vm.ToValue(r.method), b.vm.ToValue(r.args), data); err != nil {
				panic(err)
			}
		})
	}
	t.once.Do(func() { close(t.ready) })
	return nil
}

// hooksReply(number, ok, json, source) answers a request.
func (b *binding) hooksReply(c goja.FunctionCall) goja.Value {
	id := c.Argument(0).ToInteger()
	r := hooksReply{ok: c.Argument(1).ToBoolean(), json: c.Argument(2).String()}
	if mem, ok := b.env.Bytes(c.Argument(3)); ok {
		r.source = append(make([]byte, 0, len(mem)), mem...)
	}
	if ch := b.replies[id]; ch != nil {
		delete(b.replies, id)
		b.idle()
		ch <- r
	}
	return nil
}
