//go:build unix

package cluster

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// hangup closes gone when the other end of a socket has closed. It watches a
// duplicate with Go's poller, no thread: stop gives it back.
func hangup(fd int) (gone chan struct{}, stop func()) {
	gone = make(chan struct{})
	dup, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return gone, func() {}
	}
	f := os.NewFile(uintptr(dup), "channel") // non-blocking as the channel is
	conn, err := f.SyscallConn()
	if err != nil {
		f.Close()
		return gone, func() {}
	}
	go func() {
		closed := false
		_ = conn.Read(func(fd uintptr) bool {
			closed = hungUp(int(fd))
			return closed
		})
		if closed {
			close(gone)
		}
	}()
	return gone, func() { f.Close() }
}

// hungUp reports whether there is nobody at the other end. What has arrived
// before may still wait to be read.
func hungUp(fd int) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	for {
		_, err := unix.Poll(fds, 0)
		if err == syscall.EINTR {
			continue
		}
		return err == nil && fds[0].Revents&unix.POLLHUP != 0
	}
}
