package fs

import (
	"context"
	"math"
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/nodeerr"
)

// nothing is a task without a result.
func nothing(f func() error) task {
	return task{run: func(context.Context) error { return f() }}
}

func (b *binding) access(c *call) task {
	path := c.path(0, "path")
	mode := accessMode(c, 1)
	return nothing(func() error { return pathErr(sysAccess(path, mode), "access", path) })
}

func accessMode(c *call, i int) int {
	v := c.arg(i)
	if isNullish(v) {
		return 0
	}
	if !isNumber(v) {
		panic(c.b.env.Error(&nodeerr.Coded{Code: "ERR_INVALID_ARG_TYPE", Class: "TypeError", Message: "mode must be int32 or null/undefined"}))
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		panic(c.b.env.Error(&nodeerr.Coded{Code: "ERR_OUT_OF_RANGE", Class: "RangeError", Message: "mode is out of range"}))
	}
	n := int64(f)
	if n < 0 || n > 7 {
		panic(c.b.env.Error(&nodeerr.Coded{Code: "ERR_OUT_OF_RANGE", Class: "RangeError", Message: "mode is out of range: >= 0 && <= 7"}))
	}
	return int(n)
}

func pathErr(err error, syscall, path string) error {
	if err == nil {
		return nil
	}
	return nodeerr.Path(err, syscall, path)
}

func destErr(err error, syscall, path, dest string) error {
	if err == nil {
		return nil
	}
	return nodeerr.Dest(err, syscall, path, dest)
}

func fdErr(err error, syscall string) error {
	if err == nil {
		return nil
	}
	return nodeerr.New(err, syscall)
}

func (b *binding) chown(c *call) task {
	path := c.path(0, "path")
	uid, gid := c.id(1, "uid"), c.id(2, "gid")
	return nothing(func() error { return pathErr(sysChown(path, uid, gid), "chown", path) })
}

func (b *binding) lchown(c *call) task {
	path := c.path(0, "path")
	uid, gid := c.id(1, "uid"), c.id(2, "gid")
	return nothing(func() error { return pathErr(sysLchown(path, uid, gid), "lchown", path) })
}

func (b *binding) chmod(c *call) task {
	path := c.path(0, "path")
	mode := b.mode(c.arg(1), "mode", -1)
	return nothing(func() error { return pathErr(sysChmod(path, mode), "chmod", path) })
}

func (b *binding) lchmod(c *call) task {
	if !hasLchmod {
		b.throw("ERR_METHOD_NOT_IMPLEMENTED", "lchmod()")
	}
	path := c.path(0, "path")
	mode := b.mode(c.arg(1), "mode", -1)
	return nothing(func() error { return pathErr(sysLchmod(path, mode), "lchmod", path) })
}

func (b *binding) copyFile(c *call) task {
	src, dest := c.path(0, "src"), c.path(1, "dest")
	mode := accessMode(c, 2)
	return nothing(func() error { return destErr(copyFile(src, dest, mode), "copyfile", src, dest) })
}

func (b *binding) copyMode(v goja.Value) int {
	if isNullish(v) {
		return 0
	}
	return int(b.integer(v, "mode", 0, 7))
}

func (b *binding) link(c *call) task {
	from, to := c.path(0, "existingPath"), c.path(1, "newPath")
	return nothing(func() error { return destErr(sysLink(from, to), "link", from, to) })
}

func (b *binding) rename(c *call) task {
	from, to := c.path(0, "oldPath"), c.path(1, "newPath")
	return nothing(func() error { return destErr(sysRename(from, to), "rename", from, to) })
}

func (b *binding) unlink(c *call) task {
	path := c.path(0, "path")
	return nothing(func() error { return pathErr(sysUnlink(path), "unlink", path) })
}

func (b *binding) symlink(c *call) task {
	target, path := c.path(0, "target"), c.path(1, "path")
	kind := ""
	if v := c.arg(2); !isNullish(v) {
		if isString(v) {
			kind = v.String()
		}
		if kind != "dir" && kind != "file" && kind != "junction" {
			b.throw("ERR_INVALID_ARG_VALUE", "type", v, "must be one of: 'dir', 'file', 'junction', null, undefined")
		}
	}
	return nothing(func() error { return destErr(sysSymlink(target, path, kind), "symlink", target, path) })
}

func (b *binding) readlink(c *call) task {
	opt := c.options(1, encUTF8)
	name := "path"
	if c.form == formPromise {
		name = "oldPath" // as Node has it
	}
	path := c.path(0, name)
	var to string
	return task{
		run: func(context.Context) (err error) {
			to, err = sysReadlink(path)
			return pathErr(err, "readlink", path)
		},
		value: func() goja.Value { return b.decodeString(to, opt.enc) },
	}
}

