package ecma

import (
	"math"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/regexp"
)

// regexpProto is the template of %RegExp.prototype%.
var regexpProto = sync.OnceValue(func() *gojax.Template {
	t := gojax.NewTemplate(func(r *goja.Runtime) *goja.Object { return r.NewObject().Prototype() })
	t.Put("constructor", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(regexpsOf(r).constructor()) })
	// method binds a method of regexps to a runtime.
	method := func(f func(*regexps, goja.FunctionCall) goja.Value) func(*goja.Runtime) call {
		return func(r *goja.Runtime) call {
			x := regexpsOf(r)
			return func(c goja.FunctionCall) goja.Value { return f(x, c) }
		}
	}
	getter := func(name string, f func(x *regexps, v goja.Value) goja.Value) {
		t.Put(name, func(r *goja.Runtime) goja.Value {
			x := regexpsOf(r)
			return gojax.AccessorProp(gojax.NewFunc(r, "get "+name, 0, func(c goja.FunctionCall) goja.Value { return f(x, c.This) }), nil)
		})
	}
	putMethods(t, []builtin{{"exec", 1, method(func(x *regexps, c goja.FunctionCall) goja.Value {
		re, ok := gojax.RegExpOf(c.This)
		if !ok {
			x.incompatible("RegExp.prototype.exec", c.This)
		}
		s := subjectOf(toString(c.Argument(0)))
		groups, rx := x.builtinExec(re, &s)
		return x.array(groups, rx, &s)
	})}})
	// own is a getter of regular expressions only, but for the prototype.
	own := func(name string, proto goja.Value, f func(x *regexps, re gojax.RegExp) goja.Value) {
		getter(name, func(x *regexps, v goja.Value) goja.Value {
			re, ok := gojax.RegExpOf(v)
			if ok {
				return f(x, re)
			}
			if v != goja.Value(x.proto) {
				throwType(x.r, "RegExp.prototype.%s getter called on non-RegExp object", name)
			}
			return proto
		})
	}
	for _, g := range flagGetters() {
		if g.flag == regexp.Global {
			getter("flags", (*regexps).flags)
		}
		if g.flag == regexp.Sticky {
			own("source", gojax.NewString("(?:)"), func(_ *regexps, re gojax.RegExp) goja.Value { return escapedSource(re.Source()) })
		}
		own(g.name, goja.Undefined(), func(x *regexps, re gojax.RegExp) goja.Value {
			_, f := re.Regexp()
			return x.r.ToValue(f&g.flag != 0)
		})
	}
	putMethods(t, []builtin{
		{"compile", 2, method((*regexps).recompile)},
		{"toString", 0, method(func(x *regexps, c goja.FunctionCall) goja.Value {
			o := x.receiver(c.This, "RegExp.prototype.toString")
			source := toString(gojax.Field(o, keySource))
			slash := gojax.NewString("/")
			return concat(x.r, slash, source, slash, toString(gojax.Field(o, keyFlags)))
		})},
		{"test", 1, method((*regexps).test)},
	})
	for _, m := range []struct {
		sym    *goja.Symbol
		name   string
		length int
		f      func(*regexps, goja.FunctionCall) goja.Value
	}{
		{goja.SymMatch, "[Symbol.match]", 1, (*regexps).symbolMatch},
		{goja.SymMatchAll, "[Symbol.matchAll]", 1, (*regexps).symbolMatchAll},
		{goja.SymReplace, "[Symbol.replace]", 2, (*regexps).symbolReplace},
		{goja.SymSearch, "[Symbol.search]", 1, (*regexps).symbolSearch},
		{goja.SymSplit, "[Symbol.split]", 2, (*regexps).symbolSplit},
	} {
		t.PutSym(m.sym, gojax.Method(m.name, m.length, method(m.f)))
	}
	return t
})

func (x *regexps) test(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.test")
	s := subjectOf(toString(c.Argument(0)))
	if re, ok := x.plain(o); ok {
		groups, _ := x.builtinExec(re, &s)
		return x.r.ToValue(groups != nil)
	}
	return x.r.ToValue(!goja.IsNull(x.exec(o, &s)))
}

// storeLastIndex is Set(o, "lastIndex", v, true).
func (x *regexps) storeLastIndex(o *goja.Object, v goja.Value) {
	if re, ok := gojax.RegExpOf(o); ok {
		if !re.SetLastIndex(v) {
			throwType(x.r, "Cannot assign to read only property 'lastIndex' of object '[object RegExp]'")
		}
		return
	}
	gojax.Set(o, gojax.NewString("lastIndex"), v)
}

// zero is the key of a match's text.
func zero() goja.Value { return gojax.Int(0) }

// skipEmpty has lastIndex move on behind an empty match.
func (x *regexps) skipEmpty(o *goja.Object, s *subject, full bool) {
	at := toLength(gojax.Field(o, keyLastIndex))
	next := at + 1
	if at < int64(s.n) {
		next = int64(s.advance(int(at), full))
	}
	x.storeLastIndex(o, gojax.Int(next))
}

