package runtime

import (
	"container/heap"
	"math"
	"math/big"
	"reflect"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/trace"
)

// timerSet is Node's timers: lists of equal duration, and a heap of the lists
// by expiry, on one loop timer; and the queue of immediates on one loop
// immediate. What Timeout and Immediate objects show as properties is read from
// there, since programs write to it; the lists are linked here, and the
// properties _idleNext and _idlePrev follow.
type timerSet struct {
	iso   *Isolate
	start time.Duration

	timer      *eventloop.Timer
	lists      map[int64]*timerList // by duration
	heap       listHeap
	listID     int64
	nextExpiry int64
	refs       int
	current    *timeout           // whose callback runs
	known      map[int64]*timeout // that were made a primitive, by asyncId

	timeouts   *gojax.Shape[timeout]
	immediates *gojax.Shape[immediate]
	listShape  *gojax.Shape[timerList]
	warn       goja.Callable // about a duration that is none

	first, last *immediate // the queue
	outstanding *immediate // what was left when a callback threw
	im          *eventloop.Immediate
	imOn        bool // the loop immediate keeps the loop alive
	imRefs      int
}

// The slots of the objects' properties.
const (
	idleTimeout = iota
	idlePrev
	idleNext
	idleStart
	onTimeout
	timerArgs
	repeat
	timeoutDestroyed
	timeoutSlots
)
const (
	immediateNext = iota
	immediatePrev
	onImmediate
	argv
	immediateDestroyed
	immediateSlots
)
const (
	listNext = iota
	listPrev
	listExpiry
	listID
	listMsecs
	listPosition
	listSlots
)

// tri is a boolean that may not have been set.
type tri int8

const (
	unset tri = iota
	no
	yes
)

func triOf(b bool) tri {
	if b {
		return yes
	}
	return no
}

// resource is what both kinds of objects are to async_hooks.
type resource struct {
	id, trigger int64
	state       *asyncState
}

type timeout struct {
	slots [timeoutSlots]gojax.Slot
	resource
	obj        *goja.Object
	list       *timerList // nil: in none
	next, prev *timeout
	refed      tri
	primitive  bool // was made one
}

type immediate struct {
	slots [immediateSlots]gojax.Slot
	resource
	obj        *goja.Object
	next, prev *immediate
	refed      tri // unset: it has run
}

// timerList is all timers of one duration, in the order in which they are due.
type timerList struct {
	slots       [listSlots]gojax.Slot
	obj         *goja.Object
	msecs       int64
	expiry, id  int64
	index       int
	first, last *timeout
}

type listHeap []*timerList

func (h listHeap) Len() int { return len(h) }
func (h listHeap) Less(i, j int) bool {
	return h[i].expiry < h[j].expiry || h[i].expiry == h[j].expiry && h[i].id < h[j].id
}
func (h listHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *listHeap) Push(x any) {
	l := x.(*timerList)
	l.index = len(*h)
	*h = append(*h, l)
}
func (h *listHeap) Pop() any {
	old := *h
	l := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return l
}

const (
	never      = math.MaxInt64
	timeoutMax = 1<<31 - 1
	maxSafe    = 1<<53 - 1
)

func newTimerSet(iso *Isolate) *timerSet {
	return &timerSet{
		iso: iso, start: iso.loop.Now(), nextExpiry: never, listID: -maxSafe,
		lists: map[int64]*timerList{}, known: map[int64]*timeout{},
	}
}

func (ts *timerSet) now() int64 { return int64((ts.iso.loop.Now() - ts.start) / time.Millisecond) }

func (ts *timerSet) updatedNow() int64 {
	ts.iso.loop.UpdateTime()
	return ts.now()
}

// --- The loop's timer and immediate

func (ts *timerSet) schedule(ms int64) {
	d := time.Duration(min(max(ms, 1), 1<<40)) * time.Millisecond
	if ts.timer == nil {
		ts.timer = ts.iso.loop.SetTimer(d, ts.fire)
		ts.timer.Unref() // a timer of the script says when it keeps the loop alive
		return
	}
	ts.timer.Reset(d)
}

