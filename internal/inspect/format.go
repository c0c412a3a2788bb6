package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// Format is util.format: printf-like with %s %d %i %f %j %o %O %c, the rest
// joined with spaces. opts are the options for what is inspected.
func (in *Inspector) Format(args []goja.Value, opts *Options, user *goja.Object) string {
	if len(args) == 0 {
		return ""
	}
	f := &formatter{in: in, opts: opts, user: user}
	first, isString := args[0].(goja.String)
	if len(args) == 1 {
		if isString {
			return Text(first)
		}
		return f.inspect(args[0])
	}
	a := 0
	var b strings.Builder
	join := ""
	if isString {
		text := Text(first)
		last := 0
		for i := 0; i < len(text)-1; i++ {
			if text[i] != '%' {
				continue
			}
			i++
			if a+1 == len(args) {
				if text[i] == '%' {
					b.WriteString(text[last:i])
					last = i + 1
				}
				continue
			}
			s := ""
			switch text[i] {
			case 's':
				a++
				s = f.string(args[a])
			case 'j':
				a++
				s = f.json(args[a])
			case 'd':
				a++
				s = f.number(args[a])
			case 'O':
				a++
				s = f.inspect(args[a])
			case 'o':
				a++
				o := *opts
				o.ShowHidden, o.ShowProxy, o.Depth, o.DepthNull = true, true, 4, false
				s = f.with(args[a], &o)
			case 'i':
				a++
				s = f.parse(args[a], "parseInt")
			case 'f':
				a++
				if _, ok := args[a].(*goja.Symbol); ok {
					s = "NaN"
				} else {
					s = f.parse(args[a], "parseFloat")
				}
			case 'c':
				a++
			case '%':
				b.WriteString(text[last:i])
				last = i + 1
				continue
			default:
				continue
			}
			if last != i-1 {
				b.WriteString(text[last : i-1])
			}
			b.WriteString(s)
			last = i + 1
		}
		if last != 0 {
			a++
			join = " "
			b.WriteString(text[last:])
		}
	}
	for ; a < len(args); a++ {
		b.WriteString(join)
		if s, ok := args[a].(goja.String); ok {
			b.WriteString(Text(s))
		} else {
			b.WriteString(f.inspect(args[a]))
		}
		join = " "
	}
	return b.String()
}

type formatter struct {
	in   *Inspector
	opts *Options
	user *goja.Object
}

func (f *formatter) inspect(v goja.Value) string { return f.with(v, f.opts) }

func (f *formatter) with(v goja.Value, o *Options) string {
	c := f.in.newContext(o)
	c.user = f.user
	return c.top(v)
}

func (f *formatter) string(v goja.Value) string {
	switch x := v.(type) {
	case goja.String:
		return Text(x)
	case *goja.Symbol:
		return symbolText(x)
	case *goja.Object:
		if isFunction(x) && gojax.KindOf(x) != gojax.KindProxy || !f.in.hasBuiltinToString(x) {
			return Text(x.ToString())
		}
		o := *f.opts
		o.Depth, o.DepthNull, o.Colors, o.Compact, o.CompactTrue, o.CompactFalse = 0, false, false, 3, false, false
		return f.with(v, &o)
	}
	if goja.IsNumber(v) {
		return Number(v, f.opts.NumericSeparator)
	}
	if goja.IsBigInt(v) {
		return BigInt(v, f.opts.NumericSeparator)
	}
	return v.String()
}

// hasBuiltinToString reports whether o is turned into a string by the
// language's own toString, which says little.
func (in *Inspector) hasBuiltinToString(o *goja.Object) bool {
	for gojax.KindOf(o) == gojax.KindProxy {
		t := gojax.ProxyTarget(o)
		if t == nil {
			return true
		}
		o = t
	}
	if fn := get(o, "toString"); fn == nil {
		return true
	} else if _, ok := goja.AssertFunction(fn); !ok {
		return true
	}
	if _, ok := gojax.GetOwn(o, in.kToString); ok {
		return false
	}
	if _, ok := gojax.GetOwn(o, goja.SymToPrimitive); ok {
		return false
	}
	p := o
	for {
		p = p.Prototype()
		if p == nil {
			return true
		}
		if _, ok := gojax.GetOwn(p, in.kToString); ok {
			break
		}
		if _, ok := gojax.GetOwn(p, goja.SymToPrimitive); ok {
			break
		}
	}
	d, ok := gojax.GetOwn(p, in.kConstructor)
	fn, isObj := d.Value.(*goja.Object)
	return ok && isObj && isFunction(fn) && in.builtins[functionName(fn)]
}

func (f *formatter) json(v goja.Value) string {
	vm := f.in.vm
	stringify, _ := goja.AssertFunction(vm.Get("JSON").(*goja.Object).Get("stringify"))
	s, err := stringify(goja.Undefined(), v)
	if err != nil {
		if ex, ok := err.(*goja.Exception); ok {
			if e, ok := ex.Value().(*goja.Object); ok {
				if msg := get(e, "message"); msg != nil && strings.Contains(msg.String(), "circular structure") {
					return "[Circular]"
				}
			}
		}
		panic(err)
	}
	if goja.IsUndefined(s) {
		return "undefined"
	}
	return Text(s)
}

func (f *formatter) number(v goja.Value) string {
	if goja.IsBigInt(v) {
		return BigInt(v, f.opts.NumericSeparator)
	}
	if _, ok := v.(*goja.Symbol); ok {
		return "NaN"
	}
	if o, ok := v.(*goja.Object); ok {
		number, _ := goja.AssertFunction(f.in.vm.Get("Number"))
		return Number(f.in.must(number(goja.Undefined(), o)), f.opts.NumericSeparator)
	}
	if goja.IsNumber(v) {
		return Number(v, f.opts.NumericSeparator)
	}
	return Number(v.ToNumber(), f.opts.NumericSeparator)
}

func (f *formatter) parse(v goja.Value, fn string) string {
	if fn == "parseInt" {
		if goja.IsBigInt(v) {
			return BigInt(v, f.opts.NumericSeparator)
		}
		if _, ok := v.(*goja.Symbol); ok {
			return "NaN"
		}
		if goja.IsNumber(v) {
			if x := v.ToFloat(); math.Abs(x) < 1e15 {
				return Number(f.in.vm.ToValue(math.Trunc(x)), f.opts.NumericSeparator)
			}
		}
	}
	call, _ := goja.AssertFunction(f.in.vm.Get(fn))
	return Number(f.in.must(call(goja.Undefined(), v)), f.opts.NumericSeparator)
}
