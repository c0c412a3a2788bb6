package streamwrap

import (
	"encoding/binary"
	"syscall"
	"unsafe"

	"github.com/dop251/goja"
)

// Encode turns a JavaScript string into bytes: "utf8", "latin1" or "ucs2".
// The result must not be changed: it may be the string's own memory.
func Encode(v goja.Value, encoding string) []byte {
	s, ok := v.(goja.String)
	if !ok {
		s, _ = v.ToString().(goja.String)
	}
	switch encoding {
	case "latin1":
		if str, ok := s.Export().(string); ok && len(str) == s.Length() {
			return stringBytes(str) // ASCII
		}
		b := make([]byte, s.Length())
		for i := range b {
			b[i] = byte(s.CharAt(i))
		}
		return b
	case "ucs2":
		b := make([]byte, 0, 2*s.Length())
		for i := range s.Length() {
			b = binary.LittleEndian.AppendUint16(b, s.CharAt(i))
		}
		return b
	}
	return stringBytes(s.String())
}

func stringBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// nativeEncoding maps Node's names to Encode's; "" for those that JavaScript
// turns into a Buffer first.
func nativeEncoding(name string) string {
	switch name {
	case "", "utf8", "utf-8":
		return "utf8"
	case "latin1", "binary", "ascii":
		return "latin1"
	case "ucs2", "ucs-2", "utf16le", "utf-16le":
		return "ucs2"
	}
	return ""
}

// writeChunk(callback, chunk, encoding): 0 if all went out at once, 1 if
// callback(status) will be called, an error number otherwise; and 2 if the
// encoding is one that must be turned into a Buffer by the caller.
func (w *wrap) writeChunk(c goja.FunctionCall) goja.Value {
	st := w.st
	if w.stream == nil {
		return st.status(syscall.EBADF)
	}
	data, ok := w.bytes(c.Argument(1), c.Argument(2))
	if !ok {
		return st.vm.ToValue(2)
	}
	cb := c.Argument(0)
	pending, err := w.stream.Write(data, func(err error) { w.wrote(cb, err) })
	return st.result(pending, err)
}

// wrote reports a write that was queued: handle.onwrite(status, callback) of
// the glue that registered one with setOnWrite, otherwise callback(status).
func (w *wrap) wrote(cb goja.Value, err error) {
	if w.st.onWrite != nil {
		w.st.env.Call(w.st.onWrite, w.obj, w.st.status(err), cb)
		return
	}
	if fn, ok := goja.AssertFunction(cb); ok {
		w.st.env.Call(fn, w.obj, w.st.status(err))
	}
}

func (st *State) result(pending bool, err error) goja.Value {
	if err != nil {
		return st.status(err)
	}
	if pending {
		return st.vm.ToValue(1)
	}
	return st.vm.ToValue(0)
}

func (w *wrap) bytes(chunk, encoding goja.Value) ([]byte, bool) {
	if s, ok := chunk.(goja.String); ok {
		enc := "utf8"
		if !goja.IsUndefined(encoding) && !goja.IsNull(encoding) {
			if enc = nativeEncoding(encoding.String()); enc == "" {
				return nil, false
			}
		}
		return Encode(s, enc), true
	}
	return w.st.env.Bytes(chunk)
}

// writeChunks(callback, chunks): chunks are {chunk, encoding} as in _writev.
func (w *wrap) writeChunks(c goja.FunctionCall) goja.Value {
	st := w.st
	if w.stream == nil {
		return st.status(syscall.EBADF)
	}
	arr := c.Argument(1).ToObject(st.vm)
	n := int(arr.Get("length").ToInteger())
	bufs := make([][]byte, 0, n)
	for i := range n {
		entry := arr.Get(itoa(i)).ToObject(st.vm)
		data, ok := w.bytes(entry.Get("chunk"), entry.Get("encoding"))
		if !ok {
			return st.vm.ToValue(2)
		}
		if len(data) > 0 {
			bufs = append(bufs, data)
		}
	}
	cb := c.Argument(0)
	pending, err := w.stream.Writev(bufs, func(err error) { w.wrote(cb, err) })
	return st.result(pending, err)
}

// writeReq(req, data[, handle]) is Node's form: req.oncomplete(status, handle,
// error) is called later if the write could not be done at once (req.async).
// A handle to pass along must have a descriptor.
func (w *wrap) writeReq(c goja.FunctionCall, encoding string) goja.Value {
	st := w.st
	if w.stream == nil {
		return st.status(syscall.EBADF)
	}
	req := c.Argument(0).ToObject(st.vm)
	var data []byte
	if encoding == "buffer" {
		b, ok := st.env.Bytes(c.Argument(1))
		if !ok {
			panic(st.env.NewError("ERR_INVALID_ARG_TYPE", "data", "Buffer", c.Argument(1)))
		}
		data = b
	} else {
		data = Encode(c.Argument(1), encoding)
	}
	done := func(err error) {
		st.call(req, "oncomplete", st.status(err), w.obj, goja.Undefined())
	}
	var pending bool
	var err error
	fd := -1
	if h, ok := c.Argument(2).(*goja.Object); ok {
		if other := st.wraps[h]; other != nil {
			fd = other.fd()
		} else if v := h.Get("fd"); v != nil {
			fd = int(v.ToInteger())
		}
		if fd < 0 {
			return st.status(syscall.EBADF)
		}
	}
	if fd >= 0 {
		pending, err = w.stream.WriteFD(data, fd, done)
	} else {
		pending, err = w.stream.Write(data, done)
	}
	_ = req.Set("async", pending)
	_ = req.Set("bytes", len(data))
	return st.status(err)
}

// writeFD(callback, data, fd) passes a descriptor with the first byte of data.
func (w *wrap) writeFD(c goja.FunctionCall) goja.Value {
	if w.stream == nil {
		return w.st.status(syscall.EBADF)
	}
	data, ok := w.bytes(c.Argument(1), goja.Undefined())
	if !ok {
		return w.st.vm.ToValue(2)
	}
	cb := c.Argument(0)
	pending, err := w.stream.WriteFD(data, int(c.Argument(2).ToInteger()), func(err error) { w.wrote(cb, err) })
	return w.st.result(pending, err)
}

// shutdown(req): req.oncomplete(status) later.
func (w *wrap) shutdown(c goja.FunctionCall) goja.Value {
	st := w.st
	if w.stream == nil {
		return st.status(syscall.ENOTCONN)
	}
	req := c.Argument(0).ToObject(st.vm)
	return st.status(w.stream.Shutdown(func(err error) { st.call(req, "oncomplete", st.status(err)) }))
}

func itoa(i int) string {
	if i < 10 {
		return "0123456789"[i : i+1]
	}
	var b [20]byte
	p := len(b)
	for ; i > 0; i /= 10 {
		p--
		b[p] = byte('0' + i%10)
	}
	return string(b[p:])
}