// all calls f with the groups of each match from the beginning on, as the global
// flag has it, and leaves lastIndex at 0.
func (x *regexps) all(re gojax.RegExp, s *subject, f func(groups []int32)) {
	rx := x.regexpOf(re)
	full, sticky := rx.Flags.FullUnicode(), rx.Flags&regexp.Sticky != 0
	for at := 0; at <= s.n; {
		groups := x.match(rx, s, at, sticky)
		if groups == nil {
			break
		}
		if at = int(groups[1]); groups[0] == groups[1] {
			at = s.advance(at, full)
		}
		f(groups)
	}
	x.setLastIndex(re, 0)
}

func (x *regexps) symbolMatch(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.@@match")
	s := subjectOf(toString(c.Argument(0)))
	if re, ok := x.plain(o); ok {
		rx := x.regexpOf(re)
		if rx.Flags&regexp.Global == 0 {
			groups, rx := x.builtinExec(re, &s)
			return x.array(groups, rx, &s)
		}
		var list []goja.Value
		x.all(re, &s, func(g []int32) { list = append(list, s.sub(int(g[0]), int(g[1]))) })
		if list == nil {
			return goja.Null()
		}
		return gojax.NewArray(x.r, list)
	}
	flags := toString(gojax.Field(o, keyFlags)).String()
	if !strings.Contains(flags, "g") {
		return x.exec(o, &s)
	}
	full := strings.ContainsAny(flags, "uv")
	x.storeLastIndex(o, gojax.Int(0))
	var list []goja.Value
	for {
		m, ok := x.exec(o, &s).(*goja.Object)
		if !ok {
			break
		}
		text := toString(gojax.Get(m, zero()))
		list = append(list, text)
		if text.Length() == 0 {
			x.skipEmpty(o, &s, full)
		}
	}
	if list == nil {
		return goja.Null()
	}
	return gojax.NewArray(x.r, list)
}

func (x *regexps) symbolSearch(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.@@search")
	s := subjectOf(toString(c.Argument(0)))
	if re, ok := x.plain(o); ok {
		rx := x.regexpOf(re)
		if groups := x.match(rx, &s, 0, rx.Flags&regexp.Sticky != 0); groups != nil {
			return gojax.Int(int64(groups[0]))
		}
		return gojax.Int(-1)
	}
	before := gojax.Field(o, keyLastIndex)
	if !before.SameAs(gojax.Int(0)) {
		x.storeLastIndex(o, gojax.Int(0))
	}
	m := x.exec(o, &s)
	if !gojax.Field(o, keyLastIndex).SameAs(before) {
		x.storeLastIndex(o, before)
	}
	if m, ok := m.(*goja.Object); ok {
		return gojax.Field(m, keyIndex)
	}
	return gojax.Int(-1)
}

// speciesOf is SpeciesConstructor(o, %RegExp%).
func (x *regexps) speciesOf(o *goja.Object) *goja.Object {
	c := gojax.Field(o, keyConstructor)
	if goja.IsUndefined(c) {
		return x.constructor()
	}
	ctor, ok := c.(*goja.Object)
	if !ok {
		throwType(x.r, "The .constructor property is not an object")
	}
	s := gojax.Get(ctor, goja.SymSpecies)
	if goja.IsUndefined(s) || goja.IsNull(s) {
		return x.constructor()
	}
	if o, ok := s.(*goja.Object); ok {
		if _, ok := goja.AssertConstructor(o); ok {
			return o
		}
	}
	throwType(x.r, "object.constructor[Symbol.species] is not a constructor")
	return nil
}

// plainSpecies reports whether a plain regular expression's species is %RegExp%.
func (x *regexps) plainSpecies() bool {
	if x.ctor == nil {
		return true
	}
	p, ok := gojax.GetOwn(x.ctor, goja.SymSpecies)
	return ok && p.Getter == x.species
}

// newOfSpecies makes a regular expression like o with other flags.
func (x *regexps) newOfSpecies(ctor, o *goja.Object, flags goja.Value) *goja.Object {
	construct, _ := goja.AssertConstructor(ctor)
	out, err := construct(nil, o, flags)
	if err != nil {
		panic(err)
	}
	return out
}

