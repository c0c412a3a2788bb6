package http

import (
	"io"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/httpwire"
	"github.com/gonode/gonode/internal/sock"
	"github.com/gonode/gonode/internal/streamwrap"
)

// thinState are the functions of _http_server that connections call.
type thinState struct {
	st      *streamwrap.State
	request goja.Value // 'request'
	// plain(server): the parser's lenient flags, or undefined if connections of
	// the server must be JavaScript's from the start.
	plain goja.Callable
	// promoted(server, handle, req, res, info): see conn.promote.
	promoted goja.Callable
	// timeout and late (socket): keepAliveTimeout; headersTimeout and requestTimeout.
	timeout, late      goja.Callable
	body, endOfBody    goja.Callable // (req, buffer); (req)
	assign             goja.Callable // (socket, req, res)
	drained            goja.Callable // (res)
	finished, ended    goja.Callable // (res, req); (res)
	kFinished          *goja.Symbol
	socketWrite        goja.Value // Writable.prototype's own
	writeHead          goja.Value // ServerResponse.prototype's own
	protoReq, protoRes *goja.Object
	servers            map[*goja.Object]*thinServer
	spare              [][]byte
}

// thinServer is a server whose connections live in Go until JavaScript looks.
type thinServer struct {
	r      *room
	server *goja.Object
	conns  map[*conn]struct{}
	// Idle connections in the order in which they became so; all wait equally long.
	first, last   *conn
	timer         *eventloop.Timer
	highWaterMark int
}

// conn is a connection of a thinServer. One request is answered at a time; a
// second one that comes in before that, and whatever else is out of the
// ordinary, makes it JavaScript's: see promote.
type conn struct {
	srv       *thinServer
	s         *sock.Stream
	p         *httpwire.Parser
	x         *exchange     // the request being read or answered
	jsp       *jsParser     // once there is a socket
	socket    *goja.Object  // see materialise
	busy      bool          // JavaScript is answering requests of this connection
	inRequest bool          // the 'request' listeners are running
	start     time.Duration // of the message being read, or of the connection; 0 between messages
	headDone  bool
	closed    bool
	paused    bool
	feeding   bool
	idleSince time.Duration
	wait      time.Duration
	prev      *conn
	next      *conn
	idle      bool
}

// exchange is a request and its response. Both objects carry it under kThin.
type exchange struct {
	conn      *conn
	head      *httpwire.Head
	req, res  *goja.Object
	headers   *outHeaders
	out       httpwire.Outgoing
	status    int
	headMade  bool // out is complete
	headSent  bool
	unsent    []byte // written while the listeners run
	drain     bool   // write() has asked for a 'drain'
	touched   bool   // a property that decides on framing was assigned
	ended     bool
	told      bool // 'finish' and 'close' are emitted, or will be
	endedTurn uint64
	over      bool
	reqDone   bool // the request has been read to its end
	eof       bool // its stream has been told so
	promoted  bool
	keepSet   bool   // shouldKeepAlive was assigned
	length    int64  // one more than the body's, while writeHead is called for end
	writeTurn uint64 // of the last write
	written   int    // in that turn
}

// thinOf is the exchange of a message that still lives in Go.
func (r *room) thinOf(msg *goja.Object) *exchange {
	x, _ := carried(msg, r.kThin).(*exchange)
	return x
}

func (r *room) thinHooks(hooks *goja.Object) {
	t := &r.thin
	if t.servers != nil {
		return
	}
	t.st = streamwrap.For(r.env)
	t.servers = map[*goja.Object]*thinServer{}
	t.request = r.vm.ToValue("request")
	for name, fn := range map[string]*goja.Callable{
		"plain": &t.plain, "promoted": &t.promoted, "timeout": &t.timeout, "late": &t.late,
		"body": &t.body, "endOfBody": &t.endOfBody, "finished": &t.finished, "ended": &t.ended,
		"assign": &t.assign, "drained": &t.drained,
	} {
		*fn, _ = goja.AssertFunction(hooks.Get(name))
	}
	t.writeHead = hooks.Get("writeHead")
	t.kFinished, _ = hooks.Get("kWritableFinished").(*goja.Symbol)
	t.socketWrite = hooks.Get("socketWrite")
	t.protoReq = hooks.Get("incoming").(*goja.Object)
	t.protoRes = hooks.Get("response").(*goja.Object)
}

