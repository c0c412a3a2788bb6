// Package weburl is the URL Standard: its parser, serializer and setters, its
// hosts, and application/x-www-form-urlencoded.
//
// It works on UTF-8 bytes, for what is not ASCII is percent-encoded everywhere
// but in hosts, and keeps a path as its text, not as a list.
package weburl

import (
	"strconv"
	"strings"
)

// A URL is a parsed URL record.
type URL struct {
	Scheme             string // without the colon
	Username, Password string // encoded
	Host               string // serialized
	HasHost            bool
	Port               int    // -1: none, or the scheme's default
	Path               string // "/a/b", "" or, if Opaque, anything
	Opaque             bool
	Query, Fragment    string // without ? and #
	HasQuery           bool
	HasFragment        bool

	finished bool // while parsing: the base gave everything
}

// defaultPort is the port of a special scheme; special is false for others.
func defaultPort(scheme string) (port int, special bool) {
	switch scheme {
	case "http", "ws":
		return 80, true
	case "https", "wss":
		return 443, true
	case "ftp":
		return 21, true
	case "file":
		return -1, true
	}
	return -1, false
}

// Special reports whether the scheme is one of the standard's special ones.
func (u *URL) Special() bool {
	_, ok := defaultPort(u.Scheme)
	return ok
}

func (u *URL) hasCredentials() bool { return u.Username != "" || u.Password != "" }

func (u *URL) cannotHaveCredentials() bool {
	return !u.HasHost || u.Host == "" || u.Scheme == "file"
}

// String is the serialization: href.
func (u *URL) String() string {
	var b strings.Builder
	b.Grow(len(u.Scheme) + len(u.Host) + len(u.Path) + len(u.Query) + len(u.Fragment) + 12)
	b.WriteString(u.Scheme)
	b.WriteByte(':')
	if u.HasHost {
		b.WriteString("//")
		if u.hasCredentials() {
			b.WriteString(u.Username)
			if u.Password != "" {
				b.WriteByte(':')
				b.WriteString(u.Password)
			}
			b.WriteByte('@')
		}
		b.WriteString(u.Host)
		if u.Port >= 0 {
			b.WriteByte(':')
			b.WriteString(strconv.Itoa(u.Port))
		}
	} else if !u.Opaque && strings.HasPrefix(u.Path, "//") {
		b.WriteString("/.")
	}
	b.WriteString(u.Path)
	if u.HasQuery {
		b.WriteByte('?')
		b.WriteString(u.Query)
	}
	if u.HasFragment {
		b.WriteByte('#')
		b.WriteString(u.Fragment)
	}
	return b.String()
}

// HostPort is the host getter's value.
func (u *URL) HostPort() string {
	if u.Port < 0 {
		return u.Host
	}
	return u.Host + ":" + strconv.Itoa(u.Port)
}

// Search and Hash are the getters' values, with ? and #.
func (u *URL) Search() string {
	if u.Query == "" {
		return ""
	}
	return "?" + u.Query
}

// Hash is the hash getter's value.
func (u *URL) Hash() string {
	if u.Fragment == "" {
		return ""
	}
	return "#" + u.Fragment
}

// Origin is the serialized origin.
func (u *URL) Origin() string {
	switch u.Scheme {
	case "http", "https", "ws", "wss", "ftp":
		return u.Scheme + "://" + u.HostPort()
	case "blob":
		if in, ok := Parse(u.Path, nil); ok && (in.Scheme == "http" || in.Scheme == "https") {
			return in.Origin()
		}
	}
	return "null"
}

// A percent-encode set is a bit in sets.
const (
	setC0 = 1 << iota
	setFragment
	setQuery
	setSpecialQuery
	setPath
	setUserinfo
	setComponent
	setForm
)

