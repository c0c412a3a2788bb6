package worker_threads

import (
	"slices"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/clone"
)

// endpoint is one end of a message channel. Messages wait in it until an
// isolate that owns it takes them; in transit between two isolates nobody does.
type endpoint struct {
	mu     sync.Mutex
	queue  []*clone.Message
	head   int
	peer   *endpoint // nil for members of a broadcast channel
	wake   func()    // tells the owner that there is something to take; nil in transit
	woken  bool      // wake has been called and nothing taken since
	closed bool      // this end
	ended  bool      // the other end has closed
}

func newChannel() (a, b *endpoint) {
	a, b = &endpoint{}, &endpoint{}
	a.peer, b.peer = b, a
	return a, b
}

// deliver puts a message into e's queue; dropped once e is closed.
func (e *endpoint) deliver(m *clone.Message) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		discard(m)
		return
	}
	e.queue = append(e.queue, m)
	wake := e.rouse()
	e.mu.Unlock()
	if wake != nil {
		wake()
	}
}

// discard closes the ports that travel in a message which nobody will get.
func discard(m *clone.Message) {
	for _, h := range m.Moved() {
		if t, ok := h.(transfer); ok {
			t.end.close()
		}
	}
}

// rouse returns the function to call, with the lock held, once.
func (e *endpoint) rouse() func() {
	if e.woken || e.wake == nil {
		return nil
	}
	e.woken = true
	return e.wake
}

// take returns the next message; ended is true if there is none and there
// will be none.
func (e *endpoint) take() (m *clone.Message, ended bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.woken = false
	if e.head == len(e.queue) {
		return nil, e.ended
	}
	m = e.queue[e.head]
	e.queue[e.head] = nil
	e.head++
	if e.head == len(e.queue) {
		e.queue, e.head = e.queue[:0], 0
	}
	return m, false
}

// drained reports whether there is nothing to take and there will be nothing.
func (e *endpoint) drained() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ended && e.head == len(e.queue)
}

// attach gives e an owner.
func (e *endpoint) attach(wake func()) {
	e.mu.Lock()
	e.wake, e.woken = wake, false
	var call func()
	if e.head < len(e.queue) || e.ended {
		call = e.rouse()
	}
	e.mu.Unlock()
	if call != nil {
		call()
	}
}

func (e *endpoint) detach() {
	e.mu.Lock()
	e.wake = nil
	e.mu.Unlock()
}

// close ends both directions: the other end takes what is queued, and then ends.
func (e *endpoint) close() {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return
	}
	e.closed = true
	lost := e.queue[e.head:]
	e.queue, e.head = nil, 0
	peer := e.peer
	e.mu.Unlock()
	for _, m := range lost {
		discard(m)
	}
	if peer == nil {
		return
	}
	peer.mu.Lock()
	peer.ended = true
	wake := peer.rouse()
	peer.mu.Unlock()
	if wake != nil {
		wake()
	}
}

// port is an endpoint that this isolate owns, with its JavaScript MessagePort.
type port struct {
	id        int
	end       *endpoint
	handle    *eventloop.Handle
	object    *goja.Object
	channel   string // of a BroadcastChannel, its name
	broadcast bool
	context   bool // lives in a vm context: no event target
	started   bool
	receiving bool // inside drain
	closeNext bool // closed by its own receiver: what is queued comes first
	closing   bool
	wasRef    bool // when it was closed, until the close phase
}

// transfer is a port on its way to another isolate.
type transfer struct{ end *endpoint }

// Decode makes the port of the isolate that receives it.
func (t transfer) Decode(c *clone.Codec) *goja.Object {
	st := c.Data.(*state)
	return st.adopt(t.end).object
}

// adopt makes a port over an endpoint.
func (st *state) adopt(end *endpoint) *port {
	st.nextPort++
	p := &port{id: st.nextPort, end: end, context: st.inContext}
	make := st.makePort
	if p.context {
		make = st.makeContextPort
	}
	v, err := make(goja.Undefined(), st.vm.ToValue(p.id))
	if err != nil {
		panic(err)
	}
	p.object = v.(*goja.Object)
	st.ports[p.id] = p
	st.byObject[p.object] = p
	// In a script's async hook, which runs in here, the port is an idle one.
	p.handle = st.env.Loop().NewHandleFor("MessagePort", p.object)
	p.handle.Start()
	if !p.context {
		p.handle.Unref()
		st.must(st.initPort(goja.Undefined(), p.object))
	}
	end.attach(func() { st.wakePort(p) })
	return p
}

