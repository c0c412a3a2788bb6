package regexp

import (
	"errors"
	"math"
	"strings"
	"unsafe"
)

// ErrStack is what a match ends with that would need too much memory.
var ErrStack = errors.New("regexp: too much backtracking state")

// ErrStopped is what a match ends with that was interrupted.
var ErrStopped = errors.New("regexp: interrupted")

const (
	maxFrames = 8 << 20 // 96 MiB
	pollEvery = 1 << 13 // steps back between two looks at Stop
	keepStack = 1 << 12 // frames that are kept for the next match
)

// A frame is what to go back to: an instruction with a position, or a register
// with its value (pc is ^register).
type frame struct{ pc, pos, aux int32 }

// A Matcher holds the state of matches, one at a time.
type Matcher struct {
	// Stop is asked now and then whether to give up.
	Stop  func() bool
	regs  []int32
	stack []frame
	steps int
}

type unit interface{ uint8 | uint16 }

// Input is a string: text of ASCII, or code units if wide is not nil.
type Input struct {
	ASCII string
	Wide  []uint16
}

// Len is the number of code units.
func (in Input) Len() int {
	if in.Wide != nil {
		return len(in.Wide)
	}
	return len(in.ASCII)
}

// match looks for p at or after a position; only there if sticky. The groups'
// positions are in m.regs.
func (m *Matcher) match(p *program, in Input, at int, sticky bool) (bool, error) {
	if in.Len() > math.MaxInt32-1 {
		return false, ErrStack
	}
	if cap(m.regs) < p.registers {
		m.regs = make([]int32, p.registers)
	}
	m.regs = m.regs[:p.registers]
	for i := range m.regs {
		m.regs[i] = -1
	}
	if in.Wide != nil {
		return search(p, m, in.Wide, in, at, sticky)
	}
	return search(p, m, unsafe.Slice(unsafe.StringData(in.ASCII), len(in.ASCII)), in, at, sticky)
}

func isHigh(c rune) bool { return c&^0x3FF == 0xD800 }
func isLow(c rune) bool  { return c&^0x3FF == 0xDC00 }

// inPair reports whether a position is between the halves of a pair.
func inPair[T unit](in []T, at int) bool {
	return at > 0 && at < len(in) && isLow(rune(in[at])) && isHigh(rune(in[at-1]))
}

func search[T unit](p *program, m *Matcher, in []T, input Input, at int, sticky bool) (bool, error) {
	full := p.full && input.Wide != nil
	if full && inPair(in, at) {
		at--
	}
	if p.anchored && at > 0 {
		return false, nil
	}
	once := sticky || p.anchored
	for ; ; at++ {
		if !once {
			switch {
			case len(p.prefix) > 0:
				i := indexOf(p, in[at:], input, at)
				if i < 0 {
					return false, nil
				}
				at += i
			case !p.first.empty:
				f := &p.first
				for at < len(in) && !f.has(rune(in[at])) {
					at++
				}
				if at == len(in) {
					return false, nil
				}
			}
			if full && inPair(in, at) {
				continue
			}
		}
		end, err := run(p, m, in, at)
		if err != nil {
			return false, err
		}
		if end >= 0 {
			m.regs[0], m.regs[1] = int32(at), int32(end)
			return true, nil
		}
		if once || at >= len(in) {
			return false, nil
		}
		if m.steps++; m.steps&(pollEvery-1) == 0 && m.Stop != nil && m.Stop() {
			return false, ErrStopped
		}
	}
}

// indexOf finds the program's prefix in in, which is input from a position.
func indexOf[T unit](p *program, in []T, input Input, at int) int {
	if input.Wide == nil {
		if p.ascii == "" {
			return -1
		}
		return strings.Index(input.ASCII[at:], p.ascii)
	}
	first, rest := T(p.prefix[0]), p.prefix[1:]
next:
	for i, c := range in {
		if c != first {
			continue
		}
		if len(rest) > len(in)-i-1 {
			return -1
		}
		for j, r := range rest {
			if uint16(in[i+1+j]) != r {
				continue next
			}
		}
		return i
	}
	return -1
}

func isWord(c rune, fold bool) bool {
	return c < 0x80 && (isLetter(c) || c >= '0' && c <= '9' || c == '_') || fold && (c == 0x17F || c == 0x212A)
}

func isLineEnd(c rune) bool { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 }

