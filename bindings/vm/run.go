package vm

import (
	"crypto/sha256"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/sigwatch"
)

func source(c goja.FunctionCall, at int) compile.Source {
	return compile.Source{Text: c.Argument(at).String(), Name: c.Argument(at + 1).String(),
		At:       compile.Offset{Line: int(c.Argument(at + 2).ToInteger()), Column: int(c.Argument(at + 3).ToInteger())},
		ImportID: int(c.Argument(at + 4).ToInteger())}
}

// compileScript(source, filename, lineOffset, columnOffset, importId) returns a handle.
func (b *binding) compileScript(c goja.FunctionCall) goja.Value {
	s := &script{source: source(c, 0)}
	var err error
	if s.main, err = compile.GlobalScript(s.source); err != nil {
		panic(b.env.Error(err))
	}
	return natives.Carry(b.vm, s)
}

// runScript(script, context | undefined, timeout | 0, breakOnSigint).
func (b *binding) runScript(c goja.FunctionCall) goja.Value {
	s, _ := natives.Carried(c.Argument(0)).(*script)
	ctx, _ := natives.Carried(c.Argument(1)).(*context)
	prg := s.main
	if ctx != nil {
		if s.other == nil {
			var err error
			if s.other, s.decls, err = compile.ContextScript(s.source); err != nil {
				panic(b.env.Error(err))
			}
		}
		prg = s.other
	}
	timeout := time.Duration(c.Argument(2).ToInteger()) * time.Millisecond
	v, err := b.guarded(timeout, c.Argument(3).ToBoolean(), func() (goja.Value, error) {
		if ctx == nil {
			return b.vm.RunProgram(prg)
		}
		run := func() (goja.Value, error) { return ctx.run(prg, &s.decls) }
		if ctx.ownMicrotasks {
			return b.withMicrotasks(run)
		}
		return run()
	})
	return b.must(v, err)
}

func (s *context) run(prg *goja.Program, d *compile.Declarations) (goja.Value, error) {
	s.b.pending = func() {
		s.b.inside.EnterScope(s.anchor)
		s.enter(d)
	}
	return s.b.vm.RunProgram(prg)
}

// withMicrotasks runs fn and then the promise jobs that it has queued, while
// those from outside wait: microtaskMode 'afterEvaluate'.
func (b *binding) withMicrotasks(fn func() (goja.Value, error)) (v goja.Value, err error) {
	outside := b.inside.TakeJobs()
	defer func() {
		b.inside.TakeJobs() // what a timeout has left
		b.inside.PutJobs(outside)
	}()
	if v, err = fn(); err != nil {
		return nil, err
	}
	defer func() {
		// An interrupt unwinds through the jobs as a panic.
		if x := recover(); x != nil {
			stop, ok := x.(*goja.InterruptedError)
			if !ok {
				panic(x)
			}
			err = stop
		}
	}()
	b.inside.RunJobs()
	return v, nil
}

var (
	errTimeout = errors.New("timeout")
	errSigint  = errors.New("SIGINT")
)

// guarded runs fn; a timeout or Ctrl-C ends it with an exception.
func (b *binding) guarded(timeout time.Duration, sigint bool, fn func() (goja.Value, error)) (goja.Value, error) {
	if timeout <= 0 && !sigint {
		return fn()
	}
	var mu sync.Mutex
	var reason error
	done := false
	stop := func(why error) {
		mu.Lock()
		defer mu.Unlock()
		if done || reason != nil {
			return
		}
		reason = why
		b.vm.Interrupt(why)
		// Native code that calls back and drops errors may swallow it.
		go func() {
			again := time.NewTicker(20 * time.Millisecond)
			defer again.Stop()
			for range again.C {
				mu.Lock()
				if done {
					mu.Unlock()
					return
				}
				b.vm.Interrupt(why)
				mu.Unlock()
			}
		}()
	}
	if timeout > 0 {
		t := time.AfterFunc(timeout, func() { stop(errTimeout) })
		defer t.Stop()
	}
	if sigint && b.env.Host().OwnsProcess {
		defer sigwatch.Of(b.env.Host().Shared).Add(os.Interrupt)()
		defer watchSigint(func() { stop(errSigint) })()
	}
	restore := b.inside.Mark()
	v, err := fn()
	if stopped := (*goja.InterruptedError)(nil); errors.As(err, &stopped) {
		restore()
	}
	mu.Lock()
	done = true
	why := reason
	mu.Unlock()
	if why == nil {
		return v, err
	}
	b.vm.ClearInterrupt()
	select {
	case <-b.env.Terminated(): // the isolate's own interrupt must not be lost
		b.vm.Interrupt(why)
		return v, err
	default:
	}
	var stopped *goja.InterruptedError
	if err == nil || !errors.As(err, &stopped) || stopped.Value() != why {
		return v, err // it ended by itself in that very moment
	}
	if why == errTimeout {
		return nil, b.thrown(b.env.NewError("ERR_SCRIPT_EXECUTION_TIMEOUT", timeout.Milliseconds()))
	}
	return nil, b.thrown(b.env.NewError("ERR_SCRIPT_EXECUTION_INTERRUPTED"))
}

