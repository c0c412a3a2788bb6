package dns

import (
	"context"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/nodeerr"
)

// errPending is what setServers answers while queries run.
const errPending = -1000

const (
	defaultTimeout = 2 * time.Second
	defaultTries   = 4
)

// A channel is c-ares's: servers, and the queries that it has under way.
type channel struct {
	env        bindings.Env
	servers    []netip.AddrPort
	timeout    time.Duration
	maxTimeout time.Duration
	tries      int
	local4     netip.Addr
	local6     netip.Addr
	running    []*query            // in the order of their starting
	all        map[*query]struct{} // the isolate's
}

// A query is one question under way. Whoever ends it first reports it: its
// goroutine, or cancel.
type query struct {
	req     *goja.Object
	stop    context.CancelFunc
	pending *eventloop.Request
	ended   bool
}

// end takes q out of the channel; false if that was done before.
func (ch *channel) end(q *query) bool {
	if q.ended {
		return false
	}
	q.ended = true
	q.stop()
	q.pending.Done()
	ch.running = slices.DeleteFunc(ch.running, func(x *query) bool { return x == q })
	delete(ch.all, q)
	return true
}

// queryTypes are the methods of a channel and what they ask for.
var queryTypes = map[string]dnsmessage.Type{
	"queryAny": dnsmessage.TypeALL, "queryA": dnsmessage.TypeA, "queryAaaa": dnsmessage.TypeAAAA,
	"queryCaa": typeCAA, "queryCname": dnsmessage.TypeCNAME, "queryMx": dnsmessage.TypeMX,
	"queryNs": dnsmessage.TypeNS, "queryTlsa": typeTLSA, "queryTxt": dnsmessage.TypeTXT,
	"querySrv": dnsmessage.TypeSRV, "queryPtr": dnsmessage.TypePTR, "queryNaptr": typeNAPTR,
	"querySoa": dnsmessage.TypeSOA,
}

