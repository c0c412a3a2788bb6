package net

import "testing"

// FuzzSocketAddress: parsing never panics, and what it accepts is an address.
func FuzzSocketAddress(f *testing.F) {
	for _, s := range []string{"1.2.3.4:80", "[::1]:8080", "[", "", "x:1", "1.2.3.4:", "[::1]x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ip, port, _, ok := parseSocketAddress(s)
		if ok && (ipVersion(ip) == 0 || port < 0 || port > 65535) {
			t.Errorf("%q gave %q %d", s, ip, port)
		}
		_ = ipVersion(s)
	})
}

func TestBlockListEdges(t *testing.T) {
	l := &blockList{}
	l.addSubnet("10.1.2.3", 8)
	l.addSubnet("::", 0)
	l.addRange("192.168.0.255", "192.168.1.0")
	for addr, want := range map[string]bool{
		"10.255.255.255": true, "11.0.0.0": false, "192.168.0.255": true, "192.168.1.0": true, "192.168.1.1": false,
		"::1": true, "::ffff:10.0.0.1": true, "::ffff:11.0.0.1": false, "nonsense": false,
	} {
		if got := l.check(addr); got != want {
			t.Errorf("check(%s) = %v", addr, got)
		}
	}
}
