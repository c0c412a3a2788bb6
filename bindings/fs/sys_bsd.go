//go:build unix && !linux

package fs

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

const (
	oNOATIME = -1
	oDIRECT  = -1
)

func sysFutimes(fd int, at, mt float64) error {
	tv := []unix.Timeval{
		unix.NsecToTimeval(unix.TimespecToNsec(toTimespec(at))),
		unix.NsecToTimeval(unix.TimespecToNsec(toTimespec(mt))),
	}
	return retry(func() error { return unix.Futimes(fd, tv) })
}

func sysStat(path string, st *fileStat) error {
	return statOf(st, func(s *unix.Stat_t) error { return unix.Stat(path, s) })
}

func sysLstat(path string, st *fileStat) error {
	return statOf(st, func(s *unix.Stat_t) error { return unix.Lstat(path, s) })
}

func sysFstat(fd int, st *fileStat) error {
	return statOf(st, func(s *unix.Stat_t) error { return unix.Fstat(fd, s) })
}

func statOf(st *fileStat, f func(*unix.Stat_t) error) error {
	var s unix.Stat_t
	if err := retry(func() error { return f(&s) }); err != nil {
		return err
	}
	*st = fileStat{
		dev: uint64(uint32(s.Dev)), mode: uint64(s.Mode), nlink: uint64(s.Nlink), uid: uint64(s.Uid), gid: uint64(s.Gid),
		rdev: uint64(uint32(s.Rdev)), blksize: uint64(s.Blksize), ino: uint64(s.Ino), size: uint64(s.Size), blocks: uint64(s.Blocks),
		atime: fromTimespec(s.Atim), mtime: fromTimespec(s.Mtim), ctime: fromTimespec(s.Ctim), birthtime: birthOf(&s),
	}
	return nil
}

func fromTimespec(t unix.Timespec) timespec { return timespec{int64(t.Sec), int64(t.Nsec)} }

// sysReadv fills the buffers one after the other, as long as they get full.
func sysReadv(fd int, list [][]byte, pos int64) (total int, err error) {
	for _, p := range list {
		n, err := sysRead(fd, p, pos)
		total += n
		if err != nil || n < len(p) {
			if total > 0 {
				err = nil
			}
			return total, err
		}
		if pos >= 0 {
			pos += int64(n)
		}
	}
	return total, nil
}

func sysWritev(fd int, list [][]byte, pos int64) (total int, err error) {
	for _, p := range list {
		n, err := sysWrite(fd, p, pos)
		total += n
		if err != nil || n < len(p) {
			if total > 0 {
				err = nil
			}
			return total, err
		}
		if pos >= 0 {
			pos += int64(n)
		}
	}
	return total, nil
}

// scandir lists a directory through package os.
func scandir(path string) ([]dirEntry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	out := make([]dirEntry, len(list))
	for i, e := range list {
		out[i] = dirEntry{e.Name(), kindOfMode(e.Type())}
	}
	sortEntries(out)
	return out, nil
}
