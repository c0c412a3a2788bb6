package regexp

import (
	"strings"
	"unicode/utf16"
)

// maxDepth is how deep groups and classes may nest.
const maxDepth = 1000

// maxGroups is V8's limit.
const maxGroups = 1 << 15

// parser is a recursive descent over ECMA-262's grammar of patterns, with the
// extensions of Annex B unless one of the flags u and v is set.
type parser struct {
	src     []uint16
	pos     int
	flags   Flags // those that hold at pos
	full    bool  // u or v
	sets    bool  // v
	depth   int
	groups  int // opened so far, with group 0
	total   int // in the whole pattern
	named   bool
	names   []Name
	where   map[string][][]choice // the alternatives around each group of a name
	path    []choice
	nextAlt int
	refs    []namedRef
}

// choice is an alternative of a disjunction.
type choice struct{ disjunction, alternative int }

type namedRef struct {
	n    *node
	name string
}

type failure string

const end = -1

func (p *parser) fail(reason string) { panic(failure(reason)) }

func parse(src []uint16, flags Flags) (t *tree, err error) {
	p := &parser{src: src, flags: flags, full: flags.FullUnicode(), sets: flags&UnicodeSets != 0, groups: 1}
	defer func() {
		if x := recover(); x != nil {
			reason, ok := x.(failure)
			if !ok {
				panic(x)
			}
			t, err = nil, &SyntaxError{string(utf16.Decode(src)), flags.String(), string(reason)}
		}
	}()
	p.count()
	root := p.disjunction()
	if p.peek() == ')' {
		p.fail("Unmatched ')'")
	}
	for _, ref := range p.refs {
		for _, n := range p.names {
			if n.Name == ref.name {
				ref.n.groups = n.Groups
			}
		}
		if ref.n.groups == nil {
			p.fail("Invalid named capture referenced")
		}
	}
	return &tree{root, flags, p.groups, p.names}, nil
}

// count finds how many groups there are, and whether one has a name.
func (p *parser) count() {
	p.total = 1
	class := 0
	for i := 0; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '[':
			if class == 0 || p.sets {
				class++
			}
		case ']':
			class = max(class-1, 0)
		case '(':
			if class > 0 {
				break
			}
			if i+1 < len(p.src) && p.src[i+1] == '?' {
				if i+3 >= len(p.src) || p.src[i+2] != '<' || p.src[i+3] == '=' || p.src[i+3] == '!' {
					break
				}
				p.named = true
			}
			p.total++
		}
	}
}

// at is the code unit n places on.
func (p *parser) at(n int) int {
	if p.pos+n < len(p.src) {
		return int(p.src[p.pos+n])
	}
	return end
}

func (p *parser) peek() int { return p.at(0) }

func (p *parser) accept(c int) bool {
	if p.peek() == c {
		p.pos++
		return true
	}
	return false
}

// next takes a character: a code point with u or v.
func (p *parser) next() rune { return p.char(p.full) }

func (p *parser) char(full bool) rune {
	c := rune(p.src[p.pos])
	p.pos++
	if full && c&0xFC00 == 0xD800 && p.pos < len(p.src) {
		if d := rune(p.src[p.pos]); d&0xFC00 == 0xDC00 {
			p.pos++
			return utf16.DecodeRune(c, d)
		}
	}
	return c
}

func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail("Regular expression too large")
	}
}

func (p *parser) disjunction() *node {
	p.enter()
	id := p.nextAlt
	p.nextAlt++
	p.path = append(p.path, choice{id, 0})
	n := p.alternative()
	if p.peek() == '|' {
		n = &node{kind: kindAlt, subs: []*node{n}}
		for p.accept('|') {
			p.path[len(p.path)-1].alternative++
			n.subs = append(n.subs, p.alternative())
		}
	}
	p.path = p.path[:len(p.path)-1]
	p.depth--
	return n
}

func (p *parser) alternative() *node {
	n := &node{kind: kindCat}
	for {
		if c := p.peek(); c == end || c == '|' || c == ')' {
			break
		}
		n.subs = append(n.subs, p.term())
	}
	switch len(n.subs) {
	case 0:
		return &node{kind: kindEmpty}
	case 1:
		return n.subs[0]
	}
	return n
}

func (p *parser) node(kind nodeKind) *node { return &node{kind: kind, flags: p.flags} }

func (p *parser) charNode(r rune) *node {
	n := p.node(kindChar)
	n.r = r
	return n
}

func (p *parser) setNode(s set) *node {
	n := p.node(kindSet)
	n.set = s
	return n
}

