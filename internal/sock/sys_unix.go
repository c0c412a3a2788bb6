//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import (
	"net"
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"
)

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func retry(f func() error) error {
	for {
		if err := f(); err != unix.EINTR {
			return err
		}
	}
}

// maxPath is the longest path of a Unix-domain socket, without the NUL.
const maxPath = len(unix.RawSockaddrUnix{}.Path) - 1

// abstract writes a leading NUL as x/sys wants it.
func abstract(path string) string {
	if path != "" && path[0] == 0 {
		return "@" + path[1:]
	}
	return path
}

func sockaddr(a netip.AddrPort) (unix.Sockaddr, int) {
	ip := a.Addr()
	if ip.Is4() {
		return &unix.SockaddrInet4{Port: int(a.Port()), Addr: ip.As4()}, unix.AF_INET
	}
	return &unix.SockaddrInet6{Port: int(a.Port()), Addr: ip.As16(), ZoneId: zoneID(ip.Zone())}, unix.AF_INET6
}

func zoneID(zone string) uint32 {
	if zone == "" {
		return 0
	}
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n)
	}
	if i, err := net.InterfaceByName(zone); err == nil {
		return uint32(i.Index)
	}
	return 0
}

func zoneName(id uint32) string {
	if id == 0 {
		return ""
	}
	if i, err := net.InterfaceByIndex(int(id)); err == nil {
		return i.Name
	}
	return strconv.FormatUint(uint64(id), 10)
}

func fromSockaddr(sa unix.Sockaddr) Addr {
	switch sa := sa.(type) {
	case *unix.SockaddrInet4:
		return Addr{AddrPort: netip.AddrPortFrom(netip.AddrFrom4(sa.Addr), uint16(sa.Port))}
	case *unix.SockaddrInet6:
		ip := netip.AddrFrom16(sa.Addr).WithZone(zoneName(sa.ZoneId))
		return Addr{AddrPort: netip.AddrPortFrom(ip, uint16(sa.Port))}
	case *unix.SockaddrUnix:
		if sa.Name != "" && sa.Name[0] == '@' {
			return Addr{Path: "\x00" + sa.Name[1:]}
		}
		return Addr{Path: sa.Name}
	}
	return Addr{}
}

func localAddr(fd int) (Addr, error) {
	if fd < 0 {
		return Addr{}, unix.EBADF
	}
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return Addr{}, err
	}
	return fromSockaddr(sa), nil
}

func bindTCP(fd int, sa unix.Sockaddr, family int, o ListenOptions) error {
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1); err != nil {
		return err
	}
	if o.ReusePort {
		if err := reusePort(fd); err != nil {
			return err
		}
	}
	if family == unix.AF_INET6 {
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, boolInt(o.IPv6Only)); err != nil {
			return err
		}
	}
	return unix.Bind(fd, sa)
}

// SocketPair returns two connected Unix-domain sockets, close-on-exec: a
// channel to a child process.
func SocketPair() (a, b int, err error) { return socketPair() }

func sendFD(fd int, b []byte, pass int) (int, error) {
	for {
		n, err := unix.SendmsgN(fd, b, unix.UnixRights(pass), nil, 0)
		switch err {
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		default:
			return n, err
		}
	}
}

func recvFDs(fd int, b []byte) (n int, fds []int, err error) {
	var oob [512]byte
	n, oobn, _, _, err := unix.Recvmsg(fd, b, oob[:], recvFlags)
	if err != nil {
		return 0, nil, err
	}
	if oobn == 0 {
		return n, nil, nil
	}
	msgs, err := unix.ParseSocketControlMessage(oob[:oobn])
	if err != nil {
		return n, nil, nil
	}
	for i := range msgs {
		if got, err := unix.ParseUnixRights(&msgs[i]); err == nil {
			for _, f := range got {
				unix.CloseOnExec(f)
			}
			fds = append(fds, got...)
		}
	}
	return n, fds, nil
}

// FDType says what a descriptor is, in libuv's words: "TCP", "PIPE", "TTY",
// "FILE", "UDP" or "UNKNOWN" (uv_guess_handle).
func FDType(fd int) string {
	if fd < 0 {
		return "INVALID"
	}
	if IsTTY(fd) {
		return "TTY"
	}
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return "UNKNOWN"
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG, unix.S_IFCHR:
		return "FILE"
	case unix.S_IFIFO:
		return "PIPE"
	case unix.S_IFSOCK:
	default:
		return "UNKNOWN"
	}
	typ, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TYPE)
	if err != nil {
		return "UNKNOWN"
	}
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return "UNKNOWN"
	}
	switch sa.(type) {
	case *unix.SockaddrInet4, *unix.SockaddrInet6:
		if typ == unix.SOCK_STREAM {
			return "TCP"
		}
		if typ == unix.SOCK_DGRAM {
			return "UDP"
		}
	case *unix.SockaddrUnix:
		return "PIPE"
	}
	return "UNKNOWN"
}
