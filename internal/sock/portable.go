//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package sock

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"syscall"

	"github.com/gonode/gonode/eventloop"
)

// A Stream is one end of a byte-stream connection; see the Unix version for
// the contract. Here a goroutine reads and one writes.
type Stream struct {
	g    *Group
	h    *eventloop.Handle
	kind Kind
	conn io.ReadWriteCloser

	onRead    func([]byte, error)
	alloc     func() []byte
	reading   bool
	reader    bool          // the goroutine runs
	pending   []byte        // read, not yet delivered: reading is paused
	pendErr   error         // the same for an error
	resume    chan struct{} // one slot: the reader may go on
	closed    bool
	ended     bool
	shutting  bool
	onShut    func(error)
	local     netip.AddrPort
	onConnect func(error)
	connReq   *eventloop.Request
	cancelDo  context.CancelFunc
	queue     []write
	writing   bool
	queued    int
	writeReq  *eventloop.Request

	bytesRead, bytesWritten uint64

	// Data is the owner's.
	Data any
}

type write struct {
	data []byte
	n    int
	done func(error)
}

// NewStream returns a stream without a connection.
func (g *Group) NewStream(kind Kind) *Stream {
	s := &Stream{g: g, kind: kind, h: g.loop.NewHandle(streamNames[kind]), resume: make(chan struct{}, 1)}
	s.h.Data = s
	g.streams[s] = struct{}{}
	return s
}

// OpenConn wraps a connection of package net, or any other byte stream.
func (g *Group) OpenConn(kind Kind, c io.ReadWriteCloser) *Stream {
	s := g.NewStream(kind)
	s.conn = c
	return s
}

// Open is refused for descriptors other than the standard ones.
func (s *Stream) Open(fd int) error {
	switch fd {
	case 0:
		s.conn = os.Stdin
	case 1:
		s.conn = os.Stdout
	case 2:
		s.conn = os.Stderr
	default:
		return ErrUnsupported
	}
	return nil
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

// SetBlocking does nothing here.
func (s *Stream) SetBlocking(bool) {}

// SetIPC does nothing here: descriptors cannot be passed.
func (s *Stream) SetIPC(bool) {}

// TakeFDs returns nothing here.
func (s *Stream) TakeFDs() []int { return nil }

// Kind says what the stream is.
func (s *Stream) Kind() Kind { return s.kind }

// FD is always -1 here.
func (s *Stream) FD() int { return -1 }

// Detach only closes here.
func (s *Stream) Detach(done func()) int { s.Close(done); return -1 }

// Listener is refused here.
func (s *Stream) Listener() (*Listener, error) { return nil, ErrUnsupported }

// Handle is the stream's handle on the loop.
func (s *Stream) Handle() *eventloop.Handle { return s.h }

// Ref makes a reading stream keep the loop alive.
func (s *Stream) Ref() { s.h.Ref() }

// Unref lets the loop end while the stream reads.
func (s *Stream) Unref() { s.h.Unref() }

// HasRef reports whether the stream is ref'd and not closing.
func (s *Stream) HasRef() bool { return s.h.HasRef() }

// BytesRead counts what came in.
func (s *Stream) BytesRead() uint64 { return s.bytesRead }

// BytesWritten counts what was handed to Write, queued or not.
func (s *Stream) BytesWritten() uint64 { return s.bytesWritten }

// Queued is how many bytes wait to be written.
func (s *Stream) Queued() int { return s.queued }

// Closed reports whether Close was called.
func (s *Stream) Closed() bool { return s.closed }

// Reading reports whether the stream reads.
func (s *Stream) Reading() bool { return s.reading }

// Bind sets the local address of Connect.
func (s *Stream) Bind(addr netip.AddrPort, _ ListenOptions) error {
	s.local = addr
	return nil
}

// Connect connects a TCP stream; done is called on the loop, later.
func (s *Stream) Connect(addr netip.AddrPort, done func(error)) error {
	var d net.Dialer
	if s.local.IsValid() {
		d.LocalAddr = net.TCPAddrFromAddrPort(s.local)
	}
	return s.dial("TCPConnectWrap", done, func(ctx context.Context) (net.Conn, error) {
		return d.DialContext(ctx, "tcp", addr.String())
	})
}

// ConnectPath connects a pipe to a Unix-domain socket.
func (s *Stream) ConnectPath(path string, done func(error)) error {
	return s.dial("PipeConnectWrap", done, func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	})
}

