package process

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/sigwatch"
)

// signals are the watched signals of one isolate.
type signals struct {
	watched map[syscall.Signal]*watch
	traced  bool          // the trace has handlers, too (traceSignals)
	handled atomic.Uint64 // a bit for each signal that somebody here answers
}

// A watch delivers one signal to the loop. Its handle does not keep the loop alive.
type watch struct {
	handle  *eventloop.Handle
	deliver func()
	forget  func()
	ch      chan os.Signal
	done    chan struct{}
	paused  atomic.Bool
}

// startSignal(name, callback) calls callback(name, number) for each signal;
// 0, or an error number.
func (b *binding) startSignal(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	sig, ok := signalByName(name)
	if !ok {
		return nil
	}
	if sig == syscall.SIGKILL || isStop(sig) {
		panic(b.env.Error(b.short(syscall.EINVAL, "uv_signal_start")))
	}
	if !b.host.OwnsProcess || b.watched[sig] != nil {
		return nil
	}
	fn, _ := goja.AssertFunction(c.Argument(1))
	w := &watch{handle: b.env.Loop().NewHandle("SignalWrap"), ch: make(chan os.Signal, 16), done: make(chan struct{})}
	w.handle.Unref()
	w.handle.Start()
	w.deliver = func() {
		w.handle.Post(func() {
			b.env.Call(fn, goja.Undefined(), b.vm.ToValue(name), b.vm.ToValue(int(sig)))
		})
	}
	if b.watched == nil {
		b.watched = map[syscall.Signal]*watch{}
		b.env.OnCleanup(b.stopAll)
	}
	b.watched[sig] = w
	b.answer(sig, true)
	w.forget = sigwatch.Of(b.host.Shared).Add(sig)
	catchSignal(sig)
	signal.Notify(w.ch, sig)
	go func() {
		for {
			select {
			case <-w.ch:
				if !w.paused.Load() {
					w.deliver()
				}
			case <-w.done:
				return
			}
		}
	}()
	return nil
}

// stopSignal(name) restores the default action.
func (b *binding) stopSignal(c goja.FunctionCall) goja.Value {
	if sig, ok := signalByName(c.Argument(0).String()); ok {
		b.stop(sig)
	}
	return nil
}

// pauseSignal(name, on) drops a signal's arrivals while on is true: somebody
// else handles it (vm's breakOnSigint).
func (b *binding) pauseSignal(c goja.FunctionCall) goja.Value {
	sig, _ := signalByName(c.Argument(0).String())
	w := b.watched[sig]
	on := c.Argument(1).ToBoolean()
	if w == nil {
		b.answer(sig, on)
		return nil
	}
	if !on {
		select {
		case <-w.ch:
		default:
		}
	}
	w.paused.Store(on)
	return nil
}

func (b *binding) stop(sig syscall.Signal) {
	w := b.watched[sig]
	if w == nil {
		return
	}
	delete(b.watched, sig)
	b.answer(sig, false)
	signal.Stop(w.ch)
	w.forget()
	if !b.traced {
		releaseSignal(sig)
	}
	close(w.done)
	w.handle.Close(nil)
}

func (b *binding) answer(sig syscall.Signal, on bool) {
	if on {
		b.handled.Or(1 << sig)
	} else {
		b.handled.And(^(uint64(1) << sig))
	}
}

func (b *binding) stopAll() {
	for sig := range b.watched {
		b.stop(sig)
	}
}

// signalNumber(name) is 0 for names that the platform does not have.
func (b *binding) signalNumber(c goja.FunctionCall) goja.Value {
	sig, _ := signalByName(c.Argument(0).String())
	return b.vm.ToValue(int(sig))
}
