package child_process

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/sock"
)

// channel is an IPC channel on a Unix-domain socket. A message is a line of
// JSON, or in advanced mode four bytes of length, big endian, and a body; a
// descriptor travels with the first byte of its message.
type channel struct {
	st       *state
	stream   *sock.Stream
	advanced bool
	buf      []byte
	fds      []int
	message  goja.Callable // (body, fd)
	closed   goja.Callable // ()
	ended    bool
}

func (st *state) channelTable(def func(string, func(goja.FunctionCall) goja.Value)) {
	vm := st.vm
	get := func(c goja.FunctionCall) *channel { return st.channels[int(c.Argument(0).ToInteger())] }
	// open(fd, advanced, onmessage, onclose) → id
	def("openChannel", func(c goja.FunctionCall) goja.Value {
		s := st.group.NewStream(sock.Pipe)
		s.SetIPC(true)
		if err := s.Open(int(c.Argument(0).ToInteger())); err != nil {
			s.Close(nil)
			panic(st.env.Error(err))
		}
		ch := &channel{st: st, stream: s, advanced: c.Argument(1).ToBoolean()}
		ch.message, _ = goja.AssertFunction(c.Argument(2))
		ch.closed, _ = goja.AssertFunction(c.Argument(3))
		st.nextID++
		id := st.nextID
		st.channels[id] = ch
		return vm.ToValue(id)
	})
	def("readChannel", func(c goja.FunctionCall) goja.Value {
		if ch := get(c); ch != nil && !ch.ended {
			_ = ch.stream.ReadStart(ch.read)
		}
		return nil
	})
	// send(id, body, fd, done(failed)) → true if the kernel took it at once
	def("sendChannel", func(c goja.FunctionCall) goja.Value {
		ch := get(c)
		if ch == nil {
			return vm.ToValue(-1)
		}
		var body []byte
		if ch.advanced {
			b, _ := st.env.Bytes(c.Argument(1))
			body = binary.BigEndian.AppendUint32(nil, uint32(len(b)))
			body = append(body, b...)
		} else {
			body = append([]byte(c.Argument(1).String()), '\n')
		}
		fn, _ := goja.AssertFunction(c.Argument(3))
		done := func(err error) {
			if fn != nil {
				st.env.Call(fn, goja.Undefined(), vm.ToValue(err != nil))
			}
		}
		var pending bool
		var err error
		if fd := int(c.Argument(2).ToInteger()); fd >= 0 {
			pending, err = ch.stream.WriteFD(body, fd, done)
		} else {
			pending, err = ch.stream.Write(body, done)
		}
		switch {
		case err != nil:
			return vm.ToValue(-1)
		case pending:
			return vm.ToValue(1)
		}
		return vm.ToValue(0)
	})
	def("queuedChannel", func(c goja.FunctionCall) goja.Value {
		if ch := get(c); ch != nil {
			return vm.ToValue(ch.stream.Queued())
		}
		return vm.ToValue(0)
	})
	def("refChannel", func(c goja.FunctionCall) goja.Value {
		if ch := get(c); ch != nil {
			if c.Argument(1).ToBoolean() {
				ch.stream.Ref()
			} else {
				ch.stream.Unref()
			}
		}
		return nil
	})
	def("channelFD", func(c goja.FunctionCall) goja.Value {
		if ch := get(c); ch != nil {
			return vm.ToValue(ch.stream.FD())
		}
		return vm.ToValue(-1)
	})
	def("closeChannel", func(c goja.FunctionCall) goja.Value {
		if ch := get(c); ch != nil {
			ch.ended = true
			delete(st.channels, int(c.Argument(0).ToInteger()))
			ch.stream.Close(nil)
		}
		return nil
	})
	def("closeFD", func(c goja.FunctionCall) goja.Value {
		closeFD(int(c.Argument(0).ToInteger()))
		return nil
	})
	def("dupFD", func(c goja.FunctionCall) goja.Value {
		fd, err := dupFD(int(c.Argument(0).ToInteger()))
		if err != nil {
			return vm.ToValue(-1)
		}
		return vm.ToValue(fd)
	})
}

// read splits what arrives into messages.
func (ch *channel) read(b []byte, err error) {
	ch.fds = append(ch.fds, ch.stream.TakeFDs()...)
	ch.buf = append(ch.buf, b...)
	for !ch.ended {
		body, ok := ch.next()
		if !ok {
			break
		}
		ch.deliver(body)
	}
	if err == nil || ch.ended {
		return
	}
	ch.ended = true
	if errors.Is(err, io.EOF) || err != nil {
		ch.st.env.Call(ch.closed, goja.Undefined())
	}
}

func (ch *channel) next() (body []byte, ok bool) {
	if ch.advanced {
		if len(ch.buf) < 4 {
			return nil, false
		}
		n := int(binary.BigEndian.Uint32(ch.buf))
		if len(ch.buf) < 4+n {
			return nil, false
		}
		body = append([]byte(nil), ch.buf[4:4+n]...)
		ch.buf = ch.buf[4+n:]
		return body, true
	}
	i := bytes.IndexByte(ch.buf, '\n')
	if i < 0 {
		return nil, false
	}
	body = append([]byte(nil), ch.buf[:i]...)
	ch.buf = ch.buf[i+1:]
	if len(ch.buf) == 0 {
		ch.buf = nil
	}
	return body, true
}

// deliver hands a message on; one that names a handle takes the next descriptor.
func (ch *channel) deliver(body []byte) {
	st := ch.st
	fd := -1
	if len(ch.fds) > 0 && (ch.advanced || bytes.Contains(body, []byte(`"NODE_HANDLE"`))) {
		fd, ch.fds = ch.fds[0], ch.fds[1:]
	}
	st.env.Enter(func() {
		arg := goja.Value(nil)
		if ch.advanced {
			arg = st.env.NewBuffer(body)
		} else {
			arg = st.vm.ToValue(string(body))
		}
		if _, err := ch.message(goja.Undefined(), arg, st.vm.ToValue(fd)); err != nil {
			panic(err)
		}
	})
}
