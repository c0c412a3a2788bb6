package process

import (
	"embed"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/dotenv"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/options"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/options", JS: files, File: "options.js", Native: optionsNative},
		{Name: "internal/process/finalization", JS: files, File: "finalization.js"},
		{Name: "internal/process/flags", JS: files, File: "flags.js"},
		{Name: "internal/process/methods", JS: files, File: "methods.js"},
		{Name: "internal/process/promises", JS: files, File: "promises.js"},
		{Name: "internal/process/setup", JS: files, File: "setup.js"},
		{Name: "internal/process/signals", JS: files, File: "signals.js"},
		{Name: "internal/process/warning", JS: files, File: "warning.js"},
		{Name: "process", JS: files, File: "process.js", Native: native},
	}
}

type binding struct {
	env  bindings.Env
	vm   *goja.Runtime
	host *bindings.Host
	signals
}

// method sets a native function with its proper name.
func (b *binding) method(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
	natives.Set(b.vm, o, name, 0, fn)
}

func native(env bindings.Env) *goja.Object {
	b := &binding{env: env, vm: env.VM(), host: env.Host()}
	vm, h := b.vm, b.host
	o := natives.Object(vm)
	argv0 := h.ExecPath
	if len(h.Args) > 0 {
		argv0 = h.Args[0]
	}
	// touched[fd] is set once the stream of a standard descriptor exists.
	touched, err := vm.New(vm.Get("Uint8Array"), vm.ToValue(3))
	if err != nil {
		panic(err)
	}
	_ = o.Set("touched", touched)
	_ = o.Set("argv", b.list(h.Args))
	_ = o.Set("execArgv", b.list(h.ExecArgv))
	_ = o.Set("argv0", argv0)
	_ = o.Set("execPath", h.ExecPath)
	_ = o.Set("pid", os.Getpid())
	_ = o.Set("platform", platform())
	_ = o.Set("arch", arch())
	_ = o.Set("ownsProcess", h.OwnsProcess)
	_ = o.Set("isWorker", h.IsWorker)
	_ = o.Set("env", b.newEnv())
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		"cwd": b.cwd, "chdir": b.chdir, "umask": b.umask, "ppid": b.ppid, "abort": b.abort, "hasPermission": b.hasPermission,
		"writeSync": b.writeSync, "rawDebug": b.rawDebug, "appendFile": b.appendFile,
		"hrtime": b.hrtime, "hrtimeBigInt": b.hrtimeBigInt, "uptime": b.uptime,
		"cpuUsage": b.cpuUsage, "threadCpuUsage": b.threadCpuUsage, "resourceUsage": b.resourceUsage,
		"memoryUsage": b.memoryUsage, "rss": b.rss,
		"constrainedMemory": b.constrainedMemory, "availableMemory": b.availableMemory,
		"kill": b.kill, "startSignal": b.startSignal, "stopSignal": b.stopSignal, "pauseSignal": b.pauseSignal, "signalNumber": b.signalNumber,
		"activeResources": b.activeResources, "activeRequests": b.activeRequests, "activeHandles": b.activeHandles, "parseEnv": b.parseEnv, "readFile": b.readFile,
		"title": b.title, "setTitle": b.setTitle, "execve": b.execve, "gc": b.gc,
		"addonError": b.addonError,
	} {
		b.method(o, name, fn)
	}
	natives.Set(vm, o, "lazy", 0, b.lazy)
	b.ids(o)
	if h.OwnsProcess {
		b.prepareSignals()
		b.traceSignals()
	}
	return o
}

// lazy(object, names, module) gives object properties that are read from the
// module's exports when they are first touched.
func (b *binding) lazy(c goja.FunctionCall) goja.Value {
	o, module := c.Argument(0).(*goja.Object), c.Argument(2).String()
	names := c.Argument(1).(*goja.Object)
	for i := range int(names.Get("length").ToInteger()) {
		name := names.Get(strconv.Itoa(i)).String()
		get, set := gojax.LazyAccessor(b.vm, o, name, true, func() goja.Value { return b.env.Require(module).Get(name) })
		if err := o.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_TRUE); err != nil {
			panic(err)
		}
	}
	return goja.Undefined()
}

