package url

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/weburl"
)

// opt is a string or JavaScript's null.
type opt struct {
	s  string
	ok bool
}

func some(s string) opt { return opt{s, true} }

// legacyURL is what url.parse gives.
type legacyURL struct {
	protocol, auth, host, port, hostname, hash, search, query, pathname opt

	slashes bool
	simple  bool   // only a path and perhaps a query
	warn    bool   // DEP0170: an invalid port
	fault   string // "URI" or "URL": what to throw
}

// slashed are the protocols that are followed by two slashes.
func slashed(protocol string) bool {
	switch strings.TrimSuffix(protocol, ":") {
	case "http", "https", "ftp", "gopher", "file", "ws", "wss":
		return protocol != ""
	}
	return false
}

func hostless(protocol string) bool { return protocol == "javascript:" || protocol == "javascript" }

func isTrimmed(r rune) bool {
	return r <= ' ' || r == 0xA0 || r == 0xFEFF
}

// protocolEnd is the length of a leading "name:", 0 without.
func protocolEnd(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ':':
			if i == 0 {
				return 0
			}
			return i + 1
		case c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '.' || c == '+' || c == '-':
		default:
			return 0
		}
	}
	return 0
}

// hasAuthHost is /^\/\/[^@/]+@[^@/]+/.
func hasAuthHost(s string) bool {
	s, ok := strings.CutPrefix(s, "//")
	if !ok {
		return false
	}
	i := strings.IndexAny(s, "@/")
	return i > 0 && s[i] == '@' && i+1 < len(s) && s[i+1] != '@' && s[i+1] != '/'
}

// isSimplePath is /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.
func isSimplePath(s string) bool {
	if s == "" || s[0] != '/' {
		return false
	}
	if strings.HasPrefix(s, "///") { // neither one slash nor two may be followed by another
		return false
	}
	for _, r := range s {
		if isSpace(r) {
			return false
		}
	}
	return true
}

// isSpace is \s of JavaScript's regular expressions.
func isSpace(r rune) bool {
	switch {
	case r >= 9 && r <= 13, r == ' ', r == 0xA0, r == 0x1680, r >= 0x2000 && r <= 0x200A,
		r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000, r == 0xFEFF:
		return true
	}
	return false
}

