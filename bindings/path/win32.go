package path

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var winFlavour = flavour{
	sep: `\`, delimiter: ";",
	resolve: winResolve, normalize: winNormalize, dirname: winDirname, extname: winExtname,
	longName: winLongName, isAbsolute: winIsAbsolute, join: winJoin,
	relative: winRelative, basename: winBasename, parse: winParse,
}

func isWinSep(c byte) bool { return c == '/' || c == '\\' }

func isDriveLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func hasDrive(p string) bool { return len(p) >= 2 && isDriveLetter(p[0]) && p[1] == ':' }

// unc reads \\server\share at the start of p: where the share begins and ends.
// ok is false if one of the two is missing.
func unc(p string) (server string, share, end int, ok bool) {
	if len(p) < 2 || !isWinSep(p[0]) || !isWinSep(p[1]) {
		return "", 0, 0, false
	}
	i := 2
	for i < len(p) && !isWinSep(p[i]) {
		i++
	}
	if i == 2 || i == len(p) {
		return "", 0, 0, false
	}
	server = p[2:i]
	for i < len(p) && isWinSep(p[i]) {
		i++
	}
	if i == len(p) {
		return "", 0, 0, false
	}
	share = i
	for i < len(p) && !isWinSep(p[i]) {
		i++
	}
	return server, share, i, true
}

// winRoot is the device of p, the length of what it takes of p, and whether
// the path is absolute.
func winRoot(p string) (device string, end int, abs bool) {
	switch {
	case p == "":
	case isWinSep(p[0]):
		server, share, e, ok := unc(p)
		switch {
		case !ok:
			return "", 1, true
		case server == "." || server == "?":
			return `\\` + server, 4, true
		}
		return `\\` + server + `\` + p[share:e], e, true
	case hasDrive(p):
		if len(p) > 2 && isWinSep(p[2]) {
			return p[:2], 3, true
		}
		return p[:2], 2, false
	}
	return "", 0, false
}

func winResolve(b *binding, arg func(int) string, n int) string {
	device, tail, absolute := "", "", false
	for i := n - 1; i >= -1; i-- {
		var p string
		switch {
		case i >= 0:
			if p = arg(i); p == "" {
				continue
			}
		case device == "":
			p = b.cwd()
			if n == 0 || n == 1 && tail == "" {
				// resolve() of a host without drives gives its directory back
				if only := n == 0 || arg(0) == "" || arg(0) == "."; only && len(p) > 0 && isWinSep(p[0]) {
					return p
				}
			}
		default:
			p = b.driveCwd(device)
			if len(p) > 2 && lower(p[:2]) != lower(device) && p[2] == '\\' || len(p) < 2 {
				p = device + `\`
			}
		}
		d, end, abs := winRoot(p)
		if d != "" {
			if device != "" {
				if lower(d) != lower(device) {
					continue
				}
			} else {
				device = d
			}
		}
		if absolute {
			if device != "" {
				break
			}
			continue
		}
		tail = p[min(end, len(p)):] + `\` + tail
		absolute = abs
		if abs && device != "" {
			break
		}
	}
	tail = cleanSegments(tail, !absolute, '\\', isWinSep)
	if absolute {
		return device + `\` + tail
	}
	if device+tail == "" {
		return "."
	}
	return device + tail
}

// reservedNames are devices that Windows finds in every directory.
var reservedNames = []string{"CON", "PRN", "AUX", "NUL",
	"COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
	"COM\u00b9", "COM\u00b2", "COM\u00b3", "LPT\u00b9", "LPT\u00b2", "LPT\u00b3"}

// isReserved tells whether what comes before the colon names a device. As in
// Node a path without a colon is taken without its last character.
func isReserved(p string, colon int) bool {
	if colon < 0 {
		_, n := utf8.DecodeLastRuneInString(p)
		colon = len(p) - n
	}
	return colon >= 3 && colon <= 5 && slices.Contains(reservedNames, strings.ToUpper(p[:colon]))
}

func winNormalize(p string) string {
	if p == "" {
		return "."
	}
	if len(p) == 1 {
		if p == "/" {
			return `\`
		}
		return p
	}
	device, hasDevice, end, abs := "", false, 0, false
	if isWinSep(p[0]) {
		abs, end = true, 1
		if server, share, e, ok := unc(p); ok {
			switch {
			case server == "." || server == "?":
				device, hasDevice, end = `\\`+server, true, 4
				colon := strings.IndexByte(p, ':')
				if possible := p[min(4, len(p)):max(colon+1, min(4, len(p)))]; isReserved(possible, len(possible)-1) {
					device, end = `\\?\`+possible, 4+len(possible)
				}
			case e == len(p):
				return `\\` + server + `\` + p[share:] + `\`
			default:
				device, hasDevice, end = `\\`+server+`\`+p[share:e], true, e
			}
		}
	} else if colon := strings.IndexByte(p, ':'); colon > 0 {
		if isDriveLetter(p[0]) && colon == 1 {
			device, hasDevice, end = p[:2], true, 2
			if len(p) > 2 && isWinSep(p[2]) {
				abs, end = true, 3
			}
		} else if isReserved(p, colon) {
			device, hasDevice, end = p[:colon+1], true, colon+1
		}
	}
	tail := ""
	if end < len(p) {
		tail = cleanSegments(p[end:], !abs, '\\', isWinSep)
	}
	if tail == "" && !abs {
		tail = "."
	}
	if tail != "" && isWinSep(p[len(p)-1]) {
		tail += `\`
	}
	if !abs && !hasDevice && strings.IndexByte(p, ':') >= 0 {
		// A relative path must not become one with a drive by normalization.
		if hasDrive(tail) {
			return `.\` + tail
		}
		for i := 0; i < len(p); i++ {
			if p[i] == ':' && (i == len(p)-1 || isWinSep(p[i+1])) {
				return `.\` + tail
			}
		}
	}
	if isReserved(p, strings.IndexByte(p, ':')) {
		return `.\` + device + tail
	}
	if abs {
		return device + `\` + tail
	}
	return device + tail
}

func winIsAbsolute(p string) bool {
	return p != "" && (isWinSep(p[0]) || len(p) > 2 && hasDrive(p) && isWinSep(p[2]))
}

func winJoin(parts []string) string {
	joined := strings.Join(parts, `\`)
	// Two leading separators make a UNC path, which must have been meant: only
	// a first part of exactly //server does.
	first := parts[0]
	replace, slashes := true, 0
	if isWinSep(first[0]) {
		slashes++
		if len(first) > 1 && isWinSep(first[1]) {
			slashes++
			if len(first) > 2 {
				if isWinSep(first[2]) {
					slashes++
				} else {
					replace = false
				}
			}
		}
	}
	if replace {
		for slashes < len(joined) && isWinSep(joined[slashes]) {
			slashes++
		}
		if slashes >= 2 {
			joined = `\` + joined[slashes:]
		}
	}
	for seg := range strings.SplitSeq(joined, `\`) {
		if colon := strings.IndexByte(seg, ':'); colon != -1 && isReserved(seg, colon) {
			return strings.ReplaceAll(joined, "/", `\`)
		}
	}
	return winNormalize(joined)
}

// lower is the lower case of what keeps its length, so that offsets hold.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

// winRelative has absolute normalized paths.
func winRelative(from, to string) string {
	if from == to {
		return ""
	}
	if strings.Contains(from, "\u0130") || strings.Contains(to, "\u0130") {
		return winRelativeSegments(from, to)
	}
	lf, lt := from, to
	if utf8.ValidString(from) && utf8.ValidString(to) {
		lf, lt = lower(from), lower(to)
	}
	if lf == lt {
		return ""
	}
	f, _ := trimBackslashes(lf)
	t, ts := trimBackslashes(lt)
	orig := to[ts : ts+len(t)]
	n := min(len(f), len(t))
	lastSep, i := -1, 0
	for ; i < n && f[i] == t[i]; i++ {
		if f[i] == '\\' {
			lastSep = i
		}
	}
	if i != n {
		if lastSep == -1 {
			return to
		}
	} else {
		if len(t) > n {
			if t[i] == '\\' {
				return to[ts+i+1:]
			}
			if i == 2 {
				return to[ts+i:]
			}
		}
		if len(f) > n {
			if f[i] == '\\' {
				lastSep = i
			} else if i == 2 {
				_, size := utf8.DecodeRuneInString(f[i:])
				lastSep = i + size
			}
		}
		lastSep = max(lastSep, 0)
	}
	var out []byte
	for k := lastSep + 1; k <= len(f); k++ {
		if k == len(f) || f[k] == '\\' {
			if len(out) > 0 {
				out = append(out, '\\')
			}
			out = append(out, ".."...)
		}
	}
	lastSep = min(lastSep, len(orig))
	if len(out) > 0 {
		return string(out) + orig[lastSep:]
	}
	return strings.TrimPrefix(orig[lastSep:], `\`)
}

// winRelativeSegments compares whole segments, for letters whose lower case
// is longer.
func winRelativeSegments(from, to string) string {
	fold := func(s string) string {
		return strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(s, "\u0130", "\x00")), "\x00", "i\u0307")
	}
	f := strings.Split(strings.TrimSuffix(from, `\`), `\`)
	t := strings.Split(strings.TrimSuffix(to, `\`), `\`)
	i := 0
	for i < min(len(f), len(t)) && fold(f[i]) == fold(t[i]) {
		i++
	}
	if i == 0 {
		return to
	}
	parts := slices.Repeat([]string{".."}, len(f)-i)
	return strings.Join(append(parts, t[i:]...), `\`)
}

// trimBackslashes also says how many were cut at the front. What stands
// behind is cut for UNC paths alone, the others have none.
func trimBackslashes(s string) (string, int) {
	t := strings.TrimLeft(s, `\`)
	return strings.TrimRight(t, `\`), len(s) - len(t)
}

func winLongName(resolved string) string {
	switch {
	case strings.HasPrefix(resolved, `\\`):
		if resolved[2] != '?' && resolved[2] != '.' {
			return `\\?\UNC\` + resolved[2:]
		}
	case hasDrive(resolved) && resolved[2] == '\\':
		return `\\?\` + resolved
	}
	return resolved
}

// winPrefix is the root as dirname and parse see it: all of \\server\share\,
// C:\, C: or \. whole means that there is nothing behind it.
func winPrefix(p string) (end int, whole bool) {
	switch {
	case isWinSep(p[0]):
		if _, _, e, ok := unc(p); ok {
			if e == len(p) {
				return e, true
			}
			return e + 1, false
		}
		return 1, len(p) == 1
	case hasDrive(p):
		if len(p) > 2 && isWinSep(p[2]) {
			return 3, false
		}
		return 2, false
	}
	return 0, false
}

func winDirname(p string) string {
	if p == "" {
		return "."
	}
	if len(p) == 1 {
		if isWinSep(p[0]) {
			return p
		}
		return "."
	}
	root, whole := winPrefix(p)
	if whole {
		return p
	}
	start, _, ok := split(p, root, isWinSep)
	if !ok || start == root {
		if root == 0 {
			return "."
		}
		return p[:root]
	}
	return p[:start-1]
}

func winBasename(p, suffix string) string {
	if suffix != "" && suffix == p {
		return ""
	}
	from := 0
	if hasDrive(p) {
		from = 2
	}
	return baseName(p, suffix, from, isWinSep)
}

func winExtname(p string) string {
	from := 0
	if hasDrive(p) {
		from = 2
	}
	start, end, _ := split(p, from, isWinSep)
	base := p[start:end]
	return base[extensionAt(base):]
}

func winParse(p string) (r parsed) {
	if p == "" {
		return r
	}
	if len(p) == 1 {
		if isWinSep(p[0]) {
			r.root, r.dir = p, p
		} else {
			r.base, r.name = p, p
		}
		return r
	}
	root, _ := winPrefix(p)
	if root > 0 {
		r.root, r.dir = p[:root], p[:root]
	}
	start, end, ok := split(p, root, isWinSep)
	if !ok {
		return r
	}
	if start > root {
		r.dir = p[:start-1]
	}
	r.setBase(p[start:end])
	return r
}
