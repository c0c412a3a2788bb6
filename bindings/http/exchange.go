package http

import (
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/httpwire"
	"github.com/gonode/gonode/internal/jsbytes"
	"github.com/gonode/gonode/internal/natives"
)

func (r *room) buffer() []byte {
	if n := len(r.thin.spare); n > 0 {
		b := r.thin.spare[n-1]
		r.thin.spare = r.thin.spare[:n-1]
		return b[:0]
	}
	return make([]byte, 0, 1024)
}

func (r *room) giveBack(b []byte) {
	if cap(b) <= 1<<16 && len(r.thin.spare) < 64 {
		r.thin.spare = append(r.thin.spare, b)
	}
}

// begin prepares the head of x's response. length is that of the body, -1 if
// it is not known.
func (r *room) begin(x *exchange, status int, reason string, length int64) *httpwire.Outgoing {
	o := &x.out
	*o = httpwire.Outgoing{
		Buf: r.buffer(), SendDate: true, ShouldKeepAlive: x.head.KeepAlive, DefaultKeepAlive: true,
		HasBody:          x.head.Method != httpwire.MethodHead && status != 204 && status != 304 && status >= 200,
		ChunkedByDefault: true, Status: status, KeepAliveSeconds: -1, ContentLength: length,
	}
	if ms, ok := toInt(x.conn.srv.server.Get("keepAliveTimeout")); ok && ms != 0 {
		o.KeepAliveSeconds = int(ms / 1000)
	}
	x.status = status
	b := append(o.Buf, "HTTP/1.1 "...)
	b = append(b, byte('0'+status/100%10), byte('0'+status/10%10), byte('0'+status%10), ' ')
	b = append(b, reason...)
	o.Buf = append(b, '\r', '\n')
	return o
}

// thinHead(res, statusCode, reason, headers) is writeHead for a response that
// lives in Go; false if it cannot stay there.
func (r *room) thinHead(c goja.FunctionCall) goja.Value {
	res := c.Argument(0).(*goja.Object)
	x := r.thinOf(res)
	if x == nil || x.touched || x.ended || x.headMade || x.conn.closed {
		return r.no
	}
	status := int(int32(c.Argument(1).ToInteger()))
	if status < 100 || status > 999 {
		return r.no
	}
	obj := c.Argument(3)
	reason := ""
	if s, ok := c.Argument(2).(goja.String); ok {
		reason = s.String()
		_ = res.Set("statusMessage", s)
	} else {
		if missing(obj) {
			obj = c.Argument(2)
		}
		reason = r.reason(res, status)
	}
	if !httpwire.ValidValue(reason) {
		panic(r.env.NewError("ERR_INVALID_CHAR", "statusMessage"))
	}
	if status != 200 {
		_ = res.Set("statusCode", status)
	}
	headers := obj
	if x.headers != nil {
		headers = r.mergeHeaders(goja.FunctionCall{Arguments: []goja.Value{res, obj}})
	} else if !missing(obj) && !obj.ToBoolean() {
		headers = goja.Undefined()
	}
	o := r.begin(x, status, reason, x.length-1)
	r.eachHeader(res, headers, func(name string, v goja.Value, validate bool) {
		r.addField(o, res, name, v, validate)
	})
	if !o.Finish(r.date.Get(time.Now())) {
		panic(r.env.NewError("ERR_HTTP_TRAILER_INVALID"))
	}
	x.headMade = true
	return r.yes
}

// reason is the reason phrase: what the script has set, or the usual one.
func (r *room) reason(res *goja.Object, status int) string {
	if v := res.Get("statusMessage"); v != nil && v.ToBoolean() {
		return v.String()
	}
	return httpwire.StatusText(status)
}

// body is what write and end are given, as far as Go can send it.
type chunk struct {
	str   goja.Value
	enc   jsbytes.Encoding
	bytes []byte
	n     int
}

func (r *room) chunk(v, encoding goja.Value) (c chunk, ok bool) {
	switch v := v.(type) {
	case goja.String:
		if !missing(encoding) {
			e, known := jsbytes.ParseEncoding(r.text(encoding))
			if !known {
				return c, false
			}
			c.enc = e
		}
		c.str = v
		c.n = jsbytes.ByteLength(v, c.enc)
		return c, true
	case *goja.Object:
		if !missing(encoding) {
			return c, false
		}
		b, isBytes := v.Export().([]byte)
		c.bytes, c.n = b, len(b)
		return c, isBytes
	}
	return c, missing(v) && missing(encoding)
}

