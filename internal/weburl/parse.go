package weburl

import (
	"strconv"
	"strings"
)

// The states of the basic URL parser, by the standard's names.
type state uint8

const (
	stSchemeStart state = iota
	stScheme
	stNoScheme
	stSpecialRelativeOrAuthority
	stPathOrAuthority
	stRelative
	stRelativeSlash
	stSpecialAuthoritySlashes
	stSpecialAuthorityIgnoreSlashes
	stAuthority
	stHost
	stHostname
	stPort
	stFile
	stFileSlash
	stFileHost
	stPathStart
	stPath
	stOpaquePath
	stQuery
	stFragment
)

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isDrive(s string) bool {
	return len(s) == 2 && isAlpha(s[0]) && (s[1] == ':' || s[1] == '|')
}

// startsWithDrive is the standard's "starts with a Windows drive letter".
func startsWithDrive(s string) bool {
	return len(s) >= 2 && isDrive(s[:2]) && (len(s) == 2 || strings.IndexByte("/\\?#", s[2]) >= 0)
}

// shorten removes the path's last segment; file URLs keep their drive.
func (u *URL) shorten() {
	if u.Scheme == "file" && len(u.Path) == 3 && isAlpha(u.Path[1]) && u.Path[2] == ':' {
		return
	}
	if i := strings.LastIndexByte(u.Path, '/'); i >= 0 {
		u.Path = u.Path[:i]
	}
}