func (b *binding) realpath(c *call) task {
	opt := c.options(1, encUTF8)
	v := c.arg(0)
	if o, ok := v.(*goja.Object); !isString(v) && !(ok && (b.isUint8Array(o) || b.isURL(o))) {
		v = b.toText(v) // anything goes: it becomes a path first
	}
	path := b.path(v, "path")
	var real string
	return task{
		run:   func(context.Context) (err error) { real, err = realpath(path); return err },
		value: func() goja.Value { return b.decodeString(real, opt.enc) },
	}
}

func (b *binding) realpathNative(c *call) task {
	opt := c.options(1, encUTF8)
	path := c.path(0, "path")
	var real string
	return task{
		run: func(context.Context) (err error) {
			if path == "" {
				err = syscall.ENOENT
			} else {
				real, err = realpath(path)
			}
			if err != nil {
				return nodeerr.Path(&nodeerr.Errno{Code: nodeerr.CodeOf(err), Errno: nodeerr.Number(nodeerr.CodeOf(err)), Port: -1}, "realpath", path)
			}
			return nil
		},
		value: func() goja.Value { return b.decodeString(real, opt.enc) },
	}
}

func (b *binding) truncate(c *call) task {
	if c.form&formBoth != 0 && isNumber(c.arg(0)) {
		b.throw("ERR_INVALID_ARG_TYPE", "path", b.types("string", "Buffer", "URL"), c.arg(0))
	}
	path := c.path(0, "path")
	n := b.length(c.arg(1))
	return nothing(func() error {
		fd, err := sysOpen(path, oRDWR, 0o666)
		if err != nil {
			return pathErr(err, "open", path)
		}
		defer sysClose(fd)
		return fdErr(sysFtruncate(fd, n), "ftruncate")
	})
}

// length is truncate's: an integer, at least 0.
func (b *binding) length(v goja.Value) int64 {
	if goja.IsUndefined(v) {
		return 0
	}
	return max(b.integer(v, "len", -maxSafe, maxSafe), 0)
}

func (b *binding) utimes(c *call) task {
	path := c.path(0, "path")
	at, mt := c.seconds(1), c.seconds(2)
	return nothing(func() error { return pathErr(sysUtimes(path, at, mt, true), "utime", path) })
}

func (b *binding) lutimes(c *call) task {
	path := c.path(0, "path")
	at, mt := c.seconds(1), c.seconds(2)
	return nothing(func() error { return pathErr(sysUtimes(path, at, mt, false), "lutime", path) })
}

func (b *binding) stat(c *call) task  { return b.statTask(c, "stat", sysStat) }
func (b *binding) lstat(c *call) task { return b.statTask(c, "lstat", sysLstat) }

func (b *binding) statTask(c *call, syscall string, f func(string, *fileStat) error) task {
	opt := c.statOptions(1)
	path := c.path(0, "path")
	bigint := opt.get("bigint").ToBoolean()
	throwing := true
	if v, isBool := opt.get("throwIfNoEntry").Export().(bool); isBool {
		throwing = v
	}
	var st fileStat
	found := true
	return task{
		run: func(context.Context) error {
			err := f(path, &st)
			if err != nil && !throwing {
				if code := nodeerr.CodeOf(err); code == "ENOENT" || code == "ENOTDIR" && onWindows {
					found = false
					return nil
				}
			}
			return pathErr(err, syscall, path)
		},
		value: func() goja.Value {
			if !found {
				return goja.Undefined()
			}
			return b.stats(&st, bigint)
		},
	}
}

// statOptions reads an options object whose type is not checked.
func (c *call) statOptions(i int) options {
	if goja.IsNull(c.arg(i)) {
		panic(c.b.vm.NewTypeError("Cannot read properties of null (reading 'bigint')"))
	}
	o, _ := c.arg(i).(*goja.Object)
	return options{b: c.b, obj: o}
}

func (b *binding) statfs(c *call) task {
	opt := c.statOptions(1)
	path := c.path(0, "path")
	bigint := opt.get("bigint").ToBoolean()
	var st fsStat
	return task{
		run:   func(context.Context) error { return pathErr(sysStatfs(path, &st), "statfs", path) },
		value: func() goja.Value { return b.statFs(&st, bigint) },
	}
}

