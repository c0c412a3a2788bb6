package process

import (
	"cmp"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/trace"
)

// An alive isolate can tell what keeps it so; the runtime's can.
type alive interface {
	ActiveResources() []trace.Active
	// Tracing says that stacks are recorded (--trace-handles, --trace-loop).
	Tracing() bool
	// FlushTrace writes --trace-loop's file, and ReportActive why each loop of the
	// process is alive. They are safe on any goroutine.
	FlushTrace()
	ReportActive(w io.Writer)
}

// requestName is the name of a request as getActiveResourcesInfo has it; "" for
// those that Node does not count: the pool jobs of crypto and zlib.
func requestName(kind string) string {
	switch {
	case kind == "TCPConnectWrap" || kind == "PipeConnectWrap":
		return "ConnectWrap"
	case strings.HasPrefix(kind, "FSReq") || strings.HasSuffix(kind, "Wrap"):
		return kind
	}
	return ""
}

// handleName is the same of a handle.
func handleName(kind string) string {
	switch kind {
	case "Worker": // the thread is no handle in Node
		return ""
	case "PipeServerWrap":
		return "PipeWrap"
	case "FSEvent":
		return "FSEventWrap"
	case "ChildProcess":
		return "ProcessWrap"
	}
	return kind
}

// activeResources(stacks) lists what keeps the loop alive, requests first: the
// kinds, or with stacks [kind, detail, opened by, stack] each.
func (b *binding) activeResources(c goja.FunctionCall) goja.Value {
	a, ok := b.env.(alive)
	if !ok {
		return b.vm.NewArray()
	}
	stacks := c.Argument(0).ToBoolean()
	var out []any
	for _, r := range a.ActiveResources() {
		kind := handleName(r.Kind)
		if r.Request {
			kind = requestName(kind)
		}
		switch {
		case kind == "" && !stacks:
		case stacks:
			out = append(out, b.list([]string{cmp.Or(kind, r.Kind), r.Detail, r.API, r.Stack}))
		default:
			out = append(out, kind)
		}
	}
	return b.vm.NewArray(out...)
}

// activeRequests lists the classes of the requests in progress.
func (b *binding) activeRequests(goja.FunctionCall) goja.Value {
	var out []string
	for _, r := range b.env.Loop().ActiveRequests() {
		if requestName(r.Kind()) != "" {
			out = append(out, r.Kind())
		}
	}
	return b.list(out)
}

// activeHandles lists the handles that are open and ref'd: their owners, or
// their kinds where there is no object.
func (b *binding) activeHandles(goja.FunctionCall) goja.Value {
	var out []any
	for _, h := range b.env.Loop().Handles() {
		if !h.Refed() || handleName(h.Kind()) == "" {
			continue
		}
		if o, ok := h.Owner().(goja.Value); ok {
			out = append(out, o)
		} else {
			out = append(out, handleName(h.Kind()))
		}
	}
	return b.vm.NewArray(out...)
}

// traceSignals writes the trace when a signal is about to end the process, and
// on SIGUSR2 with the reason why it is still alive.
func (b *binding) traceSignals() {
	a, ok := b.env.(alive)
	if !ok || !a.Tracing() {
		return
	}
	ch, done := make(chan os.Signal, 16), make(chan struct{})
	b.traced = true
	for _, sig := range tracedSignals {
		catchSignal(sig)
		signal.Notify(ch, sig)
	}
	b.env.OnCleanup(func() {
		signal.Stop(ch)
		close(done)
	})
	go func() {
		for {
			select {
			case s := <-ch:
				b.onTraced(a, s.(syscall.Signal))
			case <-done:
				return
			}
		}
	}()
}

func (b *binding) onTraced(a alive, sig syscall.Signal) {
	if sig == reportSignal {
		a.FlushTrace()
		a.ReportActive(b.host.Stderr)
		return
	}
	if b.handled.Load()&(1<<sig) == 0 {
		a.FlushTrace()
		b.dieOf(sig)
	}
}