func (c *chunk) append(b []byte) []byte {
	if c.str != nil {
		return jsbytes.Append(b, c.str, c.enc)
	}
	return append(b, c.bytes...)
}

// open reports whether x can still be answered in Go.
func (x *exchange) open() bool {
	c := x.conn
	if x.touched || x.ended || c.closed || c.x != x || c.s.Closed() {
		return false
	}
	if c.socket == nil {
		return true
	}
	// Who has put a write of his own in the socket's place wants to see ours.
	if w := c.socket.Get("write"); w == nil || !w.SameAs(c.srv.r.thin.socketWrite) {
		return false
	}
	// What somebody has written to the socket itself goes first.
	n, ok := toInt(c.socket.Get("writableLength"))
	return ok && n == 0 && !flag(c.socket, "writableEnded")
}

// implicitHead makes the head that the script has not asked for. It is false
// when a script wants to be asked (writeHead is not ours).
func (r *room) implicitHead(x *exchange, length int64) bool {
	res := x.res
	code := res.Get("statusCode")
	if w := res.Get("writeHead"); w == nil || !w.SameAs(r.thin.writeHead) {
		// Somebody wants to see the head go (on-headers and its kind): he calls
		// ours in the end.
		fn, ok := goja.AssertFunction(w)
		if !ok {
			return false
		}
		x.length = length + 1
		_, err := fn(res, code)
		x.length = 0
		if err != nil {
			panic(err)
		}
		return x.headMade && x.open()
	}
	status := int(int32(code.ToInteger()))
	if status < 100 || status > 999 {
		panic(r.env.NewError("ERR_HTTP_INVALID_STATUS_CODE", code))
	}
	reason := r.reason(res, status)
	if !httpwire.ValidValue(reason) {
		panic(r.env.NewError("ERR_INVALID_CHAR", "statusMessage"))
	}
	o := r.begin(x, status, reason, length)
	if x.headers != nil {
		for i := range x.headers.entries {
			e := &x.headers.entries[i]
			if s, ok := e.value.(goja.String); ok && httpwire.Known(e.name) != httpwire.FieldContentLength {
				o.Field(e.name, s.String(), -1)
				continue
			}
			r.fields(res, e.name, e.value, false, func(name string, v goja.Value) {
				r.addField(o, res, name, v, false)
			})
		}
	}
	if !o.Finish(r.date.Get(time.Now())) {
		panic(r.env.NewError("ERR_HTTP_TRAILER_INVALID"))
	}
	x.headMade = true
	return true
}

// take returns the buffer to append the next piece of the body to: what is
// unsent, the head included.
func (r *room) take(x *exchange, utf8 bool) []byte {
	b := x.unsent
	x.unsent = nil
	if !x.headSent {
		x.headSent = true
		b = x.out.Buf
		x.out.Buf = nil
		if !utf8 || x.out.Chunked {
			b = latin1InPlace(b)
		}
	}
	if b == nil {
		b = r.buffer()
	}
	return b
}

