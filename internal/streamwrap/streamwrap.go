// Package streamwrap is what JavaScript sees of package sock: the handle
// classes TCP, Pipe and TTY, one set an isolate.
//
// Their methods are those of Node's handles of the same names, because
// packages and Node's tests reach for socket._handle: results are 0 or libuv's
// negative error numbers. What differs: reads call handle.onread(nread,
// buffer), writes may be given a plain callback (see write).
//
// Other rooms' Go code uses [For] and then Wrap to make a handle around a
// stream of their own, and Stream to look behind a handle.
package streamwrap

import (
	"errors"
	"io"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/sigwatch"
	"github.com/gonode/gonode/internal/sock"
)

// ModuleName is the native module that keeps an isolate's State.
const ModuleName = "stream_wrap"

// A State belongs to one isolate.
type State struct {
	env                           bindings.Env
	vm                            *goja.Runtime
	group                         *sock.Group
	wraps                         map[*goja.Object]*wrap
	protoTCP, protoPipe, protoTTY *goja.Object
	native                        *goja.Object
	rawTTYs                       map[*wrap]struct{}
	guard                         *rawGuard     // nil where the process is not ours
	onWrite                       goja.Callable // see wrote
}

// wrap is the Go side of a handle object: a stream or a listener.
type wrap struct {
	st       *State
	obj      *goja.Object
	kind     sock.Kind
	server   bool
	stream   *sock.Stream
	listener *sock.Listener
	onread   goja.Callable
	onreadV  goja.Value
	user     []byte // useUserBuffer
	consumer func([]byte)
	raw      *sock.TermState
	closing  bool
	// After close:
	read, written uint64
}

// For returns the isolate's State.
func For(env bindings.Env) *State {
	return env.Internal(ModuleName).Get("state").Export().(*State)
}

// Native makes the stream_wrap module's native object.
func Native(env bindings.Env) *goja.Object {
	st := &State{
		env: env, vm: env.VM(), group: sock.NewGroup(env.Loop()),
		wraps: map[*goja.Object]*wrap{}, rawTTYs: map[*wrap]struct{}{},
	}
	if env.Host().OwnsProcess {
		st.guard = newRawGuard(sigwatch.Of(env.Host().Shared))
	}
	env.OnCleanup(func() {
		for w := range st.rawTTYs {
			w.setRaw(false)
		}
		st.group.Close()
	})
	o := st.vm.NewObject()
	st.native = o
	_ = o.Set("state", st)
	st.classes(o)
	return o
}

// Group is the isolate's group of streams.
func (st *State) Group() *sock.Group { return st.group }

// Wrap makes the handle object of a stream.
func (st *State) Wrap(s *sock.Stream) *goja.Object {
	w := st.newWrap(st.vm.CreateObject(st.proto(s.Kind())), s.Kind(), false)
	w.setStream(s)
	return w.obj
}

// Stream returns the stream behind a handle object, nil if there is none.
func (st *State) Stream(o *goja.Object) *sock.Stream {
	if w := st.wraps[o]; w != nil {
		return w.stream
	}
	return nil
}

// Listener returns the listener behind a handle object, nil if there is none.
func (st *State) Listener(o *goja.Object) *sock.Listener {
	if w := st.wraps[o]; w != nil {
		return w.listener
	}
	return nil
}

func (st *State) proto(k sock.Kind) *goja.Object {
	switch k {
	case sock.Pipe:
		return st.protoPipe
	case sock.TTY:
		return st.protoTTY
	}
	return st.protoTCP
}

func (st *State) newWrap(o *goja.Object, k sock.Kind, server bool) *wrap {
	w := &wrap{st: st, obj: o, kind: k, server: server}
	st.wraps[o] = w
	return w
}

// ErrNumber is libuv's number of an error; io.EOF is UV_EOF, nil is 0.
func ErrNumber(err error) int {
	switch err {
	case nil:
		return 0
	case io.EOF:
		return -4095
	}
	var no syscall.Errno
	if errors.As(err, &no) {
		return numberOf(no)
	}
	return nodeerr.Number(nodeerr.CodeOf(err))
}

func (st *State) status(err error) goja.Value { return st.vm.ToValue(ErrNumber(err)) }

// self is the receiver's Go side, nil if it is closed or no handle.
func (st *State) self(c goja.FunctionCall) *wrap {
	o, ok := c.This.(*goja.Object)
	if !ok {
		return nil
	}
	return st.wraps[o]
}