func (r *room) thinServer(server *goja.Object) *thinServer {
	srv := r.thin.servers[server]
	if srv == nil {
		srv = &thinServer{r: r, server: server, conns: map[*conn]struct{}{}, highWaterMark: 1 << 16}
		if n, ok := toInt(server.Get("highWaterMark")); ok && n > 0 {
			srv.highWaterMark = int(n)
		}
		r.thin.servers[server] = srv
	}
	return srv
}

// adoptSocket(server, socket, parser, hooks): requests of a connection that
// has a socket already may be answered in Go, too.
func (r *room) adoptSocket(c goja.FunctionCall) goja.Value {
	server, socket := c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
	r.thinHooks(c.Argument(3).(*goja.Object))
	handle, _ := socket.Get("_handle").(*goja.Object)
	p, _ := carried(c.Argument(2).ToObject(r.vm), r.parserSym).(*jsParser)
	if handle == nil || p == nil || p.core == nil {
		return goja.Undefined()
	}
	s := r.thin.st.Stream(handle)
	if s == nil {
		return goja.Undefined()
	}
	srv := r.thin.servers[server]
	if srv == nil {
		// Not remembered: the connection alone refers to it.
		srv = &thinServer{r: r, server: server, conns: map[*conn]struct{}{}, highWaterMark: 1 << 16}
	}
	cn := &conn{srv: srv, s: s, p: p.core.p, jsp: p, socket: socket}
	p.core.conn = cn
	return r.carry(cn)
}

