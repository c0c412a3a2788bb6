package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/ecma"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/trace"
)

// MaxCallDepth bounds the JavaScript call stack, near V8's default for small
// frames. Deeper calls throw a catchable RangeError.
const MaxCallDepth = 9000

// Options configure an isolate. The zero value runs nothing, with an empty
// environment, no standard input, and output thrown away.
type Options struct {
	// Host is the process that the isolate sees.
	Host *bindings.Host
	// Modules are further built-in modules.
	Modules []bindings.Module
	// Pool is the thread pool; nil makes one of the isolate's own.
	Pool *eventloop.Pool
	// Main is the built-in module whose runMain export Run calls; empty means
	// "internal/modules/run_main", which runs the script Host.Args[1].
	Main string
	// Clock and Observer are the loop's.
	Clock    eventloop.Clock
	Observer eventloop.Observer
	// TraceLoop is a file for what the loops of the isolate and of its workers
	// do, written by Close and FlushTrace: Chrome's trace events if the name ends
	// in .json, else an HTML page.
	TraceLoop string
	// TraceHandles keeps the stacks that opened what is open. TraceLoop does, too.
	TraceHandles bool

	recorder  *trace.Recorder // the parent's
	callDepth int             // 0 is MaxCallDepth
}

// An Isolate is one JavaScript world with its event loop.
type Isolate struct {
	vm       *goja.Runtime
	inside   *gojax.VM
	loop     *eventloop.Loop
	host     *bindings.Host
	registry *registry
	opts     Options

	loaded            map[string]*loadedModule
	process           *goja.Object
	primordials       *goja.Object
	builtinRequire    goja.Value
	internalBindingFn goja.Value

	scope    scope
	errs     errorSupport
	buffers  bufferSupport
	async    asyncSupport
	promises promiseHooks
	timers   *timerSet
	hooks    hooks
	trace    *tracer // nil: nobody looks at the loop

	sources  map[string]source // of programs that are no files, for messages
	cleanups []func()
	exiting  bool // process._exiting
	exited   bool
	code     int
	closed   bool
	ownPool  bool
	// evalSource is what eval compiled last: a syntax error has its place in it.
	evalSource string
	// evalImports says that import() has been made known to what eval compiles.
	evalImports bool
	ended       chan struct{} // closed by Terminate
	endOnce     sync.Once
}

// hooks are the JavaScript functions that Go calls by name; the bootstrap sets them.
type hooks struct {
	processTicks, makeTickObject, uncaught, unhandledRejections, emitExit, emitBeforeExit goja.Callable
	makeImporter                                                                          goja.Callable
	processImmediate, processTimers                                                       goja.Callable
}

// New makes an isolate and boots it: globals and process exist afterwards.
func New(o Options) (*Isolate, error) {
	if o.Host == nil {
		o.Host = &bindings.Host{}
	}
	h := *o.Host
	ownPool := false
	if h.Env == nil {
		h.Env = bindings.NewEnviron(nil)
	}
	if h.Stdin == nil {
		h.Stdin = eofReader{}
	}
	if h.Stdout == nil {
		h.Stdout = io.Discard
	}
	if h.Stderr == nil {
		h.Stderr = io.Discard
	}
	if h.Build == "" {
		h.Build = GonodeVersion
	}
	if h.Shared == nil {
		h.Shared = &bindings.Shared{}
	}
	if h.ExecPath == "" {
		h.ExecPath, _ = os.Executable()
	}
	reg := builtins()
	if len(o.Modules) > 0 {
		reg = newRegistry(o.Modules)
	}
	if o.Main == "" {
		o.Main = "internal/modules/run_main"
	}
	if o.callDepth == 0 {
		o.callDepth = MaxCallDepth
	}
	if o.Pool == nil {
		o.Pool = NewPool(h.Env)
		ownPool = true
	}
	if err := ecma.Extend(); err != nil {
		return nil, err
	}
	vm := goja.New()
	inside, err := gojax.New(vm)
	if err != nil {
		return nil, err
	}
	ecma.Install(vm, inside)
	iso := &Isolate{
		vm: vm, inside: inside, host: &h, registry: reg, opts: o,
		loaded: map[string]*loadedModule{}, ownPool: ownPool, ended: make(chan struct{}),
	}
	iso.loop = eventloop.New(eventloop.Options{Clock: o.Clock, Pool: o.Pool, Observer: iso.observe(&o)})
	if iso.trace != nil {
		iso.trace.track.Start(iso.loop)
	}
	iso.timers, iso.async.nextID = newTimerSet(iso), 1
	if err := inside.OnEval(vm, iso.evalText); err != nil {
		return nil, err
	}
	if err := iso.boot(); err != nil {
		iso.loop.Close()
		return nil, fmt.Errorf("boot: %w", err)
	}
	if iso.trace != nil {
		iso.trace.start()
	}
	return iso, nil
}