func (s *Stream) dial(kind string, done func(error), dial func(context.Context) (net.Conn, error)) error {
	if s.closed {
		return syscall.EBADF
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.onConnect, s.cancelDo = done, cancel
	s.connReq = s.g.loop.NewRequest(kind)
	go func() {
		c, err := dial(ctx)
		ok := s.g.loop.Post(func() {
			if s.closed {
				if c != nil {
					c.Close()
				}
				return
			}
			s.connReq.Done()
			s.onConnect = nil
			if err == nil {
				s.conn = c
			}
			if done != nil {
				done(rootCause(err))
			}
			s.pump()
		})
		if !ok && c != nil {
			c.Close()
		}
	}()
	return nil
}

// rootCause takes the system's error out of package net's.
func rootCause(err error) error {
	var no syscall.Errno
	if errors.As(err, &no) {
		return no
	}
	return err
}

// ReadStart calls fn with what comes in.
func (s *Stream) ReadStart(fn func(b []byte, err error)) error {
	if s.conn == nil || s.closed {
		return syscall.EBADF
	}
	s.onRead, s.reading = fn, true
	s.h.Start()
	if !s.reader {
		s.reader = true
		go s.readLoop(s.conn)
		s.resume <- struct{}{}
		return nil
	}
	if s.pending != nil || s.pendErr != nil {
		s.g.loop.Defer(func() { s.deliver(s.pending, s.pendErr) })
	}
	return nil
}

func (s *Stream) readLoop(c io.Reader) {
	buf := make([]byte, bufferSize)
	for range s.resume {
		n, err := c.Read(buf)
		if n > 0 {
			err = nil
		} else if err == nil {
			err = io.EOF
		}
		if !s.h.Post(func() { s.deliver(buf[:n], rootCause(err)) }) || err != nil {
			return
		}
	}
}

func (s *Stream) deliver(b []byte, err error) {
	if s.closed || (b == nil && err == nil) {
		return
	}
	if !s.reading {
		s.pending, s.pendErr = b, err
		return
	}
	s.pending, s.pendErr = nil, nil
	if err != nil {
		s.ReadStop()
		s.onRead(nil, err)
		return
	}
	s.bytesRead += uint64(len(b))
	for s.alloc != nil && len(b) > 0 && !s.closed {
		dst := s.alloc()
		n := copy(dst, b)
		if n == 0 {
			break
		}
		b = b[n:]
		s.onRead(dst[:n], nil)
	}
	if s.alloc == nil {
		s.onRead(b, nil)
	}
	if !s.closed {
		s.resume <- struct{}{}
	}
}

// ReadInto makes reads go into the slice that alloc returns.
func (s *Stream) ReadInto(alloc func() []byte) { s.alloc = alloc }

// ReadStop pauses reading.
func (s *Stream) ReadStop() {
	s.reading = false
	s.h.Stop()
}

// TryWrite writes nothing here: the kernel cannot be asked.
func (s *Stream) TryWrite([]byte) (int, error) { return 0, nil }

// Write writes a copy of b; it is always queued.
func (s *Stream) Write(b []byte, done func(error)) (pending bool, err error) {
	return s.Writev([][]byte{b}, done)
}

// Writev writes several slices.
func (s *Stream) Writev(bufs [][]byte, done func(error)) (pending bool, err error) {
	if s.closed || (s.conn == nil && s.onConnect == nil) {
		return false, syscall.EBADF
	}
	var data []byte
	for _, b := range bufs {
		data = append(data, b...)
	}
	s.bytesWritten += uint64(len(data))
	s.queued += len(data)
	s.queue = append(s.queue, write{data, len(data), done})
	if s.writeReq == nil {
		s.writeReq = s.g.loop.NewRequest("WriteWrap")
	}
	s.pump()
	return true, nil
}

// WriteFD is refused here.
func (s *Stream) WriteFD([]byte, int, func(error)) (bool, error) { return false, ErrUnsupported }

// pump writes the first write of the queue, and after it the next.
func (s *Stream) pump() {
	if s.writing || s.closed || s.conn == nil {
		return
	}
	if len(s.queue) == 0 {
		if s.writeReq != nil {
			s.writeReq.Done()
			s.writeReq = nil
		}
		if s.shutting {
			s.shutdown()
		}
		return
	}
	s.writing = true
	w, c := s.queue[0], s.conn
	go func() {
		_, err := c.Write(w.data)
		s.h.Post(func() {
			s.writing = false
			s.queued -= w.n
			s.queue = s.queue[1:]
			if w.done != nil {
				w.done(rootCause(err))
			}
			s.pump()
		})
	}()
}

// Shutdown ends our side once everything queued is written.
func (s *Stream) Shutdown(done func(error)) error {
	if s.conn == nil || s.closed || s.ended || s.shutting {
		return syscall.ENOTCONN
	}
	s.shutting, s.onShut = true, done
	if len(s.queue) == 0 {
		s.g.loop.Defer(s.shutdown)
	}
	return nil
}

func (s *Stream) shutdown() {
	if s.closed || !s.shutting {
		return
	}
	s.shutting, s.ended = false, true
	var err error
	if c, ok := s.conn.(interface{ CloseWrite() error }); ok {
		err = c.CloseWrite()
	}
	if s.onShut != nil {
		s.onShut(rootCause(err))
	}
}

// Close closes the connection at once; see the Unix version.
func (s *Stream) Close(done func()) {
	if s.closed {
		return
	}
	s.closed, s.reading = true, false
	s.h.Close(func() {
		s.cancel(syscall.ECANCELED)
		if done != nil {
			done()
		}
	})
	s.release()
}

func (s *Stream) release() {
	delete(s.g.streams, s)
	if s.cancelDo != nil {
		s.cancelDo()
	}
	if s.conn != nil && s.conn != os.Stdin && s.conn != os.Stdout && s.conn != os.Stderr {
		_ = s.conn.Close()
	}
	close(s.resume)
}

func (s *Stream) cancel(err error) {
	if done := s.onConnect; done != nil {
		s.onConnect = nil
		s.connReq.Done()
		done(err)
	}
	for _, w := range s.queue {
		if w.done != nil {
			w.done(err)
		}
	}
	s.queue = nil
	if s.writeReq != nil {
		s.writeReq.Done()
		s.writeReq = nil
	}
	if s.shutting && s.onShut != nil {
		s.onShut(err)
	}
}

func (s *Stream) abandon() {
	s.closed = true
	s.h.Close(nil)
	s.release()
}

// Reset is Close with a TCP reset.
func (s *Stream) Reset(done func()) error {
	if c, ok := s.conn.(*net.TCPConn); ok {
		_ = c.SetLinger(0)
	}
	s.Close(done)
	return nil
}

// SetNoDelay switches Nagle's algorithm off.
func (s *Stream) SetNoDelay(on bool) error {
	if c, ok := s.conn.(*net.TCPConn); ok {
		return c.SetNoDelay(on)
	}
	return syscall.EBADF
}

// SetKeepAlive switches keep-alive probes.
func (s *Stream) SetKeepAlive(on bool, _ int) error {
	if c, ok := s.conn.(*net.TCPConn); ok {
		return c.SetKeepAlive(on)
	}
	return syscall.EBADF
}

// LocalAddr is getsockname.
func (s *Stream) LocalAddr() (Addr, error) {
	if c, ok := s.conn.(net.Conn); ok {
		return fromNetAddr(c.LocalAddr()), nil
	}
	return Addr{}, syscall.EBADF
}

// PeerAddr is getpeername.
func (s *Stream) PeerAddr() (Addr, error) {
	if c, ok := s.conn.(net.Conn); ok {
		return fromNetAddr(c.RemoteAddr()), nil
	}
	return Addr{}, syscall.EBADF
}

func fromNetAddr(a net.Addr) Addr {
	switch a := a.(type) {
	case *net.TCPAddr:
		ap := a.AddrPort()
		return Addr{AddrPort: netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())}
	case *net.UnixAddr:
		return Addr{Path: a.Name}
	}
	return Addr{}
}

