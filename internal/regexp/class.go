package regexp

import (
	"slices"
	"strings"
)

// class reads a character class, with its brackets.
func (p *parser) class() *node {
	p.pos++ // [
	negated := p.accept('^')
	if p.sets {
		o := p.classContents(negated)
		if negated {
			return p.setNode(o.chars.complement())
		}
		return p.stringsNode(o)
	}
	var spans, fixed []span
	for !p.accept(']') {
		first, char := p.classAtom(&fixed)
		if p.peek() != '-' {
			spans = append(spans, first...)
			continue
		}
		p.pos++
		if p.peek() == end {
			break
		}
		if p.peek() == ']' {
			spans = append(append(spans, first...), span{'-', '-'})
			continue
		}
		second, char2 := p.classAtom(&fixed)
		if !char || !char2 {
			if p.full {
				p.fail("Invalid character class")
			}
			spans = append(append(append(spans, first...), span{'-', '-'}), second...)
			continue
		}
		if first[0].lo > second[0].lo {
			p.fail("Range out of order in character class")
		}
		spans = append(spans, span{first[0].lo, second[0].lo})
	}
	n := p.setNode(setOf(spans))
	n.fixed = setOf(fixed)
	n.negated = negated
	return n
}

// classAtom reads one character or an escape that stands for several. What need
// not be folded goes to fixed.
func (p *parser) classAtom(fixed *[]span) (s set, char bool) {
	switch p.peek() {
	case end:
		p.fail("Unterminated character class")
	case '\\':
		p.pos++
		if n := p.classEscape(true); n != nil {
			*fixed = append(*fixed, n.fixed...)
			return n.set, false
		}
		r := rune('\b')
		if !p.accept('b') {
			r = p.characterEscape(true)
		}
		return set{{r, r}}, true
	}
	r := p.next()
	return set{{r, r}}, true
}

// An operand is what a class of the v flag stands for: characters, and strings
// of several or none.
type operand struct {
	chars      set
	strs       [][]rune
	mayStrings bool // by its form, whatever the operators have left
}

func (p *parser) fold(s set) set {
	if p.flags&IgnoreCase != 0 {
		return s.closed(true)
	}
	return s
}

// key is a string with its case folded, if that is to be ignored.
func (p *parser) key(s []rune) string {
	if p.flags&IgnoreCase != 0 {
		s = slices.Clone(s)
		for i, r := range s {
			s[i] = canonical(r, true)
		}
	}
	return string(s)
}

// stringsNode matches the longest string first.
func (p *parser) stringsNode(o *operand) *node {
	if len(o.strs) == 0 {
		return p.setNode(o.chars)
	}
	strs := slices.Clone(o.strs)
	slices.SortStableFunc(strs, func(a, b []rune) int { return len(b) - len(a) })
	alt := p.node(kindAlt)
	chars := false
	add := func(s []rune) {
		n := p.node(kindCat)
		for _, r := range s {
			n.subs = append(n.subs, p.charNode(r))
		}
		alt.subs = append(alt.subs, n)
	}
	for _, s := range strs {
		if len(s) == 0 && !chars {
			chars = true
			alt.subs = append(alt.subs, p.setNode(o.chars))
		}
		add(s)
	}
	if !chars {
		alt.subs = append(alt.subs, p.setNode(o.chars))
	}
	return alt
}

// doublePunctuators may not stand twice in a class.
const doublePunctuators = "&!#$%*+,.:;<=>?@^`~"

// operator reports whether && or -- is next.
func (p *parser) operator() bool {
	c := p.peek()
	return (c == '&' || c == '-') && p.at(1) == c
}

// classContents reads ClassContents of the v flag and the bracket behind it.
func (p *parser) classContents(negated bool) *operand {
	p.enter()
	o := &operand{}
	if !p.accept(']') {
		x, char := p.classOperand()
		if p.operator() {
			o = p.operands(x)
		} else {
			o = p.classUnion(x, char)
		}
	}
	if negated && o.mayStrings {
		p.fail("Negated character class may contain strings")
	}
	p.depth--
	return o
}

// operands reads the rest of an intersection or subtraction.
func (p *parser) operands(x *operand) *operand {
	op := p.peek()
	o := &operand{p.fold(x.chars), x.strs, x.mayStrings}
	for !p.accept(']') {
		if p.peek() == end {
			p.fail("Unterminated character class")
		}
		if !p.operator() || p.peek() != op {
			p.fail("Invalid set operation in character class")
		}
		p.pos += 2
		if op == '&' && p.peek() == '&' {
			p.fail("Invalid character in character class")
		}
		y, _ := p.classOperand()
		theirs := map[string]bool{}
		for _, s := range y.strs {
			theirs[p.key(s)] = true
		}
		if op == '&' {
			o.chars = intersection(o.chars, p.fold(y.chars))
			o.mayStrings = o.mayStrings && y.mayStrings
		} else {
			o.chars = intersection(o.chars, p.fold(y.chars).complement())
		}
		o.strs = slices.DeleteFunc(slices.Clone(o.strs), func(s []rune) bool { return theirs[p.key(s)] == (op == '-') })
	}
	return o
}

