package http

import (
	"bytes"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/httpwire"
	"github.com/gonode/gonode/internal/streamwrap"
)

// Callback slots of an HTTPParser object.
const (
	onMessageBegin = iota
	onHeaders
	onHeadersComplete
	onBody
	onMessageComplete
	onExecute
	onTimeout
)

var slots = [...]string{"0", "1", "2", "3", "4", "5", "6"}

// parserRoom is the http_parser binding: Node's HTTPParser class over httpwire.
type parserRoom struct {
	*room
	sym   *goja.Symbol
	proto *goja.Object
	// ownCallback is _http_common's kOnHeadersComplete, which takes the head as
	// it is: no array of headers is made for it.
	ownCallback goja.Value
}

// jsParser is the Go side of an HTTPParser object.
type jsParser struct {
	pr   *parserRoom
	obj  *goja.Object
	core *core
	list *connList
	// start is when the current message began, or the connection opened; zero between messages.
	start    time.Duration
	headDone bool
	buf      []byte // what is being parsed
	current  *goja.Object
	handle   *goja.Object // consumed
	fromLoop bool         // no JavaScript is on the stack while it parses
}

// core is one life of a parser: initialize makes a new one, so that a parser
// which is given back and taken again inside its own callback does no harm.
type core struct {
	owner *jsParser
	p     *httpwire.Parser
	typ   httpwire.Type
	url   string
	exc   error
	dead  bool

	running bool
	waiting [][]byte
	conn    *conn // whose parser it is, if that began in Go
}

