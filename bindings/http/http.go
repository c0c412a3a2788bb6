package http

import (
	"embed"
	"math"
	"strconv"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/httpwire"
	"github.com/gonode/gonode/internal/jsbytes"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	js := func(name, file string) bindings.Module { return bindings.Module{Name: name, JS: files, File: file} }
	return []bindings.Module{
		js("_http_agent", "agent.js"),
		js("_http_client", "client.js"),
		js("_http_common", "common.js"),
		js("_http_incoming", "incoming.js"),
		js("_http_outgoing", "outgoing.js"),
		js("_http_server", "server.js"),
		{Name: "http", JS: files, File: "http.js", Native: native},
		{Name: "http_parser", Native: parserNative, Hidden: true},
		js("internal/http", "internal.js"),
	}
}

// room is this module's state in one isolate.
type room struct {
	env  bindings.Env
	vm   *goja.Runtime
	date httpwire.Date

	kOutHeaders, kHead, kHeaders, kRawHeaders, kThin, kReq, kIncomingSocket, kIncomingState *goja.Symbol
	parserSym                                                                               *goja.Symbol
	kUniqueHeaders                                                                          *goja.Symbol
	validateName                                                                            goja.Callable
	yes, no                                                                                 goja.Value
	out                                                                                     httpwire.Outgoing // for storeHeader
	thin                                                                                    thinState
	maxHeaderSize                                                                           int
	insecure                                                                                bool
}

func roomOf(env bindings.Env) *room {
	return env.Internal("http").Get("room").Export().(*room)
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	r := &room{env: env, vm: vm, yes: vm.ToValue(true), no: vm.ToValue(false), maxHeaderSize: httpwire.DefaultMaxHeaderSize}
	for p, name := range map[**goja.Symbol]string{
		&r.kOutHeaders: "kOutHeaders", &r.kHead: "kHead", &r.kHeaders: "kHeaders", &r.kRawHeaders: "kRawHeaders",
		&r.kThin: "kThin", &r.kReq: "kReq", &r.kIncomingSocket: "kIncomingSocket",
		&r.kIncomingState: "kIncomingState",
	} {
		*p = goja.NewSymbol(name)
	}
	if v, err := strconv.Atoi(env.Host().Flags["max-http-header-size"]); err == nil && v > 0 {
		r.maxHeaderSize = v
	}
	_, r.insecure = env.Host().Flags["insecure-http-parser"]

	o := vm.NewObject()
	_ = o.Set("room", r)
	syms := vm.NewObject()
	for name, s := range map[string]*goja.Symbol{
		"kOutHeaders": r.kOutHeaders, "kHead": r.kHead, "kHeaders": r.kHeaders, "kRawHeaders": r.kRawHeaders,
		"kThin": r.kThin, "kReq": r.kReq, "kIncomingSocket": r.kIncomingSocket, "kIncomingState": r.kIncomingState,
	} {
		_ = syms.Set(name, s)
	}
	_ = o.Set("symbols", syms)
	_ = o.Set("maxHeaderSize", r.maxHeaderSize)
	_ = o.Set("insecureHTTPParser", r.insecure)
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		"utcDate":                func(goja.FunctionCall) goja.Value { return vm.ToValue(r.date.Get(time.Now())) },
		"checkToken":             r.checkToken,
		"checkInvalidHeaderChar": r.checkInvalidHeaderChar,
		"isUint8Array":           r.isUint8Array,
		"thinWrite":              r.thinWrite,
		"thinDrained":            r.thinDrained,
		"idleAgain":              r.idleAgain,
		"thinBusy":               r.thinBusy,
		"thinOver":               r.thinOver,
		"thinIsOver":             r.thinIsOver,
		"thinSocket":             r.thinSocket,
		"isASCII": func(c goja.FunctionCall) goja.Value {
			_, wide, ok := gojax.CodeUnits(c.Argument(0))
			return r.bool(ok && wide == nil)
		},
		"byteLength": r.byteLength,
		"isLoaded": func(c goja.FunctionCall) goja.Value {
			return vm.ToValue(r.isLoaded(c.Argument(0).String()))
		},
		"installOutgoing": r.installOutgoing,
		"mergeHeaders":    r.mergeHeaders,
		"fieldLines":      r.fieldLines,
		"installIncoming": r.installIncoming,
		"headersObject":   r.headersObject,
		"headFlags":       r.headFlags,
		"incomingSocket":  r.incomingSocket,
		"adoptListener":   r.adoptListener,
		"adoptSocket":     r.adoptSocket,
		"releaseThin":     r.releaseThin,
		"promote":         r.promoteCall,
		"thinHead":        r.thinHead,
		"thinEnd":         r.thinEnd,
		"installThin":     r.installThinGetter,
		"thinReadStart":   r.thinReadStart,
		"thinDone":        r.thinDone,
		"closeThin":       r.closeThin,
		"expireThin":      r.expireThin,
	} {
		_ = o.Set(name, fn)
	}
	return o
}