// A Listener is a socket that accepts connections.
type Listener struct {
	g        *Group
	h        *eventloop.Handle
	kind     Kind
	l        net.Listener
	onAccept func(*Stream, error)
	closed   bool
	paused   bool
	resume   chan struct{}

	// Data is the owner's.
	Data any
}

func (g *Group) newListener(kind Kind, l net.Listener) *Listener {
	x := &Listener{g: g, kind: kind, l: l, h: g.loop.NewHandle(serverNames[kind]), resume: make(chan struct{}, 1)}
	x.h.Data = x
	g.listeners[x] = struct{}{}
	return x
}

// BindTCP binds and listens here.
func (g *Group) BindTCP(addr netip.AddrPort, o ListenOptions) (*Listener, error) {
	network := "tcp"
	if addr.Addr().Is4() {
		network = "tcp4"
	} else if o.IPv6Only {
		network = "tcp6"
	}
	l, err := net.Listen(network, addr.String())
	if err != nil {
		return nil, rootCause(err)
	}
	return g.newListener(TCP, l), nil
}

// BindPath binds and listens here.
func (g *Group) BindPath(path string, _ ListenOptions) (*Listener, error) {
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, rootCause(err)
	}
	return g.newListener(Pipe, l), nil
}

// OpenListener is refused here.
func (g *Group) OpenListener(Kind, int) (*Listener, error) { return nil, ErrUnsupported }

