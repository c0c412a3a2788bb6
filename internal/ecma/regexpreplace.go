package ecma

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/regexp"
)

// A joiner puts a string together of pieces of others.
type joiner struct {
	x     *regexps
	ascii []byte
	wide  []uint16 // in place of ascii from the first piece on that is not
}

func (j *joiner) widen(more int) {
	if j.wide == nil {
		j.wide = make([]uint16, len(j.ascii), 2*len(j.ascii)+more+16)
		for i, c := range j.ascii {
			j.wide[i] = uint16(c)
		}
		j.ascii = nil
	}
}

func (j *joiner) add(in regexp.Input, from, to int) {
	if len(j.ascii)+len(j.wide)+to-from > maxString {
		throwRange(j.x.r, "Invalid string length")
	}
	switch {
	case in.Wide != nil:
		j.widen(to - from)
		j.wide = append(j.wide, in.Wide[from:to]...)
	case j.wide != nil:
		for i := from; i < to; i++ {
			j.wide = append(j.wide, uint16(in.ASCII[i]))
		}
	default:
		j.ascii = append(j.ascii, in.ASCII[from:to]...)
	}
}

func (j *joiner) addString(s goja.String) {
	sub := subjectOf(s)
	j.add(sub.in, 0, sub.n)
}

func (j *joiner) value() goja.Value {
	if j.wide != nil {
		return goja.StringFromUTF16(j.wide)
	}
	return gojax.ASCII(string(j.ascii))
}

// A replacement is what takes the place of a match.
type replacement struct {
	fn     *goja.Object // nil: the template
	text   subject
	simple bool // there is no $ in the text
}

func (x *regexps) replacement(v goja.Value) (r replacement) {
	if fn, ok := gojax.Callable(v); ok {
		r.fn = fn
		return r
	}
	r.text = subjectOf(toString(v))
	r.simple = !strings.Contains(r.text.in.ASCII, "$")
	for _, u := range r.text.in.Wide {
		if u == '$' {
			r.simple = false
		}
	}
	return r
}

func at(in regexp.Input, i int) uint16 {
	if in.Wide != nil {
		return in.Wide[i]
	}
	return uint16(in.ASCII[i])
}

// expand is GetSubstitution: capture adds the text of a group to j (the match is
// number 0), and named that of a name, false if there are no names.
func (j *joiner) expand(text *subject, s *subject, from, to, groups int, capture func(i int), named func(name goja.String) bool) {
	in, n := text.in, text.n
	plain := 0
	for i := 0; i < n; {
		if at(in, i) != '$' || i+1 == n {
			i++
			continue
		}
		j.add(in, plain, i)
		plain = i
		c := at(in, i+1)
		skip := 2
		switch {
		case c == '$':
			j.add(in, i, i+1)
		case c == '&':
			capture(0)
		case c == '`':
			j.add(s.in, 0, from)
		case c == '\'':
			j.add(s.in, min(to, s.n), s.n)
		case c >= '0' && c <= '9':
			d := int(c - '0')
			if i+2 < n {
				if e := at(in, i+2); e >= '0' && e <= '9' {
					if v := d*10 + int(e-'0'); v >= 1 && v < groups {
						d, skip = v, 3
					}
				}
			}
			if d < 1 || d >= groups {
				skip = 0
				break
			}
			capture(d)
		case c == '<':
			end := i + 2
			for end < n && at(in, end) != '>' {
				end++
			}
			if end == n || !named(toString(text.sub(i+2, end))) {
				skip = 0
				break
			}
			skip = end + 1 - i
		default:
			skip = 0
		}
		if skip == 0 { // the dollar stands for itself
			j.add(in, i, i+1)
			skip = 1
		}
		i += skip
		plain = i
	}
	j.add(in, plain, n)
}

func (x *regexps) symbolReplace(c goja.FunctionCall) goja.Value {
	o := x.receiver(c.This, "RegExp.prototype.@@replace")
	s := subjectOf(toString(c.Argument(0)))
	by := x.replacement(c.Argument(1))
	if re, ok := x.plain(o); ok {
		return x.replacePlain(re, &s, &by)
	}
	flags := toString(gojax.Field(o, keyFlags)).String()
	global, full := strings.Contains(flags, "g"), strings.ContainsAny(flags, "uv")
	if global {
		x.storeLastIndex(o, gojax.Int(0))
	}
	var results []*goja.Object
	for {
		m, ok := x.exec(o, &s).(*goja.Object)
		if !ok {
			break
		}
		results = append(results, m)
		if !global {
			break
		}
		if toString(gojax.Get(m, zero())).Length() == 0 {
			x.skipEmpty(o, &s, full)
		}
	}
	j := &joiner{x: x}
	next := 0
	for _, m := range results {
		n := max(lengthOf(m)-1, 0)
		matched := subjectOf(toString(gojax.Get(m, zero())))
		position := int(min(max(integer(gojax.Field(m, keyIndex)), 0), float64(s.n)))
		args := []goja.Value{matched.s}
		for i := int64(1); i <= n; i++ {
			v := gojax.Get(m, gojax.Int(i))
			if !goja.IsUndefined(v) {
				v = toString(v)
			}
			args = append(args, v)
		}
		groups := gojax.Field(m, keyGroups)
		part := &joiner{x: x}
		if by.fn != nil {
			args = append(args, gojax.Int(int64(position)), s.s)
			if !goja.IsUndefined(groups) {
				args = append(args, groups)
			}
			part.addString(toString(gojax.Call(by.fn, undefined(), args...)))
		} else {
			if !goja.IsUndefined(groups) {
				groups = groups.ToObject(x.r)
			}
			part.expand(&by.text, &s, position, position+matched.n, len(args), func(i int) {
				if !goja.IsUndefined(args[i]) {
					part.addString(args[i].(goja.String))
				}
			}, func(name goja.String) bool {
				o, ok := groups.(*goja.Object)
				if !ok {
					return false
				}
				if v := gojax.Get(o, name); !goja.IsUndefined(v) {
					part.addString(toString(v))
				}
				return true
			})
		}
		if position >= next {
			j.add(s.in, next, position)
			j.addString(toString(part.value()))
			next = position + matched.n
		}
	}
	if next < s.n {
		j.add(s.in, next, s.n)
	}
	return j.value()
}

