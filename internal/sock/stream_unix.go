//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import (
	"errors"
	"io"
	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/eventloop"
)

// A Stream is one end of a byte-stream connection.
//
// It is made without a descriptor by NewStream and gets one by Bind, Connect
// or Open; a Listener hands out streams that are connected.
type Stream struct {
	g    *Group
	h    *eventloop.Handle
	kind Kind
	fd   int

	ready     func(eventloop.Events) // s.onReady, made once
	onRead    func([]byte, error)
	alloc     func() []byte
	reading   bool
	ipc       bool
	blocking  bool
	shutting  bool
	ended     bool // our side was shut down
	keepFD    bool
	closed    bool
	delayed   error // bind's EADDRINUSE, which listen or connect reports
	onConnect func(error)
	connReq   *eventloop.Request
	writeReq  *eventloop.Request
	shutReq   *eventloop.Request
	onShut    func(error)
	queue     []write
	head      int
	queued    int
	received  []int // descriptors that came with data (IPC)

	bytesRead, bytesWritten uint64

	// Data is the owner's.
	Data any
}

type write struct {
	bufs [][]byte
	fd   int // to be passed with the first byte; -1 if none
	done func(error)
}

// NewStream returns a stream without a descriptor.
func (g *Group) NewStream(kind Kind) *Stream {
	s := &Stream{g: g, kind: kind, fd: -1, h: g.loop.NewHandle(streamNames[kind])}
	s.ready = s.onReady
	s.h.Data = s
	g.streams[s] = struct{}{}
	return s
}

// Open adopts fd, which becomes non-blocking and belongs to the stream from then on.
func (s *Stream) Open(fd int) error {
	if s.closed {
		return unix.EBADF
	}
	if s.fd >= 0 {
		return unix.EBUSY
	}
	if !s.blocking {
		if err := unix.SetNonblock(fd, true); err != nil {
			return err
		}
	}
	s.fd = fd
	return nil
}

// SetBlocking makes writes wait until the kernel has taken everything, for
// standard output. Set before Open it leaves the descriptor's mode alone, which
// other processes share.
func (s *Stream) SetBlocking(on bool) { s.blocking = on }

// wait blocks until a blocking stream can be written to.
func (s *Stream) wait() {
	_, _ = unix.Poll([]unix.PollFd{{Fd: int32(s.fd), Events: unix.POLLOUT}}, -1)
}

// OpenStream is NewStream followed by Open.
func (g *Group) OpenStream(kind Kind, fd int) (*Stream, error) {
	s := g.NewStream(kind)
	if err := s.Open(fd); err != nil {
		s.Close(nil)
		return nil, err
	}
	return s, nil
}

// SetIPC makes reads collect descriptors that the other side sends along
// (Unix-domain sockets only); see TakeFDs and WriteFD.
func (s *Stream) SetIPC(on bool) { s.ipc = on }

// TakeFDs returns the descriptors received so far; they belong to the caller.
func (s *Stream) TakeFDs() []int {
	fds := s.received
	s.received = nil
	return fds
}

// Kind says what the stream is.
func (s *Stream) Kind() Kind { return s.kind }

// FD returns the descriptor, -1 if there is none.
func (s *Stream) FD() int { return s.fd }

// Detach gives the descriptor away: the stream is closed without closing it.
func (s *Stream) Detach(done func()) int {
	fd := s.fd
	s.keepFD = true
	s.Close(done)
	return fd
}

// Listener makes a listener of a stream that was bound but not connected; the
// stream itself is closed.
func (s *Stream) Listener() (*Listener, error) {
	if s.fd < 0 || s.closed || s.onConnect != nil {
		return nil, unix.EINVAL
	}
	l := s.g.newListener(s.kind, s.fd)
	l.delayed = s.delayed
	s.Detach(nil)
	return l, nil
}

// Handle is the stream's handle on the loop.
func (s *Stream) Handle() *eventloop.Handle { return s.h }

