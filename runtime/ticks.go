package runtime

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/trace"
)

// tick is one process.nextTick.
type tick struct {
	fn    *goja.Object
	args  []goja.Value
	state *asyncState // nil unless asynchronous contexts are recorded
}

// tickQueue is a slice that grows at the end and is read from a moving head.
type tickQueue struct {
	list []tick
	head int
}

func (q *tickQueue) empty() bool { return q.head == len(q.list) }

func (q *tickQueue) push(t tick) {
	if len(q.list) == cap(q.list) && q.head > len(q.list)/2 {
		n := copy(q.list, q.list[q.head:])
		clear(q.list[n:])
		q.list, q.head = q.list[:n], 0
	}
	q.list = append(q.list, t)
}

// tickQueueKeep is how long an empty queue's memory may be and still be kept.
const tickQueueKeep = 4096

func (q *tickQueue) pop() tick {
	t := q.list[q.head]
	q.list[q.head] = tick{}
	q.head++
	if q.head == len(q.list) {
		q.head = 0
		if cap(q.list) > tickQueueKeep {
			q.list = nil
		} else {
			q.list = q.list[:0]
		}
	}
	return t
}

func (iso *Isolate) callbackArg(v goja.Value) *goja.Object {
	fn, ok := gojax.Callable(v)
	if !ok {
		panic(iso.NewError("ERR_INVALID_ARG_TYPE", "callback", "Function", v))
	}
	return fn
}

// nextTick is process.nextTick.
func (iso *Isolate) nextTick(c goja.FunctionCall) goja.Value {
	fn := iso.callbackArg(c.Argument(0))
	if iso.exiting {
		return goja.Undefined()
	}
	t := tick{fn: fn}
	if len(c.Arguments) > 1 {
		t.args = append([]goja.Value(nil), c.Arguments[1:]...)
	}
	if iso.async.on {
		t.state = iso.async.capture(nil)
		iso.mark(t.state, trace.KindTick, fn)
		t.state.makeResource = func() goja.Value {
			args := goja.Undefined()
			if t.args != nil {
				args = iso.array(t.args)
			}
			v, err := iso.hooks.makeTickObject(goja.Undefined(), t.fn, args)
			iso.must(v, err)
			return v
		}
		iso.emitInit(t.state, "TickObject")
	}
	iso.scope.ticks.push(t)
	return goja.Undefined()
}

func (iso *Isolate) array(values []goja.Value) goja.Value {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return iso.vm.NewArray(list...)
}

// runTicks runs ticks until there are none. After one that throws the rest
// waits for the next callback scope.
func (iso *Isolate) runTicks(goja.FunctionCall) goja.Value {
	var running *asyncState
	ex := iso.vm.Try(func() {
		for q := &iso.scope.ticks; !q.empty(); {
			t := q.pop()
			if t.state == nil {
				gojax.Call(t.fn, nil, t.args...)
				continue
			}
			running = t.state
			iso.enterAsync(t.state)
			gojax.Call(t.fn, nil, t.args...)
			running = nil
			iso.emitDestroy(t.state)
			iso.exitAsync()
		}
	})
	if ex != nil {
		if running != nil {
			iso.emitDestroy(running)
		}
		panic(ex)
	}
	return goja.Undefined()
}

// queueMicrotask is the global function.
func (iso *Isolate) queueMicrotask(c goja.FunctionCall) goja.Value {
	fn := iso.callbackArg(c.Argument(0))
	call := func() { gojax.Call(fn, nil) }
	if !iso.async.on {
		iso.inside.AddJob(func() { iso.guard(call) })
		return goja.Undefined()
	}
	state := iso.async.capture(nil)
	iso.mark(state, trace.KindMicrotask, fn)
	iso.emitInit(state, "Microtask")
	iso.inside.AddJob(func() {
		iso.enterAsync(state)
		iso.guard(call)
		iso.exitAsync()
		iso.emitDestroy(state)
	})
	return goja.Undefined()
}
