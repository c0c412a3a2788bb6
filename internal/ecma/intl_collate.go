package ecma

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// collator is the slots of an Intl.Collator.
type collator struct {
	res              resolvedLocale
	usage, collation string
	o                intl.CollatorOptions
	c                *intl.Collator
	bound            *goja.Object
}

func constructCollator(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	return x.newCollator(c.Argument(0), c.Argument(1))
}

func (x *intlRealm) newCollator(locales, options goja.Value) *collator {
	requested := x.localeList(locales)
	p := x.coerceOptions(options, "Intl.Collator")
	f := &collator{usage: p.str("usage", "sort", "sort", "search")}
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	collation := p.keywordType("collation")
	numeric, hasNumeric := p.boolean("numeric")
	numericOption := ""
	if hasNumeric {
		numericOption = strconv.FormatBool(numeric)
	}
	first := p.str("caseFirst", "", "upper", "lower", "false")
	f.res = x.resolve(requested,
		keyChoice{key: "co", option: collation, fallback: "default", valid: func(v, locale string) bool {
			return f.usage == "sort" && intl.IsCollation(v, locale)
		}},
		keyChoice{key: "kf", option: first, def: intl.DefaultCaseFirst, valid: func(v, _ string) bool {
			return v == "upper" || v == "lower" || v == "false"
		}},
		keyChoice{key: "kn", option: numericOption, fallback: "false", valid: func(v, _ string) bool { return v == "true" || v == "false" }})
	f.collation = f.res.values["co"]
	f.o.Sensitivity = p.str("sensitivity", "variant", "base", "accent", "case", "variant")
	ignore, set := p.boolean("ignorePunctuation")
	if !set {
		ignore = intl.IgnoresPunctuation(f.res.Base)
	}
	f.o.IgnorePunctuation, f.o.Numeric, f.o.CaseFirst = ignore, f.res.values["kn"] == "true", f.res.values["kf"]
	kind := f.collation
	if f.usage == "search" {
		kind = intl.SearchCollation(f.res.Base)
	}
	f.c = intl.NewCollator(f.res.Base, kind, f.o)
	return f
}

func fillCollator(x *intlRealm, c *intlClass) {
	r := x.r
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*collator](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("usage", f.usage)
			b.str("sensitivity", f.o.Sensitivity)
			b.Put("ignorePunctuation", r.ToValue(f.o.IgnorePunctuation))
			b.str("collation", f.collation)
			b.Put("numeric", r.ToValue(f.o.Numeric))
			b.str("caseFirst", f.o.CaseFirst)
			return b.Object()
		}),
	})
	_ = c.proto.DefineAccessorProperty("compare", gojax.NewFunc(r, "get compare", 0, func(call goja.FunctionCall) goja.Value {
		f := receiver[*collator](x, c, call.This, "compare")
		if f.bound == nil {
			f.bound = gojax.NewFunc(r, "", 2, func(call goja.FunctionCall) goja.Value {
				a, b := toString(call.Argument(0)), toString(call.Argument(1))
				return gojax.Int(int64(f.c.Compare(a.String(), b.String())))
			})
		}
		return f.bound
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// segmenter is the slots of an Intl.Segmenter.
type segmenter struct {
	res         resolvedLocale
	granularity string
}

// segments is the slots of what segment gives back; segmentIterator of its iterator.
type segments struct {
	text        goja.String
	granularity string
	list        []intl.Segment
}

type segmentIterator struct {
	of *segments
	at int
}

func constructSegmenter(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	p := x.objectOptions(c.Argument(1), "Intl.Segmenter")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &segmenter{res: x.resolve(requested)}
	f.granularity = p.str("granularity", "grapheme", "grapheme", "word", "sentence")
	return f
}

// data is one segment as an object.
func (s *segments) data(r *goja.Runtime, i int) goja.Value {
	g := s.list[i]
	b := newBuilder(r)
	b.Put("segment", s.text.Substring(g.Start, g.End))
	b.num("index", g.Start)
	b.Put("input", s.text)
	if s.granularity == "word" {
		b.Put("isWordLike", r.ToValue(g.WordLike))
	}
	return b.Object()
}

func fillSegmenter(x *intlRealm, c *intlClass) {
	r := x.r
	iterators := r.CreateObject(gojax.IteratorPrototype(r))
	defineMethods(r, iterators, []builtin{plain("next", 0, func(call goja.FunctionCall) goja.Value {
		it, ok := gojax.State(call.This).(*segmentIterator)
		if !ok {
			throwType(r, "Method %%SegmentIterator.prototype%%.next called on incompatible receiver %s", describe(call.This))
		}
		if it.at >= len(it.of.list) {
			return gojax.IterResult(r, undefined(), true)
		}
		it.at++
		return gojax.IterResult(r, it.of.data(r, it.at-1), false)
	})})
	_ = iterators.DefineDataPropertySymbol(goja.SymToStringTag, gojax.NewString("Segmenter String Iterator"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto := r.NewObject()
	this := func(call goja.FunctionCall, method string) *segments {
		s, ok := gojax.State(call.This).(*segments)
		if !ok {
			throwType(r, "Method %%SegmentsPrototype%%.%s called on incompatible receiver %s", method, describe(call.This))
		}
		return s
	}
	defineMethods(r, proto, []builtin{plain("containing", 1, func(call goja.FunctionCall) goja.Value {
		s := this(call, "containing")
		n := 0.0
		if v := call.Argument(0); !goja.IsUndefined(v) {
			n = integer(v)
		}
		for i, g := range s.list {
			if n >= float64(g.Start) && n < float64(g.End) {
				return s.data(r, i)
			}
		}
		return undefined()
	})})
	_ = proto.DefineDataPropertySymbol(goja.SymIterator, gojax.NewFunc(r, "[Symbol.iterator]", 0, func(call goja.FunctionCall) goja.Value {
		return gojax.NewSlotted(r, iterators, &segmentIterator{of: this(call, "[Symbol.iterator]")})
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*segmenter](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("granularity", f.granularity)
			return b.Object()
		}),
		plain("segment", 1, func(call goja.FunctionCall) goja.Value {
			f := receiver[*segmenter](x, c, call.This, "segment")
			text := toString(call.Argument(0))
			return gojax.NewSlotted(r, proto, &segments{text, f.granularity, intl.Segments(text.String(), f.granularity)})
		}),
	})
}
