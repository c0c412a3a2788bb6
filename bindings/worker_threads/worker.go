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
	"github.com/gonode/gonode/internal/options"
	"github.com/gonode/gonode/internal/permission"
)

// start is what a worker finds in Host.Worker.
type start struct {
	data   *clone.Message // {workerData, environmentData, …}
	end    *endpoint      // its parentPort's
	spec   spec
	report func(m *clone.Message) // an uncaught error
	online func()
	stdin  *inputPipe
}

// spec is what the parent's JavaScript says of a new worker.
type spec struct {
	filename, name string
	source, url    *string // in place of a file
	argv           []string
	flags          map[string]string // nil: the parent's
	execArgv       []string
	hasExecArgv    bool
	env            map[string]string // nil: a copy of the parent's, or that itself
	shareEnv       bool
	stdin          bool
	stackSize      float64
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

func (st *state) spec(v goja.Value) spec {
	vm := st.vm
	o := v.ToObject(vm)
	text := func(key string) *string {
		if v := o.Get(key); v != nil && !goja.IsUndefined(v) {
			s := v.String()
			return &s
		}
		return nil
	}
	flag := func(key string) bool { v := o.Get(key); return v != nil && v.ToBoolean() }
	list := func(key string) (l []string, ok bool) {
		if v := o.Get(key); v != nil && !goja.IsUndefined(v) {
			_ = vm.ExportTo(v, &l)
			return l, true
		}
		return nil, false
	}
	s := spec{
		filename: *text("filename"), name: *text("name"), source: text("source"), url: text("url"),
		shareEnv: flag("shareEnv"), stdin: flag("stdin"), stackSize: o.Get("stackSize").ToFloat(),
	}
	s.argv, _ = list("argv")
	s.execArgv, s.hasExecArgv = list("execArgv")
	if v := o.Get("env"); v != nil && !goja.IsUndefined(v) {
		_ = vm.ExportTo(v, &s.env)
	}
	st.readFlags(&s)
	return s
}

// readFlags works out the worker's options: its own execArgv and NODE_OPTIONS,
// where it has any, in place of its parent's. It throws for those that belong
// to the process.
func (st *state) readFlags(s *spec) {
	var p options.Parsed
	text, own := s.env["NODE_OPTIONS"]
	if parent, _ := st.env.Host().Env.Get("NODE_OPTIONS"); own && text != parent {
		args, err := options.Split(text)
		var invalid []string
		if err != nil {
			invalid = []string{err.Error()}
		} else {
			invalid = options.Worker(&p, args, true)
		}
		if len(invalid) > 0 {
			panic(st.env.NewError("ERR_WORKER_INVALID_EXEC_ARGV", invalid, "invalid NODE_OPTIONS env variable"))
		}
	}
	if s.hasExecArgv {
		if invalid := options.Worker(&p, s.execArgv, false); len(invalid) > 0 {
			panic(st.env.NewError("ERR_WORKER_INVALID_EXEC_ARGV", invalid))
		}
		s.execArgv = p.Exec
	}
	s.flags = p.Flags
}

// newThread makes the handle of a worker that is about to be spawned.
func (st *state) newThread(resource *goja.Object) int {
	h := st.env.Host()
	if err := permission.Of(h.Flags, h.Args, h.Shared.Value).Check("worker", ""); err != nil {
		panic(st.env.Error(err))
	}
	id := st.env.Host().Shared.NextThreadID()
	t := &thread{id: id, handle: st.env.Loop().NewHandleFor("Worker", resource)}
	t.handle.Start()
	st.threads[id] = t
	return id
}

// dropThread undoes newThread.
func (st *state) dropThread(t *thread) {
	delete(st.threads, t.id)
	t.handle.Close(nil)
}

// spawn starts a worker: spawn(worker, id, spec, data, transferList, port).
func (st *state) spawn(c goja.FunctionCall) goja.Value {
	t := st.threads[int(c.Argument(1).ToInteger())]
	t.object = c.Argument(0).ToObject(st.vm)
	s := st.spec(c.Argument(2))
	data := st.codec.Encode(c.Argument(3), st.transferList(c.Argument(4)))
	p := st.port(c.Argument(5))
	post := func(fn func()) { t.handle.Post(fn) }

	parent := st.env.Host()
	h := *parent
	h.Args = append([]string{parent.ExecPath, s.filename}, s.argv...)
	h.OwnsProcess, h.IsWorker, h.ThreadID = false, true, t.id
	if s.hasExecArgv {
		h.ExecArgv = s.execArgv
	}
	if s.flags != nil {
		permission.Inherit(parent.Flags, s.flags)
		h.Flags = s.flags
	}
	switch {
	case s.shareEnv:
	case s.env != nil:
		h.Env = bindings.NewEnviron(nil)
		for k, v := range s.env {
			h.Env.Set(k, v)
		}
	default:
		h.Env = parent.Env.Copy()
	}
	h.Stdout = outputPipe{func(b []byte) { post(func() { st.output(t, 1, b) }) }}
	h.Stderr = outputPipe{func(b []byte) { post(func() { st.output(t, 2, b) }) }}
	if s.stdin {
		t.stdin = newInputPipe()
		h.Stdin = t.stdin
	} else {
		h.Stdin = strings.NewReader("")
	}
	h.Worker = &start{
		data: data, end: st.release(p), spec: s, stdin: t.stdin,
		online: func() { post(func() { st.env.Call(st.workerOnline, goja.Undefined(), t.object) }) },
		report: func(m *clone.Message) { post(func() { st.failed(t, m) }) },
	}
	st.hub.expect(t.id)
	child, err := st.env.Spawn(bindings.ChildOptions{
		Host: &h, Main: "internal/worker/main", StackSize: s.stackSize,
		Done: func(code int, err error) {
			st.hub.forget(t.id)
			post(func() { st.exited(t, code) })
		},
	})
	if err != nil {
		st.hub.forget(t.id)
		panic(st.env.Error(err))
	}
	t.child = child
	return nil
}

// output hands what a worker wrote to its stdout or stderr stream.
func (st *state) output(t *thread, fd int, b []byte) {
	st.env.Enter(func() {
		st.must(st.workerOutput(goja.Undefined(), t.object, st.vm.ToValue(fd), st.env.NewBuffer(b)))
	})
}

// failed emits a worker's uncaught error.
func (st *state) failed(t *thread, m *clone.Message) {
	st.env.Enter(func() {
		st.must(st.workerError(goja.Undefined(), t.object, st.codec.Decode(m)))
	})
}

func (st *state) exited(t *thread, code int) {
	if t.done {
		return
	}
	t.done = true
	st.env.Call(st.workerExit, goja.Undefined(), t.object, st.vm.ToValue(code))
	st.dropThread(t)
}

// stopAll ends the workers that are left when their parent ends.
func (st *state) stopAll() {
	for _, t := range st.threads {
		if t.child != nil {
			t.child.Terminate()
		}
	}
	for _, t := range st.threads {
		if t.child != nil {
			_ = t.child.Wait(context.Background())
		}
	}
	st.hub.retire(st)
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
