package fs

import (
	"context"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

// nativeUtils holds the symbol under which the binding's state is kept, and
// the argument checks that the JavaScript parts share with the Go functions.
func nativeUtils(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("kState", goja.NewSymbol("state"))
	var cached *binding
	get := func() *binding {
		if cached == nil {
			cached = of(env)
		}
		return cached
	}
	set := func(name string, f func(c goja.FunctionCall) goja.Value) {
		_ = o.Set(name, f)
	}
	// validatePath(path, name = 'path') returns the path as a string.
	set("validatePath", func(c goja.FunctionCall) goja.Value {
		name := "path"
		if n := c.Argument(1); isString(n) {
			name = n.String()
		}
		return vm.ToValue(get().path(c.Argument(0), name))
	})
	set("assertEncoding", func(c goja.FunctionCall) goja.Value {
		get().encoding(c.Argument(0), encUTF8)
		return goja.Undefined()
	})
	set("checkFd", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(get().integer(c.Argument(0), "fd", 0, 1<<31-1))
	})
	set("isURL", func(c goja.FunctionCall) goja.Value {
		u, ok := c.Argument(0).(*goja.Object)
		return vm.ToValue(ok && get().isURL(u))
	})
	set("sleep", func(c goja.FunctionCall) goja.Value {
		time.Sleep(time.Duration(c.Argument(0).ToInteger()) * time.Millisecond)
		return goja.Undefined()
	})
	set("stringToFlags", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(get().flags(c.Argument(0), "flags"))
	})
	return o
}

// nativeStreams has the one call that a ReadStream makes for a chunk:
// readChunk(fd, size, position, callback(err, chunk)), chunk null at the end.
func nativeStreams(env bindings.Env) *goja.Object {
	b := of(env)
	o := b.vm.NewObject()
	_ = o.Set("readChunk", func(c goja.FunctionCall) goja.Value {
		fd := int(c.Argument(0).ToInteger())
		size := int(min(c.Argument(1).ToInteger(), maxFileSize))
		pos := numericPosition(c.Argument(2))
		cb, _ := goja.AssertFunction(c.Argument(3))
		var chunk []byte
		b.async(task{
			run: func(context.Context) error {
				buf := make([]byte, size)
				n, err := sysRead(fd, buf, pos)
				if n < size/2 { // do not keep a big buffer alive for a short read
					chunk = append([]byte(nil), buf[:n]...)
				} else {
					chunk = buf[:n:n]
				}
				return fdErr(err, "read")
			},
			value: func() goja.Value {
				if len(chunk) == 0 {
					return goja.Null()
				}
				return b.env.NewBuffer(chunk)
			},
		}, cb)
		return goja.Undefined()
	})
	return o
}
