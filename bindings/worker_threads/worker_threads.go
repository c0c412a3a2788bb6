package worker_threads

import (
	"embed"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/clone"
	"github.com/gonode/gonode/internal/ecma"
	"github.com/gonode/gonode/internal/gojax"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "worker_threads", JS: files, File: "worker_threads.js"},
		{Name: "internal/messaging", JS: files, File: "messaging.js", Native: native},
		{Name: "internal/shared_memory", JS: files, File: "shared_memory.js"},
		{Name: "internal/structured_clone", JS: files, File: "structured_clone.js"},
		{Name: "internal/worker", JS: files, File: "worker.js"},
		{Name: "internal/worker/ask", JS: files, File: "ask.js"},
		{Name: "internal/worker/errors", JS: files, File: "errors.js"},
		{Name: "internal/worker/main", JS: files, File: "main.js"},
	}
}

// state is this module's part of an isolate.
type state struct {
	env      bindings.Env
	vm       *goja.Runtime
	codec    *clone.Codec
	shared   *ecma.Shared
	ports    map[int]*port
	ending   map[int]*port // closed, and the close event is still to come
	byObject map[*goja.Object]*port
	nextPort int
	threads  map[int]*thread
	hub      *hub

	wakeMu sync.Mutex
	woken  []*port // to be drained

	makePort, initPort, emitMessage, emitClose          goja.Callable
	makeContextPort, contextUnavailable                 goja.Callable
	workerOnline, workerOutput, workerError, workerExit goja.Callable
	decodeHost, answer, threadMessage                   goja.Callable
	// isUntransferable and isUncloneable are asked once something was marked.
	isUntransferable, isUncloneable goja.Callable
	marks                           bool
	inContext                       bool         // what is decoded is for a port in a vm context
	idSymbol                        *goja.Symbol // ports have it, closed ones too
	cloneSymbol, transferSymbol     *goja.Symbol
	uncloneableSymbol               *goja.Symbol
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	st := &state{
		env: env, vm: vm, ports: map[int]*port{}, ending: map[int]*port{}, byObject: map[*goja.Object]*port{},
		threads: map[int]*thread{},
		hub:     env.Host().Shared.Value("worker_threads.hub", newHub).(*hub),
	}
	loop := env.Loop()
	st.shared = ecma.NewShared(vm, env.Terminated(),
		func(fn func()) bool { return loop.Post(func() { env.Enter(fn) }) },
		func() func() { return loop.NewRequest("Atomics.waitAsync").Done })
	st.codec = &clone.Codec{
		VM: vm, Shared: st.shared, Data: st, Fail: st.dataCloneError,
		Transferable: func(o *goja.Object) bool { return st.isPort(o) || st.needsTransfer(o) },
		Transfer: func(o *goja.Object) (clone.HostObject, bool) {
			p := st.byObject[o]
			if p == nil {
				return st.transferHook(o)
			}
			return transfer{st.release(p)}, true
		},
		Clone:       st.cloneHook,
		Refuse:      st.refuse,
		Uncloneable: st.uncloneable,
		Plain:       func(o *goja.Object) bool { return o.SameAs(env.Process().Get("env")) },
	}
	st.hub.enlist(env.Host().ThreadID, st)
	env.OnCleanup(st.stopAll)
	return st.table()
}

func (st *state) dataCloneError(msg string) goja.Value {
	ctor := st.env.Require("internal/domexception").Get("DOMException")
	o, err := st.vm.New(ctor, st.vm.ToValue(msg), st.vm.ToValue("DataCloneError"))
	if err != nil {
		panic(err)
	}
	return o
}

// jsHost is a host object that JavaScript encodes: who decodes it, and of what.
type jsHost struct {
	info string // "module:kind"
	data *clone.Message
}

// Decode asks the module's JavaScript for the object.
func (h jsHost) Decode(c *clone.Codec) *goja.Object {
	st := c.Data.(*state)
	if st.inContext { // its classes are not there
		v, err := st.contextUnavailable(goja.Undefined())
		st.must(v, err)
		panic(v)
	}
	v, err := st.decodeHost(goja.Undefined(), st.vm.ToValue(h.info), c.Decode(h.data))
	if err != nil {
		panic(err)
	}
	return v.ToObject(st.vm)
}

// method is what an object of the library has under one of the messaging symbols.
func (st *state) method(o *goja.Object, key *goja.Symbol) goja.Callable {
	if key == nil || gojax.KindOf(o) == gojax.KindProxy {
		return nil
	}
	fn, _ := goja.AssertFunction(o.GetSymbol(key))
	return fn
}

