package ecma

import (
	"errors"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/regexp"
)

// A subject is a string that is matched against.
type subject struct {
	s  goja.String
	in regexp.Input
	n  int
}

func subjectOf(s goja.String) subject {
	ascii, wide, _ := gojax.CodeUnits(s)
	in := regexp.Input{ASCII: ascii, Wide: wide}
	return subject{s, in, in.Len()}
}

// sub is a part of the string.
func (s *subject) sub(from, to int) goja.Value {
	if from == 0 && to == s.n {
		return s.s
	}
	if s.in.Wide == nil {
		return gojax.ASCII(s.in.ASCII[from:to])
	}
	return s.s.Substring(from, to)
}

// advance is AdvanceStringIndex.
func (s *subject) advance(i int, full bool) int {
	if w := s.in.Wide; full && i+1 < len(w) && w[i]&0xFC00 == 0xD800 && w[i+1]&0xFC00 == 0xDC00 {
		return i + 2
	}
	return i + 1
}

// incompatible throws for a receiver that is not what a method needs.
func (x *regexps) incompatible(method string, v goja.Value) {
	text := describe(v)
	if s, ok := v.(goja.String); ok {
		text = s.String()
	}
	throwType(x.r, "Method %s called on incompatible receiver %s", method, text)
}

// receiver is the object that a method was called on.
func (x *regexps) receiver(v goja.Value, method string) *goja.Object {
	o, ok := v.(*goja.Object)
	if !ok {
		x.incompatible(method, v)
	}
	return o
}

// regexpOf is what a regular expression matches with.
func (x *regexps) regexpOf(re gojax.RegExp) *regexp.Regexp {
	rx, f := re.Regexp()
	if rx == nil {
		rx = x.compile(re.Source(), f)
		re.Set(re.Source(), rx)
	}
	return rx
}

// plain reports whether methods may take short cuts with an object: it is a
// regular expression whose behaviour no script has changed.
func (x *regexps) plain(o *goja.Object) (re gojax.RegExp, ok bool) {
	if x.changed {
		return re, false
	}
	re, ok = gojax.RegExpOf(o)
	return re, ok && re.Plain(x.proto) && re.LastIndexWritable()
}

// match looks for a match, nil if there is none.
func (x *regexps) match(rx *regexp.Regexp, s *subject, at int, sticky bool) []int32 {
	if x.m.Stop == nil {
		x.m.Stop = gojax.Interrupted(x.r)
	}
	groups, err := rx.MatchSticky(&x.m, s.in, at, sticky)
	if err != nil {
		if errors.Is(err, regexp.ErrStack) {
			throwRange(x.r, "Maximum call stack size exceeded")
		}
		return nil // the engine ends at its next instruction
	}
	if groups != nil {
		x.last.input, x.last.set = s.s, nil
		x.last.groups = append(x.last.groups[:0], groups...)
	}
	return groups
}

func (x *regexps) setLastIndex(re gojax.RegExp, i int) {
	if !re.SetLastIndex(gojax.Int(int64(i))) {
		throwType(x.r, "Cannot assign to read only property 'lastIndex' of object '[object RegExp]'")
	}
}

// toLength is ToLength.
func toLength(v goja.Value) int64 {
	return min(max(v.ToInteger(), 0), 1<<53-1)
}

// builtinExec is RegExpBuiltinExec without the array that it makes; nil if
// there is no match.
func (x *regexps) builtinExec(re gojax.RegExp, s *subject) ([]int32, *regexp.Regexp) {
	at := toLength(re.LastIndex())
	rx := x.regexpOf(re)
	stateful := rx.Flags&(regexp.Global|regexp.Sticky) != 0
	if !stateful {
		at = 0
	}
	var groups []int32
	if at <= int64(s.n) {
		groups = x.match(rx, s, int(at), rx.Flags&regexp.Sticky != 0)
	}
	if stateful {
		if groups == nil {
			x.setLastIndex(re, 0)
		} else {
			x.setLastIndex(re, int(groups[1]))
		}
	}
	return groups, rx
}

func (x *regexps) values(groups []int32, s *subject, list []goja.Value) []goja.Value {
	for i := 0; i < len(groups); i += 2 {
		if a, b := int(groups[i]), int(groups[i+1]); a >= 0 && b >= 0 {
			list = append(list, s.sub(a, b))
		} else {
			list = append(list, undefined())
		}
	}
	return list
}

