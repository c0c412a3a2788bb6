package loader

import (
	"path/filepath"
	"runtime"
	"strings"
)

// A Resolver finds files for specifiers. It belongs to one goroutine.
type Resolver struct {
	FS FS
	// PreserveSymlinks keeps links in file names (--preserve-symlinks);
	// PreserveSymlinksMain in that of the main script.
	PreserveSymlinks, PreserveSymlinksMain bool
	// IsBuiltin knows the built-in modules.
	IsBuiltin func(specifier string) bool
	// Deprecated is told of package.json files whose "main" is missing.
	Deprecated func(message, code string)

	kinds map[string]Kind
	real  map[string]string
	pkgs  map[string]*Package
}

// New returns a resolver over fs.
func New(fs FS) *Resolver {
	return &Resolver{FS: fs, kinds: map[string]Kind{}, real: map[string]string{}, pkgs: map[string]*Package{}}
}

// Forget drops what is known of files' kinds: they are trusted for the length
// of one require from outside, as programs write files and then load them.
func (r *Resolver) Forget() {
	if len(r.kinds) > 0 {
		clear(r.kinds)
	}
}

// Kind is the cached kind of a path.
func (r *Resolver) Kind(path string) Kind { return r.stat(path) }

func (r *Resolver) stat(path string) Kind {
	if k, ok := r.kinds[path]; ok {
		return k
	}
	k := r.FS.Kind(path)
	r.kinds[path] = k
	return k
}

// Realpath resolves links, unless they are preserved.
func (r *Resolver) Realpath(path string) (string, error) { return r.realpath(path, 0) }

func (r *Resolver) settle(path string, isMain bool) (string, error) {
	if isMain && r.PreserveSymlinksMain || !isMain && r.PreserveSymlinks {
		return path, nil
	}
	return r.realpath(path, 0)
}

func (r *Resolver) tryFile(path string, isMain bool) (string, error) {
	if r.stat(path) != File {
		return "", nil
	}
	return r.settle(path, isMain)
}

func (r *Resolver) tryExtensions(base string, exts []string, isMain bool) (string, error) {
	for _, e := range exts {
		if f, err := r.tryFile(base+e, isMain); f != "" || err != nil {
			return f, err
		}
	}
	return "", nil
}

// firstOf returns the first non-empty result.
func firstOf(tries ...func() (string, error)) (string, error) {
	for _, t := range tries {
		if f, err := t(); f != "" || err != nil {
			return f, err
		}
	}
	return "", nil
}

// tryPackage loads a folder as a module: "main", then index.
func (r *Resolver) tryPackage(dir string, exts []string, isMain bool, request string) (string, error) {
	p, err := r.ReadPackage(dir)
	if err != nil {
		return "", err
	}
	index := func() (string, error) { return r.tryExtensions(filepath.Join(dir, "index"), exts, isMain) }
	if p == nil || p.Main == "" {
		return index()
	}
	file := filepath.Join(dir, p.Main)
	f, err := firstOf(
		func() (string, error) { return r.tryFile(file, isMain) },
		func() (string, error) { return r.tryExtensions(file, exts, isMain) },
		func() (string, error) { return r.tryExtensions(filepath.Join(file, "index"), exts, isMain) },
	)
	if f != "" || err != nil {
		return f, err
	}
	if f, err = index(); err != nil {
		return "", err
	}
	if f == "" {
		return "", &Error{Code: "MODULE_NOT_FOUND", Path: p.File, RequestPath: request,
			Message: "Cannot find module '" + file + "'. Please verify that the package.json has a valid \"main\" entry"}
	}
	if r.Deprecated != nil {
		r.Deprecated("Invalid 'main' field in '"+p.File+"' of '"+p.Main+
			"'. Please either fix that or report it to the module author", "DEP0128")
	}
	return f, nil
}

// IsRelative reports whether a specifier begins with ./ or ../ or is . or ..
func IsRelative(s string) bool {
	if !strings.HasPrefix(s, ".") {
		return false
	}
	rest := strings.TrimPrefix(s[1:], ".")
	return rest == "" || rest[0] == '/' || runtime.GOOS == "windows" && rest[0] == '\\'
}

// Resolve is path.resolve(base, request) for an absolute base.
func resolvePath(base, request string) string {
	request = filepath.FromSlash(request)
	if filepath.IsAbs(request) {
		return filepath.Clean(request)
	}
	return filepath.Join(base, request)
}