// Ref, Unref and HasRef are those of the handle.
func (s *Stream) Ref() { s.h.Ref() }

// Unref lets the loop end while the stream reads.
func (s *Stream) Unref() { s.h.Unref() }

// HasRef reports whether the stream is ref'd and not closing.
func (s *Stream) HasRef() bool { return s.h.HasRef() }

// BytesRead counts what came in.
func (s *Stream) BytesRead() uint64 { return s.bytesRead }

// BytesWritten counts what was handed to Write, queued or not.
func (s *Stream) BytesWritten() uint64 { return s.bytesWritten }

// Queued is how many bytes wait for the kernel to take them.
func (s *Stream) Queued() int { return s.queued }

// Closed reports whether Close was called.
func (s *Stream) Closed() bool { return s.closed }

// Reading reports whether the stream reads.
func (s *Stream) Reading() bool { return s.reading }

// watch asks the poller for what the stream waits for now.
func (s *Stream) watch() error {
	var ev eventloop.Events
	if s.reading {
		ev |= eventloop.Readable
	}
	if s.onConnect != nil || s.head < len(s.queue) {
		ev |= eventloop.Writable
	}
	return s.h.Watch(s.fd, ev, s.ready)
}

// Bind gives a TCP stream its local address before Connect. That the address
// is in use is reported by Connect.
func (s *Stream) Bind(addr netip.AddrPort, o ListenOptions) error {
	if s.closed {
		return unix.EBADF
	}
	sa, family := sockaddr(addr)
	if s.fd < 0 {
		fd, err := socket(family, unix.SOCK_STREAM)
		if err != nil {
			return err
		}
		s.fd = fd
	}
	err := bindTCP(s.fd, sa, family, o)
	if errors.Is(err, unix.EADDRINUSE) {
		s.delayed = err
		return nil
	}
	return err
}

// Connect connects a TCP stream. The result, failures included, goes to done,
// never before Connect has returned; the error is for what cannot be tried.
func (s *Stream) Connect(addr netip.AddrPort, done func(error)) error {
	if s.closed {
		return unix.EBADF
	}
	if s.onConnect != nil {
		return unix.EALREADY
	}
	sa, family := sockaddr(addr)
	if s.fd < 0 {
		fd, err := socket(family, unix.SOCK_STREAM)
		if err != nil {
			return err
		}
		s.fd = fd
	}
	return s.connect(sa, done)
}

// ConnectPath connects a pipe to a Unix-domain socket.
func (s *Stream) ConnectPath(path string, done func(error)) error {
	if s.closed {
		return unix.EBADF
	}
	if s.fd < 0 {
		fd, err := socket(unix.AF_UNIX, unix.SOCK_STREAM)
		if err != nil {
			return err
		}
		s.fd = fd
	}
	if len(path) > maxPath {
		return unix.EINVAL
	}
	return s.connect(&unix.SockaddrUnix{Name: abstract(path)}, done)
}

func (s *Stream) connect(sa unix.Sockaddr, done func(error)) error {
	s.onConnect = done
	name := "TCPConnectWrap"
	if s.kind == Pipe {
		name = "PipeConnectWrap"
	}
	s.connReq = s.g.loop.NewRequest(name)
	err := s.delayed
	s.delayed = nil
	if err == nil {
		err = retry(func() error { return unix.Connect(s.fd, sa) })
	}
	if errors.Is(err, unix.EINPROGRESS) || (err == nil && s.kind == TCP) {
		if werr := s.watch(); werr != nil {
			s.onConnect = nil
			s.connReq.Done()
			return werr
		}
		return nil
	}
	s.g.loop.Defer(func() {
		if !s.closed {
			s.connected(err)
		}
	})
	return nil
}

func (s *Stream) connected(err error) {
	done := s.onConnect
	s.onConnect = nil
	s.connReq.Done()
	_ = s.watch()
	if done != nil {
		done(err)
	}
}

