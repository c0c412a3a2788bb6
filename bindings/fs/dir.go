package fs

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

// An openDir is the state behind a Dir.
type openDir struct {
	f    *os.File
	path string
}

func (d *openDir) read(n int) ([]dirEntry, error) {
	list, err := d.f.ReadDir(n)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fdErr(err, "scandir")
	}
	out := make([]dirEntry, len(list))
	for i, e := range list {
		out[i] = dirEntry{e.Name(), kindOfMode(e.Type())}
	}
	return out, nil
}

// run gives a task to the pool if a callback follows, else it runs it at once.
func (b *binding) runMaybe(t task, callback goja.Value) goja.Value {
	if cb, ok := goja.AssertFunction(callback); ok {
		b.async(t, cb)
		return goja.Undefined()
	}
	return b.sync(t)
}

// nativeDir is open(path[, callback]), read(dir, encoding, count[, callback])
// with the entries in reverse, and close(dir[, callback]).
func nativeDir(env bindings.Env) *goja.Object {
	b := of(env)
	o := b.vm.NewObject()
	_ = o.Set("open", func(c goja.FunctionCall) goja.Value {
		path := b.path(c.Argument(0), "path")
		d := &openDir{path: path}
		async := isFunction(c.Argument(1))
		denied := b.permission.Read(path)
		return b.runMaybe(task{
			run: func(context.Context) (err error) {
				if denied != nil {
					return denied
				}
				if d.f, err = openDirectory(path); err != nil {
					if !async {
						return fdErr(err, "opendir")
					}
					return pathErr(err, "opendir", path)
				}
				return nil
			},
			value: func() goja.Value { return b.vm.ToValue(d) },
		}, c.Argument(1))
	})
	_ = o.Set("read", func(c goja.FunctionCall) goja.Value {
		d := c.Argument(0).Export().(*openDir)
		enc := b.encoding(c.Argument(1), encUTF8)
		n := int(c.Argument(2).ToInteger())
		var list []dirEntry
		return b.runMaybe(task{
			run: func(context.Context) (err error) {
				list, err = d.read(n)
				return err
			},
			value: func() goja.Value {
				parent := b.decodeString(d.path, enc)
				vals := make([]any, len(list))
				for i, e := range list {
					vals[i] = b.dirent(b.decodeString(e.name, enc), parent, e.kind)
				}
				slices.Reverse(vals)
				return b.vm.NewArray(vals...)
			},
		}, c.Argument(3))
	})
	_ = o.Set("close", func(c goja.FunctionCall) goja.Value {
		d := c.Argument(0).Export().(*openDir)
		return b.runMaybe(nothing(func() error { return fdErr(d.f.Close(), "closedir") }), c.Argument(1))
	})
	return o
}
