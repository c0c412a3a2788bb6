//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package sock

import (
	"errors"
	"net"
	"net/netip"
	"syscall"

	"github.com/gonode/gonode/eventloop"
)

// A UDP is a datagram socket; see the Unix version for the contract. Here a
// goroutine receives, and sending blocks as little as the system does.
type UDP struct {
	g         *Group
	h         *eventloop.Handle
	conn      *net.UDPConn
	peer      netip.AddrPort
	closed    bool
	receiving bool
	reader    bool
	onRecv    func(b []byte, from netip.AddrPort, err error)
	count     int
	size      int
}

// NewUDP returns a socket that is not bound.
func (g *Group) NewUDP() *UDP {
	u := &UDP{g: g, h: g.loop.NewHandle("UDPWrap")}
	u.h.Data = u
	g.udps[u] = struct{}{}
	return u
}

// Bind gives the socket its address.
func (u *UDP) Bind(addr netip.AddrPort, o UDPOptions) error {
	network := "udp"
	if addr.Addr().Is4() {
		network = "udp4"
	} else if o.IPv6Only {
		network = "udp6"
	}
	c, err := net.ListenUDP(network, net.UDPAddrFromAddrPort(addr))
	if err != nil {
		return rootCause(err)
	}
	u.conn = c
	return nil
}

// Open is refused here.
func (u *UDP) Open(int) error { return ErrUnsupported }

// Connect sets the peer that Send without address sends to.
func (u *UDP) Connect(addr netip.AddrPort) error {
	if u.conn == nil {
		ip := netip.IPv6Unspecified()
		if addr.Addr().Is4() {
			ip = netip.IPv4Unspecified()
		}
		if err := u.Bind(netip.AddrPortFrom(ip, 0), UDPOptions{}); err != nil {
			return err
		}
	}
	u.peer = addr
	return nil
}

// Disconnect undoes Connect.
func (u *UDP) Disconnect() error {
	if !u.peer.IsValid() {
		return syscall.ENOTCONN
	}
	u.peer = netip.AddrPort{}
	return nil
}

// RecvStart calls fn with each datagram.
func (u *UDP) RecvStart(fn func(b []byte, from netip.AddrPort, err error)) error {
	if u.conn == nil || u.closed {
		return syscall.EBADF
	}
	u.onRecv, u.receiving = fn, true
	u.h.Start()
	if !u.reader {
		u.reader = true
		go func(c *net.UDPConn) {
			for {
				buf := make([]byte, bufferSize)
				n, from, err := c.ReadFromUDPAddrPort(buf)
				if errors.Is(err, net.ErrClosed) {
					return
				}
				ok := u.h.Post(func() {
					if u.receiving && (!u.peer.IsValid() || u.peer == from) {
						u.onRecv(buf[:n], netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), rootCause(err))
					}
				})
				if !ok {
					return
				}
			}
		}(u.conn)
	}
	return nil
}

// RecvStop pauses receiving; what arrives meanwhile is dropped.
func (u *UDP) RecvStop() {
	u.receiving = false
	u.h.Stop()
}

// Send sends b as one datagram.
func (u *UDP) Send(b []byte, to netip.AddrPort, done func(n int, err error)) error {
	if u.closed {
		return syscall.EBADF
	}
	if !to.IsValid() {
		if to = u.peer; !to.IsValid() {
			return syscall.EINVAL
		}
	}
	if u.conn == nil {
		ip := netip.IPv6Unspecified()
		if to.Addr().Is4() {
			ip = netip.IPv4Unspecified()
		}
		if err := u.Bind(netip.AddrPortFrom(ip, 0), UDPOptions{}); err != nil {
			return err
		}
	}
	n, err := u.conn.WriteToUDPAddrPort(b, to)
	u.count++
	u.size += len(b)
	u.g.loop.Defer(func() {
		u.count--
		u.size -= len(b)
		if done != nil {
			done(n, rootCause(err))
		}
	})
	return nil
}

// QueueSize tells of datagrams that were not yet reported as sent.
func (u *UDP) QueueSize() int { return u.size }

// QueueCount is their number.
func (u *UDP) QueueCount() int { return u.count }

// FD is always -1 here.
func (u *UDP) FD() int { return -1 }

// Handle is the socket's handle on the loop.
func (u *UDP) Handle() *eventloop.Handle { return u.h }

// Close closes the socket at once.
func (u *UDP) Close(done func()) {
	if u.closed {
		return
	}
	u.closed, u.receiving = true, false
	u.h.Close(done)
	delete(u.g.udps, u)
	if u.conn != nil {
		_ = u.conn.Close()
	}
}

// LocalAddr is getsockname.
func (u *UDP) LocalAddr() (Addr, error) {
	if u.conn == nil || u.closed {
		return Addr{}, syscall.EBADF
	}
	ap := u.conn.LocalAddr().(*net.UDPAddr).AddrPort()
	return Addr{AddrPort: netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())}, nil
}

// PeerAddr is getpeername.
func (u *UDP) PeerAddr() (Addr, error) {
	if !u.peer.IsValid() {
		return Addr{}, syscall.ENOTCONN
	}
	return Addr{AddrPort: u.peer}, nil
}

// SetBroadcast does nothing: package net allows it always.
func (u *UDP) SetBroadcast(bool) error { return u.bound() }

func (u *UDP) bound() error {
	if u.conn == nil || u.closed {
		return syscall.EBADF
	}
	return nil
}

// SetTTL is unsupported here.
func (u *UDP) SetTTL(int) error { return ErrUnsupported }

// SetMulticastTTL is unsupported here.
func (u *UDP) SetMulticastTTL(int) error { return ErrUnsupported }

// SetMulticastLoopback is unsupported here.
func (u *UDP) SetMulticastLoopback(bool) error { return ErrUnsupported }

// SetMulticastInterface is unsupported here.
func (u *UDP) SetMulticastInterface(string) error { return ErrUnsupported }

// Membership is unsupported here.
func (u *UDP) Membership(string, string, bool) error { return ErrUnsupported }

// SourceMembership is unsupported here.
func (u *UDP) SourceMembership(string, string, string, bool) error { return ErrUnsupported }

// BufferSize sets a kernel buffer's size; it cannot be asked for here.
func (u *UDP) BufferSize(size int, recv bool) (int, error) {
	if err := u.bound(); err != nil {
		return 0, err
	}
	if size == 0 {
		return bufferSize, nil
	}
	if recv {
		return size, u.conn.SetReadBuffer(size)
	}
	return size, u.conn.SetWriteBuffer(size)
}
