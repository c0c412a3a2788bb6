package regexp

import "slices"

type opcode uint8

const (
	opMatch       opcode = iota
	opChar               // the unit x
	opChar2              // the unit x or y
	opStr                // the units of str
	opStr2               // at each place the unit of str or the one of alt
	opSet                // a unit of set
	opSetFull            // a code point of set
	opSetBack            // as opSet, to the left
	opSetFullBack        // as opSetFull, to the left
	opStar               // x to y units of set, y < 0: no limit
	opStarFull           // the same of code points
	opLazy               // as few units as possible
	opLazyFull           // as few code points as possible
	opDispatch           // alternatives: those of choices[x] that the next unit allows
	opJump               // to x
	opSave               // position into register x
	opClear              // registers x to y are unset
	opNonEmpty           // fail if nothing was matched since register x was saved
	opCount              // register x starts to count at 0
	opLoop               // a counted repetition: loops[x]
	opLoopEnd            // the end of its body
	opBegin              // ^
	opBeginLine          // ^ with m
	opEnd                // $
	opEndLine            // $ with m
	opWord               // \b
	opNotWord            // \B
	opBackref            // the group of refs[x]
	opLook               // an assertion whose body follows; y: behind it; register x
	opNotLook            // a negative one
	opLookEnd            // the body has matched
	opNotLookEnd
	opFail
)

// An inst is an instruction. Those without a target go on with the next one.
type inst struct {
	op         opcode
	possessive bool // opStar: what was taken is never given back
	x, y       int32
	set        *unitSet
	next       *firstSet // what may follow a repetition, nil if anything or nothing
	str, alt   []uint16
}

// loop is a counted repetition.
type loop struct {
	min, max     int // max < 0: no limit
	lazy         bool
	nullable     bool
	count, start int32 // registers
	clear        [2]int32
	body, exit   int32
}

// ref is a back reference: to the one of the groups that has matched.
type ref struct {
	groups       []int
	back, ignore bool
}

// A firstSet is over-approximates what can stand where something begins: units, and
// whether nothing at all need stand there.
type firstSet struct {
	low   [4]uint64
	high  bool // some unit from 256 on
	empty bool
}

func (f *firstSet) has(c rune) bool {
	if c < 256 {
		return f.low[c>>6&3]>>(c&63)&1 != 0
	}
	return f.high
}

func (f *firstSet) add(c rune) {
	if c < 256 {
		f.low[c>>6] |= 1 << (c & 63)
	} else {
		f.high = true
	}
}

func (f *firstSet) addSet(u *unitSet) {
	for i, w := range u.low {
		f.low[i] |= w
	}
	f.high = f.high || len(u.high) > 0
}

