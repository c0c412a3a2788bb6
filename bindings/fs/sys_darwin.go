package fs

import (
	"golang.org/x/sys/unix"
)

const (
	hasLchmod = true

	oDSYNC   = unix.O_DSYNC
	oSYMLINK = unix.O_SYMLINK
)

func birthOf(s *unix.Stat_t) timespec { return fromTimespec(s.Btim) }

// sysFdatasync: macOS has only the full one.
func sysFdatasync(fd int) error { return sysFsync(fd) }

func sysLchmod(path string, mode uint32) error {
	return retry(func() error {
		return unix.Fchmodat(unix.AT_FDCWD, path, mode, unix.AT_SYMLINK_NOFOLLOW)
	})
}

func sysStatfs(path string, out *fsStat) error {
	return statfsOf(path, func(s *unix.Statfs_t) {
		*out = fsStat{uint64(s.Type), uint64(s.Bsize), uint64(s.Bsize), s.Blocks, s.Bfree, s.Bavail, s.Files, s.Ffree}
	})
}

func copyContent(dst, src int, _ int64, mode int) error {
	if mode&copyFicloneForce != 0 {
		return unix.ENOTSUP
	}
	return copyLoop(dst, src)
}
