package fs

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"syscall"
	"time"
)

const (
	onWindows = true
	hasLchmod = false
	separator = '\\'

	pathSeparators = `\/`

	oRDONLY    = 0
	oWRONLY    = 1
	oRDWR      = 2
	oCREAT     = 0x100
	oEXCL      = 0x400
	oTRUNC     = 0x200
	oAPPEND    = 0x8
	oFILEMAP   = 0x20000000
	oNOCTTY    = -1
	oDIRECTORY = -1
	oNOATIME   = -1
	oNOFOLLOW  = -1
	oSYNC      = 0x08000000 // not in fs.constants on Windows; "rs+" uses it
	oDSYNC     = -1
	oSYMLINK   = -1
	oDIRECT    = -1
	oNONBLOCK  = -1
)

func isSeparator(c byte) bool { return c == '\\' || c == '/' }

// descriptors gives files small numbers, as the C runtime does for Node: they
// belong to the process, as on Unix.
type descriptors struct {
	mu    sync.Mutex
	files []*os.File
}

var table_ = &descriptors{files: []*os.File{os.Stdin, os.Stdout, os.Stderr}}

func (d *descriptors) add(f *os.File) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, g := range d.files {
		if g == nil && i > 2 {
			d.files[i] = f
			return i
		}
	}
	d.files = append(d.files, f)
	return len(d.files) - 1
}

func (d *descriptors) get(fd int) (*os.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if fd < 0 || fd >= len(d.files) || d.files[fd] == nil {
		return nil, os.ErrClosed
	}
	return d.files[fd], nil
}

func (d *descriptors) remove(fd int) (*os.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if fd < 0 || fd >= len(d.files) || d.files[fd] == nil {
		return nil, os.ErrClosed
	}
	f := d.files[fd]
	d.files[fd] = nil
	return f, nil
}

func osFlags(flags int) int {
	f := flags & 3
	for from, to := range map[int]int{oCREAT: os.O_CREATE, oEXCL: os.O_EXCL, oTRUNC: os.O_TRUNC, oAPPEND: os.O_APPEND, oSYNC: os.O_SYNC} {
		if flags&from != 0 {
			f |= to
		}
	}
	return f
}

func sysOpen(path string, flags int, mode uint32) (int, error) {
	f, err := os.OpenFile(path, osFlags(flags), os.FileMode(mode&0o777))
	if err != nil {
		return -1, err
	}
	return table_.add(f), nil
}

func sysClose(fd int) error {
	f, err := table_.remove(fd)
	if err != nil {
		return err
	}
	return f.Close()
}

func withFile(fd int, f func(*os.File) error) error {
	file, err := table_.get(fd)
	if err != nil {
		return err
	}
	return f(file)
}

func sysRead(fd int, p []byte, pos int64) (n int, err error) {
	err = withFile(fd, func(f *os.File) (e error) {
		if pos < 0 {
			n, e = f.Read(p)
		} else {
			n, e = f.ReadAt(p, pos)
		}
		if errors.Is(e, io.EOF) {
			e = nil
		}
		return e
	})
	return n, err
}

func sysWrite(fd int, p []byte, pos int64) (n int, err error) {
	err = withFile(fd, func(f *os.File) (e error) {
		if pos < 0 {
			n, e = f.Write(p)
		} else {
			n, e = f.WriteAt(p, pos)
		}
		return e
	})
	return n, err
}

func sysReadv(fd int, list [][]byte, pos int64) (total int, err error) {
	for _, p := range list {
		n, err := sysRead(fd, p, pos)
		total += n
		if err != nil || n < len(p) {
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
			return total, err
		}
		if pos >= 0 {
			pos += int64(n)
		}
	}
	return total, nil
}

func sysAccess(path string, mode int) error {
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	if mode&2 != 0 && !st.IsDir() && st.Mode()&0o200 == 0 {
		return syscall.EPERM
	}
	return nil
}

func sysChown(path string, _, _ int) error {
	_, err := os.Stat(path)
	return err
}

func sysLchown(path string, _, _ int) error {
	_, err := os.Lstat(path)
	return err
}

func sysFchown(fd, _, _ int) error { return withFile(fd, func(*os.File) error { return nil }) }

func sysChmod(path string, mode uint32) error { return os.Chmod(path, os.FileMode(mode&0o777)) }

