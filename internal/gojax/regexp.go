package gojax

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

//go:linkname compileRegexp github.com/dop251/goja.compileRegexp
func compileRegexp(pattern, flags string) (unsafe.Pointer, error)

// instrLayout is what a type of instruction refers to.
type instrLayout struct {
	programs []uintptr // offsets of *goja.Program
	regexp   *regexpLayout
	table    unsafe.Pointer // what takes the place of its method table
}

// regexpLayout is where the instruction for a regular expression literal, its
// compiled pattern and a regular expression object keep things.
type regexpLayout struct {
	pattern, source uintptr
	flags           [6]uintptr // in the pattern, as in regexpFlags
}

var (
	regexpFlags = "gimsuy"
	flagFields  = [6]string{"global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky"}
)

// patternLayout learns t's fields pattern and src (or source).
func patternLayout(t reflect.Type, source string) *regexpLayout {
	p, ok := t.FieldByName("pattern")
	s, ok2 := t.FieldByName(source)
	if !ok || !ok2 || p.Type.Kind() != reflect.Pointer || s.Type != reflect.TypeFor[goja.String]() {
		return nil
	}
	l := &regexpLayout{pattern: p.Offset, source: s.Offset}
	for i, name := range flagFields {
		f, ok := p.Type.Elem().FieldByName(name)
		if !ok || f.Type.Kind() != reflect.Bool {
			return nil
		}
		l.flags[i] = f.Offset
	}
	return l
}

// read returns the source and flags of what l describes at p.
func (l *regexpLayout) read(p unsafe.Pointer) (source goja.String, flags string) {
	pattern := *(*unsafe.Pointer)(unsafe.Add(p, l.pattern))
	for i, off := range l.flags {
		if *(*bool)(unsafe.Add(pattern, off)) {
			flags += regexpFlags[i : i+1]
		}
	}
	return *(*goja.String)(unsafe.Add(p, l.source)), flags
}

var instrLayouts sync.Map // first word of the interface → *instrLayout

func layoutOf(word unsafe.Pointer, instr reflect.Value) *instrLayout {
	if l, ok := instrLayouts.Load(word); ok {
		return l.(*instrLayout)
	}
	l := &instrLayout{}
	if t := instr.Elem().Type(); t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		l.find(t.Elem(), 0)
		if t.Elem().Name() == "newRegexp" {
			l.regexp = patternLayout(t.Elem(), "src")
		}
	}
	if t, err := sharedThrowing(); err == nil && word == t.tab {
		l.table, _ = throwTable()
	}
	instrLayouts.Store(word, l)
	return l
}

func (l *instrLayout) find(t reflect.Type, base uintptr) {
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case f.Type == reflect.TypeFor[*goja.Program]():
			l.programs = append(l.programs, base+f.Offset)
		case f.Type.Kind() == reflect.Struct:
			l.find(f.Type, base+f.Offset)
		}
	}
}

// Patch has the regular expression literals of a program, and of the functions
// in it, compiled from what rewrite makes of their source; false leaves one as
// it is. What a script reads as its source stays. With throws its throw
// statements note in the errors that they throw where they stand; see ThrowSite.
func Patch(prg *goja.Program, throws bool, rewrite func(source, flags string) (string, bool)) {
	l, err := sharedLayout()
	if err != nil {
		return
	}
	code := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	size := l.site.instr.Size()
	for i := range code.len {
		p := unsafe.Add(code.data, uintptr(i)*size)
		words := (*[2]unsafe.Pointer)(p)
		in := layoutOf(words[0], reflect.NewAt(l.site.instr, p).Elem())
		for _, off := range in.programs {
			if inner := *(**goja.Program)(unsafe.Add(words[1], off)); inner != nil {
				Patch(inner, throws, rewrite)
			}
		}
		if throws && in.table != nil {
			words[0] = in.table
		}
		if in.regexp == nil {
			continue
		}
		source, flags := in.regexp.read(words[1])
		if text, ok := rewrite(source.String(), flags); ok {
			if pattern, err := compileRegexp(text, flags); err == nil {
				*(*unsafe.Pointer)(unsafe.Add(words[1], in.regexp.pattern)) = pattern
			}
		}
	}
}

var regexpObjects = sync.OnceValue(func() *regexpLayout {
	v, err := goja.New().RunString("/x/")
	if err != nil {
		return nil
	}
	return patternLayout(reflect.ValueOf(v.(*goja.Object)).Elem().FieldByName("self").Elem().Type().Elem(), "source")
})

// RegExpSource is the source text of a regular expression object.
func RegExpSource(o *goja.Object) goja.String {
	if l := regexpObjects(); l != nil && KindOf(o) == KindRegExp {
		s, _ := l.read(selfWords(o)[1])
		return s
	}
	return newStringValue("")
}

// SetRegExpSource changes what a script reads as the source of a regular expression.
func SetRegExpSource(o *goja.Object, source goja.String) {
	if l := regexpObjects(); l != nil && KindOf(o) == KindRegExp {
		*(*goja.String)(unsafe.Add(selfWords(o)[1], l.source)) = source
	}
}