// channelClass defines ChannelWrap.
func channelClass(env bindings.Env, o *goja.Object, set func(*goja.Object, string, func(goja.FunctionCall) goja.Value)) {
	vm := env.VM()
	key := goja.NewSymbol("channel")
	running := map[*query]struct{}{} // of all channels
	ctor := vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		ch := &channel{env: env, servers: systemServers(), all: running}
		ch.timeout = time.Duration(c.Argument(0).ToInteger()) * time.Millisecond
		if ch.timeout < 0 {
			ch.timeout = defaultTimeout
		}
		ch.timeout = max(ch.timeout, time.Millisecond)
		if ch.tries = int(c.Argument(1).ToInteger()); ch.tries <= 0 {
			ch.tries = defaultTries
		}
		ch.maxTimeout = time.Duration(c.Argument(2).ToInteger()) * time.Millisecond
		_ = c.This.DefineDataPropertySymbol(key, vm.ToValue(ch), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		return nil
	}).(*goja.Object)
	_ = ctor.DefineDataProperty("name", vm.ToValue("ChannelWrap"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.Set("ChannelWrap", ctor)
	proto := ctor.Get("prototype").(*goja.Object)
	method := func(name string, fn func(ch *channel, c goja.FunctionCall) goja.Value) {
		set(proto, name, func(c goja.FunctionCall) goja.Value {
			var ch *channel
			if this, ok := c.This.(*goja.Object); ok {
				if v := this.GetSymbol(key); v != nil {
					ch, _ = v.Export().(*channel)
				}
			}
			if ch == nil {
				panic(env.NewError("ERR_INVALID_THIS", "ChannelWrap"))
			}
			return fn(ch, c)
		})
	}
	for name, typ := range queryTypes {
		method(name, func(ch *channel, c goja.FunctionCall) goja.Value {
			host := c.Argument(1).String()
			ch.start(c.Argument(0).ToObject(vm), func(ctx context.Context, r *resolver) ([]record, error) {
				return r.resolve(ctx, host, typ)
			}, func(recs []record) []goja.Value { return ch.results(typ, recs) })
			return vm.ToValue(0)
		})
	}
	method("getHostByAddr", func(ch *channel, c goja.FunctionCall) goja.Value {
		ip, err := netip.ParseAddr(c.Argument(1).String())
		if err != nil {
			return vm.ToValue(nodeerr.Number("EINVAL"))
		}
		ch.start(c.Argument(0).ToObject(vm), func(ctx context.Context, r *resolver) ([]record, error) {
			return r.reverse(ctx, ip)
		}, func(recs []record) []goja.Value { return ch.results(dnsmessage.TypePTR, recs) })
		return vm.ToValue(0)
	})
	method("getServers", func(ch *channel, _ goja.FunctionCall) goja.Value {
		out := make([]any, len(ch.servers))
		for i, s := range ch.servers {
			out[i] = vm.NewArray(s.Addr().String(), int(s.Port()))
		}
		return vm.NewArray(out...)
	})
	method("setServers", func(ch *channel, c goja.FunctionCall) goja.Value {
		if len(ch.running) > 0 {
			return vm.ToValue(errPending)
		}
		var list [][]any
		if err := vm.ExportTo(c.Argument(0), &list); err != nil {
			return vm.ToValue(nodeerr.Number("EINVAL"))
		}
		servers := make([]netip.AddrPort, 0, len(list))
		for _, s := range list { // [family, address, port]
			text, _ := s[1].(string)
			ip, err := netip.ParseAddr(text)
			if err != nil {
				return vm.ToValue(nodeerr.Number("EINVAL"))
			}
			port, _ := s[2].(int64)
			if s := netip.AddrPortFrom(ip, uint16(port)); !slices.Contains(servers, s) {
				servers = append(servers, s)
			}
		}
		ch.servers = servers
		return vm.ToValue(0)
	})
	method("setLocalAddress", func(ch *channel, c goja.FunctionCall) goja.Value {
		a, err := netip.ParseAddr(c.Argument(0).String())
		if err != nil {
			panic(env.NewError("ERR_INVALID_ARG_VALUE", "ipv4", c.Argument(0), "is invalid"))
		}
		v4, v6 := netip.IPv4Unspecified(), netip.IPv6Unspecified()
		if a.Is4() {
			v4 = a
		} else {
			v6 = a
		}
		if second := c.Argument(1); !goja.IsUndefined(second) {
			b, err := netip.ParseAddr(second.String())
			if err != nil || a.Is4() == b.Is4() {
				panic(env.Error(&nodeerr.Coded{Code: "ERR_INVALID_ARG_VALUE", Class: "Error",
					Message: "Cannot specify two IPv4 or two IPv6 addresses."}))
			}
			if b.Is4() {
				v4 = b
			} else {
				v6 = b
			}
		}
		ch.local4, ch.local6 = v4, v6
		return goja.Undefined()
	})
	method("cancel", func(ch *channel, _ goja.FunctionCall) goja.Value {
		// In order, and not before cancel has returned.
		for _, q := range slices.Clone(ch.running) {
			q.stop()
			env.Loop().Defer(func() {
				if ch.end(q) {
					ch.fail(q.req, dnsError("ECANCELLED"))
				}
			})
		}
		return goja.Undefined()
	})
	env.OnCleanup(func() {
		for q := range running {
			q.stop()
		}
	})
}

// start runs a query on a goroutine and gives its results to req.oncomplete.
func (ch *channel) start(req *goja.Object, work func(context.Context, *resolver) ([]record, error), results func([]record) []goja.Value) {
	ctx, cancel := context.WithCancel(context.Background())
	loop := ch.env.Loop()
	q := &query{req: req, stop: cancel, pending: loop.NewRequest("QueryReqWrap")}
	ch.running = append(ch.running, q)
	ch.all[q] = struct{}{}
	r := &resolver{
		servers: ch.servers, timeout: ch.timeout, maxTimeout: ch.maxTimeout, tries: ch.tries,
		local4: ch.local4, local6: ch.local6,
	}
	go func() {
		recs, err := work(ctx, r)
		loop.Post(func() {
			if ctx.Err() != nil || !ch.end(q) {
				return // cancel reports it
			}
			if err != nil {
				ch.fail(req, err)
			} else if fn, ok := goja.AssertFunction(req.Get("oncomplete")); ok {
				ch.env.Call(fn, req, append([]goja.Value{goja.Null()}, results(recs)...)...)
			}
		})
	}()
}

func (ch *channel) fail(req *goja.Object, err error) {
	if fn, ok := goja.AssertFunction(req.Get("oncomplete")); ok {
		ch.env.Call(fn, req, ch.env.VM().ToValue(codeOf(err)))
	}
}

// results are oncomplete's arguments after the error.
func (ch *channel) results(typ dnsmessage.Type, recs []record) []goja.Value {
	vm := ch.env.VM()
	if typ == dnsmessage.TypeALL {
		slices.SortStableFunc(recs, func(a, b record) int {
			return slices.Index(anyOrder, a.typ) - slices.Index(anyOrder, b.typ)
		})
	}
	vals := make([]any, 0, len(recs))
	ttls := make([]any, 0, len(recs))
	for _, r := range recs {
		var v goja.Value
		switch {
		case typ == dnsmessage.TypeALL:
			v = ch.object(r, true)
		case len(r.fields) > 0 && r.fields[0].name == "":
			v = ch.value(r.fields[0].value)
		default:
			v = ch.object(r, false)
		}
		vals = append(vals, v)
		ttls = append(ttls, r.ttl)
	}
	if typ == dnsmessage.TypeSOA {
		return []goja.Value{vals[0].(goja.Value)}
	}
	out := []goja.Value{vm.NewArray(vals...)}
	if typ == dnsmessage.TypeA || typ == dnsmessage.TypeAAAA {
		out = append(out, vm.NewArray(ttls...))
	}
	return out
}

// object is a record as Node shows it; any is for resolveAny.
func (ch *channel) object(r record, any bool) goja.Value {
	o := ch.env.VM().NewObject()
	for i, f := range r.fields {
		name := f.name
		if name == "" { // the value of a record with one field
			switch r.typ {
			case "A", "AAAA":
				name = "address"
			case "TXT":
				name = "entries"
			default:
				name = "value"
			}
		}
		_ = o.Set(name, ch.value(f.value))
		if r.typ == "CAA" && i == 0 {
			_ = o.Set("type", r.typ)
		}
	}
	if r.typ == "A" || r.typ == "AAAA" {
		_ = o.Set("ttl", r.ttl)
	}
	switch {
	case any && r.typ != "TLSA", r.typ == "MX", r.typ == "SRV":
		_ = o.Set("type", r.typ)
	case r.typ == "SOA", r.typ == "NAPTR":
		_ = o.Set("type", goja.Undefined())
	}
	return o
}

// anyOrder is the order in which resolveAny lists what it got.
var anyOrder = []string{"CNAME", "A", "AAAA", "MX", "NS", "TXT", "SRV", "PTR", "NAPTR", "SOA", "TLSA", "CAA"}

func (ch *channel) value(v any) goja.Value {
	vm := ch.env.VM()
	switch v := v.(type) {
	case []string:
		out := make([]any, len(v))
		for i := range v {
			out[i] = v[i]
		}
		return vm.NewArray(out...)
	case []byte:
		return vm.ToValue(vm.NewArrayBuffer(v))
	}
	return vm.ToValue(v)
}

// systemServers reads /etc/resolv.conf; without one the local host is asked.
func systemServers() []netip.AddrPort {
	var out []netip.AddrPort
	if data, err := os.ReadFile("/etc/resolv.conf"); err == nil {
		for line := range strings.Lines(string(data)) {
			if f := strings.Fields(line); len(f) >= 2 && f[0] == "nameserver" {
				if ip, err := netip.ParseAddr(f[1]); err == nil {
					out = append(out, netip.AddrPortFrom(ip, 53))
				}
			}
		}
	}
	if len(out) == 0 {
		out = append(out, netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 53))
	}
	return out
}