// run matches at one place; it returns where the match ends, -1 if there is none.
func run[T unit](p *program, m *Matcher, in []T, pos int) (end int, err error) {
	insts, regs := p.insts, m.regs
	stack := m.stack[:0]
	pc := int32(0)
	for {
	forward:
		for {
			i := &insts[pc]
			switch i.op {
			case opMatch:
				return m.end(stack, pos, nil)
			case opChar:
				if pos >= len(in) || int32(in[pos]) != i.x {
					break forward
				}
				pos++
				pc++
			case opChar2:
				if pos >= len(in) || int32(in[pos]) != i.x && int32(in[pos]) != i.y {
					break forward
				}
				pos++
				pc++
			case opStr:
				if len(in)-pos < len(i.str) {
					break forward
				}
				for j, u := range i.str {
					if uint16(in[pos+j]) != u {
						break forward
					}
				}
				pos += len(i.str)
				pc++
			case opStr2:
				if len(in)-pos < len(i.str) {
					break forward
				}
				for j, u := range i.str {
					if c := uint16(in[pos+j]); c != u && c != i.alt[j] {
						break forward
					}
				}
				pos += len(i.str)
				pc++
			case opSet:
				if pos >= len(in) || !i.set.has(rune(in[pos])) {
					break forward
				}
				pos++
				pc++
			case opSetFull:
				r, n := runeAt(in, pos)
				if n == 0 || !i.set.has(r) {
					break forward
				}
				pos += n
				pc++
			case opSetBack:
				if pos == 0 || !i.set.has(rune(in[pos-1])) {
					break forward
				}
				pos--
				pc++
			case opSetFullBack:
				r, n := runeBefore(in, pos)
				if n == 0 || !i.set.has(r) {
					break forward
				}
				pos -= n
				pc++

			case opStar:
				limit := len(in)
				if i.y >= 0 && limit-pos > int(i.y) {
					limit = pos + int(i.y)
				}
				least := pos + int(i.x)
				if least > limit {
					break forward
				}
				pos = skip(i.set, in, pos, limit)
				if pos < least {
					break forward
				}
				if i.possessive || pos == least {
					pc++
					continue
				}
				if i.next != nil {
					for pos >= len(in) || !i.next.has(rune(in[pos])) {
						if pos--; pos < least {
							break forward
						}
					}
				}
				if pos > least {
					stack = append(stack, frame{pc, int32(pos), int32(least)})
				}
				pc++
			case opStarFull:
				least, count := pos, 0
				for i.y < 0 || count < int(i.y) {
					r, n := runeAt(in, pos)
					if n == 0 || !i.set.has(r) {
						break
					}
					pos += n
					if count++; count == int(i.x) {
						least = pos
					}
				}
				if count < int(i.x) {
					break forward
				}
				if !i.possessive && pos > least {
					stack = append(stack, frame{pc, int32(pos), int32(least)})
				}
				pc++
			case opLazy:
				least := pos + int(i.x)
				if least > len(in) || skip(i.set, in, pos, least) < least {
					break forward
				}
				most := len(in)
				if i.y >= 0 && most-pos > int(i.y) {
					most = pos + int(i.y)
				}
				pos = least
				if pos = lazily(i, in, pos, most); pos < 0 {
					break forward
				}
				if pos < most {
					stack = append(stack, frame{pc, int32(pos), int32(most)})
				}
				pc++
			case opLazyFull: // without a limit
				ok := true
				for range i.x {
					r, n := runeAt(in, pos)
					if ok = n > 0 && i.set.has(r); !ok {
						break
					}
					pos += n
				}
				if !ok {
					break forward
				}
				stack = append(stack, frame{pc, int32(pos), 0})
				pc++

			case opDispatch:
				ch := &p.choices[i.x]
				l := 0
				switch {
				case i.y != 0:
				case pos >= len(in):
					l = int(ch.end)
				default:
					if c := rune(in[pos]); c < 128 {
						l = int(ch.ascii[c])
					} else {
						l = int(ch.high)
					}
				}
				switch list := ch.list[l]; len(list) {
				case 0:
					break forward
				case 1:
					pc = list[0]
				default:
					if len(stack) > maxFrames {
						return m.end(stack, -1, ErrStack)
					}
					stack = append(stack, frame{pc, int32(pos), int32(l | 1<<8)})
					pc = list[0]
				}
			case opJump:
				pc = i.x
			case opSave:
				stack = append(stack, frame{^i.x, regs[i.x], 0})
				regs[i.x] = int32(pos)
				pc++
			case opClear:
				for r := i.x; r < i.y; r++ {
					if regs[r] >= 0 {
						stack = append(stack, frame{^r, regs[r], 0})
						regs[r] = -1
					}
				}
				pc++
			case opNonEmpty:
				if int(regs[i.x]) == pos {
					break forward
				}
				pc++
			case opCount:
				stack = append(stack, frame{^i.x, regs[i.x], 0})
				regs[i.x] = 0
				pc++
			case opLoopEnd:
				l := &p.loops[i.x]
				n := int(regs[l.count])
				if int(regs[l.start]) == pos {
					if n > l.min {
						break forward
					}
					// Further turns would match nothing, too.
					if n < l.min && l.min > 1000 {
						stack = append(stack, frame{^l.count, regs[l.count], 0})
						regs[l.count] = int32(l.min)
					}
				}
				pc = l.body - 1
			case opLoop:
				if len(stack) > maxFrames {
					return m.end(stack, -1, ErrStack)
				}
				if m.steps++; m.steps&(pollEvery-1) == 0 && m.Stop != nil && m.Stop() {
					return m.end(stack, -1, ErrStopped)
				}
				l := &p.loops[i.x]
				n := int(regs[l.count])
				switch {
				case n < l.min:
				case l.max >= 0 && n >= l.max:
					pc = l.exit
					continue
				case l.lazy:
					stack = append(stack, frame{pc, int32(pos), 0})
					pc = l.exit
					continue
				default:
					stack = append(stack, frame{pc, int32(pos), 1})
				}
				stack = enterLoop(l, regs, stack, pos)
				pc++

			case opBegin:
				if pos != 0 {
					break forward
				}
				pc++
			case opBeginLine:
				if pos != 0 && !isLineEnd(rune(in[pos-1])) {
					break forward
				}
				pc++
			case opEnd:
				if pos != len(in) {
					break forward
				}
				pc++
			case opEndLine:
				if pos != len(in) && !isLineEnd(rune(in[pos])) {
					break forward
				}
				pc++
			case opWord, opNotWord:
				fold := i.x != 0
				a := pos > 0 && isWord(rune(in[pos-1]), fold)
				b := pos < len(in) && isWord(rune(in[pos]), fold)
				if (a != b) != (i.op == opWord) {
					break forward
				}
				pc++
			case opBackref:
				if pos = backref(p, &p.refs[i.x], regs, in, pos); pos < 0 {
					break forward
				}
				pc++
			case opLook, opNotLook:
				regs[i.x] = int32(len(stack))
				stack = append(stack, frame{pc, int32(pos), 0})
				pc++
			case opLookEnd:
				// The body is left for good, but what it captured must be undone
				// should the match go back beyond it.
				h := int(regs[i.x])
				pos = int(stack[h].pos)
				kept := stack[:h]
				for _, f := range stack[h+1:] {
					if f.pc < 0 {
						kept = append(kept, f)
					}
				}
				stack = kept
				pc++
			case opNotLookEnd:
				h := int(regs[i.x])
				for n := len(stack) - 1; n > h; n-- {
					if f := stack[n]; f.pc < 0 {
						regs[^f.pc] = f.pos
					}
				}
				stack = stack[:h]
				break forward
			default: // opFail
				break forward
			}
		}

		// Back to the last choice.
		if m.steps++; m.steps&(pollEvery-1) == 0 && m.Stop != nil && m.Stop() {
			return m.end(stack, -1, ErrStopped)
		}
	back:
		for {
			top := len(stack) - 1
			if top < 0 {
				return m.end(stack, -1, nil)
			}
			f := &stack[top]
			if f.pc < 0 {
				regs[^f.pc] = f.pos
				stack = stack[:top]
				continue
			}
			pc, pos = f.pc, int(f.pos)
			i := &insts[pc]
			switch i.op {
			case opDispatch:
				list := p.choices[i.x].list[f.aux&0xFF]
				n := f.aux >> 8
				pc = list[n]
				if int(n)+1 < len(list) {
					f.aux += 1 << 8
				} else {
					stack = stack[:top]
				}
				break back
			case opStar:
				pos--
				if i.next != nil {
					for pos >= int(f.aux) && !i.next.has(rune(in[pos])) {
						pos--
					}
				}
				if pos <= int(f.aux) {
					stack = stack[:top]
					if pos < int(f.aux) {
						continue
					}
				} else {
					f.pos = int32(pos)
				}
				pc++
				break back
			case opStarFull:
				_, n := runeBefore(in[f.aux:], pos-int(f.aux))
				pos -= n
				if f.pos = int32(pos); pos <= int(f.aux) {
					stack = stack[:top]
				}
				pc++
				break back
			case opLazy:
				if !i.set.has(rune(in[pos])) {
					stack = stack[:top]
					continue
				}
				if pos = lazily(i, in, pos+1, int(f.aux)); pos < 0 {
					stack = stack[:top]
					continue
				}
				if f.pos = int32(pos); pos >= int(f.aux) {
					stack = stack[:top]
				}
				pc++
				break back
			case opLazyFull:
				r, n := runeAt(in, pos)
				if n == 0 || !i.set.has(r) {
					stack = stack[:top]
					continue
				}
				pos += n
				f.pos = int32(pos)
				pc++
				break back
			case opLoop:
				greedy := f.aux != 0
				stack = stack[:top]
				l := &p.loops[i.x]
				if greedy {
					pc = l.exit
				} else {
					stack = enterLoop(l, regs, stack, pos)
					pc++
				}
				break back
			case opNotLook:
				stack = stack[:top]
				pc = i.y
				break back
			default: // opLook: its body has not matched
				stack = stack[:top]
			}
		}
	}
}

