package eventloop

// Events is a set of readiness conditions for Handle.Watch.
type Events uint8

// Readiness conditions. Hangup and Error are reported whether asked for or not.
const (
	Readable Events = 1 << iota
	Writable
	Hangup
	Error
)

// A Handle is a long-lived object of the loop, as libuv's uv_handle_t: a
// server, socket, port, watcher or child process. It keeps the loop alive
// while it is active (Start, or watching a descriptor) and ref'd.
//
// All methods but Post belong to the loop's goroutine.
type Handle struct {
	loop    *Loop
	id      uint64
	kind    string
	fd      int
	watch   Events
	ready   func(Events)
	active  bool
	unref   bool
	closing bool
	closed  bool
	context any // of the ContextHook
	owner   any
	// Data is the owner's: a label for getActiveResourcesInfo, say.
	Data any
}

// NewHandle returns an inactive, ref'd handle. kind is libuv's or Node's name
// for it (TCPSocketWrap, Timeout, FSEventWrap …).
func (l *Loop) NewHandle(kind string) *Handle { return l.NewHandleFor(kind, nil) }

// NewHandleFor is NewHandle for what the ContextHook shall see as the
// handle's owner.
func (l *Loop) NewHandleFor(kind string, owner any) *Handle {
	l.nextID++
	h := &Handle{loop: l, id: l.nextID, kind: kind, fd: -1, owner: owner, context: l.capture(kind, owner)}
	l.handles[h] = struct{}{}
	if l.observer != nil {
		l.observer.HandleOpen(h)
	}
	return h
}

// Kind returns the name given to NewHandle.
func (h *Handle) Kind() string { return h.kind }

// Owner returns what SetOwner or NewHandleFor was given.
func (h *Handle) Owner() any { return h.owner }

// SetOwner names what the handle belongs to, for who lists active handles.
func (h *Handle) SetOwner(owner any) { h.owner = owner }

// Active reports whether the handle is started or watching.
func (h *Handle) Active() bool { return h.active || h.watch != 0 }

func (h *Handle) alive() bool { return !h.closing && !h.unref && h.Active() }

func (h *Handle) change(f func()) {
	was := h.alive()
	f()
	if now := h.alive(); now != was {
		if now {
			h.loop.alive++
		} else {
			h.loop.alive--
		}
	}
}

// Start marks the handle active.
func (h *Handle) Start() { h.change(func() { h.active = true }) }

// Stop marks the handle inactive; a watched descriptor is not affected.
func (h *Handle) Stop() { h.change(func() { h.active = false }) }

// Ref makes an active handle keep the loop alive. Idempotent.
func (h *Handle) Ref() { h.change(func() { h.unref = false }) }

// Unref undoes Ref. Idempotent.
func (h *Handle) Unref() { h.change(func() { h.unref = true }) }

// HasRef reports whether the handle is ref'd and not closing.
func (h *Handle) HasRef() bool { return !h.unref && !h.closing }

// Refed reports whether the handle is ref'd, be it closing: as libuv's
// uv_has_ref, which programs see in lists of handles.
func (h *Handle) Refed() bool { return !h.unref }

// Closing reports whether Close was called.
func (h *Handle) Closing() bool { return h.closing }

// Watch asks for ready to be called in the poll phase whenever fd is ready
// for one of events, level-triggered. It replaces an earlier Watch; events 0
// stops. The descriptor must be non-blocking, and stay open until the watch
// has been stopped or the handle closed. It returns ErrNotPollable where the
// descriptor cannot be polled (a regular file, or a platform without poller).
func (h *Handle) Watch(fd int, events Events, ready func(Events)) error {
	if h.closing {
		return ErrClosed
	}
	events &= Readable | Writable
	if events == h.watch && fd == h.fd {
		h.ready = ready
		return nil
	}
	if err := h.loop.updateWatch(h, fd, events); err != nil {
		return err
	}
	h.change(func() { h.watch = events })
	h.fd, h.ready = fd, ready
	return nil
}

// Post runs fn on the loop in the poll phase, from any goroutine. It is
// dropped once the handle closes; the result is false once the loop has.
func (h *Handle) Post(fn func()) bool {
	return h.loop.post(h.kind, func() {
		if !h.closing {
			h.loop.in(h.context, fn)
		}
	})
}

// Call runs fn now as a callback of the handle: for who batches the posts of
// several handles. It does nothing once the handle closes.
func (h *Handle) Call(fn func()) {
	if !h.closing {
		h.loop.callback(PhasePoll, h.kind, func() { h.loop.in(h.context, fn) })
	}
}

// Close stops the handle and runs done (which may be nil) in the close phase.
// Closing twice is a no-op and drops the second done.
func (h *Handle) Close(done func()) {
	if h.closing {
		return
	}
	if h.watch != 0 {
		_ = h.loop.updateWatch(h, h.fd, 0)
	}
	h.change(func() { h.watch, h.active, h.closing = 0, false, true })
	h.fd, h.ready = -1, nil
	l := h.loop
	l.closing = append(l.closing, closeItem{h, done})
}

type closeItem struct {
	h    *Handle
	done func()
}

// A Request is a one-shot operation, as libuv's uv_req_t: it keeps the loop
// alive until it is done.
type Request struct {
	loop   *Loop
	id     uint64
	kind   string
	done   bool
	cancel func()
}

// NewRequest registers an operation in progress: a connect, a write.
func (l *Loop) NewRequest(kind string) *Request {
	l.nextID++
	r := &Request{loop: l, id: l.nextID, kind: kind}
	l.requests[r] = struct{}{}
	if l.onRequest != nil {
		l.onRequest.RequestStart(r)
	}
	return r
}

// Kind returns the request's name.
func (r *Request) Kind() string { return r.kind }

// Job reports whether the request is a pool job's.
func (r *Request) Job() bool { return r.cancel != nil }

// Cancel ends the context of a pool job; one that had not begun will not.
// The completion callback still runs.
func (r *Request) Cancel() {
	if r.cancel != nil {
		r.cancel()
	}
}

// Done ends the request. Idempotent; on the loop only.
func (r *Request) Done() {
	if !r.done {
		r.done = true
		delete(r.loop.requests, r)
		if r.loop.onRequest != nil {
			r.loop.onRequest.RequestEnd(r)
		}
	}
}
