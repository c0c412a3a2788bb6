//go:build unix

package child_process

import "golang.org/x/sys/unix"

func closeFD(fd int) { _ = unix.Close(fd) }

func dupFD(fd int) (int, error) { return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3) }

func setNonblock(fd int) { _ = unix.SetNonblock(fd, true) }
