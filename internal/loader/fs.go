package loader

import (
	"errors"
	"os"
	"path/filepath"
)

// Kind is what a path names.
type Kind int8

// The kinds of files.
const (
	None Kind = iota - 1
	File
	Dir
)

// FS is what resolution needs of a file system.
type FS interface {
	// Kind follows symbolic links; everything that is no directory is a File.
	Kind(path string) Kind
	ReadFile(path string) ([]byte, error)
	// Readlink returns a symbolic link's target; ok is false for anything else.
	Readlink(path string) (target string, ok bool, err error)
}

// OS is the operating system's file system.
type OS struct{}

// Kind stats path.
func (OS) Kind(path string) Kind {
	st, err := os.Stat(path)
	switch {
	case err != nil:
		return None
	case st.IsDir():
		return Dir
	}
	return File
}

// ReadFile reads path.
func (OS) ReadFile(path string) ([]byte, error) { return os.ReadFile(path) }

// Readlink reads path's target.
func (OS) Readlink(path string) (string, bool, error) {
	st, err := os.Lstat(path)
	if err != nil {
		return "", false, err
	}
	if st.Mode()&os.ModeSymlink == 0 {
		return "", false, nil
	}
	t, err := os.Readlink(path)
	return t, err == nil, err
}

var errLoop = errors.New("too many levels of symbolic links")

// realpath resolves all links in path, remembering every directory on the way.
func (r *Resolver) realpath(path string, depth int) (string, error) {
	if p, ok := r.real[path]; ok {
		return p, nil
	}
	if depth > 40 {
		return "", errLoop
	}
	dir := filepath.Dir(path)
	if dir == path {
		return path, nil
	}
	realDir, err := r.realpath(dir, depth)
	if err != nil {
		return "", err
	}
	p := filepath.Join(realDir, filepath.Base(path))
	target, isLink, err := r.FS.Readlink(p)
	if err != nil {
		return "", err
	}
	if isLink {
		if !filepath.IsAbs(target) {
			target = filepath.Join(realDir, target)
		}
		if p, err = r.realpath(filepath.Clean(target), depth+1); err != nil {
			return "", err
		}
	}
	r.real[path] = p
	return p, nil
}
