package v8

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// maxDepth bounds how deep objects may lie in each other, as V8's stack does.
const maxDepth = 8000

// serializer is a v8.Serializer.
type serializer struct {
	*binding
	writer
	self      *goja.Object // whose methods write host objects and make errors
	ids       map[*goja.Object]uint64
	transfers map[*goja.Object]uint64
	hostViews bool
	depth     int
}

// value writes any value.
func (s *serializer) value(v goja.Value) {
	switch x := v.(type) {
	case nil:
		s.tag(tagUndefined)
		return
	case goja.String:
		ascii, wide, _ := gojax.CodeUnits(x)
		s.string(ascii, wide)
		return
	case *goja.Object:
		s.object(x)
		return
	case *goja.Symbol:
		s.refuse(v)
	}
	s.primitive(v, tagInt32, tagDouble, tagBigInt)
}

// primitive writes a boolean, number or BigInt.
func (s *serializer) primitive(v goja.Value, smi, double, bigint byte) {
	switch {
	case goja.IsUndefined(v):
		s.tag(tagUndefined)
		return
	case goja.IsNull(v):
		s.tag(tagNull)
		return
	}
	switch x := v.Export().(type) {
	case bool:
		if x {
			s.tag(tagTrue)
		} else {
			s.tag(tagFalse)
		}
	case int64:
		if int64(int32(x)) == x && smi != 0 {
			s.tag(smi)
			s.zigzag(int32(x))
			return
		}
		s.tag(double)
		s.double(float64(x))
	case float64:
		if x == math.Trunc(x) && float64(int32(x)) == x && (x != 0 || !math.Signbit(x)) && smi != 0 {
			s.tag(smi)
			s.zigzag(int32(x))
			return
		}
		s.tag(double)
		s.double(x)
	case *big.Int:
		s.tag(bigint)
		s.bigint(x)
	default:
		s.refuse(v)
	}
}

// bigint writes sign, length in bytes, and 64-bit digits.
func (s *serializer) bigint(n *big.Int) {
	digits := (n.BitLen() + 63) / 64
	sign := uint64(0)
	if n.Sign() < 0 {
		sign = 1
	}
	s.varint(uint64(digits)*8<<1 | sign)
	buf := make([]byte, digits*8)
	n.FillBytes(buf)
	for i := len(buf) - 1; i >= 0; i-- {
		s.b = append(s.b, buf[i])
	}
}

// refuse throws what _getDataCloneError makes for a value that cannot be written.
func (s *serializer) refuse(v goja.Value) {
	s.fail(describe(v) + " could not be cloned.")
}

func (s *serializer) fail(message string) {
	make, ok := goja.AssertFunction(s.methodsOf().Get("_getDataCloneError"))
	if !ok {
		panic(s.vm.NewTypeError("serializer._getDataCloneError is not a function"))
	}
	err, e := make(s.methodsOf(), s.vm.ToValue(message))
	if e != nil {
		panic(e)
	}
	panic(s.vm.ToValue(err))
}

// describe is V8's way to name a value without running any of its code.
func describe(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		if sym, ok := v.(*goja.Symbol); ok {
			return "Symbol(" + sym.String() + ")"
		}
		return v.String()
	}
	kind := gojax.KindOf(o)
	if kind.IsFunction() {
		return o.String()
	}
	name := "Object"
	if kind != gojax.KindProxy {
		for p := o; p != nil; p = p.Prototype() {
			if c, ok := gojax.GetOwn(p, stringValue("constructor")); ok {
				if f, ok := c.Value.(*goja.Object); ok && gojax.KindOf(f).IsFunction() {
					if n, ok := gojax.GetOwn(f, stringValue("name")); ok && n.Value != nil && natives.IsString(n.Value) {
						name = n.Value.String()
					}
				}
				break
			}
		}
		if kind == gojax.KindGenerator {
			return "[object Generator]"
		}
		if view, ok := gojax.ViewOf(o); ok && view.Kind != gojax.ArrayBuffer {
			return "[object " + name + "]"
		}
	}
	return "#<" + name + ">"
}