func (p *parser) term() *node {
	groups := p.groups
	var n *node
	switch c := p.peek(); c {
	case '^':
		p.pos++
		return p.node(kindBegin)
	case '$':
		p.pos++
		return p.node(kindEnd)
	case '(':
		n = p.group()
		if n.kind == kindLook && (p.full || n.behind) {
			p.unquantified()
			return n
		}
	case '*', '+', '?':
		p.fail("Nothing to repeat")
	case '.':
		p.pos++
		n = p.node(kindSet)
		if p.flags&DotAll == 0 {
			n.set = lineEnds()
		}
		n.negated = true
		n.flags &^= IgnoreCase
	case '[':
		n = p.class()
	case '\\':
		n = p.atomEscape()
		if n.kind == kindWord {
			return n
		}
	case '{', '}', ']':
		if c == '{' {
			if _, _, ok := p.interval(); ok {
				p.fail("Nothing to repeat")
			}
		}
		if p.full {
			p.fail("Lone quantifier brackets")
		}
		n = p.charNode(p.next())
	default:
		n = p.charNode(p.next())
	}
	return p.quantified(n, groups)
}

// unquantified fails if a quantifier follows where none may.
func (p *parser) unquantified() {
	switch p.peek() {
	case '*', '+', '?':
		p.fail("Invalid quantifier")
	case '{':
		if _, _, ok := p.interval(); ok {
			p.fail("Invalid quantifier")
		}
		if p.full {
			p.fail("Incomplete quantifier")
		}
	}
}

// quantified reads a quantifier, if there is one.
func (p *parser) quantified(n *node, groups int) *node {
	least, most := 0, -1
	switch p.peek() {
	case '*':
		p.pos++
	case '+':
		p.pos++
		least = 1
	case '?':
		p.pos++
		most = 1
	case '{':
		var ok bool
		if least, most, ok = p.interval(); !ok {
			if p.full {
				p.fail("Incomplete quantifier")
			}
			return n
		}
		if most >= 0 && most < least {
			p.fail("numbers out of order in {} quantifier")
		}
	default:
		return n
	}
	rep := p.node(kindRepeat)
	rep.lazy = p.accept('?')
	rep.min, rep.max, rep.subs = least, most, []*node{n}
	rep.first, rep.last = groups, p.groups
	return rep
}

// maxCount stands for all larger numbers in a quantifier: no string is longer.
const maxCount = 1 << 30

// interval reads {n}, {n,} or {n,m}; if there is none, it stays where it is.
func (p *parser) interval() (least, most int, ok bool) {
	start := p.pos
	defer func() {
		if !ok {
			p.pos = start
		}
	}()
	num := func() (n int, ok bool) {
		for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
			n, ok = min(n*10+c-'0', maxCount), true
			p.pos++
		}
		return n, ok
	}
	if !p.accept('{') {
		return 0, 0, false
	}
	if least, ok = num(); !ok {
		return 0, 0, false
	}
	most = least
	if p.accept(',') {
		if p.peek() == '}' {
			most = -1
		} else if most, ok = num(); !ok {
			return 0, 0, false
		}
	}
	ok = p.accept('}')
	if most == maxCount {
		most = -1
	}
	return least, most, ok
}

func (p *parser) group() *node {
	p.pos++ // (
	flags := p.flags
	n := p.node(kindGroup)
	if p.accept('?') {
		switch c := p.peek(); {
		case c == ':':
			p.pos++
			n.kind = kindCat
		case c == '=' || c == '!':
			p.pos++
			n.kind, n.negated = kindLook, c == '!'
		case c == '<' && (p.at(1) == '=' || p.at(1) == '!'):
			n.kind, n.behind, n.negated = kindLook, true, p.at(1) == '!'
			p.pos += 2
		case c == '<':
			p.pos++
			p.open(n)
			p.name(n)
		case c == '-' || c == 'i' || c == 'm' || c == 's':
			p.modifiers()
			n.kind = kindCat
		default:
			p.fail("Invalid group")
		}
	} else {
		p.open(n)
	}
	sub := p.disjunction()
	if !p.accept(')') {
		p.fail("Unterminated group")
	}
	p.flags = flags
	n.subs = []*node{sub}
	if n.kind == kindCat && sub.kind != kindLook { // which may be repeated only inside a group
		return sub
	}
	return n
}

func (p *parser) open(n *node) {
	if p.groups >= maxGroups {
		p.fail("Too many captures")
	}
	n.index = p.groups
	p.groups++
}

