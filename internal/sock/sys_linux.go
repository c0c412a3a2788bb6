package sock

import (
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

const recvFlags = unix.MSG_CMSG_CLOEXEC

func socket(family, typ int) (int, error) {
	return unix.Socket(family, typ|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
}

func accept(fd int) (int, error) {
	n, _, err := unix.Accept4(fd, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC)
	return n, err
}

func socketPair() (a, b int, err error) {
	p, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	return p[0], p[1], err
}

func reusePort(fd int) error {
	return unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
}

func writev(fd int, bufs [][]byte) (int, error) { return unix.Writev(fd, bufs) }

func setKeepAlive(fd int, on bool, delay int) error {
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_KEEPALIVE, boolInt(on)); err != nil || !on || delay <= 0 {
		return err
	}
	if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_KEEPIDLE, delay); err != nil {
		return err
	}
	// libuv's: ten probes, one a second.
	if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_KEEPINTVL, 1); err != nil {
		return err
	}
	return unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_KEEPCNT, 10)
}

const linux = true

func disconnect(fd int) error {
	// AF_UNSPEC dissolves the association.
	var sa unix.RawSockaddr
	sa.Family = unix.AF_UNSPEC
	_, _, no := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), uintptr(unsafe.Pointer(&sa)), unix.SizeofSockaddrInet4)
	if no != 0 {
		return no
	}
	return nil
}

// sourceMembership: struct ip_mreq_source, which x/sys lacks.
func sourceMembership(fd int, group, source, iface netip.Addr, join bool) error {
	opt := unix.IP_ADD_SOURCE_MEMBERSHIP
	if !join {
		opt = unix.IP_DROP_SOURCE_MEMBERSHIP
	}
	g, i, s := group.As4(), iface.As4(), source.As4()
	return unix.SetsockoptString(fd, unix.IPPROTO_IP, opt, string(g[:])+string(i[:])+string(s[:]))
}