// ListenTCP is BindTCP and Listen.
func (g *Group) ListenTCP(addr netip.AddrPort, o ListenOptions) (*Listener, error) {
	return g.BindTCP(addr, o)
}

// ListenPath is BindPath and Listen.
func (g *Group) ListenPath(path string, o ListenOptions) (*Listener, error) {
	return g.BindPath(path, o)
}

// Listen does nothing here: the socket listens already.
func (l *Listener) Listen(int) error {
	if l.closed {
		return syscall.EBADF
	}
	return nil
}

// Accept calls fn for each connection.
func (l *Listener) Accept(fn func(*Stream, error)) error {
	if l.closed {
		return syscall.EBADF
	}
	first := l.onAccept == nil
	l.onAccept = fn
	l.h.Start()
	if first {
		go func() {
			for {
				c, err := l.l.Accept()
				if errors.Is(err, net.ErrClosed) {
					return
				}
				ok := l.h.Post(func() {
					if err != nil {
						l.onAccept(nil, rootCause(err))
					} else {
						l.onAccept(l.g.OpenConn(l.kind, c), nil)
					}
					if !l.paused && !l.closed {
						l.resume <- struct{}{}
					}
				})
				if !ok {
					if c != nil {
						c.Close()
					}
					return
				}
				if _, ok := <-l.resume; !ok {
					return
				}
			}
		}()
	}
	return nil
}

// Pause stops accepting; Resume undoes it.
func (l *Listener) Pause() { l.paused = true }

// Resume undoes Pause.
func (l *Listener) Resume() {
	if l.paused {
		l.paused = false
		select {
		case l.resume <- struct{}{}:
		default:
		}
	}
}

func (g *Group) closeSpare() {}

// Kind says what the listener is.
func (l *Listener) Kind() Kind { return l.kind }

// FD is always -1 here.
func (l *Listener) FD() int { return -1 }

// Handle is the listener's handle on the loop.
func (l *Listener) Handle() *eventloop.Handle { return l.h }

// Ref makes the listener keep the loop alive.
func (l *Listener) Ref() { l.h.Ref() }

// Unref undoes Ref.
func (l *Listener) Unref() { l.h.Unref() }

// HasRef reports whether the listener is ref'd and not closing.
func (l *Listener) HasRef() bool { return l.h.HasRef() }

// Closed reports whether Close was called.
func (l *Listener) Closed() bool { return l.closed }

// Addr is getsockname.
func (l *Listener) Addr() (Addr, error) {
	if l.closed {
		return Addr{}, syscall.EBADF
	}
	return fromNetAddr(l.l.Addr()), nil
}

// Close closes the socket at once; done is called in the close phase.
func (l *Listener) Close(done func()) {
	if l.closed {
		return
	}
	l.closed = true
	l.h.Close(done)
	delete(l.g.listeners, l)
	_ = l.l.Close()
	close(l.resume)
}

// SocketPair is not there on this platform.
func SocketPair() (a, b int, err error) { return -1, -1, ErrUnsupported }

// FDType says what a descriptor is, as far as this platform tells.
func FDType(fd int) string {
	if IsTTY(fd) {
		return "TTY"
	}
	files := [...]*os.File{os.Stdin, os.Stdout, os.Stderr}
	if fd < 0 || fd >= len(files) {
		return "UNKNOWN"
	}
	st, err := files[fd].Stat()
	switch {
	case err != nil:
		return "UNKNOWN"
	case st.Mode()&os.ModeNamedPipe != 0:
		return "PIPE"
	}
	return "FILE"
}