// adoptListener(server, hooks) makes Go accept the connections of a server.
func (r *room) adoptListener(c goja.FunctionCall) goja.Value {
	server := c.Argument(0).(*goja.Object)
	r.thinHooks(c.Argument(1).(*goja.Object))
	t := &r.thin
	handle, ok := server.Get("_handle").(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	l := t.st.Listener(handle)
	if l == nil {
		return goja.Undefined()
	}
	srv := r.thinServer(server)
	_ = l.Accept(func(s *sock.Stream, err error) { srv.accept(handle, s, err) })
	return goja.Undefined()
}

func (srv *thinServer) accept(handle *goja.Object, s *sock.Stream, err error) {
	r := srv.r
	if err == nil {
		if v, ok := r.env.Call(r.thin.plain, goja.Undefined(), srv.server); ok && !missing(v) {
			srv.add(s, httpwire.Lenient(v.ToInteger()))
			return
		}
	}
	fn, ok := goja.AssertFunction(handle.Get("onconnection"))
	switch {
	case !ok && s != nil:
		s.Close(nil)
	case !ok:
	case err != nil:
		r.env.Call(fn, handle, r.vm.ToValue(streamwrap.ErrNumber(err)), goja.Undefined())
	default:
		r.env.Call(fn, handle, r.vm.ToValue(0), r.thin.st.Wrap(s))
	}
}

func (srv *thinServer) add(s *sock.Stream, lenient httpwire.Lenient) {
	r := srv.r
	size := r.maxHeaderSize
	if n, ok := toInt(srv.server.Get("maxHeaderSize")); ok && n > 0 {
		size = int(n)
	}
	if v := srv.server.Get("noDelay"); v != nil && v.ToBoolean() {
		_ = s.SetNoDelay(true)
	}
	c := &conn{srv: srv, s: s, p: &httpwire.Parser{}, start: r.env.Loop().Now()}
	c.p.Reset(httpwire.Request, c, size, lenient)
	c.p.SetMaxFields(defaultMaxFields)
	srv.conns[c] = struct{}{}
	if err := s.ReadStart(c.onRead); err != nil {
		c.close()
	}
}

// ------------------------------------------------------------- idle ones

func (srv *thinServer) park(c *conn, wait time.Duration) {
	c.idle, c.wait = true, wait
	c.idleSince = srv.r.env.Loop().Now()
	c.prev, c.next = srv.last, nil
	if srv.last != nil {
		srv.last.next = c
	} else {
		srv.first = c
	}
	srv.last = c
	if wait > 0 && (srv.timer == nil || !srv.timer.Pending()) {
		srv.arm(wait)
	}
}

func (srv *thinServer) arm(d time.Duration) {
	if srv.timer == nil {
		srv.timer = srv.r.env.Loop().SetTimer(d, srv.sweep)
		srv.timer.Unref()
		return
	}
	srv.timer.Reset(d)
}

func (srv *thinServer) unpark(c *conn) {
	if !c.idle {
		return
	}
	c.idle = false
	if c.prev != nil {
		c.prev.next = c.next
	} else {
		srv.first = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	} else {
		srv.last = c.prev
	}
	c.prev, c.next = nil, nil
}

// sweep ends connections that have been idle for keepAliveTimeout.
func (srv *thinServer) sweep() {
	now := srv.r.env.Loop().Now()
	var next time.Duration
	for c := srv.first; c != nil; {
		after := c.next
		switch left := c.idleSince + c.wait - now; {
		case c.wait == 0:
		case left <= 0:
			c.idleTimeout()
		case next == 0 || left < next:
			next = left
		}
		c = after
	}
	if next > 0 {
		srv.arm(next)
	}
}

func (c *conn) idleTimeout() {
	r := c.srv.r
	if c.socket != nil || r.listens(c.srv.server, "timeout") {
		c.srv.unpark(c)
		{
			r.env.Enter(func() {
				c.materialise()
				if _, err := r.thin.timeout(goja.Undefined(), c.socket); err != nil {
					panic(err)
				}
			})
			return
		}
	}
	c.close()
}

// close ends a connection that JavaScript does not know.
func (c *conn) close() {
	if c.closed {
		return
	}
	c.detach()
	c.s.Close(nil)
	srv := c.srv
	n, _ := toInt(srv.server.Get("_connections"))
	_ = srv.server.Set("_connections", n-1)
	if fn, ok := goja.AssertFunction(srv.server.Get("_emitCloseIfDrained")); ok && missing(srv.server.Get("_handle")) {
		// Enter nests: this may be called with JavaScript on the stack.
		srv.r.env.Enter(func() { _, _ = fn(srv.server) })
	}
	srv.release()
}

// release forgets a server that has neither a socket nor connections.
func (srv *thinServer) release() {
	if len(srv.conns) == 0 && missing(srv.server.Get("_handle")) {
		if srv.timer != nil {
			srv.timer.Stop()
		}
		delete(srv.r.thin.servers, srv.server)
	}
}

func (c *conn) detach() {
	c.closed = true
	c.srv.unpark(c)
	delete(c.srv.conns, c)
}

// -------------------------------------------------------------- reading

func (c *conn) onRead(b []byte, err error) {
	r := c.srv.r
	if err != nil {
		c.onEnd(err)
		return
	}
	c.feeding = true
	n, perr := c.p.Execute(b)
	c.feeding = false
	if c.jsp != nil && c.jsp.core != nil {
		// JavaScript's since a moment ago: it sees the rest of this read.
		var v goja.Value
		switch {
		case c.p.Paused() && perr == nil && n < len(b):
			v = r.vm.ToValue(n)
		case perr != nil:
			v = c.jsp.pr.parseError(perr)
		default:
			v = r.vm.ToValue(n)
		}
		c.jsp.executed(b, v)
		return
	}
	if perr != nil {
		r.env.Enter(func() { c.promote() })
		if c.jsp != nil && c.jsp.core != nil {
			c.jsp.executed(b, c.jsp.pr.parseError(perr))
		}
	}
}

// onEnd: the peer has ended its side, or the connection is broken.
func (c *conn) onEnd(err error) {
	r := c.srv.r
	if c.x == nil && (err == io.EOF && c.p.Idle() || err != io.EOF && !r.listens(c.srv.server, "clientError")) {
		if err != io.EOF {
			c.close()
			return
		}
		_ = c.s.Shutdown(func(error) {})
		c.close()
		return
	}
	var handle *goja.Object
	r.env.Enter(func() {
		c.promote()
		if c.socket != nil {
			handle, _ = c.socket.Get("_handle").(*goja.Object)
		}
	})
	if handle != nil {
		r.thin.st.Deliver(handle, err)
	}
}

func (r *room) listens(o *goja.Object, event string) bool {
	events, ok := o.Get("_events").(*goja.Object)
	return ok && !missing(events.Get(event))
}

// MessageBegin, HeadersComplete, Body and MessageComplete are the parser's.
func (c *conn) MessageBegin() {
	c.start, c.headDone = c.srv.r.env.Loop().Now(), false
	c.srv.unpark(c)
}

// ordinary: a request that can be answered without a socket.
func (c *conn) ordinary(h *httpwire.Head) bool {
	if c.x != nil || h.Upgrade || h.Major != 1 || h.Minor != 1 || h.Method == httpwire.MethodConnect {
		return false
	}
	f := flagsOf(h)
	return f&1 != 0 && f&2 == 0
}

func (c *conn) HeadersComplete(h *httpwire.Head) httpwire.Action {
	c.headDone = true
	if !c.ordinary(h) {
		c.srv.r.env.Enter(func() { c.promote() })
		return c.jsp.core.HeadersComplete(h)
	}
	return c.dispatch(h)
}

// dispatch emits 'request'.
func (c *conn) dispatch(h *httpwire.Head) httpwire.Action {
	r := c.srv.r
	x := &exchange{conn: c, head: h}
	c.x = x
	link := r.carry(x)
	x.req = r.vm.CreateObject(r.thin.protoReq)
	_ = x.req.SetSymbol(r.kThin, link)
	x.res = r.vm.CreateObject(r.thin.protoRes)
	_ = x.res.SetSymbol(r.kThin, link)
	emit, ok := goja.AssertFunction(c.srv.server.Get("emit"))
	if !ok {
		return httpwire.Continue
	}
	c.inRequest = true
	r.env.Enter(func() {
		if _, err := emit(c.srv.server, r.thin.request, x.req, x.res); err != nil {
			panic(err)
		}
		c.inRequest = false
		if x.promoted {
			return
		}
		r.flush(x)
		// Who begins to listen after end() is told, too: Node emits later.
		if x.ended && !x.told && (!missing(x.res.Get("_events")) || !missing(x.req.Get("_events"))) {
			x.told = true
			if _, err := r.thin.ended(goja.Undefined(), x.res); err != nil {
				panic(err)
			}
		}
	})
	if c.inRequest { // an exception
		c.inRequest = false
		if !x.promoted {
			r.flush(x)
		}
	}
	return httpwire.Continue
}

func (c *conn) Body(b []byte) {
	x := c.x
	if x == nil {
		return
	}
	own := make([]byte, len(b))
	copy(own, b)
	r := c.srv.r
	v, ok := r.env.Call(r.thin.body, goja.Undefined(), x.req, r.env.NewBuffer(own))
	if ok && !v.ToBoolean() && !x.promoted && !c.closed {
		c.paused = true
		c.s.ReadStop()
	}
}

func (c *conn) MessageComplete(trailers *httpwire.Head) {
	c.start = 0
	x := c.x
	if x == nil {
		return
	}
	x.reqDone = true
	r := c.srv.r
	if trailers != nil {
		r.env.Call(r.thin.endOfBody, goja.Undefined(), x.req, r.rawHeaders(trailers, 0))
	} else if x.head.HasBody || x.req.GetSymbol(r.kIncomingState) != nil {
		r.env.Call(r.thin.endOfBody, goja.Undefined(), x.req)
	}
	if !x.promoted && x.ended {
		c.done(x)
	}
}

// done: the response has been handed over and the request read.
func (c *conn) done(x *exchange) {
	if c.x != x || !x.ended || !x.reqDone {
		return
	}
	c.x = nil
	if c.paused {
		c.resume()
	}
	if x.out.Last {
		if c.socket != nil {
			c.srv.r.method(c.socket, "destroySoon")
			return
		}
		_ = c.s.Shutdown(func(error) {})
		c.closeSoon()
		return
	}
	c.rest()
}

// rest: the connection waits for the next request.
func (c *conn) rest() {
	wait := time.Duration(0)
	if ms, ok := toInt(c.srv.server.Get("keepAliveTimeout")); ok && ms > 0 {
		buffer := int64(1000)
		if b, ok := toInt(c.srv.server.Get("keepAliveTimeoutBuffer")); ok && b >= 0 {
			buffer = b
		}
		wait = time.Duration(ms+buffer) * time.Millisecond
	}
	c.srv.park(c, wait)
}

// closeSoon closes when what is queued has gone out.
func (c *conn) closeSoon() {
	if c.s.Queued() == 0 {
		c.close()
	}
	// Otherwise the last write's done does it.
}

func (c *conn) resume() {
	c.paused = false
	switch {
	case c.closed || c.s.Closed():
	case c.socket == nil:
		_ = c.s.ReadStart(c.onRead)
	default:
		if h, ok := c.socket.Get("_handle").(*goja.Object); ok {
			c.srv.r.method(h, "readStart")
		}
	}
}

// method calls a method without arguments.
func (r *room) method(o *goja.Object, name string) {
	if fn, ok := goja.AssertFunction(o.Get(name)); ok {
		r.env.Enter(func() {
			if _, err := fn(o); err != nil {
				panic(err)
			}
		})
	}
}

// thinReadStart(req): its reader wants more.
func (r *room) thinReadStart(c goja.FunctionCall) goja.Value {
	if o, ok := c.Argument(0).(*goja.Object); ok {
		if x := r.thinOf(o); x != nil && x.conn.x == x && x.conn.paused {
			x.conn.resume()
		}
	}
	return goja.Undefined()
}