// classUnion reads the rest of a union.
func (p *parser) classUnion(x *operand, char bool) *operand {
	o := &operand{}
	var spans []span
	strs := map[string]bool{}
	for {
		switch {
		case char && p.peek() == '-' && p.at(1) != '-':
			p.pos++
			if p.peek() == end {
				p.fail("Unterminated character class")
			}
			y, char2 := p.classOperand()
			if !char2 {
				p.fail("Invalid character class")
			}
			if x.chars[0].lo > y.chars[0].lo {
				p.fail("Range out of order in character class")
			}
			spans = append(spans, span{x.chars[0].lo, y.chars[0].lo})
		case !char && p.peek() == '-' && p.at(1) != '-':
			p.fail("Invalid character class")
		default:
			spans = append(spans, x.chars...)
			o.mayStrings = o.mayStrings || x.mayStrings
			for _, s := range x.strs {
				if k := p.key(s); !strs[k] {
					strs[k] = true
					o.strs = append(o.strs, s)
				}
			}
		}
		if p.accept(']') {
			o.chars = p.fold(setOf(spans))
			return o
		}
		if p.operator() {
			p.fail("Invalid set operation in character class")
		}
		x, char = p.classOperand()
	}
}

// classOperand reads ClassSetOperand; char is whether it is one character.
func (p *parser) classOperand() (o *operand, char bool) {
	one := func(r rune) (*operand, bool) { return &operand{chars: set{{r, r}}}, true }
	c := p.peek()
	switch {
	case c == end:
		p.fail("Unterminated character class")
	case c == '[':
		p.pos++
		negated := p.accept('^')
		o := p.classContents(negated)
		if negated {
			o = &operand{chars: o.chars.complement()}
		}
		return o, false
	case c == '\\':
		p.pos++
		switch c := p.peek(); {
		case c == 'q' && p.at(1) == '{':
			p.pos += 2
			return p.quotedStrings(), false
		case c == 'b':
			p.pos++
			return one('\b')
		case c > 0 && c < 0x80 && strings.IndexByte("&-!#%,:;<=>@`~", byte(c)) >= 0:
			p.pos++
			return one(rune(c))
		case c == 'p' || c == 'P':
			p.pos++
			if o := p.stringsOperand(c == 'P'); o != nil {
				return o, false
			}
			p.pos--
		}
		if n := p.classEscape(true); n != nil {
			return &operand{chars: union(n.set, n.fixed)}, false
		}
		return one(p.characterEscape(true))
	case c > 0 && c < 0x80 && strings.IndexByte(doublePunctuators, byte(c)) >= 0 && p.at(1) == c:
		p.fail("Invalid set operation in character class")
	case c > 0 && c < 0x80 && strings.IndexByte("()[]{}/-|", byte(c)) >= 0:
		p.fail("Invalid character in character class")
	}
	return one(p.next())
}

// stringsOperand reads {Name} if that is a property of strings, nil if not.
func (p *parser) stringsOperand(negated bool) *operand {
	start := p.pos
	if p.accept('{') {
		var name strings.Builder
		for c := p.peek(); c > 0 && c < 0x80 && c != '}'; c = p.peek() {
			name.WriteByte(byte(c))
			p.pos++
		}
		if chars, strs, ok := stringsProperty(name.String()); ok && p.accept('}') {
			if negated {
				p.fail("Invalid property name in character class")
			}
			return &operand{p.fold(chars), strs, true}
		}
	}
	p.pos = start
	return nil
}

// quotedStrings reads the rest of \q{…}.
func (p *parser) quotedStrings() *operand {
	o := &operand{}
	var spans []span
	strs := map[string]bool{}
	var s []rune
	flush := func() {
		if len(s) == 1 {
			spans = append(spans, span{s[0], s[0]})
		} else {
			o.mayStrings = true
			if k := p.key(s); !strs[k] {
				strs[k] = true
				o.strs = append(o.strs, s)
			}
		}
		s = nil
	}
	for {
		switch p.peek() {
		case end:
			p.fail("Invalid escape")
		case '}':
			p.pos++
			flush()
			o.chars = p.fold(setOf(spans))
			return o
		case '|':
			p.pos++
			flush()
		default:
			x, char := p.classOperand()
			if !char {
				p.fail("Invalid escape")
			}
			s = append(s, x.chars[0].lo)
		}
	}
}
