package http

import (
	"math"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/httpwire"
)

// outHeaders are the fields that a script has set on an outgoing message, in
// their order. To JavaScript they are an object of [name, value] arrays by
// lower-case name: the value of the kOutHeaders property.
type outHeaders struct {
	r       *room
	entries []outEntry
}

type outEntry struct {
	name, lower string
	value       goja.Value
}

func (h *outHeaders) find(lower string) int {
	for i := range h.entries {
		if h.entries[i].lower == lower {
			return i
		}
	}
	return -1
}

func (h *outHeaders) set(name, lower string, v goja.Value) {
	if i := h.find(lower); i >= 0 {
		h.entries[i].name, h.entries[i].value = name, v
		return
	}
	h.entries = append(h.entries, outEntry{name, lower, v})
}

func (h *outHeaders) Get(key string) goja.Value {
	if i := h.find(key); i >= 0 {
		return h.r.vm.NewArray(h.entries[i].name, h.entries[i].value)
	}
	return nil
}

func (h *outHeaders) Set(key string, v goja.Value) bool {
	if o, ok := v.(*goja.Object); ok {
		h.set(o.Get("0").String(), key, o.Get("1"))
	}
	return true
}
func (h *outHeaders) Has(key string) bool { return h.find(key) >= 0 }
func (h *outHeaders) Delete(key string) bool {
	if i := h.find(key); i >= 0 {
		h.entries = append(h.entries[:i], h.entries[i+1:]...)
	}
	return true
}

func (h *outHeaders) Keys() []string {
	keys := make([]string, len(h.entries))
	for i := range h.entries {
		keys[i] = h.entries[i].lower
	}
	return keys
}

func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}

// headers returns the fields set on msg, nil if there are none.
func (r *room) headers(msg *goja.Object) *outHeaders {
	if x := r.thinOf(msg); x != nil {
		return x.headers
	}
	o, ok := msg.GetSymbol(r.kOutHeaders).(*goja.Object)
	if !ok {
		return nil
	}
	h, _ := o.Export().(*outHeaders)
	return h
}

func (r *room) ensureHeaders(msg *goja.Object) *outHeaders {
	h := r.headers(msg)
	if h == nil {
		h = &outHeaders{r: r}
		if x := r.thinOf(msg); x != nil {
			x.headers = h
			return h
		}
		_ = msg.SetSymbol(r.kOutHeaders, r.vm.NewDynamicObject(h))
	}
	return h
}

func (r *room) this(c goja.FunctionCall) *goja.Object { return c.This.ToObject(r.vm) }

func (r *room) headSent(msg *goja.Object) bool {
	if x := r.thinOf(msg); x != nil {
		return x.headMade
	}
	v := msg.Get("_header")
	return v != nil && v.ToBoolean()
}

// checkName throws for what is no field name.
func (r *room) checkName(v goja.Value) string {
	if s, ok := v.(goja.String); ok {
		if name := s.String(); httpwire.IsToken(name) {
			return name
		}
	}
	if _, err := r.validateName(goja.Undefined(), v); err != nil {
		panic(err)
	}
	return v.String()
}

func (r *room) lenient(msg *goja.Object) bool {
	if fn, ok := goja.AssertFunction(msg.Get("_isLenientHeaderValidation")); ok {
		v, err := fn(msg)
		if err != nil {
			panic(err)
		}
		return v.ToBoolean()
	}
	return r.insecure
}

// checkValue throws for what is no field value, and returns its text.
func (r *room) checkValue(msg *goja.Object, name string, v goja.Value) string {
	if goja.IsUndefined(v) {
		panic(r.env.NewError("ERR_HTTP_INVALID_HEADER_VALUE", v, name))
	}
	s := r.text(v)
	if !httpwire.ValidValue(s) && !(msg != nil && r.lenient(msg) && !invalidValue(s, true)) {
		panic(r.env.NewError("ERR_INVALID_CHAR", "header content", name))
	}
	return s
}