// sets has for each byte the percent-encode sets that it is in.
var sets = func() (t [256]uint8) {
	add := func(chars string, bits uint8) {
		for i := range len(chars) {
			t[chars[i]] |= bits
		}
	}
	for c := range 256 {
		if c < 0x20 || c > 0x7E {
			t[c] = 0xFF
		}
	}
	query := uint8(setQuery | setSpecialQuery | setPath | setUserinfo | setComponent)
	add(" \"<>`", setFragment)
	add(" \"#<>", query)
	add("'", setSpecialQuery)
	add("?^`{}", setPath|setUserinfo|setComponent)
	add("/:;=@[\\]^|", setUserinfo|setComponent)
	add("$%&+,", setComponent)
	for c := range 0x80 {
		alnum := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
		if !alnum && strings.IndexByte("*-._ ", byte(c)) < 0 {
			t[c] |= setForm
		}
	}
	return t
}()

const upperHex = "0123456789ABCDEF"

// encode percent-encodes the bytes of s that are in set.
func encode(s string, set uint8) string {
	i := 0
	for i < len(s) && sets[s[i]]&set == 0 {
		i++
	}
	if i == len(s) {
		return s
	}
	return string(appendEncoded(append(make([]byte, 0, len(s)+16), s[:i]...), s[i:], set))
}

func appendEncoded(b []byte, s string, set uint8) []byte {
	for i := range len(s) {
		if c := s[i]; sets[c]&set != 0 {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// percentDecode replaces every %XX.
func percentDecode(s string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	b := append(make([]byte, 0, len(s)), s[:i]...)
	for ; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hexValue(s[i+1]), hexValue(s[i+2]); hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// Parse parses input, relative to base if that is not nil.
func Parse(input string, base *URL) (*URL, bool) {
	u := &URL{Port: -1}
	in := clean(strings.TrimFunc(input, func(r rune) bool { return r <= ' ' }))
	if !u.run(in, base, stSchemeStart, false) {
		return nil, false
	}
	return u, true
}

// clean drops tabs and newlines.
func clean(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
}

// Set is a setter of the URL class; false means that nothing was changed.
// what is "protocol", "username", "password", "host", "hostname", "port",
// "pathname", "search" or "hash".
func (u *URL) Set(what, value string) bool {
	old := *u
	ok := u.set(what, value)
	if !ok {
		*u = old
	}
	return ok
}

func (u *URL) set(what, value string) bool {
	switch what {
	case "protocol":
		return u.run(clean(value)+":", nil, stSchemeStart, true)
	case "username":
		if u.cannotHaveCredentials() {
			return false
		}
		u.Username = encode(value, setUserinfo)
	case "password":
		if u.cannotHaveCredentials() {
			return false
		}
		u.Password = encode(value, setUserinfo)
	case "host":
		return !u.Opaque && u.run(clean(value), nil, stHost, true)
	case "hostname":
		return !u.Opaque && u.run(clean(value), nil, stHostname, true)
	case "port":
		if u.cannotHaveCredentials() {
			return false
		}
		if value == "" {
			u.Port = -1
			return true
		}
		return u.run(clean(value), nil, stPort, true)
	case "pathname":
		if u.Opaque {
			return false
		}
		u.Path = ""
		return u.run(clean(value), nil, stPathStart, true)
	case "search":
		u.Query, u.HasQuery = "", value != ""
		if value == "" {
			u.stripOpaque()
			return true
		}
		return u.run(clean(strings.TrimPrefix(value, "?")), nil, stQuery, true)
	case "hash":
		u.Fragment, u.HasFragment = "", value != ""
		if value == "" {
			u.stripOpaque()
			return true
		}
		return u.run(clean(strings.TrimPrefix(value, "#")), nil, stFragment, true)
	}
	return true
}

// stripOpaque removes the spaces that only a query or fragment kept meaningful.
func (u *URL) stripOpaque() {
	if u.Opaque && !u.HasQuery && !u.HasFragment {
		u.Path = strings.TrimRight(u.Path, " ")
	}
}

// PercentDecode replaces every %XX by its byte.
func PercentDecode(s string) string { return percentDecode(s) }

// EncodeFilePath encodes a path for a file URL: all that could be taken for
// something else, as RFC 1738 has it.
func EncodeFilePath(s string, windows bool) string {
	const chars = "\"#%<>?[]^`{|}~\x7f"
	var b []byte
	for i := range len(s) {
		if c := s[i]; c <= ' ' || strings.IndexByte(chars, c) >= 0 || c == '\\' && !windows {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}