// run is the basic URL parser. With override it is a setter's run, which
// starts in state st and ends where the standard lets it return; false is
// failure, or a setter's value that is ignored.
func (u *URL) run(in string, base *URL, st state, override bool) bool {
	at := func(i int) byte { // 0 stands for the end, too: eof tells
		if i < len(in) {
			return in[i]
		}
		return 0
	}
	hostStart := override
	given := st
	p := 0
	for {
		eof := p >= len(in)
		c := at(p)
		switch st {
		case stSchemeStart, stScheme:
			i := p
			if i < len(in) && isAlpha(in[i]) {
				for i < len(in) && (isAlpha(in[i]) || isDigit(in[i]) || in[i] == '+' || in[i] == '-' || in[i] == '.') {
					i++
				}
			}
			if i == p || at(i) != ':' {
				if override {
					return false
				}
				st = stNoScheme
				continue
			}
			scheme := strings.ToLower(in[p:i])
			if override {
				port, special := defaultPort(scheme)
				if special != u.Special() || scheme == "file" && (u.hasCredentials() || u.Port >= 0) ||
					u.Scheme == "file" && u.Host == "" {
					return false
				}
				u.Scheme = scheme
				if u.Port == port {
					u.Port = -1
				}
				return true
			}
			u.Scheme = scheme
			p = i + 1
			switch {
			case scheme == "file":
				st = stFile
			case u.Special() && base != nil && base.Scheme == scheme:
				st = stSpecialRelativeOrAuthority
			case u.Special():
				st = stSpecialAuthoritySlashes
			case at(p) == '/':
				st = stPathOrAuthority
				p++
			default:
				u.Opaque = true
				st = stOpaquePath
			}
			continue

		case stNoScheme:
			switch {
			case base == nil || base.Opaque && c != '#':
				return false
			case base.Opaque:
				u.copyPath(base)
				u.Scheme, u.Opaque = base.Scheme, true
				st = stFragment
				u.HasFragment = true
				p++
			case base.Scheme != "file":
				st = stRelative
			default:
				u.Scheme = "file"
				st = stFile
			}
			continue

		case stSpecialRelativeOrAuthority:
			if c == '/' && at(p+1) == '/' {
				st = stSpecialAuthorityIgnoreSlashes
				p += 2
			} else {
				st = stRelative
			}
			continue

		case stPathOrAuthority:
			if c == '/' {
				st = stAuthority
				p++
			} else {
				st = stPath
			}
			continue

		case stRelative:
			u.Scheme = base.Scheme
			if c == '/' || c == '\\' && u.Special() {
				st = stRelativeSlash
				p++
				continue
			}
			u.Username, u.Password, u.Host, u.HasHost, u.Port = base.Username, base.Password, base.Host, base.HasHost, base.Port
			u.copyPath(base)
			p = u.afterBase(in, p, &st)
			continue

		case stRelativeSlash:
			switch {
			case u.Special() && (c == '/' || c == '\\'):
				st = stSpecialAuthorityIgnoreSlashes
				p++
			case c == '/':
				st = stAuthority
				p++
			default:
				u.Username, u.Password, u.Host, u.HasHost, u.Port = base.Username, base.Password, base.Host, base.HasHost, base.Port
				st = stPath
			}
			continue

		case stSpecialAuthoritySlashes:
			if c == '/' && at(p+1) == '/' {
				p += 2
			}
			st = stSpecialAuthorityIgnoreSlashes
			continue

		case stSpecialAuthorityIgnoreSlashes:
			for p < len(in) && (in[p] == '/' || in[p] == '\\') {
				p++
			}
			st = stAuthority
			continue

		case stAuthority:
			end := p
			for end < len(in) && in[end] != '/' && in[end] != '?' && in[end] != '#' && !(in[end] == '\\' && u.Special()) {
				end++
			}
			if i := strings.LastIndexByte(in[p:end], '@'); i >= 0 {
				user, pass, _ := strings.Cut(in[p:p+i], ":")
				u.Username, u.Password = encode(user, setUserinfo), encode(pass, setUserinfo)
				p += i + 1
				if p == end {
					return false
				}
			}
			st = stHost
			continue

		case stHost, stHostname:
			if override && u.Scheme == "file" {
				st = stFileHost
				continue
			}
			end, inside, colon := p, false, false
			special := u.Special()
		scan:
			for ; end < len(in); end++ {
				switch in[end] {
				case '[':
					inside = true
				case ']':
					inside = false
				case ':':
					if !inside {
						colon = true
						break scan
					}
				case '/', '?', '#':
					break scan
				case '\\':
					if special {
						break scan
					}
				}
			}
			buf := in[p:end]
			if colon {
				if buf == "" || override && given == stHostname {
					return false
				}
			} else if special && buf == "" {
				return false
			} else if hostStart && buf == "" && (u.hasCredentials() || u.Port >= 0) {
				return false
			}
			host, ok := parseHost(buf, !special)
			if !ok {
				return false
			}
			u.Host, u.HasHost = host, true
			p = end
			if colon {
				st = stPort
				p++
				continue
			}
			if override {
				return true
			}
			st = stPathStart
			continue

		case stPort:
			i := p
			for i < len(in) && isDigit(in[i]) {
				i++
			}
			end := i == len(in) || in[i] == '/' || in[i] == '?' || in[i] == '#' || in[i] == '\\' && u.Special()
			if !end && !override {
				return false
			}
			if i > p {
				digits := strings.TrimLeft(in[p:i], "0")
				if len(digits) > 5 {
					return override && given != stPort
				}
				port := 0
				if digits != "" {
					port, _ = strconv.Atoi(digits)
				}
				if port > 65535 {
					return override && given != stPort
				}
				if def, _ := defaultPort(u.Scheme); port == def {
					port = -1
				}
				u.Port = port
				if override {
					return true
				}
			} else if override {
				return given != stPort // a host was set
			}
			p = i
			st = stPathStart
			continue

		case stFile:
			u.Scheme = "file"
			u.Host, u.HasHost = "", true
			switch {
			case c == '/' || c == '\\':
				st = stFileSlash
				p++
			case base != nil && base.Scheme == "file":
				u.Host, u.HasHost = base.Host, base.HasHost
				u.copyPath(base)
				if !eof && c != '?' && c != '#' && startsWithDrive(in[p:]) {
					u.Path, u.Query, u.HasQuery = "", "", false
					st = stPath
					continue
				}
				p = u.afterBase(in, p, &st)
			default:
				st = stPath
			}
			continue

		case stFileSlash:
			if c == '/' || c == '\\' {
				st = stFileHost
				p++
				continue
			}
			if base != nil && base.Scheme == "file" {
				u.Host, u.HasHost = base.Host, base.HasHost
				if !startsWithDrive(in[p:]) && len(base.Path) >= 3 && isAlpha(base.Path[1]) && base.Path[2] == ':' &&
					(len(base.Path) == 3 || base.Path[3] == '/') {
					u.Path = base.Path[:3]
				}
			}
			st = stPath
			continue

		case stFileHost:
			end := p
			for end < len(in) && strings.IndexByte("/\\?#", in[end]) < 0 {
				end++
			}
			buf := in[p:end]
			switch {
			case !override && isDrive(buf):
				st = stPath // the drive is part of the path
				continue
			case buf == "":
				u.Host, u.HasHost = "", true
			default:
				host, ok := parseHost(buf, !u.Special())
				if !ok {
					return false
				}
				if host == "localhost" {
					host = ""
				}
				u.Host, u.HasHost = host, true
			}
			if override {
				return true
			}
			p = end
			st = stPathStart
			continue

		case stPathStart:
			switch {
			case u.Special():
				st = stPath
				if c == '/' || c == '\\' {
					p++
				}
			case !override && c == '?':
				st = stQuery
				u.HasQuery = true
				p++
			case !override && c == '#':
				st = stFragment
				u.HasFragment = true
				p++
			case !eof:
				st = stPath
				if c == '/' {
					p++
				}
			default:
				if override && !u.HasHost {
					u.Path += "/"
				}
				return true
			}
			continue

		case stPath:
			p = u.parsePath(in, p, override)
			if p >= len(in) || override {
				return true
			}
			if in[p] == '?' {
				st = stQuery
				u.HasQuery = true
			} else {
				st = stFragment
				u.HasFragment = true
			}
			p++
			continue

		case stOpaquePath:
			end := p
			for end < len(in) && in[end] != '?' && in[end] != '#' {
				end++
			}
			path := in[p:end]
			if end < len(in) && strings.HasSuffix(path, " ") {
				// A space that would be lost later is kept encoded.
				path = encode(path[:len(path)-1], setC0) + "%20"
			} else {
				path = encode(path, setC0)
			}
			u.Path = path
			if end >= len(in) {
				return true
			}
			if in[end] == '?' {
				st = stQuery
				u.HasQuery = true
			} else {
				st = stFragment
				u.HasFragment = true
			}
			p = end + 1
			continue

		case stQuery:
			end := len(in)
			if !override {
				if i := strings.IndexByte(in[p:], '#'); i >= 0 {
					end = p + i
				}
			}
			set := uint8(setQuery)
			if u.Special() {
				set = setSpecialQuery
			}
			u.Query, u.HasQuery = encode(in[p:end], set), true
			if end >= len(in) {
				return true
			}
			u.HasFragment = true
			st = stFragment
			p = end + 1
			continue

		case stFragment:
			u.Fragment, u.HasFragment = encode(in[p:], setFragment), true
			return true
		}
		return false
	}
}

