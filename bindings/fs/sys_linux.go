package fs

import (
	"bytes"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	hasLchmod = false

	oNOATIME = unix.O_NOATIME
	oDSYNC   = unix.O_DSYNC
	oDIRECT  = unix.O_DIRECT
	oSYMLINK = -1
)

func sysFdatasync(fd int) error { return retry(func() error { return unix.Fdatasync(fd) }) }

func sysLchmod(string, uint32) error { return unix.ENOSYS }

func sysFutimes(fd int, at, mt float64) error {
	ts := [2]unix.Timespec{toTimespec(at), toTimespec(mt)}
	return retry(func() error {
		_, _, e := unix.Syscall6(unix.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(&ts[0])), 0, 0, 0)
		if e != 0 {
			return e
		}
		return nil
	})
}

// hasStatx asks once a process: an old kernel or a sandbox may refuse it.
var hasStatx = sync.OnceValue(func() bool {
	var x unix.Statx_t
	return unix.Statx(unix.AT_FDCWD, "/", 0, unix.STATX_BASIC_STATS, &x) == nil
})

func sysStat(path string, st *fileStat) error {
	return statxAt(unix.AT_FDCWD, path, 0, st, func(s *unix.Stat_t) error { return unix.Stat(path, s) })
}

func sysLstat(path string, st *fileStat) error {
	return statxAt(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, st, func(s *unix.Stat_t) error { return unix.Lstat(path, s) })
}

func sysFstat(fd int, st *fileStat) error {
	return statxAt(fd, "", unix.AT_EMPTY_PATH, st, func(s *unix.Stat_t) error { return unix.Fstat(fd, s) })
}

func statxAt(fd int, path string, flags int, st *fileStat, fallback func(*unix.Stat_t) error) error {
	if hasStatx() {
		var x unix.Statx_t
		err := retry(func() error {
			return unix.Statx(fd, path, flags, unix.STATX_BASIC_STATS|unix.STATX_BTIME, &x)
		})
		switch err {
		case nil:
			*st = fileStat{
				dev: unix.Mkdev(x.Dev_major, x.Dev_minor), mode: uint64(x.Mode), nlink: uint64(x.Nlink),
				uid: uint64(x.Uid), gid: uint64(x.Gid), rdev: unix.Mkdev(x.Rdev_major, x.Rdev_minor),
				blksize: uint64(x.Blksize), ino: x.Ino, size: x.Size, blocks: x.Blocks,
				atime: timespec{x.Atime.Sec, int64(x.Atime.Nsec)}, mtime: timespec{x.Mtime.Sec, int64(x.Mtime.Nsec)},
				ctime: timespec{x.Ctime.Sec, int64(x.Ctime.Nsec)}, birthtime: timespec{x.Btime.Sec, int64(x.Btime.Nsec)},
			}
			return nil
		default:
			return err
		}
	}
	var s unix.Stat_t
	if err := retry(func() error { return fallback(&s) }); err != nil {
		return err
	}
	*st = fileStat{
		dev: uint64(s.Dev), mode: uint64(s.Mode), nlink: uint64(s.Nlink), uid: uint64(s.Uid), gid: uint64(s.Gid),
		rdev: uint64(s.Rdev), blksize: uint64(s.Blksize), ino: s.Ino, size: uint64(s.Size), blocks: uint64(s.Blocks),
		atime: timespec{int64(s.Atim.Sec), int64(s.Atim.Nsec)}, mtime: timespec{int64(s.Mtim.Sec), int64(s.Mtim.Nsec)},
		ctime: timespec{int64(s.Ctim.Sec), int64(s.Ctim.Nsec)}, birthtime: timespec{int64(s.Ctim.Sec), int64(s.Ctim.Nsec)},
	}
	return nil
}

func sysStatfs(path string, out *fsStat) error {
	return statfsOf(path, func(s *unix.Statfs_t) {
		*out = fsStat{uint64(s.Type), uint64(s.Bsize), uint64(s.Frsize), s.Blocks, s.Bfree, s.Bavail, s.Files, s.Ffree}
	})
}

func sysReadv(fd int, list [][]byte, pos int64) (n int, err error) {
	err = retry(func() (e error) {
		if pos < 0 {
			n, e = unix.Readv(fd, list)
		} else {
			n, e = unix.Preadv(fd, list, pos)
		}
		return e
	})
	return max(n, 0), err
}

func sysWritev(fd int, list [][]byte, pos int64) (total int, err error) {
	for len(list) > 0 { // IOV_MAX buffers at a time
		part := list[:min(len(list), 1024)]
		want := 0
		for _, p := range part {
			want += len(p)
		}
		n := 0
		err = retry(func() (e error) {
			if pos < 0 {
				n, e = unix.Writev(fd, part)
			} else {
				n, e = unix.Pwritev(fd, part, pos)
			}
			return e
		})
		total += max(n, 0)
		if err != nil || n < want {
			return total, err
		}
		if pos >= 0 {
			pos += int64(n)
		}
		list = list[len(part):]
	}
	return total, nil
}

// scandir lists a directory, sorted by name, straight from getdents64.
func scandir(path string) ([]dirEntry, error) {
	fd, err := sysOpen(path, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	defer sysClose(fd)
	var list []dirEntry
	buf := make([]byte, 32<<10)
	for {
		n, err := unix.Getdents(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			break
		}
		list = parseDirents(buf[:n], list)
	}
	for i := range list {
		if list[i].kind == direntUnknown {
			list[i].kind = kindByStat(joinPath(path, list[i].name))
		}
	}
	sortEntries(list)
	return list, nil
}

// parseDirents reads linux_dirent64 records: ino 8, off 8, reclen 2, type 1, name.
func parseDirents(p []byte, list []dirEntry) []dirEntry {
	for len(p) >= 19 {
		reclen := int(p[16]) | int(p[17])<<8
		if reclen < 19 || reclen > len(p) {
			break
		}
		name := p[19:reclen]
		if i := bytes.IndexByte(name, 0); i >= 0 {
			name = name[:i]
		}
		if s := string(name); s != "." && s != ".." {
			list = append(list, dirEntry{s, kindOfDT(p[18])})
		}
		p = p[reclen:]
	}
	return list
}

func kindOfDT(t byte) int {
	switch t {
	case unix.DT_REG:
		return direntFile
	case unix.DT_DIR:
		return direntDir
	case unix.DT_LNK:
		return direntLink
	case unix.DT_FIFO:
		return direntFIFO
	case unix.DT_SOCK:
		return direntSocket
	case unix.DT_CHR:
		return direntChar
	case unix.DT_BLK:
		return direntBlock
	}
	return direntUnknown
}

// copyContent copies all of src to dst in the kernel where it can.
func copyContent(dst, src int, size int64, mode int) error {
	if mode&(copyFiclone|copyFicloneForce) != 0 {
		err := retry(func() error { return unix.IoctlFileClone(dst, src) })
		if err == nil || mode&copyFicloneForce != 0 {
			if err == unix.ENOTTY {
				err = unix.ENOTSUP
			}
			return err
		}
	}
	for size > 0 {
		n, err := unix.CopyFileRange(src, nil, dst, nil, int(min(size, 1<<30)), 0)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n == 0 {
			break // another file system, or a kernel without it: the rest by hand
		}
		size -= int64(n)
	}
	return copyLoop(dst, src)
}
