package dns

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// Types that dnsmessage does not know.
const (
	typeNAPTR = dnsmessage.Type(35)
	typeTLSA  = dnsmessage.Type(52)
	typeCAA   = dnsmessage.Type(257)
)

// dnsError is a failure with c-ares's name.
type dnsError string

func (e dnsError) Error() string { return string(e) }

func codeOf(err error) string {
	var d dnsError
	if errors.As(err, &d) {
		return string(d)
	}
	return "ESERVFAIL"
}

// A record is one answer.
type record struct {
	typ    string
	ttl    int64
	fields []field
}

// field: the name is empty for a record that is one value.
type field struct {
	name  string
	value any // string, int64, []string, []byte
}

// A resolver is what one query needs of its channel.
type resolver struct {
	servers        []netip.AddrPort
	timeout        time.Duration
	maxTimeout     time.Duration
	tries          int
	local4, local6 netip.Addr
}

func (r *resolver) reverse(ctx context.Context, ip netip.Addr) ([]record, error) {
	if names := hostsNames(ip); names != nil {
		var out []record
		for _, n := range names {
			out = append(out, record{typ: "PTR", fields: []field{{"", n}}})
		}
		return out, nil
	}
	return r.resolve(ctx, arpa(ip), dnsmessage.TypePTR)
}

// resolve asks the servers in turn, and again with more patience.
func (r *resolver) resolve(ctx context.Context, host string, typ dnsmessage.Type) ([]record, error) {
	host = strings.TrimSuffix(host, ".")
	if strings.HasSuffix(strings.ToLower(host), ".onion") {
		return nil, dnsError("ENOTFOUND")
	}
	name, err := dnsmessage.NewName(host + ".")
	if err != nil {
		return nil, dnsError("EBADNAME")
	}
	id := uint16(rand.Uint32())
	msg := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: id, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: name, Type: typ, Class: dnsmessage.ClassINET}},
	}
	packet, err := msg.Pack()
	if err != nil {
		return nil, dnsError("EBADNAME")
	}
	last := error(dnsError("ECONNREFUSED"))
	timeout := r.timeout
	for range r.tries {
		for _, server := range r.servers {
			if ctx.Err() != nil {
				return nil, dnsError("ECANCELLED")
			}
			reply, err := r.exchange(ctx, server, packet, id, timeout)
			if err != nil {
				last = err
				continue
			}
			recs, err := parse(reply, typ)
			switch codeOf(err) {
			case "ESERVFAIL", "ENOTIMP", "EREFUSED":
				if err != nil {
					last = err
					continue
				}
			}
			return recs, err
		}
		if len(r.servers) == 0 || (last != dnsError("ETIMEOUT") && last != dnsError("ECONNREFUSED")) {
			break
		}
		timeout *= 2
		if r.maxTimeout > 0 {
			timeout = min(timeout, r.maxTimeout)
		}
	}
	return nil, last
}

// exchange sends a packet to one server, over TCP if the answer is too long for UDP.
func (r *resolver) exchange(ctx context.Context, server netip.AddrPort, packet []byte, id uint16, timeout time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	d := r.dialer(server, "udp")
	c, err := d.DialContext(ctx, "udp", server.String())
	if err != nil {
		return nil, networkError(err)
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })()
	if _, err := c.Write(packet); err != nil {
		return nil, networkError(err)
	}
	buf := make([]byte, 64<<10)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return nil, networkError(err)
		}
		if n < 12 || binary.BigEndian.Uint16(buf) != id {
			continue // not an answer to this question
		}
		if buf[2]&2 != 0 { // truncated
			return r.stream(ctx, server, packet)
		}
		return buf[:n], nil
	}
}

func (r *resolver) stream(ctx context.Context, server netip.AddrPort, packet []byte) ([]byte, error) {
	d := r.dialer(server, "tcp")
	c, err := d.DialContext(ctx, "tcp", server.String())
	if err != nil {
		return nil, networkError(err)
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })()
	if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(packet))), packet...)); err != nil {
		return nil, networkError(err)
	}
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return nil, networkError(err)
	}
	reply := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(c, reply); err != nil {
		return nil, networkError(err)
	}
	return reply, nil
}

func networkError(err error) error {
	var t net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return dnsError("ECONNREFUSED")
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.As(err, &t) && t.Timeout():
		return dnsError("ETIMEOUT")
	}
	return dnsError("ECONNREFUSED")
}

var rcodes = map[dnsmessage.RCode]string{
	dnsmessage.RCodeFormatError: "EFORMERR", dnsmessage.RCodeServerFailure: "ESERVFAIL",
	dnsmessage.RCodeNameError: "ENOTFOUND", dnsmessage.RCodeNotImplemented: "ENOTIMP",
	dnsmessage.RCodeRefused: "EREFUSED",
}

// parse takes the records of a type out of a reply.
func parse(packet []byte, typ dnsmessage.Type) ([]record, error) {
	var p dnsmessage.Parser
	h, err := p.Start(packet)
	if err != nil {
		return nil, dnsError("EBADRESP")
	}
	if h.RCode != dnsmessage.RCodeSuccess {
		if code, ok := rcodes[h.RCode]; ok {
			return nil, dnsError(code)
		}
		return nil, dnsError("ESERVFAIL")
	}
	if err := p.SkipAllQuestions(); err != nil {
		return nil, dnsError("EBADRESP")
	}
	var out []record
	for {
		h, err := p.AnswerHeader()
		if errors.Is(err, dnsmessage.ErrSectionDone) {
			break
		}
		if err != nil {
			return nil, dnsError("EBADRESP")
		}
		if typ != dnsmessage.TypeALL && h.Type != typ {
			if err := p.SkipAnswer(); err != nil {
				return nil, dnsError("EBADRESP")
			}
			continue
		}
		rec, known, err := parseRecord(&p, h)
		if err != nil {
			return nil, dnsError("EBADRESP")
		}
		if known {
			rec.ttl = int64(h.TTL)
			out = append(out, rec)
		}
	}
	if len(out) == 0 {
		return nil, dnsError("ENODATA")
	}
	return out, nil
}