func (b *binding) mkdir(c *call) task {
	mode := uint32(0o777)
	recursive := false
	switch v := c.arg(1).(type) {
	case *goja.Object:
		opt := options{b: b, obj: v}
		if r := opt.get("recursive"); !goja.IsUndefined(r) {
			recursive = c.bool(r, "options.recursive")
		}
		if m := opt.get("mode"); !goja.IsUndefined(m) {
			mode = b.mode(m, "options.mode", -1)
		}
	default:
		if isNumber(v) || isString(v) {
			mode = b.mode(v, "mode", 0o777)
		}
	}
	path := c.path(0, "path")
	if !recursive {
		return nothing(func() error { return pathErr(sysMkdir(path, mode), "mkdir", path) })
	}
	var first string
	return task{
		run: func(context.Context) (err error) {
			first, err = mkdirAll(path, mode)
			return pathErr(err, "mkdir", path)
		},
		value: func() goja.Value {
			if first == "" {
				return goja.Undefined()
			}
			return b.decodeString(first, encUTF8)
		},
	}
}

func (b *binding) mkdtemp(c *call) task {
	opt := c.options(1, encUTF8)
	prefix := c.path(0, "prefix")
	if strings.HasSuffix(prefix, "X") {
		b.warnTemplate()
	}
	var made string
	return task{
		run: func(context.Context) (err error) {
			made, err = mkdtemp(prefix)
			if err != nil && c.form == formSync {
				made = prefix + "XXXXXX" // the asynchronous forms name what was tried
			}
			return pathErr(err, "mkdtemp", made)
		},
		value: func() goja.Value { return b.decodeString(made, opt.enc) },
	}
}

// warnTemplate is Node's warning about X's at the end of a mkdtemp prefix.
func (b *binding) warnTemplate() {
	emit, ok := goja.AssertFunction(b.env.Process().Get("emitWarning"))
	if ok && !b.warnedTemplate {
		b.warnedTemplate = true
		_, err := emit(b.env.Process(), b.vm.ToValue("mkdtemp() templates ending with X are not portable. "+
			"For details see: https://nodejs.org/api/fs.html"))
		if err != nil {
			panic(err)
		}
	}
}

func (b *binding) rmdir(c *call) task {
	path := c.path(0, "path")
	opt := c.object(1)
	o := b.rmOptions(c, &opt)
	if opt.get("recursive").ToBoolean() {
		b.rmdirDeprecated()
		return nothing(func() error {
			var st fileStat
			if err := sysLstat(path, &st); err == nil && !st.isDir() {
				return pathErr(sysRmdir(path), "rmdir", path)
			} else if err != nil {
				return pathErr(err, "rmdir", path)
			}
			return removeAll(path, o)
		})
	}
	return nothing(func() error { return pathErr(sysRmdir(path), "rmdir", path) })
}

func (b *binding) rmdirDeprecated() {
	if !b.warnedRmdir {
		b.warnedRmdir = true
		b.deprecate("In future versions of Node.js, fs.rmdir(path, { recursive: true }) "+
			"will be removed. Use fs.rm(path, { recursive: true }) instead", "DEP0147")
	}
}

// rmOptions checks the options that rm and rmdir share.
func (b *binding) rmOptions(c *call, opt *options) removeOptions {
	o := removeOptions{delay: 100}
	given := func(name string) goja.Value {
		if opt.obj == nil {
			return nil
		}
		return opt.obj.Get(name) // undefined is a value here, and a wrong one
	}
	boolean := func(name string) bool {
		v := given(name)
		return v != nil && c.bool(v, "options."+name)
	}
	o.force = boolean("force")
	o.recursive = boolean("recursive")
	if v := given("retryDelay"); v != nil {
		o.delay = int(b.integer(v, "options.retryDelay", 0, math.MaxInt32))
	}
	if v := given("maxRetries"); v != nil {
		o.retries = int(b.integer(v, "options.maxRetries", 0, math.MaxUint32))
	}
	return o
}

func (b *binding) rm(c *call) task {
	path := c.path(0, "path")
	opt := c.object(1)
	o := b.rmOptions(c, &opt)
	return nothing(func() error {
		var st fileStat
		if err := sysLstat(path, &st); err != nil {
			if o.force && nodeerr.CodeOf(err) == "ENOENT" {
				return nil
			}
			return pathErr(err, "lstat", path)
		}
		if st.isDir() && !o.recursive {
			return &systemError{code: "ERR_FS_EISDIR", message: "Path is a directory",
				info: nodeerr.Errno{Code: "EISDIR", Message: "is a directory", Errno: -nodeerr.Number("EISDIR"), Syscall: "rm", Path: path}}
		}
		return removeAll(path, o)
	})
}