// end keeps the stack for the next match unless it has become large.
func (m *Matcher) end(stack []frame, pos int, err error) (int, error) {
	if cap(stack) <= keepStack {
		m.stack = stack
	}
	return pos, err
}

// enterLoop begins a turn of a counted repetition.
func enterLoop(l *loop, regs []int32, stack []frame, pos int) []frame {
	stack = append(stack, frame{^l.count, regs[l.count], 0}, frame{^l.start, regs[l.start], 0})
	regs[l.count]++
	regs[l.start] = int32(pos)
	for r := l.clear[0]; r < l.clear[1]; r++ {
		if regs[r] >= 0 {
			stack = append(stack, frame{^r, regs[r], 0})
			regs[r] = -1
		}
	}
	return stack
}

// skip goes over the units of a set, as far as limit.
func skip[T unit](s *unitSet, in []T, pos, limit int) int {
	in = in[:limit]
	low := s.low
	for pos < len(in) {
		c := rune(in[pos])
		if c >= 256 {
			if !s.has(c) {
				break
			}
		} else if low[c>>6&3]>>(c&63)&1 == 0 {
			break
		}
		pos++
	}
	return pos
}

// lazily goes on over a repetition's units to a place where what follows may
// begin; -1 if there is none.
func lazily[T unit](i *inst, in []T, pos, most int) int {
	if i.next == nil {
		return pos
	}
	for ; pos < len(in) && !i.next.has(rune(in[pos])); pos++ {
		if pos >= most || !i.set.has(rune(in[pos])) {
			return -1
		}
	}
	if pos >= len(in) {
		return -1
	}
	return pos
}