func sysLchmod(string, uint32) error { return syscall.ENOSYS }

func sysFchmod(fd int, mode uint32) error {
	return withFile(fd, func(f *os.File) error { return f.Chmod(os.FileMode(mode & 0o777)) })
}

func sysFsync(fd int) error     { return withFile(fd, (*os.File).Sync) }
func sysFdatasync(fd int) error { return sysFsync(fd) }

func sysFtruncate(fd int, n int64) error {
	return withFile(fd, func(f *os.File) error { return f.Truncate(n) })
}

func sysLink(from, to string) error   { return os.Link(from, to) }
func sysRename(from, to string) error { return os.Rename(from, to) }

func sysUnlink(path string) error {
	st, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if st.IsDir() {
		return syscall.EPERM
	}
	return os.Remove(path)
}

func sysRmdir(path string) error {
	st, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !st.IsDir() {
		return syscall.ENOENT
	}
	return os.Remove(path)
}

func sysSymlink(target, path, _ string) error     { return os.Symlink(target, path) }
func sysMkdir(path string, mode uint32) error     { return os.Mkdir(path, os.FileMode(mode)) }
func sysReadlink(path string) (string, error)     { return os.Readlink(path) }
func absolute(path string) (string, error)        { return filepath.Abs(path) }
func openDirectory(path string) (*os.File, error) { return os.Open(path) }

func toTime(s float64) time.Time {
	if math.IsInf(s, 0) || math.IsNaN(s) {
		return time.Now()
	}
	sec := math.Floor(s)
	return time.Unix(int64(sec), int64((s-sec)*1e9))
}

func sysUtimes(path string, at, mt float64, _ bool) error {
	return os.Chtimes(path, toTime(at), toTime(mt))
}

func sysFutimes(fd int, at, mt float64) error {
	return withFile(fd, func(f *os.File) error { return os.Chtimes(f.Name(), toTime(at), toTime(mt)) })
}

func sysStat(path string, st *fileStat) error {
	fi, err := os.Stat(path)
	if err == nil {
		fillStat(st, fi)
	}
	return err
}

func sysLstat(path string, st *fileStat) error {
	fi, err := os.Lstat(path)
	if err == nil {
		fillStat(st, fi)
	}
	return err
}

func sysFstat(fd int, st *fileStat) error {
	return withFile(fd, func(f *os.File) error {
		fi, err := f.Stat()
		if err == nil {
			fillStat(st, fi)
		}
		return err
	})
}

func fillStat(st *fileStat, fi os.FileInfo) {
	mode := uint64(fi.Mode().Perm())
	switch {
	case fi.IsDir():
		mode |= sIFDIR
	case fi.Mode()&os.ModeSymlink != 0:
		mode |= sIFLNK
	case fi.Mode()&os.ModeCharDevice != 0:
		mode |= sIFCHR
	default:
		mode |= sIFREG
	}
	*st = fileStat{mode: mode, nlink: 1, blksize: 4096, size: uint64(fi.Size()), blocks: (uint64(fi.Size()) + 511) / 512}
	m := timespec{fi.ModTime().Unix(), int64(fi.ModTime().Nanosecond())}
	st.atime, st.mtime, st.ctime, st.birthtime = m, m, m, m
	if d, ok := fi.Sys().(*syscall.Win32FileAttributeData); ok {
		st.atime, st.birthtime = fromFiletime(d.LastAccessTime), fromFiletime(d.CreationTime)
	}
}

func fromFiletime(t syscall.Filetime) timespec {
	n := t.Nanoseconds()
	return timespec{n / 1e9, n % 1e9}
}

func sysStatfs(path string, _ *fsStat) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	return syscall.ENOSYS
}

func mkdtemp(prefix string) (string, error) {
	return randomDir(prefix, func(p string) error { return os.Mkdir(p, 0o700) }, os.ErrExist)
}

func scandir(path string) ([]dirEntry, error) {
	list, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	out := make([]dirEntry, len(list))
	for i, e := range list {
		out[i] = dirEntry{e.Name(), kindOfMode(e.Type())}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out, nil
}

func copyContent(dst, src int, _ int64, mode int) error {
	if mode&copyFicloneForce != 0 {
		return syscall.ENOSYS
	}
	return copyLoop(dst, src)
}
