package stream

import (
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// The flags of _readableState.state. readable.js takes them from here.
const (
	rObjectMode = 1 << iota
	rEnded
	rEndEmitted
	rReading
	rConstructed
	rSync
	rNeedReadable
	rEmittedReadable
	rReadableListening
	rResumeScheduled
	rErrorEmitted
	rEmitClose
	rAutoDestroy
	rDestroyed
	rClosed
	rCloseEmitted
	rMultiAwaitDrain
	rReadingMore
	rDataEmitted
	rErrored
	rFlowing
	rHasFlowing
	rPaused
	rHasPaused
	rDataListening
	rDecoder
)

var readableFlags = [...]string{
	"kObjectMode", "kEnded", "kEndEmitted", "kReading", "kConstructed", "kSync", "kNeedReadable", "kEmittedReadable",
	"kReadableListening", "kResumeScheduled", "kErrorEmitted", "kEmitClose", "kAutoDestroy", "kDestroyed", "kClosed",
	"kCloseEmitted", "kMultiAwaitDrain", "kReadingMore", "kDataEmitted", "kErrored", "kFlowing", "kHasFlowing",
	"kPaused", "kHasPaused", "kDataListening", "kDecoder",
}

type nativeFunc = func(goja.FunctionCall) goja.Value

// common is what both sides need.
type common struct {
	env         bindings.Env
	vm          *goja.Runtime
	bufferProto *goja.Object
	null, undef goja.Value
	yes, no     goja.Value
	zero        goja.Value
}

func newCommon(env bindings.Env) common {
	vm := env.VM()
	return common{env: env, vm: vm, null: goja.Null(), undef: goja.Undefined(), yes: vm.ToValue(true), no: vm.ToValue(false), zero: vm.ToValue(0)}
}

// bufferLen is the length of a Buffer; -1 if v is no Buffer.
func (c *common) bufferLen(v goja.Value) int {
	o, ok := v.(*goja.Object)
	if !ok {
		return -1
	}
	if c.bufferProto == nil {
		c.bufferProto = c.env.Require("buffer").Get("Buffer").(*goja.Object).Get("prototype").(*goja.Object)
	}
	if o.Prototype() != c.bufferProto {
		return -1
	}
	view, ok := gojax.ViewOf(o)
	if !ok {
		return -1
	}
	return len(view.Bytes)
}

func (c *common) set(o *goja.Object, name unistring.String, v goja.Value) { gojax.SetField(o, name, v) }

func (c *common) setElement(array *goja.Object, i int64, v goja.Value) {
	if err := array.Set(strconv.FormatInt(i, 10), v); err != nil {
		panic(err)
	}
}

func (c *common) setInt(o *goja.Object, name unistring.String, n int64) {
	c.set(o, name, c.vm.ToValue(n))
}

func intOf(o *goja.Object, name unistring.String) int64 { return gojax.Field(o, name).ToInteger() }

// call calls a method by its name.
func (c *common) call(o *goja.Object, name unistring.String, args ...goja.Value) goja.Value {
	if fn, ok := gojax.Callable(gojax.Field(o, name)); ok {
		return gojax.Call(fn, o, args...)
	}
	panic(c.vm.NewTypeError("stream.%s is not a function", name))
}

func (c *common) hook(hooks *goja.Object, name string) nativeFunc {
	return gojax.Func(hooks.Get(name).(*goja.Object))
}

func (c *common) method(o *goja.Object, name unistring.String, length int, fn nativeFunc) {
	c.set(o, name, natives.Func(c.vm, "", length, fn))
}

func args(v ...goja.Value) goja.FunctionCall {
	return goja.FunctionCall{This: goja.Undefined(), Arguments: v}
}

// readable has push and read: what happens for every chunk. Anything out of
// the ordinary is left to readable.js's own pushSlow and readSlow.
type readable struct {
	common
	pushSlow, readSlow, fromList, clearDrain, fail nativeFunc

	emitterOn, emitterOff                                                                   *goja.Object
	resumeTick, endTick, readTick, readableTick, moreTick, endWritableTick, updateListening *goja.Object
}

func nativeReadable(env bindings.Env) *goja.Object {
	r := &readable{common: newCommon(env)}
	o := r.vm.NewObject()
	flags := r.vm.NewObject()
	for i, name := range readableFlags {
		_ = flags.Set(name, 1<<i)
	}
	_ = o.Set("flags", flags)
	_ = o.Set("setup", func(c goja.FunctionCall) goja.Value {
		proto, hooks := c.Argument(0).ToObject(r.vm), c.Argument(1).ToObject(r.vm)
		r.pushSlow, r.readSlow = r.hook(hooks, "pushSlow"), r.hook(hooks, "readSlow")
		r.fromList = r.hook(hooks, "fromList")
		r.clearDrain, r.fail = r.hook(hooks, "clearDrain"), r.hook(hooks, "fail")
		r.method(proto, "push", 2, r.push)
		r.method(proto, "read", 1, r.read)
		return r.setupFlow(hooks)
	})
	return o
}

func (r *readable) push(c goja.FunctionCall) goja.Value {
	this, _ := c.This.(*goja.Object)
	var state *goja.Object
	if this != nil {
		state, _ = gojax.Field(this, kReadableState).(*goja.Object)
	}
	if state == nil {
		return r.pushSlow(c)
	}
	chunk := c.Argument(0)
	bits := bitsOf(state)
	if chunk == r.null && bits&rDecoder == 0 {
		r.setBits(state, bits&^rReading)
		r.eof(this, state)
		return r.no
	}
	n := int64(-1)
	if bits&(rEnded|rDestroyed|rErrored|rDecoder) == 0 {
		if bits&rObjectMode == 0 {
			n = int64(r.bufferLen(chunk))
		} else if chunk != r.null {
			n = 1
		}
	}
	if n <= 0 {
		return r.pushSlow(c)
	}
	length := intOf(state, "length")
	bits &^= rReading
	if bits&(rFlowing|rSync|rDataListening) == rFlowing|rDataListening && length == 0 {
		r.drained(state, bits)
		r.setInt(state, "state", bits|rDataEmitted)
		r.call(this, "emit", r.env.VM().ToValue("data"), chunk)
		bits = intOf(state, "state")
	} else {
		r.setInt(state, "length", length+n)
		buf := gojax.Field(state, "buffer").(*goja.Object)
		r.setElement(buf, intOf(buf, "length"), chunk)
		r.setInt(state, "state", bits)
		if bits&rNeedReadable != 0 {
			r.emitReadable(this, state)
			bits = intOf(state, "state")
		}
	}
	r.readMore(this, state)
	length = intOf(state, "length")
	if bits&rEnded == 0 && (length == 0 || length < intOf(state, "highWaterMark")) {
		return r.yes
	}
	return r.no
}

// drained forgets the destinations that were waited for.
func (r *readable) drained(state *goja.Object, bits int64) {
	if bits&rMultiAwaitDrain != 0 {
		r.clearDrain(args(state))
	} else if gojax.Field(state, "awaitDrainWriters") != r.null {
		r.set(state, "awaitDrainWriters", r.null)
	}
}

// read is for read() and read(0).
func (r *readable) read(c goja.FunctionCall) goja.Value {
	this, _ := c.This.(*goja.Object)
	var state *goja.Object
	if this != nil {
		state, _ = gojax.Field(this, kReadableState).(*goja.Object)
	}
	arg := c.Argument(0)
	zero := arg.SameAs(r.zero)
	if state == nil || (arg != r.undef && !zero) {
		return r.readSlow(c)
	}
	bits, length, hwm := intOf(state, "state"), intOf(state, "length"), intOf(state, "highWaterMark")
	if zero {
		if bits&rNeedReadable != 0 && (bits&rEnded != 0 || (hwm != 0 && length >= hwm) || (hwm == 0 && length > 0)) {
			return r.readSlow(c)
		}
	} else {
		bits &^= rEmittedReadable
	}
	n := r.howMuch(state, bits, length, zero)
	if n == 0 && bits&rEnded != 0 {
		r.setInt(state, "state", bits)
		if length == 0 {
			r.endReadable(this)
		}
		return r.null
	}
	if (bits&rNeedReadable != 0 || length == 0 || length-n < hwm) &&
		bits&(rEnded|rReading|rDestroyed|rErrored|rConstructed) == rConstructed {
		bits |= rReading | rSync
		if length == 0 {
			bits |= rNeedReadable
		}
		r.setInt(state, "state", bits)
		if ex := r.vm.Try(func() { r.call(this, "_read", gojax.Field(state, "highWaterMark")) }); ex != nil {
			r.fail(args(this, ex.Value()))
		}
		bits = intOf(state, "state") &^ rSync
		length = intOf(state, "length")
		if bits&rReading == 0 {
			n = r.howMuch(state, bits, length, zero)
		}
	}
	ret := r.null
	if n > 0 {
		r.setInt(state, "state", bits)
		ret = r.take(state, n, bits&rObjectMode != 0)
	}
	if ret == r.null {
		if length <= intOf(state, "highWaterMark") {
			bits |= rNeedReadable
		}
		n = 0
	} else {
		length -= n
		r.setInt(state, "length", length)
		r.drained(state, bits)
	}
	ending := false
	if length == 0 {
		if bits&rEnded == 0 {
			bits |= rNeedReadable
		} else {
			ending = !zero || n != 0
		}
	}
	emit := ret != r.null && bits&(rErrorEmitted|rCloseEmitted) == 0
	if emit {
		bits |= rDataEmitted
	}
	r.setInt(state, "state", bits)
	if ending {
		r.endReadable(this)
	}
	if emit {
		r.call(this, "emit", r.vm.ToValue("data"), ret)
	}
	return ret
}

func (r *readable) howMuch(state *goja.Object, bits, length int64, zero bool) int64 {
	switch {
	case zero, length == 0 && bits&rEnded != 0:
		return 0
	case bits&rObjectMode != 0:
		return 1
	case bits&rFlowing != 0 && length > 0:
		buf := gojax.Field(state, "buffer").(*goja.Object)
		first := buf.Get(strconv.FormatInt(intOf(state, "bufferIndex"), 10))
		if n := r.bufferLen(first); n >= 0 {
			return int64(n)
		}
		return first.ToObject(r.vm).Get("length").ToInteger()
	}
	return length
}

// take takes one object, or n bytes, off the buffer's front.
func (r *readable) take(state *goja.Object, n int64, object bool) goja.Value {
	buf := gojax.Field(state, "buffer").(*goja.Object)
	idx, size := intOf(state, "bufferIndex"), intOf(buf, "length")
	if idx >= size {
		return r.null
	}
	key := strconv.FormatInt(idx, 10)
	first := buf.Get(key)
	if !object && int64(r.bufferLen(first)) != n {
		return r.fromList(args(r.vm.ToValue(n), state))
	}
	idx++
	switch {
	case idx == size:
		r.setInt(buf, "length", 0)
		if idx > 1 {
			r.setInt(state, "bufferIndex", 0)
		}
	case idx > 1024 && idx*2 > size:
		r.setInt(state, "bufferIndex", idx-1)
		return r.fromList(args(r.vm.ToValue(n), state))
	default:
		r.setElement(buf, idx-1, r.null)
		r.setInt(state, "bufferIndex", idx)
	}
	return first
}
