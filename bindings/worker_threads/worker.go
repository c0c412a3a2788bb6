package worker_threads

import (
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/clone"
)

// start is what a worker finds in Host.Worker.
type start struct {
	data     *clone.Message // {workerData, environmentData, …}
	end      *endpoint      // its parentPort's
	filename string
	source   string
	eval     bool
	name     string
	report   func(m *clone.Message, text string) // an uncaught error
	online   func()
	stdin    *inputPipe
}

// thread is a worker as its parent sees it.
type thread struct {
	id     int
	child  bindings.Child
	handle *eventloop.Handle
	object *goja.Object
	stdin  *inputPipe
	done   bool
}

// spawn starts a worker: spawn(worker, options, data, transferList, port).
func (st *state) spawn(c goja.FunctionCall) goja.Value {
	vm := st.vm
	o := c.Argument(1).ToObject(vm)
	str := func(key string) string {
		if v := o.Get(key); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v.String()
		}
		return ""
	}
	flag := func(key string) bool { v := o.Get(key); return v != nil && v.ToBoolean() }
	list := func(key string) (l []string) {
		if v := o.Get(key); v != nil && !goja.IsUndefined(v) {
			_ = vm.ExportTo(v, &l)
		}
		return l
	}
	data := st.codec.Encode(c.Argument(2), st.transferList(c.Argument(3)))
	p := st.port(c.Argument(4))
	t := &thread{id: st.env.Host().Shared.NextThreadID(), object: c.Argument(0).ToObject(vm),
		handle: st.env.Loop().NewHandle("Worker")}
	t.handle.Start()
	post := func(fn func()) { t.handle.Post(fn) }

	parent := st.env.Host()
	h := *parent
	h.Args = append([]string{parent.ExecPath, str("filename")}, list("argv")...)
	h.OwnsProcess, h.IsWorker, h.ThreadID = false, true, t.id
	if v := o.Get("execArgv"); v != nil && !goja.IsUndefined(v) {
		h.ExecArgv = list("execArgv")
	}
	switch env := o.Get("env"); {
	case flag("shareEnv"):
	case env != nil && !goja.IsUndefined(env):
		h.Env = bindings.NewEnviron(nil)
		e := env.ToObject(vm)
		for _, k := range e.Keys() {
			h.Env.Set(k, e.Get(k).String())
		}
	default:
		h.Env = parent.Env.Copy()
	}
	h.Stdout = outputPipe{func(b []byte) { post(func() { st.output(t, 1, b) }) }}
	h.Stderr = outputPipe{func(b []byte) { post(func() { st.output(t, 2, b) }) }}
	if flag("stdin") {
		t.stdin = newInputPipe()
		h.Stdin = t.stdin
	} else {
		h.Stdin = strings.NewReader("")
	}
	h.Worker = &start{
		data: data, end: st.release(p), filename: str("filename"), source: str("source"), eval: flag("eval"),
		name: str("name"), stdin: t.stdin,
		online: func() { post(func() { st.env.Call(st.workerOnline, goja.Undefined(), t.object) }) },
		report: func(m *clone.Message, text string) { post(func() { st.failed(t, m, text) }) },
	}
	child, err := st.env.Spawn(bindings.ChildOptions{
		Host: &h, Main: "internal/worker/main",
		Done: func(code int, err error) { post(func() { st.exited(t, code) }) },
	})
	if err != nil {
		t.handle.Close(nil)
		panic(st.env.Error(err))
	}
	t.child = child
	st.threads[t.id] = t
	return vm.ToValue(t.id)
}

// output hands what a worker wrote to its stdout or stderr stream.
func (st *state) output(t *thread, fd int, b []byte) {
	st.env.Enter(func() {
		st.must(st.workerOutput(goja.Undefined(), t.object, st.vm.ToValue(fd), st.env.NewBuffer(b)))
	})
}

// failed emits a worker's uncaught error; one that cannot be cloned comes as text.
func (st *state) failed(t *thread, m *clone.Message, text string) {
	st.env.Enter(func() {
		v := goja.Value(st.vm.ToValue(text))
		if m != nil {
			v = st.codec.Decode(m)
		}
		st.must(st.workerError(goja.Undefined(), t.object, v))
	})
}

func (st *state) exited(t *thread, code int) {
	if t.done {
		return
	}
	t.done = true
	delete(st.threads, t.id)
	st.env.Call(st.workerExit, goja.Undefined(), t.object, st.vm.ToValue(code))
	t.handle.Close(nil)
}

// stopAll ends the workers that are left when their parent ends.
func (st *state) stopAll() {
	for _, t := range st.threads {
		t.child.Terminate()
	}
	for _, t := range st.threads {
		_ = t.child.Wait(context.Background())
	}
	for _, p := range st.ports {
		p.end.detach()
		p.end.close()
	}
}

// outputPipe passes copies of what is written on.
type outputPipe struct{ send func([]byte) }

func (p outputPipe) Write(b []byte) (int, error) {
	p.send(slices.Clone(b))
	return len(b), nil
}

// inputPipe is an unbounded pipe: its writer is a loop, which must not block.
type inputPipe struct {
	mu     sync.Mutex
	cond   *sync.Cond
	buf    []byte
	closed bool
}

func newInputPipe() *inputPipe {
	p := &inputPipe{}
	p.cond = sync.NewCond(&p.mu)
	return p
}

func (p *inputPipe) write(b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buf = append(p.buf, b...)
	p.cond.Broadcast()
}

// Close ends the stream: the reader gets what is left, and then io.EOF.
func (p *inputPipe) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.cond.Broadcast()
	return nil
}

// Read blocks until there is something, or the pipe is closed.
func (p *inputPipe) Read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.buf) == 0 {
		if p.closed {
			return 0, io.EOF
		}
		p.cond.Wait()
	}
	n := copy(b, p.buf)
	p.buf = p.buf[n:]
	return n, nil
}