func (ts *timerSet) keepAlive(on bool) {
	if ts.timer == nil {
		ts.timer = ts.iso.loop.SetTimer(time.Hour, ts.fire)
		ts.timer.Stop()
	}
	if on {
		ts.timer.Ref()
	} else {
		ts.timer.Unref()
	}
}

func (ts *timerSet) ref() {
	if ts.refs++; ts.refs == 1 {
		ts.keepAlive(true)
	}
}

func (ts *timerSet) unref() {
	if ts.refs--; ts.refs == 0 {
		ts.keepAlive(false)
	}
}

func (ts *timerSet) fire() {
	iso := ts.iso
	// An exception leaves the hook early; libuv's callback calls it again.
	for !iso.exited {
		ok := iso.Enter(func() {
			v, err := iso.hooks.processTimers(goja.Undefined(), iso.vm.ToValue(ts.now()))
			iso.must(v, err)
			// Before the microtasks run: they may set timers of their own.
			if next := v.ToInteger(); next != 0 {
				ts.schedule(max(next, -next) - ts.now())
				ts.keepAlive(next > 0)
			}
		})
		if ok {
			return
		}
	}
}

func (ts *timerSet) check() {
	ts.im = nil
	ts.iso.runLater()
	for !ts.iso.exited {
		if ts.iso.Enter(func() { ts.iso.must(ts.iso.hooks.processImmediate(goja.Undefined())) }) {
			return
		}
	}
}

func (ts *timerSet) arm() {
	if ts.im == nil {
		ts.im = ts.iso.loop.SetImmediate(ts.check)
		if !ts.imOn {
			ts.im.Unref()
		}
	}
}

func (ts *timerSet) keepImmediateAlive(on bool) {
	ts.imOn = on
	ts.arm()
	if on {
		ts.im.Ref()
	} else {
		ts.im.Unref()
	}
}

func (ts *timerSet) refImmediate() {
	if ts.imRefs++; ts.imRefs == 1 {
		ts.keepImmediateAlive(true)
	}
}

func (ts *timerSet) unrefImmediate() {
	if ts.imRefs--; ts.imRefs == 0 {
		ts.keepImmediateAlive(false)
	}
}

// --- Asynchronous context

func (ts *timerSet) initAsync(r *resource, obj *goja.Object, kind string) {
	a := &ts.iso.async
	if !a.on {
		r.id, r.trigger = a.newID(), a.curID()
		return
	}
	r.state = a.capture(obj)
	ts.iso.emitInit(r.state, kind)
	r.id, r.trigger = r.state.id, r.state.trigger
}

func (ts *timerSet) emitDestroy(r *resource) {
	if r.state != nil {
		ts.iso.emitDestroy(r.state)
	}
}

// --- Timeouts

var bigIntType = reflect.TypeFor[*big.Int]()

// duration is what the argument of setTimeout means.
func (ts *timerSet) duration(v goja.Value) goja.Value {
	if goja.IsUndefined(v) {
		return ts.iso.vm.ToValue(1)
	}
	if v.ExportType() == bigIntType {
		panic(ts.iso.vm.NewTypeError("Cannot mix BigInt and other types, use explicit conversions"))
	}
	v = v.ToNumber()
	if f := v.ToFloat(); f >= 1 && f <= timeoutMax {
		return v
	}
	ts.iso.must(ts.warn(goja.Undefined(), v))
	return ts.iso.vm.ToValue(1)
}

// newTimeout makes a Timeout that does not run yet.
func (ts *timerSet) newTimeout(callback, after, args goja.Value, repeats bool, ref tri) *timeout {
	after = ts.duration(after)
	null := goja.Null()
	rep := null
	if repeats {
		rep = after
	}
	obj, t := ts.timeouts.New()
	t.obj, t.refed = obj, ref
	for i, v := range [timeoutSlots]goja.Value{after, null, null, null, callback, args, rep, ts.boolean(false)} {
		t.slots[i].Set(v)
	}
	if ref == yes {
		ts.ref()
	}
	ts.initAsync(&t.resource, obj, "Timeout")
	ts.iso.mark(t.state, trace.KindTimeout, callback)
	return t
}