// hasRef is false for a port that is still being made, and what it was until
// a port has closed.
func (p *port) hasRef() bool {
	if p.closing {
		return p.wasRef
	}
	return p.handle != nil && p.handle.HasRef()
}

// wakePort asks for p to be drained, from any goroutine. Ports that were woken
// since the last turn are drained in the order in which they were made, as
// libuv goes through its async handles.
func (st *state) wakePort(p *port) {
	st.wakeMu.Lock()
	st.woken = append(st.woken, p)
	first := len(st.woken) == 1
	st.wakeMu.Unlock()
	if first {
		st.env.Loop().Post(st.drainWoken)
	}
}

func (st *state) drainWoken() {
	st.wakeMu.Lock()
	list := st.woken
	st.woken = nil
	st.wakeMu.Unlock()
	slices.SortFunc(list, func(a, b *port) int { return a.id - b.id })
	for _, p := range list {
		p.handle.Call(func() { st.drain(p) })
	}
}

// batch bounds how many messages are delivered in one go, so that two ports
// that answer each other do not starve the rest of the loop.
const batch = 1000

// drain delivers what is queued.
func (st *state) drain(p *port) {
	if !p.started {
		if p.end.drained() {
			p.handle.Unref()
			st.closePort(p)
		}
		return
	}
	p.receiving = true
	defer func() { p.receiving = false }()
	for range batch {
		if p.closing || !p.started {
			return
		}
		m, ended := p.end.take()
		if m == nil {
			if ended {
				p.handle.Unref() // nobody waits for it any more
			}
			if ended || p.closeNext {
				st.closePort(p)
			}
			return
		}
		st.dispatch(p, m)
	}
	st.wakePort(p)
}

// dispatch decodes a message and emits it; one that cannot be decoded is a messageerror.
func (st *state) dispatch(p *port, m *clone.Message) {
	st.env.Enter(func() {
		var v goja.Value
		ports := goja.Undefined()
		st.inContext = p.context
		ex := st.vm.Try(func() { v, ports = st.decode(m) })
		st.inContext = false
		if ex != nil {
			st.must(st.emitMessage(goja.Undefined(), p.object, ex.Value(), st.vm.ToValue(true)))
			return
		}
		st.must(st.emitMessage(goja.Undefined(), p.object, v, st.vm.ToValue(false), ports))
	})
}

// decode is a message's value and an array of what was transferred with it, if anything.
func (st *state) decode(m *clone.Message) (v, moved goja.Value) {
	v, list := st.codec.DecodeMoved(m)
	if len(list) == 0 {
		return v, goja.Undefined()
	}
	items := make([]any, len(list))
	for i, x := range list {
		items[i] = x
	}
	return v, st.vm.NewArray(items...)
}

func (st *state) must(_ goja.Value, err error) {
	if err != nil {
		panic(err)
	}
}

// closePort closes a port and emits 'close' in the close phase.
func (st *state) closePort(p *port) {
	if p.closing {
		return
	}
	p.closing, p.wasRef = true, p.handle.HasRef()
	st.ending[p.id] = p
	if p.broadcast {
		st.hub.leave(p.channel, p.end)
	}
	p.end.close()
	delete(st.ports, p.id)
	delete(st.byObject, p.object)
	p.handle.Close(func() {
		p.wasRef = false
		st.env.Call(st.emitClose, goja.Undefined(), p.object)
		delete(st.ending, p.id)
	})
}

// release takes a port out of this isolate, for transfer.
func (st *state) release(p *port) *endpoint {
	p.closing = true
	p.end.detach()
	delete(st.ports, p.id)
	delete(st.byObject, p.object)
	p.handle.Close(nil)
	return p.end
}
