package net

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/natives"
)

// ipVersion is net.isIP: 4, 6 or 0.
func ipVersion(s string) int {
	ip, err := netip.ParseAddr(s)
	switch {
	case err != nil:
		return 0
	case ip.Is4():
		return 4
	}
	if z := ip.Zone(); z != "" {
		for i := range len(z) {
			c := z[i]
			if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == ':') {
				return 0
			}
		}
	}
	return 6
}

// canonical parses an address of a family and writes it the short way.
func canonical(s, family string) (string, bool) {
	ip, err := netip.ParseAddr(s)
	if err != nil || ip.Is4() != (family == "ipv4") {
		return "", false
	}
	return ip.WithZone("").String(), true
}

// parseSocketAddress reads "1.2.3.4:80" and "[::1]:80", as a URL's authority:
// port 80 is http's own and so is none.
func parseSocketAddress(s string) (ip string, port int, family string, ok bool) {
	host, rest := s, ""
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return
		}
		host, rest = s[1:end], s[end+1:]
		family = "ipv6"
	} else {
		if i := strings.IndexByte(s, ':'); i >= 0 {
			host, rest = s[:i], s[i:]
		}
		family = "ipv4"
	}
	if rest != "" {
		n, err := strconv.ParseUint(rest[1:], 10, 16)
		if rest[0] != ':' || err != nil {
			return
		}
		port = int(n)
		if port == 80 {
			port = 0
		}
	}
	ip, ok = canonical(host, family)
	return
}

// A rule of a block list. key is what removing it names it by.
type rule struct {
	key      string
	from, to netip.Addr
	text     string
}

type blockList struct{ rules []rule }

func familyName(ip netip.Addr) string {
	if ip.Is4() {
		return "IPv4"
	}
	return "IPv6"
}

func (l *blockList) add(r rule) {
	l.remove(r.key)
	l.rules = append(l.rules, r)
}

func (l *blockList) addAddress(s string) {
	ip := netip.MustParseAddr(s)
	l.add(rule{"A" + s, ip.Unmap(), ip.Unmap(), "Address: " + familyName(ip) + " " + s})
}

func (l *blockList) addRange(a, b string) bool {
	from, to := netip.MustParseAddr(a), netip.MustParseAddr(b)
	if to.Less(from) {
		return false
	}
	l.add(rule{"R" + a + "-" + b, from.Unmap(), to.Unmap(), "Range: " + familyName(from) + " " + a + "-" + b})
	return true
}

func (l *blockList) addSubnet(s string, bits int) {
	ip := netip.MustParseAddr(s)
	p := strconv.Itoa(bits)
	first := netip.PrefixFrom(ip, bits).Masked().Addr()
	last := first.AsSlice()
	for i := bits; i < len(last)*8; i++ {
		last[i/8] |= 0x80 >> (i % 8)
	}
	to, _ := netip.AddrFromSlice(last)
	l.add(rule{"S" + s + "/" + p, first.Unmap(), to.Unmap(), "Subnet: " + familyName(ip) + " " + s + "/" + p})
}

func (l *blockList) remove(key string) {
	for i := range l.rules {
		if l.rules[i].key == key {
			l.rules = append(l.rules[:i], l.rules[i+1:]...)
			return
		}
	}
}

func (l *blockList) check(s string) bool {
	ip, err := netip.ParseAddr(s)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	for i := range l.rules {
		r := &l.rules[i]
		if r.from.BitLen() == ip.BitLen() && !ip.Less(r.from) && !r.to.Less(ip) {
			return true
		}
	}
	return false
}

// texts lists the rules, the newest first.
func (l *blockList) texts() []any {
	out := make([]any, len(l.rules))
	for i := range l.rules {
		out[len(out)-1-i] = l.rules[i].text
	}
	return out
}

// addressFunctions fills the native object with what address.go computes.
func addressFunctions(vm *goja.Runtime, o *goja.Object) {
	set := func(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
		natives.Set(vm, o, name, 0, fn)
	}
	text := func(c goja.FunctionCall, i int) string {
		if _, ok := c.Argument(i).(*goja.Symbol); ok {
			panic(vm.NewTypeError("Cannot convert a Symbol value to a string"))
		}
		return c.Argument(i).String()
	}
	set(o, "isIP", func(c goja.FunctionCall) goja.Value { return vm.ToValue(ipVersion(text(c, 0))) })
	set(o, "isIPv4", func(c goja.FunctionCall) goja.Value { return vm.ToValue(ipVersion(text(c, 0)) == 4) })
	set(o, "isIPv6", func(c goja.FunctionCall) goja.Value { return vm.ToValue(ipVersion(text(c, 0)) == 6) })
	set(o, "canonical", func(c goja.FunctionCall) goja.Value {
		if s, ok := canonical(text(c, 0), text(c, 1)); ok {
			return vm.ToValue(s)
		}
		return goja.Undefined()
	})
	set(o, "parseSocketAddress", func(c goja.FunctionCall) goja.Value {
		ip, port, family, ok := parseSocketAddress(text(c, 0))
		if !ok {
			return goja.Undefined()
		}
		return vm.NewArray(ip, port, family)
	})
	set(o, "newBlockList", func(goja.FunctionCall) goja.Value {
		l := &blockList{}
		b := vm.NewObject()
		set(b, "addAddress", func(c goja.FunctionCall) goja.Value { l.addAddress(text(c, 0)); return goja.Undefined() })
		set(b, "addRange", func(c goja.FunctionCall) goja.Value { return vm.ToValue(l.addRange(text(c, 0), text(c, 1))) })
		set(b, "addSubnet", func(c goja.FunctionCall) goja.Value {
			l.addSubnet(text(c, 0), int(c.Argument(1).ToInteger()))
			return goja.Undefined()
		})
		set(b, "remove", func(c goja.FunctionCall) goja.Value { l.remove(text(c, 0)); return goja.Undefined() })
		set(b, "clear", func(goja.FunctionCall) goja.Value { l.rules = nil; return goja.Undefined() })
		set(b, "size", func(goja.FunctionCall) goja.Value { return vm.ToValue(len(l.rules)) })
		set(b, "check", func(c goja.FunctionCall) goja.Value { return vm.ToValue(l.check(text(c, 0))) })
		set(b, "rules", func(goja.FunctionCall) goja.Value { return vm.NewArray(l.texts()...) })
		return b
	})
}