// object writes an object, or a reference to it.
func (s *serializer) object(o *goja.Object) {
	if id, ok := s.ids[o]; ok {
		s.tag(tagReference)
		s.varint(id)
		return
	}
	if s.depth++; s.depth > maxDepth {
		panic(s.rangeError("Maximum call stack size exceeded"))
	}
	defer func() { s.depth-- }()
	kind := gojax.KindOf(o)
	if kind == gojax.KindTypedArray || kind == gojax.KindDataView {
		if s.hostViews {
			s.number(o)
			s.host(o)
			return
		}
		view, _ := gojax.ViewOf(o)
		s.object(view.Buffer) // its memory comes first
		s.number(o)
		s.view(o, view)
		return
	}
	s.number(o)
	if kind.IsFunction() {
		s.refuse(o)
	}
	switch kind {
	case gojax.KindOrdinary:
		if gojax.IsArguments(o) {
			s.refuse(o)
		}
		s.properties(o)
	case gojax.KindArray, gojax.KindSparseArray:
		s.array(o, kind)
	case gojax.KindDate:
		s.tag(tagDate)
		if ms, ok := gojax.DateValue(o); ok {
			s.double(float64(ms))
		} else {
			s.double(math.NaN())
		}
	case gojax.KindPrimitive, gojax.KindString:
		s.boxed(o)
	case gojax.KindRegExp:
		s.tag(tagRegExp)
		ascii, wide, _ := gojax.CodeUnits(o.Get("source"))
		s.string(ascii, wide)
		flags := uint64(0)
		for _, f := range o.Get("flags").String() {
			if i := strings.IndexRune(regexpFlags, f); i >= 0 {
				flags |= 1 << i
			}
		}
		s.varint(flags)
	case gojax.KindMap:
		s.collection(o, tagMap, tagMapEnd, true)
	case gojax.KindSet:
		s.collection(o, tagSet, tagSetEnd, false)
	case gojax.KindArrayBuffer:
		s.buffer(o)
	case gojax.KindError:
		s.error(o)
	default:
		s.refuse(o)
	}
}

func (s *serializer) number(o *goja.Object) {
	if s.ids == nil {
		s.ids = map[*goja.Object]uint64{}
	}
	s.ids[o] = uint64(len(s.ids))
}

// methodsOf is the object whose methods decide what V8 leaves open.
func (s *serializer) methodsOf() *goja.Object {
	if s.self == nil {
		v, err := s.makeDefault(goja.Undefined())
		if err != nil {
			panic(err)
		}
		s.self, _ = v.(*goja.Object)
	}
	return s.self
}

// host lets the program write an object.
func (s *serializer) host(o *goja.Object) {
	fn := s.methodsOf().Get("_writeHostObject")
	if fn == s.defaultHost {
		s.tag(tagHost)
		s.hostView(o)
		return
	}
	write, ok := goja.AssertFunction(fn)
	if !ok {
		s.refuse(o)
	}
	s.tag(tagHost)
	if _, err := write(s.methodsOf(), o); err != nil {
		panic(err)
	}
}

// hostView is DefaultSerializer's form of a view: its kind and its bytes.
func (s *serializer) hostView(o *goja.Object) {
	view, _ := gojax.ViewOf(o)
	i := s.viewIndex(o)
	if i < 0 {
		s.refuse(o)
	}
	s.varint(uint64(i))
	s.varint(uint64(len(view.Bytes)))
	s.raw(view.Bytes)
}

// viewIndex is Node's number for the kind of a view.
func (b *binding) viewIndex(o *goja.Object) int {
	if c := o.Get("constructor"); c != nil && c == b.bufferClass() {
		return bufferIndex
	}
	if gojax.KindOf(o) == gojax.KindDataView {
		return 9
	}
	name := b.typedTag(o)
	for i, t := range viewTypes {
		if t.name == name {
			return i
		}
	}
	return -1
}

func (s *serializer) view(o *goja.Object, view gojax.View) {
	s.tag(tagView)
	i := s.viewIndex(o)
	if i == bufferIndex {
		i = 1
	}
	if i < 0 || view.Detached {
		s.refuse(o)
	}
	s.tag(viewTypes[i].tag)
	s.varint(uint64(view.Offset))
	s.varint(uint64(len(view.Bytes)))
	s.varint(0) // neither length-tracking nor over a resizable buffer
}

func (s *serializer) buffer(o *goja.Object) {
	if id, ok := s.transfers[o]; ok {
		s.tag(tagTransfer)
		s.varint(id)
		return
	}
	if s.isShared(o) {
		s.shared(o)
		return
	}
	view, _ := gojax.ViewOf(o)
	if view.Detached {
		s.fail("An ArrayBuffer is detached and could not be cloned.")
	}
	if r := o.Get("resizable"); r != nil && r.ToBoolean() {
		s.tag(tagResizableBuffer)
		s.varint(uint64(len(view.Bytes)))
		s.varint(uint64(o.Get("maxByteLength").ToInteger()))
	} else {
		s.tag(tagBuffer)
		s.varint(uint64(len(view.Bytes)))
	}
	s.raw(view.Bytes)
}

// shared asks the program for the id of a SharedArrayBuffer.
func (s *serializer) shared(o *goja.Object) {
	get, ok := goja.AssertFunction(s.methodsOf().Get("_getSharedArrayBufferId"))
	if !ok {
		s.refuse(o)
	}
	id, err := get(s.methodsOf(), o)
	if err != nil {
		panic(err)
	}
	s.tag(tagShared)
	s.varint(uint64(uint32(id.ToInteger())))
}

