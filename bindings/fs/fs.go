package fs

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/permission"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "fs", Native: native},
		{Name: "fs/promises", JS: files, File: "fs_promises.js"},
		{Name: "internal/fs/cp", JS: files, File: "cp.js", Native: nativeCp},
		{Name: "internal/fs/dir", JS: files, File: "dir.js", Native: nativeDir},
		{Name: "internal/fs/filehandle", JS: files, File: "filehandle.js"},
		{Name: "internal/fs/glob", JS: files, File: "glob.js", Native: nativeGlob},
		{Name: "internal/fs/promises", JS: files, File: "promises.js", Native: nativePromises},
		{Name: "internal/fs/streams", JS: files, File: "streams.js", Native: nativeStreams},
		{Name: "internal/fs/utils", JS: files, File: "utils.js", Native: nativeUtils},
		{Name: "internal/fs/webstream", JS: files, File: "webstream.js"},
		{Name: "internal/fs/watchers", JS: files, File: "watchers.js", Native: nativeWatchers},
		{Name: "internal/streams/fast-utf8-stream", JS: files, File: "utf8_stream.js"},
	}
}

// binding is the module's state in one isolate.
type binding struct {
	env  bindings.Env
	vm   *goja.Runtime
	loop *eventloop.Loop

	exports *goja.Object
	zero    goja.Value
	kType   *goja.Symbol
	kHandle *goja.Symbol

	statsProto, bigStatsProto, statFsProto, direntProto *goja.Object

	argTypes map[string]goja.Value
	viewTest goja.Callable
	standard func(fd int) any
	// fsync and fsyncSync are the functions as they were made.
	originalFsync, originalFsyncSync goja.Value

	permission *permission.Set

	warnedTemplate, warnedRmdir, warnedExists, warnedCollected bool
}

// form is how a function of the table is called.
type form uint8

const (
	formSync    form = 1 << iota // nameSync(…)
	formCb                       // name(…, callback)
	formPromise                  // promises.name(…)
	formHandle                   // a method of FileHandle, on a descriptor: internalBinding only
	formBoth    = formSync | formCb
	formAll     = formBoth | formPromise
)

// An op is one row of the table.
type op struct {
	name string
	make func(*binding, *call) task
	// forms are the functions that exist.
	forms form
	// min and max are the number of arguments before a callback.
	min, max int
	// lengths are the functions' length properties: sync, callback, promise.
	lengths [3]int
	// last says that a missing callback is reported as the last argument given
	// (maybeCallback(callback || options)).
	last bool
	// late says that the other arguments are checked before the callback is.
	late bool
	// first is what is checked before a callback that comes before the rest.
	first func(*binding, *call)
	// sole is up to how many arguments the last one must be the callback.
	sole int
	// final says that of several functions the last one is the callback.
	final bool
	// names are the properties of the object that util.promisify makes.
	names [2]string
}

func lengthFirst(b *binding, c *call) { b.length(c.arg(1)) }

