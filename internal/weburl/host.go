package weburl

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// forbidden host code points; domains forbid controls, % and DEL besides.
func forbiddenHost(c byte) bool {
	return c == 0 || strings.IndexByte("\t\n\r #/:<>?@[\\]^|", c) >= 0
}

func forbiddenDomain(c byte) bool { return c <= 0x1F || c == '%' || c == 0x7F || forbiddenHost(c) }

// parseHost is the host parser; the result is serialized.
func parseHost(in string, opaque bool) (string, bool) {
	if strings.HasPrefix(in, "[") {
		if !strings.HasSuffix(in, "]") {
			return "", false
		}
		ip, ok := parseIPv6(in[1 : len(in)-1])
		if !ok {
			return "", false
		}
		return "[" + ip.String() + "]", true
	}
	if opaque {
		for i := range len(in) {
			if forbiddenHost(in[i]) {
				return "", false
			}
		}
		return encode(in, setC0), true
	}
	host, ok := DomainToASCII(percentDecode(in))
	if !ok {
		return "", false
	}
	for i := range len(host) {
		if forbiddenDomain(host[i]) {
			return "", false
		}
	}
	if endsInNumber(host) {
		ip, ok := parseIPv4(host)
		if !ok {
			return "", false
		}
		return strconv.Itoa(int(ip>>24)) + "." + strconv.Itoa(int(ip>>16&255)) + "." +
			strconv.Itoa(int(ip>>8&255)) + "." + strconv.Itoa(int(ip&255)), true
	}
	return host, true
}

var profile = sync.OnceValue(func() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false),
		idna.CheckHyphens(false), idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false))
})

// DomainToASCII is the standard's domain to ASCII, not strict. An empty
// result is a failure.
func DomainToASCII(domain string) (string, bool) {
	if ascii(domain) {
		// Punycode labels are taken as they are, as Node does.
		return strings.ToLower(domain), domain != ""
	}
	if !utf8.ValidString(domain) {
		return "", false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if len(label) == 4 && strings.EqualFold(label, "xn--") {
			return "", false
		}
	}
	s, err := profile().ToASCII(strings.Map(newer, domain))
	if err != nil || s == "" {
		return "", false
	}
	return s, true
}

// DomainToUnicode shows a domain's punycode labels decoded; those that are
// wrong stay as they are.
func DomainToUnicode(domain string) string {
	labels := strings.Split(domain, ".")
	for i, l := range labels {
		if !strings.HasPrefix(l, "xn--") {
			continue
		}
		if s, err := profile().ToUnicode(l); err == nil && !ascii(s) {
			labels[i] = s
		}
	}
	return strings.Join(labels, ".")
}

// newer maps what Unicode's tables since 15 map otherwise.
func newer(r rune) rune {
	switch r {
	case 0x1E9E:
		return 'ß'
	case 0x180E, 0x206B:
		return -1
	case 0x04C0:
		return 0x04CF
	case 0x2183:
		return 0x2184
	case 0x2F868:
		return 0x36FC
	}
	return r
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	digits := true
	for i := range len(last) {
		if !isDigit(last[i]) {
			digits = false
			break
		}
	}
	if digits {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4Number reads decimal, 0octal and 0xhex; values too large to matter
// come out as the largest.
func parseIPv4Number(s string) (uint64, bool) {
	if s == "" {
		return 0, false
	}
	base := 10
	switch {
	case len(s) >= 2 && (s[:2] == "0x" || s[:2] == "0X"):
		s, base = s[2:], 16
	case len(s) >= 2 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	var v uint64
	for i := range len(s) {
		d := hexValue(s[i])
		if d < 0 || d >= base {
			return 0, false
		}
		if v = v*uint64(base) + uint64(d); v > 1<<40 {
			v = 1 << 40
		}
	}
	return v, true
}

func parseIPv4(host string) (uint32, bool) {
	parts := strings.Split(host, ".")
	if parts[len(parts)-1] == "" && len(parts) > 1 {
		parts = parts[:len(parts)-1]
	}
	if len(parts) > 4 {
		return 0, false
	}
	var ip uint64
	for i, s := range parts {
		n, ok := parseIPv4Number(s)
		if !ok {
			return 0, false
		}
		if i < len(parts)-1 {
			if n > 255 {
				return 0, false
			}
			ip |= n << (8 * (3 - i))
			continue
		}
		if n >= 1<<(8*(5-len(parts))) {
			return 0, false
		}
		ip |= n
	}
	return uint32(ip), true
}

type ipv6 [8]uint16

func parseIPv6(s string) (ip ipv6, ok bool) {
	piece, compress, p := 0, -1, 0
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	if at(0) == ':' {
		if at(1) != ':' {
			return ip, false
		}
		p, piece, compress = 2, 1, 1
	}
	for p < len(s) {
		if piece == 8 {
			return ip, false
		}
		if s[p] == ':' {
			if compress != -1 {
				return ip, false
			}
			p++
			piece++
			compress = piece
			continue
		}
		value, n := 0, 0
		for n < 4 && p < len(s) && hexValue(s[p]) >= 0 {
			value = value<<4 | hexValue(s[p])
			p++
			n++
		}
		switch {
		case at(p) == '.' && p < len(s):
			if n == 0 || piece > 6 {
				return ip, false
			}
			p -= n
			seen := 0
			for p < len(s) {
				if seen > 0 {
					if s[p] != '.' || seen >= 4 {
						return ip, false
					}
					p++
				}
				v, d := 0, 0
				for p < len(s) && isDigit(s[p]) {
					if d > 0 && v == 0 { // leading zero
						return ip, false
					}
					if v = v*10 + int(s[p]-'0'); v > 255 {
						return ip, false
					}
					p++
					d++
				}
				if d == 0 {
					return ip, false
				}
				ip[piece] = ip[piece]<<8 | uint16(v)
				if seen++; seen == 2 || seen == 4 {
					piece++
				}
			}
			if seen != 4 {
				return ip, false
			}
			continue
		case p < len(s) && s[p] == ':':
			p++
			if p >= len(s) {
				return ip, false
			}
		case p < len(s):
			return ip, false
		}
		ip[piece] = uint16(value)
		piece++
	}
	if compress != -1 {
		swaps := piece - compress
		for i := 7; i != 0 && swaps > 0; i, swaps = i-1, swaps-1 {
			j := compress + swaps - 1
			ip[i], ip[j] = ip[j], ip[i]
		}
	} else if piece != 8 {
		return ip, false
	}
	return ip, true
}

// String is the serialization without brackets.
func (ip ipv6) String() string {
	best, size := -1, 1
	for i := 0; i < 8; i++ {
		j := i
		for j < 8 && ip[j] == 0 {
			j++
		}
		if j-i > size {
			best, size = i, j-i
		}
		i = max(i, j-1)
	}
	var b strings.Builder
	for i := 0; i < 8; i++ {
		if i == best {
			if i == 0 {
				b.WriteByte(':')
			}
			b.WriteByte(':')
			i += size - 1
			continue
		}
		b.WriteString(strconv.FormatUint(uint64(ip[i]), 16))
		if i < 7 {
			b.WriteByte(':')
		}
	}
	return b.String()
}