// thinWrite(res, chunk, encoding) is write for a response that lives in Go:
// 0 if it cannot be done there, 1 if the peer keeps up, 2 if it does not, and
// 3 if thinDrained must be asked on the next tick.
func (r *room) thinWrite(c goja.FunctionCall) goja.Value {
	zero := r.vm.ToValue(0)
	x := r.thinOf(c.Argument(0).(*goja.Object))
	if x == nil || missing(c.Argument(1)) || !x.open() || x.head.HasBody && !x.reqDone {
		return zero
	}
	piece, ok := r.chunk(c.Argument(1), c.Argument(2))
	if !ok || !x.headMade && !r.implicitHead(x, -1) || !x.out.HasBody {
		return zero
	}
	b := r.take(x, piece.str != nil && piece.enc == jsbytes.UTF8)
	if piece.n > 0 {
		if x.out.Chunked {
			b = append(httpwire.AppendHex(b, piece.n), '\r', '\n')
		}
		b = piece.append(b)
		if x.out.Chunked {
			b = append(b, '\r', '\n')
		}
	}
	conn := x.conn
	if turn := r.env.Loop().Turns(); turn != x.writeTurn {
		x.writeTurn, x.written = turn, 0
	}
	x.written += piece.n
	if conn.inRequest && len(b) < 1<<15 {
		// Node corks the socket until the next tick: pieces go out together.
		x.unsent = b
	} else {
		r.send(x, b)
	}
	// What is written in one tick counts as buffered, although the kernel may
	// have it already: who writes until it is enough must come to an end.
	queued := conn.s.Queued() > 0
	if !queued && x.written < conn.srv.highWaterMark || queued && conn.s.Queued() < conn.srv.highWaterMark {
		return r.vm.ToValue(1)
	}
	if x.drain {
		return r.vm.ToValue(2)
	}
	x.drain = true
	if queued {
		return r.vm.ToValue(2)
	}
	return r.vm.ToValue(3)
}

// thinDrained(res): the tick is over after which write is welcome again.
func (r *room) thinDrained(c goja.FunctionCall) goja.Value {
	x := r.thinOf(c.Argument(0).(*goja.Object))
	if x == nil || !x.drain || x.ended {
		return r.no
	}
	r.flush(x)
	if x.conn.s.Queued() > 0 {
		return r.no
	}
	x.drain, x.written = false, 0
	return r.yes
}

// send writes b, which is the connection's from then on.
func (r *room) send(x *exchange, b []byte) {
	conn := x.conn
	pending, err := conn.s.Write(b, func(error) {
		if x.drain && !x.promoted && conn.s.Queued() == 0 {
			x.drain = false
			r.env.Call(r.thin.drained, goja.Undefined(), x.res)
		}
	})
	if !pending {
		r.giveBack(b)
	}
	if err != nil {
		// The peer is gone; its end will be read.
		x.out.Last = true
	}
}

// flush sends what write has kept back.
func (r *room) flush(x *exchange) {
	if b := x.unsent; b != nil {
		x.unsent = nil
		r.send(x, b)
	}
}

// thinEnd(res, chunk, encoding, callback) is end for a response that lives in
// Go: 0 if it cannot be done there, 1 if nobody is to be told, 2 if somebody is.
func (r *room) thinEnd(c goja.FunctionCall) goja.Value {
	zero := r.vm.ToValue(0)
	res := c.Argument(0).(*goja.Object)
	x := r.thinOf(res)
	if x == nil || !missing(c.Argument(3)) || !x.open() || x.head.HasBody && !x.reqDone {
		return zero
	}
	piece, ok := r.chunk(c.Argument(1), c.Argument(2))
	if !ok || !x.headMade && !r.implicitHead(x, int64(piece.n)) {
		return zero
	}
	out := &x.out
	first := !x.headSent
	b := r.take(x, piece.str != nil && piece.enc == jsbytes.UTF8)
	if out.HasBody {
		if out.Chunked && piece.n > 0 {
			b = append(httpwire.AppendHex(b, piece.n), '\r', '\n')
		}
		b = piece.append(b)
		if out.Chunked && piece.n > 0 {
			b = append(b, '\r', '\n')
		}
		if out.Chunked {
			b = append(b, "0\r\n\r\n"...)
		}
	}
	conn := x.conn
	x.ended, x.endedTurn = true, r.env.Loop().Turns()
	tell := !first || !missing(res.Get("_events")) || !missing(x.req.Get("_events"))
	pending, err := false, error(nil)
	if len(b) > 0 {
		pending, err = conn.s.Write(b, func(error) {
			if tell && !conn.s.Closed() && !x.promoted {
				r.env.Call(r.thin.finished, goja.Undefined(), res, x.req)
			}
			if x.out.Last && conn.socket == nil && conn.s.Queued() == 0 {
				conn.close()
			}
		})
	}
	if !pending {
		r.giveBack(b)
	}
	if err != nil {
		// The peer is gone; its end will be read.
		x.out.Last = true
	}
	x.told = tell
	if x.reqDone {
		conn.done(x)
	}
	if tell && !pending {
		return r.vm.ToValue(2)
	}
	return r.vm.ToValue(1)
}