func (b *binding) list(items []string) goja.Value {
	vals := make([]any, len(items))
	for i, s := range items {
		vals[i] = s
	}
	return b.vm.NewArray(vals...)
}

// platform is process.platform: Node says win32.
func platform() string {
	switch runtime.GOOS {
	case "windows":
		return "win32"
	case "solaris", "illumos":
		return "sunos"
	}
	return runtime.GOOS
}

func arch() string {
	switch runtime.GOARCH {
	case "amd64":
		return "x64"
	case "386":
		return "ia32"
	case "mips64le":
		return "mips64el"
	case "mipsle":
		return "mipsel"
	case "ppc64le":
		return "ppc64"
	}
	return runtime.GOARCH
}

func (b *binding) cwd(goja.FunctionCall) goja.Value {
	d, err := getwd()
	if err != nil {
		e := nodeerr.New(err, "uv_cwd")
		e.Message = e.Code + ": process.cwd failed with error " + nodeerr.Text(e.Code) +
			", the current working directory was likely removed without changing the working directory, uv_cwd"
		panic(b.env.Error(e))
	}
	return b.vm.ToValue(d)
}

func (b *binding) chdir(c goja.FunctionCall) goja.Value {
	dir := c.Argument(0).String()
	if err := b.permissions().Read(dir); err != nil {
		panic(b.env.Error(err))
	}
	from, _ := getwd()
	if err := os.Chdir(dir); err != nil {
		e := nodeerr.New(err, "chdir")
		e.Path, e.HasPath, e.Dest, e.HasDest = from, true, dir, true
		panic(b.env.Error(e))
	}
	return nil
}

func (b *binding) ppid(goja.FunctionCall) goja.Value { return b.vm.ToValue(os.Getppid()) }

// writeSync(fd, text) writes to the host's standard streams.
func (b *binding) writeSync(c goja.FunctionCall) goja.Value {
	w := b.host.Stdout
	if c.Argument(0).ToInteger() == 2 {
		w = b.host.Stderr
	}
	_, _ = io.WriteString(w, c.Argument(1).String())
	return nil
}

func (b *binding) rawDebug(c goja.FunctionCall) goja.Value {
	_, _ = io.WriteString(b.host.Stderr, c.Argument(0).String()+"\n")
	return nil
}