// table holds the operations, in the order of Node's own fs object.
func table() []op {
	return []op{
		{name: "appendFile", make: (*binding).appendFile, forms: formAll | formHandle, min: 2, max: 3, lengths: [3]int{3, 4, 3}, last: true, final: true},
		{name: "access", make: (*binding).access, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 1}, late: true},
		{name: "chown", make: (*binding).chown, forms: formAll, min: 3, max: 3, lengths: [3]int{3, 4, 3}},
		{name: "chmod", make: (*binding).chmod, forms: formAll, min: 2, max: 2, lengths: [3]int{2, 3, 2}, late: true},
		{name: "close", make: (*binding).close, forms: formBoth | formHandle, min: 1, max: 1, lengths: [3]int{1, 1}, late: true},
		{name: "copyFile", make: (*binding).copyFile, forms: formAll, min: 2, max: 3, lengths: [3]int{3, 4, 3}, late: true, final: true},
		{name: "fchown", make: (*binding).fchown, forms: formBoth | formHandle, min: 3, max: 3, lengths: [3]int{3, 4}, late: true},
		{name: "fchmod", make: (*binding).fchmod, forms: formBoth | formHandle, min: 2, max: 2, lengths: [3]int{2, 3}, late: true},
		{name: "fdatasync", make: (*binding).fdatasync, forms: formBoth | formHandle, min: 1, max: 1, lengths: [3]int{1, 2}},
		{name: "fstat", make: (*binding).fstat, forms: formBoth | formHandle, min: 1, max: 2, lengths: [3]int{1, 1}},
		{name: "fsync", make: (*binding).fsync, forms: formBoth | formHandle, min: 1, max: 1, lengths: [3]int{1, 2}},
		{name: "ftruncate", make: (*binding).ftruncate, forms: formBoth | formHandle, min: 1, max: 2, lengths: [3]int{1, 1}, first: lengthFirst},
		{name: "futimes", make: (*binding).futimes, forms: formBoth | formHandle, min: 3, max: 3, lengths: [3]int{3, 4}, late: true},
		{name: "lchown", make: (*binding).lchown, forms: formAll, min: 3, max: 3, lengths: [3]int{3, 4, 3}},
		{name: "lchmod", make: (*binding).lchmod, forms: formAll, min: 2, max: 2, lengths: [3]int{2, 3, 2}, late: true},
		{name: "link", make: (*binding).link, forms: formAll, min: 2, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "lstat", make: (*binding).lstat, forms: formAll, min: 1, max: 2, lengths: [3]int{1, 1, 1}},
		{name: "lutimes", make: (*binding).lutimes, forms: formAll, min: 3, max: 3, lengths: [3]int{3, 4, 3}},
		{name: "mkdir", make: (*binding).mkdir, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "mkdtemp", make: (*binding).mkdtemp, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "open", make: (*binding).open, forms: formBoth | formHandle, min: 1, max: 3, lengths: [3]int{3, 4, 3}, late: true, sole: 2, final: true},
		{name: "readdir", make: (*binding).readdir, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "read", make: (*binding).read, forms: formBoth | formHandle, min: 1, max: 5, lengths: [3]int{5, 6}, names: [2]string{"bytesRead", "buffer"}, late: true, sole: 3, final: true},
		{name: "readv", make: (*binding).readv, forms: formBoth | formHandle, min: 2, max: 3, lengths: [3]int{3, 4}, names: [2]string{"bytesRead", "buffers"}, late: true, last: true, final: true},
		{name: "readFile", make: (*binding).readFile, forms: formAll | formHandle, min: 1, max: 2, lengths: [3]int{2, 3, 2}, last: true, final: true},
		{name: "readlink", make: (*binding).readlink, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "realpath", make: (*binding).realpath, forms: formBoth, min: 1, max: 2, lengths: [3]int{2, 3}},
		{name: "rename", make: (*binding).rename, forms: formAll, min: 2, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "rm", make: (*binding).rm, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}, late: true},
		{name: "rmdir", make: (*binding).rmdir, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 2}},
		{name: "stat", make: (*binding).stat, forms: formAll, min: 1, max: 2, lengths: [3]int{1, 1, 1}},
		{name: "statfs", make: (*binding).statfs, forms: formAll, min: 1, max: 2, lengths: [3]int{1, 1, 1}},
		{name: "symlink", make: (*binding).symlink, forms: formAll, min: 2, max: 3, lengths: [3]int{3, 4, 3}, sole: 3, final: true},
		{name: "truncate", make: (*binding).truncate, forms: formAll, min: 1, max: 2, lengths: [3]int{2, 3, 1}, first: lengthFirst},
		{name: "unlink", make: (*binding).unlink, forms: formAll, min: 1, max: 1, lengths: [3]int{1, 2, 1}},
		{name: "utimes", make: (*binding).utimes, forms: formAll, min: 3, max: 3, lengths: [3]int{3, 4, 3}},
		{name: "writeFile", make: (*binding).writeFile, forms: formAll | formHandle, min: 2, max: 3, lengths: [3]int{3, 4, 3}, last: true, final: true},
		{name: "write", make: (*binding).write, forms: formBoth | formHandle, min: 2, max: 5, lengths: [3]int{5, 6}, names: [2]string{"bytesWritten", "buffer"}, late: true, last: true, final: true},
		{name: "writev", make: (*binding).writev, forms: formBoth | formHandle, min: 2, max: 3, lengths: [3]int{3, 4}, names: [2]string{"bytesWritten", "buffers"}, late: true, last: true, final: true},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	b := &binding{env: env, vm: vm, loop: env.Loop(), permission: permission.Of(env.Host().Flags, env.Host().Args, env.Host().Shared.Value), exports: vm.NewObject(), zero: vm.ToValue(0), argTypes: map[string]goja.Value{}, kHandle: goja.NewSymbol("kHandle")}
	b.standard = standard(env.Host())
	b.makeClasses()
	o := b.exports
	for _, row := range b.table() {
		if row.name == "lchmod" && !hasLchmod {
			_ = o.Set("lchmod", goja.Undefined())
			_ = o.Set("lchmodSync", goja.Undefined())
			continue
		}
		if row.forms&formCb != 0 {
			_ = o.Set(row.name, b.callbackForm(row))
		}
		if row.forms&formSync != 0 {
			_ = o.Set(row.name+"Sync", b.syncForm(row))
		}
	}
	b.originalFsync, b.originalFsyncSync = o.Get("fsync"), o.Get("fsyncSync")
	b.others(o)
	// The binding is found again by the module's other Go parts.
	_ = o.DefineDataPropertySymbol(stateSymbol(env), natives.Carry(vm, b), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return o
}

