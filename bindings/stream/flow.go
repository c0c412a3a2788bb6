package stream

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

const (
	kReadableState unistring.String = "_readableState"
	kWritableState unistring.String = "_writableState"
	kState         unistring.String = "state"
	kLength        unistring.String = "length"
)

// stateOf is a stream's state object under name, nil if it has none.
func stateOf(o *goja.Object, name unistring.String) *goja.Object {
	s, _ := gojax.Field(o, name).(*goja.Object)
	return s
}

func bitsOf(state *goja.Object) int64 { return gojax.Field(state, kState).ToInteger() }

func (c *common) setBits(state *goja.Object, bits int64) {
	gojax.SetField(state, kState, c.vm.ToValue(bits))
}

// nextTick calls process.nextTick, which programs replace.
func (c *common) nextTick(fn *goja.Object, args ...goja.Value) {
	process := c.env.Process()
	next, ok := gojax.Callable(gojax.Field(process, "nextTick"))
	if !ok {
		panic(c.vm.NewTypeError("process.nextTick is not a function"))
	}
	gojax.Call(next, process, append([]goja.Value{fn}, args...)...)
}

func (c *common) emit(o *goja.Object, event string, args ...goja.Value) {
	c.call(o, "emit", append([]goja.Value{c.vm.ToValue(event)}, args...)...)
}

// listens reports whether somebody listens for an event.
func listens(o *goja.Object, event unistring.String) bool {
	events, ok := gojax.Field(o, "_events").(*goja.Object)
	return ok && !goja.IsUndefined(gojax.Field(events, event))
}

// setupFlow makes what begins, keeps up and ends the flow.
func (r *readable) setupFlow(hooks *goja.Object) goja.Value {
	exports := r.vm.NewObject()
	r.emitterOn, r.emitterOff = hooks.Get("eeOn").(*goja.Object), hooks.Get("eeOff").(*goja.Object)
	r.endWritableTick = hooks.Get("endWritableNT").(*goja.Object)
	r.updateListening = hooks.Get("updateReadableListening").(*goja.Object)
	r.resumeTick = natives.Func(r.vm, "resume_", 2, r.resume_)
	r.endTick = natives.Func(r.vm, "endReadableNT", 2, r.endReadableNT)
	r.readTick = natives.Func(r.vm, "nReadingNextTick", 1, func(c goja.FunctionCall) goja.Value {
		r.call(c.Argument(0).(*goja.Object), "read", r.zero)
		return nil
	})
	r.readableTick = r.streamFunc("emitReadable_", func(stream, state *goja.Object) { r.emitReadable_(stream, state) })
	r.moreTick = r.streamFunc("maybeReadMore_", r.readMoreNow)
	r.set(exports, "emitReadable", r.streamFunc("emitReadable", r.emitReadable))
	r.set(exports, "maybeReadMore", r.streamFunc("maybeReadMore", r.readMore))
	r.set(exports, "onEofChunk", r.streamFunc("onEofChunk", r.eof))
	r.method(exports, "on", 2, r.on)
	r.method(exports, "off", 2, r.off)
	r.method(exports, "resume", 0, r.resume)
	r.set(exports, "flow", natives.Func(r.vm, "flow", 1, func(c goja.FunctionCall) goja.Value {
		r.flow(c.Argument(0).(*goja.Object))
		return nil
	}))
	r.set(exports, "endReadable", natives.Func(r.vm, "endReadable", 1, func(c goja.FunctionCall) goja.Value {
		r.endReadable(c.Argument(0).(*goja.Object))
		return nil
	}))
	return exports
}

// streamFunc is a function of a stream that JavaScript calls, or a tick does.
func (r *readable) streamFunc(name string, fn func(stream, state *goja.Object)) *goja.Object {
	return natives.Func(r.vm, name, 1, func(c goja.FunctionCall) goja.Value {
		stream := c.Argument(0).(*goja.Object)
		fn(stream, stateOf(stream, kReadableState))
		return nil
	})
}

// eof: what the source has to give has been given.
func (r *readable) eof(stream, state *goja.Object) {
	bits := bitsOf(state)
	if bits&rEnded != 0 {
		return
	}
	if bits&rDecoder != 0 {
		if chunk := r.call(gojax.Field(state, "decoder").(*goja.Object), "end"); chunk.ToBoolean() {
			buf := gojax.Field(state, "buffer").(*goja.Object)
			r.setElement(buf, intOf(buf, kLength), chunk)
			n := int64(1)
			if bits&rObjectMode == 0 {
				n = chunk.ToObject(r.vm).Get("length").ToInteger()
			}
			r.setInt(state, kLength, intOf(state, kLength)+n)
		}
	}
	bits |= rEnded
	if bits&rSync != 0 { // inside _read: let that return first
		r.setBits(state, bits)
		r.emitReadable(stream, state)
		return
	}
	r.setBits(state, bits&^rNeedReadable|rEmittedReadable)
	r.emitReadable_(stream, state)
}

func (r *readable) emitReadable(stream, state *goja.Object) {
	bits := bitsOf(state) &^ rNeedReadable
	if bits&rEmittedReadable == 0 {
		r.setBits(state, bits|rEmittedReadable)
		r.nextTick(r.readableTick, stream)
		return
	}
	r.setBits(state, bits)
}

func (r *readable) emitReadable_(stream, state *goja.Object) {
	bits := bitsOf(state)
	if bits&(rDestroyed|rErrored) == 0 && (bits&rEnded != 0 || intOf(state, kLength) > 0) {
		r.emit(stream, "readable")
		bits = bitsOf(state) &^ rEmittedReadable
	}
	// Another 'readable' is wanted unless it flows, has ended, or has plenty.
	if bits&(rFlowing|rEnded) == 0 && intOf(state, kLength) <= intOf(state, "highWaterMark") {
		bits |= rNeedReadable
	} else {
		bits &^= rNeedReadable
	}
	r.setBits(state, bits)
	r.flow(stream)
}

