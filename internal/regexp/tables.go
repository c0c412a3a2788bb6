package regexp

import (
	_ "embed" // for the tables
	"encoding/binary"
	"strings"
	"sync"
)

// tables is what tables/gen.js has written: Unicode's properties and case
// classes, in the form that it describes. Nothing of it is read at start-up.
//
//go:embed tables/tables.bin
var tables string

// table finds an entry by its kind and one of its names.
func table(kind byte, name string) (data string, ok bool) {
	for t := tables; len(t) > 0; {
		k, n := t[0], int(t[1])
		names := t[2 : 2+n]
		size := int(binary.BigEndian.Uint32([]byte(t[2+n : 6+n])))
		data, t = t[6+n:6+n+size], t[6+n+size:]
		if k != kind {
			continue
		}
		for names != "" {
			var one string
			if one, names, _ = strings.Cut(names, ","); one == name {
				return data, true
			}
		}
	}
	return "", false
}

// number takes a varint off the front of s.
func number(s *string) rune {
	var n rune
	for shift := 0; ; shift += 7 {
		b := (*s)[0]
		*s = (*s)[1:]
		n |= rune(b&0x7F) << shift
		if b < 0x80 {
			return n
		}
	}
}

func spansOf(data string) (s set) {
	next := rune(0)
	for data != "" {
		lo := next + number(&data)
		hi := lo + number(&data)
		s = append(s, span{lo, hi})
		next = hi + 1
	}
	return s
}

type propertyKey struct {
	kind byte
	name string
}

// properties remembers the sets that have been asked for.
var properties sync.Map // propertyKey → set

func property(kind byte, name string) (set, bool) {
	key := propertyKey{kind, name}
	if s, ok := properties.Load(key); ok {
		return s.(set), true
	}
	data, ok := table(kind, name)
	if !ok {
		return nil, false
	}
	s := spansOf(data)
	properties.Store(key, s)
	return s, true
}

// unicodeProperty is UnicodeMatchProperty and UnicodeMatchPropertyValue of ECMA-262.
func unicodeProperty(expr string) (set, bool) {
	name, value, pair := strings.Cut(expr, "=")
	if pair {
		switch name {
		case "General_Category", "gc":
			return property('g', value)
		case "Script", "sc":
			return property('s', value)
		case "Script_Extensions", "scx":
			return property('x', value)
		}
		return nil, false
	}
	if s, ok := property('g', name); ok {
		return s, true
	}
	return property('b', name)
}

// stringsProperty is a property of strings: single code points, and longer strings.
func stringsProperty(name string) (chars set, strs [][]rune, ok bool) {
	parts := []string{name}
	if name == "RGI_Emoji" {
		parts = []string{"Basic_Emoji", "Emoji_Keycap_Sequence", "RGI_Emoji_Modifier_Sequence", "RGI_Emoji_Flag_Sequence",
			"RGI_Emoji_Tag_Sequence", "RGI_Emoji_ZWJ_Sequence"}
	}
	var spans []span
	for _, part := range parts {
		data, found := table('p', part)
		ok = ok || found
		for data != "" {
			str := make([]rune, number(&data))
			for i := range str {
				str[i] = number(&data)
			}
			if len(str) == 1 {
				spans = append(spans, span{str[0], str[0]})
			} else {
				strs = append(strs, str)
			}
		}
	}
	return setOf(spans), strs, ok
}

// caseClasses are the characters that are equal when case is ignored.
type caseClasses struct {
	classes [][]rune
	of      map[rune]int32 // the class of a character beyond ASCII
}

func readClasses(name string) *caseClasses {
	data, _ := table('c', name)
	c := &caseClasses{of: map[rune]int32{}}
	first := rune(0)
	for data != "" {
		class := make([]rune, number(&data))
		first += number(&data)
		class[0] = first
		for i := 1; i < len(class); i++ {
			class[i] = class[i-1] + number(&data)
		}
		for _, r := range class {
			c.of[r] = int32(len(c.classes))
		}
		c.classes = append(c.classes, class)
	}
	return c
}

var (
	unicodeClasses = sync.OnceValue(func() *caseClasses { return readClasses("unicode") })
	simpleClasses  = sync.OnceValue(func() *caseClasses { return readClasses("simple") })
)

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// asciiCases reports whether r has no equals but, if it is a letter, the other case.
func asciiCases(r rune, unicode bool) bool {
	return r < 0x80 && (!unicode || r|0x20 != 'k' && r|0x20 != 's')
}

// equals are the characters that r matches when case is ignored; nil if only itself.
func equals(r rune, unicode bool) []rune {
	if asciiCases(r, unicode) {
		if isLetter(r) {
			return []rune{r &^ 0x20, r | 0x20}
		}
		return nil
	}
	c := simpleClasses
	if unicode {
		c = unicodeClasses
	}
	if i, ok := c().of[r]; ok {
		return c().classes[i]
	}
	return nil
}

// canonical is the first of the characters that r equals: not ECMA-262's
// Canonicalize, but what tells the same characters apart.
func canonical(r rune, unicode bool) rune {
	if r < 0x80 {
		if isLetter(r) {
			return r &^ 0x20
		}
		return r
	}
	if e := equals(r, unicode); e != nil {
		return e[0]
	}
	return r
}

// closed adds to s what its members equal when case is ignored.
func (s set) closed(unicode bool) set {
	var add []span
	ascii := len(s) == 0 || s[len(s)-1].hi < 0x80
	if ascii {
		for _, x := range s {
			for r := x.lo; r <= x.hi; r++ {
				for _, e := range equals(r, unicode) {
					add = append(add, span{e, e})
				}
			}
		}
	} else {
		c := simpleClasses
		if unicode {
			c = unicodeClasses
		}
		for _, class := range c().classes {
			some, all := false, true
			for _, r := range class {
				if s.has(r) {
					some = true
				} else {
					all = false
				}
			}
			if some && !all {
				for _, r := range class {
					add = append(add, span{r, r})
				}
			}
		}
	}
	return union(s, setOf(add))
}
