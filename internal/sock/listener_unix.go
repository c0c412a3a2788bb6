//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import (
	"errors"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/eventloop"
)

// A Listener is a socket that accepts connections.
type Listener struct {
	g        *Group
	h        *eventloop.Handle
	kind     Kind
	fd       int
	path     string // to be removed on Close
	onAccept func(*Stream, error)
	closed   bool
	paused   bool
	ready    func(eventloop.Events)
	listens  bool
	opts     ListenOptions
	delayed  error

	// Data is the owner's.
	Data any
}

func (g *Group) newListener(kind Kind, fd int) *Listener {
	l := &Listener{g: g, kind: kind, fd: fd, h: g.loop.NewHandle(serverNames[kind])}
	l.ready = l.onReady
	l.h.Data = l
	g.listeners[l] = struct{}{}
	return l
}

// BindTCP makes a bound socket that does not listen yet. That the address is in
// use is reported by Listen, other failures at once.
func (g *Group) BindTCP(addr netip.AddrPort, o ListenOptions) (*Listener, error) {
	sa, family := sockaddr(addr)
	fd, err := socket(family, unix.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	err = bindTCP(fd, sa, family, o)
	if err != nil && !errors.Is(err, unix.EADDRINUSE) {
		_ = unix.Close(fd)
		return nil, err
	}
	l := g.newListener(TCP, fd)
	l.opts, l.delayed = o, err
	return l, nil
}

// BindPath makes a Unix-domain socket bound to path that does not listen yet.
// A path that begins with a NUL names a socket in Linux's abstract namespace.
func (g *Group) BindPath(path string, o ListenOptions) (*Listener, error) {
	if len(path) > maxPath || path == "" {
		return nil, unix.EINVAL
	}
	fd, err := socket(unix.AF_UNIX, unix.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	if err := unix.Bind(fd, &unix.SockaddrUnix{Name: abstract(path)}); err != nil {
		_ = unix.Close(fd)
		if errors.Is(err, unix.ENOENT) { // libuv's choice: Windows reports EACCES
			err = unix.EACCES
		}
		return nil, err
	}
	l := g.newListener(Pipe, fd)
	l.opts = o
	if path[0] != 0 {
		l.path = path
		if o.Mode != 0 {
			if err := os.Chmod(path, os.FileMode(o.Mode)); err != nil {
				l.Close(nil)
				return nil, err
			}
		}
	}
	return l, nil
}

// OpenListener wraps a socket that another made: an inherited descriptor, or
// one received from another process. It becomes the listener's.
func (g *Group) OpenListener(kind Kind, fd int) (*Listener, error) {
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return g.newListener(kind, fd), nil
}

// ListenTCP is BindTCP and Listen.
func (g *Group) ListenTCP(addr netip.AddrPort, o ListenOptions) (*Listener, error) {
	l, err := g.BindTCP(addr, o)
	if err == nil {
		err = l.Listen(o.backlog())
		if err != nil {
			l.Close(nil)
			return nil, err
		}
	}
	return l, err
}

// ListenPath is BindPath and Listen.
func (g *Group) ListenPath(path string, o ListenOptions) (*Listener, error) {
	l, err := g.BindPath(path, o)
	if err == nil {
		if err = l.Listen(o.backlog()); err != nil {
			l.Close(nil)
			return nil, err
		}
	}
	return l, err
}

// Listen begins to queue connections in the kernel.
func (l *Listener) Listen(backlog int) error {
	if l.closed {
		return unix.EBADF
	}
	if err := l.delayed; err != nil {
		l.delayed = nil
		return err
	}
	if err := unix.Listen(l.fd, backlog); err != nil {
		return err
	}
	if l.g.spare < 0 {
		l.g.openSpare()
	}
	l.listens = true
	return nil
}

// Accept calls fn for each connection, or with an error that concerns one
// connection only. The stream belongs to fn. Call it after Listen.
func (l *Listener) Accept(fn func(*Stream, error)) error {
	if l.closed {
		return unix.EBADF
	}
	l.onAccept = fn
	return l.watch()
}

// Pause stops accepting; the kernel goes on queueing. Resume undoes it.
func (l *Listener) Pause() { l.paused = true; _ = l.watch() }

// Resume undoes Pause.
func (l *Listener) Resume() { l.paused = false; _ = l.watch() }

func (l *Listener) watch() error {
	if l.closed {
		return nil
	}
	var ev eventloop.Events
	if l.onAccept != nil && !l.paused {
		ev = eventloop.Readable
	}
	return l.h.Watch(l.fd, ev, l.ready)
}

func (l *Listener) onReady(eventloop.Events) {
	if l.g.spare < 0 {
		l.g.openSpare()
	}
	for !l.closed && !l.paused {
		fd, err := accept(l.fd)
		switch {
		case err == nil:
			s := l.g.NewStream(l.kind)
			s.fd = fd
			l.onAccept(s, nil)
		case errors.Is(err, unix.EAGAIN):
			return
		case errors.Is(err, unix.EINTR), errors.Is(err, unix.ECONNABORTED):
		case errors.Is(err, unix.EMFILE), errors.Is(err, unix.ENFILE):
			if !l.shed() {
				l.onAccept(nil, err)
			}
			return
		default:
			l.onAccept(nil, err)
			return
		}
	}
}

// shed accepts and closes what waits, with the spare descriptor: otherwise
// level-triggered polling would spin for as long as the limit is reached. It
// reports whether nothing waits any more: that is no error to anybody then.
func (l *Listener) shed() bool {
	if l.g.spare < 0 {
		return false
	}
	l.g.closeSpare()
	defer l.g.openSpare()
	for {
		fd, err := accept(l.fd)
		switch {
		case err == nil:
			_ = unix.Close(fd)
		case errors.Is(err, unix.EINTR), errors.Is(err, unix.ECONNABORTED):
		default:
			return errors.Is(err, unix.EAGAIN)
		}
	}
}

func (g *Group) openSpare() {
	if fd, err := unix.Open("/", unix.O_RDONLY|unix.O_CLOEXEC, 0); err == nil {
		g.spare = fd
	}
}

func (g *Group) closeSpare() {
	if g.spare >= 0 {
		_ = unix.Close(g.spare)
		g.spare = -1
	}
}

// Kind says what the listener is.
func (l *Listener) Kind() Kind { return l.kind }

// FD returns the descriptor, -1 once closed.
func (l *Listener) FD() int { return l.fd }

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
func (l *Listener) Addr() (Addr, error) { return localAddr(l.fd) }

// Close closes the socket at once and removes a pipe's file; done (which may
// be nil) is called in the close phase.
func (l *Listener) Close(done func()) {
	if l.closed {
		return
	}
	l.closed = true
	l.h.Close(done)
	delete(l.g.listeners, l)
	if l.path != "" {
		_ = unix.Unlink(l.path)
	}
	if l.fd > 2 {
		_ = unix.Close(l.fd)
	}
	l.fd = -1
	if len(l.g.listeners) == 0 {
		l.g.closeSpare()
	}
}