// named makes the object of named groups from the values of all groups.
func (x *regexps) named(rx *regexp.Regexp, values []goja.Value) goja.Value {
	if len(rx.Names()) == 0 {
		return undefined()
	}
	b := gojax.BuildNull(x.r)
	for _, n := range rx.Names() {
		v := undefined()
		for _, g := range n.Groups {
			if !goja.IsUndefined(values[g]) {
				v = values[g]
			}
		}
		b.Put(unistring.NewFromString(n.Name), v)
	}
	return b.Object()
}

// array is what exec returns for a match.
func (x *regexps) array(groups []int32, rx *regexp.Regexp, s *subject) goja.Value {
	if groups == nil {
		return goja.Null()
	}
	values := x.values(groups, s, make([]goja.Value, 0, len(groups)/2))
	var indices goja.Value
	if rx.Flags&regexp.HasIndices != 0 {
		list := make([]goja.Value, len(values))
		for i := range list {
			list[i] = undefined()
			if a, b := groups[2*i], groups[2*i+1]; a >= 0 && b >= 0 {
				list[i] = gojax.NewArray(x.r, []goja.Value{gojax.Int(int64(a)), gojax.Int(int64(b))})
			}
		}
		o := gojax.NewArray(x.r, list)
		gojax.CreateDataProperty(o, gojax.NewString("groups"), x.named(rx, list))
		indices = o
	}
	return gojax.NewMatch(x.r, values, int(groups[0]), s.s, x.named(rx, values), indices)
}

// exec is RegExpExec: the object's own exec, or the built-in.
func (x *regexps) exec(o *goja.Object, s *subject) goja.Value {
	if fn, ok := gojax.Callable(gojax.Field(o, keyExec)); ok {
		v := gojax.Call(fn, o, s.s)
		if _, ok := v.(*goja.Object); !ok && !goja.IsNull(v) {
			throwType(x.r, "RegExp exec method returned something other than an Object or null")
		}
		return v
	}
	re, ok := gojax.RegExpOf(o)
	if !ok {
		x.incompatible("RegExp.prototype.exec", o)
	}
	groups, rx := x.builtinExec(re, s)
	return x.array(groups, rx, s)
}

// flagGetters are the accessors of single flags.
func flagGetters() []struct {
	name string
	flag regexp.Flags
} {
	return []struct {
		name string
		flag regexp.Flags
	}{
		{"dotAll", regexp.DotAll}, {"global", regexp.Global}, {"hasIndices", regexp.HasIndices}, {"ignoreCase", regexp.IgnoreCase},
		{"multiline", regexp.Multiline}, {"sticky", regexp.Sticky}, {"unicode", regexp.Unicode}, {"unicodeSets", regexp.UnicodeSets},
	}
}

// flags is the getter of that name.
func (x *regexps) flags(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok {
		throwType(x.r, "RegExp.prototype.flags getter called on non-object %s", describe(v))
	}
	if re, ok := x.plain(o); ok {
		_, f := re.Regexp()
		return gojax.ASCII(f.String())
	}
	var out []byte
	for _, f := range [...]struct {
		name   string
		letter byte
	}{{"hasIndices", 'd'}, {"global", 'g'}, {"ignoreCase", 'i'}, {"multiline", 'm'}, {"dotAll", 's'}, {"unicode", 'u'},
		{"unicodeSets", 'v'}, {"sticky", 'y'}} {
		if getStr(o, f.name).ToBoolean() {
			out = append(out, f.letter)
		}
	}
	return gojax.ASCII(string(out))
}

// recompile is Annex B's RegExp.prototype.compile.
func (x *regexps) recompile(c goja.FunctionCall) goja.Value {
	re, ok := gojax.RegExpOf(c.This)
	if !ok {
		x.incompatible("RegExp.prototype.compile", c.This)
	}
	pattern, flags := c.Argument(0), c.Argument(1)
	if from, ok := gojax.RegExpOf(pattern); ok {
		if !goja.IsUndefined(flags) {
			throwType(x.r, "Cannot supply flags when constructing one RegExp from another")
		}
		re.Set(from.Source(), x.regexpOf(from))
	} else {
		source, rx := x.initialize(pattern, flags)
		re.Set(source, rx)
	}
	x.setLastIndex(re, 0)
	return c.This
}
