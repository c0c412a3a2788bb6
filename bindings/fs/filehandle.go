package fs

import (
	"errors"
	"runtime"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

// A fileHandle is the state behind a FileHandle: its descriptor, and how many
// operations and streams use it. It is closed when the last one is done.
type fileHandle struct {
	b       *binding
	fd      int
	open    *int // fd, or -1 once closed: what the clean-up of an abandoned handle sees
	refs    int
	moved   bool // to another thread
	resolve func(any) error
	reject  func(any) error
}

// newFileHandle makes the state; a handle that a script abandons is closed when
// its memory is reclaimed, with a warning.
func (b *binding) newFileHandle(fd int) *fileHandle {
	h := &fileHandle{b: b, fd: fd, open: &fd, refs: 1}
	runtime.AddCleanup(h, func(open *int) {
		b.loop.Post(func() {
			fd := *open
			if fd < 0 {
				return
			}
			*open = -1
			_ = sysClose(fd)
			b.env.Enter(func() { b.warnCollected(fd) })
		})
	}, h.open)
	return h
}

func (b *binding) warnCollected(fd int) {
	emit, ok := goja.AssertFunction(b.env.Process().Get("emitWarning"))
	if !ok {
		return
	}
	if _, err := emit(b.env.Process(), b.vm.ToValue("Closing file descriptor "+strconv.Itoa(fd)+" on garbage collection")); err != nil {
		panic(err)
	}
	if !b.warnedCollected {
		b.warnedCollected = true
		b.deprecate("Closing a FileHandle object on garbage collection is deprecated. "+
			"Please close FileHandle objects explicitly using FileHandle.prototype.close(). In the future, an error will be thrown "+
			"if a file descriptor is closed during garbage collection.", "DEP0137")
	}
}

func (h *fileHandle) unref() {
	h.refs--
	if h.refs == 0 && h.resolve != nil {
		h.closeNow()
	}
}

func (h *fileHandle) closeNow() {
	fd := h.fd
	h.fd = -1
	*h.open = -1
	resolve, reject := h.resolve, h.reject
	h.resolve, h.reject = nil, nil
	h.b.start("FSReqPromise", nothing(func() error { return fdErr(sysClose(fd), "close") }), func(err goja.Value) {
		if err != nil {
			_ = reject(err)
			return
		}
		_ = resolve(goja.Undefined())
	})
}

// handleOf returns the state of a FileHandle, nil if v is none.
func (b *binding) handleOf(v goja.Value) *fileHandle {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	s := o.GetSymbol(b.kHandle)
	if s == nil {
		return nil
	}
	h, _ := s.Export().(*fileHandle)
	return h
}

// handleForm is a method of FileHandle: `this` holds the descriptor. It is also
// called with a FileHandle in place of a path.
func (b *binding) handleForm(row op) *goja.Object {
	return b.fn(handleName(row.name), max(row.lengths[0]-1, 0), func(fc goja.FunctionCall) goja.Value {
		h := b.handleOf(fc.This)
		if h == nil {
			return b.rejected(b.env.NewError("ERR_INVALID_THIS", "FileHandle"))
		}
		return b.onHandle(&row, h, fc.Arguments)
	})
}

func handleName(op string) string {
	switch op {
	case "fchmod":
		return "chmod"
	case "fchown":
		return "chown"
	case "fdatasync":
		return "datasync"
	case "fsync":
		return "sync"
	case "fstat":
		return "stat"
	case "ftruncate":
		return "truncate"
	case "futimes":
		return "utimes"
	}
	return op
}

func (b *binding) onHandle(row *op, h *fileHandle, arguments []goja.Value) goja.Value {
	if h.fd < 0 {
		text := "file closed"
		if h.moved {
			text = "The FileHandle has been transferred"
		}
		err := b.env.Error(errors.New(text)).(*goja.Object)
		_ = err.Set("code", "EBADF")
		_ = err.Set("syscall", row.name)
		return b.rejected(err)
	}
	args := make([]goja.Value, 1+len(arguments))
	args[0] = b.vm.ToValue(h.fd)
	copy(args[1:], arguments)
	return b.promised(func() task {
		t := row.make(b, &call{b: b, args: args, form: formHandle})
		h.refs++
		t.onDone = h.unref
		return t
	}, row)
}

// openForm is fs.promises.open.
func (b *binding) openForm(row op) *goja.Object {
	return b.fn("open", 3, func(fc goja.FunctionCall) goja.Value {
		return b.promised(func() task {
			t := row.make(b, &call{b: b, args: fc.Arguments, form: formPromise})
			number := t.value
			t.value = func() goja.Value {
				o, err := b.vm.New(b.env.Require("internal/fs/filehandle").Get("FileHandle"), number())
				if err != nil {
					panic(err)
				}
				return o
			}
			return t
		}, &row)
	})
}

// nativePromises is the table in promise form: fs.promises' own functions, and
// under "handle" the operations on descriptors that FileHandle's methods are.
func nativePromises(env bindings.Env) *goja.Object {
	b := of(env)
	vm := b.vm
	o, h := vm.NewObject(), vm.NewObject()
	for _, row := range b.table() {
		if row.forms&formPromise != 0 {
			_ = o.Set(row.name, b.promiseForm(row, formPromise))
		}
		switch {
		case row.name == "open":
			_ = h.Set("open", b.openForm(row))
		case row.forms&formHandle != 0:
			_ = h.Set(row.name, b.handleForm(row))
		}
	}
	real := op{name: "realpath", make: (*binding).realpathNative, lengths: [3]int{0, 0, 2}}
	_ = o.Set("realpath", b.promiseForm(real, formPromise))
	_ = o.Set("handle", h)
	_ = o.Set("kHandle", b.kHandle)

	state := func(c goja.FunctionCall) *fileHandle {
		h, ok := c.Argument(0).Export().(*fileHandle)
		if !ok {
			panic(b.env.NewError("ERR_INVALID_THIS", "FileHandle"))
		}
		return h
	}
	set := func(name string, f func(h *fileHandle) goja.Value) {
		_ = o.Set(name, b.fn(name, 1, func(c goja.FunctionCall) goja.Value { return f(state(c)) }))
	}
	_ = o.Set("newState", b.fn("newState", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(b.newFileHandle(int(c.Argument(0).ToInteger())))
	}))
	set("stateFd", func(h *fileHandle) goja.Value { return vm.ToValue(h.fd) })
	set("stateBusy", func(h *fileHandle) goja.Value { return vm.ToValue(h.refs > 1) })
	set("moveState", func(h *fileHandle) goja.Value { h.moved, h.fd, *h.open = true, -1, -1; return goja.Undefined() })
	set("ref", func(h *fileHandle) goja.Value { h.refs++; return goja.Undefined() })
	set("unref", func(h *fileHandle) goja.Value { h.unref(); return goja.Undefined() })
	set("dropState", func(h *fileHandle) goja.Value { h.fd, *h.open = -1, -1; return goja.Undefined() })
	set("closeState", func(h *fileHandle) goja.Value {
		p, resolve, reject := vm.NewPromise()
		h.resolve, h.reject = resolve, reject
		h.unref()
		return vm.ToValue(p)
	})
	return o
}