// installOutgoing(prototype, hooks) defines the methods that live in Go.
func (r *room) installOutgoing(c goja.FunctionCall) goja.Value {
	proto, hooks := c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
	r.kUniqueHeaders = hooks.Get("kUniqueHeaders").(*goja.Symbol)
	r.validateName, _ = goja.AssertFunction(hooks.Get("validateName"))
	r.define(proto, "setHeader", 2, r.setHeader)
	r.define(proto, "getHeader", 1, func(c goja.FunctionCall) goja.Value {
		name := r.nameArg(c)
		if h := r.headers(r.this(c)); h != nil {
			if i := h.find(lower(name)); i >= 0 {
				return h.entries[i].value
			}
		}
		return goja.Undefined()
	})
	r.define(proto, "hasHeader", 1, func(c goja.FunctionCall) goja.Value {
		name := r.nameArg(c)
		h := r.headers(r.this(c))
		return r.bool(h != nil && h.find(lower(name)) >= 0)
	})
	r.define(proto, "getHeaders", 0, func(c goja.FunctionCall) goja.Value {
		o := r.vm.CreateObject(nil)
		if h := r.headers(r.this(c)); h != nil {
			for _, e := range h.entries {
				_ = o.Set(e.lower, e.value)
			}
		}
		return o
	})
	names := func(of func(*outEntry) string) func(goja.FunctionCall) goja.Value {
		return func(c goja.FunctionCall) goja.Value {
			var list []any
			if h := r.headers(r.this(c)); h != nil {
				for i := range h.entries {
					list = append(list, of(&h.entries[i]))
				}
			}
			return r.vm.NewArray(list...)
		}
	}
	r.define(proto, "getHeaderNames", 0, names(func(e *outEntry) string { return e.lower }))
	r.define(proto, "getRawHeaderNames", 0, names(func(e *outEntry) string { return e.name }))
	r.define(proto, "removeHeader", 1, r.removeHeader)
	r.define(proto, "appendHeader", 2, r.appendHeader)
	r.define(proto, "_storeHeader", 2, r.storeHeader)
	return goja.Undefined()
}

func (r *room) nameArg(c goja.FunctionCall) string {
	s, ok := c.Argument(0).(goja.String)
	if !ok {
		panic(r.env.NewError("ERR_INVALID_ARG_TYPE", "name", "string", c.Argument(0)))
	}
	return s.String()
}

func (r *room) setHeader(c goja.FunctionCall) goja.Value {
	msg := r.this(c)
	if r.headSent(msg) {
		panic(r.env.NewError("ERR_HTTP_HEADERS_SENT", "set"))
	}
	name := r.checkName(c.Argument(0))
	r.checkValue(msg, name, c.Argument(1))
	r.ensureHeaders(msg).set(name, lower(name), c.Argument(1))
	return msg
}

func (r *room) appendHeader(c goja.FunctionCall) goja.Value {
	msg := r.this(c)
	if r.headSent(msg) {
		panic(r.env.NewError("ERR_HTTP_HEADERS_SENT", "append"))
	}
	name := r.checkName(c.Argument(0))
	v := c.Argument(1)
	r.checkValue(msg, name, v)
	h := r.ensureHeaders(msg)
	low := lower(name)
	i := h.find(low)
	if i < 0 {
		h.set(name, low, v)
		return msg
	}
	var list []any
	for _, x := range []goja.Value{h.entries[i].value, v} {
		if o, ok := x.(*goja.Object); ok && o.ClassName() == "Array" {
			for j := range int(o.Get("length").ToInteger()) {
				list = append(list, o.Get(itoa(j)))
			}
		} else {
			list = append(list, x)
		}
	}
	h.entries[i].value = r.vm.NewArray(list...)
	return msg
}