// latin1InPlace turns the head, which is UTF-8, into what goes on the wire
// when no text goes with it.
func latin1InPlace(b []byte) []byte {
	i := 0
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	if i == len(b) {
		return b
	}
	w := i
	for i < len(b) {
		if c := b[i]; c < 0x80 || i+1 == len(b) {
			b[w] = c
			i++
		} else {
			b[w] = c<<6 | b[i+1]&0x3f
			i += 2
		}
		w++
	}
	return b[:w]
}

// promoteCall is promote(link): link is what kThin holds, or a connection.
func (r *room) promoteCall(c goja.FunctionCall) goja.Value {
	switch v := natives.Carried(c.Argument(0)).(type) {
	case *exchange:
		if v.promoted {
			break
		}
		if v.conn.x == v && !v.conn.closed {
			v.conn.promote()
		} else {
			// Answered: the message becomes an ordinary one that is over.
			v.settle(nil)
		}
	case *conn:
		if v.x != nil && !v.x.promoted {
			res := v.x.res
			v.promote()
			return res
		}
	}
	return goja.Undefined()
}

// idleAgain(link): JavaScript has answered all requests of a connection. The
// next ones may live in Go again.
func (r *room) idleAgain(c goja.FunctionCall) goja.Value {
	if v, ok := natives.Carried(c.Argument(0)).(*conn); ok && v.x == nil {
		v.busy = false
		v.srv.unpark(v)
		v.rest()
	}
	return goja.Undefined()
}

// thinBusy(link): a response of Go's is outstanding.
func (r *room) thinBusy(c goja.FunctionCall) goja.Value {
	v, ok := natives.Carried(c.Argument(0)).(*conn)
	return r.bool(ok && v.x != nil)
}

// materialise makes the connection's socket, and gives the parser to an
// HTTPParser object. JavaScript must be allowed to run.
func (c *conn) materialise() {
	if c.socket != nil || c.closed {
		return
	}
	r := c.srv.r
	handle := r.thin.st.Wrap(c.s)
	info := r.vm.NewObject()
	_ = info.Set("link", r.carry(c))
	_ = info.Set("reading", !c.paused)
	c.srv.unpark(c)
	delete(c.srv.conns, c)
	v, err := r.thin.promoted(goja.Undefined(), c.srv.server, handle, info)
	if err != nil {
		panic(err)
	}
	c.socket, _ = v.(*goja.Object)
}

// promote makes the connection JavaScript's, with the request that is being
// answered. JavaScript must be allowed to run.
func (c *conn) promote() {
	if c.closed {
		return
	}
	c.materialise()
	c.busy = true
	c.srv.unpark(c)
	x := c.x
	if x == nil || x.promoted {
		return
	}
	c.x = nil
	r := c.srv.r
	r.flush(x)
	x.settle(c.socket)
	if _, err := r.thin.assign(goja.Undefined(), c.socket, x.req, x.res, r.bool(x.headSent)); err != nil {
		panic(err)
	}
}

// settle gives the messages the properties that they would have if they had
// been JavaScript's from the start.
func (x *exchange) settle(socket *goja.Object) {
	r := x.conn.srv.r
	x.promoted = true
	u := goja.Undefined()
	_ = x.req.SetSymbol(r.kThin, u)
	_ = x.req.SetSymbol(r.kHead, r.carry(x.head))
	if x.reqDone || x.eof {
		_ = x.req.Set("complete", true)
	}
	_ = x.res.SetSymbol(r.kThin, u)
	_ = x.res.SetSymbol(r.kReq, x.req)
	if x.headers != nil {
		_ = x.res.SetSymbol(r.kOutHeaders, r.vm.NewDynamicObject(x.headers))
	}
	if socket != nil {
		_ = x.req.SetSymbol(r.kIncomingSocket, socket)
	}
	if x.head.Method == httpwire.MethodHead {
		_ = x.res.Set("_hasBody", false)
	}
	if !x.keepSet {
		_ = x.res.Set("shouldKeepAlive", x.head.KeepAlive)
	}
	if x.headMade {
		o := &x.out
		_ = x.res.Set("_header", string(o.Buf))
		_ = x.res.Set("_headerSent", x.headSent || x.ended)
		_ = x.res.Set("_hasBody", o.HasBody)
		_ = x.res.Set("chunkedEncoding", o.Chunked)
		_ = x.res.Set("shouldKeepAlive", o.ShouldKeepAlive)
		_ = x.res.Set("_last", o.Last)
		if o.ContentLength >= 0 {
			_ = x.res.Set("_contentLength", o.ContentLength)
		}
		if missing(x.res.Get("statusMessage")) {
			_ = x.res.Set("statusMessage", httpwire.StatusText(x.status))
		}
		if o.Buf == nil {
			_ = x.res.Set("_header", "HTTP/1.1 "+itoa(x.status))
		}
	}
	if x.ended {
		_ = x.res.Set("finished", true)
		if x.isOver() {
			_ = x.res.Set("destroyed", true)
			_ = x.res.Set("_closed", true)
			_ = x.res.SetSymbol(r.thin.kFinished, true)
		}
	}
}