// thrown makes an error that panics as a JavaScript exception.
func (b *binding) thrown(v goja.Value) error {
	if ex := b.vm.Try(func() { panic(v) }); ex != nil {
		return ex
	}
	return nil
}

// watchSigint calls hit for SIGINT. The isolate's own listeners are paused
// meanwhile, by the JavaScript side.
func watchSigint(hit func()) (release func()) {
	ch := make(chan os.Signal, 1)
	end := make(chan struct{})
	signal.Notify(ch, os.Interrupt)
	go func() {
		select {
		case <-ch:
			hit()
		case <-end:
		}
	}()
	return func() {
		signal.Stop(ch)
		close(end)
	}
}

// compileFunction(source, filename, line, column, importId, params, context | undefined, extensions).
func (b *binding) compileFunction(c goja.FunctionCall) goja.Value {
	var params []string
	var extensions []goja.Value
	if err := b.vm.ExportTo(c.Argument(5), &params); err != nil {
		panic(b.vm.NewGoError(err))
	}
	if list, ok := c.Argument(7).(*goja.Object); ok {
		if err := b.vm.ExportTo(list, &extensions); err != nil {
			panic(b.vm.NewGoError(err))
		}
	}
	ctx, _ := natives.Carried(c.Argument(6)).(*context)
	prg, err := compile.BodyFunction(source(c, 0), ctx != nil, len(extensions), params...)
	if err != nil {
		panic(b.env.Error(err))
	}
	var v goja.Value
	if ctx != nil {
		v, err = ctx.run(prg, &compile.Declarations{})
	} else {
		v, err = b.vm.RunProgram(prg)
	}
	b.must(v, err)
	if len(extensions) > 0 {
		outer, _ := goja.AssertFunction(v)
		v = b.must(outer(goja.Undefined(), extensions...))
	}
	return v
}

// makeFunction is Function(…) in a context.
func (s *context) makeFunction(args []goja.Value) *goja.Object {
	if s.noEval {
		panic(s.b.engineError("EvalError", "Code generation from strings disallowed for this context"))
	}
	src := compile.Source{Name: "<anonymous>"}
	params := make([]string, 0, len(args))
	for i, a := range args {
		if i == len(args)-1 {
			src.Text = a.String()
		} else {
			params = append(params, a.String())
		}
	}
	prg, err := compile.BodyFunction(src, true, 0, params...)
	if err != nil {
		panic(s.b.env.Error(err))
	}
	o := s.b.must(s.run(prg, &compile.Declarations{})).ToObject(s.b.vm)
	_ = o.DefineDataProperty("name", s.b.vm.ToValue("anonymous"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// evalOf is the context's own eval, as its built-ins have it.
func (b *binding) evalOf(s *context) goja.Value { return s.inner.Get("eval") }

// fingerprint stands for a compiled program in cachedData.
func fingerprint(src string) []byte {
	sum := sha256.Sum256([]byte(runtime.Version() + "\x00" + runtime.GOARCH + "\x00" + src))
	return append([]byte("gonode\x00\x01"), sum[:]...)
}

// sourceMapURL is the value of the last sourceMappingURL comment.
func sourceMapURL(src string) string {
	for _, mark := range []string{"//# sourceMappingURL=", "//@ sourceMappingURL="} {
		if i := strings.LastIndex(src, mark); i >= 0 {
			url, _, _ := strings.Cut(src[i+len(mark):], "\n")
			if url = strings.TrimSpace(url); !strings.ContainsAny(url, "'\" \t") {
				return url
			}
		}
	}
	return ""
}
