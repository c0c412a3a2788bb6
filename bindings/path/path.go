package path

import (
	"runtime"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/glob"
	"github.com/gonode/gonode/internal/natives"
)

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "path", Native: native},
		{Name: "path/posix", Native: func(env bindings.Env) *goja.Object {
			return env.Internal("path").Get("posix").(*goja.Object)
		}},
		{Name: "path/win32", Native: func(env bindings.Env) *goja.Object {
			return env.Internal("path").Get("win32").(*goja.Object)
		}},
	}
}

// flavour is one of the two syntaxes.
type flavour struct {
	sep, delimiter                        string
	resolve                               func(b *binding, arg func(i int) string, n int) string
	normalize, dirname, extname, longName func(string) string
	isAbsolute                            func(string) bool
	join                                  func([]string) string
	relative                              func(from, to string) string
	basename                              func(path, suffix string) string
	parse                                 func(string) parsed
}

type parsed struct{ root, dir, base, ext, name string }

type binding struct {
	env bindings.Env
	vm  *goja.Runtime
}

func native(env bindings.Env) *goja.Object {
	b := &binding{env, env.VM()}
	posix, win := b.module(&posixFlavour, false), b.module(&winFlavour, true)
	for _, o := range []*goja.Object{posix, win} {
		_ = o.Set("win32", win)
		_ = o.Set("posix", posix)
		_ = o.Set("_makeLong", o.Get("toNamespacedPath"))
	}
	if runtime.GOOS == "windows" {
		return win
	}
	return posix
}

// text is a string argument's text.
func (b *binding) text(v goja.Value, name string) string {
	if !natives.IsString(v) {
		panic(b.env.NewError("ERR_INVALID_ARG_TYPE", name, "string", v))
	}
	return natives.Text(v)
}

// cwd is process.cwd(), which a script may have replaced.
func (b *binding) cwd() string {
	p := b.env.Process()
	fn, ok := goja.AssertFunction(p.Get("cwd"))
	if !ok {
		panic(b.env.NewError("ERR_INVALID_ARG_TYPE", "process.cwd", "function", p.Get("cwd")))
	}
	v, err := fn(p)
	if err != nil {
		panic(err)
	}
	return natives.Text(v)
}

// driveCwd is the working directory of a drive, which Windows keeps in the
// environment as "=C:".
func (b *binding) driveCwd(device string) string {
	if env, ok := b.env.Process().Get("env").(*goja.Object); ok {
		if v := env.Get("=" + device); v != nil && !goja.IsUndefined(v) && v.ToBoolean() {
			return natives.Text(v)
		}
	}
	return b.cwd()
}

func (b *binding) module(f *flavour, windows bool) *goja.Object {
	vm := b.vm
	o := vm.NewObject()
	str := func(s string) goja.Value { return natives.String(vm, s) }
	one := func(name string, fn func(string) string) {
		natives.Set(vm, o, name, 1, func(c goja.FunctionCall) goja.Value {
			in := b.text(c.Argument(0), "path")
			out := fn(in)
			if out == in {
				return c.Arguments[0]
			}
			return str(out)
		})
	}
	natives.Set(vm, o, "resolve", 0, func(c goja.FunctionCall) goja.Value {
		return str(f.resolve(b, func(i int) string {
			v := c.Arguments[i]
			if !natives.IsString(v) {
				b.text(v, "paths["+vm.ToValue(i).String()+"]")
			}
			return natives.Text(v)
		}, len(c.Arguments)))
	})
	one("normalize", f.normalize)
	natives.Set(vm, o, "isAbsolute", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(f.isAbsolute(b.text(c.Argument(0), "path")))
	})
	natives.Set(vm, o, "join", 0, func(c goja.FunctionCall) goja.Value {
		var space [8]string
		parts := space[:0]
		for _, a := range c.Arguments {
			if s := b.text(a, "path"); s != "" {
				parts = append(parts, s)
			}
		}
		if len(parts) == 0 {
			return str(".")
		}
		return str(f.join(parts))
	})
	natives.Set(vm, o, "relative", 2, func(c goja.FunctionCall) goja.Value {
		from, to := b.text(c.Argument(0), "from"), b.text(c.Argument(1), "to")
		if from == to {
			return str("")
		}
		abs := func(s string) string { return f.resolve(b, func(int) string { return s }, 1) }
		return str(f.relative(abs(from), abs(to)))
	})
	natives.Set(vm, o, "toNamespacedPath", 1, func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		if !windows || !natives.IsString(v) || v.String() == "" {
			return v
		}
		in := natives.Text(v)
		resolved := f.resolve(b, func(int) string { return in }, 1)
		if len(resolved) <= 2 {
			return v
		}
		return str(f.longName(resolved))
	})
	one("dirname", f.dirname)
	natives.Set(vm, o, "basename", 2, func(c goja.FunctionCall) goja.Value {
		suffix := ""
		if v := c.Argument(1); !goja.IsUndefined(v) {
			suffix = b.text(v, "suffix")
		}
		return str(f.basename(b.text(c.Argument(0), "path"), suffix))
	})
	one("extname", f.extname)
	_ = o.Set("format", natives.Func(vm, "bound _format", 1, func(c goja.FunctionCall) goja.Value { return b.format(f.sep, c.Argument(0)) }))
	natives.Set(vm, o, "parse", 1, func(c goja.FunctionCall) goja.Value {
		p := f.parse(b.text(c.Argument(0), "path"))
		r := vm.NewObject()
		_ = r.Set("root", str(p.root))
		_ = r.Set("dir", str(p.dir))
		_ = r.Set("base", str(p.base))
		_ = r.Set("ext", str(p.ext))
		_ = r.Set("name", str(p.name))
		return r
	})
	natives.Set(vm, o, "matchesGlob", 2, func(c goja.FunctionCall) goja.Value {
		p, pattern := b.text(c.Argument(0), "path"), b.text(c.Argument(1), "pattern")
		return vm.ToValue(glob.Match(pattern, p, glob.Options{
			Windows:  windows,
			FoldCase: runtime.GOOS == "windows" || runtime.GOOS == "darwin",
		}))
	})
	_ = o.Set("sep", f.sep)
	_ = o.Set("delimiter", f.delimiter)
	return o
}

