//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import (
	"errors"

	"net/netip"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/eventloop"
)

// A UDP is a datagram socket, as libuv's uv_udp_t.
type UDP struct {
	g         *Group
	h         *eventloop.Handle
	fd        int
	family    int
	connected bool
	closed    bool
	receiving bool
	ready     func(eventloop.Events)
	onRecv    func(b []byte, from netip.AddrPort, err error)
	queue     []datagram // not yet sent
	sent      []datagram // sent, not yet reported
	reporting bool
	size      int // bytes of both
	req       *eventloop.Request
}

type datagram struct {
	b    []byte
	to   netip.AddrPort // not valid: the connected one
	done func(n int, err error)
	err  error
}

// NewUDP returns a socket without a descriptor.
func (g *Group) NewUDP() *UDP {
	u := &UDP{g: g, fd: -1, h: g.loop.NewHandle("UDPWrap")}
	u.ready = u.onReady
	u.h.Data = u
	g.udps[u] = struct{}{}
	return u
}

func (u *UDP) ensure(family int) error {
	if u.closed {
		return unix.EBADF
	}
	if u.fd >= 0 {
		return nil
	}
	fd, err := socket(family, unix.SOCK_DGRAM)
	if err != nil {
		return err
	}
	u.fd, u.family = fd, family
	return nil
}

// implicit binds a socket that is used before it was bound.
func (u *UDP) implicit(family int) error {
	if u.fd >= 0 {
		return nil
	}
	addr := netip.IPv4Unspecified()
	if family == unix.AF_INET6 {
		addr = netip.IPv6Unspecified()
	}
	return u.Bind(netip.AddrPortFrom(addr, 0), UDPOptions{})
}

// Bind gives the socket its address.
func (u *UDP) Bind(addr netip.AddrPort, o UDPOptions) error {
	sa, family := sockaddr(addr)
	if err := u.ensure(family); err != nil {
		return err
	}
	if o.ReuseAddr {
		opt := unix.SO_REUSEADDR
		if !linux {
			opt = unix.SO_REUSEPORT // what SO_REUSEADDR means for UDP on Linux
		}
		if err := unix.SetsockoptInt(u.fd, unix.SOL_SOCKET, opt, 1); err != nil {
			return err
		}
	}
	if o.ReusePort {
		if err := reusePort(u.fd); err != nil {
			return err
		}
	}
	if o.IPv6Only {
		if family != unix.AF_INET6 {
			return unix.EINVAL
		}
		if err := unix.SetsockoptInt(u.fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 1); err != nil {
			return err
		}
	}
	return unix.Bind(u.fd, sa)
}

// Open adopts a descriptor. One that this loop receives on already is EEXIST.
func (u *UDP) Open(fd int) error {
	if u.closed || u.fd >= 0 {
		return unix.EBUSY
	}
	for other := range u.g.udps {
		if other.fd == fd && other.receiving {
			return unix.EEXIST
		}
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return err
	}
	u.fd, u.family = fd, unix.AF_INET
	if a, err := localAddr(fd); err == nil && a.Addr().Is6() {
		u.family = unix.AF_INET6
	}
	return nil
}

// Connect sets the peer: only it is sent to and heard.
func (u *UDP) Connect(addr netip.AddrPort) error {
	sa, family := sockaddr(addr)
	if err := u.implicit(family); err != nil {
		return err
	}
	if err := retry(func() error { return unix.Connect(u.fd, sa) }); err != nil {
		return err
	}
	u.connected = true
	return nil
}

// Disconnect undoes Connect.
func (u *UDP) Disconnect() error {
	if !u.connected {
		return unix.ENOTCONN
	}
	err := disconnect(u.fd)
	if err == nil || err == unix.EAFNOSUPPORT {
		u.connected = false
		return nil
	}
	return err
}

func (u *UDP) watch() error {
	if u.closed || u.fd < 0 {
		return nil
	}
	var ev eventloop.Events
	if u.receiving {
		ev |= eventloop.Readable
	}
	if len(u.queue) > 0 {
		ev |= eventloop.Writable
	}
	return u.h.Watch(u.fd, ev, u.ready)
}

// RecvStart calls fn with each datagram; the slice is the group's buffer,
// valid until fn returns.
func (u *UDP) RecvStart(fn func(b []byte, from netip.AddrPort, err error)) error {
	if u.fd < 0 || u.closed {
		return unix.EBADF
	}
	u.onRecv, u.receiving = fn, true
	return u.watch()
}

// RecvStop pauses receiving.
func (u *UDP) RecvStop() {
	u.receiving = false
	_ = u.watch()
}

func (u *UDP) onReady(ev eventloop.Events) {
	if u.receiving && ev&(eventloop.Readable|eventloop.Error|eventloop.Hangup) != 0 {
		u.recv()
	}
	if !u.closed && len(u.queue) > 0 && ev&(eventloop.Writable|eventloop.Error) != 0 {
		u.flush()
	}
}

