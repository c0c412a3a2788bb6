//go:build unix

package child_process

import (
	"os"

	"golang.org/x/sys/unix"
)

// pipeFile is a parent's end for blocking use.
func pipeFile(fd int) *os.File {
	_ = unix.SetNonblock(fd, true) // Go's poller waits, no thread does
	return os.NewFile(uintptr(fd), "pipe")
}

// closeWrite ends what the child reads; the other direction of the socket
// pair closes with it.
func closeWrite(f *os.File) {
	if c, err := f.SyscallConn(); err == nil {
		_ = c.Control(func(fd uintptr) { _ = unix.Shutdown(int(fd), unix.SHUT_WR) })
	}
	f.Close()
}
