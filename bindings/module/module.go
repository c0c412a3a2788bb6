package module

import (
	"embed"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/loader"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/permission"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/modules/cjs/loader", JS: files, File: "loader.js", Native: native},
		{Name: "internal/modules/esm/loader", JS: files, File: "esm.js"},
		{Name: "internal/modules/run_eval", JS: files, File: "run_eval.js"},
		{Name: "internal/modules/customization_hooks", JS: files, File: "hooks.js"},
		{Name: "internal/modules/esm/hooks_worker", JS: files, File: "hooks_worker.js"},
		{Name: "internal/watch_mode", JS: files, File: "watch_mode.js"},
		{Name: "internal/modules/run_main", JS: files, File: "run_main.js"},
		{Name: "internal/source_map", JS: files, File: "source_map.js"},
		{Name: "module", JS: files, File: "module.js"},
	}
}

type binding struct {
	env        bindings.Env
	vm         *goja.Runtime
	res        *loader.Resolver
	permission *permission.Set

	hooks   *hooksThread              // that this isolate has started
	replies map[int64]chan hooksReply // that it owes, if it is one
	idle    func()                    // tells its loop that it waits for requests
}

func native(env bindings.Env) *goja.Object {
	b := &binding{env: env, vm: env.VM(), res: loader.New(loader.OS{})}
	h := env.Host()
	b.permission = permission.Of(h.Flags, h.Args, h.Shared.Value)
	flags := env.Host().Flags
	set := func(flag, variable string) bool {
		if _, ok := flags[flag]; ok {
			return true
		}
		v, _ := env.Host().Env.Get(variable)
		return v == "1"
	}
	b.res.PreserveSymlinks = set("preserve-symlinks", "NODE_PRESERVE_SYMLINKS")
	b.res.PreserveSymlinksMain = set("preserve-symlinks-main", "NODE_PRESERVE_SYMLINKS_MAIN")

	o := b.vm.NewObject()
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		"setup":           b.setup,
		"forget":          func(goja.FunctionCall) goja.Value { b.res.Forget(); return nil },
		"stat":            b.stat,
		"readFile":        b.readFile,
		"readPackage":     b.readPackage,
		"packageType":     b.packageType,
		"findPackage":     b.findPackage,
		"findPath":        b.findPath,
		"resolveSelf":     b.resolveSelf,
		"resolveInternal": b.resolveInternal,
		"nodeModulePaths": b.nodeModulePaths,
		"realpath":        b.realpath,
		"dirname":         func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(filepath.Dir(c.Argument(0).String())) },
		"basename":        func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(filepath.Base(c.Argument(0).String())) },
		"extname":         func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(extname(c.Argument(0).String())) },
		"resolve":         b.resolve,
		"isAbsolute":      func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(filepath.IsAbs(c.Argument(0).String())) },
		"isRelative":      func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(loader.IsRelative(c.Argument(0).String())) },
		"homeDir":         b.homeDir,
		"splitPath":       b.splitPath,
		"readStdin":       b.readStdin,
		"esmResolve":      b.esmResolve,
		"settle":          b.settle,
		"tsconfig":        b.tsconfig,
		"untyped": func(c goja.FunctionCall) goja.Value {
			return b.vm.ToValue(compile.Untyped(c.Argument(1).String(), c.Argument(0).String()))
		},
		"hooksCall":  b.hooksCall,
		"hooksServe": b.hooksServe,
		"hooksReply": b.hooksReply,
		"esm":        func(goja.FunctionCall) goja.Value { return b.esmNative() },
		"mayBeModule": func(c goja.FunctionCall) goja.Value {
			return b.vm.ToValue(compile.MayBeModule(c.Argument(0).String()))
		},
		"hasModuleSyntax": func(c goja.FunctionCall) goja.Value {
			return b.vm.ToValue(compile.HasModuleSyntax(c.Argument(0).String()))
		},
	} {
		natives.Set(b.vm, o, name, 0, fn)
	}
	return o
}