func (r *room) removeHeader(c goja.FunctionCall) goja.Value {
	name := lower(r.nameArg(c))
	msg := r.this(c)
	if r.headSent(msg) {
		panic(r.env.NewError("ERR_HTTP_HEADERS_SENT", "remove"))
	}
	switch name {
	case "connection":
		_ = msg.Set("_removedConnection", true)
	case "content-length":
		_ = msg.Set("_removedContLen", true)
	case "transfer-encoding":
		_ = msg.Set("_removedTE", true)
	case "date":
		_ = msg.Set("sendDate", false)
	}
	if h := r.headers(msg); h != nil {
		h.Delete(name)
	}
	return goja.Undefined()
}

func itoa(i int) string { return string(httpwireInt(i)) }

func httpwireInt(i int) []byte {
	if i < 10 {
		return []byte{byte('0' + i)}
	}
	return append(httpwireInt(i/10), byte('0'+i%10))
}

// fields calls emit for each line that one field makes.
func (r *room) fields(msg *goja.Object, name string, v goja.Value, validate bool, emit func(name string, v goja.Value)) {
	o, ok := v.(*goja.Object)
	if !ok || o.ClassName() != "Array" {
		emit(name, v)
		return
	}
	n := int(o.Get("length").ToInteger())
	if (n < 2 || !equalFoldCookie(name)) && !r.unique(msg, name) {
		for i := range n {
			emit(name, o.Get(itoa(i)))
		}
		return
	}
	var parts []string
	for i := range n {
		parts = append(parts, r.text(o.Get(itoa(i))))
	}
	emit(name, r.vm.ToValue(strings.Join(parts, "; ")))
}

func equalFoldCookie(name string) bool { return len(name) == 6 && strings.EqualFold(name, "cookie") }

func (r *room) unique(msg *goja.Object, name string) bool {
	if msg == nil || r.kUniqueHeaders == nil {
		return false
	}
	set, ok := msg.GetSymbol(r.kUniqueHeaders).(*goja.Object)
	if !ok {
		return false
	}
	has, ok := goja.AssertFunction(set.Get("has"))
	if !ok {
		return false
	}
	v, err := has(set, r.vm.ToValue(lower(name)))
	return err == nil && v.ToBoolean()
}

// eachHeader goes through what writeHead and the client's headers option
// accept: kOutHeaders, an object, a flat array, an array of pairs.
func (r *room) eachHeader(msg *goja.Object, headers goja.Value, emit func(name string, v goja.Value, validate bool)) {
	if missing(headers) {
		return
	}
	o := headers.ToObject(r.vm)
	if h, ok := o.Export().(*outHeaders); ok {
		for _, e := range h.entries {
			r.fields(msg, e.name, e.value, false, func(n string, v goja.Value) { emit(n, v, false) })
		}
		return
	}
	one := func(name, v goja.Value) {
		n := r.checkName(nameValue(name))
		r.fields(msg, n, v, true, func(n string, v goja.Value) { emit(n, v, true) })
	}
	if o.ClassName() == "Array" {
		n := int(o.Get("length").ToInteger())
		if n > 0 {
			if first, ok := o.Get("0").(*goja.Object); ok && first.ClassName() == "Array" {
				for i := range n {
					p := o.Get(itoa(i)).ToObject(r.vm)
					one(orUndefined(p.Get("0")), orUndefined(p.Get("1")))
				}
				return
			}
		}
		if n%2 != 0 {
			panic(r.env.NewError("ERR_INVALID_ARG_VALUE", "headers", headers))
		}
		for i := 0; i < n; i += 2 {
			one(orUndefined(o.Get(itoa(i))), orUndefined(o.Get(itoa(i+1))))
		}
		return
	}
	for _, k := range o.Keys() {
		one(r.vm.ToValue(k), orUndefined(o.Get(k)))
	}
}

