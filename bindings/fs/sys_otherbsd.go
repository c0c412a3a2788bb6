//go:build unix && !linux && !darwin

package fs

import (
	"golang.org/x/sys/unix"
)

const (
	hasLchmod = false

	oDSYNC   = unix.O_SYNC
	oSYMLINK = -1
)

func birthOf(s *unix.Stat_t) timespec { return fromTimespec(s.Ctim) }

func sysFdatasync(fd int) error { return sysFsync(fd) }

func sysLchmod(string, uint32) error { return unix.ENOSYS }

func sysStatfs(string, *fsStat) error { return unix.ENOSYS }

func copyContent(dst, src int, _ int64, mode int) error {
	if mode&copyFicloneForce != 0 {
		return unix.ENOTSUP
	}
	return copyLoop(dst, src)
}
