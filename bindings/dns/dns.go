package dns

import (
	"context"
	"embed"
	"errors"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "cares_wrap", Native: native, Hidden: true},
		{Name: "dns", JS: files, File: "dns.js"},
		{Name: "dns/promises", JS: files, File: "promises.js"},
		{Name: "internal/dns/promises", JS: files, File: "dns_promises.js"},
		{Name: "internal/dns/utils", JS: files, File: "utils.js"},
	}
}

// Orders of lookup's results.
const (
	orderVerbatim = iota
	orderIPv4First
	orderIPv6First
)

// getaddrinfo's hints.
const (
	hintV4Mapped   = 8
	hintAll        = 16
	hintAddrConfig = 32
)

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	set := func(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
		natives.Set(vm, o, name, 0, fn)
	}
	for name, v := range map[string]int{
		"AI_ADDRCONFIG": hintAddrConfig, "AI_ALL": hintAll, "AI_V4MAPPED": hintV4Mapped,
		"DNS_ORDER_VERBATIM": orderVerbatim, "DNS_ORDER_IPV4_FIRST": orderIPv4First, "DNS_ORDER_IPV6_FIRST": orderIPv6First,
	} {
		_ = o.Set(name, v)
	}
	for _, name := range []string{"GetAddrInfoReqWrap", "GetNameInfoReqWrap", "QueryReqWrap"} {
		_ = o.Set(name, vm.ToValue(func(goja.ConstructorCall) *goja.Object { return nil }))
	}
	complete := func(req *goja.Object, args ...goja.Value) {
		if fn, ok := goja.AssertFunction(req.Get("oncomplete")); ok {
			env.Call(fn, req, args...)
		}
	}
	set(o, "getaddrinfo", func(c goja.FunctionCall) goja.Value {
		req := c.Argument(0).ToObject(vm)
		host := c.Argument(1).String()
		family, hints, order := int(c.Argument(2).ToInteger()), int(c.Argument(3).ToInteger()), int(c.Argument(4).ToInteger())
		eventloop.SubmitKind(env.Loop(), "GetAddrInfoReqWrap", func(ctx context.Context) ([]string, error) {
			return lookup(ctx, host, family, hints, order)
		}, func(addrs []string, err error) {
			if err != nil {
				complete(req, vm.ToValue(gaiNumber(err)))
				return
			}
			complete(req, goja.Null(), vm.ToValue(addrs))
		})
		return vm.ToValue(0)
	})
	set(o, "getnameinfo", func(c goja.FunctionCall) goja.Value {
		req := c.Argument(0).ToObject(vm)
		ip, err := netip.ParseAddr(c.Argument(1).String())
		if err != nil {
			return vm.ToValue(nodeerr.Number("EINVAL"))
		}
		port := int(c.Argument(2).ToInteger())
		eventloop.SubmitKind(env.Loop(), "GetNameInfoReqWrap", func(ctx context.Context) ([2]string, error) {
			name, err := hostName(ctx, ip)
			return [2]string{name, serviceName(port)}, err
		}, func(names [2]string, err error) {
			if err != nil {
				complete(req, vm.ToValue(gaiNumber(err)))
				return
			}
			complete(req, goja.Null(), vm.ToValue(names[0]), vm.ToValue(names[1]))
		})
		return vm.ToValue(0)
	})
	set(o, "canonicalizeIP", func(c goja.FunctionCall) goja.Value {
		ip, err := netip.ParseAddr(c.Argument(0).String())
		if err != nil {
			return goja.Undefined()
		}
		return vm.ToValue(ip.WithZone("").String())
	})
	set(o, "strerror", func(c goja.FunctionCall) goja.Value { return vm.ToValue(strerror(c.Argument(0))) })
	channelClass(env, o, set)
	return o
}

func strerror(v goja.Value) string {
	if n := v.ToInteger(); n == errPending {
		return "There are pending queries."
	}
	return "Misformatted domain name"
}

// lookup resolves a name as getaddrinfo does.
func lookup(ctx context.Context, host string, family, hints, order int) ([]string, error) {
	network := "ip"
	mapped := family == 6 && hints&hintV4Mapped != 0
	switch {
	case family == 4:
		network = "ip4"
	case family == 6 && !mapped:
		network = "ip6"
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, network, host)
	if err != nil || len(ips) == 0 {
		if ips = loopback(host, family); ips == nil {
			if err == nil {
				err = &net.DNSError{IsNotFound: true}
			}
			return nil, err
		}
	}
	for i := range ips {
		ips[i] = ips[i].Unmap()
	}
	if mapped {
		ips = mapV4(ips, hints&hintAll != 0)
	}
	if order != orderVerbatim {
		slices.SortStableFunc(ips, func(a, b netip.Addr) int {
			if a.Is4() == b.Is4() {
				return 0
			}
			if a.Is4() == (order == orderIPv4First) {
				return -1
			}
			return 1
		})
	}
	out := make([]string, 0, len(ips))
	for _, ip := range ips {
		if s := ip.String(); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// mapV4 is AI_V4MAPPED: IPv4 addresses in IPv6 form, where there is no IPv6 or all are wanted.
func mapV4(ips []netip.Addr, all bool) []netip.Addr {
	var six, four []netip.Addr
	for _, ip := range ips {
		if ip.Is4() {
			four = append(four, netip.AddrFrom16(ip.As16()))
		} else {
			six = append(six, ip)
		}
	}
	if len(six) == 0 || all {
		six = append(six, four...)
	}
	return six
}

// loopback answers for localhost where /etc/hosts does not (RFC 6761).
func loopback(host string, family int) []netip.Addr {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if name != "localhost" && !strings.HasSuffix(name, ".localhost") {
		return nil
	}
	v4, v6 := netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()
	switch family {
	case 4:
		return []netip.Addr{v4}
	case 6:
		return []netip.Addr{v6}
	}
	return []netip.Addr{v4, v6}
}

func gaiNumber(err error) int {
	var dns *net.DNSError
	var addr *net.AddrError
	switch {
	case errors.As(err, &addr):
		return nodeerr.Number("EAI_NONAME")
	case errors.As(err, &dns):
		if dns.IsNotFound || strings.Contains(dns.Err, "no such host") {
			return nodeerr.Number("EAI_NONAME")
		}
		return nodeerr.Number("EAI_AGAIN")
	case errors.Is(err, context.Canceled):
		return nodeerr.Number("ECANCELED")
	}
	return nodeerr.Number("EAI_FAIL")
}

// hostName is the first half of getnameinfo; an address without a name is an error.
func hostName(ctx context.Context, ip netip.Addr) (string, error) {
	names, err := net.DefaultResolver.LookupAddr(ctx, ip.String())
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", &net.DNSError{IsNotFound: true}
	}
	return strings.TrimSuffix(names[0], "."), nil
}

// serviceName is the other half; /etc/services is read each time, which no
// program does often.
func serviceName(port int) string {
	data, err := os.ReadFile("/etc/services")
	if err == nil {
		want := strconv.Itoa(port) + "/tcp"
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			if f := strings.Fields(line); len(f) >= 2 && f[1] == want {
				return f[0]
			}
		}
	}
	if name, ok := wellKnown[port]; ok && err != nil {
		return name
	}
	return strconv.Itoa(port)
}

var wellKnown = map[int]string{
	21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "domain", 80: "http", 110: "pop3", 143: "imap2", 443: "https",
}
