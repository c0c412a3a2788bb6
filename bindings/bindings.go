// Package bindings is the contract between the runtime and the Node modules
// that live in the folders below it.
//
// A module is one or more [Module] values: a JavaScript side, a Go side, or
// both. The Go side is made once an isolate through [Module.Native], which
// receives the isolate's [Env]; the JavaScript side reaches it with
// internalBinding(name). Modules never import each other or the runtime: what
// one needs of another it takes in JavaScript with require.
package bindings

import (
	"context"
	"io"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
)

// A Module is one name that require accepts, or an internal part of one.
//
// Names that begin with "internal/" are for other built-in modules only.
type Module struct {
	// Name is the module's name without "node:": "fs", "fs/promises",
	// "internal/fs/streams".
	Name string
	// JS and File locate the JavaScript side. It is compiled once a process, as
	// the body of
	// function (exports, require, module, process, internalBinding, primordials),
	// in sloppy mode unless it says otherwise. A module without JavaScript
	// exports its native object.
	JS   fs.FS
	File string
	// Native makes the Go side, on first internalBinding(Name) of an isolate.
	Native func(Env) *goja.Object
	// Hidden modules are for internalBinding and the glue alone, whatever their
	// name: tcp_wrap, uv.
	Hidden bool
	// SchemeOnly modules answer to "node:name" alone (node:test, node:sqlite).
	SchemeOnly bool
}

// Env is one isolate as its bindings see it. All of it belongs to the loop's
// goroutine, except what the comments say is safe elsewhere.
type Env interface {
	// VM is the isolate's engine.
	VM() *goja.Runtime
	// Loop is the isolate's event loop.
	Loop() *eventloop.Loop

	// Call is the way into JavaScript from a loop callback: it calls fn, then
	// drains process.nextTick and the microtasks in Node's order. An exception
	// goes to uncaughtException; ok is false then, and when the isolate is
	// being terminated. Never call it while JavaScript is on the stack: native
	// functions call their callbacks with the goja.Callable itself.
	Call(fn goja.Callable, this goja.Value, args ...goja.Value) (result goja.Value, ok bool)
	// Enter runs fn as a callback scope, as Call does: for Go code that settles
	// promises or calls several functions in one go. Inside fn, a panic with a
	// JavaScript exception is an uncaught exception.
	Enter(fn func()) bool

	// Error turns a Go error into the JavaScript error that Node would give: a
	// *nodeerr.Errno into "ENOENT: no such file or directory, open 'x'" with
	// code, errno, syscall, path, dest; a *nodeerr.Coded into its class with
	// code; a *goja.Exception into its value.
	Error(err error) goja.Value
	// NewError makes a Node error by its code from the table of internal/errors,
	// with that code's message arguments: NewError("ERR_OUT_OF_RANGE", "offset", ">= 0", v).
	// Native functions throw it: panic(env.NewError(…)).
	NewError(code string, args ...any) *goja.Object
	// AddAsyncFrame ends the stack of an error from Error, when no JavaScript was
	// running, with "at async operation (node:module)", as Node's promise APIs show.
	AddAsyncFrame(err goja.Value, operation, module string)
	// ReportUncaught hands an error value to uncaughtException handling.
	ReportUncaught(v goja.Value)

	// Require returns a built-in module's exports, internal ones included.
	Require(name string) *goja.Object
	// Internal returns the Go side of a module, as internalBinding(name).
	Internal(name string) *goja.Object
	// Process is the process object.
	Process() *goja.Object

	// NewBuffer makes a Node Buffer over b, without a copy: b is the VM's from then on.
	NewBuffer(b []byte) *goja.Object
	// Bytes returns the memory of an ArrayBuffer, SharedArrayBuffer, typed array
	// or DataView, aliased. Copy or pin it before another goroutine touches it.
	Bytes(v goja.Value) (b []byte, ok bool)

	// Host is what the isolate knows of the process around it.
	Host() *Host
	// Spawn starts a child isolate on a goroutine of its own (worker_threads).
	Spawn(ChildOptions) (Child, error)
	// OnCleanup runs fn when the isolate is torn down, on the loop's goroutine,
	// last registered first: close what JavaScript left open.
	OnCleanup(fn func())
	// Terminated is closed when the isolate is being stopped from outside: for
	// natives that block the loop's goroutine (Atomics.wait). Safe anywhere.
	Terminated() <-chan struct{}
	// Exit ends the isolate with a code, running no more JavaScript: what
	// process.reallyExit does. It does not return when JavaScript is on the stack.
	Exit(code int)
}

// Host is the process around an isolate: the seams that an embedder can set.
type Host struct {
	Args     []string // process.argv, whole
	ExecPath string
	ExecArgv []string
	Env      *Environ
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	// OwnsProcess is true for the main isolate of the gonode command: it alone
	// may chdir, handle signals, set the umask, and its standard streams are the
	// process's descriptors 0, 1 and 2. Args must be copies then: process.title
	// overwrites the memory behind os.Args.
	OwnsProcess bool
	// IsWorker and ThreadID are worker_threads' isMainThread (inverted) and threadId.
	IsWorker bool
	ThreadID int
	// Flags are the command-line options by name without dashes: "true" or
	// "false" for booleans, the values of repeated ones joined with NUL. See
	// internal/options.
	Flags map[string]string
	// Build is process.versions.gonode; the release's number when empty.
	Build string
	// Worker is what the parent gave a worker isolate; nil in the main one.
	Worker any
	// Shared is common to all isolates that descend from one; runtime.New makes
	// it where there is none.
	Shared *Shared
}

// Shared is what the isolates of one family have in common. It is safe for
// concurrent use.
type Shared struct {
	threads atomic.Int64
	mu      sync.Mutex
	values  map[string]any
}

// NextThreadID returns 1, 2, …: worker_threads' threadId.
func (s *Shared) NextThreadID() int { return int(s.threads.Add(1)) }

// Value returns the value kept under key, made by create the first time.
func (s *Shared) Value(key string, create func() any) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.values[key]
	if !ok {
		if s.values == nil {
			s.values = map[string]any{}
		}
		v = create()
		s.values[key] = v
	}
	return v
}

// ChildOptions describe a child isolate.
type ChildOptions struct {
	// Host is the child's view of the process; its standard streams and Worker
	// are the parent's choice.
	Host *Host
	// Main is the built-in module whose runMain export is called in place of
	// running Host.Args[1]; empty means the main script.
	Main string
	// StackSize bounds the call stack, in parts of the main isolate's; 0 is 1.
	StackSize float64
	// Setup runs on the child's goroutine once it has booted, before Main.
	Setup func(Env)
	// Done is told the exit code on the child's goroutine, after everything of
	// the child has been torn down; err is set when it could not be booted.
	Done func(code int, err error)
}

// Child is a running child isolate. Its methods are safe on any goroutine.
type Child interface {
	// Terminate stops the isolate, also out of an endless loop.
	Terminate()
	// Post runs fn on the child's loop; false once it is gone.
	Post(fn func()) bool
	// LoopTimes returns how long the child's loop has run, and waited.
	LoopTimes() (total, idle time.Duration)
	// Wait blocks until the isolate has been torn down.
	Wait(ctx context.Context) error
}