// setup(isBuiltin, deprecated) connects the resolver to JavaScript.
func (b *binding) setup(c goja.FunctionCall) goja.Value {
	isBuiltin, _ := goja.AssertFunction(c.Argument(0))
	deprecated, _ := goja.AssertFunction(c.Argument(1))
	b.res.IsBuiltin = func(s string) bool {
		v, err := isBuiltin(goja.Undefined(), b.vm.ToValue(s))
		if err != nil {
			panic(err)
		}
		return v.ToBoolean()
	}
	b.res.Deprecated = func(message, code string) {
		if _, err := deprecated(goja.Undefined(), b.vm.ToValue(message), b.vm.ToValue(code)); err != nil {
			panic(err)
		}
	}
	return nil
}

// throw raises a resolution error: MODULE_NOT_FOUND is a plain Error.
func (b *binding) throw(err error) {
	var e *loader.Error
	if !errors.As(err, &e) {
		panic(b.env.Error(err))
	}
	if strings.HasPrefix(e.Code, "ERR_") {
		panic(b.env.Error(&nodeerr.Coded{Code: e.Code, Class: e.Class, Message: e.Message}))
	}
	o, nerr := b.vm.New(b.vm.Get("Error"), b.vm.ToValue(e.Message))
	if nerr != nil {
		panic(nerr)
	}
	_ = o.Set("code", e.Code)
	if e.Path != "" {
		_ = o.Set("path", e.Path)
	}
	if e.RequestPath != "" {
		_ = o.Set("requestPath", e.RequestPath)
	}
	panic(o)
}

func (b *binding) stringOrFalse(s string, err error) goja.Value {
	if err != nil {
		b.throw(err)
	}
	if s == "" {
		return b.vm.ToValue(false)
	}
	return b.vm.ToValue(s)
}

// stat(path) is 0 for a file, 1 for a folder, negative for nothing.
func (b *binding) stat(c goja.FunctionCall) goja.Value {
	return b.vm.ToValue(int(b.res.Kind(c.Argument(0).String())))
}

func (b *binding) readFile(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	if err := b.permission.Read(name); err != nil {
		panic(b.env.Error(err))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		syscall := "open"
		if b.res.FS.Kind(name) == loader.Dir {
			panic(b.env.Error(nodeerr.New(err, "read")))
		}
		panic(b.env.Error(nodeerr.Path(err, syscall, name)))
	}
	s := string(data)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return b.vm.ToValue(s)
}

func (b *binding) packageObject(p *loader.Package, err error) goja.Value {
	if err != nil {
		b.throw(err)
	}
	if p == nil {
		return b.vm.ToValue(false)
	}
	o := b.vm.NewObject()
	_ = o.Set("path", p.File)
	_ = o.Set("name", p.Name)
	if p.HasMain {
		_ = o.Set("main", p.Main)
	}
	_ = o.Set("type", p.Type)
	return o
}

func (b *binding) readPackage(c goja.FunctionCall) goja.Value {
	return b.packageObject(b.res.ReadPackage(c.Argument(0).String()))
}

func (b *binding) packageType(c goja.FunctionCall) goja.Value {
	p, err := b.res.Scope(c.Argument(0).String())
	if err != nil {
		b.throw(err)
	}
	if p == nil {
		return b.vm.ToValue("none")
	}
	return b.vm.ToValue(p.Type)
}

// findPackage(file) is the nearest package.json's path, or undefined.
func (b *binding) findPackage(c goja.FunctionCall) goja.Value {
	p, err := b.res.Scope(c.Argument(0).String())
	if err != nil {
		b.throw(err)
	}
	if p == nil {
		return goja.Undefined()
	}
	return b.vm.ToValue(p.File)
}

func (b *binding) strings(v goja.Value) []string {
	var out []string
	if o, ok := v.(*goja.Object); ok {
		if err := b.vm.ExportTo(o, &out); err != nil {
			panic(b.vm.NewTypeError(err.Error()))
		}
	}
	return out
}

// findPath(request, paths, extensions, isMain, conditions)
func (b *binding) findPath(c goja.FunctionCall) goja.Value {
	return b.stringOrFalse(b.res.FindPath(c.Argument(0).String(), b.strings(c.Argument(1)), b.strings(c.Argument(2)),
		c.Argument(3).ToBoolean(), b.strings(c.Argument(4))))
}

func (b *binding) resolveSelf(c goja.FunctionCall) goja.Value {
	return b.stringOrFalse(b.res.Self(c.Argument(0).String(), c.Argument(1).String(), b.strings(c.Argument(2))))
}

