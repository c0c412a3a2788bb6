package dns

import (
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// FuzzParse: whatever a server sends is an error or records, never a panic.
func FuzzParse(f *testing.F) {
	name := dnsmessage.MustNewName("a.test.")
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 1, Response: true},
		Questions: []dnsmessage.Question{{Name: name, Type: dnsmessage.TypeMX, Class: dnsmessage.ClassINET}},
		Answers: []dnsmessage.Resource{
			{Header: dnsmessage.ResourceHeader{Name: name, Type: dnsmessage.TypeMX, Class: dnsmessage.ClassINET}, Body: &dnsmessage.MXResource{MX: name}},
			{Header: dnsmessage.ResourceHeader{Name: name, Class: dnsmessage.ClassINET}, Body: &dnsmessage.UnknownResource{Type: typeNAPTR, Data: []byte{0, 1, 0, 2, 1, 'S', 1, 'x', 0, 1, 'a', 0}}},
			{Header: dnsmessage.ResourceHeader{Name: name, Class: dnsmessage.ClassINET}, Body: &dnsmessage.UnknownResource{Type: typeCAA, Data: []byte{0, 5, 'i', 's', 's', 'u', 'e', 'x'}}},
		},
	}
	seed, err := m.Pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed, uint16(dnsmessage.TypeALL))
	f.Add(seed[:len(seed)-3], uint16(typeCAA))
	f.Add([]byte{}, uint16(1))
	f.Fuzz(func(t *testing.T, packet []byte, typ uint16) {
		recs, err := parse(packet, dnsmessage.Type(typ))
		if err == nil && len(recs) == 0 {
			t.Error("neither records nor an error")
		}
	})
}

func TestLocalhostNeedsNoNetwork(t *testing.T) {
	for _, host := range []string{"localhost", "LOCALHOST.", "x.localhost"} {
		for _, family := range []int{4, 6} {
			addrs := loopback(host, family)
			if len(addrs) != 1 || !addrs[0].IsLoopback() {
				t.Errorf("%s %d: %v", host, family, addrs)
			}
		}
	}
	if loopback("notlocalhost", 0) != nil {
		t.Error("notlocalhost")
	}
}
