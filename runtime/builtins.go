package runtime

import (
	"fmt"
	iofs "io/fs"
	goruntime "runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	_ "embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/bindings/assert"
	"github.com/gonode/gonode/bindings/async_hooks"
	"github.com/gonode/gonode/bindings/buffer"
	"github.com/gonode/gonode/bindings/child_process"
	"github.com/gonode/gonode/bindings/cluster"
	"github.com/gonode/gonode/bindings/console"
	"github.com/gonode/gonode/bindings/crypto"
	"github.com/gonode/gonode/bindings/dgram"
	"github.com/gonode/gonode/bindings/diagnostics_channel"
	"github.com/gonode/gonode/bindings/dns"
	"github.com/gonode/gonode/bindings/encoding"
	"github.com/gonode/gonode/bindings/errors"
	"github.com/gonode/gonode/bindings/event_target"
	"github.com/gonode/gonode/bindings/events"
	"github.com/gonode/gonode/bindings/fs"
	"github.com/gonode/gonode/bindings/http"
	"github.com/gonode/gonode/bindings/module"
	"github.com/gonode/gonode/bindings/net"
	"github.com/gonode/gonode/bindings/os"
	nodepath "github.com/gonode/gonode/bindings/path"
	"github.com/gonode/gonode/bindings/perf_hooks"
	"github.com/gonode/gonode/bindings/process"
	"github.com/gonode/gonode/bindings/punycode"
	"github.com/gonode/gonode/bindings/querystring"
	"github.com/gonode/gonode/bindings/readline"
	"github.com/gonode/gonode/bindings/repl"
	"github.com/gonode/gonode/bindings/stdio"
	"github.com/gonode/gonode/bindings/stream"
	stringdecoder "github.com/gonode/gonode/bindings/string_decoder"
	"github.com/gonode/gonode/bindings/test_runner"
	"github.com/gonode/gonode/bindings/timers"
	"github.com/gonode/gonode/bindings/tty"
	"github.com/gonode/gonode/bindings/url"
	"github.com/gonode/gonode/bindings/util"
	"github.com/gonode/gonode/bindings/v8"
	"github.com/gonode/gonode/bindings/vm"
	"github.com/gonode/gonode/bindings/webstreams"
	"github.com/gonode/gonode/bindings/worker_threads"
	"github.com/gonode/gonode/bindings/zlib"
	"github.com/gonode/gonode/internal/bytecode"
	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/stack"
)

// moduleSets lists the rooms whose modules are built in, in the order of
// their import paths.
func moduleSets() [][]bindings.Module {
	return [][]bindings.Module{
		assert.Modules(),
		async_hooks.Modules(),
		buffer.Modules(),
		child_process.Modules(),
		cluster.Modules(),
		console.Modules(),
		dgram.Modules(),
		diagnostics_channel.Modules(),
		dns.Modules(),
		crypto.Modules(),
		encoding.Modules(),
		errors.Modules(),
		event_target.Modules(),
		events.Modules(),
		fs.Modules(),
		http.Modules(),
		module.Modules(),
		net.Modules(),
		nodepath.Modules(),
		os.Modules(),
		perf_hooks.Modules(),
		process.Modules(),
		punycode.Modules(),
		querystring.Modules(),
		readline.Modules(),
		repl.Modules(),
		stdio.Modules(),
		stream.Modules(),
		stringdecoder.Modules(),
		test_runner.Modules(),
		timers.Modules(),
		tty.Modules(),
		url.Modules(),
		util.Modules(),
		v8.Modules(),
		vm.Modules(),
		webstreams.Modules(),
		worker_threads.Modules(),
		zlib.Modules(),
	}
}

// A registry finds modules by name and compiles their JavaScript once.
type registry struct {
	modules map[string]*entry
	names   []string // public, sorted
}

type entry struct {
	bindings.Module
	once sync.Once
	prg  *goja.Program
	err  error
}

// program makes the module's program when it is first asked for: from its
// stored form, or by compiling its JavaScript where that has changed since.
func (e *entry) program() (*goja.Program, error) {
	e.once.Do(func() {
		src, err := iofs.ReadFile(e.JS, e.File)
		if err != nil {
			e.err = fmt.Errorf("built-in module %s: %w", e.Name, err)
			return
		}
		text := unsafe.String(unsafe.SliceData(src), len(src))
		if store := storedPrograms(); store != nil {
			e.prg, err = store.Program(compile.FunctionText("node:"+e.Name, text, moduleParams()...))
		}
		if e.prg == nil || err != nil {
			e.prg, e.err = compile.Function("node:"+e.Name, text, moduleParams()...)
		}
		if e.Name == unhandledErrors && e.err == nil {
			e.err = gojax.Patch(e.prg, true, nil)
		}
	})
	return e.prg, e.err
}

