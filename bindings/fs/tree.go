package fs

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/gonode/gonode/internal/nodeerr"
)

func roundMs(ms float64) int64 {
	if ms < 0 {
		return -int64(-ms + 0.5)
	}
	return int64(ms + 0.5)
}

func sortEntries(list []dirEntry) {
	sort.Slice(list, func(i, j int) bool { return list[i].name < list[j].name })
}

func kindOfMode(m fs.FileMode) int {
	switch {
	case m.IsRegular():
		return direntFile
	case m.IsDir():
		return direntDir
	case m&fs.ModeSymlink != 0:
		return direntLink
	case m&fs.ModeNamedPipe != 0:
		return direntFIFO
	case m&fs.ModeSocket != 0:
		return direntSocket
	case m&fs.ModeCharDevice != 0:
		return direntChar
	case m&fs.ModeDevice != 0:
		return direntBlock
	}
	return direntUnknown
}

// kindByStat asks the file itself, where the directory does not say.
func kindByStat(path string) int {
	var st fileStat
	if sysLstat(path, &st) != nil {
		return direntUnknown
	}
	for _, k := range kinds {
		if st.mode&sIFMT == k.mode {
			return k.dirent
		}
	}
	return direntUnknown
}

// parentOf is the directory part of a path, "" at its top.
func parentOf(path string) string {
	end := len(path)
	for end > 0 && isSeparator(path[end-1]) {
		end--
	}
	for end > 0 && !isSeparator(path[end-1]) {
		end--
	}
	for end > 1 && isSeparator(path[end-1]) {
		end--
	}
	return path[:end]
}

// mkdirAll makes a directory and its parents; first is the topmost one made.
func mkdirAll(path string, mode uint32) (first string, err error) {
	var missing []string
	for p := path; ; {
		err := sysMkdir(p, mode)
		if err == nil {
			first = p
			break
		}
		switch nodeerr.CodeOf(err) {
		case "ENOENT":
			up := parentOf(p)
			if up == "" || up == p {
				return "", err
			}
			missing = append(missing, p)
			p = up
			continue
		case "EACCES", "ENOSPC", "ENOTDIR", "EPERM", "EROFS", "ENAMETOOLONG", "ELOOP":
			if code := nodeerr.CodeOf(err); code == "EPERM" || code == "EACCES" || code == "EROFS" {
				var st fileStat
				if sysStat(p, &st) == nil && st.isDir() {
					break
				}
			}
			return "", err
		default:
			var st fileStat
			if e := sysStat(p, &st); e != nil {
				return "", e
			}
			if !st.isDir() {
				if len(missing) > 0 {
					return "", nodeerr.FromCode("ENOTDIR", "")
				}
				return "", nodeerr.FromCode("EEXIST", "")
			}
		}
		break
	}
	for i := len(missing) - 1; i >= 0; i-- {
		err := sysMkdir(missing[i], mode)
		if err == nil {
			if first == "" {
				first = missing[i]
			}
			continue
		}
		var st fileStat
		if nodeerr.CodeOf(err) == "EEXIST" && sysStat(missing[i], &st) == nil && st.isDir() {
			continue // "a/b/..", or another process was faster
		}
		return first, err
	}
	return first, nil
}

const nameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// randomDir tries names made of prefix and six random letters; with an error
// it returns the last one.
func randomDir(prefix string, mkdir func(string) error, exists error) (string, error) {
	for try := 0; ; try++ {
		var r [6]byte
		if _, err := rand.Read(r[:]); err != nil {
			return "", err
		}
		for i := range r {
			r[i] = nameLetters[int(r[i])%len(nameLetters)]
		}
		p := prefix + string(r[:])
		err := mkdir(p)
		if err == nil {
			return p, nil
		}
		if !errors.Is(err, exists) || try > 100 {
			return p, err
		}
	}
}