func (x *regexps) symbolSplit(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.@@split")
	s := subjectOf(toString(c.Argument(0)))
	limitArg := c.Argument(1)
	var splitter *goja.Object
	var rx *regexp.Regexp
	full := false
	if re, ok := x.plain(o); ok && x.plainSpecies() {
		rx = x.regexpOf(re)
		full = rx.Flags.FullUnicode()
	} else {
		ctor := x.speciesOf(o)
		flags := toString(gojax.Field(o, keyFlags))
		text := flags.String()
		full = strings.ContainsAny(text, "uv")
		if !strings.Contains(text, "y") {
			flags = concat(x.r, flags, gojax.NewString("y"))
		}
		splitter = x.newOfSpecies(ctor, o, flags)
	}
	limit := int64(math.MaxUint32)
	if !goja.IsUndefined(limitArg) {
		limit = int64(uint32(int64(math.Mod(integer(limitArg), 1<<32))))
	}
	var list []goja.Value
	if limit == 0 {
		return gojax.NewArray(x.r, nil)
	}
	if rx != nil {
		return gojax.NewArray(x.r, x.split(rx, &s, full, int(limit)))
	}
	if s.n == 0 {
		if goja.IsNull(x.exec(splitter, &s)) {
			list = append(list, s.s)
		}
		return gojax.NewArray(x.r, list)
	}
	p := 0
	for q := p; q < s.n; {
		x.storeLastIndex(splitter, gojax.Int(int64(q)))
		m, ok := x.exec(splitter, &s).(*goja.Object)
		if !ok {
			q = s.advance(q, full)
			continue
		}
		e := int(min(toLength(gojax.Field(splitter, keyLastIndex)), int64(s.n)))
		if e == p {
			q = s.advance(q, full)
			continue
		}
		list = append(list, s.sub(p, q))
		if int64(len(list)) == limit {
			return gojax.NewArray(x.r, list)
		}
		p = e
		for i, n := int64(1), lengthOf(m); i < n; i++ {
			list = append(list, gojax.Get(m, gojax.Int(i)))
			if int64(len(list)) == limit {
				return gojax.NewArray(x.r, list)
			}
		}
		q = p
	}
	return gojax.NewArray(x.r, append(list, s.sub(p, s.n)))
}

// split is the loop of Symbol.split for a regular expression that nobody has changed.
func (x *regexps) split(rx *regexp.Regexp, s *subject, full bool, limit int) (list []goja.Value) {
	if s.n == 0 {
		if x.match(rx, s, 0, true) == nil {
			list = append(list, s.s)
		}
		return list
	}
	p := 0
	for q := 0; q < s.n; {
		g := x.match(rx, s, q, false)
		if g == nil || int(g[0]) >= s.n {
			break
		}
		q = int(g[0])
		e := int(g[1])
		if e == p {
			q = s.advance(q, full)
			continue
		}
		list = append(list, s.sub(p, q))
		if len(list) == limit {
			return list
		}
		list = x.values(g[2:], s, list)
		if len(list) >= limit {
			return list[:limit]
		}
		p, q = e, e
	}
	return append(list, s.sub(p, s.n))
}

// --- matchAll

// regexpIterator is what %RegExpStringIterator% goes over.
type regexpIterator struct {
	o            *goja.Object
	s            subject
	global, full bool
	done         bool
}

// Uncloneable has structured cloning refuse the iterator.
func (*regexpIterator) Uncloneable() {}

func (x *regexps) symbolMatchAll(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.@@matchAll")
	s := subjectOf(toString(c.Argument(0)))
	var matcher *goja.Object
	var flags string
	if re, ok := x.plain(o); ok && x.plainSpecies() {
		rx := x.regexpOf(re)
		flags = rx.Flags.String()
		matcher = gojax.NewRegExp(x.r, re.Source(), rx, x.proto)
	} else {
		ctor := x.speciesOf(o)
		f := toString(gojax.Field(o, keyFlags))
		flags = f.String()
		matcher = x.newOfSpecies(ctor, o, f)
	}
	last := toLength(gojax.Field(o, keyLastIndex))
	x.storeLastIndex(matcher, gojax.Int(last))
	return gojax.NewSlotted(x.r, x.iteratorProto(), &regexpIterator{
		o: matcher, s: s, global: strings.Contains(flags, "g"), full: strings.ContainsAny(flags, "uv"),
	})
}

type regexpIteratorKey struct{}

func (x *regexps) iteratorProto() *goja.Object {
	return gojax.RealmValue(x.r, regexpIteratorKey{}, func() *goja.Object { return regexpIteratorProto().Object(x.r) })
}

var regexpIteratorProto = sync.OnceValue(func() *gojax.Template {
	t := gojax.NewTemplate(gojax.IteratorPrototype)
	putMethods(t, []builtin{{"next", 0, func(r *goja.Runtime) call {
		x := regexpsOf(r)
		return func(c goja.FunctionCall) goja.Value {
			it, ok := gojax.State(c.This).(*regexpIterator)
			if !ok {
				x.incompatible("%RegExpStringIterator%.prototype.next", c.This)
			}
			return x.next(it)
		}
	}}})
	t.PutSym(goja.SymToStringTag, func(*goja.Runtime) goja.Value {
		return gojax.DataProp(gojax.NewString("RegExp String Iterator"), false, false, true)
	})
	return t
})

func (x *regexps) next(it *regexpIterator) goja.Value {
	if it.done {
		return gojax.IterResult(x.r, undefined(), true)
	}
	m, ok := x.exec(it.o, &it.s).(*goja.Object)
	if !ok {
		it.done = true
		return gojax.IterResult(x.r, undefined(), true)
	}
	if !it.global {
		it.done = true
	} else if toString(gojax.Get(m, zero())).Length() == 0 {
		x.skipEmpty(it.o, &it.s, it.full)
	}
	return gojax.IterResult(x.r, m, false)
}