// isOver: the time has passed at which Node would have emitted 'finish'.
func (x *exchange) isOver() bool {
	return x.over || x.ended && x.endedTurn != x.conn.srv.r.env.Loop().Turns()
}

func (r *room) thinIsOver(c goja.FunctionCall) goja.Value {
	x := r.thinOf(c.Argument(0).(*goja.Object))
	return r.bool(x != nil && x.ended && x.isOver())
}

func (r *room) thinOver(c goja.FunctionCall) goja.Value {
	if x := r.thinOf(c.Argument(0).(*goja.Object)); x != nil {
		x.over = true
	}
	return goja.Undefined()
}

// thinSocket(res): the socket of a response that lives in Go, which is made
// now; null once the response is over.
func (r *room) thinSocket(c goja.FunctionCall) goja.Value {
	res := c.Argument(0).(*goja.Object)
	x := r.thinOf(res)
	if x == nil || x.ended && x.isOver() {
		return goja.Null()
	}
	x.conn.materialise()
	if x.conn.socket == nil {
		return goja.Null()
	}
	return x.conn.socket
}

// graft(parser, link, list): an HTTPParser object takes over the parser of a connection.
func (pr *parserRoom) graft(c goja.FunctionCall) goja.Value {
	p, _ := carried(c.Argument(0).ToObject(pr.vm), pr.sym).(*jsParser)
	cn, _ := natives.Carried(c.Argument(1)).(*conn)
	if p == nil || cn == nil {
		return goja.Undefined()
	}
	p.kill()
	k := &core{owner: p, typ: httpwire.Request, p: cn.p, conn: cn}
	cn.p.SetHandler(k)
	p.core, p.headDone = k, cn.headDone
	cn.jsp = p
	if cn.x != nil {
		k.url = cn.x.head.URL()
	}
	p.fromLoop = cn.feeding
	if l, ok := c.Argument(2).(*goja.Object); ok {
		p.register(l)
		p.start = 0
		if cn.start != 0 {
			p.start = p.now() - (pr.env.Loop().Now() - cn.start)
		}
	}
	return goja.Undefined()
}