func (u *UDP) recv() {
	for range 32 {
		buf := u.g.buffer()
		n, sa, err := unix.Recvfrom(u.fd, buf, 0)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.EAGAIN:
			return
		case err != nil:
			u.onRecv(nil, netip.AddrPort{}, err)
			return
		}
		var from netip.AddrPort
		if sa != nil {
			from = fromSockaddr(sa).AddrPort
		}
		u.onRecv(buf[:n], from, nil)
		if !u.receiving || u.closed {
			return
		}
	}
}

// Send sends b as one datagram; an address that is not valid means the
// connected peer. done is called later in any case; the error is for what
// cannot be tried.
func (u *UDP) Send(b []byte, to netip.AddrPort, done func(n int, err error)) error {
	if u.closed {
		return unix.EBADF
	}
	if to.IsValid() {
		if u.connected {
			return unix.EISCONN
		}
		family := unix.AF_INET6
		if to.Addr().Is4() {
			family = unix.AF_INET
		}
		if err := u.implicit(family); err != nil {
			return err
		}
	} else if !u.connected {
		return unix.EDESTADDRREQ
	}
	if u.req == nil {
		u.req = u.g.loop.NewRequest("UDPSendWrap")
	}
	u.size += len(b)
	u.queue = append(u.queue, datagram{b: b, to: to, done: done})
	if len(u.queue) == 1 {
		u.flush()
	} else {
		_ = u.watch()
	}
	return nil
}

func (u *UDP) flush() {
	for len(u.queue) > 0 {
		d := u.queue[0]
		var err error
		if d.to.IsValid() {
			sa, _ := sockaddr(d.to)
			err = retry(func() error { return unix.Sendto(u.fd, d.b, 0, sa) })
		} else {
			err = retry(func() error { _, err := unix.Write(u.fd, d.b); return err })
		}
		if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.ENOBUFS) && linux {
			break
		}
		d.err = err
		u.queue[0] = datagram{}
		u.queue = u.queue[1:]
		u.sent = append(u.sent, d)
	}
	_ = u.watch()
	if len(u.sent) > 0 && !u.reporting {
		u.reporting = true
		u.g.loop.Defer(u.report)
	}
}

// report tells of what was sent, in the pending phase.
func (u *UDP) report() {
	u.reporting = false
	sent := u.sent
	u.sent = nil
	for _, d := range sent {
		u.size -= len(d.b)
		n := len(d.b)
		if d.err != nil {
			n = 0
		}
		if d.done != nil {
			d.done(n, d.err)
		}
	}
	if len(u.queue) == 0 && len(u.sent) == 0 && u.req != nil {
		u.req.Done()
		u.req = nil
	}
}

// QueueSize and QueueCount tell of datagrams that were not yet reported as sent.
func (u *UDP) QueueSize() int { return u.size }

// QueueCount is their number.
func (u *UDP) QueueCount() int { return len(u.queue) + len(u.sent) }

// FD returns the descriptor, -1 if there is none.
func (u *UDP) FD() int { return u.fd }

// Handle is the socket's handle on the loop.
func (u *UDP) Handle() *eventloop.Handle { return u.h }

// Close closes the socket at once; sends that wait get ECANCELED and done
// (which may be nil) is called in the close phase.
func (u *UDP) Close(done func()) {
	if u.closed {
		return
	}
	u.closed, u.receiving = true, false
	u.h.Close(func() {
		for i := range u.queue {
			u.queue[i].err = unix.ECANCELED
		}
		u.sent, u.queue = append(u.sent, u.queue...), nil
		u.report()
		if done != nil {
			done()
		}
	})
	delete(u.g.udps, u)
	if u.fd > 2 {
		_ = unix.Close(u.fd)
	}
	u.fd = -1
}

// LocalAddr is getsockname.
func (u *UDP) LocalAddr() (Addr, error) { return localAddr(u.fd) }

// PeerAddr is getpeername.
func (u *UDP) PeerAddr() (Addr, error) {
	if u.fd < 0 {
		return Addr{}, unix.EBADF
	}
	sa, err := unix.Getpeername(u.fd)
	if err != nil {
		return Addr{}, err
	}
	return fromSockaddr(sa), nil
}

// option sets an option that has a number for each family.
func (u *UDP) option(v, four, six int) error {
	if u.fd < 0 {
		return unix.EBADF
	}
	if u.family == unix.AF_INET6 {
		return unix.SetsockoptInt(u.fd, unix.IPPROTO_IPV6, six, v)
	}
	return unix.SetsockoptInt(u.fd, unix.IPPROTO_IP, four, v)
}

// SetBroadcast allows sending to broadcast addresses.
func (u *UDP) SetBroadcast(on bool) error {
	if u.fd < 0 {
		return unix.EBADF
	}
	return unix.SetsockoptInt(u.fd, unix.SOL_SOCKET, unix.SO_BROADCAST, boolInt(on))
}

