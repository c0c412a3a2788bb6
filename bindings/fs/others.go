package fs

import (
	"context"
	"strings"

	"github.com/dop251/goja"
)

// others adds what does not fit the table: exists, realpath.native, the lazy
// classes, the functions that live in JavaScript, and the constants.
func (b *binding) others(o *goja.Object) {
	vm := b.vm
	exists := b.fn("exists", 2, func(c goja.FunctionCall) goja.Value {
		cb, ok := goja.AssertFunction(c.Argument(1))
		if !ok {
			b.throw("ERR_INVALID_ARG_TYPE", "cb", "Function", c.Argument(1))
		}
		var path string
		if ex := vm.Try(func() { path = b.path(c.Argument(0), "path") }); ex != nil {
			if _, err := cb(goja.Undefined(), vm.ToValue(false)); err != nil {
				panic(err)
			}
			return goja.Undefined()
		}
		found := false
		b.start("FSReqCallback", task{run: func(context.Context) error {
			found = b.permission.Read(path) == nil && sysAccess(path, 0) == nil
			return nil
		}}, func(goja.Value) {
			if _, err := cb(goja.Undefined(), vm.ToValue(found)); err != nil {
				panic(err)
			}
		})
		return goja.Undefined()
	})
	if sym, ok := b.utilSymbol("customPromisifySymbol"); ok {
		_ = exists.DefineDataPropertySymbol(sym, b.fn("exists", 1, func(c goja.FunctionCall) goja.Value {
			p, resolve, _ := vm.NewPromise()
			var path string
			if ex := vm.Try(func() { path = b.path(c.Argument(0), "path") }); ex != nil {
				_ = resolve(false)
				return vm.ToValue(p)
			}
			found := false
			b.start("FSReqCallback", task{run: func(context.Context) error {
				found = b.permission.Read(path) == nil && sysAccess(path, 0) == nil
				return nil
			}}, func(goja.Value) { _ = resolve(found) })
			return vm.ToValue(p)
		}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	_ = o.Set("exists", exists)
	_ = o.Set("existsSync", b.fn("existsSync", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if isString(v) {
			s := v.String()
			b.must(b.permission.Read(s))
			return vm.ToValue(strings.IndexByte(s, 0) < 0 && sysAccess(s, 0) == nil)
		}
		var path string
		if ex := vm.Try(func() { path = b.path(v, "path") }); ex != nil {
			if e, ok := ex.Value().(*goja.Object); ok && !b.warnedExists && e.Get("code").String() == "ERR_INVALID_ARG_TYPE" {
				b.warnedExists = true
				b.deprecate("Passing invalid argument types to fs.existsSync is deprecated", "DEP0187")
			}
			return vm.ToValue(false)
		}
		b.must(b.permission.Read(path))
		return vm.ToValue(sysAccess(path, 0) == nil)
	}))

	for _, name := range []string{"realpath", "realpathSync"} {
		row := op{name: "", make: (*binding).realpathNative, forms: formBoth, min: 1, max: 2, lengths: [3]int{2, 3}}
		f := b.callbackForm(row)
		if name == "realpathSync" {
			f = b.syncForm(row)
			_ = f.DefineDataProperty("name", vm.ToValue(""), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		_ = o.Get(name).(*goja.Object).Set("native", f)
	}

	// Functions whose code is JavaScript, loaded when they are first called.
	for _, f := range []struct {
		name, id string
		length   int
	}{
		{"cp", "internal/fs/cp", 4}, {"cpSync", "internal/fs/cp", 3},
		{"glob", "internal/fs/glob", 3}, {"globSync", "internal/fs/glob", 2},
		{"mkdtempDisposableSync", "internal/fs/utils", 2}, {"openAsBlob", "internal/fs/utils", 1},
		{"opendir", "internal/fs/dir", 3}, {"opendirSync", "internal/fs/dir", 2},
		{"watch", "internal/fs/watchers", 3}, {"watchFile", "internal/fs/watchers", 3},
		{"unwatchFile", "internal/fs/watchers", 2},
	} {
		var fn goja.Callable
		_ = o.Set(f.name, b.fn(f.name, f.length, func(c goja.FunctionCall) goja.Value {
			if fn == nil {
				fn, _ = goja.AssertFunction(b.env.Require(f.id).Get(f.name))
			}
			v, err := fn(c.This, c.Arguments...)
			if err != nil {
				panic(err)
			}
			return v
		}))
	}
	// These two are also called with new.
	for _, name := range []string{"createReadStream", "createWriteStream"} {
		ctor := vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
			fn, _ := goja.AssertFunction(b.env.Require("internal/fs/streams").Get(name))
			v, err := fn(goja.Undefined(), c.Arguments...)
			if err != nil {
				panic(err)
			}
			return v.(*goja.Object)
		}).(*goja.Object)
		_ = ctor.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		_ = ctor.DefineDataProperty("length", vm.ToValue(2), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		_ = o.Set(name, ctor)
	}
	_ = o.Set("_toUnixTimestamp", b.fn("toUnixTimestamp", 1, func(c goja.FunctionCall) goja.Value {
		name := "time"
		if n := c.Argument(1); isString(n) {
			name = n.String()
		}
		return vm.ToValue(b.seconds(c.Argument(0), name))
	}))

	for _, l := range []struct {
		name, id, key string
		set           bool
	}{
		{"ReadStream", "internal/fs/streams", "ReadStream", true},
		{"WriteStream", "internal/fs/streams", "WriteStream", true},
		{"FileReadStream", "internal/fs/streams", "ReadStream", true},
		{"FileWriteStream", "internal/fs/streams", "WriteStream", true},
		{"Dir", "internal/fs/dir", "Dir", true},
		{"Utf8Stream", "internal/streams/fast-utf8-stream", "", false},
		{"promises", "internal/fs/promises", "", false},
	} {
		var value goja.Value
		get := b.fn("get "+l.name, 0, func(goja.FunctionCall) goja.Value {
			if value == nil {
				m := b.env.Require(l.id)
				if value = m; l.key != "" {
					value = m.Get(l.key)
				}
			}
			return value
		})
		var set goja.Value
		if l.set {
			set = b.fn("set "+l.name, 1, func(c goja.FunctionCall) goja.Value {
				value = c.Argument(0)
				return goja.Undefined()
			})
		}
		_ = o.DefineAccessorProperty(l.name, get, set, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}

	constants := vm.CreateObject(nil)
	for _, k := range constantTable() {
		_ = constants.DefineDataProperty(k.name, vm.ToValue(k.value), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	_ = o.DefineDataProperty("constants", constants, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	warned := map[string]bool{}
	for _, name := range []string{"F_OK", "R_OK", "W_OK", "X_OK"} {
		_ = o.DefineAccessorProperty(name, b.fn("get "+name, 0, func(goja.FunctionCall) goja.Value {
			if !warned["DEP0176"] {
				warned["DEP0176"] = true
				b.deprecate("fs."+name+" is deprecated, use fs.constants."+name+" instead", "DEP0176")
			}
			return constants.Get(name)
		}), nil, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
}