// installThin(prototype): accessors of ServerResponse that answer for messages
// that live in Go, and notice when a script decides on framing.
func (r *room) installThinGetter(c goja.FunctionCall) goja.Value {
	proto := c.Argument(0).(*goja.Object)
	vm := r.vm
	accessor := func(name string, decides bool, get func(x *exchange) goja.Value, without func(o *goja.Object) goja.Value) {
		getter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			if x := r.thinOf(o); x != nil {
				return get(x)
			}
			return without(o)
		})
		setter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			if decides {
				if x := r.thinOf(o); x != nil {
					x.touched = true
					x.keepSet = x.keepSet || name == "shouldKeepAlive"
				}
			}
			_ = o.DefineDataProperty(name, c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return goja.Undefined()
		})
		_ = proto.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	lengthOf, _ := goja.AssertFunction(c.Argument(1))
	constant := func(v goja.Value) func(*goja.Object) goja.Value { return func(*goja.Object) goja.Value { return v } }
	for _, n := range []string{"strictContentLength", "chunkedEncoding", "_removedConnection", "_removedContLen", "_removedTE"} {
		accessor(n, true, func(*exchange) goja.Value { return r.no }, constant(r.no))
	}
	for _, n := range []string{"sendDate", "useChunkedEncodingByDefault", "_hasBody", "_defaultKeepAlive"} {
		accessor(n, true, func(*exchange) goja.Value { return r.yes }, constant(r.yes))
	}
	accessor("shouldKeepAlive", true, func(x *exchange) goja.Value { return r.bool(x.head.KeepAlive) }, constant(r.yes))
	accessor("finished", false, func(x *exchange) goja.Value { return r.bool(x.ended) }, constant(r.no))
	accessor("_header", false, func(x *exchange) goja.Value {
		switch {
		case !x.headMade:
			return goja.Null()
		case x.out.Buf == nil:
			return vm.ToValue("HTTP/1.1 " + itoa(x.status) + " " + httpwire.StatusText(x.status) + "\r\n")
		}
		return vm.ToValue(string(x.out.Buf))
	}, constant(goja.Null()))
	// Where somebody listens, 'close' sets these itself.
	over := func(x *exchange) goja.Value { return r.bool(!x.told && x.isOver()) }
	accessor("destroyed", false, over, constant(r.no))
	accessor("_closed", false, over, constant(r.no))
	accessor("_headerSent", false, func(x *exchange) goja.Value { return r.bool(x.ended) }, constant(r.no))
	accessor("writableLength", false, func(x *exchange) goja.Value {
		if x.ended && x.isOver() {
			return vm.ToValue(0)
		}
		return vm.ToValue(len(x.unsent) + x.conn.s.Queued())
	}, func(o *goja.Object) goja.Value {
		v, err := lengthOf(o)
		if err != nil {
			panic(err)
		}
		return v
	})
	accessor("statusMessage", false, func(x *exchange) goja.Value {
		if x.headMade {
			return vm.ToValue(httpwire.StatusText(x.status))
		}
		return goja.Undefined()
	}, constant(goja.Undefined()))
	accessor("headersSent", false, func(x *exchange) goja.Value { return r.bool(x.headMade) },
		func(o *goja.Object) goja.Value { return r.bool(flag(o, "_header")) })
	accessor("writableEnded", false, func(x *exchange) goja.Value { return r.bool(x.ended) },
		func(o *goja.Object) goja.Value { return r.bool(flag(o, "finished")) })
	accessor("req", false, func(x *exchange) goja.Value { return x.req }, func(o *goja.Object) goja.Value {
		return orUndefined(o.GetSymbol(r.kReq))
	})
	return goja.Undefined()
}

// releaseThin(server): it has been closed.
func (r *room) releaseThin(c goja.FunctionCall) goja.Value {
	if o, ok := c.Argument(0).(*goja.Object); ok {
		if srv := r.thin.servers[o]; srv != nil {
			srv.release()
		}
	}
	return goja.Undefined()
}

// closeThin(server, idleOnly) closes connections that JavaScript does not know.
func (r *room) closeThin(c goja.FunctionCall) goja.Value {
	srv := r.thin.servers[c.Argument(0).(*goja.Object)]
	if srv == nil {
		return goja.Undefined()
	}
	idleOnly := c.Argument(1).ToBoolean()
	var list []*conn
	for cn := range srv.conns {
		list = append(list, cn)
	}
	for _, cn := range list {
		switch {
		case cn.x == nil && cn.start == 0:
			cn.close()
		case !idleOnly && cn.x == nil:
			cn.close()
		case !idleOnly:
			cn.materialise()
		}
	}
	return goja.Undefined()
}

// expireThin(server, headersTimeout, requestTimeout) hands late connections over.
func (r *room) expireThin(c goja.FunctionCall) goja.Value {
	srv := r.thin.servers[c.Argument(0).(*goja.Object)]
	if srv == nil {
		return goja.Undefined()
	}
	late := lateness(c.Argument(1), c.Argument(2))
	now := r.env.Loop().Now()
	var list []*conn
	for cn := range srv.conns {
		if cn.start != 0 && late(now-cn.start, cn.headDone) {
			list = append(list, cn)
		}
	}
	for _, cn := range list {
		cn.promote()
		if _, err := r.thin.late(goja.Undefined(), cn.socket); err != nil {
			panic(err)
		}
	}
	return goja.Undefined()
}