func domain(n dnsmessage.Name) string { return strings.TrimSuffix(n.String(), ".") }

func parseRecord(p *dnsmessage.Parser, h dnsmessage.ResourceHeader) (r record, known bool, err error) {
	one := func(typ string, v any) { r = record{typ: typ, fields: []field{{"", v}}} }
	known = true
	switch h.Type {
	case dnsmessage.TypeA:
		var x dnsmessage.AResource
		x, err = p.AResource()
		one("A", netip.AddrFrom4(x.A).String())
	case dnsmessage.TypeAAAA:
		var x dnsmessage.AAAAResource
		x, err = p.AAAAResource()
		one("AAAA", netip.AddrFrom16(x.AAAA).String())
	case dnsmessage.TypeCNAME:
		var x dnsmessage.CNAMEResource
		if x, err = p.CNAMEResource(); err == nil {
			one("CNAME", domain(x.CNAME))
		}
	case dnsmessage.TypeNS:
		var x dnsmessage.NSResource
		if x, err = p.NSResource(); err == nil {
			one("NS", domain(x.NS))
		}
	case dnsmessage.TypePTR:
		var x dnsmessage.PTRResource
		if x, err = p.PTRResource(); err == nil {
			one("PTR", domain(x.PTR))
		}
	case dnsmessage.TypeMX:
		var x dnsmessage.MXResource
		if x, err = p.MXResource(); err == nil {
			r = record{typ: "MX", fields: []field{{"exchange", domain(x.MX)}, {"priority", int64(x.Pref)}}}
		}
	case dnsmessage.TypeTXT:
		var x dnsmessage.TXTResource
		if x, err = p.TXTResource(); err == nil {
			texts := make([]string, len(x.TXT))
			for i, s := range x.TXT {
				texts[i] = latin1(s)
			}
			one("TXT", texts)
		}
	case dnsmessage.TypeSRV:
		var x dnsmessage.SRVResource
		if x, err = p.SRVResource(); err == nil {
			r = record{typ: "SRV", fields: []field{{"name", domain(x.Target)}, {"port", int64(x.Port)},
				{"priority", int64(x.Priority)}, {"weight", int64(x.Weight)}}}
		}
	case dnsmessage.TypeSOA:
		var x dnsmessage.SOAResource
		if x, err = p.SOAResource(); err == nil {
			r = record{typ: "SOA", fields: []field{{"nsname", domain(x.NS)}, {"hostmaster", domain(x.MBox)},
				{"serial", int64(x.Serial)}, {"refresh", int64(x.Refresh)}, {"retry", int64(x.Retry)},
				{"expire", int64(x.Expire)}, {"minttl", int64(x.MinTTL)}}}
		}
	default:
		var x dnsmessage.UnknownResource
		if x, err = p.UnknownResource(); err == nil {
			return parseRaw(h.Type, x.Data)
		}
	}
	return r, known, err
}

// latin1 makes a string with one character for each byte.
func latin1(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			r := make([]rune, len(s))
			for i := range len(s) {
				r[i] = rune(s[i])
			}
			return string(r)
		}
	}
	return s
}

var errShort = errors.New("short record")

func parseRaw(typ dnsmessage.Type, b []byte) (r record, known bool, err error) {
	switch typ {
	case typeCAA:
		if len(b) < 2 || len(b) < 2+int(b[1]) {
			return r, false, errShort
		}
		tag := latin1(string(b[2 : 2+b[1]]))
		return record{typ: "CAA", fields: []field{{"critical", int64(b[0])}, {tag, latin1(string(b[2+b[1]:]))}}}, true, nil
	case typeTLSA:
		if len(b) < 3 {
			return r, false, errShort
		}
		return record{typ: "TLSA", fields: []field{{"certUsage", int64(b[0])}, {"selector", int64(b[1])},
			{"match", int64(b[2])}, {"data", append([]byte(nil), b[3:]...)}}}, true, nil
	case typeNAPTR:
		if len(b) < 4 {
			return r, false, errShort
		}
		order, pref := int64(binary.BigEndian.Uint16(b)), int64(binary.BigEndian.Uint16(b[2:]))
		b = b[4:]
		var texts [3]string
		for i := range texts {
			if len(b) < 1 || len(b) < 1+int(b[0]) {
				return r, false, errShort
			}
			texts[i], b = latin1(string(b[1:1+b[0]])), b[1+b[0]:]
		}
		var labels []string
		for len(b) > 0 && b[0] != 0 {
			if b[0]&0xC0 != 0 || len(b) < 1+int(b[0]) {
				return r, false, errShort
			}
			labels, b = append(labels, latin1(string(b[1:1+b[0]]))), b[1+b[0]:]
		}
		return record{typ: "NAPTR", fields: []field{{"flags", texts[0]}, {"service", texts[1]}, {"regexp", texts[2]},
			{"replacement", strings.Join(labels, ".")}, {"order", order}, {"preference", pref}}}, true, nil
	}
	return r, false, nil
}