// ReadStart calls fn with what comes in. The slice is the group's buffer,
// valid until fn returns. At the end fn gets io.EOF, on failure a system
// error; the stream has stopped reading then.
func (s *Stream) ReadStart(fn func(b []byte, err error)) error {
	if s.fd < 0 || s.closed {
		return unix.EBADF
	}
	s.onRead, s.reading = fn, true
	if err := s.watch(); err != nil {
		s.reading = false
		return err
	}
	return nil
}

// ReadInto makes reads go into the slice that alloc returns, in place of the
// shared buffer; nil goes back to that.
func (s *Stream) ReadInto(alloc func() []byte) { s.alloc = alloc }

// ReadStop pauses reading; the kernel's buffer then holds back the other side.
func (s *Stream) ReadStop() {
	if s.reading {
		s.reading = false
		_ = s.watch()
	}
}

func (s *Stream) onReady(ev eventloop.Events) {
	if s.onConnect != nil {
		if ev&(eventloop.Writable|eventloop.Error|eventloop.Hangup) != 0 {
			no, err := unix.GetsockoptInt(s.fd, unix.SOL_SOCKET, unix.SO_ERROR)
			if err == nil && no != 0 {
				err = unix.Errno(no)
			}
			s.connected(err)
		}
		return
	}
	if s.reading && ev&(eventloop.Readable|eventloop.Hangup|eventloop.Error) != 0 {
		s.read()
	}
	if !s.closed && s.head < len(s.queue) && ev&(eventloop.Writable|eventloop.Hangup|eventloop.Error) != 0 {
		s.flush()
	}
}

// read reads while whole buffers come in, but not for ever: other handles
// have their turn too.
func (s *Stream) read() {
	for range 32 {
		buf := s.g.buffer()
		if s.alloc != nil {
			if buf = s.alloc(); len(buf) == 0 {
				s.stopReading(unix.ENOBUFS)
				return
			}
		}
		n, err := s.readOnce(buf)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.EAGAIN:
			return
		case err != nil:
			s.stopReading(err)
			return
		case n == 0:
			s.stopReading(io.EOF)
			return
		}
		s.bytesRead += uint64(n)
		s.onRead(buf[:n], nil)
		if n < len(buf) || !s.reading || s.closed {
			return
		}
	}
}

func (s *Stream) readOnce(buf []byte) (int, error) {
	if !s.ipc {
		return unix.Read(s.fd, buf)
	}
	n, fds, err := recvFDs(s.fd, buf)
	s.received = append(s.received, fds...)
	return n, err
}

func (s *Stream) stopReading(err error) {
	s.reading = false
	_ = s.watch()
	s.onRead(nil, err)
}

// TryWrite writes what the kernel takes now, 0 when something is queued already.
func (s *Stream) TryWrite(b []byte) (int, error) {
	if s.fd < 0 {
		return 0, unix.EBADF
	}
	if s.onConnect != nil || s.head < len(s.queue) {
		return 0, nil
	}
	n, err := s.writeOnce(b)
	s.bytesWritten += uint64(n)
	return n, err
}

func (s *Stream) writeOnce(b []byte) (int, error) {
	for {
		n, err := unix.Write(s.fd, b)
		switch err {
		case nil:
			if s.blocking && n < len(b) {
				rest, err := s.writeOnce(b[n:])
				return n + rest, err
			}
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			if !s.blocking {
				return 0, nil
			}
			s.wait()
		default:
			return 0, err
		}
	}
}

// Write writes b. pending is true if some of it had to be queued: then done is
// called when it has gone out or failed. Otherwise done is not called, and err
// says how it went.
func (s *Stream) Write(b []byte, done func(error)) (pending bool, err error) {
	if s.fd < 0 {
		return false, unix.EBADF
	}
	s.bytesWritten += uint64(len(b))
	if s.onConnect == nil && s.head == len(s.queue) {
		n, err := s.writeOnce(b)
		if err != nil || n == len(b) {
			return false, err
		}
		b = b[n:]
	}
	return true, s.enqueue(write{bufs: [][]byte{b}, fd: -1, done: done}, len(b))
}

