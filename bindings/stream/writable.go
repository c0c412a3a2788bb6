package stream

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
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
	nop                                                          *goja.Object
	writeSlow, enqueue, onwriteSlow, syncDone, drainLater, ended nativeFunc
	errorBuffer                                                  nativeFunc
	bufferName, drainName                                        goja.Value
}

func nativeWritable(env bindings.Env) *goja.Object {
	w := &writable{common: newCommon(env)}
	w.bufferName, w.drainName = w.vm.ToValue("buffer"), w.vm.ToValue("drain")
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
		w.onwriteSlow, w.syncDone = w.hook(hooks, "onwriteSlow"), w.hook(hooks, "syncDone")
		w.drainLater, w.ended = w.hook(hooks, "drainLater"), w.hook(hooks, "ended")
		w.errorBuffer = w.hook(hooks, "errorBuffer")
		w.method(proto, "write", 3, w.write)
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
		state, _ = this.Get("_writableState").(*goja.Object)
	}
	if state == nil {
		return w.writeSlow(c)
	}
	chunk, encoding, cb := c.Argument(0), c.Argument(1), c.Argument(2)
	bits := intOf(state, "state")
	n := int64(-1)
	if bits&(wEnding|wDestroyed) == 0 {
		if bits&wObjectMode != 0 {
			if chunk != w.null {
				n = 1
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
	if bits&wObjectMode == 0 {
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
		w.call(this, "_write", chunk, encoding, state.Get("onwrite"))
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

func isFunc(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	return ok && o.ClassName() == "Function"
}

func (w *writable) onwrite(stream *goja.Object, er goja.Value) {
	state, _ := stream.Get("_writableState").(*goja.Object)
	var cb *goja.Object
	if state != nil {
		cb, _ = state.Get("writecb").(*goja.Object)
	}
	if cb == nil || er.ToBoolean() || state.Get("queue") != w.null {
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
			w.syncDone(args(stream, state, cb))
		case bits&(wAfterWritePending|wNeedDrain) == wNeedDrain:
			w.setInt(state, "state", bits|wAfterWritePending)
			w.drainLater(args(stream, state, cb))
		default:
			w.setInt(state, "state", bits)
			w.setInt(state, "pendingcb", intOf(state, "pendingcb")-1)
			if bits&wEnding != 0 {
				w.ended(args(stream, state, w.yes))
			}
		}
		return
	}
	bits &^= wAfterWritePending
	drain := bits&(wEnding|wNeedDrain|wDestroyed) == wNeedDrain && length == 0
	if drain {
		bits &^= wNeedDrain
	}
	w.setInt(state, "state", bits)
	if drain {
		w.call(stream, "emit", w.drainName)
	}
	w.setInt(state, "pendingcb", intOf(state, "pendingcb")-1)
	if cb != w.nop {
		gojax.Func(cb)(args(w.null))
	}
	bits = intOf(state, "state")
	if bits&wDestroyed != 0 {
		w.errorBuffer(args(state))
	}
	if bits&wEnding != 0 {
		w.ended(args(stream, state, w.undef))
	}
}
