// Package permission is --permission: what a program may do, and the error for
// what it may not.
//
// Paths are compared as text, made absolute and clean. A symbolic link is not
// followed, as in Node, so a link inside an allowed folder leads out of it.
package permission

import (
	"os"
	"path/filepath"
	"strings"
)

// A Set is what is allowed.
type Set struct {
	read, write paths
	allowed     map[string]bool // by scope
}

// A Denied is the error for what is not allowed.
type Denied struct {
	Permission string // FileSystemRead, ChildProcess, …
	Resource   string
	Message    string
}

func (d *Denied) Error() string { return d.Message }

type scope struct{ flag, permission string }

var scopes = map[string]scope{
	"child": {"allow-child-process", "ChildProcess"}, "worker": {"allow-worker", "WorkerThreads"}, "wasi": {"allow-wasi", "WASI"},
	"addon": {"allow-addons", "Addon"}, "inspector": {"allow-inspector", "Inspector"},
}

// New makes the set that the flags describe, nil if everything is allowed. What
// the command line names to be run, entries, may be read.
func New(flags map[string]string, entries ...string) *Set {
	if flags["permission"] != "true" {
		return nil
	}
	s := &Set{allowed: map[string]bool{}}
	for name, sc := range scopes {
		s.allowed[name] = flags[sc.flag] == "true"
	}
	s.read.grantAll(flags["allow-fs-read"])
	s.write.grantAll(flags["allow-fs-write"])
	if modules := flags["require"]; modules != "" {
		entries = append(entries, strings.Split(modules, "\x00")...)
	}
	for _, e := range entries {
		if e != "" && e != "-" {
			s.read.rules = append(s.read.rules, rule{path: absolute(e)})
		}
	}
	return s
}

// Has reports whether a scope of process.permission.has is allowed, for
// reference or, without one, altogether.
func (s *Set) Has(name, reference string, given bool) bool {
	if s == nil {
		return true
	}
	switch name {
	case "fs":
		return s.Has("fs.read", reference, given) && s.Has("fs.write", reference, given)
	case "fs.read":
		return s.read.has(reference, given)
	case "fs.write":
		return s.write.has(reference, given)
	}
	return s.allowed[name]
}

// Check returns the error for a scope that is not allowed, nil if it is.
func (s *Set) Check(name, resource string) error {
	sc := scopes[name]
	if s == nil || s.allowed[name] {
		return nil
	}
	return deny(sc.permission, resource, sc.flag)
}

// Read returns the error for reading path, nil if it is allowed.
func (s *Set) Read(path string) error {
	if s == nil || s.read.has(path, true) {
		return nil
	}
	return deny("FileSystemRead", path, "allow-fs-read")
}

// Write returns the error for writing path, nil if it is allowed.
func (s *Set) Write(path string) error {
	if s == nil || s.write.has(path, true) {
		return nil
	}
	return deny("FileSystemWrite", path, "allow-fs-write")
}

func deny(permission, resource, flag string) error {
	return &Denied{Permission: permission, Resource: resource,
		Message: "Access to this API has been restricted. Use --" + flag + " to manage permissions."}
}

// paths are the paths that one kind of access is allowed to.
type paths struct {
	all   bool
	rules []rule
}

// A rule allows a path; with prefix, everything that begins with it.
type rule struct {
	path   string
	prefix bool
}

func (p *paths) grantAll(list string) {
	if list == "" {
		return
	}
	for _, v := range strings.Split(list, "\x00") {
		p.grant(v)
	}
}

func (p *paths) grant(v string) {
	if v == "*" {
		p.all = true
		return
	}
	// What follows an asterisk counts for nothing.
	if head, _, ok := strings.Cut(v, "*"); ok {
		folder := strings.HasSuffix(head, string(filepath.Separator)) || strings.HasSuffix(head, "/")
		path := absolute(head)
		if folder {
			p.folder(path)
			return
		}
		p.rules = append(p.rules, rule{path, true})
		return
	}
	path := absolute(v)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		p.folder(path)
		return
	}
	p.rules = append(p.rules, rule{path: path})
}

// folder allows a folder and what is in it.
func (p *paths) folder(path string) {
	inside := path
	if !strings.HasSuffix(inside, string(filepath.Separator)) {
		inside += string(filepath.Separator)
	}
	p.rules = append(p.rules, rule{path: path}, rule{inside, true})
}

func (p *paths) has(path string, given bool) bool {
	if p.all || !given {
		return p.all
	}
	path = absolute(path)
	for _, r := range p.rules {
		if r.path == path || r.prefix && strings.HasPrefix(path, r.path) {
			return true
		}
	}
	return false
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// Options are the options of a command line that say what is allowed, for a
// child process to inherit.
func Options(flags map[string]string) []string {
	if flags["permission"] != "true" {
		return nil
	}
	out := []string{"--permission"}
	for _, name := range []string{"allow-fs-read", "allow-fs-write"} {
		if list := flags[name]; list != "" {
			for _, v := range strings.Split(list, "\x00") {
				out = append(out, "--"+name+"="+v)
			}
		}
	}
	for _, name := range []string{"addon", "child", "inspector", "wasi", "worker"} {
		if flag := scopes[name].flag; flags[flag] == "true" {
			out = append(out, "--"+flag)
		}
	}
	return out
}

// Inherit sets the permissions of parent in a worker's flags, which cannot have
// others.
func Inherit(parent, worker map[string]string) {
	for _, name := range []string{"permission", "allow-fs-read", "allow-fs-write", "allow-addons", "allow-child-process", "allow-inspector",
		"allow-wasi", "allow-worker"} {
		delete(worker, name)
		if v, ok := parent[name]; ok {
			worker[name] = v
		}
	}
}

// Of is the set of a whole family of isolates, made when the first asks: the
// start of the program, when relative paths still mean what the command line meant.
// shared keeps it (bindings.Shared's Value); args are process.argv.
func Of(flags map[string]string, args []string, shared func(key string, create func() any) any) *Set {
	if flags["permission"] != "true" {
		return nil
	}
	return shared("permission", func() any {
		main := ""
		if len(args) > 1 {
			main = args[1]
		}
		return New(flags, main)
	}).(*Set)
}
