package stdio

import (
	"io"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/sock"
)

// native's functions:
//
//	handleType(fd)   "TTY", "FILE", "PIPE", "TCP", "UNKNOWN"; "HOST" without descriptors of our own
//	write(fd, data)  writes a string or bytes whole, or throws
//	read(callback)   reads Host.Stdin once: callback(error, Buffer or undefined at its end)
//	made             three booleans: which streams exist
func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	host := env.Host()
	o := vm.NewObject()
	_ = o.Set("made", vm.NewArray(false, false, false))
	_ = o.Set("handleType", func(c goja.FunctionCall) goja.Value {
		if !host.OwnsProcess {
			return vm.ToValue("HOST")
		}
		return vm.ToValue(sock.FDType(int(c.Argument(0).ToInteger())))
	})
	_ = o.Set("write", func(c goja.FunctionCall) goja.Value {
		fd := int(c.Argument(0).ToInteger())
		var data []byte
		if s, ok := c.Argument(1).(goja.String); ok {
			data = []byte(s.String())
		} else if data, ok = env.Bytes(c.Argument(1)); !ok {
			panic(env.NewError("ERR_INVALID_ARG_TYPE", "chunk", []string{"string", "Buffer"}, c.Argument(1)))
		}
		var err error
		switch {
		case host.OwnsProcess && hasDescriptors:
			err = writeAll(fd, data)
		case fd == 2:
			_, err = host.Stderr.Write(data)
		default:
			_, err = host.Stdout.Write(data)
		}
		if err != nil {
			panic(env.Error(nodeerr.New(err, "write")))
		}
		return goja.Undefined()
	})
	in := &reader{env: env, r: host.Stdin}
	_ = o.Set("read", func(c goja.FunctionCall) goja.Value {
		fn, ok := goja.AssertFunction(c.Argument(0))
		if ok {
			in.read(fn)
		}
		return goja.Undefined()
	})
	_ = o.Set("ref", func(goja.FunctionCall) goja.Value { in.ref(true); return goja.Undefined() })
	_ = o.Set("unref", func(goja.FunctionCall) goja.Value { in.ref(false); return goja.Undefined() })
	return o
}

// A reader reads an embedder's standard input on a goroutine, one read at a
// time. The goroutine may outlive the isolate: an io.Reader cannot be
// interrupted. What it then reads is lost.
type reader struct {
	env  bindings.Env
	r    io.Reader
	h    handle
	busy bool
}

// handle is what a reader needs of an eventloop.Handle.
type handle interface {
	Start()
	Stop()
	Ref()
	Unref()
	Post(func()) bool
}

func (r *reader) ensure() {
	if r.h == nil {
		r.h = r.env.Loop().NewHandle("PipeWrap")
	}
}

func (r *reader) ref(on bool) {
	r.ensure()
	if on {
		r.h.Ref()
	} else {
		r.h.Unref()
	}
}

func (r *reader) read(fn goja.Callable) {
	r.ensure()
	if r.busy {
		return
	}
	r.busy = true
	r.h.Start()
	h := r.h
	go func() {
		buf := make([]byte, 64<<10)
		n, err := r.r.Read(buf)
		h.Post(func() {
			r.busy = false
			r.h.Stop()
			switch {
			case n > 0:
				r.env.Call(fn, goja.Undefined(), goja.Null(), r.env.NewBuffer(buf[:n:n]))
			case err == nil || err == io.EOF:
				r.env.Call(fn, goja.Undefined(), goja.Null(), goja.Undefined())
			default:
				r.env.Call(fn, goja.Undefined(), r.env.Error(nodeerr.New(err, "read")))
			}
		})
	}()
}