// needsTransfer reports whether an object that is no port is transferred and never cloned.
func (st *state) needsTransfer(o *goja.Object) bool {
	return st.method(o, st.transferSymbol) != nil
}

// cloneHook and transferHook ask such objects to encode themselves.
func (st *state) cloneHook(o *goja.Object) (clone.HostObject, bool) {
	return st.encodeHost(o, st.cloneSymbol)
}

func (st *state) transferHook(o *goja.Object) (clone.HostObject, bool) {
	return st.encodeHost(o, st.transferSymbol)
}

func (st *state) encodeHost(o *goja.Object, key *goja.Symbol) (clone.HostObject, bool) {
	fn := st.method(o, key)
	if fn == nil {
		return nil, false
	}
	v, err := fn(o)
	if err != nil {
		panic(err)
	}
	res, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	info := res.Get("deserializeInfo")
	if info == nil {
		return nil, false
	}
	return jsHost{info.String(), st.codec.Encode(res.Get("data"), st.transferList(res.Get("transfer")))}, true
}

func (st *state) isPort(o *goja.Object) bool {
	if st.byObject[o] != nil {
		return true
	}
	return gojax.KindOf(o) == gojax.KindOrdinary && st.idSymbol != nil && o.GetSymbol(st.idSymbol) != nil
}

// refuse is the clone codec's: errors of a transfer list that come before all others.
func (st *state) refuse(o *goja.Object) goja.Value {
	switch {
	case st.marked(st.isUntransferable, o):
		return st.dataCloneError("Cannot transfer object of unsupported type.")
	case st.byObject[o] == nil && st.isPort(o):
		return st.dataCloneError("MessagePort in transfer list is already detached")
	}
	return nil
}

func (st *state) uncloneable(o *goja.Object) bool {
	return o.GetSymbol(st.uncloneableSymbol) != nil || st.marked(st.isUncloneable, o)
}

func (st *state) marked(is goja.Callable, o *goja.Object) bool {
	if !st.marks {
		return false
	}
	v, err := is(goja.Undefined(), o)
	if err != nil {
		panic(err)
	}
	return v.ToBoolean()
}

func (st *state) transferList(v goja.Value) []*goja.Object {
	arr, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	n := int(arr.Get("length").ToInteger())
	list := make([]*goja.Object, 0, n)
	for i := range n {
		o, ok := arr.Get(st.vm.ToValue(i).String()).(*goja.Object)
		if !ok {
			panic(st.dataCloneError("Found invalid value in transferList."))
		}
		list = append(list, o)
	}
	return list
}

func (st *state) port(v goja.Value) *port { return st.ports[int(v.ToInteger())] }

