//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import (
	"net/netip"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

const recvFlags = 0

func socket(family, typ int) (int, error) {
	// Go's own fork holds this lock: the descriptor must not slip into a child.
	syscall.ForkLock.RLock()
	fd, err := unix.Socket(family, typ, 0)
	if err == nil {
		unix.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return -1, err
	}
	return prepare(fd)
}

func prepare(fd int) (int, error) {
	if err := unix.SetNonblock(fd, true); err != nil {
		_ = unix.Close(fd)
		return -1, err
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "freebsd" || runtime.GOOS == "netbsd" {
		_ = noSigpipe(fd)
	}
	return fd, nil
}

func accept(fd int) (int, error) {
	syscall.ForkLock.RLock()
	n, _, err := unix.Accept(fd)
	if err == nil {
		unix.CloseOnExec(n)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return -1, err
	}
	return prepare(n)
}

func socketPair() (a, b int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	p, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.CloseOnExec(p[0])
		unix.CloseOnExec(p[1])
	}
	return p[0], p[1], err
}

// reusePort: SO_REUSEPORT of these systems does not spread connections, so
// libuv refuses it (FreeBSD has another option for it).
func reusePort(int) error { return unix.ENOTSUP }

// writev: x/sys has none for all of these systems.
func writev(fd int, bufs [][]byte) (int, error) {
	total := 0
	for _, b := range bufs {
		n, err := unix.Write(fd, b)
		total += max(n, 0)
		if err != nil {
			if total > 0 && (err == unix.EAGAIN || err == unix.EINTR) {
				return total, nil
			}
			return total, err
		}
		if n < len(b) {
			break
		}
	}
	return total, nil
}

func setKeepAlive(fd int, on bool, delay int) error {
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_KEEPALIVE, boolInt(on)); err != nil || !on || delay <= 0 {
		return err
	}
	return keepIdle(fd, delay)
}

const linux = false

func disconnect(fd int) error {
	err := unix.Connect(fd, &unix.SockaddrInet4{})
	if err == unix.EADDRNOTAVAIL || err == unix.EAFNOSUPPORT {
		return nil // dissolved all the same
	}
	return err
}

func sourceMembership(int, netip.Addr, netip.Addr, netip.Addr, bool) error { return unix.ENOTSUP }
