package stream

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// The flags of _writableState.state. writable.js takes them from here.
const (
	wObjectMode = 1 << iota
	wEnding
	wEnded
	wFinished
	wConstructed
	wSync
	wWriting
	wNeedDrain
	wFinalCalled
	wPrefinished
	wErrorEmitted
	wEmitClose
	wAutoDestroy
	wDestroyed
	wClosed
	wCloseEmitted
	wDecodeStrings
	wBufferProcessing
	wAllBuffers
	wAllNoop
	wErrored
	wAfterWritePending
)

var writableFlags = [...]string{
	"kObjectMode", "kEnding", "kEnded", "kFinished", "kConstructed", "kSync", "kWriting", "kNeedDrain", "kFinalCalled",
	"kPrefinished", "kErrorEmitted", "kEmitClose", "kAutoDestroy", "kDestroyed", "kClosed", "kCloseEmitted",
	"kDecodeStrings", "kBufferProcessing", "kAllBuffers", "kAllNoop", "kErrored", "kAfterWritePending",
}

// writable has write and what a stream's _write is given as its callback.
// Anything out of the ordinary is left to writable.js.
type writable struct {
	common
	nop, writtenTick, drainTick                         *goja.Object
	writeSlow, enqueue, onwriteSlow, ended, errorBuffer nativeFunc
	bufferName                                          goja.Value
}

func nativeWritable(env bindings.Env) *goja.Object {
	w := &writable{common: newCommon(env)}
	w.bufferName = w.vm.ToValue("buffer")
	o := w.vm.NewObject()
	flags := w.vm.NewObject()
	for i, name := range writableFlags {
		_ = flags.Set(name, 1<<i)
	}
	_ = o.Set("flags", flags)
	_ = o.Set("setup", func(c goja.FunctionCall) goja.Value {
		proto, hooks := c.Argument(0).ToObject(w.vm), c.Argument(1).ToObject(w.vm)
		w.nop = hooks.Get("nop").(*goja.Object)
		w.writeSlow, w.enqueue = w.hook(hooks, "writeSlow"), w.hook(hooks, "enqueue")
		w.onwriteSlow, w.ended = w.hook(hooks, "onwriteSlow"), w.hook(hooks, "ended")
		w.errorBuffer = w.hook(hooks, "errorBuffer")
		w.method(proto, "write", 3, w.write)
		return nil
	})
	w.writtenTick = natives.Func(w.vm, "afterWriteTick", 1, func(c goja.FunctionCall) goja.Value {
		d := natives.Carried(c.Argument(0)).(*written)
		w.set(d.state, "afterWriteTickInfo", w.null)
		w.afterWrite(d.stream, d.state, d.count, d.cb)
		return nil
	})
	w.drainTick = natives.Func(w.vm, "afterWrite", 2, func(c goja.FunctionCall) goja.Value {
		w.afterWrite(c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object), 1, w.nop)
		return nil
	})
	w.method(o, "syncDone", 3, func(c goja.FunctionCall) goja.Value {
		w.syncDone(c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object), c.Argument(2).(*goja.Object))
		return nil
	})
	w.method(o, "drainLater", 2, func(c goja.FunctionCall) goja.Value {
		w.nextTick(w.drainTick, c.Argument(0), c.Argument(1))
		return nil
	})
	w.method(o, "afterWrite", 4, func(c goja.FunctionCall) goja.Value {
		w.afterWrite(c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object), int(c.Argument(2).ToInteger()), c.Argument(3).(*goja.Object))
		return nil
	})
	// onwrite(stream) makes the stream's callback, once for its life.
	_ = o.Set("onwrite", func(c goja.FunctionCall) goja.Value {
		stream := c.Argument(0).(*goja.Object)
		return w.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			w.onwrite(stream, c.Argument(0))
			return goja.Undefined()
		})
	})
	return o
}

func (w *writable) write(c goja.FunctionCall) goja.Value {
	this, _ := c.This.(*goja.Object)
	var state *goja.Object
	if this != nil {
		state = stateOf(this, kWritableState)
	}
	if state == nil {
		return w.writeSlow(c)
	}
	chunk, encoding, cb := c.Argument(0), c.Argument(1), c.Argument(2)
	bits := bitsOf(state)
	n := int64(-1)
	text, isText := chunk.(goja.String)
	if bits&(wEnding|wDestroyed) == 0 {
		if bits&wObjectMode != 0 {
			if chunk != w.null {
				n = 1
			}
		} else if isText {
			if bits&wDecodeStrings == 0 && knownEncoding(encoding) {
				n = int64(text.Length())
			}
		} else if n = int64(w.bufferLen(chunk)); n >= 0 {
			if !goja.IsUndefined(encoding) && !isFunc(encoding) {
				n = -1
			}
		}
	}
	if n < 0 {
		return w.writeSlow(c)
	}
	if isFunc(encoding) {
		encoding, cb = w.undef, encoding
	} else if !isFunc(cb) {
		cb = w.nop
	}
	if bits&wObjectMode == 0 && !isText {
		encoding = w.bufferName
	}
	w.setInt(state, "pendingcb", intOf(state, "pendingcb")+1)
	length := intOf(state, "length") + n
	w.setInt(state, "length", length)
	if bits&(wWriting|wErrored|wConstructed) != wConstructed || intOf(state, "corked") != 0 {
		w.enqueue(args(state, chunk, encoding, cb))
		bits = intOf(state, "state")
	} else {
		w.setInt(state, "writelen", n)
		w.set(state, "writecb", cb)
		w.setInt(state, "state", bits|wWriting|wSync)
		w.callWrite(this, state, chunk, encoding)
		bits = intOf(state, "state") &^ wSync
		length = intOf(state, "length")
	}
	// Asked after the write: one that is done at once fills nothing.
	full := length != 0 && length >= intOf(state, "highWaterMark")
	if full {
		bits |= wNeedDrain
	}
	w.setInt(state, "state", bits)
	if full || bits&(wErrored|wDestroyed) != 0 {
		return w.no
	}
	return w.yes
}