// SetTTL sets the hop limit, 1 to 255.
func (u *UDP) SetTTL(ttl int) error {
	if ttl < 1 || ttl > 255 {
		return unix.EINVAL
	}
	return u.option(ttl, unix.IP_TTL, unix.IPV6_UNICAST_HOPS)
}

// SetMulticastTTL sets the hop limit of multicast datagrams, 0 to 255.
func (u *UDP) SetMulticastTTL(ttl int) error {
	if ttl < 0 || ttl > 255 {
		return unix.EINVAL
	}
	return u.option(ttl, unix.IP_MULTICAST_TTL, unix.IPV6_MULTICAST_HOPS)
}

// SetMulticastLoopback says whether our own multicast comes back to us.
func (u *UDP) SetMulticastLoopback(on bool) error {
	return u.option(boolInt(on), unix.IP_MULTICAST_LOOP, unix.IPV6_MULTICAST_LOOP)
}

// SetMulticastInterface chooses where multicast goes out, by an address of the
// interface (IPv4) or its scope (IPv6).
func (u *UDP) SetMulticastInterface(s string) error {
	if u.fd < 0 {
		return unix.EBADF
	}
	if s == "" && u.family == unix.AF_INET6 {
		return unix.EINVAL
	}
	ip, err := parseIn(s, u.family)
	if err != nil {
		return err
	}
	if u.family == unix.AF_INET6 {
		return unix.SetsockoptInt(u.fd, unix.IPPROTO_IPV6, unix.IPV6_MULTICAST_IF, int(zoneID(ip.Zone())))
	}
	return unix.SetsockoptInet4Addr(u.fd, unix.IPPROTO_IP, unix.IP_MULTICAST_IF, ip.As4())
}

// parseIn parses an address of a family; empty is the unspecified one.
func parseIn(s string, family int) (netip.Addr, error) {
	if s == "" {
		if family == unix.AF_INET6 {
			return netip.IPv6Unspecified(), nil
		}
		return netip.IPv4Unspecified(), nil
	}
	ip, err := netip.ParseAddr(s)
	if err != nil || ip.Is4() != (family == unix.AF_INET) {
		return ip, unix.EINVAL
	}
	return ip, nil
}

// Membership joins or leaves a multicast group on an interface.
func (u *UDP) Membership(group, iface string, join bool) error {
	ip, err := netip.ParseAddr(group)
	if err != nil {
		return unix.EINVAL
	}
	family := unix.AF_INET6
	if ip.Is4() {
		family = unix.AF_INET
	}
	if err := u.implicit(family); err != nil {
		return err
	}
	on, err := parseIn(iface, family)
	if err != nil {
		return err
	}
	if family == unix.AF_INET6 {
		opt := unix.IPV6_JOIN_GROUP
		if !join {
			opt = unix.IPV6_LEAVE_GROUP
		}
		m := &unix.IPv6Mreq{Multiaddr: ip.As16(), Interface: zoneID(on.Zone())}
		return unix.SetsockoptIPv6Mreq(u.fd, unix.IPPROTO_IPV6, opt, m)
	}
	opt := unix.IP_ADD_MEMBERSHIP
	if !join {
		opt = unix.IP_DROP_MEMBERSHIP
	}
	return unix.SetsockoptIPMreq(u.fd, unix.IPPROTO_IP, opt, &unix.IPMreq{Multiaddr: ip.As4(), Interface: on.As4()})
}

// SourceMembership is Membership for datagrams of one sender (IPv4 only).
func (u *UDP) SourceMembership(source, group, iface string, join bool) error {
	src, err := netip.ParseAddr(source)
	if err != nil {
		return unix.EINVAL
	}
	ip, err := netip.ParseAddr(group)
	if err != nil || ip.Is4() != src.Is4() {
		return unix.EINVAL
	}
	if !ip.Is4() {
		return unix.ENOTSUP
	}
	if err := u.implicit(unix.AF_INET); err != nil {
		return err
	}
	on, err := parseIn(iface, unix.AF_INET)
	if err != nil {
		return err
	}
	return sourceMembership(u.fd, ip, src, on, join)
}

// BufferSize sets a kernel buffer's size, or returns it where size is 0.
func (u *UDP) BufferSize(size int, recv bool) (int, error) {
	if u.fd < 0 {
		return 0, unix.EBADF
	}
	opt := unix.SO_SNDBUF
	if recv {
		opt = unix.SO_RCVBUF
	}
	if size == 0 {
		return unix.GetsockoptInt(u.fd, unix.SOL_SOCKET, opt)
	}
	if size > 1<<31-1 {
		return 0, unix.EINVAL
	}
	return size, unix.SetsockoptInt(u.fd, unix.SOL_SOCKET, opt, size)
}