// tidy trims the input and turns backslashes before a ? or # into slashes.
func tidy(s string) (rest string, hasHash, hasAt bool) {
	s = strings.TrimFunc(s, isTrimmed)
	hasHash = strings.IndexByte(s, '#') >= 0
	end := strings.IndexAny(s, "?#")
	if end < 0 {
		end = len(s)
	}
	hasAt = strings.IndexByte(s[:end], '@') >= 0
	if strings.IndexByte(s[:end], '\\') >= 0 {
		s = strings.ReplaceAll(s[:end], `\`, "/") + s[end:]
	}
	return s, hasHash, hasAt
}

func parseLegacy(input string, slashesDenoteHost bool) (u legacyURL) {
	rest, hasHash, hasAt := tidy(input)
	if !slashesDenoteHost && !hasHash && !hasAt && isSimplePath(rest) {
		path, query, ok := strings.Cut(rest, "?")
		u.simple, u.pathname = true, some(path)
		if ok {
			u.search, u.query = some("?"+query), some(query)
		}
		return u
	}
	lower := ""
	if n := protocolEnd(rest); n > 0 {
		lower = strings.ToLower(rest[:n])
		u.protocol = some(lower)
		rest = rest[n:]
	}
	proto := lower != ""
	slashes := false
	if slashesDenoteHost || proto || hasAuthHost(rest) {
		slashes = strings.HasPrefix(rest, "//")
		if slashes && !hostless(lower) {
			rest, u.slashes = rest[2:], true
		}
	}
	if !hostless(lower) && (slashes || proto && !slashed(lower)) {
		if rest = u.takeHost(rest); u.fault != "" {
			return u
		}
	}
	if !hostless(lower) {
		rest = autoEscape(rest)
	}
	hash := strings.IndexByte(rest, '#')
	before := rest
	if hash >= 0 {
		u.hash = some(rest[hash:])
		before = rest[:hash]
	}
	path, query, ok := strings.Cut(before, "?")
	if ok {
		u.search, u.query = some("?"+query), some(query)
	}
	if path != "" {
		u.pathname = some(path)
	}
	if slashed(lower) && u.hostname.s != "" && path == "" {
		u.pathname = some("/")
	}
	return u
}

// takeHost reads [auth@]host[:port] and gives back what follows.
func (u *legacyURL) takeHost(rest string) string {
	if strings.ContainsAny(rest, "\t\n\r") {
		// Tabs and newlines vanish up to the end of the host.
		var b strings.Builder
		for i := range len(rest) {
			switch rest[i] {
			case '\t', '\n', '\r':
				continue
			case '#', '/', '?':
				b.WriteString(rest[i:])
			default:
				b.WriteByte(rest[i])
				continue
			}
			break
		}
		rest = b.String()
	}
	nonHost, at := -1, -1
scan:
	for i := range len(rest) {
		switch rest[i] {
		case ' ', '"', '%', '\'', ';', '<', '>', '\\', '^', '`', '{', '|', '}':
			if nonHost < 0 {
				nonHost = i
			}
		case '#', '/', '?':
			if nonHost < 0 {
				nonHost = i
			}
			break scan
		case '@':
			at, nonHost = i, -1
		}
	}
	if at >= 0 {
		auth, ok := decodeComponent(rest[:at])
		if !ok {
			u.fault = "URI"
			return ""
		}
		u.auth = some(auth)
	}
	host := rest[at+1:]
	if nonHost >= 0 {
		host, rest = rest[at+1:nonHost], rest[nonHost:]
	} else {
		rest = ""
	}
	name := host
	i := len(name)
	for i > 0 && name[i-1] >= '0' && name[i-1] <= '9' {
		i--
	}
	if i > 0 && name[i-1] == ':' {
		if i < len(name) {
			u.port = some(name[i:])
		}
		name = name[:i-1]
	}
	v6 := len(name) >= 1 && name[0] == '[' && name[len(name)-1] == ']'
	if !v6 {
		if i := strings.IndexAny(name, `/\#?:`); i >= 0 {
			u.warn = name[i] == ':'
			rest = "/" + name[i:] + rest
			name = name[:i]
		}
	}
	if units(name) > 255 {
		name = ""
	} else {
		name = strings.ToLower(name)
	}
	if name != "" {
		forbidden := "\x00\t\n\r #%/<>?@\\^|"
		if !v6 {
			ascii, ok := weburl.DomainToASCII(name)
			if !ok {
				u.fault = "URL"
				return ""
			}
			name = ascii
			forbidden += ":[]"
		}
		if strings.ContainsAny(name, forbidden) {
			u.fault = "URL"
			return ""
		}
	}
	u.host = some(name)
	if u.port.s != "" {
		u.host.s += ":" + u.port.s
	}
	u.hostname = some(name)
	if v6 {
		u.hostname.s = name[1 : len(name)-1]
		if !strings.HasPrefix(rest, "/") {
			rest = "/" + rest
		}
	}
	return rest
}

func units(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x10000 {
			n++
		}
	}
	return n
}

// decodeComponent is decodeURIComponent.
func decodeComponent(s string) (string, bool) {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			return "", false
		}
	}
	d := weburl.PercentDecode(s)
	return d, utf8.ValidString(d)
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

const hexDigits = "0123456789ABCDEF"

// autoEscape encodes what must not stand in a URL.
func autoEscape(s string) string {
	const chars = "\t\n\r \"'<>\\^`{|}"
	if !strings.ContainsAny(s, chars) {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for i := range len(s) {
		if c := s[i]; strings.IndexByte(chars, c) >= 0 {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

// encodeAuth encodes all but unreserved characters and the colon.
func encodeAuth(s string) string {
	b := make([]byte, 0, len(s)+8)
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("!'()*-._~:", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return string(b)
}

func legacyNatives(env bindings.Env, o *goja.Object) {
	vm := env.VM()
	val := func(v opt) goja.Value {
		if !v.ok {
			return goja.Null()
		}
		return vm.ToValue(v.s)
	}
	// parseLegacy(url, slashesDenoteHost): [protocol, slashes, auth, host, port,
	// hostname, hash, search, query, pathname, simple, warn], or what to throw.
	natives.Set(vm, o, "parseLegacy", 2, func(c goja.FunctionCall) goja.Value {
		u := parseLegacy(c.Argument(0).String(), c.Argument(1).ToBoolean())
		if u.fault != "" {
			return vm.ToValue(u.fault)
		}
		slashes := goja.Null()
		if u.slashes {
			slashes = vm.ToValue(true)
		}
		return vm.NewArray(val(u.protocol), slashes, val(u.auth), val(u.host), val(u.port), val(u.hostname),
			val(u.hash), val(u.search), val(u.query), val(u.pathname), u.simple, u.warn)
	})
	natives.Set(vm, o, "encodeAuth", 1, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(encodeAuth(c.Argument(0).String()))
	})
}