func (b *binding) format(sep string, v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if ok {
		_, isFunc := goja.AssertFunction(o)
		ok = !isFunc && o.ClassName() != "Array"
	}
	if !ok {
		panic(b.env.NewError("ERR_INVALID_ARG_TYPE", "pathObject", "Object", v))
	}
	get := func(name string) goja.Value {
		if p := o.Get(name); p != nil && p.ToBoolean() {
			return p
		}
		return nil
	}
	text := func(p goja.Value) string {
		if p == nil {
			return ""
		}
		return natives.Text(p.ToString())
	}
	dir := get("dir")
	if dir == nil {
		dir = get("root")
	}
	base := get("base")
	var name string
	if base != nil {
		name = text(base)
	} else {
		name = text(get("name"))
		if ext := text(get("ext")); ext != "" {
			if ext[0] != '.' {
				name += "."
			}
			name += ext
		}
	}
	switch {
	case dir == nil:
		if base != nil {
			return base
		}
		return natives.String(b.vm, name)
	case dir.StrictEquals(o.Get("root")):
		return natives.String(b.vm, text(dir)+name)
	}
	return natives.String(b.vm, text(dir)+sep+name)
}

// cleanSegments resolves "." and "..": both flavours' normalization of what
// follows the root. With above, a path may climb over its start.
func cleanSegments(p string, above bool, sep byte, isSep func(byte) bool) string {
	if clean(p, isSep, sep) {
		return p
	}
	out := make([]byte, 0, len(p))
	floor := 0 // what must stay: leading ".." segments
	for i := 0; i < len(p); {
		j := i
		for j < len(p) && !isSep(p[j]) {
			j++
		}
		seg := p[i:j]
		i = j + 1
		switch seg {
		case "", ".":
		case "..":
			if len(out) > floor {
				k := strings.LastIndexByte(string(out), sep)
				out = out[:max(k, 0)]
				if len(out) < floor {
					out = out[:floor]
				}
			} else if above {
				if len(out) > 0 {
					out = append(out, sep)
				}
				out = append(out, ".."...)
				floor = len(out)
			}
		default:
			if len(out) > 0 {
				out = append(out, sep)
			}
			out = append(out, seg...)
		}
	}
	return string(out)
}

// clean reports that p has no empty, "." or ".." segment and its separators
// are sep already: the common case, which costs no allocation.
func clean(p string, isSep func(byte) bool, sep byte) bool {
	start := true
	for i := 0; i < len(p); i++ {
		c := p[i]
		if isSep(c) {
			if start || c != sep || i == len(p)-1 {
				return false
			}
			start = true
			continue
		}
		if start && c == '.' {
			return false
		}
		start = false
	}
	return true
}

// split finds the base name in p[from:]: its start and end, trailing
// separators left out; ok is false if there is none.
func split(p string, from int, isSep func(byte) bool) (start, end int, ok bool) {
	end = len(p)
	for end > from && isSep(p[end-1]) {
		end--
	}
	if end == from {
		return from, from, false
	}
	start = end
	for start > from && !isSep(p[start-1]) {
		start--
	}
	return start, end, true
}

// extensionAt is where the extension of a base name begins; len(base) if it has none.
func extensionAt(base string) int {
	i := strings.LastIndexByte(base, '.')
	if i <= 0 || base == ".." {
		return len(base)
	}
	return i
}

// baseName is the last component without suffix. A suffix that could reach
// beyond the component keeps its trailing separators, as in Node.
func baseName(p, suffix string, from int, isSep func(byte) bool) string {
	start, end, _ := split(p, from, isSep)
	base := p[start:end]
	switch {
	case suffix == "" || units(suffix) > units(p) || base == suffix:
	case len(base) > len(suffix):
		return strings.TrimSuffix(base, suffix)
	case strings.HasSuffix(suffix, base):
		return p[start:]
	}
	return base
}

// units is the length in UTF-16.
func units(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x10000 {
			n++
		}
	}
	return n
}