func (s *serializer) boxed(o *goja.Object) {
	v := gojax.Primitive(o)
	if str, ok := v.(goja.String); ok {
		s.tag(tagStringObject)
		ascii, wide, _ := gojax.CodeUnits(str)
		s.string(ascii, wide)
		return
	}
	if v == nil {
		s.refuse(o)
	}
	if b, ok := v.Export().(bool); ok {
		if b {
			s.tag(tagTrueObject)
		} else {
			s.tag(tagFalseObject)
		}
		return
	}
	if _, ok := v.(*goja.Symbol); ok {
		s.refuse(o)
	}
	s.primitive(v, 0, tagNumberObject, tagBigIntObject)
}

func (s *serializer) collection(o *goja.Object, begin, end byte, pairs bool) {
	s.tag(begin)
	var items []goja.Value // V8, too, takes the entries before it writes them
	gojax.Entries(o, func(k, v goja.Value) bool {
		items = append(items, k)
		if pairs {
			items = append(items, v)
		}
		return true
	})
	for _, v := range items {
		s.value(v)
	}
	s.tag(end)
	s.varint(uint64(len(items)))
}

// properties writes the enumerable properties of an object.
func (s *serializer) properties(o *goja.Object) {
	s.tag(tagObject)
	n := 0
	if list, ok := gojax.Enumerable(o); ok {
		for _, p := range list {
			v := p.Value
			if p.Accessor || n > 0 && !same(o, p.Name, v) {
				if v = o.Get(p.Name); v == nil {
					continue // a getter has removed it
				}
			}
			s.key(p.Name)
			s.value(v)
			n++
		}
	} else {
		for _, k := range o.Keys() {
			v := o.Get(k)
			if v == nil {
				continue
			}
			s.key(k)
			s.value(v)
			n++
		}
	}
	s.tag(tagObjectEnd)
	s.varint(uint64(n))
}

// same reports whether a property that was read before others were written
// still has its value: their getters may have changed it.
func same(o *goja.Object, name string, v goja.Value) bool {
	p, ok := gojax.GetOwn(o, stringValue(name))
	return ok && p.Value == v
}

// key writes a property's name; array indexes are numbers.
func (s *serializer) key(k string) {
	if k != "" && k[0] >= '0' && k[0] <= '9' && len(k) <= 10 {
		if n, err := strconv.ParseUint(k, 10, 32); err == nil && n < math.MaxUint32 && strconv.FormatUint(n, 10) == k {
			if n <= math.MaxInt32 {
				s.tag(tagInt32)
				s.zigzag(int32(n))
			} else {
				s.tag(tagDouble)
				s.double(float64(n))
			}
			return
		}
	}
	ascii, wide, _ := gojax.CodeUnits(natives.String(s.vm, k))
	s.string(ascii, wide)
}

func (s *serializer) array(o *goja.Object, kind gojax.Kind) {
	elements, dense := gojax.Elements(o)
	length := o.Get("length").ToInteger()
	if dense && int64(len(elements)) == length {
		for _, v := range elements {
			if v == nil {
				dense = false
				break
			}
		}
	} else {
		dense = false
	}
	n := 0
	if !dense {
		s.tag(tagSparseArray)
		s.varint(uint64(length))
		for _, k := range o.Keys() {
			v := o.Get(k)
			if v == nil {
				continue
			}
			s.key(k)
			s.value(v)
			n++
		}
		s.tag(tagSparseEnd)
		s.varint(uint64(n))
		s.varint(uint64(length))
		return
	}
	s.tag(tagDenseArray)
	s.varint(uint64(length))
	for i := range elements {
		v := gojax.Get(o, s.vm.ToValue(i)) // a getter in an element may change the array
		s.value(v)
	}
	if gojax.HasNamedProperties(o) {
		for _, k := range o.Keys() {
			if c := k[:min(len(k), 1)]; c >= "0" && c <= "9" {
				if i, err := strconv.ParseInt(k, 10, 64); err == nil && i < length {
					continue
				}
			}
			v := o.Get(k)
			if v == nil {
				continue
			}
			s.key(k)
			s.value(v)
			n++
		}
	}
	s.tag(tagDenseEnd)
	s.varint(uint64(n))
	s.varint(uint64(length))
}

// error writes what V8 keeps of an error: its class, message, stack and cause.
func (s *serializer) error(o *goja.Object) {
	own := func(name string) (goja.Value, bool) {
		if _, ok := gojax.GetOwn(o, stringValue(name)); !ok {
			return nil, false
		}
		return o.Get(name), true
	}
	s.tag(tagError)
	if name := o.Get("name"); name != nil {
		if t, ok := errorTags[name.String()]; ok {
			s.tag(t)
		}
	}
	if v, ok := own("message"); ok {
		s.tag('m')
		s.text(v)
	}
	if v, ok := own("stack"); ok && natives.IsString(v) {
		s.tag('s')
		s.text(v)
	}
	if v, ok := own("cause"); ok {
		s.tag('c')
		s.value(v)
	}
	s.tag('.')
}

func (s *serializer) text(v goja.Value) {
	ascii, wide, _ := gojax.CodeUnits(v.ToString())
	s.string(ascii, wide)
}
