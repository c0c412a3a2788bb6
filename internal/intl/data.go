package intl

import (
	_ "embed"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// cldr is made by gen/gen.js, which says what is in it. It is a string so that
// nothing of it is in memory before it is read.
//
//go:embed cldr.bin
var cldr string

// table is sorted "key\tvalue\n" lines.
type table string

// notInherited is the value of a key that the parent locale has and this one has not.
const notInherited = "\x01"

// get finds a key's value.
func (t table) get(key string) (string, bool) {
	lo, hi := 0, len(t)
	for lo < hi {
		mid := (lo + hi) / 2
		start := strings.LastIndexByte(string(t[lo:mid]), '\n') + 1 + lo
		end := strings.IndexByte(string(t[start:]), '\n') + start
		line := string(t[start:end])
		tab := strings.IndexByte(line, '\t')
		switch k := line[:tab]; {
		case k == key:
			return line[tab+1:], true
		case k < key:
			lo = end + 1
		default:
			hi = start
		}
	}
	return "", false
}

// each calls f for every key that begins with prefix, in order.
func (t table) each(prefix string, f func(key, value string)) {
	lo, hi := 0, len(t)
	for lo < hi {
		mid := (lo + hi) / 2
		start := strings.LastIndexByte(string(t[lo:mid]), '\n') + 1 + lo
		end := strings.IndexByte(string(t[start:]), '\n') + start
		if string(t[start:end]) < prefix {
			lo = end + 1
		} else {
			hi = start
		}
	}
	for rest := string(t[lo:]); rest != "" && strings.HasPrefix(rest, prefix); {
		line, after, _ := strings.Cut(rest, "\n")
		k, v, _ := strings.Cut(line, "\t")
		f(k, v)
		rest = after
	}
}

// archive is the directory of cldr.bin and the tables that have been unpacked.
type archive struct {
	directory table
	blobs     string
	mu        sync.Mutex
	open      map[string]table
}

var sharedArchive = sync.OnceValue(func() *archive {
	n := int(binary.LittleEndian.Uint32([]byte(cldr[:4])))
	return &archive{directory: table(cldr[4 : 4+n]), blobs: cldr[4+n:], open: map[string]table{}}
})

// load returns a table by its name, "und/numbers"; it is empty if there is none.
func load(name string) table {
	a := sharedArchive()
	a.mu.Lock()
	defer a.mu.Unlock()
	t, ok := a.open[name]
	if ok {
		return t
	}
	if place, found := a.directory.get(name); found {
		f := strings.Fields(place)
		at, _ := strconv.Atoi(f[0])
		packed, _ := strconv.Atoi(f[1])
		size, _ := strconv.Atoi(f[2])
		var b strings.Builder
		b.Grow(size)
		if _, err := io.Copy(&b, brotli.NewReader(strings.NewReader(a.blobs[at:at+packed]))); err != nil {
			panic("intl: " + name + ": " + err.Error()) // the embedded file is damaged
		}
		t = table(b.String())
	}
	a.open[name] = t
	return t
}

// common returns a table that does not depend on a locale.
func common(name string) table { return load("-/" + name) }

// lookUp finds a key in a table that does not depend on a locale.
func lookUp(name, key string) string {
	v, _ := common(name).get(key)
	return v
}

// A domain is what one kind of formatter needs of a locale: its tables from the
// locale's own to the root's.
type domain []table

// get finds a key in the nearest table that has it.
func (d domain) get(key string) (string, bool) {
	for _, t := range d {
		if v, ok := t.get(key); ok {
			return v, v != notInherited
		}
	}
	return "", false
}

// str is get for keys that may be missing.
func (d domain) str(key string) string {
	v, _ := d.get(key)
	return v
}

// each calls f once for every key with a prefix.
func (d domain) each(prefix string, f func(key, value string)) {
	seen := map[string]bool{}
	for _, t := range d {
		t.each(prefix, func(k, v string) {
			if !seen[k] {
				seen[k] = true
				if v != notInherited {
					f(k, v)
				}
			}
		})
	}
}

// domainOf returns a domain of a locale, which is a tag without extensions.
func domainOf(locale, name string) domain {
	var d domain
	for l := locale; l != ""; l = parentOf(l) {
		if t := load(l + "/" + name); t != "" {
			d = append(d, t)
		}
	}
	return d
}

// parentOf is the locale from which l inherits, "" for the root.
func parentOf(l string) string {
	if l == "und" {
		return ""
	}
	if p := lookUp("parents", l); p != "" {
		return p
	}
	// zh-TW is zh-Hant-TW.
	if t := splitTag(l); t.script == "" && t.region != "" {
		if m := t.maximize(); m.script != "" {
			if _, ok := common("locales").get(m.base()); ok {
				if _, ok := common("locales").get(l); !ok {
					return m.base()
				}
			}
		}
	}
	if i := strings.LastIndexByte(l, '-'); i >= 0 {
		return l[:i]
	}
	return "und"
}