// hostsNames are the names that /etc/hosts gives an address.
func hostsNames(ip netip.Addr) []string {
	data, err := os.ReadFile("/etc/hosts")
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		if a, err := netip.ParseAddr(f[0]); err == nil && a == ip {
			return f[1:]
		}
	}
	return nil
}

// arpa is the name under which an address is looked up.
func arpa(ip netip.Addr) string {
	var b strings.Builder
	raw := ip.AsSlice()
	for i := len(raw) - 1; i >= 0; i-- {
		if ip.Is4() {
			b.WriteString(strconv.Itoa(int(raw[i])) + ".")
			continue
		}
		const hex = "0123456789abcdef"
		b.Write([]byte{hex[raw[i]&15], '.', hex[raw[i]>>4], '.'})
	}
	if ip.Is4() {
		return b.String() + "in-addr.arpa"
	}
	return b.String() + "ip6.arpa"
}

func (r *resolver) dialer(server netip.AddrPort, network string) net.Dialer {
	local := r.local4
	if server.Addr().Is6() {
		local = r.local6
	}
	var d net.Dialer
	if local.IsValid() && !local.IsUnspecified() {
		if network == "udp" {
			d.LocalAddr = net.UDPAddrFromAddrPort(netip.AddrPortFrom(local, 0))
		} else {
			d.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(local, 0))
		}
	}
	return d
}