func (b *binding) resolveInternal(c goja.FunctionCall) goja.Value {
	f, _, err := b.res.Internal(c.Argument(0).String(), c.Argument(1).String(), b.strings(c.Argument(2)))
	return b.stringOrFalse(f, err)
}

func (b *binding) list(items []string) goja.Value {
	vals := make([]any, len(items))
	for i, s := range items {
		vals[i] = s
	}
	return b.vm.NewArray(vals...)
}

func (b *binding) nodeModulePaths(c goja.FunctionCall) goja.Value {
	from, err := filepath.Abs(c.Argument(0).String())
	if err != nil {
		panic(b.env.Error(err))
	}
	return b.list(loader.NodeModulePaths(from))
}

func (b *binding) realpath(c goja.FunctionCall) goja.Value {
	p, err := b.res.Realpath(c.Argument(0).String())
	if err != nil {
		panic(b.env.Error(nodeerr.Path(err, "lstat", c.Argument(0).String())))
	}
	return b.vm.ToValue(p)
}

// extname is path.extname: ".js" of "a.js", "" of ".js".
func extname(path string) string {
	base := filepath.Base(path)
	i := strings.LastIndexByte(base, '.')
	if i <= 0 || base == ".." {
		return ""
	}
	return base[i:]
}

// resolve(base, path) is path.resolve; base may be empty.
func (b *binding) resolve(c goja.FunctionCall) goja.Value {
	base, p := c.Argument(0).String(), filepath.FromSlash(c.Argument(1).String())
	if !filepath.IsAbs(p) {
		p = filepath.Join(base, p)
	}
	abs, err := filepath.Abs(p)
	if err != nil {
		panic(b.env.Error(nodeerr.New(err, "uv_cwd")))
	}
	return b.vm.ToValue(abs)
}

func (b *binding) homeDir(goja.FunctionCall) goja.Value {
	key := "HOME"
	if filepath.Separator == '\\' {
		key = "USERPROFILE"
	}
	v, _ := b.env.Host().Env.Get(key)
	return b.vm.ToValue(v)
}

// splitPath(list) splits a PATH-like list, leaving out empty parts.
func (b *binding) splitPath(c goja.FunctionCall) goja.Value {
	var out []string
	for _, p := range strings.Split(c.Argument(0).String(), string(filepath.ListSeparator)) {
		if p != "" {
			out = append(out, p)
		}
	}
	return b.list(out)
}

// readStdin reads a script from standard input, to its end.
func (b *binding) readStdin(goja.FunctionCall) goja.Value {
	data, err := io.ReadAll(b.env.Host().Stdin)
	if err != nil {
		panic(b.env.Error(nodeerr.New(err, "read")))
	}
	return b.vm.ToValue(strings.ToValidUTF8(string(data), "\uFFFD"))
}

// esmResolve(specifier, parent, conditions) resolves a bare or #name import.
func (b *binding) esmResolve(c goja.FunctionCall) goja.Value {
	spec, parent, conditions := c.Argument(0).String(), c.Argument(1).String(), b.strings(c.Argument(2))
	if strings.HasPrefix(spec, "#") {
		return b.stringOrFalse(b.res.Imports(spec, parent, conditions))
	}
	return b.stringOrFalse(b.res.PackageResolve(spec, parent, conditions))
}

// settle(path) follows links unless they are preserved.
func (b *binding) settle(c goja.FunctionCall) goja.Value {
	p := c.Argument(0).String()
	if !b.res.PreserveSymlinks {
		if real, err := b.res.Realpath(p); err == nil {
			p = real
		}
	}
	return b.vm.ToValue(p)
}

// tsconfig(path) is the text of the nearest tsconfig.json above a file, or "".
func (b *binding) tsconfig(c goja.FunctionCall) goja.Value {
	for dir := filepath.Dir(c.Argument(0).String()); ; {
		if data, err := b.res.FS.ReadFile(filepath.Join(dir, "tsconfig.json")); err == nil {
			return b.vm.ToValue(string(data))
		}
		up := filepath.Dir(dir)
		if up == dir {
			return b.vm.ToValue("")
		}
		dir = up
	}
}