// realpath resolves a path as fs.realpath does, naming the component that failed.
func realpath(path string) (string, error) {
	abs, err := absolute(path)
	if err != nil {
		return "", pathErr(err, "realpath", path)
	}
	vol := filepath.VolumeName(abs)
	rest := abs[len(vol):]
	cur := vol + string(separator)
	known := map[string]bool{}
	links := 0
	for rest != "" {
		rest = strings.TrimLeft(rest, pathSeparators)
		if rest == "" {
			break
		}
		i := strings.IndexAny(rest, pathSeparators)
		name := rest
		if i >= 0 {
			name, rest = rest[:i], rest[i:]
		} else {
			rest = ""
		}
		base := joinPath(cur, name)
		if known[base] {
			cur = base
			continue
		}
		var st fileStat
		if err := sysLstat(base, &st); err != nil {
			return "", pathErr(err, "lstat", base)
		}
		if st.mode&sIFMT != sIFLNK {
			known[base] = true
			cur = base
			continue
		}
		if err := sysStat(base, &st); err != nil {
			return "", pathErr(err, "stat", base)
		}
		to, err := sysReadlink(base)
		if err != nil {
			return "", pathErr(err, "readlink", base)
		}
		if k := st.mode & sIFMT; k == sIFIFO || k == sIFSOCK {
			// A pipe's name in /proc leads nowhere.
			if !filepath.IsAbs(to) {
				to = joinPath(cur, to)
			}
			return filepath.Clean(to + rest), nil
		}
		if links++; links > 255 {
			return "", pathErr(nodeerr.FromCode("ELOOP", "stat"), "stat", base)
		}
		if !filepath.IsAbs(to) {
			to = joinPath(cur, to)
		}
		abs := filepath.Clean(to + rest)
		vol = filepath.VolumeName(abs)
		cur, rest = vol+string(separator), abs[len(vol):]
	}
	return cur, nil
}

// removeOptions are rm's.
type removeOptions struct {
	force, recursive bool
	retries, delay   int
}

// removeAll removes a file or a tree, repeating what fails because somebody
// still holds it.
func removeAll(path string, o removeOptions) error {
	for try := 0; ; try++ {
		err := removeTree(path)
		if err == nil {
			return nil
		}
		switch nodeerr.CodeOf(err) {
		case "ENOENT":
			if o.force {
				return nil
			}
			return err
		case "EBUSY", "EMFILE", "ENFILE", "ENOTEMPTY", "EPERM":
			if try < o.retries {
				time.Sleep(time.Duration((try+1)*o.delay) * time.Millisecond)
				continue
			}
		}
		return err
	}
}

func removeTree(path string) error {
	var st fileStat
	if err := sysLstat(path, &st); err != nil {
		return pathErr(err, "lstat", path)
	}
	if !st.isDir() {
		return ignoreMissing(sysUnlink(path), "unlink", path)
	}
	err := sysRmdir(path)
	if err == nil {
		return nil
	}
	switch nodeerr.CodeOf(err) {
	case "ENOENT":
		return nil
	case "ENOTEMPTY", "EEXIST", "EPERM":
	default:
		return pathErr(err, "rmdir", path)
	}
	entries, serr := scandir(path)
	if serr != nil {
		return pathErr(serr, "scandir", path)
	}
	for _, e := range entries {
		p := joinPath(path, e.name)
		if e.kind == direntDir {
			err = removeTree(p)
		} else {
			err = ignoreMissing(sysUnlink(p), "unlink", p)
		}
		if err != nil && nodeerr.CodeOf(err) != "ENOENT" {
			return err
		}
	}
	return ignoreMissing(sysRmdir(path), "rmdir", path)
}

func ignoreMissing(err error, syscall, path string) error {
	if err == nil || nodeerr.CodeOf(err) == "ENOENT" {
		return nil
	}
	return pathErr(err, syscall, path)
}

// copyFile copies a regular file, its permissions included.
func copyFile(src, dest string, mode int) (err error) {
	in, err := sysOpen(src, oRDONLY, 0)
	if err != nil {
		return err
	}
	defer sysClose(in)
	var st fileStat
	if err := sysFstat(in, &st); err != nil {
		return err
	}
	if st.isDir() {
		return nodeerr.FromCode("EISDIR", "")
	}
	flags := oWRONLY | oCREAT
	if mode&copyExcl != 0 {
		flags |= oEXCL
	}
	out, err := sysOpen(dest, flags, uint32(st.mode&0o7777))
	if err != nil {
		return err
	}
	made := false
	defer func() {
		if e := sysClose(out); err == nil {
			err = e
		}
		if err != nil && made {
			_ = sysUnlink(dest)
		}
	}()
	var to fileStat
	if err := sysFstat(out, &to); err != nil {
		return err
	}
	if st.dev == to.dev && st.ino == to.ino && !onWindows {
		return nil
	}
	made = true
	if err := sysFtruncate(out, 0); err != nil {
		return err
	}
	if err := sysFchmod(out, uint32(st.mode&0o7777)); err != nil && nodeerr.CodeOf(err) != "EPERM" {
		return err
	}
	return copyContent(out, in, int64(st.size), mode)
}

func copyLoop(dst, src int) error {
	buf := make([]byte, 128<<10)
	for {
		n, err := sysRead(src, buf, -1)
		if err != nil || n == 0 {
			return err
		}
		if err := writeAll(context.Background(), dst, buf[:n], sysWrite); err != nil {
			return err
		}
	}
}