func (ts *timerSet) boolean(b bool) goja.Value { return ts.iso.vm.ToValue(b) }

func (t *timeout) destroyed() bool   { return t.slots[timeoutDestroyed].Get().ToBoolean() }
func (t *immediate) destroyed() bool { return t.slots[immediateDestroyed].Get().ToBoolean() }

func (l *timerList) append(t *timeout) {
	if t.list != nil {
		t.list.unlink(t)
	}
	t.list, t.prev, t.next = l, l.last, nil
	t.slots[idleNext].Set(l.obj)
	if l.last != nil {
		l.last.next = t
		l.last.slots[idleNext].Set(t.obj)
		t.slots[idlePrev].Set(l.last.obj)
	} else {
		l.first = t
		l.slots[listNext].Set(t.obj)
		t.slots[idlePrev].Set(l.obj)
	}
	l.last = t
	l.slots[listPrev].Set(t.obj)
}

func (l *timerList) unlink(t *timeout) {
	before, after := t.slots[idlePrev].Get(), t.slots[idleNext].Get()
	if t.prev != nil {
		t.prev.next = t.next
		t.prev.slots[idleNext].Set(after)
	} else {
		l.first = t.next
		l.slots[listNext].Set(after)
	}
	if t.next != nil {
		t.next.prev = t.prev
		t.next.slots[idlePrev].Set(before)
	} else {
		l.last = t.prev
		l.slots[listPrev].Set(before)
	}
	t.list, t.next, t.prev = nil, nil, nil
	t.slots[idleNext].Set(goja.Null())
	t.slots[idlePrev].Set(goja.Null())
}

// insert puts a timer into the list of its duration.
func (ts *timerSet) insert(t *timeout, msecs goja.Value, start int64) {
	ms := min(msecs.ToInteger(), maxSafe)
	vm := ts.iso.vm
	t.slots[idleStart].Set(vm.ToValue(start))
	l := ts.lists[ms]
	if l == nil {
		var obj *goja.Object
		obj, l = ts.listShape.New()
		l.obj, l.msecs = obj, ms
		for i, v := range [listSlots]goja.Value{obj, obj, nil, nil, vm.ToValue(ms), goja.Null()} {
			l.slots[i].Set(v)
		}
		ts.expire(l, start+ms)
		ts.lists[ms] = l
		heap.Push(&ts.heap, l)
		if ts.nextExpiry > l.expiry {
			ts.schedule(ms)
			ts.nextExpiry = l.expiry
		}
	}
	l.append(t)
}

// activate starts a timer, or starts it again.
func (ts *timerSet) activate(t *timeout, ref bool) {
	ms := t.slots[idleTimeout].Get()
	if goja.IsUndefined(ms) || ms.ToFloat() < 0 {
		return
	}
	ts.insert(t, ms, ts.updatedNow())
	if t.refed == unset || t.destroyed() {
		t.slots[timeoutDestroyed].Set(ts.boolean(false))
		if ref {
			ts.ref()
		}
	}
	t.refed = triOf(ref)
}

// forget says that a timer has run for the last time, or was cleared.
func (ts *timerSet) forget(t *timeout) {
	t.slots[timeoutDestroyed].Set(ts.boolean(true))
	if t.primitive {
		delete(ts.known, t.id)
	}
	ts.emitDestroy(&t.resource)
	if t.refed == yes {
		ts.unref()
	}
}

// unenroll takes a timer from its list, and the list away if it was the last.
func (ts *timerSet) unenroll(t *timeout) {
	if t.destroyed() {
		return
	}
	if l := t.list; l != nil {
		l.unlink(t)
		if l.first == nil && ts.lists[l.msecs] == l {
			ts.drop(l)
			if len(ts.heap) > 0 && l.msecs == ts.nextExpiry {
				ts.nextExpiry = ts.heap[0].expiry
			}
		}
	}
	ts.forget(t)
	t.slots[idleTimeout].Set(ts.iso.vm.ToValue(-1))
}

func (ts *timerSet) drop(l *timerList) {
	heap.Remove(&ts.heap, l.index)
	delete(ts.lists, l.msecs)
}

