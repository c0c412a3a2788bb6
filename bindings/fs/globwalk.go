package fs

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/glob"
)

// A globWalk finds the files that patterns name.
type globWalk struct {
	ctx      context.Context
	cwd      string
	opts     glob.Options
	patterns []*glob.Pattern
	// exclude says whether to leave out a path and what is below it.
	exclude func(path string, kind int) (bool, error)

	found    []globbed
	emitted  map[string]bool
	visited  map[visit]bool
	excluded map[string]bool
	listings map[string][]dirEntry
}

type globbed struct {
	path string // as the pattern puts it
	kind int
}

type visit struct {
	alternative *glob.Segment // the alternative's first segment
	index       int
	path        string
}

func globOptions() glob.Options {
	return glob.Options{Windows: onWindows, FoldCase: onWindows || runtime.GOOS == "darwin"}
}

func (g *globWalk) run() error {
	g.emitted, g.visited = map[string]bool{}, map[visit]bool{}
	g.excluded, g.listings = map[string]bool{}, map[string][]dirEntry{}
	for _, p := range g.patterns {
		for _, segs := range p.Alternatives {
			if len(segs) == 0 || len(segs) == 1 && (segs[0].Text == "" || segs[0].Text == "." || segs[0].Text == "..") {
				continue
			}
			if err := g.match("", segs, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// full is where a path lies.
func (g *globWalk) full(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	if path == "" {
		return g.cwd
	}
	return joinPath(g.cwd, path)
}

func (g *globWalk) kindOf(path string) (int, bool) {
	k := kindByStat(g.full(path))
	return k, k != direntUnknown
}

func (g *globWalk) isDir(path string) bool {
	var st fileStat
	return sysStat(g.full(path), &st) == nil && st.isDir()
}

func (g *globWalk) list(path string) []dirEntry {
	l, ok := g.listings[path]
	if !ok {
		l, _ = scandir(g.full(path))
		g.listings[path] = l
	}
	return l
}

func (g *globWalk) skip(path string, kind int) (bool, error) {
	if g.exclude == nil || path == "" {
		return false, nil
	}
	if s, ok := g.excluded[path]; ok {
		return s, nil
	}
	s, err := g.exclude(path, kind)
	g.excluded[path] = s
	return s, err
}

func (g *globWalk) emit(path string, kind int) error {
	if s, err := g.skip(path, kind); s || err != nil {
		return err
	}
	if path == "" {
		path = "."
	}
	if !g.emitted[path] {
		g.emitted[path] = true
		g.found = append(g.found, globbed{path, kind})
	}
	return nil
}

// match applies segs[i:] inside the directory path ("" is the working one).
func (g *globWalk) match(path string, segs []glob.Segment, i int) error {
	if err := g.ctx.Err(); err != nil {
		return err
	}
	v := visit{&segs[0], i, path}
	if g.visited[v] {
		return nil
	}
	g.visited[v] = true
	if path != "" && path != "/" {
		if s, err := g.skip(path, direntDir); s || err != nil {
			return err
		}
	}
	s := &segs[i]
	last := i == len(segs)-1
	switch {
	case s.GlobStar:
		return g.star(path, segs, i)
	case s.Text == "" && i == 0:
		if last || len(segs) == 2 && segs[1].Text == "" {
			return g.emit("/", direntDir)
		}
		return g.match("/", segs, 1)
	case s.Text == "":
		if path != "" && last && g.isDir(path) {
			return g.emit(path, direntDir)
		}
		return nil
	case s.Text == ".":
		if last {
			if path != "" && g.isDir(path) {
				return g.emit(path, direntDir)
			}
			return nil
		}
		return g.match(path, segs, i+1)
	case s.Text == "..":
		if !g.isDir(path) {
			return nil
		}
		up := filepath.Join(path, "..")
		if up == "." {
			up = ""
		}
		if last {
			if up == "" || strings.HasSuffix(up, "..") {
				return nil
			}
			return g.emit(up, direntDir)
		}
		return g.match(up, segs, i+1)
	case s.Literal:
		return g.below(joinPath(path, s.Text), segs, i, false)
	}
	for _, e := range g.list(path) {
		if s.Match(e.name) {
			if err := g.entry(joinPath(path, e.name), e.kind, segs, i, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// below goes on with a name that may not exist.
func (g *globWalk) below(child string, segs []glob.Segment, i int, _ bool) error {
	kind, ok := g.kindOf(child)
	if !ok {
		return nil
	}
	return g.entry(child, kind, segs, i, true)
}

// entry goes on behind a name that segs[i] matched. Links are followed only
// where the pattern spells their name.
func (g *globWalk) entry(child string, kind int, segs []glob.Segment, i int, spelled bool) error {
	if i == len(segs)-1 {
		return g.emit(child, kind)
	}
	if kind == direntDir || kind == direntLink && spelled && g.isDir(child) {
		return g.match(child, segs, i+1)
	}
	return nil
}

// star handles **: nothing, or any directories that do not hide. It does not
// go through links, but what follows it may look into one: where the link's
// name matches what follows, or the pattern begins with a dot.
func (g *globWalk) star(path string, segs []glob.Segment, i int) error {
	last := i == len(segs)-1
	if last {
		if err := g.emit(path, direntDir); err != nil {
			return err
		}
	} else if segs[i+1].Text == "" && i+1 == len(segs)-1 {
		// "**/": the directories themselves
		if err := g.emit(path, direntDir); err != nil {
			return err
		}
	} else if err := g.match(path, segs, i+1); err != nil {
		return err
	}
	for _, e := range g.list(path) {
		if e.name[0] == '.' {
			continue
		}
		child := joinPath(path, e.name)
		var err error
		switch {
		case e.kind == direntDir:
			err = g.match(child, segs, i)
		case last:
			err = g.emit(child, e.kind)
		case e.kind == direntLink && (segs[0].Text == "." || segs[i+1].Match(e.name)) && g.isDir(child):
			err = g.match(child, segs, i+1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// nativeGlob is glob(patterns, cwd, excludes, types[, callback]): excludes is
// a list of patterns or a function.
func nativeGlob(env bindings.Env) *goja.Object {
	b := of(env)
	vm := b.vm
	o := vm.NewObject()
	_ = o.Set("glob", func(c goja.FunctionCall) goja.Value {
		var patterns, excludes []string
		if err := vm.ExportTo(c.Argument(0), &patterns); err != nil {
			panic(err)
		}
		cwd, types := c.Argument(1).String(), c.Argument(3).ToBoolean()
		g := &globWalk{cwd: cwd, opts: globOptions()}
		for _, p := range patterns {
			g.patterns = append(g.patterns, glob.Compile(p, g.opts))
		}
		result := func(path string, kind int) goja.Value {
			if !types {
				return b.decodeString(path, encUTF8)
			}
			full := filepath.Clean(g.full(strings.TrimPrefix(path, "./")))
			return b.dirent(b.decodeString(filepath.Base(full), encUTF8), b.decodeString(filepath.Dir(full), encUTF8), kind)
		}
		value := func() goja.Value {
			vals := make([]any, len(g.found))
			for i, f := range g.found {
				vals[i] = result(f.path, f.kind)
			}
			return vm.NewArray(vals...)
		}
		cb, async := goja.AssertFunction(c.Argument(4))
		t := task{run: func(ctx context.Context) error { g.ctx = ctx; return g.run() }, value: value}
		fn, isFn := goja.AssertFunction(c.Argument(2))
		if !isFn {
			if !isNullish(c.Argument(2)) {
				if err := vm.ExportTo(c.Argument(2), &excludes); err != nil {
					panic(err)
				}
			}
			var match []*glob.Pattern
			for _, e := range excludes {
				match = append(match, glob.Compile(strings.TrimPrefix(e, "./"), g.opts))
			}
			if len(match) > 0 {
				g.exclude = func(path string, _ int) (bool, error) {
					for _, m := range match {
						if m.Match(path) {
							return true, nil
						}
					}
					return false, nil
				}
			}
			if async {
				b.async(t, cb)
				return goja.Undefined()
			}
			return b.sync(t)
		}
		call := func(path string, kind int) (goja.Value, error) { return fn(goja.Undefined(), result(path, kind)) }
		if !async {
			g.exclude = func(path string, kind int) (bool, error) {
				v, err := call(path, kind)
				return err == nil && v.ToBoolean(), err
			}
			return b.sync(t)
		}
		b.background(func(ask func(func() (goja.Value, error)) (bool, error)) error {
			g.ctx = context.Background()
			g.exclude = func(path string, kind int) (bool, error) {
				return ask(func() (goja.Value, error) { return call(path, kind) })
			}
			return g.run()
		}, value, cb)
		return goja.Undefined()
	})
	return o
}