func parserNative(env bindings.Env) *goja.Object {
	pr := &parserRoom{room: roomOf(env), sym: goja.NewSymbol("parser")}
	pr.parserSym = pr.sym
	vm := pr.vm
	o := vm.NewObject()
	ctor := vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		pr.attach(c.This)
		return nil
	}).(*goja.Object)
	_ = ctor.DefineDataProperty("name", vm.ToValue("HTTPParser"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	for name, v := range map[string]int{
		"REQUEST": 1, "RESPONSE": 2, "kOnMessageBegin": onMessageBegin, "kOnHeaders": onHeaders,
		"kOnHeadersComplete": onHeadersComplete, "kOnBody": onBody, "kOnMessageComplete": onMessageComplete,
		"kOnExecute": onExecute, "kOnTimeout": onTimeout, "kLenientNone": 0, "kLenientHeaders": 1,
		"kLenientChunkedLength": 2, "kLenientKeepAlive": 4, "kLenientTransferEncoding": 8, "kLenientVersion": 16,
		"kLenientDataAfterClose": 32, "kLenientOptionalLFAfterCR": 64, "kLenientOptionalCRLFAfterChunk": 128,
		"kLenientOptionalCRBeforeLF": 256, "kLenientSpacesAfterChunkSize": 512, "kLenientHeaderValueRelaxed": 1024,
		"kLenientAll": int(httpwire.LenientAll),
	} {
		_ = ctor.Set(name, v)
	}
	pr.proto = ctor.Get("prototype").(*goja.Object)
	method := func(name string, n int, fn func(p *jsParser, c goja.FunctionCall) goja.Value) {
		pr.define(pr.proto, name, n, func(c goja.FunctionCall) goja.Value {
			p, _ := carried(c.This.ToObject(vm), pr.sym).(*jsParser)
			if p == nil {
				panic(vm.NewTypeError("Illegal invocation"))
			}
			if v := fn(p, c); v != nil {
				return v
			}
			return goja.Undefined()
		})
	}
	method("initialize", 2, (*jsParser).initialize)
	method("execute", 1, (*jsParser).execute)

	method("finish", 0, (*jsParser).finish)
	method("close", 0, (*jsParser).release)
	method("free", 0, (*jsParser).release)
	method("remove", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value {
		if p.list != nil {
			p.list.remove(p)
			p.list = nil
		}
		return nil
	})
	method("pause", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value {
		if p.core != nil {
			p.core.p.Pause()
		}
		return nil
	})
	method("resume", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value {
		if p.core != nil {
			p.core.p.Resume()
		}
		return nil
	})
	method("consume", 1, (*jsParser).consume)
	method("unconsume", 0, (*jsParser).unconsume)
	method("getCurrentBuffer", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value { return p.currentBuffer() })
	method("duration", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value {
		if p.start == 0 {
			return vm.ToValue(0)
		}
		return vm.ToValue(float64(p.now()-p.start) / 1e6)
	})
	method("headersCompleted", 0, func(p *jsParser, _ goja.FunctionCall) goja.Value { return pr.bool(p.headDone) })
	_ = o.Set("HTTPParser", ctor)
	_ = o.Set("methods", httpwire.Methods())
	_ = o.Set("allMethods", httpwire.AllMethods())
	_ = o.Set("ConnectionsList", pr.connectionsList())
	_ = o.Set("graft", pr.graft)
	_ = o.Set("setOwnCallback", func(c goja.FunctionCall) goja.Value {
		pr.ownCallback = c.Argument(0)
		return goja.Undefined()
	})
	return o
}

func (pr *parserRoom) attach(o *goja.Object) *jsParser {
	p := &jsParser{pr: pr, obj: o}
	_ = o.DefineDataPropertySymbol(pr.sym, pr.carry(p), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return p
}

func (p *jsParser) now() time.Duration { return time.Duration(time.Now().UnixNano()) }

// initialize(type, resource, maxHeaderSize, lenientFlags, connectionsList)
func (p *jsParser) initialize(c goja.FunctionCall) goja.Value {
	typ := httpwire.Type(c.Argument(0).ToInteger())
	if typ != httpwire.Request && typ != httpwire.Response {
		panic(p.pr.env.NewError("ERR_INVALID_ARG_VALUE", "type", c.Argument(0)))
	}
	p.kill()
	size := p.pr.maxHeaderSize
	if n := int(c.Argument(2).ToInteger()); n > 0 {
		size = n
	}
	var lenient httpwire.Lenient
	if v := c.Argument(3); !missing(v) {
		lenient = httpwire.Lenient(v.ToInteger())
	}
	k := &core{owner: p, typ: typ, p: &httpwire.Parser{}}
	k.p.Reset(typ, k, size, lenient)
	p.core, p.start, p.headDone = k, 0, false
	if l, ok := c.Argument(4).(*goja.Object); ok {
		p.register(l)
	}
	return nil
}

func (p *jsParser) register(l *goja.Object) {
	if list, ok := carried(l, p.pr.sym).(*connList); ok {
		// A peer that never sends anything is late, too.
		p.list, p.start = list, p.now()
		list.add(p)
	}
}

func (p *jsParser) kill() {
	if p.core != nil {
		p.core.dead = true
		p.core.p.Pause()
		p.core = nil
	}
	if p.list != nil {
		p.list.remove(p)
		p.list = nil
	}
}

func (p *jsParser) release(goja.FunctionCall) goja.Value {
	p.kill()
	p.current, p.buf = nil, nil
	return nil
}

func (p *jsParser) currentBuffer() goja.Value {
	if p.current == nil {
		if p.buf == nil {
			return goja.Undefined()
		}
		own := make([]byte, len(p.buf))
		copy(own, p.buf)
		p.current = p.pr.env.NewBuffer(own)
	}
	return p.current
}

// execute(buffer[, offset, length]): how many bytes were used, or an Error.
func (p *jsParser) execute(c goja.FunctionCall) goja.Value {
	b, ok := p.pr.env.Bytes(c.Argument(0))
	if !ok {
		panic(p.pr.env.NewError("ERR_INVALID_ARG_TYPE", "buffer", []string{"Buffer", "TypedArray", "DataView"}, c.Argument(0)))
	}
	p.current, _ = c.Argument(0).(*goja.Object)
	p.fromLoop = false
	v := p.run(b)
	return v
}

// defaultMaxFields is the number of header fields that a message may have where
// nobody has said anything (maxHeadersCount).
const defaultMaxFields = 1000

// maxFields is the bound on a request's fields; a response may have more, of
// which the rest is not shown.
func (p *jsParser) maxFields() int {
	if p.core.typ != httpwire.Request {
		return 0
	}
	v := p.obj.Get("maxHeaderPairs")
	if missing(v) {
		return 0
	}
	return int(v.ToInteger()) / 2
}

// run parses b. A JavaScript exception of a callback is thrown on.
func (p *jsParser) run(b []byte) goja.Value {
	k := p.core
	if k == nil {
		return p.pr.vm.ToValue(len(b))
	}
	if k.running {
		// From within a callback: it has its turn when the present data is through.
		k.waiting = append(k.waiting, bytes.Clone(b))
		return p.pr.vm.ToValue(len(b))
	}
	p.buf, k.running = b, true
	k.p.SetMaxFields(p.maxFields())
	n, err := k.p.Execute(b)
	for err == nil && k.exc == nil && !k.dead && n == len(b) && len(k.waiting) > 0 {
		b, k.waiting = k.waiting[0], k.waiting[1:]
		p.buf, p.current = b, nil
		n, err = k.p.Execute(b)
	}
	p.buf, k.running = nil, false
	if k.exc != nil {
		exc := k.exc
		k.exc = nil
		k.p.Resume()
		panic(exc)
	}
	if err != nil && !k.dead {
		return p.pr.parseError(err)
	}
	return p.pr.vm.ToValue(n)
}

func (pr *parserRoom) parseError(err *httpwire.Error) *goja.Object {
	ctor, _ := goja.AssertConstructor(pr.vm.Get("Error"))
	e, nerr := ctor(nil, pr.vm.ToValue("Parse Error"))
	if nerr != nil {
		panic(nerr)
	}
	_ = e.Set("bytesParsed", err.Pos)
	_ = e.Set("code", err.Code)
	_ = e.Set("reason", err.Reason)
	return e
}

func (p *jsParser) finish(goja.FunctionCall) goja.Value {
	k := p.core
	if k == nil {
		return nil
	}
	err := k.p.Finish()
	if k.exc != nil {
		exc := k.exc
		k.exc = nil
		panic(exc)
	}
	if err != nil {
		return p.pr.parseError(err)
	}
	return nil
}

// call invokes a callback slot; an exception stops the parser.
func (k *core) call(slot int, args ...goja.Value) goja.Value {
	if k.dead || k.exc != nil {
		return nil
	}
	obj := k.owner.obj
	fn, ok := goja.AssertFunction(obj.Get(slots[slot]))
	if !ok {
		return nil
	}
	if k.owner.fromLoop {
		v, _ := k.owner.pr.env.Call(fn, obj, args...)
		return v
	}
	v, err := fn(obj, args...)
	if err != nil {
		k.exc = err
		k.p.Pause()
		return nil
	}
	return v
}

func (k *core) MessageBegin() {
	p := k.owner
	if p.list != nil {
		p.start = p.now()
	}
	p.headDone = false
	if k.conn != nil {
		k.conn.srv.unpark(k.conn)
	}
	k.call(onMessageBegin)
}

func (k *core) HeadersComplete(h *httpwire.Head) httpwire.Action {
	p := k.owner
	p.headDone = true
	if c := k.conn; c != nil {
		if !c.busy && !k.dead && c.ordinary(h) && !flag(c.socket, "timeout") {
			return c.dispatch(h)
		}
		p.pr.env.Enter(func() { c.promote() })
	}
	vm := p.pr.vm
	u := goja.Undefined()
	method, url, status, reason := u, u, u, u
	if k.typ == httpwire.Request {
		method, url = vm.ToValue(int(h.Method)), p.pr.str(h, h.URL())
		k.url = h.URL()
	} else {
		status, reason = vm.ToValue(h.Status), p.pr.str(h, h.Reason())
	}
	headers := u
	fn := p.obj.Get(slots[onHeadersComplete])
	if p.pr.ownCallback == nil || fn == nil || !fn.SameAs(p.pr.ownCallback) {
		headers = p.pr.rawHeaders(h, 0)
	}
	v := k.call(onHeadersComplete, vm.ToValue(int(h.Major)), vm.ToValue(int(h.Minor)), headers, method, url,
		status, reason, p.pr.bool(h.Upgrade), p.pr.bool(h.KeepAlive), p.pr.carry(h))
	if v == nil || missing(v) {
		return httpwire.Continue
	}
	return httpwire.Action(v.ToInteger())
}

func (k *core) Body(b []byte) {
	if k.conn != nil && k.conn.x != nil {
		k.conn.Body(b)
		return
	}
	own := make([]byte, len(b))
	copy(own, b)
	if !k.dead && k.exc == nil {
		k.call(onBody, k.owner.pr.env.NewBuffer(own))
	}
}

func (k *core) MessageComplete(trailers *httpwire.Head) {
	p := k.owner
	p.start = 0
	if k.conn != nil && k.conn.x != nil {
		k.conn.MessageComplete(trailers)
		return
	}
	if trailers != nil {
		k.call(onHeaders, p.pr.rawHeaders(trailers, 0), p.pr.vm.ToValue(k.url))
	}
	k.call(onMessageComplete)
}

// consume(handle): what the handle reads goes to the parser without passing
// through the socket. The result is false where the handle cannot do that.
func (p *jsParser) consume(c goja.FunctionCall) goja.Value {
	h, ok := c.Argument(0).(*goja.Object)
	st := streamwrap.For(p.pr.env)
	if !ok || !st.Consume(h, p.onRead) {
		return p.pr.no
	}
	p.handle = h
	return p.pr.yes
}

func (p *jsParser) unconsume(goja.FunctionCall) goja.Value {
	if p.handle != nil {
		streamwrap.For(p.pr.env).Consume(p.handle, nil)
		p.handle = nil
	}
	return nil
}

// onRead is what a consumed handle reads.
func (p *jsParser) onRead(b []byte) {
	p.current = nil
	p.fromLoop = true
	v := p.run(b)
	p.executed(b, v)
}

// executed tells JavaScript what became of b.
func (p *jsParser) executed(b []byte, v goja.Value) {
	p.fromLoop = false
	if k := p.core; k != nil && k.conn != nil && !k.conn.busy && k.conn.socket != nil && !flag(k.conn.socket, "timeout") {
		// All of it was Go's: there is nothing to do for JavaScript.
		if n, ok := v.Export().(int64); ok && int(n) == len(b) {
			return
		}
	}
	// The bytes must outlive the call if somebody asks for them afterwards.
	p.buf, p.current = b, nil
	if fn, ok := goja.AssertFunction(p.obj.Get(slots[onExecute])); ok {
		p.pr.env.Call(fn, p.obj, v)
	}
	p.buf, p.current = nil, nil
}

// connList is ConnectionsList: the parsers of a server's connections.
type connList struct {
	all map[*jsParser]uint64
	seq uint64
}

func (l *connList) add(p *jsParser) {
	l.seq++
	l.all[p] = l.seq
}
func (l *connList) remove(p *jsParser) { delete(l.all, p) }

func (l *connList) sorted(keep func(*jsParser) bool) []any {
	var ps []*jsParser
	for p := range l.all {
		if keep(p) {
			ps = append(ps, p)
		}
	}
	sortBy(ps, func(a, b *jsParser) bool { return l.all[a] < l.all[b] })
	out := make([]any, len(ps))
	for i, p := range ps {
		out[i] = p.obj
	}
	return out
}

func (pr *parserRoom) connectionsList() *goja.Object {
	vm := pr.vm
	ctor := vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		l := &connList{all: map[*jsParser]uint64{}}
		_ = c.This.DefineDataPropertySymbol(pr.sym, pr.carry(l), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return nil
	}).(*goja.Object)
	_ = ctor.DefineDataProperty("name", vm.ToValue("ConnectionsList"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto := ctor.Get("prototype").(*goja.Object)
	method := func(name string, fn func(l *connList, c goja.FunctionCall) []any) {
		pr.define(proto, name, 0, func(c goja.FunctionCall) goja.Value {
			l, _ := carried(c.This.ToObject(vm), pr.sym).(*connList)
			if l == nil {
				return vm.NewArray()
			}
			return vm.NewArray(fn(l, c)...)
		})
	}
	method("all", func(l *connList, _ goja.FunctionCall) []any {
		return l.sorted(func(*jsParser) bool { return true })
	})
	method("idle", func(l *connList, _ goja.FunctionCall) []any {
		return l.sorted(func(p *jsParser) bool { return p.start == 0 })
	})
	method("active", func(l *connList, _ goja.FunctionCall) []any {
		return l.sorted(func(p *jsParser) bool { return p.start != 0 })
	})
	method("expired", func(l *connList, c goja.FunctionCall) []any {
		late := lateness(c.Argument(0), c.Argument(1))
		var now time.Duration
		out := l.sorted(func(p *jsParser) bool {
			if now == 0 {
				now = p.now()
			}
			return p.start != 0 && late(now-p.start, p.headDone)
		})
		for _, o := range out {
			if p, ok := carried(o.(*goja.Object), pr.sym).(*jsParser); ok {
				l.remove(p)
			}
		}
		return out
	})
	return ctor
}

// lateness tells whether a message that began d ago is over headersTimeout or
// requestTimeout (milliseconds, 0 for none).
func lateness(headers, request goja.Value) func(d time.Duration, headDone bool) bool {
	h := time.Duration(headers.ToInteger()) * time.Millisecond
	q := time.Duration(request.ToInteger()) * time.Millisecond
	if q > 0 && h > q {
		h = q
	}
	return func(d time.Duration, headDone bool) bool {
		return h > 0 && !headDone && d >= h || q > 0 && d >= q
	}
}

func sortBy[T any](s []T, less func(a, b T) bool) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && less(s[j], s[j-1]); j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}