func nameValue(v goja.Value) goja.Value {
	if _, ok := v.(goja.String); ok {
		return v
	}
	return v
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// mergeHeaders(msg, headers) is writeHead's: what setHeader has set and what
// writeHead is given become one, the latter in place of the former.
func (r *room) mergeHeaders(c goja.FunctionCall) goja.Value {
	msg, obj := c.Argument(0).(*goja.Object), c.Argument(1)
	h := r.headers(msg)
	if h == nil || missing(obj) || !obj.ToBoolean() {
		if h == nil {
			if missing(obj) || !obj.ToBoolean() {
				return goja.Undefined()
			}
			return obj
		}
		return r.headersValue(msg, h)
	}
	o := obj.ToObject(r.vm)
	set := func(name, v goja.Value) {
		n := r.checkName(name)
		r.checkValue(msg, n, v)
		h.set(n, lower(n), v)
	}
	if o.ClassName() == "Array" {
		n := int(o.Get("length").ToInteger())
		var flat []goja.Value
		if first, ok := o.Get("0").(*goja.Object); ok && first.ClassName() == "Array" {
			for i := range n {
				p := o.Get(itoa(i)).ToObject(r.vm)
				flat = append(flat, orUndefined(p.Get("0")), orUndefined(p.Get("1")))
			}
		} else {
			if n%2 != 0 {
				panic(r.env.NewError("ERR_INVALID_ARG_VALUE", "headers", obj))
			}
			for i := range n {
				flat = append(flat, orUndefined(o.Get(itoa(i))))
			}
		}
		// A field that comes more than once here goes out as often; those that
		// were set before go.
		for i := 0; i < len(flat); i += 2 {
			if s := r.text(flat[i]); s != "" {
				h.Delete(lower(s))
			}
		}
		for i := 0; i < len(flat); i += 2 {
			if s := r.text(flat[i]); s != "" {
				r.append(msg, h, flat[i], flat[i+1])
			}
		}
	} else {
		for _, k := range o.Keys() {
			if k != "" {
				set(r.vm.ToValue(k), orUndefined(o.Get(k)))
			}
		}
	}
	return r.headersValue(msg, h)
}

func (r *room) headersValue(msg *goja.Object, h *outHeaders) goja.Value {
	if r.thinOf(msg) != nil {
		return r.vm.NewDynamicObject(h)
	}
	return msg.GetSymbol(r.kOutHeaders)
}

func (r *room) append(msg *goja.Object, h *outHeaders, name, v goja.Value) {
	n := r.checkName(name)
	r.checkValue(msg, n, v)
	low := lower(n)
	i := h.find(low)
	if i < 0 {
		h.set(n, low, v)
		return
	}
	var list []any
	if o, ok := h.entries[i].value.(*goja.Object); ok && o.ClassName() == "Array" {
		for j := range int(o.Get("length").ToInteger()) {
			list = append(list, o.Get(itoa(j)))
		}
	} else {
		list = append(list, h.entries[i].value)
	}
	h.entries[i].value = r.vm.NewArray(append(list, v)...)
}

// fieldLines(headers): the lines of an informational response.
func (r *room) fieldLines(c goja.FunctionCall) goja.Value {
	var b []byte
	r.eachHeader(nil, c.Argument(0), func(name string, v goja.Value, _ bool) {
		s := r.checkValue(nil, name, v)
		b = append(append(append(append(b, name...), ": "...), s...), "\r\n"...)
	})
	return r.vm.ToValue(string(b))
}

// addField appends a field to a head under construction.
func (r *room) addField(o *httpwire.Outgoing, msg *goja.Object, name string, v goja.Value, validate bool) {
	var s string
	if validate {
		s = r.checkValue(msg, name, v)
	} else {
		s = r.text(v)
	}
	if len(name) == 19 && o.ContentLength > 0 && strings.EqualFold(name, "content-disposition") {
		// Such a message goes out as UTF-8, its head too: Node makes sure that
		// this field's bytes are those that the script meant.
		s = latin1Decoded(s)
	}
	length := int64(-1)
	if httpwire.Known(name) == httpwire.FieldContentLength {
		if f := v.ToFloat(); !math.IsNaN(f) && f >= 0 {
			length = int64(f)
		}
	}
	o.Field(name, s, length)
}

func flag(o *goja.Object, name string) bool {
	v := o.Get(name)
	return v != nil && v.ToBoolean()
}

// storeHeader is _storeHeader(firstLine, headers): it makes the head of a
// message of JavaScript's, and decides on framing and connection.
func (r *room) storeHeader(c goja.FunctionCall) goja.Value {
	msg := r.this(c)
	buf := r.out.Buf[:0]
	first := r.text(c.Argument(0))
	o := httpwire.Outgoing{
		Buf:               append(buf, first...),
		SendDate:          flag(msg, "sendDate"),
		ShouldKeepAlive:   flag(msg, "shouldKeepAlive"),
		DefaultKeepAlive:  flag(msg, "_defaultKeepAlive"),
		RemovedConnection: flag(msg, "_removedConnection"),
		RemovedLength:     flag(msg, "_removedContLen"),
		RemovedTE:         flag(msg, "_removedTE"),
		HasBody:           flag(msg, "_hasBody"),
		ChunkedByDefault:  flag(msg, "useChunkedEncodingByDefault"),
		MaxReached:        flag(msg, "maxRequestsOnConnectionReached"),
		HasAgent:          flag(msg, "agent"),
		Chunked:           flag(msg, "chunkedEncoding"),
		Last:              flag(msg, "_last"),
		KeepAliveSeconds:  -1,
		ContentLength:     -1,
	}
	if v := msg.Get("statusCode"); v != nil {
		o.Status = int(v.ToInteger())
	}
	if n, ok := toInt(msg.Get("_contentLength")); ok {
		o.ContentLength = n
	}
	if n, ok := toInt(msg.Get("_keepAliveTimeout")); ok && n != 0 {
		o.KeepAliveSeconds = int(n / 1000)
	}
	if n, ok := toInt(msg.Get("_maxRequestsPerSocket")); ok {
		o.MaxRequests = int(n)
	}
	was := o
	r.eachHeader(msg, c.Argument(1), func(name string, v goja.Value, validate bool) {
		r.addField(&o, msg, name, v, validate)
	})
	ok := o.Finish(r.date.Get(time.Now()))
	set := func(name string, before, after bool) {
		if before != after {
			_ = msg.Set(name, after)
		}
	}
	set("shouldKeepAlive", was.ShouldKeepAlive, o.ShouldKeepAlive)
	set("_removedConnection", was.RemovedConnection, o.RemovedConnection)
	set("_removedContLen", was.RemovedLength, o.RemovedLength)
	set("_removedTE", was.RemovedTE, o.RemovedTE)
	set("_defaultKeepAlive", was.DefaultKeepAlive, o.DefaultKeepAlive)
	set("chunkedEncoding", was.Chunked, o.Chunked)
	set("_last", was.Last, o.Last)
	if o.ContentLength != was.ContentLength {
		_ = msg.Set("_contentLength", o.ContentLength)
	}
	r.out.Buf = o.Buf
	if !ok {
		panic(r.env.NewError("ERR_HTTP_TRAILER_INVALID"))
	}
	_ = msg.Set("_header", string(o.Buf))
	_ = msg.Set("_headerSent", false)
	if o.Expect {
		// The head goes at once: the body waits for the answer.
		if fn, ok := goja.AssertFunction(msg.Get("_send")); ok {
			if _, err := fn(msg, r.vm.ToValue("")); err != nil {
				panic(err)
			}
		}
	}
	return goja.Undefined()
}

// latin1Decoded reads the characters of s, all below U+0100, as bytes of UTF-8.
func latin1Decoded(s string) string {
	var b []byte
	for _, c := range s {
		b = append(b, byte(c))
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}