// modifiers reads what stands between (? and the colon.
func (p *parser) modifiers() {
	var seen, add, remove Flags
	minus := false
	for {
		var f Flags
		switch p.peek() {
		case 'i':
			f = IgnoreCase
		case 'm':
			f = Multiline
		case 's':
			f = DotAll
		case '-':
			if minus {
				p.fail("Multiple dashes in flag group")
			}
			minus = true
			p.pos++
			continue
		case ':':
			if seen == 0 {
				p.fail("Invalid flag group")
			}
			p.pos++
			p.flags = p.flags&^remove | add
			return
		default:
			p.fail("Invalid group")
		}
		if seen&f != 0 {
			p.fail("Repeated flag in flag group")
		}
		seen |= f
		if minus {
			remove |= f
		} else {
			add |= f
		}
		p.pos++
	}
}

// name reads the name of group n.
func (p *parser) name(n *node) {
	name := p.groupName()
	if p.where == nil {
		p.where = map[string][][]choice{}
	}
	for _, other := range p.where[name] {
		if !apart(other, p.path) {
			p.fail("Duplicate capture group name")
		}
	}
	path := append([]choice(nil), p.path...)
	p.where[name] = append(p.where[name], path)
	for i := range p.names {
		if p.names[i].Name == name {
			p.names[i].Groups = append(p.names[i].Groups, n.index)
			return
		}
	}
	p.names = append(p.names, Name{name, []int{n.index}})
}

// apart reports whether two places are in different alternatives of a disjunction.
func apart(a, b []choice) bool {
	for i := 0; i < len(a) && i < len(b) && a[i].disjunction == b[i].disjunction; i++ {
		if a[i].alternative != b[i].alternative {
			return true
		}
	}
	return false
}

// groupName reads a name and the > behind it.
func (p *parser) groupName() string {
	var b strings.Builder
	for p.peek() != end {
		r := p.char(true)
		if r == '>' && b.Len() > 0 {
			return b.String()
		}
		if r == '\\' {
			var ok bool
			if !p.accept('u') {
				p.fail("Invalid Unicode escape")
			}
			if r, ok = p.unicodeEscape(true); !ok {
				p.fail("Invalid Unicode escape")
			}
		}
		if !identifierRune(r, b.Len() == 0) {
			break
		}
		b.WriteRune(r)
	}
	p.fail("Invalid capture group name")
	return ""
}

func identifierRune(r rune, first bool) bool {
	switch {
	case isLetter(r), r == '$', r == '_':
		return true
	case r >= '0' && r <= '9':
		return !first
	case r < 0x80 || r&^0x7FF == 0xD800:
		return false
	case first:
		s, _ := property('b', "ID_Start")
		return s.has(r)
	}
	s, _ := property('b', "ID_Continue")
	return s.has(r) || r == 0x200C || r == 0x200D
}

// hex reads exactly n digits.
func (p *parser) hex(n int) (v rune, ok bool) {
	for i := range n {
		d := hexDigit(p.at(i))
		if d < 0 {
			return 0, false
		}
		v = v<<4 | d
	}
	p.pos += n
	return v, true
}

func hexDigit(c int) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c | 0x20 - 'a' + 10)
	}
	return -1
}

// unicodeEscape reads what is behind \u.
func (p *parser) unicodeEscape(full bool) (rune, bool) {
	start := p.pos
	if full && p.accept('{') {
		v, any := rune(0), false
		for d := hexDigit(p.peek()); d >= 0; d = hexDigit(p.peek()) {
			if v = v<<4 | d; v > maxRune {
				break
			}
			any = true
			p.pos++
		}
		if any && v <= maxRune && p.accept('}') {
			return v, true
		}
		p.pos = start
		return 0, false
	}
	v, ok := p.hex(4)
	if !ok {
		return 0, false
	}
	if full && v&0xFC00 == 0xD800 && p.peek() == '\\' && p.at(1) == 'u' {
		mark := p.pos
		p.pos += 2
		if w, ok := p.hex(4); ok && w&0xFC00 == 0xDC00 {
			return utf16.DecodeRune(v, w), true
		}
		p.pos = mark
	}
	return v, true
}

