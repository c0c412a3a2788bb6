// Package glob matches paths against the patterns that Node's path.matchesGlob
// and fs.glob take: *, ?, [classes], {braces,1..9}, extended groups such as
// !(a|b), and ** for any number of directories. Segments that begin with a dot
// are matched by a dot in the pattern only.
package glob

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Options say how to compare.
type Options struct {
	Windows  bool // the path's backslashes separate too
	FoldCase bool
}

// Match reports whether path matches pattern. Backslashes in the pattern
// separate directories; they never escape.
func Match(pattern, path string, o Options) bool {
	p := Compile(pattern, o)
	return p.Match(path)
}

// A Pattern is a compiled glob.
type Pattern struct {
	// Alternatives are what the braces expand to, each a list of segments.
	Alternatives [][]Segment
	opts         Options
	raw          string
}

// A Segment matches one path component.
type Segment struct {
	Text     string
	GlobStar bool // "**": any number of components
	Literal  bool // no magic at all
	nodes    []node
	fold     bool
}

// Compile parses pattern; every text is a pattern.
func Compile(pattern string, o Options) *Pattern {
	pattern = strings.ReplaceAll(pattern, `\`, "/")
	p := &Pattern{opts: o, raw: pattern}
	for _, alt := range Expand(pattern) {
		var segs []Segment
		for s := range strings.SplitSeq(alt, "/") {
			segs = append(segs, newSegment(s, o.FoldCase))
		}
		p.Alternatives = append(p.Alternatives, simplify(segs))
	}
	return p
}

// simplify drops what does not change the meaning: empty and "." segments
// inside, "x/.." pairs, and a ** after a **.
func simplify(segs []Segment) []Segment {
	out := segs[:0:0]
	for i, s := range segs {
		switch {
		case i > 0 && i < len(segs)-1 && (s.Text == "" && !(i == 1 && segs[0].Text == "") || s.Text == "."):
			continue
		case s.Text == ".." && len(out) > 0:
			if l := out[len(out)-1]; l.Text != "" && l.Text != "." && l.Text != ".." && !l.GlobStar {
				out = out[:len(out)-1]
				continue
			}
		case s.GlobStar && len(out) > 0 && out[len(out)-1].GlobStar:
			continue
		}
		out = append(out, s)
	}
	return out
}

// Match reports whether path matches.
func (p *Pattern) Match(path string) bool {
	if p.raw == "" {
		return path == ""
	}
	if p.opts.Windows {
		path = strings.ReplaceAll(path, `\`, "/")
	}
	if path == "/" && p.raw == "/" {
		return true
	}
	parts := strings.Split(path, "/")
	clean := parts[:0]
	for i, s := range parts {
		if s == "" && i > 1 && i < len(parts)-1 {
			continue
		}
		clean = append(clean, s)
	}
	for _, segs := range p.Alternatives {
		if matchSegments(segs, clean) {
			return true
		}
	}
	return false
}

// matchSegments walks both lists; a ** remembers where to take one component
// more. Only the last ** needs to be tried again, so this is quadratic at most.
func matchSegments(segs []Segment, parts []string) bool {
	i, j := 0, 0
	star, mark := -1, 0
	for j < len(parts) {
		if i < len(segs) {
			if segs[i].GlobStar {
				if i == len(segs)-1 {
					// A trailing ** takes what is left, if no part of it hides.
					for _, s := range parts[j:] {
						if s == "." || s == ".." || s != "" && s[0] == '.' {
							return false
						}
					}
					return true
				}
				star, mark = i, j
				i++
				continue
			}
			if segs[i].Match(parts[j]) {
				i++
				j++
				continue
			}
			// "a/" matches a pattern without the slash's empty segment
		}
		if i == len(segs) && j == len(parts)-1 && parts[j] == "" && j > 0 {
			return true
		}
		if star < 0 {
			return false
		}
		hidden := parts[mark]
		if hidden != "" && hidden[0] == '.' {
			return false
		}
		mark++
		i, j = star+1, mark
	}
	for i < len(segs) && segs[i].GlobStar {
		i++
	}
	return i == len(segs)
}

type nodeKind uint8

const (
	literal nodeKind = iota
	anyChar
	anyRun
	class
	group
)

type node struct {
	kind nodeKind
	text string          // literal
	in   func(rune) bool // class
	op   byte            // group: ? * + @ !
	alts [][]node        // group
}

func newSegment(s string, fold bool) Segment {
	seg := Segment{Text: s, GlobStar: s == "**", fold: fold}
	if seg.GlobStar {
		return seg
	}
	seg.nodes, _ = parseNodes(s, fold, false)
	seg.Literal = len(seg.nodes) == 0 || len(seg.nodes) == 1 && seg.nodes[0].kind == literal
	return seg
}

// Match reports whether one path component matches.
func (s *Segment) Match(name string) bool {
	if s.GlobStar {
		return name == "" || name[0] != '.'
	}
	if s.Literal {
		return name == s.Text || s.fold && strings.EqualFold(name, s.Text)
	}
	if name == "" || name == "." || name == ".." {
		return false
	}
	if name[0] == '.' && !startsWithDot(s.nodes) {
		return false
	}
	m := matcher{fold: s.fold, budget: 100_000}
	return m.run(s.nodes, name, func(rest string) bool { return rest == "" })
}

func startsWithDot(nodes []node) bool {
	if len(nodes) == 0 {
		return false
	}
	switch n := nodes[0]; n.kind {
	case literal:
		return n.text[0] == '.'
	case group:
		for _, a := range n.alts {
			if startsWithDot(a) {
				return true
			}
		}
	}
	return false
}

// parseNodes reads until the end, or with inGroup until | or ); it returns
// how much it read.
func parseNodes(s string, fold, inGroup bool) (nodes []node, n int) {
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			nodes = append(nodes, node{kind: literal, text: lit.String()})
			lit.Reset()
		}
	}
	i := 0
	for i < len(s) {
		c := s[i]
		if inGroup && (c == '|' || c == ')') {
			break
		}
		if i+1 < len(s) && s[i+1] == '(' && strings.IndexByte("?*+@!", c) >= 0 {
			if alts, size, ok := parseGroup(s[i+2:], fold); ok {
				flush()
				nodes = append(nodes, node{kind: group, op: c, alts: alts})
				i += 2 + size
				continue
			}
		}
		switch c {
		case '*':
			flush()
			if len(nodes) == 0 || nodes[len(nodes)-1].kind != anyRun {
				nodes = append(nodes, node{kind: anyRun})
			}
			i++
		case '?':
			flush()
			nodes = append(nodes, node{kind: anyChar})
			i++
		case '[':
			if in, size, ok := parseClass(s[i:], fold); ok {
				flush()
				nodes = append(nodes, node{kind: class, in: in})
				i += size
				continue
			}
			lit.WriteByte(c)
			i++
		default:
			lit.WriteByte(c)
			i++
		}
	}
	flush()
	return nodes, i
}

func parseGroup(s string, fold bool) (alts [][]node, n int, ok bool) {
	i := 0
	for {
		nodes, size := parseNodes(s[i:], fold, true)
		alts = append(alts, nodes)
		i += size
		if i >= len(s) {
			return nil, 0, false
		}
		i++
		if s[i-1] == ')' {
			return alts, i, true
		}
	}
}

var posixClasses = map[string]func(rune) bool{
	"alnum":  func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) },
	"alpha":  unicode.IsLetter,
	"ascii":  func(r rune) bool { return r < 0x80 },
	"blank":  func(r rune) bool { return r == '\t' || unicode.Is(unicode.Zs, r) },
	"cntrl":  unicode.IsControl,
	"digit":  unicode.IsDigit,
	"graph":  func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) },
	"lower":  unicode.IsLower,
	"print":  unicode.IsPrint,
	"punct":  unicode.IsPunct,
	"space":  unicode.IsSpace,
	"upper":  unicode.IsUpper,
	"word":   func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) },
	"xdigit": func(r rune) bool { return r < 0x80 && strings.ContainsRune("0123456789abcdefABCDEF", r) },
}

// parseClass reads [...]; ok is false if it never ends.
func parseClass(s string, fold bool) (in func(rune) bool, n int, ok bool) {
	i := 1
	negate := false
	if i < len(s) && (s[i] == '!' || s[i] == '^') {
		negate = true
		i++
	}
	type span struct{ lo, hi rune }
	var spans []span
	var classes []func(rune) bool
	for first := true; ; first = false {
		if i >= len(s) {
			return nil, 0, false
		}
		if s[i] == ']' && !first {
			i++
			break
		}
		if strings.HasPrefix(s[i:], "[:") {
			if end := strings.Index(s[i:], ":]"); end > 0 {
				if f := posixClasses[s[i+2:i+end]]; f != nil {
					classes = append(classes, f)
					i += end + 2
					continue
				}
			}
		}
		lo, size := utf8.DecodeRuneInString(s[i:])
		i += size
		hi := lo
		if i+1 < len(s) && s[i] == '-' && s[i+1] != ']' {
			hi, size = utf8.DecodeRuneInString(s[i+1:])
			i += 1 + size
		}
		if hi >= lo {
			spans = append(spans, span{lo, hi})
		}
	}
	has := func(r rune) bool {
		for _, sp := range spans {
			if r >= sp.lo && r <= sp.hi {
				return true
			}
		}
		for _, f := range classes {
			if f(r) {
				return true
			}
		}
		return false
	}
	return func(r rune) bool {
		found := has(r) || fold && (has(unicode.ToLower(r)) || has(unicode.ToUpper(r)))
		return found != negate
	}, i, true
}

// matcher backtracks, with a budget: hostile patterns fail to match in place
// of running for ever.
type matcher struct {
	fold   bool
	budget int
}

func (m *matcher) run(nodes []node, s string, then func(string) bool) bool {
	if m.budget--; m.budget < 0 {
		return false
	}
	if len(nodes) == 0 {
		return then(s)
	}
	n, rest := &nodes[0], nodes[1:]
	switch n.kind {
	case literal:
		if len(s) < len(n.text) || s[:len(n.text)] != n.text && !(m.fold && strings.EqualFold(s[:len(n.text)], n.text)) {
			return false
		}
		return m.run(rest, s[len(n.text):], then)
	case anyChar, class:
		if s == "" {
			return false
		}
		r, size := utf8.DecodeRuneInString(s)
		if n.kind == class && !n.in(r) {
			return false
		}
		return m.run(rest, s[size:], then)
	case anyRun:
		for i := 0; ; {
			if m.run(rest, s[i:], then) {
				return true
			}
			if i >= len(s) {
				return false
			}
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
	}
	return m.group(n, rest, s, then)
}

func (m *matcher) group(n *node, rest []node, s string, then func(string) bool) bool {
	once := func(s string, then func(string) bool) bool {
		for _, a := range n.alts {
			if m.run(a, s, then) {
				return true
			}
		}
		return false
	}
	after := func(s string) bool { return m.run(rest, s, then) }
	switch n.op {
	case '@':
		return once(s, after)
	case '?':
		return after(s) || once(s, after)
	case '!':
		// What an alternative takes whole, with the rest behind it, is refused.
		if once(s, func(r string) bool { return m.run(rest, r, func(e string) bool { return e == "" }) }) {
			return false
		}
		for i := len(s); i >= 0; i-- {
			whole := once(s[:i], func(r string) bool { return r == "" })
			if !whole && after(s[i:]) {
				return true
			}
		}
		return false
	}
	var many func(string) bool
	many = func(s string) bool {
		return after(s) || once(s, func(r string) bool { return len(r) < len(s) && many(r) })
	}
	if n.op == '+' {
		return once(s, many)
	}
	return many(s)
}

// maxExpansion bounds what braces may make of a pattern.
const maxExpansion = 10_000

// Expand resolves {a,b} and {1..3}.
func Expand(pattern string) []string {
	if !strings.Contains(pattern, "{") {
		return []string{pattern}
	}
	out := []string{}
	expand("", pattern, &out)
	return out
}

func expand(prefix, s string, out *[]string) {
	if len(*out) >= maxExpansion {
		return
	}
	open, end, items := findBrace(s)
	if open < 0 {
		*out = append(*out, prefix+s)
		return
	}
	var inner []string
	for _, it := range items {
		inner = append(inner, Expand(it)...)
	}
	var tails []string
	expand("", s[end:], &tails)
	for _, it := range inner {
		for _, t := range tails {
			if len(*out) >= maxExpansion {
				return
			}
			*out = append(*out, prefix+s[:open]+it+t)
		}
	}
}

// findBrace finds the first brace group that expands to something.
func findBrace(s string) (open, end int, items []string) {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '{')
		if i < 0 {
			return -1, 0, nil
		}
		i += from
		from = i + 1
		depth, start := 0, i+1
		var list []string
		for j := i; j < len(s); j++ {
			switch s[j] {
			case '{':
				depth++
			case ',':
				if depth == 1 {
					list = append(list, s[start:j])
					start = j + 1
				}
			case '}':
				depth--
			}
			if depth == 0 {
				body := s[i+1 : j]
				if list != nil {
					return i, j + 1, append(list, s[start:j])
				}
				if seq := sequence(body); seq != nil {
					return i, j + 1, seq
				}
				break
			}
		}
	}
}

// sequence is {1..5}, {1..9..2}, {a..e}.
func sequence(body string) []string {
	parts := strings.Split(body, "..")
	if len(parts) < 2 || len(parts) > 3 {
		return nil
	}
	step := 1
	if len(parts) == 3 {
		n, err := strconv.Atoi(parts[2])
		if err != nil {
			return nil
		}
		step = max(max(n, -n), 1)
	}
	lo, err1 := strconv.Atoi(parts[0])
	hi, err2 := strconv.Atoi(parts[1])
	letters := len(parts[0]) == 1 && len(parts[1]) == 1 && err1 != nil && err2 != nil
	if letters {
		lo, hi = int(parts[0][0]), int(parts[1][0])
	} else if err1 != nil || err2 != nil {
		return nil
	}
	width := 0
	if padded(parts[0]) || padded(parts[1]) {
		width = max(len(parts[0]), len(parts[1]))
	}
	if lo > hi {
		step = -step
	}
	var out []string
	for v := lo; (step > 0 && v <= hi || step < 0 && v >= hi) && len(out) < maxExpansion; v += step {
		if letters {
			out = append(out, string(rune(v)))
			continue
		}
		t := strconv.Itoa(max(v, -v))
		neg := 0
		if v < 0 {
			neg = 1
		}
		if pad := width - len(t) - neg; pad > 0 {
			t = strings.Repeat("0", pad) + t
		}
		if neg == 1 {
			t = "-" + t
		}
		out = append(out, t)
	}
	return out
}

func padded(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return len(s) > 1 && s[0] == '0'
}