type eofReader struct{}

func (eofReader) Read([]byte) (int, error) { return 0, io.EOF }

// Run runs the main script named by Host.Args[1], then the loop until nothing
// keeps it alive, and returns the exit code. When ctx ends the script is
// stopped, wherever it is, and the error is ctx's.
func (iso *Isolate) Run(ctx context.Context) (code int, err error) {
	if ctx.Done() != nil {
		unhook := context.AfterFunc(ctx, iso.Terminate)
		defer unhook()
	}
	iso.async.main = &asyncState{id: 1}
	iso.async.cur = iso.async.main
	ok := iso.section(trace.KindScript, "main script", func() bool {
		return iso.Enter(func() {
			main, _ := goja.AssertFunction(iso.Require(iso.opts.Main).Get("runMain"))
			iso.must(main(goja.Undefined()))
		})
	})
	iso.async.cur = nil
	if !ok && !iso.exited {
		iso.Enter(func() {}) // a handled exception of the main script: its ticks run before the loop
	}
	for !iso.exited {
		if err := iso.loop.Run(context.Background()); err != nil {
			return iso.code, err
		}
		if iso.exited || iso.loop.Alive() {
			continue
		}
		if iso.async.flush != nil {
			iso.Enter(func() { iso.must(iso.async.flush(goja.Undefined())) })
		}
		iso.section(trace.KindExit, "beforeExit", func() bool {
			return iso.Enter(func() { iso.must(iso.hooks.emitBeforeExit(goja.Undefined())) })
		})
		if !iso.exited && !iso.loop.Alive() {
			break
		}
	}
	if !iso.exited {
		iso.section(trace.KindExit, "exit", func() bool {
			return iso.Enter(func() { iso.must(iso.hooks.emitExit(goja.Undefined())) })
		})
	}
	return iso.code, ctx.Err()
}

func (iso *Isolate) must(_ goja.Value, err error) {
	if err != nil {
		panic(err)
	}
}

// Terminate stops the isolate from any goroutine, also out of an endless
// loop. No further JavaScript runs, exit handlers included.
func (iso *Isolate) Terminate() {
	iso.scope.terminated.Store(true)
	iso.endOnce.Do(func() { close(iso.ended) })
	iso.vm.Interrupt(errTerminated)
	iso.loop.Post(func() {
		iso.exited = true
		iso.loop.Stop()
	})
}

// Close tears the isolate down: cleanups run, the loop is closed.
func (iso *Isolate) Close() {
	if iso.closed {
		return
	}
	iso.closed = true
	for _, fn := range slices.Backward(iso.cleanups) {
		fn()
	}
	iso.loop.Close()
	if iso.ownPool {
		iso.opts.Pool.Close()
	}
	if iso.trace != nil {
		iso.trace.close()
	}
}

// NewPool returns a thread pool sized by UV_THREADPOOL_SIZE as env has it when
// the first job arrives, so that a script can set it in process.env.
func NewPool(env *bindings.Environ) *eventloop.Pool {
	return eventloop.NewPool(func() int {
		v, ok := env.Get("UV_THREADPOOL_SIZE")
		if !ok {
			return eventloop.DefaultPoolSize
		}
		n, _ := strconv.Atoi(v) // libuv's atoi: what is no number is 0, and 0 is 1
		return n
	})
}

var errTerminated = errors.New("isolate terminated")

var _ bindings.Env = (*Isolate)(nil)

// VM is the engine.
func (iso *Isolate) VM() *goja.Runtime { return iso.vm }

// Loop is the event loop.
func (iso *Isolate) Loop() *eventloop.Loop { return iso.loop }

// Host is the process around the isolate.
func (iso *Isolate) Host() *bindings.Host { return iso.host }

// Process is the process object.
func (iso *Isolate) Process() *goja.Object { return iso.process }

// OnCleanup registers fn for Close.
func (iso *Isolate) OnCleanup(fn func()) { iso.cleanups = append(iso.cleanups, fn) }

// Require returns a built-in module's exports.
func (iso *Isolate) Require(name string) *goja.Object {
	v := iso.requireBuiltin(name)
	if v == nil {
		panic(iso.NewError("ERR_UNKNOWN_BUILTIN_MODULE", name))
	}
	return v.ToObject(iso.vm)
}

// Internal returns the Go side of a module.
func (iso *Isolate) Internal(name string) *goja.Object { return iso.internalBinding(name) }

// Exit ends the isolate with code; no more JavaScript runs.
func (iso *Isolate) Exit(code int) {
	iso.exited, iso.code = true, code
	iso.loop.Stop()
	if iso.inside.Depth() > 0 {
		panic(&goja.InterruptedError{})
	}
}