// callWrite calls _write. Where an interrupt (Ctrl-C in the REPL, vm's timeout)
// cuts that off, nobody will call onwrite: the stream must not wait for it.
func (w *writable) callWrite(this, state *goja.Object, chunk, encoding goja.Value) {
	defer func() {
		x := recover()
		if x == nil {
			return
		}
		if _, ok := x.(*goja.InterruptedError); ok && gojax.Field(state, "writecb") != w.null {
			w.set(state, "writecb", w.null)
			w.setInt(state, "length", intOf(state, "length")-intOf(state, "writelen"))
			w.setInt(state, "writelen", 0)
			w.setInt(state, "pendingcb", intOf(state, "pendingcb")-1)
			w.setInt(state, "state", intOf(state, "state")&^(wWriting|wSync))
		}
		panic(x)
	}()
	w.call(this, "_write", chunk, encoding, gojax.Field(state, "onwrite"))
}

func isFunc(v goja.Value) bool {
	_, ok := gojax.Callable(v)
	return ok
}

// knownEncoding: one that needs no check.
func knownEncoding(v goja.Value) bool {
	s, ok := v.(goja.String)
	if !ok {
		return false
	}
	switch s.String() {
	case "latin1", "utf8":
		return true
	}
	return false
}

func (w *writable) onwrite(stream *goja.Object, er goja.Value) {
	state := stateOf(stream, kWritableState)
	var cb *goja.Object
	if state != nil {
		cb, _ = gojax.Field(state, "writecb").(*goja.Object)
	}
	if cb == nil || er.ToBoolean() || gojax.Field(state, "queue") != w.null {
		w.onwriteSlow(args(stream, er))
		return
	}
	bits := intOf(state, "state")
	length := intOf(state, "length") - intOf(state, "writelen")
	w.set(state, "writecb", w.null)
	w.setInt(state, "length", length)
	w.setInt(state, "writelen", 0)
	bits &^= wWriting
	if bits&wSync != 0 {
		switch {
		case cb != w.nop:
			w.setInt(state, "state", bits)
			w.syncDone(stream, state, cb)
		case bits&(wAfterWritePending|wNeedDrain) == wNeedDrain:
			w.setInt(state, "state", bits|wAfterWritePending)
			w.nextTick(w.drainTick, stream, state)
		default:
			w.setInt(state, "state", bits)
			w.setInt(state, "pendingcb", intOf(state, "pendingcb")-1)
			if bits&wEnding != 0 {
				w.ended(args(stream, state, w.yes))
			}
		}
		return
	}
	w.setBits(state, bits)
	w.afterWrite(stream, state, 1, cb)
}

// written is a row of writes with one callback that were done at once.
type written struct {
	stream, state, cb *goja.Object
	count             int
}

// syncDone: the callback of a write that was done at once is called in a tick.
func (w *writable) syncDone(stream, state, cb *goja.Object) {
	if d, ok := natives.Carried(gojax.Field(state, "afterWriteTickInfo")).(*written); ok && d.cb == cb {
		// The same callback again, as a loop of writes has it: one tick for all.
		d.count++
		return
	}
	link := natives.Carry(w.vm, &written{stream, state, cb, 1})
	w.set(state, "afterWriteTickInfo", link)
	w.setBits(state, bitsOf(state)|wAfterWritePending)
	w.nextTick(w.writtenTick, link)
}

func (w *writable) afterWrite(stream, state *goja.Object, count int, cb *goja.Object) {
	bits := bitsOf(state) &^ wAfterWritePending
	drain := bits&(wEnding|wNeedDrain|wDestroyed) == wNeedDrain && intOf(state, kLength) == 0
	if drain {
		bits &^= wNeedDrain
	}
	w.setBits(state, bits)
	if drain {
		w.emit(stream, "drain")
	}
	for range count {
		w.setInt(state, "pendingcb", intOf(state, "pendingcb")-1)
		if cb != w.nop {
			gojax.Call(cb, nil, w.null)
		}
	}
	bits = bitsOf(state)
	if bits&wDestroyed != 0 {
		w.errorBuffer(args(state))
	}
	if bitsOf(state)&wEnding != 0 {
		w.ended(args(stream, state, w.undef))
	}
}