func (p *parser) atomEscape() *node {
	p.pos++ // \
	switch c := p.peek(); {
	case c == end:
		p.fail("\\ at end of pattern")
	case c == 'b' || c == 'B':
		p.pos++
		n := p.node(kindWord)
		n.negated = c == 'B'
		return n
	case c >= '1' && c <= '9':
		if n := p.backReference(); n != nil {
			return n
		}
	case c == 'k':
		if !p.full && !p.named {
			break
		}
		p.pos++
		if !p.accept('<') {
			p.fail("Invalid named reference")
		}
		name := p.groupName()
		n := p.node(kindBackref)
		p.refs = append(p.refs, namedRef{n, name})
		return n
	}
	if n := p.classEscape(false); n != nil {
		return n
	}
	return p.charNode(p.characterEscape(false))
}

// backReference reads \1 and so on, nil if no such group exists.
func (p *parser) backReference() *node {
	start := p.pos
	v := 0
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		v = min(v*10+c-'0', maxGroups)
		p.pos++
	}
	if v < p.total {
		n := p.node(kindBackref)
		n.groups = []int{v}
		return n
	}
	if p.full {
		p.fail("Invalid escape")
	}
	p.pos = start
	return nil
}

// classEscape reads \d and its like, and \p{…}; nil if it is none.
func (p *parser) classEscape(inClass bool) *node {
	c := p.peek()
	var s set
	fold := p.full && p.flags&IgnoreCase != 0
	switch c {
	case 'd', 'D':
		s = digits()
	case 's', 'S':
		s = spaces()
	case 'w', 'W':
		s = wordChars(fold)
	case 'p', 'P':
		if !p.full {
			return nil
		}
		p.pos++
		return p.property(c == 'P', inClass)
	default:
		return nil
	}
	p.pos++
	if c < 'a' {
		s = s.complement()
	}
	n := p.setNode(nil)
	n.fixed = s
	return n
}

func (p *parser) property(negated, inClass bool) *node {
	bad := func() {
		if inClass {
			p.fail("Invalid property name in character class")
		}
		p.fail("Invalid property name")
	}
	var name strings.Builder
	if !p.accept('{') {
		bad()
	}
	for !p.accept('}') {
		c := p.peek()
		if c == end || c >= 0x80 {
			bad()
		}
		name.WriteByte(byte(c))
		p.pos++
	}
	if s, ok := unicodeProperty(name.String()); ok {
		if p.sets && p.flags&IgnoreCase != 0 {
			s = s.closed(true)
		}
		if negated {
			s = s.complement()
		}
		return p.setNode(s)
	}
	if p.sets {
		if chars, strs, ok := stringsProperty(name.String()); ok {
			if negated {
				p.fail("Invalid property name")
			}
			return p.stringsNode(&operand{p.fold(chars), strs, true})
		}
	}
	bad()
	return nil
}

// characterEscape reads the escape of one character.
func (p *parser) characterEscape(inClass bool) rune {
	invalid := func() {
		p.fail("Invalid escape")
	}
	c := p.peek()
	switch c {
	case end:
		p.fail("\\ at end of pattern")
	case 't', 'n', 'v', 'f', 'r':
		p.pos++
		return rune("\t\n\v\f\r"[strings.IndexByte("tnvfr", byte(c))])
	case 'c':
		l := p.at(1)
		if l|0x20 >= 'a' && l|0x20 <= 'z' || inClass && !p.full && (l >= '0' && l <= '9' || l == '_') {
			p.pos += 2
			return rune(l & 31)
		}
		if p.full {
			p.fail("Invalid Unicode escape")
		}
		return '\\' // the c is read as what follows
	case '0':
		if n := p.at(1); n < '0' || n > '9' {
			p.pos++
			return 0
		}
		fallthrough
	case '1', '2', '3', '4', '5', '6', '7':
		if p.full {
			p.fail("Invalid decimal escape")
		}
		v := rune(0)
		for range 3 {
			d := p.peek()
			if d < '0' || d > '7' || v*8+rune(d-'0') > 255 {
				break
			}
			v = v*8 + rune(d-'0')
			p.pos++
		}
		return v
	case 'x':
		p.pos++
		if v, ok := p.hex(2); ok {
			return v
		}
		if p.full {
			invalid()
		}
		return 'x'
	case 'u':
		p.pos++
		if v, ok := p.unicodeEscape(p.full); ok {
			return v
		}
		if p.full {
			p.fail("Invalid Unicode escape")
		}
		return 'u'
	}
	if p.full {
		if c < 0x80 && strings.IndexByte(`^$\.*+?()[]{}|/`, byte(c)) >= 0 || inClass && c == '-' {
			p.pos++
			return rune(c)
		}
		invalid()
	}
	if c == 'k' && p.named {
		invalid()
	}
	return p.next()
}