// readMore reads on, in a tick, until the high water mark is reached.
func (r *readable) readMore(stream, state *goja.Object) {
	if bits := bitsOf(state); bits&(rReadingMore|rConstructed) == rConstructed {
		r.setBits(state, bits|rReadingMore)
		r.nextTick(r.moreTick, stream)
	}
}

func (r *readable) readMoreNow(stream, state *goja.Object) {
	for {
		bits, n := bitsOf(state), intOf(state, kLength)
		if bits&(rReading|rEnded) != 0 || n >= intOf(state, "highWaterMark") && (bits&rFlowing == 0 || n != 0) {
			break
		}
		r.call(stream, "read", r.zero)
		if n == intOf(state, kLength) { // nothing came
			break
		}
	}
	r.setBits(state, bitsOf(state)&^rReadingMore)
}

func (r *readable) self(c goja.FunctionCall) (this, state *goja.Object) {
	this, ok := c.This.(*goja.Object)
	if ok {
		state = stateOf(this, kReadableState)
	}
	if state == nil {
		panic(r.vm.NewTypeError("Cannot read properties of undefined (reading 'state')"))
	}
	return this, state
}

// on: 'data' starts the flow, 'readable' stops it.
func (r *readable) on(c goja.FunctionCall) goja.Value {
	res := gojax.Call(r.emitterOn, c.This, c.Arguments...)
	ev, ok := c.Argument(0).(goja.String)
	if !ok {
		return res
	}
	switch ev.String() {
	case "data":
		this, state := r.self(c)
		bits := bitsOf(state) | rDataListening
		if listens(this, "readable") {
			bits |= rReadableListening
		} else {
			bits &^= rReadableListening
		}
		r.setBits(state, bits)
		if bits&(rHasFlowing|rFlowing) != rHasFlowing {
			r.call(this, "resume")
		}
	case "readable":
		this, state := r.self(c)
		bits := bitsOf(state)
		if bits&(rEndEmitted|rReadableListening) != 0 {
			break
		}
		bits = (bits | rReadableListening | rNeedReadable | rHasFlowing) &^ (rFlowing | rEmittedReadable)
		r.setBits(state, bits)
		if gojax.Field(state, kLength).ToInteger() > 0 {
			r.emitReadable(this, state)
		} else if bits&rReading == 0 {
			r.nextTick(r.readTick, this)
		}
	}
	return res
}

func (r *readable) off(c goja.FunctionCall) goja.Value {
	res := gojax.Call(r.emitterOff, c.This, c.Arguments...)
	ev, ok := c.Argument(0).(goja.String)
	if !ok {
		return res
	}
	switch ev.String() {
	case "readable":
		// In a tick: another listener may be added at once.
		r.nextTick(r.updateListening, c.This)
	case "data":
		if this, state := r.self(c); !listens(this, "data") {
			r.setBits(state, bitsOf(state)&^rDataListening)
		}
	}
	return res
}

func (r *readable) resume(c goja.FunctionCall) goja.Value {
	this, state := r.self(c)
	bits := bitsOf(state)
	if bits&rFlowing == 0 {
		// 'readable' listeners read for themselves.
		bits |= rHasFlowing
		if bits&rReadableListening == 0 {
			bits |= rFlowing
		}
		if bits&rResumeScheduled == 0 {
			bits |= rResumeScheduled
			r.setBits(state, bits)
			r.nextTick(r.resumeTick, this, state)
			bits = bitsOf(state)
		}
	}
	r.setBits(state, (bits|rHasPaused)&^rPaused)
	return this
}

func (r *readable) resume_(c goja.FunctionCall) goja.Value {
	stream, state := c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
	if bitsOf(state)&rReading == 0 {
		r.call(stream, "read", r.zero)
	}
	r.setBits(state, bitsOf(state)&^rResumeScheduled)
	r.emit(stream, "resume")
	r.flow(stream)
	if bitsOf(state)&(rFlowing|rReading) == rFlowing {
		r.call(stream, "read", r.zero)
	}
	return nil
}

// flow reads until there is nothing left, or somebody stops it.
func (r *readable) flow(stream *goja.Object) {
	state := stateOf(stream, kReadableState)
	for bitsOf(state)&rFlowing != 0 && r.call(stream, "read") != r.null {
	}
}

func (r *readable) endReadable(stream *goja.Object) {
	state := stateOf(stream, kReadableState)
	if bits := bitsOf(state); bits&rEndEmitted == 0 {
		r.setBits(state, bits|rEnded)
		r.nextTick(r.endTick, state, stream)
	}
}

func (r *readable) endReadableNT(c goja.FunctionCall) goja.Value {
	state, stream := c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
	bits := bitsOf(state)
	if bits&(rErrored|rCloseEmitted|rEndEmitted) != 0 || gojax.Field(state, kLength).ToInteger() != 0 {
		return nil
	}
	r.setBits(state, bits|rEndEmitted)
	r.emit(stream, "end")
	if gojax.Field(stream, "writable").ToBoolean() && gojax.Field(stream, "allowHalfOpen") == r.no {
		r.nextTick(r.endWritableTick, stream)
		return nil
	}
	if bitsOf(state)&rAutoDestroy == 0 {
		return nil
	}
	// A duplex is destroyed when both sides are done.
	if w := stateOf(stream, kWritableState); w == nil || gojax.Field(w, "autoDestroy").ToBoolean() &&
		(gojax.Field(w, "finished").ToBoolean() || gojax.Field(w, "writable") == r.no) {
		r.call(stream, "destroy")
	}
	return nil
}
