package inspect

import (
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// shown is how many of n entries are listed.
func (c *context) shown(n int) int {
	if math.IsNaN(c.maxArray) {
		return 0
	}
	return int(math.Min(math.Max(c.maxArray, 0), float64(n)))
}

func (c *context) array(o *goja.Object, n, recurse int) []string {
	limit := c.shown(n)
	output := make([]string, 0, min(limit, 1<<16)+1)
	values, dense := gojax.Elements(o)
	c.indentation += 2
	for i := range limit {
		var v goja.Value
		if dense {
			if i < len(values) {
				v = values[i]
			}
		} else if d, ok := gojax.GetOwn(o, intKey(i)); ok {
			if d.Accessor {
				c.indentation -= 2
				output = append(output, c.property(o, recurse, intKey(i), arrayType, &d, nil))
				c.indentation += 2
				continue
			}
			v = d.Value
		}
		if v == nil {
			c.indentation -= 2
			return c.holes(o, n, limit, recurse, output, i)
		}
		output = append(output, c.format(v, recurse))
	}
	c.indentation -= 2
	if n > limit {
		output = append(output, more(n-limit, "item"))
	}
	return output
}

// holes goes on with an array that has gaps.
func (c *context) holes(o *goja.Object, n, limit, recurse int, output []string, index int) []string {
	empty := func(n int) string {
		s := "<" + strconv.Itoa(n) + " empty item"
		if n > 1 {
			s += "s"
		}
		return c.style(s+">", "undefined")
	}
	for _, k := range o.Keys()[index:] {
		if len(output) >= limit || !IsIndex(k) {
			break
		}
		i, _ := strconv.Atoi(k)
		if i != index {
			output = append(output, empty(i-index))
			index = i
			if len(output) == limit {
				break
			}
		}
		output = append(output, c.property(o, recurse, intKey(i), arrayType, nil, nil))
		index++
	}
	if rest := n - index; len(output) != limit {
		if rest > 0 {
			output = append(output, empty(rest))
		}
	} else if rest > 0 {
		output = append(output, more(rest, "item"))
	}
	return output
}

func (c *context) set(o *goja.Object, n, recurse int) []string {
	limit := c.shown(n)
	output := make([]string, 0, limit+1)
	c.indentation += 2
	gojax.Entries(o, func(k, _ goja.Value) bool {
		if len(output) >= limit {
			return false
		}
		output = append(output, c.format(k, recurse))
		return true
	})
	if n > limit {
		output = append(output, more(n-limit, "item"))
	}
	c.indentation -= 2
	return output
}

func (c *context) mapEntries(o *goja.Object, n, recurse int) []string {
	limit := c.shown(n)
	output := make([]string, 0, limit+1)
	c.indentation += 2
	gojax.Entries(o, func(k, v goja.Value) bool {
		if len(output) >= limit {
			return false
		}
		output = append(output, c.format(k, recurse)+" => "+c.format(v, recurse))
		return true
	})
	if n > limit {
		output = append(output, more(n-limit, "item"))
	}
	c.indentation -= 2
	return output
}

// iterator lists what a Map or Set iterator still has to give.
func (c *context) iterator(o *goja.Object, recurse int, open *string) []string {
	list, pairs := gojax.IteratorPreview(o)
	if pairs {
		*open = strings.Replace(*open, " Iterator] {", " Entries] {", 1)
		n := len(list) / 2
		limit := c.shown(n)
		output := make([]string, 0, limit+1)
		c.indentation += 2
		for i := range limit {
			pair := []string{c.format(list[2*i], recurse), c.format(list[2*i+1], recurse)}
			output = append(output, c.reduce(pair, "", "[", "]", arrayExtras, recurse, nil))
		}
		c.indentation -= 2
		if n > limit {
			output = append(output, more(n-limit, "item"))
		}
		return output
	}
	limit := c.shown(len(list))
	output := make([]string, 0, limit+1)
	c.indentation += 2
	for _, v := range list[:limit] {
		output = append(output, c.format(v, recurse))
	}
	c.indentation -= 2
	if len(list) > limit {
		output = append(output, more(len(list)-limit, "item"))
	}
	return output
}

func (c *context) typedArray(o *goja.Object, n, recurse int) []string {
	limit := c.shown(n)
	output := make([]string, 0, limit+1)
	// A length of the object's own that says it is empty hides what the elements are.
	numbers := true
	if d, ok := gojax.GetOwn(o, c.in.vm.ToValue("length")); ok && d.Value != nil {
		numbers = d.Value.ToInteger() > 0
	}
	for i := range limit {
		v := gojax.Get(o, intKey(i))
		if goja.IsBigInt(v) || !numbers {
			output = append(output, c.style(BigInt(v, c.NumericSeparator), "bigint"))
		} else {
			output = append(output, c.style(Number(v, c.NumericSeparator), "number"))
		}
	}
	if n > limit {
		output = append(output, more(n-limit, "item"))
	}
	if c.ShowHidden {
		output = append(output, c.slots(o, recurse, []string{"BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"}, true)...)
	}
	return output
}

// slots lists what an object holds in internal slots behind inherited getters.
func (c *context) slots(o *goja.Object, recurse int, names []string, inner bool) []string {
	c.indentation += 2
	leak := 0
	output := make([]string, 0, len(names))
	for _, name := range names {
		v := goja.Undefined()
		if c.in.vm.Try(func() {
			if got := get(o, name); got != nil {
				v = got
			}
		}) != nil {
			// The memory is detached. Node loses track of the indentation here.
			leak += 2
			if name == "byteLength" {
				v = intKey(0)
			}
		}
		s := ""
		if obj, ok := v.(*goja.Object); ok {
			s = c.object(obj, recurse, inner)
		} else {
			s = c.format(v, recurse)
		}
		output = append(output, c.style("["+name+"]", "string")+": "+s)
	}
	c.indentation += leak - 2
	return output
}

func (c *context) arrayBuffer(o *goja.Object, slot bool) []string {
	buf, ok := o.Export().(goja.ArrayBuffer)
	if !ok || buf.Detached() {
		size := c.style("[byteLength]", "string") + ": " + c.style("0", "number")
		if slot {
			return []string{size}
		}
		return []string{c.style("(detached)", "special"), size}
	}
	b := buf.Bytes()
	size := c.style("[byteLength]", "string") + ": " + c.format(get(o, "byteLength"), 0)
	if slot {
		return []string{size}
	}
	limit := c.shown(len(b))
	var s strings.Builder
	for i, x := range b[:limit] {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(hex.EncodeToString([]byte{x}))
	}
	if len(b) > limit {
		s.WriteString(" " + more(len(b)-limit, "byte"))
	}
	return []string{c.style("[Uint8Contents]", "special") + ": <" + s.String() + ">", size}
}

// weak lists a WeakMap or WeakSet with showHidden only, sorted: they have no order.
func (c *context) weak(o *goja.Object, kind gojax.Kind, recurse int) []string {
	if !c.ShowHidden {
		return []string{c.style("<items unknown>", "special")}
	}
	keys, values := gojax.WeakEntries(o)
	limit := c.shown(len(keys))
	output := make([]string, 0, limit+1)
	c.indentation += 2
	for i, k := range keys[:limit] {
		s := c.format(k, recurse)
		if kind == gojax.KindWeakMap {
			s += " => " + c.format(values[i], recurse)
		}
		output = append(output, c.whole(s))
	}
	c.indentation -= 2
	slices.Sort(output)
	if n := len(keys); n > limit {
		output = append(output, more(n-limit, "item"))
	}
	return output
}

func (c *context) promise(o *goja.Object, recurse int) []string {
	p, ok := o.Export().(*goja.Promise)
	if !ok || p.State() == goja.PromiseStatePending {
		return []string{c.style("<pending>", "special")}
	}
	c.indentation += 2
	s := c.format(p.Result(), recurse)
	c.indentation -= 2
	if p.State() == goja.PromiseStateRejected {
		s = c.style("<rejected>", "special") + " " + s
	}
	return []string{s}
}

// namespace lists a module namespace object; a binding that has not been
// initialised yet throws when it is read.
func (c *context) namespace(o *goja.Object, keys []goja.Value, recurse int) []string {
	output := make([]string, 0, len(keys))
	for _, k := range keys {
		ex := c.in.vm.Try(func() {
			// A binding shows its value, however the object gets at it.
			p := gojax.Property{Value: gojax.Get(o, k), Writable: true, Enumerable: true}
			output = append(output, c.property(o, recurse, k, objectType, &p, nil))
		})
		if ex != nil {
			name := c.property(c.in.vm.NewObject(), recurse, k, objectType, &gojax.Property{Value: c.in.vm.ToValue(""), Enumerable: true}, nil)
			output = append(output, name[:strings.LastIndexByte(name, ' ')+1]+c.style("<uninitialized>", "special"))
		}
	}
	return output
}

// boxed is the base of a wrapped primitive.
func (c *context) boxed(o *goja.Object, sh *shape) (base, typ string) {
	p := gojax.Primitive(o)
	switch {
	case goja.IsString(p):
		typ = "String"
		n := p.(goja.String).Length()
		kept := sh.keys[:0:0]
		for _, k := range sh.keys {
			if s, ok := k.(goja.String); ok && IsIndex(s.String()) {
				if i, _ := strconv.Atoi(s.String()); i < n {
					continue
				}
			}
			kept = append(kept, k)
		}
		sh.keys = kept
	case goja.IsNumber(p):
		typ = "Number"
	case goja.IsBigInt(p):
		typ = "BigInt"
	default:
		typ = "Boolean"
		if _, ok := p.(*goja.Symbol); ok {
			typ = "Symbol"
		}
	}
	base = "[" + typ
	if sh.nullCtor {
		base += " (null prototype)"
	} else if sh.ctor != typ {
		base += " (" + sh.ctor + ")"
	}
	bare := *c
	bare.plain, bare.stylizeFn = true, nil
	base += ": " + bare.primitive(p) + "]"
	if sh.tag != "" && sh.tag != sh.ctor {
		base += " [" + sh.tag + "]"
	}
	if len(sh.keys) != 0 {
		return base, typ
	}
	return c.style(base, strings.ToLower(typ)), typ
}

func (c *context) functionBase(o *goja.Object, kind gojax.Kind, sh *shape) string {
	in := c.in
	if kind == gojax.KindClass {
		name := ""
		if d, ok := gojax.GetOwn(o, in.kName); ok {
			if v := get(o, "name"); v != nil && v.ToBoolean() && !d.Accessor || d.Accessor && v != nil {
				name = Text(v.ToString())
			}
		}
		if name == "" {
			name = "(anonymous)"
		}
		base := "class " + name
		if sh.ctor != "Function" && !sh.nullCtor {
			base += " [" + sh.ctor + "]"
		}
		if sh.tag != "" && sh.ctor != sh.tag {
			base += " [" + sh.tag + "]"
		}
		if sh.nullCtor {
			base += " extends [null prototype]"
		} else if p := o.Prototype(); p != nil {
			if v := get(p, "name"); v != nil && v.ToBoolean() {
				base += " extends " + Text(v.ToString())
			}
		}
		return "[" + base + "]"
	}
	typ := "Function"
	switch kind {
	case gojax.KindGeneratorFunction:
		typ = "GeneratorFunction"
		if gojax.IsAsyncGeneratorFunction(o) {
			typ = "AsyncGeneratorFunction"
		}
	case gojax.KindAsyncFunction:
		typ = "AsyncFunction"
	}
	base := "[" + typ
	if sh.nullCtor {
		base += " (null prototype)"
	}
	name := get(o, "name")
	switch {
	case name == nil:
		base += ": undefined"
	case goja.IsString(name) && Text(name) == "":
		base += " (anonymous)"
	case goja.IsString(name):
		base += ": " + Text(name)
	default:
		base += ": " + c.format(name, 0)
	}
	base += "]"
	if sh.ctor != typ && !sh.nullCtor {
		base += " " + sh.ctor
	}
	if sh.tag != "" && sh.ctor != sh.tag {
		base += " [" + sh.tag + "]"
	}
	return base
}
