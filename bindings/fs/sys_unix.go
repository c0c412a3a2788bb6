//go:build unix

package fs

import (
	"math"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

const (
	onWindows = false
	separator = '/'

	pathSeparators = "/"

	oRDONLY    = unix.O_RDONLY
	oWRONLY    = unix.O_WRONLY
	oRDWR      = unix.O_RDWR
	oCREAT     = unix.O_CREAT
	oEXCL      = unix.O_EXCL
	oNOCTTY    = unix.O_NOCTTY
	oTRUNC     = unix.O_TRUNC
	oAPPEND    = unix.O_APPEND
	oDIRECTORY = unix.O_DIRECTORY
	oNOFOLLOW  = unix.O_NOFOLLOW
	oSYNC      = unix.O_SYNC
	oNONBLOCK  = unix.O_NONBLOCK
	oFILEMAP   = 0
)

func isSeparator(c byte) bool { return c == '/' }

// retry repeats a system call that a signal interrupted.
func retry(f func() error) error {
	for {
		if err := f(); err != unix.EINTR {
			return err
		}
	}
}

func sysOpen(path string, flags int, mode uint32) (int, error) {
	for {
		fd, err := unix.Open(path, flags|unix.O_CLOEXEC, mode)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// sysClose never repeats: after EINTR the descriptor's state is unknown, and
// on Linux it is closed.
func sysClose(fd int) error {
	err := unix.Close(fd)
	if err == unix.EINTR || err == unix.EINPROGRESS {
		return nil
	}
	return err
}

func sysRead(fd int, p []byte, pos int64) (n int, err error) {
	for {
		if pos < 0 {
			n, err = unix.Read(fd, p)
		} else {
			n, err = unix.Pread(fd, p, pos)
		}
		if err != unix.EINTR {
			return max(n, 0), err
		}
	}
}

func sysWrite(fd int, p []byte, pos int64) (n int, err error) {
	for {
		if pos < 0 {
			n, err = unix.Write(fd, p)
		} else {
			n, err = unix.Pwrite(fd, p, pos)
		}
		if err != unix.EINTR {
			return max(n, 0), err
		}
	}
}

func sysAccess(path string, mode int) error {
	return retry(func() error { return unix.Access(path, uint32(mode)) })
}

func sysChown(path string, uid, gid int) error {
	return retry(func() error { return unix.Chown(path, uid, gid) })
}

func sysLchown(path string, uid, gid int) error {
	return retry(func() error { return unix.Lchown(path, uid, gid) })
}

func sysFchown(fd, uid, gid int) error {
	return retry(func() error { return unix.Fchown(fd, uid, gid) })
}

func sysChmod(path string, mode uint32) error {
	return retry(func() error { return unix.Chmod(path, mode) })
}

func sysFchmod(fd int, mode uint32) error {
	return retry(func() error { return unix.Fchmod(fd, mode) })
}

func sysFsync(fd int) error { return retry(func() error { return unix.Fsync(fd) }) }

func sysFtruncate(fd int, n int64) error {
	return retry(func() error { return unix.Ftruncate(fd, n) })
}

func sysLink(from, to string) error   { return retry(func() error { return unix.Link(from, to) }) }
func sysRename(from, to string) error { return retry(func() error { return unix.Rename(from, to) }) }
func sysUnlink(path string) error     { return retry(func() error { return unix.Unlink(path) }) }
func sysRmdir(path string) error      { return retry(func() error { return unix.Rmdir(path) }) }

func sysSymlink(target, path, _ string) error {
	return retry(func() error { return unix.Symlink(target, path) })
}

func sysMkdir(path string, mode uint32) error {
	return retry(func() error { return unix.Mkdir(path, mode) })
}

func sysReadlink(path string) (string, error) {
	for size := 256; ; size *= 2 {
		p := make([]byte, size)
		n, err := unix.Readlink(path, p)
		switch {
		case err == unix.EINTR:
			size /= 2
		case err != nil:
			return "", err
		case n < size:
			return string(p[:n]), nil
		}
	}
}

// toTimespec splits seconds; infinities and NaN mean now and leave alone.
func toTimespec(s float64) unix.Timespec {
	if math.IsInf(s, 0) || math.IsNaN(s) {
		return unix.Timespec{Sec: 0, Nsec: 0}
	}
	sec := math.Floor(s)
	nsec := math.Floor((s - sec) * 1e6)
	return unix.NsecToTimespec(int64(sec)*1e9 + int64(nsec)*1e3)
}

func sysUtimes(path string, at, mt float64, follow bool) error {
	ts := []unix.Timespec{toTimespec(at), toTimespec(mt)}
	flags := 0
	if !follow {
		flags = unix.AT_SYMLINK_NOFOLLOW
	}
	return retry(func() error { return unix.UtimesNanoAt(unix.AT_FDCWD, path, ts, flags) })
}

func statfsOf(path string, f func(*unix.Statfs_t)) error {
	var st unix.Statfs_t
	if err := retry(func() error { return unix.Statfs(path, &st) }); err != nil {
		return err
	}
	f(&st)
	return nil
}

// mkdtemp makes a directory with a random name.
func mkdtemp(prefix string) (string, error) {
	return randomDir(prefix, func(p string) error { return sysMkdir(p, 0o700) }, unix.EEXIST)
}

func absolute(path string) (string, error) { return filepath.Abs(path) }

func openDirectory(path string) (*os.File, error) {
	fd, err := sysOpen(path, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), path), nil
}