// isLoaded reports whether a module's JavaScript has been run: what nobody has
// loaded, nobody listens to.
func (r *room) isLoaded(name string) bool {
	l, ok := r.env.(interface{ Loaded(string) bool })
	return !ok || l.Loaded(name)
}

func (r *room) carry(v any) *goja.Object { return natives.Carry(r.vm, v) }

// carried returns what an object carries under sym, nil if nothing.
func carried(o *goja.Object, sym *goja.Symbol) any { return natives.Carried(o.GetSymbol(sym)) }

func missing(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

func (r *room) define(o *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) {
	_ = o.DefineDataProperty(name, natives.Func(r.vm, name, length, fn), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (r *room) checkToken(c goja.FunctionCall) goja.Value {
	return r.bool(httpwire.IsToken(c.Argument(0).String()))
}

func (r *room) bool(b bool) goja.Value {
	if b {
		return r.yes
	}
	return r.no
}

// invalidValue reports whether a field value has a character that must not go out.
func invalidValue(s string, lenient bool) bool {
	if lenient {
		for _, c := range s {
			if c == 0 || c == '\r' || c == '\n' || c > 0xff {
				return true
			}
		}
		return false
	}
	return !httpwire.ValidValue(s)
}

func (r *room) checkInvalidHeaderChar(c goja.FunctionCall) goja.Value {
	return r.bool(invalidValue(r.text(c.Argument(0)), c.Argument(1).ToBoolean()))
}

// text is JavaScript's string conversion, which throws for symbols.
func (r *room) text(v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(r.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}

func (r *room) isUint8Array(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		return r.no
	}
	if _, ok := o.Export().([]byte); ok && o.ClassName() != "ArrayBuffer" {
		return r.yes
	}
	if _, ok := o.Export().(goja.ArrayBuffer); ok {
		return r.no
	}
	// Bytes of a view of another kind are not accepted.
	if _, ok := r.env.Bytes(o); !ok {
		return r.no
	}
	tag := o.GetSymbol(goja.SymToStringTag)
	return r.bool(tag != nil && tag.String() == "Uint8Array")
}

func (r *room) byteLength(c goja.FunctionCall) goja.Value {
	e := jsbytes.UTF8
	if v := c.Argument(1); !missing(v) {
		if p, ok := jsbytes.ParseEncoding(r.text(v)); ok {
			e = p
		}
	}
	return r.vm.ToValue(jsbytes.ByteLength(c.Argument(0), e))
}

func toInt(v goja.Value) (int64, bool) {
	if missing(v) {
		return -1, false
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return -1, false
	}
	return int64(f), true
}

// thinDone(message): its request has been read to its end, in Go.
func (r *room) thinDone(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		return r.no
	}
	x := r.thinOf(o)
	if x == nil || !x.reqDone && x.head.HasBody {
		return r.no
	}
	x.eof = true
	return r.yes
}