// appendFile(path, text) is for --redirect-warnings; false if it failed.
func (b *binding) appendFile(c goja.FunctionCall) goja.Value {
	f, err := os.OpenFile(c.Argument(0).String(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return b.vm.ToValue(false)
	}
	_, err = io.WriteString(f, c.Argument(1).String())
	return b.vm.ToValue(f.Close() == nil && err == nil)
}

func (b *binding) readFile(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	data, err := os.ReadFile(name)
	if err != nil {
		panic(b.env.Error(nodeerr.Path(err, "open", name)))
	}
	return b.vm.ToValue(strings.ToValidUTF8(string(data), "\uFFFD"))
}

// parseEnv(text) is an array of names and values in turn.
func (b *binding) parseEnv(c goja.FunctionCall) goja.Value {
	vars := dotenv.Parse(c.Argument(0).String())
	out := make([]string, 0, 2*len(vars))
	for _, v := range vars {
		out = append(out, v[0], v[1])
	}
	return b.list(out)
}

func (b *binding) gc(goja.FunctionCall) goja.Value {
	if c, ok := b.env.(interface{ ClearStale() }); ok {
		c.ClearStale()
	}
	// What only the values of weak maps hold goes when the entries of dead keys
	// have gone, and that is done on a goroutine of its own after a collection.
	collect()
	collect()
	return goja.Undefined()
}

// collect is a garbage collection and the clean-ups that it queues.
func collect() {
	done := make(chan struct{})
	runtime.AddCleanup(new([16]byte), func(struct{}) { close(done) }, struct{}{})
	runtime.GC()
	select {
	case <-done:
	case <-time.After(20 * time.Millisecond):
	}
}

// addonError(file) is what the dynamic loader would say.
func (b *binding) addonError(c goja.FunctionCall) goja.Value {
	data, err := os.ReadFile(c.Argument(0).String())
	switch {
	case err != nil:
		return b.vm.ToValue("cannot open shared object file: No such file or directory")
	case len(data) < 64:
		return b.vm.ToValue("file too short")
	case !strings.HasPrefix(string(data), "\x7fELF"):
		return b.vm.ToValue("invalid ELF header")
	}
	return b.vm.ToValue("native addons are not supported")
}

// titles is what process.title was set to, for all isolates.
var titles struct {
	sync.Mutex
	text string
	set  bool
}

func (b *binding) title(goja.FunctionCall) goja.Value {
	titles.Lock()
	defer titles.Unlock()
	if titles.set {
		return b.vm.ToValue(titles.text)
	}
	if t, ok := b.host.Flags["title"]; ok {
		return b.vm.ToValue(t)
	}
	if len(b.host.Args) > 0 {
		return b.vm.ToValue(b.host.Args[0])
	}
	return b.vm.ToValue(filepath.Base(b.host.ExecPath))
}

func (b *binding) setTitle(c goja.FunctionCall) goja.Value {
	titles.Lock()
	defer titles.Unlock()
	titles.text, titles.set = c.Argument(0).String(), true
	if b.host.OwnsProcess {
		showTitle(titles.text)
	}
	return nil
}

// optionsNative is internal/options' Go side: the given flags and the table.
func optionsNative(env bindings.Env) *goja.Object {
	b := &binding{env: env, vm: env.VM(), host: env.Host()}
	o := b.vm.NewObject()
	flags := b.host.Flags
	b.method(o, "get", func(c goja.FunctionCall) goja.Value {
		name := strings.TrimPrefix(c.Argument(0).String(), "--")
		negated := false
		opt := options.Lookup(name)
		if rest, ok := strings.CutPrefix(name, "no-"); ok && opt == nil {
			opt, negated = options.Lookup(rest), true
		}
		if opt == nil {
			return goja.Undefined()
		}
		v, given := flags[opt.Name]
		switch opt.Kind {
		case options.Bool, options.V8Bool:
			on := opt.On
			if given {
				on = v == "true"
			}
			return b.vm.ToValue(on != negated)
		case options.List:
			if !given {
				return b.vm.NewArray()
			}
			return b.list(strings.Split(v, options.Sep))
		case options.Int, options.V8Int:
			if !given {
				return b.vm.ToValue(0)
			}
			return b.vm.ToValue(b.vm.ToValue(v).ToInteger())
		case options.Host:
			return b.vm.ToValue(given)
		}
		if !given {
			return b.vm.ToValue("")
		}
		return b.vm.ToValue(v)
	})
	b.method(o, "has", func(c goja.FunctionCall) goja.Value {
		_, ok := flags[strings.TrimPrefix(c.Argument(0).String(), "--")]
		return b.vm.ToValue(ok)
	})
	// environment() lists what NODE_OPTIONS accepts.
	b.method(o, "environment", func(goja.FunctionCall) goja.Value {
		var out []string
		for _, op := range options.All() {
			if !op.Env {
				continue
			}
			out = append(append(out, "--"+op.Name), op.Aliases...)
			if op.Kind == options.Bool || op.Kind == options.Host && op.Name != "inspect-port" {
				out = append(out, "--no-"+op.Name)
			}
			if op.Kind == options.Bool && op.Name == "require-module" {
				out = append(out, "--no-experimental-require-module")
			}
		}
		return b.list(out)
	})
	return o
}