func endsInSlash(s string) bool {
	return strings.HasSuffix(s, "/") || strings.HasSuffix(s, "/.") || strings.HasSuffix(s, "/..") || s == "." || s == ".."
}

// FindPath is CommonJS's search of request in paths (absolute folders); ""
// if nothing is found.
func (r *Resolver) FindPath(request string, paths, exts []string, isMain bool, conditions []string) (string, error) {
	absolute := filepath.IsAbs(request)
	if absolute {
		paths = []string{""}
	}
	slash := endsInSlash(request)
	inside := !IsRelative(request) || !strings.HasPrefix(filepath.Clean(filepath.FromSlash(request)), "..")
	for _, dir := range paths {
		if inside && dir != "" && r.stat(dir) != Dir {
			continue
		}
		if !absolute {
			f, err := r.exportsIn(dir, request, conditions)
			if f != "" || err != nil {
				return f, err
			}
		}
		base := resolvePath(dir, request)
		kind := r.stat(base)
		if !slash {
			if kind == File {
				return r.settle(base, isMain)
			}
			if f, err := r.tryExtensions(base, exts, isMain); f != "" || err != nil {
				return f, err
			}
		}
		if kind == Dir {
			if f, err := r.tryPackage(base, exts, isMain, request); f != "" || err != nil {
				return f, err
			}
		}
	}
	return "", nil
}

// exportsIn looks for request as a package with "exports" in a folder.
func (r *Resolver) exportsIn(dir, request string, conditions []string) (string, error) {
	name, rest, ok := splitRequest(request)
	if !ok {
		return "", nil
	}
	p, err := r.ReadPackage(filepath.Join(dir, filepath.FromSlash(name)))
	if p == nil || p.Exports == nil || err != nil {
		return "", err
	}
	res, err := r.Exports(p, "."+rest, "", conditions)
	if err != nil {
		return "", err
	}
	return r.finish(res, p)
}

func splitRequest(s string) (name, rest string, ok bool) {
	if s == "" || s[0] == '.' || s[0] == '/' || s[0] == '\\' {
		return "", "", false
	}
	end := strings.IndexByte(s, '/')
	if s[0] == '@' {
		if end < 2 || end+1 >= len(s) || s[end+1] == '.' {
			return "", "", false
		}
		if next := strings.IndexByte(s[end+1:], '/'); next >= 0 {
			end += 1 + next
		} else {
			end = len(s)
		}
	}
	if end < 0 {
		end = len(s)
	}
	name, rest = s[:end], s[end:]
	return name, rest, name != "" && !strings.ContainsAny(name, "\\%") && !strings.HasSuffix(name, "/")
}

// finish checks that the file of an exports entry exists.
func (r *Resolver) finish(file string, p *Package) (string, error) {
	if strings.HasPrefix(file, "node:") {
		return file, nil
	}
	f, err := r.tryFile(file, false)
	if err != nil {
		return "", err
	}
	if f == "" {
		e := &Error{Code: "MODULE_NOT_FOUND", Message: "Cannot find module '" + file + "'"}
		if p != nil {
			e.Path = p.Dir
		}
		return "", e
	}
	return f, nil
}

// Self resolves a package's name inside itself; "" if request is not that.
func (r *Resolver) Self(request, parent string, conditions []string) (string, error) {
	if parent == "" {
		return "", nil
	}
	p, err := r.Scope(parent)
	if p == nil || err != nil || p.Exports == nil || p.Name == "" {
		return "", err
	}
	rest, ok := strings.CutPrefix(request, p.Name)
	if !ok || rest != "" && rest[0] != '/' {
		return "", nil
	}
	res, err := r.Exports(p, "."+rest, parent, conditions)
	if err != nil {
		return "", err
	}
	return r.finish(res, p)
}

// Internal resolves a #name of the parent's package for require.
func (r *Resolver) Internal(request, parent string, conditions []string) (file string, ok bool, err error) {
	p, err := r.Scope(parent)
	if p == nil || err != nil || p.Imports == nil {
		return "", false, err
	}
	res, err := r.Imports(request, parent, conditions)
	if err == nil {
		res, err = r.finish(res, p)
	}
	return res, true, err
}

// NodeModulePaths lists the node_modules folders that a module in from sees.
func NodeModulePaths(from string) []string {
	var paths []string
	for dir := filepath.Clean(from); ; {
		if filepath.Base(dir) != "node_modules" {
			paths = append(paths, filepath.Join(dir, "node_modules"))
		}
		up := filepath.Dir(dir)
		if up == dir {
			return paths
		}
		dir = up
	}
}
