package http

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/httpwire"
	"github.com/gonode/gonode/internal/natives"
)

// head is what an IncomingMessage has of its head: see kHead.
func (r *room) head(msg *goja.Object) *httpwire.Head {
	if x := r.thinOf(msg); x != nil {
		return x.head
	}
	h, _ := carried(msg, r.kHead).(*httpwire.Head)
	return h
}

// str makes a JavaScript string of a part of a head, whose bytes are latin1.
func (r *room) str(h *httpwire.Head, s string) goja.Value {
	if h.NonASCII() {
		s = httpwire.Latin1(s)
	}
	return r.vm.ToValue(s)
}

// installIncoming(prototype) defines the accessors that read the head. What a
// script assigns becomes an own property.
func (r *room) installIncoming(c goja.FunctionCall) goja.Value {
	proto := c.Argument(0).(*goja.Object)
	kMaxPairs, _ := c.Argument(1).(*goja.Symbol)
	vm := r.vm
	empty, null := vm.ToValue(""), goja.Null()
	versions := map[[2]uint8]goja.Value{}
	for _, v := range [][2]uint8{{0, 9}, {1, 0}, {1, 1}, {2, 0}} {
		versions[v] = vm.ToValue(itoa(int(v[0])) + "." + itoa(int(v[1])))
	}
	methods := map[httpwire.Method]goja.Value{}
	accessor := func(name string, without goja.Value, get func(h *httpwire.Head) goja.Value) {
		getter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok {
				if h := r.head(o); h != nil {
					return get(h)
				}
			}
			return without
		})
		setter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok {
				_ = o.DefineDataProperty(name, c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
			return goja.Undefined()
		})
		_ = proto.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	flagged := func(name string, get func(x *exchange) bool) {
		getter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok {
				if x := r.thinOf(o); x != nil {
					return r.bool(get(x))
				}
				if name == "upgrade" && r.head(o) == nil {
					return null
				}
			}
			return r.no
		})
		setter := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if o, ok := c.This.(*goja.Object); ok {
				_ = o.DefineDataProperty(name, c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
			return goja.Undefined()
		})
		_ = proto.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	flagged("complete", func(x *exchange) bool { return x.reqDone || x.eof })
	flagged("upgrade", func(*exchange) bool { return false })
	accessor("url", empty, func(h *httpwire.Head) goja.Value {
		if h.Status != 0 {
			return empty
		}
		return vm.ToValue(h.URL())
	})
	accessor("method", null, func(h *httpwire.Head) goja.Value {
		if h.Status != 0 {
			return null
		}
		v := methods[h.Method]
		if v == nil {
			v = vm.ToValue(h.Method.String())
			methods[h.Method] = v
		}
		return v
	})
	accessor("httpVersionMajor", null, func(h *httpwire.Head) goja.Value { return vm.ToValue(int(h.Major)) })
	accessor("httpVersionMinor", null, func(h *httpwire.Head) goja.Value { return vm.ToValue(int(h.Minor)) })
	accessor("httpVersion", null, func(h *httpwire.Head) goja.Value {
		if v := versions[[2]uint8{h.Major, h.Minor}]; v != nil {
			return v
		}
		return vm.ToValue(itoa(int(h.Major)) + "." + itoa(int(h.Minor)))
	})
	accessor("statusCode", null, func(h *httpwire.Head) goja.Value {
		if h.Status == 0 {
			return null
		}
		return vm.ToValue(h.Status)
	})
	accessor("statusMessage", null, func(h *httpwire.Head) goja.Value {
		if h.Status == 0 {
			return null
		}
		return r.str(h, h.Reason())
	})
	// rawHeaders must be the same array each time.
	rawSet := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if o, ok := c.This.(*goja.Object); ok {
			_ = o.DefineDataProperty("rawHeaders", c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
		return goja.Undefined()
	})
	rawGet := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		o, ok := c.This.(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		var list *goja.Object
		if h := r.head(o); h != nil {
			limit := 2 * defaultMaxFields
			if v := o.GetSymbol(kMaxPairs); v != nil && !goja.IsUndefined(v) {
				limit = int(v.ToInteger())
			}
			list = r.rawHeaders(h, limit)
		} else {
			list = vm.NewArray()
		}
		_ = o.DefineDataProperty("rawHeaders", list, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		return list
	})
	_ = proto.DefineAccessorProperty("rawHeaders", rawGet, rawSet, goja.FLAG_TRUE, goja.FLAG_TRUE)
	return goja.Undefined()
}