// fn makes a native function with a name and a length.
func (b *binding) fn(name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	return natives.Func(b.vm, name, length, f)
}

func (b *binding) syncForm(row op) *goja.Object {
	return b.fn(row.name+"Sync", row.lengths[0], func(fc goja.FunctionCall) goja.Value {
		c := call{b: b, args: fc.Arguments, form: formSync}
		return b.sync(row.make(b, &c))
	})
}

func (b *binding) callbackForm(row op) *goja.Object {
	f := b.fn(row.name, row.lengths[1], func(fc goja.FunctionCall) goja.Value {
		args, cb, bad := splitCallback(fc.Arguments, &row)
		c := call{b: b, args: args, form: formCb}
		if cb == nil && row.name == "close" && goja.IsUndefined(fc.Argument(1)) {
			cb = b.closeDefault()
		}
		if row.first != nil {
			row.first(b, &c)
		}
		if cb == nil && !row.late {
			b.throw("ERR_INVALID_ARG_TYPE", "cb", "Function", bad)
		}
		t := row.make(b, &c)
		if cb == nil {
			b.throw("ERR_INVALID_ARG_TYPE", "cb", "Function", bad)
		}
		b.async(t, cb)
		return goja.Undefined()
	})
	if row.names[0] != "" {
		if sym, ok := b.utilSymbol("customPromisifyArgs"); ok {
			second := row.names[1]
			if row.name == "writev" { // Node's own inconsistency
				second = "buffer"
			}
			_ = f.DefineDataPropertySymbol(sym, b.vm.NewArray(row.names[0], second), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	}
	return f
}

// promiseForm is a function of fs.promises: argument errors reject.
func (b *binding) promiseForm(row op, f form) *goja.Object {
	return b.fn(row.name, row.lengths[2], func(fc goja.FunctionCall) goja.Value {
		if row.forms&formHandle != 0 {
			var h *fileHandle
			if ex := b.vm.Try(func() { h = b.handleOf(fc.Argument(0)) }); ex != nil {
				return b.rejected(ex.Value())
			}
			if h != nil {
				return b.onHandle(&row, h, fc.Arguments[1:])
			}
		}
		c := call{b: b, args: fc.Arguments, form: f}
		return b.promised(func() task { return row.make(b, &c) }, &row)
	})
}

func (b *binding) promised(mk func() task, row *op) goja.Value {
	var t task
	if ex := b.vm.Try(func() { t = mk() }); ex != nil {
		return b.rejected(ex.Value())
	}
	t.names = row.names
	return b.promise(t)
}

// splitCallback finds the callback: at its place, or earlier where optional
// arguments were left out.
func splitCallback(args []goja.Value, row *op) (rest []goja.Value, cb goja.Callable, bad goja.Value) {
	if n := min(len(args), row.max+1); n > row.min && row.final {
		if fn, ok := goja.AssertFunction(args[n-1]); ok {
			return args[:n-1], fn, nil
		}
	}
	for i := row.min; i <= row.max && i < len(args); i++ {
		if fn, ok := goja.AssertFunction(args[i]); ok {
			return args[:i], fn, nil
		}
	}
	bad = goja.Undefined()
	if n := len(args); n > row.min && n <= row.sole {
		return args[:n-1], nil, args[n-1]
	}
	if len(args) > row.max {
		bad = args[row.max]
	}
	for i := row.max - 1; row.last && i >= row.min && !bad.ToBoolean(); i-- {
		if i < len(args) {
			bad = args[i]
		}
	}
	return args[:min(len(args), row.max)], nil, bad
}

// closeDefault is close's callback where none was given: an error is thrown.
func (b *binding) closeDefault() goja.Callable {
	return func(_ goja.Value, args ...goja.Value) (goja.Value, error) {
		if len(args) > 0 && !goja.IsNull(args[0]) && !goja.IsUndefined(args[0]) {
			panic(args[0])
		}
		return goja.Undefined(), nil
	}
}

func (b *binding) utilSymbol(name string) (*goja.Symbol, bool) {
	v := b.env.Require("internal/util").Get(name)
	s, ok := v.(*goja.Symbol)
	return s, ok
}

func stateSymbol(env bindings.Env) *goja.Symbol {
	return env.Internal("internal/fs/utils").Get("kState").(*goja.Symbol)
}

// of returns the isolate's binding.
func of(env bindings.Env) *binding {
	return natives.Carried(env.Internal("fs").GetSymbol(stateSymbol(env))).(*binding)
}
