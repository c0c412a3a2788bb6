package gojax

import (
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/regexp"
)

// Regular expression objects are goja's, but what they match with is ours: it
// takes the place of the pattern that goja has compiled. Nothing of goja's
// looks at that any more, since RegExp.prototype and the methods of
// String.prototype are replaced, too (internal/ecma).

// regexpPattern and regexpObject mirror goja's types of the same names.
type regexpPattern struct {
	src                                                    string
	global, ignoreCase, multiline, dotAll, sticky, unicode bool
	regexpWrapper                                          unsafe.Pointer // *regexp.Regexp if src is ours
	//lint:ignore U1000 there for the layout
	regexp2Wrapper unsafe.Pointer
}

type regexpObject struct {
	baseObject
	pattern *regexpPattern
	source  goja.String
	//lint:ignore U1000 there for the layout
	standard bool
}

// newRegexpInstr mirrors the instruction of a regular expression literal.
type newRegexpInstr struct {
	pattern *regexpPattern
	src     goja.String
}

// ownPattern is the src of patterns that are ours: no other string is in its place.
var ownPattern = unsafe.StringData("\x00own")

func (p *regexpPattern) own() bool { return unsafe.StringData(p.src) == ownPattern }

// flags are those of the engine's own fields.
func (p *regexpPattern) flags() (flags regexp.Flags) {
	for _, f := range [...]struct {
		on   bool
		flag regexp.Flags
	}{{p.global, regexp.Global}, {p.ignoreCase, regexp.IgnoreCase}, {p.multiline, regexp.Multiline}, {p.dotAll, regexp.DotAll},
		{p.unicode, regexp.Unicode}, {p.sticky, regexp.Sticky}} {
		if f.on {
			flags |= f.flag
		}
	}
	return flags
}

func newPattern(re *regexp.Regexp) *regexpPattern {
	return &regexpPattern{
		src:    unsafe.String(ownPattern, 4),
		global: re.Flags&regexp.Global != 0, ignoreCase: re.Flags&regexp.IgnoreCase != 0, multiline: re.Flags&regexp.Multiline != 0,
		dotAll: re.Flags&regexp.DotAll != 0, sticky: re.Flags&regexp.Sticky != 0, unicode: re.Flags.FullUnicode(),
		regexpWrapper: unsafe.Pointer(re),
	}
}

type regexpLayout struct {
	object, instr unsafe.Pointer // first words
	lastIndex     unistring.String
	names         []unistring.String // of a match, and of one with indices
	namesIndices  []unistring.String
	interrupted   uintptr // in vm
	vm            uintptr
}

var sharedRegexps = sync.OnceValues(func() (*regexpLayout, error) {
	shared, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	shapes, err := sharedShapes()
	if err != nil {
		return nil, err
	}
	rt := goja.New()
	prg, err := goja.Compile("", "/x/", false)
	if err != nil {
		return nil, err
	}
	v, err := rt.RunProgram(prg)
	if err != nil {
		return nil, err
	}
	o := v.(*goja.Object)
	t := reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem()
	if err := sameShape(t, reflect.TypeFor[regexpObject]()); err != nil {
		return nil, err
	}
	p, _ := t.FieldByName("pattern")
	if err := sameShape(p.Type.Elem(), reflect.TypeFor[regexpPattern]()); err != nil {
		return nil, err
	}
	l := &regexpLayout{object: selfWords(o)[0], lastIndex: unistring.NewFromString("lastIndex"), vm: shared.vm}
	vmT, _ := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	f, ok := vmT.Type.Elem().FieldByName("interrupted")
	if !ok || f.Type.Kind() != reflect.Uint32 {
		return nil, fmt.Errorf("gojax: %s has no field interrupted", vmT.Type)
	}
	l.interrupted = f.Offset
	eachInstr(shared, prg, func(in reflect.Value, words *[2]unsafe.Pointer) {
		if t := in.Elem().Type(); t.Kind() == reflect.Pointer && t.Elem().Name() == "newRegexp" && sameShape(t.Elem(), reflect.TypeFor[newRegexpInstr]()) == nil {
			l.instr = words[0]
		}
	})
	if l.instr == nil {
		return nil, fmt.Errorf("gojax: no instruction for regular expressions is as expected")
	}
	list := func(names ...string) []unistring.String {
		out := make([]unistring.String, len(names)+1)
		for i, n := range names {
			out[i] = unistring.NewFromString(n)
		}
		out[len(names)] = shapes.marker
		return out[:len(names)]
	}
	l.names = list("length", "index", "input", "groups")
	l.namesIndices = list("length", "index", "input", "groups", "indices")
	return l, nil
})