// runeAt is the code point at a position; n is 0 at the end.
func runeAt[T unit](in []T, pos int) (r rune, n int) {
	if pos >= len(in) {
		return 0, 0
	}
	r = rune(in[pos])
	if isHigh(r) && pos+1 < len(in) {
		if d := rune(in[pos+1]); isLow(d) {
			return (r-0xD800)<<10 + d - 0xDC00 + 0x10000, 2
		}
	}
	return r, 1
}

// runeBefore is the code point that ends at a position; n is 0 at the beginning.
func runeBefore[T unit](in []T, pos int) (r rune, n int) {
	if pos == 0 {
		return 0, 0
	}
	r = rune(in[pos-1])
	if isLow(r) && pos > 1 {
		if h := rune(in[pos-2]); isHigh(h) {
			return (h-0xD800)<<10 + r - 0xDC00 + 0x10000, 2
		}
	}
	return r, 1
}

// backref matches again what a group has matched; it returns -1 if that is not there.
func backref[T unit](p *program, r *ref, regs []int32, in []T, pos int) int {
	for _, g := range r.groups {
		from, to := int(regs[2*g]), int(regs[2*g+1])
		if from < 0 || to < 0 {
			continue
		}
		n := to - from
		at := pos
		if r.back {
			at -= n
		}
		if at < 0 || at+n > len(in) {
			return -1
		}
		if !same(p, r, in[from:to], in[at:at+n]) {
			return -1
		}
		if r.back {
			return at
		}
		return at + n
	}
	return pos
}

func same[T unit](p *program, r *ref, a, b []T) bool {
	for i := 0; i < len(a); i++ {
		if a[i] == b[i] {
			continue
		}
		if !r.ignore {
			return false
		}
		x, y := rune(a[i]), rune(b[i])
		if p.full && (isLow(x) || isHigh(x)) {
			// The halves before are equal if these are second ones.
			k := i
			if isLow(x) && k > 0 {
				k--
			}
			v, n := runeAt(a, k)
			w, m := runeAt(b, k)
			if n != m || canonical(v, true) != canonical(w, true) {
				return false
			}
			i = k + n - 1
			continue
		}
		if canonical(x, p.full) != canonical(y, p.full) {
			return false
		}
	}
	return true
}