// replacePlain replaces for a regular expression that nobody has changed.
func (x *regexps) replacePlain(re gojax.RegExp, s *subject, by *replacement) goja.Value {
	rx := x.regexpOf(re)
	size := 2 * rx.Groups()
	var found []int32 // all matches, before the first function is called
	if rx.Flags&regexp.Global != 0 {
		x.all(re, s, func(g []int32) { found = append(found, g...) })
	} else if g, _ := x.builtinExec(re, s); g != nil {
		found = append(make([]int32, 0, size), g...)
	}
	if found == nil {
		return s.s
	}
	j := &joiner{x: x}
	if s.in.Wide == nil {
		j.ascii = make([]byte, 0, s.n+16)
	}
	next := 0
	for ; len(found) > 0; found = found[size:] {
		g := found[:size]
		from, to := int(g[0]), int(g[1])
		j.add(s.in, next, from)
		next = to
		switch {
		case by.fn != nil:
			values := x.values(g, s, make([]goja.Value, 0, rx.Groups()+3))
			args := append(values, gojax.Int(int64(from)), s.s)
			if len(rx.Names()) > 0 {
				args = append(args, x.named(rx, values))
			}
			j.addString(toString(gojax.Call(by.fn, undefined(), args...)))
		case by.simple:
			j.add(by.text.in, 0, by.text.n)
		default:
			j.expand(&by.text, s, from, to, rx.Groups(), func(i int) {
				if g[2*i] >= 0 {
					j.add(s.in, int(g[2*i]), int(g[2*i+1]))
				}
			}, func(name goja.String) bool {
				for _, n := range rx.Names() {
					if n.Name == name.String() {
						for _, i := range n.Groups {
							if g[2*i] >= 0 {
								j.add(s.in, int(g[2*i]), int(g[2*i+1]))
							}
						}
					}
				}
				return len(rx.Names()) > 0
			})
		}
	}
	j.add(s.in, next, s.n)
	return j.value()
}

// --- String.prototype

// regexpStringMethods are the methods of strings that make regular expressions.
func regexpStringMethods() []builtin {
	// with makes a method that calls one of its argument, or of a regular
	// expression made of it.
	with := func(name string, sym *goja.Symbol, flags string, check func(r *goja.Runtime, v goja.Value)) builtin {
		return builtin{name, 1, func(r *goja.Runtime) call {
			x := withRegExps(r)
			return func(c goja.FunctionCall) goja.Value {
				if goja.IsUndefined(c.This) || goja.IsNull(c.This) {
					throwType(r, "String.prototype.%s called on null or undefined", name)
				}
				arg := c.Argument(0)
				if o, ok := arg.(*goja.Object); ok {
					if check != nil {
						check(r, arg)
					}
					if m := gojax.Get(o, sym); !goja.IsUndefined(m) && !goja.IsNull(m) {
						fn, ok := gojax.Callable(m)
						if !ok {
							throwType(r, "%s is not a function", describe(m))
						}
						return gojax.Call(fn, o, c.This)
					}
				}
				s := toString(c.This)
				source, rx := x.initialize(arg, gojax.NewString(flags))
				o := gojax.NewRegExp(r, source, rx, x.proto)
				fn, ok := gojax.Callable(gojax.Get(o, sym))
				if !ok {
					throwType(r, "%s is not a function", describe(gojax.Get(o, sym)))
				}
				return gojax.Call(fn, o, s)
			}
		}}
	}
	return []builtin{
		with("match", goja.SymMatch, "", nil),
		with("matchAll", goja.SymMatchAll, "g", func(r *goja.Runtime, v goja.Value) {
			if !isRegExp(v) {
				return
			}
			flags := gojax.Field(v.(*goja.Object), keyFlags)
			if goja.IsUndefined(flags) || goja.IsNull(flags) {
				throwType(r, "The .flags property of the argument to String.prototype.matchAll cannot be null or undefined")
			}
			if !strings.Contains(toString(flags).String(), "g") {
				throwType(r, "String.prototype.matchAll called with a non-global RegExp argument")
			}
		}),
		with("search", goja.SymSearch, "", nil),
	}
}