func mustRegexps() *regexpLayout {
	l, err := sharedRegexps()
	if err != nil {
		panic(err)
	}
	return l
}

func eachInstr(l *layout, prg *goja.Program, f func(in reflect.Value, words *[2]unsafe.Pointer)) {
	code := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	size := l.site.instr.Size()
	for i := range code.len {
		p := unsafe.Add(code.data, uintptr(i)*size)
		f(reflect.NewAt(l.site.instr, p).Elem(), (*[2]unsafe.Pointer)(p))
	}
}

var instrPrograms sync.Map // first word of an instruction → []uintptr: where it refers to programs

func programsOf(word unsafe.Pointer, instr reflect.Value) []uintptr {
	if l, ok := instrPrograms.Load(word); ok {
		return l.([]uintptr)
	}
	var offs []uintptr
	if t := instr.Elem().Type(); t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		offs = findPrograms(t.Elem(), 0, offs)
	}
	instrPrograms.Store(word, offs)
	return offs
}

func findPrograms(t reflect.Type, base uintptr, offs []uintptr) []uintptr {
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case f.Type == reflect.TypeFor[*goja.Program]():
			offs = append(offs, base+f.Offset)
		case f.Type.Kind() == reflect.Struct:
			offs = findPrograms(f.Type, base+f.Offset, offs)
		}
	}
	return offs
}

// PatternText is what the pattern of a literal's instruction was made of, by us or
// by the engine.
func PatternText(pattern unsafe.Pointer) (source, flags string) {
	p := (*regexpPattern)(pattern)
	if !p.own() {
		return p.src, p.flags().String()
	}
	re := (*regexp.Regexp)(p.regexpWrapper)
	return re.Pattern(), re.Flags.String()
}

// StoredPattern makes the pattern of a literal's instruction again. That the
// engine is the one for which its text was stored is the caller's to know.
func StoredPattern(source, flags string) (unsafe.Pointer, error) {
	f, ok := regexp.ParseFlags(flags)
	if !ok {
		return nil, fmt.Errorf("gojax: regular expression with flags %q", flags)
	}
	return unsafe.Pointer(newPattern(regexp.Deferred(source, f))), nil
}

// A Literal is a regular expression literal of a program.
type Literal struct {
	Source goja.String
	Regexp *regexp.Regexp
}

// Patch gives the regular expression literals of a program, and of the functions
// in it, what they stand for; the program was compiled with their numbers for
// patterns. With throws its throw statements note in the errors that they throw
// where they stand; see ThrowSite.
func Patch(prg *goja.Program, throws bool, list []Literal) error {
	r, err := sharedRegexps()
	if err != nil {
		return err
	}
	l, _ := sharedLayout() // without it there is no sharedRegexps
	var throwWord, throwOwn unsafe.Pointer
	if t, err := sharedThrowing(); throws && err == nil {
		if throwOwn, err = throwTable(); err == nil {
			throwWord = t.tab
		}
	}
	patterns := make([]*regexpPattern, len(list))
	var walk func(prg *goja.Program)
	walk = func(prg *goja.Program) {
		eachInstr(l, prg, func(in reflect.Value, words *[2]unsafe.Pointer) {
			switch words[0] {
			case r.instr:
				lit := (*newRegexpInstr)(words[1])
				n, err := strconv.Atoi(lit.src.String())
				if err != nil || n >= len(list) || lit.pattern.own() {
					return
				}
				if patterns[n] == nil {
					patterns[n] = newPattern(list[n].Regexp)
				}
				lit.pattern, lit.src = patterns[n], list[n].Source
				return
			case throwWord:
				words[0] = throwOwn
				return
			}
			for _, off := range programsOf(words[0], in) {
				if inner := *(**goja.Program)(unsafe.Add(words[1], off)); inner != nil {
					walk(inner)
				}
			}
		})
	}
	walk(prg)
	return nil
}