// Writev writes several slices with one system call; the rest is as Write.
// The outer slice belongs to the stream from then on.
func (s *Stream) Writev(bufs [][]byte, done func(error)) (pending bool, err error) {
	if s.fd < 0 {
		return false, unix.EBADF
	}
	total := 0
	for _, b := range bufs {
		total += len(b)
	}
	s.bytesWritten += uint64(total)
	if s.onConnect == nil && s.head == len(s.queue) {
		n, err := s.writevOnce(bufs)
		if err != nil || n == total {
			return false, err
		}
		total -= n
		bufs = skip(bufs, n)
	}
	return true, s.enqueue(write{bufs: bufs, fd: -1, done: done}, total)
}

// WriteFD writes b with a descriptor that the other process receives (see
// SetIPC). fd must stay open until the write is done.
func (s *Stream) WriteFD(b []byte, fd int, done func(error)) (pending bool, err error) {
	if s.fd < 0 {
		return false, unix.EBADF
	}
	s.bytesWritten += uint64(len(b))
	if s.onConnect == nil && s.head == len(s.queue) {
		n, err := sendFD(s.fd, b, fd)
		if err != nil || n == len(b) {
			return false, err
		}
		if n > 0 {
			fd = -1
		}
		b = b[n:]
	}
	return true, s.enqueue(write{bufs: [][]byte{b}, fd: fd, done: done}, len(b))
}

func (s *Stream) writevOnce(bufs [][]byte) (int, error) {
	if s.blocking {
		total := 0
		for _, b := range bufs {
			n, err := s.writeOnce(b)
			total += n
			if err != nil {
				return total, err
			}
		}
		return total, nil
	}
	if len(bufs) > 1024 { // IOV_MAX
		bufs = bufs[:1024]
	}
	for {
		n, err := writev(s.fd, bufs)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		default:
			return 0, err
		}
	}
}

// skip drops the first n bytes.
func skip(bufs [][]byte, n int) [][]byte {
	for n > 0 && len(bufs) > 0 {
		if n < len(bufs[0]) {
			bufs[0] = bufs[0][n:]
			break
		}
		n -= len(bufs[0])
		bufs[0] = nil
		bufs = bufs[1:]
	}
	return bufs
}

func (s *Stream) enqueue(w write, n int) error {
	s.queue = append(s.queue, w)
	s.queued += n
	if s.writeReq == nil {
		s.writeReq = s.g.loop.NewRequest("WriteWrap")
	}
	if s.onConnect != nil && s.connReq != nil {
		return nil // goes out once connected
	}
	return s.watch()
}

// flush writes what is queued; completions are reported afterwards, in order.
func (s *Stream) flush() {
	for s.head < len(s.queue) {
		w := &s.queue[s.head]
		var n int
		var err error
		if w.fd >= 0 && len(w.bufs) > 0 {
			if n, err = sendFD(s.fd, w.bufs[0], w.fd); n > 0 {
				w.fd = -1
			}
		} else {
			n, err = s.writevOnce(w.bufs)
		}
		s.queued -= n
		if err == nil {
			w.bufs = skip(w.bufs, n)
			if len(w.bufs) > 1024 || (n > 0 && len(w.bufs) > 0) {
				continue
			}
			if len(w.bufs) > 0 {
				break // the kernel is full
			}
		}
		done := w.done
		for _, b := range w.bufs {
			s.queued -= len(b)
		}
		s.queue[s.head] = write{}
		s.head++
		if done != nil {
			done(err)
		}
		if s.closed {
			return
		}
	}
	if s.head == len(s.queue) {
		s.queue, s.head = s.queue[:0], 0
		if s.writeReq != nil {
			s.writeReq.Done()
			s.writeReq = nil
		}
		_ = s.watch()
		if s.shutting {
			s.shutdown()
		}
	}
}

