package streamwrap

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// reopenTTY opens the terminal behind fd anew.
func reopenTTY(fd int) (int, error) {
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
	if err != nil {
		return -1, err
	}
	return unix.Open(fmt.Sprintf("/proc/self/fd/%d", fd), flags&unix.O_ACCMODE|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
}