func regexpOf(v goja.Value) *regexpObject {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if w := selfWords(o); w[0] == mustRegexps().object {
		return (*regexpObject)(w[1])
	}
	return nil
}

// IsRegExp reports whether v is a regular expression object.
func IsRegExp(v goja.Value) bool { return regexpOf(v) != nil }

// A RegExp is a regular expression object: its internal slots.
type RegExp struct{ o *regexpObject }

// RegExpOf returns v's slots; ok is false if it is no regular expression.
func RegExpOf(v goja.Value) (re RegExp, ok bool) {
	o := regexpOf(v)
	return RegExp{o}, o != nil
}

// Object is the object itself.
func (re RegExp) Object() *goja.Object { return re.o.val }

// Source is [[OriginalSource]].
func (re RegExp) Source() goja.String { return re.o.source }

// Regexp is what the object matches with; nil if the engine has made it (that
// is, its literal was in text for eval), with its flags.
func (re RegExp) Regexp() (r *regexp.Regexp, flags regexp.Flags) {
	p := re.o.pattern
	if p.own() {
		r = (*regexp.Regexp)(p.regexpWrapper)
		return r, r.Flags
	}
	return nil, p.flags()
}

// Set changes what the object is.
func (re RegExp) Set(source goja.String, r *regexp.Regexp) {
	re.o.source, re.o.pattern = source, newPattern(r)
}

func (re RegExp) lastIndex() *valueProperty {
	v := re.o.values[mustRegexps().lastIndex]
	return (*valueProperty)((*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1])
}

// LastIndex is the own property of that name, which is always there.
func (re RegExp) LastIndex() goja.Value { return re.lastIndex().value }

// SetLastIndex changes it; false if it is read-only.
func (re RegExp) SetLastIndex(v goja.Value) bool {
	p := re.lastIndex()
	if p.writable {
		p.value = v
	}
	return p.writable
}

// LastIndexWritable reports whether lastIndex can be changed.
func (re RegExp) LastIndexWritable() bool { return re.lastIndex().writable }

// Plain reports whether the object has the given prototype and no own property
// besides lastIndex.
func (re RegExp) Plain(proto *goja.Object) bool {
	return re.o.prototype == proto && len(re.o.values) == 1 && re.o.symValues == nil
}

//go:linkname newRegExpp github.com/dop251/goja.(*Runtime).newRegExpp
func newRegExpp(r *goja.Runtime, pattern *regexpPattern, source goja.String, proto *goja.Object) *regexpObject

// NewRegExp makes a regular expression object.
func NewRegExp(r *goja.Runtime, source goja.String, re *regexp.Regexp, proto *goja.Object) *goja.Object {
	mustRegexps()
	return newRegExpp(r, newPattern(re), source, proto).val
}

// arrayBase is the part of an array that it has in common with other objects.
func arrayBase(o *goja.Object) *baseObject { return (*baseObject)(selfWords(o)[1]) }

// NewMatch makes the array that exec returns; indices may be nil.
func NewMatch(r *goja.Runtime, values []goja.Value, index int, input goja.String, groups, indices goja.Value) *goja.Object {
	l := mustRegexps()
	o := newArrayValues(r, values)
	b := arrayBase(o)
	b.values["index"] = intToValue(int64(index))
	b.values["input"] = input
	b.values["groups"] = groups
	b.propNames = l.names
	if indices != nil {
		b.values["indices"] = indices
		b.propNames = l.namesIndices
	}
	return o
}

// Interrupted returns a function that reports whether somebody wants what the
// runtime is doing to end.
func Interrupted(r *goja.Runtime) func() bool {
	l := mustRegexps()
	vm := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(r), l.vm))
	p := (*uint32)(unsafe.Add(vm, l.interrupted))
	return func() bool { return atomic.LoadUint32(p) != 0 }
}
