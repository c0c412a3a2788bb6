package fs

import (
	"context"
	"path/filepath"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/nodeerr"
)

// Change says what happened to a name.
type change string

const (
	changed change = "change"
	renamed change = "rename"
)

// A watcher tells of changes below a path until it is closed. notify is called
// on the loop.
type watcher interface{ close() }

// A statWatch polls one path, as libuv's uv_fs_poll_t.
type statWatch struct {
	b        *binding
	path     string
	interval time.Duration
	bigint   bool
	handle   *eventloop.Handle
	timer    *eventloop.Timer
	cb       goja.Callable
	last     fileStat
	first    bool
	lastErr  int
	busy     bool
	closed   bool
}

func (s *statWatch) poll() {
	if s.closed {
		return
	}
	s.busy = true
	began := s.b.loop.Now()
	var st fileStat
	path := s.path
	// The request does not keep an unref'd watcher's loop alive.
	s.b.loop.UpdateTime()
	go func() {
		err := sysStat(path, &st)
		s.handle.Post(func() {
			s.busy = false
			if s.closed {
				return
			}
			s.compare(&st, err)
			if !s.closed {
				s.b.loop.UpdateTime()
				wait := s.interval - (s.b.loop.Now()-began)%s.interval
				s.timer.Reset(wait)
				if !s.handle.HasRef() {
					s.timer.Unref()
				}
			}
		})
	}()
}

func (s *statWatch) compare(st *fileStat, err error) {
	var zero fileStat
	if err != nil {
		code := nodeerr.Number(nodeerr.CodeOf(err))
		if s.lastErr != code || s.first {
			s.report(code, &zero, &s.last)
			s.lastErr = code
			s.last = zero
		}
		s.first = false
		return
	}
	if !s.first && (s.lastErr < 0 || s.last != *st && differs(&s.last, st)) {
		s.report(0, st, &s.last)
	}
	s.last, s.lastErr, s.first = *st, 0, false
}

// differs leaves the access time out of account, as libuv does.
func differs(a, b *fileStat) bool {
	x := *a
	x.atime = b.atime
	return x != *b
}

func (s *statWatch) report(status int, now, before *fileStat) {
	n, p := *now, *before
	s.b.env.Enter(func() {
		_, err := s.cb(goja.Undefined(), s.b.vm.ToValue(status), s.b.stats(&n, s.bigint), s.b.stats(&p, s.bigint))
		if err != nil {
			panic(err)
		}
	})
}

func (s *statWatch) close() {
	if s.closed {
		return
	}
	s.closed = true
	s.timer.Stop()
	s.handle.Close(nil)
}

// nativeWatchers has watch(path, recursive, encoding, onchange(type, name)) and
// watchFile(path, interval, bigint, onchange(status, now, before)): each gives an
// object with close, ref, unref and hasRef.
func nativeWatchers(env bindings.Env) *goja.Object {
	b := of(env)
	vm := b.vm
	o := vm.NewObject()
	control := func(h *eventloop.Handle, close func(), ref func(bool)) *goja.Object {
		c := vm.NewObject()
		h.SetOwner(c)
		set := func(name string, f func() goja.Value) {
			_ = c.Set(name, func(goja.FunctionCall) goja.Value { return f() })
		}
		set("close", func() goja.Value { close(); return goja.Undefined() })
		set("ref", func() goja.Value { h.Ref(); ref(true); return goja.Undefined() })
		set("unref", func() goja.Value { h.Unref(); ref(false); return goja.Undefined() })
		set("hasRef", func() goja.Value { return vm.ToValue(h.HasRef()) })
		return c
	}
	_ = o.Set("watch", func(c goja.FunctionCall) goja.Value {
		path := b.path(c.Argument(0), "filename")
		b.must(b.permission.Read(path))
		recursive := c.Argument(1).ToBoolean()
		enc := b.encoding(c.Argument(2), encUTF8)
		cb, _ := goja.AssertFunction(c.Argument(3))
		h := b.loop.NewHandle("FSEventWrap")
		h.Data = "FSEventWrap"
		notify := func(kind change, name string) {
			if h.Closing() {
				return
			}
			env.Enter(func() {
				if _, err := cb(goja.Undefined(), vm.ToValue(string(kind)), b.decodeString(name, enc)); err != nil {
					panic(err)
				}
			})
		}
		w, err := b.startWatch(h, path, recursive, notify)
		if err != nil {
			h.Close(nil)
			panic(b.error(pathErr(err, "watch", path)))
		}
		h.Start()
		b.env.OnCleanup(func() { w.close() })
		return control(h, func() { w.close(); h.Close(nil) }, func(bool) {})
	})
	_ = o.Set("watchFile", func(c goja.FunctionCall) goja.Value {
		b.must(b.permission.Read(b.path(c.Argument(0), "filename")))
		s := &statWatch{b: b, path: b.path(c.Argument(0), "filename"), interval: time.Duration(max(c.Argument(1).ToInteger(), 1)) * time.Millisecond,
			bigint: c.Argument(2).ToBoolean(), first: true, handle: b.loop.NewHandle("StatWatcher")}
		s.cb, _ = goja.AssertFunction(c.Argument(3))
		s.handle.Start()
		s.timer = b.loop.SetTimer(s.interval, s.poll)
		s.timer.Stop()
		s.poll()
		return control(s.handle, s.close, func(on bool) {
			if on {
				s.timer.Ref()
			} else {
				s.timer.Unref()
			}
		})
	})
	return o
}

// baseName is what a watcher of a file calls it.
func baseName(path string) string { return filepath.Base(path) }

// walkDirs calls f with every directory at and below root, root first.
func walkDirs(ctx context.Context, root string, f func(string)) {
	f(root)
	entries, err := scandir(root)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.kind == direntDir && ctx.Err() == nil {
			walkDirs(ctx, joinPath(root, e.name), f)
		}
	}
}