func (r *room) rawHeaders(h *httpwire.Head, maxPairs int) *goja.Object {
	list := make([]any, 0, 2*h.NumFields())
	for i := range h.NumFields() {
		if maxPairs > 0 && 2*i >= maxPairs {
			break
		}
		n, v := h.Field(i)
		list = append(list, r.str(h, n), r.str(h, v))
	}
	return r.vm.NewArray(list...)
}

// single are the fields of which only the first counts.
func single(lower string) bool {
	switch lower {
	case "age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host",
		"if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards",
		"proxy-authorization", "referer", "retry-after", "server", "user-agent":
		return true
	}
	return false
}

// common gives the lower-case form of the names that most requests have
// without making a string.
func common(name string) string {
	switch name {
	case "Host", "host":
		return "host"
	case "User-Agent", "user-agent":
		return "user-agent"
	case "Accept", "accept":
		return "accept"
	case "Accept-Encoding", "accept-encoding":
		return "accept-encoding"
	case "Accept-Language", "accept-language":
		return "accept-language"
	case "Connection", "connection":
		return "connection"
	case "Content-Type", "content-type":
		return "content-type"
	case "Content-Length", "content-length":
		return "content-length"
	case "Cookie", "cookie":
		return "cookie"
	case "Authorization", "authorization":
		return "authorization"
	case "Transfer-Encoding":
		return "transfer-encoding"
	case "Date":
		return "date"
	}
	return strings.ToLower(name)
}

// headersObject(message, join, maxPairs) is message.headers.
func (r *room) headersObject(c goja.FunctionCall) goja.Value {
	var h *httpwire.Head
	if msg, ok := c.Argument(0).(*goja.Object); ok {
		h = r.head(msg)
	}
	o := r.vm.NewObject()
	if h == nil {
		return o
	}
	join := c.Argument(1).ToBoolean()
	maxPairs := int(c.Argument(2).ToInteger())
	type entry struct {
		name, value string
		list        []any
	}
	var few [16]entry
	entries := few[:0]
next:
	for i := range h.NumFields() {
		if maxPairs > 0 && 2*i >= maxPairs {
			break
		}
		n, v := h.Field(i)
		n = common(n)
		if h.NonASCII() {
			v = httpwire.Latin1(v)
		}
		for j := range entries {
			e := &entries[j]
			if e.name != n {
				continue
			}
			switch {
			case n == "set-cookie":
				e.list = append(e.list, v)
			case n == "cookie":
				e.value += "; " + v
			case !single(n) || join:
				e.value += ", " + v
			}
			continue next
		}
		e := entry{name: n, value: v}
		if n == "set-cookie" {
			e.list = []any{v}
		}
		entries = append(entries, e)
	}
	for i := range entries {
		e := &entries[i]
		var v goja.Value
		if e.list != nil {
			v = r.vm.NewArray(e.list...)
		} else {
			v = r.vm.ToValue(e.value)
		}
		if e.name == "__proto__" {
			_ = o.DefineDataProperty(e.name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			continue
		}
		_ = o.Set(e.name, v)
	}
	return o
}

// headFlags(head): 1 it has Host, 2 Expect, 4 a body is announced.
func (r *room) headFlags(c goja.FunctionCall) goja.Value {
	h, _ := natives.Carried(c.Argument(0)).(*httpwire.Head)
	if h == nil {
		return r.vm.ToValue(1)
	}
	return r.vm.ToValue(flagsOf(h))
}

func flagsOf(h *httpwire.Head) int {
	f := 0
	if _, ok := h.Get("host"); ok {
		f |= 1
	}
	if _, ok := h.Get("expect"); ok {
		f |= 2
	}
	if h.ConnectionFlag&(httpwire.FlagContentLength|httpwire.FlagTransferEncoding) != 0 {
		f |= 4
	}
	return f
}

// incomingSocket(message): its socket, which for a message of a connection
// that lives in Go is made now.
func (r *room) incomingSocket(c goja.FunctionCall) goja.Value {
	msg, ok := c.Argument(0).(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	if v := msg.GetSymbol(r.kIncomingSocket); v != nil {
		return v
	}
	if x := r.thinOf(msg); x != nil {
		x.conn.materialise()
		if x.conn.socket != nil {
			return x.conn.socket
		}
	}
	return goja.Undefined()
}
