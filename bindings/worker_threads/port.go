package worker_threads

import (
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
		return
	}
	e.queue = append(e.queue, m)
	wake := e.rouse()
	e.mu.Unlock()
	if wake != nil {
		wake()
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
	e.queue, e.head = nil, 0
	peer := e.peer
	e.mu.Unlock()
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
	id       int
	end      *endpoint
	handle   *eventloop.Handle
	object   *goja.Object
	started  bool
	leftover bool // there was something to take while it was not started
	closing  bool
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
	p := &port{id: st.nextPort, end: end, handle: st.env.Loop().NewHandle("MessagePort")}
	p.handle.Start()
	p.handle.Unref()
	st.ports[p.id] = p
	v, err := st.makePort(goja.Undefined(), st.vm.ToValue(p.id))
	if err != nil {
		panic(err)
	}
	p.object = v.(*goja.Object)
	st.byObject[p.object] = p
	handle := p.handle
	end.attach(func() { handle.Post(func() { st.drain(p) }) })
	return p
}

// batch bounds how many messages are delivered in one go, so that two ports
// that answer each other do not starve the rest of the loop.
const batch = 1000

// drain delivers what is queued.
func (st *state) drain(p *port) {
	if !p.started {
		p.leftover = true
		p.end.mu.Lock()
		ended := p.end.ended
		p.end.mu.Unlock()
		if ended {
			st.closePort(p)
		}
		return
	}
	for range batch {
		if p.closing || !p.started {
			return
		}
		m, ended := p.end.take()
		if m == nil {
			if ended {
				st.closePort(p)
			}
			return
		}
		st.dispatch(p, m)
	}
	p.handle.Post(func() { st.drain(p) })
}

// dispatch decodes a message and emits it; one that cannot be decoded is a messageerror.
func (st *state) dispatch(p *port, m *clone.Message) {
	st.env.Enter(func() {
		var v goja.Value
		if ex := st.vm.Try(func() { v = st.codec.Decode(m) }); ex != nil {
			st.must(st.emitMessage(goja.Undefined(), p.object, ex.Value(), st.vm.ToValue(true)))
			return
		}
		st.must(st.emitMessage(goja.Undefined(), p.object, v, st.vm.ToValue(false)))
	})
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
	p.closing = true
	p.end.close()
	delete(st.ports, p.id)
	delete(st.byObject, p.object)
	p.handle.Close(func() {
		st.env.Call(st.emitClose, goja.Undefined(), p.object)
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