func (f *firstSet) addAll() {
	f.low = [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
	f.high = true
}

// meets reports whether a unit of u is in f.
func (f *firstSet) meets(u *unitSet) bool {
	for i, w := range u.low {
		if f.low[i]&w != 0 {
			return true
		}
	}
	return f.high && len(u.high) > 0
}

// choices are the alternatives at one place, by the unit that comes next.
type choices struct {
	list  [][]int32 // of places in the program
	ascii [128]uint8
	high  uint8
	end   uint8
}

// A program is what the matcher runs.
type program struct {
	insts     []inst
	choices   []choices
	loops     []loop
	refs      []ref
	groups    int
	registers int  // two for each group, and more
	full      bool // characters are code points

	anchored bool
	prefix   []uint16
	ascii    string // prefix, if it is ASCII
	first    firstSet
}

type compiler struct {
	p    *program
	full bool
	back bool
}

func compile(t *tree) *program {
	p := &program{groups: t.groups, registers: 2 * t.groups, full: t.flags.FullUnicode()}
	c := &compiler{p: p, full: p.full}
	c.emitNode(t.root)
	c.emit(inst{op: opMatch})
	c.analyse()
	return p
}

func (c *compiler) emit(i inst) int32 {
	c.p.insts = append(c.p.insts, i)
	return int32(len(c.p.insts) - 1)
}

func (c *compiler) here() int32 { return int32(len(c.p.insts)) }

func (c *compiler) register() int32 {
	c.p.registers++
	return int32(c.p.registers - 1)
}

// setFor is what one character n matches; ok is false if n is more than that.
func (c *compiler) setFor(n *node) (s set, ok bool) {
	switch n.kind {
	case kindChar:
		s = set{{n.r, n.r}}
		if n.flags&IgnoreCase != 0 {
			s = s.closed(c.full)
		}
	case kindSet:
		s = n.set
		if n.flags&IgnoreCase != 0 && n.flags&UnicodeSets == 0 {
			s = s.closed(c.full)
		}
		s = union(s, n.fixed)
		if n.negated {
			s = s.complement()
		}
	case kindAlt:
		for _, sub := range n.subs {
			x, ok := c.setFor(sub)
			if !ok {
				return nil, false
			}
			s = union(s, x)
		}
	default:
		return nil, false
	}
	if !c.full {
		s = intersection(s, set{{0, 0xFFFF}})
	}
	return s, true
}

// units reports whether each character of s is one code unit that is part of no pair.
func (c *compiler) units(s set) bool {
	return !c.full || !s.overlaps(0xD800, 0xDFFF) && !s.overlaps(0x10000, maxRune)
}

// pieces are the units that n matches one after the other, each with its
// alternative, if that is all that n matches.
func (c *compiler) pieces(n *node) (str, alt []uint16, ok bool) {
	if n.kind != kindChar && n.kind != kindSet {
		return nil, nil, false
	}
	s, ok := c.setFor(n)
	if !ok {
		return nil, nil, false
	}
	if r, one := s.single(); one {
		switch {
		case r >= 0x10000:
			u := []uint16{uint16(0xD800 + (r-0x10000)>>10), uint16(0xDC00 + (r-0x10000)&0x3FF)}
			return u, u, true
		case c.units(s):
			return []uint16{uint16(r)}, []uint16{uint16(r)}, true
		}
		return nil, nil, false
	}
	if !c.units(s) {
		return nil, nil, false
	}
	switch {
	case len(s) == 2 && s[0].lo == s[0].hi && s[1].lo == s[1].hi:
		return []uint16{uint16(s[0].lo)}, []uint16{uint16(s[1].lo)}, true
	case len(s) == 1 && s[0].hi == s[0].lo+1:
		return []uint16{uint16(s[0].lo)}, []uint16{uint16(s[0].hi)}, true
	}
	return nil, nil, false
}

func (c *compiler) emitPieces(str, alt []uint16) {
	switch {
	case len(str) == 1 && str[0] == alt[0]:
		c.emit(inst{op: opChar, x: int32(str[0])})
	case len(str) == 1:
		c.emit(inst{op: opChar2, x: int32(str[0]), y: int32(alt[0])})
	case slices.Equal(str, alt):
		c.emit(inst{op: opStr, str: str})
	default:
		c.emit(inst{op: opStr2, str: str, alt: alt})
	}
}

func (c *compiler) emitSet(s set) {
	i := inst{op: opSet, set: newUnitSet(s)}
	switch unit := c.units(s); {
	case len(s) == 0:
		i = inst{op: opFail}
	case unit && c.back:
		i.op = opSetBack
	case c.back:
		i.op = opSetFullBack
	case !unit:
		i.op = opSetFull
	}
	c.emit(i)
}

func (c *compiler) emitNode(n *node) {
	if !c.back {
		if str, alt, ok := c.pieces(n); ok {
			c.emitPieces(str, alt)
			return
		}
	}
	if s, ok := c.setFor(n); ok {
		c.emitSet(s)
		return
	}
	switch n.kind {
	case kindCat:
		c.emitCat(n.subs)
	case kindAlt:
		c.emitAlt(n.subs)
	case kindGroup:
		a, b := int32(2*n.index), int32(2*n.index+1)
		if c.back {
			a, b = b, a
		}
		c.emit(inst{op: opSave, x: a})
		c.emitNode(n.subs[0])
		c.emit(inst{op: opSave, x: b})
	case kindRepeat:
		c.emitRepeat(n)
	case kindLook:
		c.emitLook(n)
	case kindBackref:
		c.p.refs = append(c.p.refs, ref{n.groups, c.back, n.flags&IgnoreCase != 0})
		c.emit(inst{op: opBackref, x: int32(len(c.p.refs) - 1)})
	case kindBegin:
		c.emitAssertion(opBegin, n)
	case kindEnd:
		c.emitAssertion(opEnd, n)
	case kindWord:
		op := opWord
		if n.negated {
			op = opNotWord
		}
		fold := int32(0)
		if c.full && n.flags&IgnoreCase != 0 {
			fold = 1
		}
		c.emit(inst{op: op, x: fold})
	}
}

func (c *compiler) emitAssertion(op opcode, n *node) {
	if n.flags&Multiline != 0 {
		op++
	}
	c.emit(inst{op: op})
}

func (c *compiler) emitCat(subs []*node) {
	if c.back {
		for _, n := range slices.Backward(subs) {
			c.emitNode(n)
		}
		return
	}
	var str, alt []uint16
	for _, n := range subs {
		if s, a, ok := c.pieces(n); ok {
			str, alt = append(str, s...), append(alt, a...)
			continue
		}
		if len(str) > 0 {
			c.emitPieces(str, alt)
			str, alt = nil, nil
		}
		c.emitNode(n)
	}
	if len(str) > 0 {
		c.emitPieces(str, alt)
	}
}

// emitChoice reserves an instruction for alternatives that are known later.
func (c *compiler) emitChoice() (at int32) {
	c.p.choices = append(c.p.choices, choices{})
	return c.emit(inst{op: opDispatch, x: int32(len(c.p.choices) - 1), y: b2i(c.back)})
}

func b2i(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

func (c *compiler) setChoice(at int32, alts ...int32) {
	c.p.choices[c.p.insts[at].x].list = [][]int32{alts}
}

func (c *compiler) emitAlt(subs []*node) {
	at := c.emitChoice()
	var alts, jumps []int32
	for i, n := range subs {
		alts = append(alts, c.here())
		c.emitNode(n)
		if i < len(subs)-1 {
			jumps = append(jumps, c.emit(inst{op: opJump}))
		}
	}
	for _, j := range jumps {
		c.p.insts[j].x = c.here()
	}
	c.setChoice(at, alts...)
}

// nullable reports whether n may match nothing.
func nullable(n *node) bool {
	switch n.kind {
	case kindChar, kindSet:
		return false
	case kindCat:
		return !slices.ContainsFunc(n.subs, func(s *node) bool { return !nullable(s) })
	case kindAlt:
		return slices.ContainsFunc(n.subs, nullable)
	case kindGroup:
		return nullable(n.subs[0])
	case kindRepeat:
		return n.min == 0 || nullable(n.subs[0])
	}
	return true
}

func (c *compiler) emitRepeat(n *node) {
	body := n.subs[0]
	if n.max == 0 {
		return
	}
	if n.min == 1 && n.max == 1 {
		c.emitNode(body)
		return
	}
	if s, ok := c.setFor(body); ok && !c.back {
		i := inst{op: opStar, x: int32(n.min), y: int32(n.max), set: newUnitSet(s)}
		if !c.units(s) {
			i.op = opStarFull
		}
		if n.lazy && n.min != n.max && (i.op == opStar || n.max < 0) {
			i.op += opLazy - opStar
			c.emit(i)
			return
		}
		if !n.lazy || n.min == n.max {
			c.emit(i)
			return
		}
	}
	null := nullable(body)
	order := func(body, exit int32) []int32 {
		if n.lazy {
			return []int32{exit, body}
		}
		return []int32{body, exit}
	}
	switch {
	case n.min == 0 && n.max == 1, n.min == 0 && n.max < 0:
		at := c.emitChoice()
		start := c.here()
		r := int32(-1)
		if null {
			r = c.register()
			c.emit(inst{op: opSave, x: r})
		}
		c.emitClear(n)
		c.emitNode(body)
		if null {
			c.emit(inst{op: opNonEmpty, x: r})
		}
		if n.max < 0 {
			c.emit(inst{op: opJump, x: at})
		}
		c.setChoice(at, order(start, c.here())...)
	case n.min == 1 && n.max < 0 && !null:
		start := c.here()
		c.emitClear(n)
		c.emitNode(body)
		at := c.emitChoice()
		c.setChoice(at, order(start, c.here())...)
	default:
		l := loop{min: n.min, max: n.max, lazy: n.lazy, nullable: null, count: c.register(), start: c.register()}
		if n.first < n.last {
			l.clear = [2]int32{int32(2 * n.first), int32(2 * n.last)}
		}
		idx := int32(len(c.p.loops))
		c.p.loops = append(c.p.loops, l)
		c.emit(inst{op: opCount, x: l.count})
		c.emit(inst{op: opLoop, x: idx})
		c.p.loops[idx].body = c.here()
		c.emitNode(body)
		c.emit(inst{op: opLoopEnd, x: idx})
		c.p.loops[idx].exit = c.here()
	}
}

// emitClear has the groups of a repetition unset before each turn.
func (c *compiler) emitClear(n *node) {
	if n.first < n.last && n.max != 1 {
		c.emit(inst{op: opClear, x: int32(2 * n.first), y: int32(2 * n.last)})
	}
}

func (c *compiler) emitLook(n *node) {
	r := c.register()
	op := opLook
	if n.negated {
		op = opNotLook
	}
	at := c.emit(inst{op: op, x: r})
	back := c.back
	c.back = n.behind
	c.emitNode(n.subs[0])
	c.back = back
	c.emit(inst{op: op + opLookEnd - opLook, x: r})
	c.p.insts[at].y = c.here()
}

// --- What can be known before

func (c *compiler) analyse() {
	p := c.p
	firsts := &firsts{p: p, seen: make([]int, len(p.insts))}
	for i := range p.insts {
		switch in := &p.insts[i]; in.op {
		case opDispatch:
			c.dispatch(firsts, in)
		case opStar, opStarFull, opLazy, opLazyFull:
			if f := firsts.at(int32(i) + 1); !f.empty {
				in.next = &f
				in.possessive = !f.meets(in.set)
			}
		}
	}
	p.first = firsts.at(0)
	for i := range p.insts {
		in := &p.insts[i]
		switch in.op {
		case opSave:
			continue
		case opChar:
			p.prefix = append(p.prefix, uint16(in.x))
			continue
		case opStr:
			p.prefix = append(p.prefix, in.str...)
			continue
		case opBegin:
			p.anchored = p.prefix == nil
		}
		break
	}
	ascii := make([]byte, 0, len(p.prefix))
	for _, u := range p.prefix {
		if u < 0x80 {
			ascii = append(ascii, byte(u))
		}
	}
	if len(ascii) == len(p.prefix) {
		p.ascii = string(ascii)
	}
}

// dispatch sorts the alternatives of a choice by what they can begin with.
func (c *compiler) dispatch(firsts *firsts, in *inst) {
	ch := &c.p.choices[in.x]
	alts := ch.list[0]
	if in.y != 0 { // to the left: all of them
		return
	}
	f := make([]firstSet, len(alts))
	for i, pc := range alts {
		f[i] = firsts.at(pc)
	}
	ch.list = nil
	pick := func(keep func(f *firstSet) bool) uint8 {
		var l []int32
		for i, pc := range alts {
			if f[i].empty || keep(&f[i]) {
				l = append(l, pc)
			}
		}
		for i, have := range ch.list {
			if slices.Equal(have, l) {
				return uint8(i)
			}
		}
		if len(ch.list) == 255 { // as many as 255 ways: the last one is for the rest
			ch.list = append(ch.list, alts)
		}
		if len(ch.list) == 256 {
			return 255
		}
		ch.list = append(ch.list, l)
		return uint8(len(ch.list) - 1)
	}
	for r := range rune(128) {
		ch.ascii[r] = pick(func(f *firstSet) bool { return f.has(r) })
	}
	ch.high = pick(func(f *firstSet) bool { return f.high || f.low[2]|f.low[3] != 0 })
	ch.end = pick(func(*firstSet) bool { return false })
}

// firsts finds what can stand at places of a program.
type firsts struct {
	p    *program
	seen []int
	turn int
	left int // instructions to look at before giving up
}

func (s *firsts) at(pc int32) (f firstSet) {
	s.turn++
	s.left = 2000
	s.walk(pc, &f)
	return f
}

func (s *firsts) walk(pc int32, f *firstSet) {
	for {
		if s.seen[pc] == s.turn {
			return
		}
		s.seen[pc] = s.turn
		if s.left--; s.left < 0 {
			f.addAll()
			f.empty = true
			return
		}
		switch in := &s.p.insts[pc]; in.op {
		case opMatch, opBackref, opLookEnd, opNotLookEnd:
			f.addAll()
			f.empty = true
			return
		case opFail:
			return
		case opChar:
			f.add(rune(in.x))
			return
		case opChar2:
			f.add(rune(in.x))
			f.add(rune(in.y))
			return
		case opStr:
			f.add(rune(in.str[0]))
			return
		case opStr2:
			f.add(rune(in.str[0]))
			f.add(rune(in.alt[0]))
			return
		case opSet, opSetFull:
			f.addSet(in.set)
			return
		case opSetBack, opSetFullBack:
			f.addAll()
			f.empty = true
			return
		case opStar, opStarFull, opLazy, opLazyFull:
			f.addSet(in.set)
			if in.x > 0 {
				return
			}
			pc++
		case opDispatch:
			ch := &s.p.choices[in.x]
			seen := map[int32]bool{}
			for _, l := range ch.list {
				for _, alt := range l {
					if !seen[alt] {
						seen[alt] = true
						s.walk(alt, f)
					}
				}
			}
			return
		case opJump:
			pc = in.x
		case opLoop, opLoopEnd:
			l := &s.p.loops[in.x]
			s.walk(l.body, f)
			if in.op == opLoop && l.min > 0 && !l.nullable {
				return
			}
			pc = l.exit
		case opLook, opNotLook:
			pc = in.y
		default:
			pc++
		}
	}
}