// unhandledErrors is the one built-in module whose throw statements a report
// shows, as Node's does; of an error of others it shows the program's call.
const unhandledErrors = "internal/events/errors"

// moduleParams are what a built-in module's function takes.
func moduleParams() []string {
	return []string{"exports", "require", "module", "process", "internalBinding", "primordials"}
}

// bytecodeFile holds the programs of the built-in modules; make bytecode writes it.
//
//go:embed builtins.bytecode
var bytecodeFile string

// storedPrograms opens bytecodeFile; nil if that is not to be had.
var storedPrograms = sync.OnceValue(func() *bytecode.Store {
	store, err := bytecode.Open(bytecodeFile)
	if err != nil {
		return nil
	}
	return store
})

// builtins is the table of all built-in modules; it never changes.
var builtins = sync.OnceValue(func() *registry {
	r := newRegistry(nil)
	r.prefetch()
	return r
})

// Preload begins to read, on other processors, what every isolate needs. It
// saves time where there is something else to do before [New].
func Preload() { go builtins() }

// bootModules are read side by side while the first isolate is made: every
// program needs them, in about this order.
var bootModules = [...]string{
	"internal/modules/cjs/loader", "events", "internal/process/setup", "internal/modules/run_main",
	"internal/bootstrap", "internal/errors", "internal/process/task_queues", "internal/process/execution",
	"internal/options",
}

// prefetch reads what every start needs on other processors, if there are
// any. A third helper would find nothing to do, and each costs a stack and a
// processor's share of free memory.
func (r *registry) prefetch() {
	var next atomic.Int32
	for range min(goruntime.GOMAXPROCS(0)-1, 2) {
		go func() {
			stack.Reserve()
			for i := next.Add(1); int(i) <= len(bootModules); i = next.Add(1) {
				if e := r.modules[bootModules[i-1]]; e != nil && e.JS != nil {
					_, _ = e.program()
				}
			}
		}()
	}
}

func newRegistry(extra []bindings.Module) *registry {
	// The runtime's own modules come last, and none of them is public.
	sets := append(moduleSets(), extra, coreModules())
	n := 0
	for _, set := range sets {
		n += len(set)
	}
	r := &registry{modules: make(map[string]*entry, n)}
	entries := make([]entry, n)
	for i, set := range sets {
		core := i == len(sets)-1
		for _, m := range set {
			e := &entries[0]
			entries = entries[1:]
			e.Module = m
			r.modules[m.Name] = e
			if !core && !m.Hidden && !strings.HasPrefix(m.Name, "internal/") {
				name := m.Name
				if m.SchemeOnly {
					name = "node:" + name
				}
				r.names = append(r.names, name)
			}
		}
	}
	sort.Strings(r.names)
	return r
}

// loadedModule is a built-in module of one isolate.
type loadedModule struct {
	module *goja.Object
	native *goja.Object
}

// requireBuiltin returns a built-in module's exports; nil if there is none of that name.
func (iso *Isolate) requireBuiltin(name string) goja.Value {
	if m := iso.loaded[name]; m != nil && m.module != nil {
		return m.module.Get("exports")
	}
	e := iso.registry.modules[name]
	if e == nil {
		return nil
	}
	if e.JS == nil {
		return iso.internalBinding(name)
	}
	prg, err := e.program()
	if err != nil {
		panic(iso.vm.NewGoError(err))
	}
	m := iso.module(name)
	m.module = iso.vm.NewObject()
	exports := iso.vm.NewObject()
	_ = m.module.Set("exports", exports)
	_ = m.module.Set("id", name)
	wrapper, err := iso.vm.RunProgram(prg)
	if err != nil {
		panic(err)
	}
	fn, _ := goja.AssertFunction(wrapper)
	if _, err := fn(goja.Undefined(), exports, iso.builtinRequire, m.module, iso.process,
		iso.internalBindingFn, iso.primordials); err != nil {
		m.module = nil
		panic(err)
	}
	return m.module.Get("exports")
}

func (iso *Isolate) module(name string) *loadedModule {
	m := iso.loaded[name]
	if m == nil {
		m = &loadedModule{}
		iso.loaded[name] = m
	}
	return m
}

// internalBinding returns the Go side of a module.
func (iso *Isolate) internalBinding(name string) *goja.Object {
	m := iso.module(name)
	if m.native == nil {
		e := iso.registry.modules[name]
		if e == nil || e.Native == nil {
			panic(iso.vm.NewTypeError("no native side: %s", name))
		}
		m.native = e.Native(iso)
	}
	return m.native
}

// Loaded reports whether a built-in module's JavaScript has run: what nobody
// has loaded, nobody listens to.
func (iso *Isolate) Loaded(name string) bool {
	m := iso.loaded[name]
	return m != nil && m.module != nil
}