func (u *URL) copyPath(base *URL) {
	u.Path, u.Query, u.HasQuery = base.Path, base.Query, base.HasQuery
}

// afterBase goes on after the base's parts were taken over: a query, a
// fragment, or a path relative to the base's.
func (u *URL) afterBase(in string, p int, st *state) int {
	switch {
	case p >= len(in):
		*st = stPath
		u.finished = true
	case in[p] == '?':
		u.Query, u.HasQuery = "", true
		*st = stQuery
		return p + 1
	case in[p] == '#':
		u.HasFragment = true
		*st = stFragment
		return p + 1
	default:
		u.Query, u.HasQuery = "", false
		u.shorten()
		*st = stPath
	}
	return p
}

// parsePath reads segments until ? or # (or, for a setter, the end).
func (u *URL) parsePath(in string, p int, override bool) int {
	if u.finished { // nothing follows a base's path
		u.finished = false
		return len(in)
	}
	special := u.Special()
	for {
		end := p
		for end < len(in) && in[end] != '/' && !(special && in[end] == '\\') && (override || in[end] != '?' && in[end] != '#') {
			end++
		}
		seg := in[p:end]
		slash := end < len(in) && (in[end] == '/' || special && in[end] == '\\')
		switch {
		case isDoubleDot(seg):
			u.shorten()
			if !slash {
				u.Path += "/"
			}
		case isSingleDot(seg):
			if !slash {
				u.Path += "/"
			}
		default:
			if u.Scheme == "file" && u.Path == "" && isDrive(seg) {
				seg = seg[:1] + ":"
			}
			b := make([]byte, 0, len(u.Path)+len(seg)+1)
			b = append(append(b, u.Path...), '/')
			u.Path = string(appendEncoded(b, seg, setPath))
		}
		if !slash {
			return end
		}
		p = end + 1
	}
}

func isSingleDot(s string) bool { return s == "." || len(s) == 3 && strings.EqualFold(s, "%2e") }

func isDoubleDot(s string) bool {
	switch len(s) {
	case 2:
		return s == ".."
	case 4:
		return strings.EqualFold(s, ".%2e") || strings.EqualFold(s, "%2e.")
	case 6:
		return strings.EqualFold(s, "%2e%2e")
	}
	return false
}
