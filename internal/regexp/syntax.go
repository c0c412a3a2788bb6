package regexp

import (
	"strings"
	"unicode/utf16"
)

// Flags are those of a regular expression.
type Flags uint8

// The flags in the order in which scripts see them.
const (
	HasIndices Flags = 1 << iota
	Global
	IgnoreCase
	Multiline
	DotAll
	Unicode
	UnicodeSets
	Sticky
)

const flagLetters = "dgimsuvy"

// ParseFlags reads flags; ok is false if one is unknown or there twice, or if
// both u and v are.
func ParseFlags(s string) (f Flags, ok bool) {
	for i := range len(s) {
		n := strings.IndexByte(flagLetters, s[i])
		if n < 0 || f&(1<<n) != 0 {
			return 0, false
		}
		f |= 1 << n
	}
	return f, f&(Unicode|UnicodeSets) != Unicode|UnicodeSets
}

func (f Flags) String() string {
	var b [len(flagLetters)]byte
	out := b[:0]
	for i := range len(flagLetters) {
		if f&(1<<i) != 0 {
			out = append(out, flagLetters[i])
		}
	}
	return string(out)
}

// FullUnicode reports whether characters are code points and not code units.
func (f Flags) FullUnicode() bool { return f&(Unicode|UnicodeSets) != 0 }

// A SyntaxError is what is wrong with a pattern, in V8's words.
type SyntaxError struct {
	Pattern, Flags, Reason string
}

func (e *SyntaxError) Error() string {
	return "Invalid regular expression: /" + e.Pattern + "/" + e.Flags + ": " + e.Reason
}

// Units turns text into code units.
func Units(s string) []uint16 { return utf16.Encode([]rune(s)) }

type nodeKind uint8

const (
	kindEmpty   nodeKind = iota
	kindChar             // r
	kindSet              // set, negated
	kindCat              // subs
	kindAlt              // subs
	kindGroup            // subs[0], index
	kindRepeat           // subs[0], min, max, lazy
	kindLook             // subs[0], negated, behind
	kindBackref          // groups
	kindBegin            // ^
	kindEnd              // $
	kindWord             // \b, negated: \B
)

// A node is a part of a pattern.
type node struct {
	kind            nodeKind
	negated, behind bool
	lazy            bool
	flags           Flags // those that hold here: modifiers change them
	r               rune
	set             set
	fixed           set // belongs to set, too, and contains all that its members equal
	subs            []*node
	index           int   // of a group
	groups          []int // that a back reference means
	min, max        int   // max < 0: no limit
	first, last     int   // groups inside a repetition: [first, last)
}

// A Name is the name of capture groups; there may be several of one name.
type Name struct {
	Name   string
	Groups []int
}

// A tree is a parsed pattern.
type tree struct {
	root   *node
	flags  Flags
	groups int // with group 0
	names  []Name
}