// clear is clearTimeout of a Timeout, or of the number that one was made.
func (ts *timerSet) clear(v goja.Value) {
	t := ts.timeouts.State(v)
	if t == nil {
		if t = ts.byID(v); t == nil {
			return
		}
	} else if !t.slots[onTimeout].Get().ToBoolean() {
		return
	}
	// One that is running keeps its arguments.
	gone := goja.Null()
	if t.list != nil {
		gone = goja.Undefined()
		t.slots[timerArgs].Set(gone)
	}
	t.slots[onTimeout].Set(gone)
	ts.unenroll(t)
}

func (ts *timerSet) byID(v goja.Value) *timeout {
	if len(ts.known) == 0 || goja.IsUndefined(v) || goja.IsNull(v) {
		return nil
	}
	switch v.ExportType().Kind() {
	case reflect.Int64, reflect.Float64, reflect.String:
		if id := v.ToFloat(); id == math.Trunc(id) {
			return ts.known[int64(id)]
		}
	}
	return nil
}

// run runs the timers that are due and returns when the next one is: negative
// if none of them keeps the loop alive, 0 if there is none.
func (ts *timerSet) run(now int64) int64 {
	ts.nextExpiry = never
	for ran := false; len(ts.heap) > 0; ran = true {
		l := ts.heap[0]
		if l.expiry > now {
			// What has come due meanwhile waits for the next turn.
			ts.nextExpiry = l.expiry
			if ts.refs > 0 {
				return l.expiry
			}
			return -l.expiry
		}
		if ran {
			ts.iso.drainInside()
		}
		ts.runList(l, now)
	}
	return 0
}

func (ts *timerSet) runList(l *timerList, now int64) {
	var restart int64
	ex := ts.iso.vm.Try(func() {
		for ran := false; l.first != nil; {
			t := l.first
			start := t.slots[idleStart].Get().ToInteger()
			if now-start < l.msecs {
				ts.expire(l, max(start+l.msecs, now+1))
				heap.Fix(&ts.heap, l.index)
				return
			}
			if ran {
				ts.iso.drainInside()
			}
			ran = true
			if t.list != nil { // a tick may have cleared it
				t.list.unlink(t)
			}
			fn := t.slots[onTimeout].Get()
			if !fn.ToBoolean() {
				if !t.destroyed() {
					ts.forget(t)
				}
				continue
			}
			restart = -1
			if t.slots[repeat].Get().ToBoolean() {
				restart = ts.updatedNow()
			}
			ts.current = t
			if t.state != nil {
				ts.iso.enterAsync(t.state)
			}
			ts.call(t.obj, "timer._onTimeout", fn, t.slots[timerArgs].Get())
			ts.current = nil
			ts.after(t, restart)
			if t.state != nil {
				ts.iso.exitAsync()
			}
		}
		// Nothing is left in the list: it goes, unless a callback has replaced it.
		if ts.lists[l.msecs] == l {
			ts.drop(l)
		}
	})
	if ex != nil {
		if t := ts.current; t != nil {
			ts.current = nil
			ts.after(t, restart)
		}
		panic(ex)
	}
}

// expire says when the first timer of a list is due.
func (ts *timerSet) expire(l *timerList, at int64) {
	l.expiry, l.id = at, ts.listID
	ts.listID++
	l.slots[listExpiry].Set(ts.iso.vm.ToValue(l.expiry))
	l.slots[listID].Set(ts.iso.vm.ToValue(l.id))
}

// after starts an interval again, and ends a timeout. A timeout may have become
// an interval (start is negative then).
func (ts *timerSet) after(t *timeout, start int64) {
	rep := t.slots[repeat].Get()
	switch {
	case rep.ToBoolean() && t.slots[idleTimeout].Get().ToFloat() != -1:
		if start < 0 {
			start = ts.updatedNow()
		}
		t.slots[idleTimeout].Set(rep)
		ts.insert(t, rep, start)
	case t.list == nil && !t.destroyed():
		ts.forget(t)
	}
}