// ensure makes the stream of a handle that has no descriptor yet.
func (w *wrap) ensure() *sock.Stream {
	if w.stream == nil && w.listener == nil {
		w.setStream(w.st.group.NewStream(w.kind))
	}
	return w.stream
}

// The loop's handle knows the handle object: process._getActiveHandles.

func (w *wrap) setStream(s *sock.Stream) {
	w.stream = s
	s.Handle().SetOwner(w.obj)
}

func (w *wrap) setListener(l *sock.Listener) {
	w.listener = l
	l.Handle().SetOwner(w.obj)
}

func (w *wrap) fd() int {
	switch {
	case w.stream != nil:
		return w.stream.FD()
	case w.listener != nil:
		return w.listener.FD()
	}
	return -1
}

// call invokes a callback property of the handle or of a request, if there is one.
func (st *State) call(o *goja.Object, name string, args ...goja.Value) {
	if fn, ok := goja.AssertFunction(o.Get(name)); ok {
		st.env.Call(fn, o, args...)
	}
}

func (w *wrap) readStart() error {
	s := w.stream
	if s == nil {
		return syscall.ENOTCONN
	}
	if s.FD() < 0 && !portable {
		return syscall.ENOTCONN
	}
	return s.ReadStart(w.deliver)
}

// Consume sends what a handle reads to fn in place of the handle's onread;
// the end and errors still go there. A nil fn undoes it. The result is false
// if there is no stream behind o.
func (st *State) Consume(o *goja.Object, fn func([]byte)) bool {
	w := st.wraps[o]
	if w == nil || w.ensure() == nil {
		return false
	}
	w.consumer = fn
	return true
}

// Deliver reports the end of a handle's stream, or an error, as if it had been read.
func (st *State) Deliver(o *goja.Object, err error) {
	if w := st.wraps[o]; w != nil {
		w.deliver(nil, err)
	}
}

// deliver is the read callback: onread(nread, buffer).
func (w *wrap) deliver(b []byte, err error) {
	if w.consumer != nil && err == nil {
		w.consumer(b)
		return
	}
	if w.onread == nil {
		return
	}
	vm, env := w.st.vm, w.st.env
	if err != nil {
		env.Call(w.onread, w.obj, w.st.status(err), goja.Undefined())
		return
	}
	if w.user != nil {
		v, _ := env.Call(w.onread, w.obj, vm.ToValue(len(b)), goja.Undefined())
		if v != nil {
			w.setUser(v)
		}
		return
	}
	own := make([]byte, len(b))
	copy(own, b)
	env.Call(w.onread, w.obj, vm.ToValue(len(b)), env.NewBuffer(own))
}

func (w *wrap) setUser(v goja.Value) {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return
	}
	if b, ok := w.st.env.Bytes(v); ok {
		w.user = b
		w.stream.ReadInto(func() []byte { return w.user })
	}
}

// close closes the handle; cb runs in the close phase.
func (w *wrap) close(cb goja.Value) {
	if w.closing {
		return
	}
	w.closing = true
	done := w.closed(cb)
	switch {
	case w.stream != nil:
		w.read, w.written = w.stream.BytesRead(), w.stream.BytesWritten()
		w.setRaw(false)
		w.stream.Close(done)
	case w.listener != nil:
		w.listener.Close(done)
	default:
		w.st.group.NewStream(w.kind).Close(done)
	}
}

func (w *wrap) closed(cb goja.Value) func() {
	fn, ok := goja.AssertFunction(cb)
	return func() {
		delete(w.st.wraps, w.obj)
		if ok {
			w.st.env.Call(fn, w.obj)
		}
	}
}

func (w *wrap) accept(l *sock.Listener) error {
	w.setListener(l)
	return l.Accept(func(s *sock.Stream, err error) {
		st := w.st
		if err != nil {
			st.call(w.obj, "onconnection", st.status(err), goja.Undefined())
			return
		}
		st.call(w.obj, "onconnection", st.vm.ToValue(0), st.Wrap(s))
	})
}

func (w *wrap) setRaw(on bool) error {
	if w.stream == nil || on == (w.raw != nil) {
		return nil
	}
	if !on {
		err := w.raw.Restore(w.stream.FD())
		w.raw = nil
		delete(w.st.rawTTYs, w)
		if w.st.guard != nil {
			w.st.guard.leave(w.stream.FD())
		}
		return err
	}
	t, err := sock.MakeRaw(w.stream.FD())
	if err == nil {
		w.raw = t
		w.st.rawTTYs[w] = struct{}{}
		if w.st.guard != nil {
			w.st.guard.enter(w.stream.FD(), t)
		}
	}
	return err
}