// Shutdown ends our side once everything queued is written; done is called
// later, never before Shutdown has returned.
func (s *Stream) Shutdown(done func(error)) error {
	if s.fd < 0 || s.closed || s.ended || s.shutting {
		return unix.ENOTCONN
	}
	s.shutting, s.onShut = true, done
	s.shutReq = s.g.loop.NewRequest("ShutdownWrap")
	if s.head == len(s.queue) {
		s.g.loop.Defer(s.shutdown)
	}
	return nil
}

func (s *Stream) shutdown() {
	if s.closed || !s.shutting || s.head < len(s.queue) {
		return
	}
	s.shutting, s.ended = false, true
	s.shutReq.Done()
	err := unix.Shutdown(s.fd, unix.SHUT_WR)
	if s.kind == TTY && errors.Is(err, unix.ENOTSOCK) {
		err = nil
	}
	if done := s.onShut; done != nil {
		s.onShut = nil
		done(err)
	}
}

// Close closes the descriptor at once. Writes, connects and shutdowns that
// wait get ECANCELED in the close phase, and then done (which may be nil) is called.
func (s *Stream) Close(done func()) {
	if s.closed {
		return
	}
	s.closed, s.reading = true, false
	s.h.Close(func() {
		s.cancel(unix.ECANCELED)
		if done != nil {
			done()
		}
	})
	s.release()
}

// Reset is Close with a TCP reset in place of an orderly end.
func (s *Stream) Reset(done func()) error {
	if s.closed {
		return nil
	}
	if s.shutting {
		return unix.EINVAL
	}
	if s.fd >= 0 {
		l := unix.Linger{Onoff: 1}
		if err := unix.SetsockoptLinger(s.fd, unix.SOL_SOCKET, unix.SO_LINGER, &l); err != nil && err != unix.EINVAL {
			return err
		}
	}
	s.Close(done)
	return nil
}

// release frees the descriptor. Standard ones stay open, as in libuv.
func (s *Stream) release() {
	delete(s.g.streams, s)
	if s.fd > 2 && !s.keepFD {
		_ = unix.Close(s.fd)
	}
	s.fd = -1
	for _, fd := range s.received {
		_ = unix.Close(fd)
	}
	s.received = nil
}

func (s *Stream) cancel(err error) {
	if done := s.onConnect; done != nil {
		s.onConnect = nil
		s.connReq.Done()
		done(err)
	}
	for s.head < len(s.queue) {
		done := s.queue[s.head].done
		s.queue[s.head] = write{}
		s.head++
		if done != nil {
			done(err)
		}
	}
	if s.writeReq != nil {
		s.writeReq.Done()
		s.writeReq = nil
	}
	if s.shutting {
		s.shutting = false
		s.shutReq.Done()
		if s.onShut != nil {
			s.onShut(err)
		}
	}
}

// abandon is Close for the end of the loop: nobody is told.
func (s *Stream) abandon() {
	s.closed, s.reading = true, false
	s.h.Close(nil)
	s.release()
}

// SetNoDelay switches Nagle's algorithm off.
func (s *Stream) SetNoDelay(on bool) error {
	if s.fd < 0 {
		return unix.EBADF
	}
	return unix.SetsockoptInt(s.fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, boolInt(on))
}

// SetKeepAlive switches keep-alive probes; delay is in seconds.
func (s *Stream) SetKeepAlive(on bool, delay int) error {
	if s.fd < 0 {
		return unix.EBADF
	}
	return setKeepAlive(s.fd, on, delay)
}

// LocalAddr is getsockname.
func (s *Stream) LocalAddr() (Addr, error) { return localAddr(s.fd) }

// PeerAddr is getpeername.
func (s *Stream) PeerAddr() (Addr, error) {
	if s.fd < 0 {
		return Addr{}, unix.EBADF
	}
	sa, err := unix.Getpeername(s.fd)
	if err != nil {
		return Addr{}, err
	}
	return fromSockaddr(sa), nil
}
