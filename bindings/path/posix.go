package path

import "strings"

var posixFlavour = flavour{
	sep: "/", delimiter: ":",
	resolve: posixResolve, normalize: posixNormalize, dirname: posixDirname, extname: posixExtname,
	isAbsolute: func(p string) bool { return strings.HasPrefix(p, "/") },
	join:       func(parts []string) string { return posixNormalize(strings.Join(parts, "/")) },
	relative:   posixRelative, basename: posixBasename, parse: posixParse,
}

func isSlash(c byte) bool { return c == '/' }

func posixResolve(b *binding, arg func(int) string, n int) string {
	resolved := ""
	for i := n - 1; i >= 0 && !isAbs(resolved); i-- {
		if p := arg(i); p != "" {
			if resolved == "" {
				resolved = p
			} else {
				resolved = p + "/" + resolved
			}
		}
	}
	if !isAbs(resolved) {
		cwd := b.cwd()
		if resolved == "" {
			if isAbs(cwd) {
				return cwd
			}
			resolved = cwd
		} else {
			resolved = cwd + "/" + resolved
		}
	}
	if !isAbs(resolved) {
		if s := cleanSegments(resolved, true, '/', isSlash); s != "" {
			return s
		}
		return "."
	}
	rest := cleanSegments(resolved[1:], false, '/', isSlash)
	if len(rest) == len(resolved)-1 {
		return resolved
	}
	return "/" + rest
}

func isAbs(p string) bool { return p != "" && p[0] == '/' }

func posixNormalize(p string) string {
	if p == "" {
		return "."
	}
	abs := 0
	if p[0] == '/' {
		abs = 1
	}
	trailing := p[len(p)-1] == '/'
	body := p[abs:]
	if trailing && len(body) > 0 {
		body = body[:len(body)-1]
	}
	s := cleanSegments(body, abs == 0, '/', isSlash)
	if len(s) == len(body) && (s != "" || len(p) == 1) { // nothing was removed
		return p
	}
	switch {
	case s == "" && abs == 1:
		return "/"
	case s == "" && trailing:
		return "./"
	case s == "":
		return "."
	}
	if trailing {
		s += "/"
	}
	return p[:abs] + s
}

// posixRelative has absolute normalized paths.
func posixRelative(from, to string) string {
	if from == to {
		return ""
	}
	return relativeSegments(strings.Trim(from, "/"), strings.Trim(to, "/"), "/", strings.Clone)
}

// relativeSegments is the way between two normalized paths without root;
// fold gives the form in which segments are compared.
func relativeSegments(from, to, sep string, fold func(string) string) string {
	seg := func(s string) (head, tail string) {
		head, tail, _ = strings.Cut(s, sep)
		return
	}
	for from != "" && to != "" {
		f, fr := seg(from)
		t, tr := seg(to)
		if f != t && fold(f) != fold(t) {
			break
		}
		from, to = fr, tr
	}
	if from == "" {
		return to
	}
	up := strings.Repeat(".."+sep, strings.Count(from, sep)+1)
	if to == "" {
		return up[:len(up)-len(sep)]
	}
	return up + to
}

func posixDirname(p string) string {
	if p == "" {
		return "."
	}
	abs := p[0] == '/'
	from := 0
	if abs {
		from = 1
	}
	start, _, ok := split(p, from, isSlash)
	switch {
	case !ok || start == from:
		if abs {
			return "/"
		}
		return "."
	case abs && start == 2: // "//a" keeps its two slashes
		return "//"
	}
	return p[:start-1]
}

func posixBasename(p, suffix string) string {
	if suffix != "" && suffix == p {
		return ""
	}
	return baseName(p, suffix, 0, isSlash)
}

func posixExtname(p string) string {
	start, end, _ := split(p, 0, isSlash)
	base := p[start:end]
	return base[extensionAt(base):]
}

func posixParse(p string) (r parsed) {
	if p == "" {
		return r
	}
	from := 0
	if p[0] == '/' {
		r.root, r.dir, from = "/", "/", 1
	}
	start, end, ok := split(p, from, isSlash)
	if !ok {
		return r
	}
	if start > from {
		r.dir = p[:start-1]
	}
	r.setBase(p[start:end])
	if start == 1 && r.base == ".." { // as Node has it
		r.name, r.ext = ".", "."
	}
	return r
}

func (r *parsed) setBase(base string) {
	i := extensionAt(base)
	r.base, r.name, r.ext = base, base[:i], base[i:]
}