// call calls a callback with an array of arguments, or none.
func (ts *timerSet) call(this *goja.Object, what string, fn, args goja.Value) {
	f, ok := gojax.Callable(fn)
	if !ok {
		panic(ts.iso.vm.NewTypeError("%s is not a function", what))
	}
	list, ok := args.(*goja.Object)
	if !ok {
		gojax.Call(f, this)
		return
	}
	values, ok := gojax.Elements(list)
	if !ok {
		for i := range list.Get("length").ToInteger() {
			values = append(values, gojax.Get(list, ts.iso.vm.ToValue(i)))
		}
	}
	gojax.Call(f, this, values...)
}

// --- Immediates

func (ts *timerSet) newImmediate(callback, args goja.Value) *immediate {
	obj, im := ts.immediates.New()
	im.obj, im.refed = obj, yes
	for i, v := range [immediateSlots]goja.Value{goja.Null(), goja.Null(), callback, args, ts.boolean(false)} {
		im.slots[i].Set(v)
	}
	ts.initAsync(&im.resource, obj, "Immediate")
	ts.iso.mark(im.state, trace.KindImmediate, callback)
	ts.refImmediate()
	if ts.last == nil {
		ts.first = im
		ts.arm()
	} else {
		im.prev, ts.last.next = ts.last, im
		im.slots[immediatePrev].Set(ts.last.obj)
		ts.last.slots[immediateNext].Set(obj)
	}
	ts.last = im
	return im
}

func (ts *timerSet) dropImmediate(im *immediate) {
	if im.refed == yes {
		ts.unrefImmediate()
	}
	im.refed = unset
}

func (ts *timerSet) clearImmediate(v goja.Value) {
	im := ts.immediates.State(v)
	if im == nil || im.destroyed() || !im.slots[onImmediate].Get().ToBoolean() {
		return
	}
	im.slots[immediateDestroyed].Set(ts.boolean(true))
	ts.dropImmediate(im)
	ts.finish(im)
	switch {
	case im.prev != nil:
		im.prev.next = im.next
		im.prev.slots[immediateNext].Set(im.slots[immediateNext].Get())
	case ts.first == im:
		ts.first = im.next
	case ts.outstanding == im:
		ts.outstanding = im.next
	}
	switch {
	case im.next != nil:
		im.next.prev = im.prev
		im.next.slots[immediatePrev].Set(im.slots[immediatePrev].Get())
	case ts.last == im:
		ts.last = im.prev
	}
	im.prev = nil
	im.slots[immediatePrev].Set(goja.Null())
	// next stays: a queue that is being run may stand on this one.
	im.slots[immediateNext].Set(goja.Null())
}

func (ts *timerSet) runImmediates() {
	im := ts.outstanding
	if im == nil {
		im = ts.first
		ts.first, ts.last = nil, nil
	}
	ts.outstanding = nil
	var running *immediate
	ex := ts.iso.vm.Try(func() {
		for ran := false; im != nil; im = im.next {
			if im.destroyed() {
				continue
			}
			if ran {
				ts.iso.drainInside()
				if im.destroyed() {
					continue
				}
			}
			ran = true
			fn, args := im.slots[onImmediate].Get(), im.slots[argv].Get()
			im.slots[immediateDestroyed].Set(ts.boolean(true))
			ts.dropImmediate(im)
			running = im
			if im.state != nil {
				ts.iso.enterAsync(im.state)
			}
			ts.call(im.obj, "immediate._onImmediate", fn, args)
			running = nil
			ts.finish(im)
			if im.state != nil {
				ts.iso.exitAsync()
			}
		}
	})
	if ex != nil {
		ts.outstanding = im // a tick has thrown
		if running != nil {
			ts.finish(running)
			ts.outstanding = running.next
		}
		panic(ex)
	}
	if ts.first != nil {
		ts.arm()
		if ts.imRefs > 0 {
			ts.keepImmediateAlive(true)
		}
	}
}

// finish ends an immediate that has run or was cleared.
func (ts *timerSet) finish(im *immediate) {
	im.slots[onImmediate].Set(goja.Undefined())
	im.slots[argv].Set(goja.Undefined())
	ts.emitDestroy(&im.resource)
}