func (st *state) table() *goja.Object {
	vm := st.vm
	o := vm.NewObject()
	def := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	// encode(value, transferList) and decode(message): for rooms that hand a
	// *clone.Message from one isolate to another themselves.
	def("encode", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(st.codec.Encode(c.Argument(0), st.transferList(c.Argument(1))))
	})
	def("decode", func(c goja.FunctionCall) goja.Value {
		m, _ := c.Argument(0).Export().(*clone.Message)
		return st.codec.Decode(m)
	})
	slots := map[string]*goja.Callable{
		"makePort": &st.makePort, "initPort": &st.initPort, "emitMessage": &st.emitMessage, "emitClose": &st.emitClose,
		"workerOnline": &st.workerOnline, "workerOutput": &st.workerOutput, "workerError": &st.workerError,
		"workerExit": &st.workerExit, "decodeHost": &st.decodeHost,
		"makeContextPort": &st.makeContextPort, "contextUnavailable": &st.contextUnavailable,
		"answer": &st.answer, "threadMessage": &st.threadMessage,
		"isUntransferable": &st.isUntransferable, "isUncloneable": &st.isUncloneable,
	}
	def("setHook", func(c goja.FunctionCall) goja.Value {
		if p := slots[c.Argument(0).String()]; p != nil {
			*p, _ = goja.AssertFunction(c.Argument(1))
		}
		return nil
	})
	def("setSymbols", func(c goja.FunctionCall) goja.Value {
		for i, to := range []**goja.Symbol{&st.idSymbol, &st.cloneSymbol, &st.transferSymbol, &st.uncloneableSymbol} {
			*to = c.Argument(i).(*goja.Symbol)
		}
		return nil
	})
	def("move", func(c goja.FunctionCall) goja.Value { // into a vm context
		p := st.port(c.Argument(0))
		if p == nil {
			return goja.Undefined()
		}
		st.inContext = true
		defer func() { st.inContext = false }()
		return st.adopt(st.release(p)).object
	})
	def("hasMarks", func(goja.FunctionCall) goja.Value { st.marks = true; return nil })
	def("channel", func(goja.FunctionCall) goja.Value {
		a, b := newChannel()
		return vm.NewArray(st.adopt(a).object, st.adopt(b).object)
	})
	// post(id, message, list): true, or undefined if the port is closed, or false
	// if the message held the port it was sent to
	def("post", func(c goja.FunctionCall) goja.Value {
		p := st.port(c.Argument(0))
		list := st.transferList(c.Argument(2))
		if p == nil { // closed: what is listed is transferred all the same
			discard(st.codec.Encode(c.Argument(1), list))
			return nil
		}
		target := false
		for _, o := range list {
			if o == p.object {
				panic(st.dataCloneError("Transfer list contains source port"))
			}
			if q := st.byObject[o]; q != nil && q.end == p.end.peer {
				target = true
			}
		}
		m := st.codec.Encode(c.Argument(1), list)
		if target {
			discard(m)
			return vm.ToValue(false)
		}
		p.end.peer.deliver(m)
		return vm.ToValue(true)
	})
	def("start", func(c goja.FunctionCall) goja.Value {
		if p := st.port(c.Argument(0)); p != nil && !p.started {
			p.started = true
			st.wakePort(p)
		}
		return nil
	})
	def("stop", func(c goja.FunctionCall) goja.Value {
		if p := st.port(c.Argument(0)); p != nil {
			p.started = false
		}
		return nil
	})
	def("close", func(c goja.FunctionCall) goja.Value {
		switch p := st.port(c.Argument(0)); {
		case p == nil:
		case p.receiving && !p.broadcast:
			p.closeNext = true
		default:
			st.closePort(p)
		}
		return nil
	})
	def("ref", func(c goja.FunctionCall) goja.Value {
		if p := st.port(c.Argument(0)); p != nil {
			p.handle.Ref()
		}
		return nil
	})
	def("unref", func(c goja.FunctionCall) goja.Value {
		if p := st.port(c.Argument(0)); p != nil {
			p.handle.Unref()
		}
		return nil
	})
	def("hasRef", func(c goja.FunctionCall) goja.Value {
		p := st.port(c.Argument(0))
		if p == nil {
			p = st.ending[int(c.Argument(0).ToInteger())]
		}
		return vm.ToValue(p != nil && p.hasRef())
	})
	def("isClosed", func(c goja.FunctionCall) goja.Value { return vm.ToValue(st.port(c.Argument(0)) == nil) })
	def("isOpen", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(st.port(c.Argument(0)) != nil || st.ending[int(c.Argument(0).ToInteger())] != nil)
	})
	def("receive", func(c goja.FunctionCall) goja.Value {
		p := st.port(c.Argument(0))
		if p == nil {
			return goja.Undefined()
		}
		m, ended := p.end.take()
		if m == nil {
			if ended {
				st.closePort(p)
			}
			return goja.Undefined()
		}
		res := vm.NewObject()
		_ = res.Set("message", st.codec.Decode(m))
		return res
	})
	def("drain", func(c goja.FunctionCall) goja.Value { // inside a callback: what is queued, now
		p := st.port(c.Argument(0))
		for p != nil && !p.closing && p.started {
			m, _ := p.end.take()
			if m == nil {
				break
			}
			st.dispatch(p, m)
		}
		return nil
	})
	def("broadcast", func(c goja.FunctionCall) goja.Value {
		name := c.Argument(0).String()
		p := st.adopt(st.hub.join(name))
		p.handle.Ref()
		p.channel, p.broadcast, p.started = name, true, true
		return p.object
	})
	def("broadcastPost", func(c goja.FunctionCall) goja.Value {
		if p := st.port(c.Argument(0)); p != nil {
			st.hub.send(p.channel, p.end, func() *clone.Message { return st.codec.Encode(c.Argument(1), nil) })
		}
		return nil
	})
	def("structuredClone", func(c goja.FunctionCall) goja.Value {
		return st.codec.Decode(st.codec.Encode(c.Argument(0), st.transferList(c.Argument(1))))
	})
	st.threadTable(def)
	st.messengerTable(def)
	_ = o.Set("SharedArrayBuffer", st.shared.Constructor())
	def("atomics", func(goja.FunctionCall) goja.Value { return st.shared.Atomics() })
	h := st.env.Host()
	_ = o.Set("isMainThread", !h.IsWorker)
	_ = o.Set("threadId", h.ThreadID)
	return o
}
