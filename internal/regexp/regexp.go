package regexp

import (
	"sync"
	"unicode/utf16"
)

// A Regexp is a pattern with its flags. It may be used by several goroutines,
// each with a Matcher of its own.
type Regexp struct {
	Flags   Flags
	pattern []uint16

	parsed sync.Once
	tree   *tree
	groups int
	names  []Name
	once   sync.Once
	prog   *program
}

// Compile parses a pattern; it makes a program of it when it is first used.
func Compile(pattern []uint16, flags Flags) (*Regexp, error) {
	t, err := parse(pattern, flags)
	if err != nil {
		return nil, err
	}
	re := &Regexp{Flags: flags, pattern: pattern}
	re.parsed.Do(func() { re.tree, re.groups, re.names = t, t.groups, t.names })
	return re, nil
}

// Deferred is Compile for a pattern that is known to be one: it is not even
// parsed before it is used.
func Deferred(pattern string, flags Flags) *Regexp {
	return &Regexp{Flags: flags, pattern: Units(pattern)}
}

// Pattern is the pattern's text.
func (re *Regexp) Pattern() string { return string(utf16.Decode(re.pattern)) }

func (re *Regexp) parse() {
	re.parsed.Do(func() {
		t, err := parse(re.pattern, re.Flags)
		if err != nil {
			panic(err) // Deferred was given what is none
		}
		re.tree, re.groups, re.names = t, t.groups, t.names
	})
}

// Groups is the number of groups, with group 0, the whole match.
func (re *Regexp) Groups() int {
	re.parse()
	return re.groups
}

// Names are the names of groups in the order in which they appear.
func (re *Regexp) Names() []Name {
	re.parse()
	return re.names
}

// Match looks for the pattern at or after a position, only there if it is
// sticky. It returns the positions of all groups, -1 for those that have not
// matched, until the matcher's next match; nil if there is no match.
func (re *Regexp) Match(m *Matcher, in Input, at int) ([]int32, error) {
	return re.MatchSticky(m, in, at, re.Flags&Sticky != 0)
}

// MatchSticky is Match with the sticky flag given.
func (re *Regexp) MatchSticky(m *Matcher, in Input, at int, sticky bool) ([]int32, error) {
	re.once.Do(func() {
		re.parse()
		re.prog = compile(re.tree)
		re.tree = nil
	})
	ok, err := m.match(re.prog, in, at, sticky)
	if !ok || err != nil {
		return nil, err
	}
	return m.regs[:2*re.groups], nil
}
