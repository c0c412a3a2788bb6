package v8

import (
	"encoding/binary"
	"math/big"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

// deserializer is a v8.Deserializer.
type deserializer struct {
	*binding
	reader
	self      *goja.Object
	version   uint32
	objects   []*goja.Object
	transfers map[uint32]*goja.Object
	depth     int
}

// broken ends the reading of malformed data.
type broken struct{}

func (d *deserializer) must(ok bool) {
	if !ok {
		panic(broken{})
	}
}

// whole reads one value, or throws Node's error.
func (d *deserializer) whole() (v goja.Value) {
	defer func() {
		if x := recover(); x != nil {
			if _, ok := x.(broken); !ok {
				panic(x)
			}
			panic(d.plainError("Unable to deserialize cloned data."))
		}
	}()
	d.depth = 0
	return d.value()
}

func (d *deserializer) value() goja.Value {
	t, ok := d.tag()
	d.must(ok)
	if t == tagVerifyCount {
		_, ok := d.uint32()
		d.must(ok)
		t, ok = d.tag()
		d.must(ok)
	}
	v := d.tagged(t)
	// A view follows its buffer.
	if o, ok := v.(*goja.Object); ok && d.peek() == tagView && gojax.KindOf(o) == gojax.KindArrayBuffer {
		_, _ = d.tag()
		return d.view(o)
	}
	return v
}

func (d *deserializer) tagged(t byte) goja.Value {
	switch t {
	case tagUndefined:
		return goja.Undefined()
	case tagNull:
		return goja.Null()
	case tagTrue, tagFalse:
		return d.vm.ToValue(t == tagTrue)
	case tagInt32:
		n, ok := d.zigzag()
		d.must(ok)
		return d.vm.ToValue(n)
	case tagUint32:
		n, ok := d.uint32()
		d.must(ok)
		return d.vm.ToValue(n)
	case tagDouble:
		return d.vm.ToValue(d.float())
	case tagBigInt:
		return d.vm.ToValue(d.bigint())
	case tagUtf8, tagOneByte, tagTwoByte:
		return d.str(t)
	case tagReference:
		id, ok := d.uint32()
		d.must(ok && int(id) < len(d.objects) && d.objects[id] != nil)
		return d.objects[id]
	}
	if d.depth++; d.depth > maxDepth {
		panic(broken{})
	}
	defer func() { d.depth-- }()
	return d.object(t)
}

func (d *deserializer) float() float64 {
	f, ok := d.double()
	d.must(ok)
	return f
}

func (d *deserializer) bigint() *big.Int {
	field, ok := d.uint32()
	d.must(ok)
	b, ok := d.raw(int(field >> 1))
	d.must(ok)
	be := make([]byte, len(b))
	for i, c := range b {
		be[len(b)-1-i] = c
	}
	n := new(big.Int).SetBytes(be)
	if field&1 != 0 {
		n.Neg(n)
	}
	return n
}

// str reads a string whose tag has been read.
func (d *deserializer) str(t byte) goja.Value {
	n, ok := d.uint32()
	d.must(ok)
	b, ok := d.raw(int(n))
	d.must(ok)
	switch t {
	case tagUtf8:
		return natives.String(d.vm, natives.DecodeUTF8(b))
	case tagOneByte:
		for _, c := range b {
			if c >= 0x80 {
				units := make([]uint16, len(b))
				for i, c := range b {
					units[i] = uint16(c)
				}
				return goja.StringFromUTF16(units)
			}
		}
		return d.vm.ToValue(string(b))
	case tagTwoByte:
		d.must(n&1 == 0)
		units := make([]uint16, n/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
		return goja.StringFromUTF16(units)
	}
	panic(broken{})
}

// text reads a string with its tag.
func (d *deserializer) text() goja.Value {
	t, ok := d.tag()
	d.must(ok)
	return d.str(t)
}

// reserve gives the next object its number before its parts are read.
func (d *deserializer) reserve(o *goja.Object) int {
	d.objects = append(d.objects, o)
	return len(d.objects) - 1
}

func (d *deserializer) object(t byte) goja.Value {
	switch t {
	case tagObject:
		o := d.vm.NewObject()
		d.reserve(o)
		n := d.properties(o, tagObjectEnd)
		want, ok := d.uint32()
		d.must(ok && want == n)
		return o
	case tagDenseArray:
		return d.dense()
	case tagSparseArray:
		return d.sparse()
	case tagDate:
		return d.made(d.construct("Date", d.vm.ToValue(d.float())))
	case tagTrueObject, tagFalseObject:
		return d.made(d.vm.ToValue(t == tagTrueObject).ToObject(d.vm))
	case tagNumberObject:
		return d.made(d.vm.ToValue(d.float()).ToObject(d.vm))
	case tagBigIntObject:
		return d.made(d.vm.ToValue(d.bigint()).ToObject(d.vm))
	case tagStringObject:
		return d.made(d.text().ToObject(d.vm))
	case tagRegExp:
		return d.regexp()
	case tagMap:
		return d.collection("Map", "set", tagMapEnd, 2)
	case tagSet:
		return d.collection("Set", "add", tagSetEnd, 1)
	case tagBuffer, tagResizableBuffer:
		return d.buffer(t == tagResizableBuffer)
	case tagTransfer:
		id, ok := d.uint32()
		d.must(ok && d.transfers[id] != nil)
		return d.made(d.transfers[id])
	case tagShared:
		id, ok := d.uint32()
		d.must(ok)
		if o := d.transfers[id]; o != nil {
			return d.made(o)
		}
		return d.delegate("_getSharedArrayBufferFromId", d.vm.ToValue(id))
	case tagError:
		return d.error()
	case tagHost:
		id := d.reserve(nil)
		v := d.host()
		if o, ok := v.(*goja.Object); ok {
			d.objects[id] = o
		}
		return v
	}
	panic(broken{})
}

func (d *deserializer) made(o *goja.Object) *goja.Object {
	d.reserve(o)
	return o
}

func (d *deserializer) delegate(name string, args ...goja.Value) goja.Value {
	fn, ok := goja.AssertFunction(d.self.Get(name))
	d.must(ok)
	v, err := fn(d.self, args...)
	if err != nil {
		panic(err)
	}
	return v
}

// host reads what the program has written itself.
func (d *deserializer) host() goja.Value {
	if d.self.Get("_readHostObject") != d.defaultReadHost {
		v := d.delegate("_readHostObject")
		_, ok := v.(*goja.Object)
		d.must(ok)
		return v
	}
	i, ok := d.uint32()
	d.must(ok && int(i) < len(viewTypes))
	n, ok := d.uint32()
	d.must(ok)
	at := d.pos
	b, ok := d.raw(int(n))
	d.must(ok)
	return d.hostView(int(i), b, at)
}

// hostView makes a view on the input itself, or on a copy where the elements
// would not be aligned.
func (d *deserializer) hostView(i int, b []byte, at int) goja.Value {
	elem := d.elementSize(i)
	d.must(len(b)%elem == 0)
	input, _ := gojax.ViewOf(d.self.Get("buffer"))
	if input.Buffer != nil && (input.Offset+at)%elem == 0 {
		args := []goja.Value{input.Buffer, d.vm.ToValue(input.Offset + at), d.vm.ToValue(len(b) / elem)}
		if i == bufferIndex {
			return d.newBuffer(args...)
		}
		return d.construct(viewTypes[i].name, args...)
	}
	copied := d.vm.ToValue(d.vm.NewArrayBuffer(append([]byte(nil), b...)))
	return d.construct(viewTypes[i].name, copied)
}

// properties reads keys and values up to the end tag.
func (d *deserializer) properties(o *goja.Object, end byte) (n uint32) {
	for {
		if d.peek() == end {
			_, _ = d.tag()
			return n
		}
		key := d.value()
		d.must(natives.IsString(key) || goja.IsNumber(key))
		d.define(o, key, d.value())
		n++
	}
}

// define is CreateDataProperty.
func (d *deserializer) define(o *goja.Object, key, v goja.Value) {
	if gojax.KindOf(o) == gojax.KindOrdinary || goja.IsNumber(key) {
		if name := key.String(); name != "__proto__" {
			_ = o.Set(name, v)
			return
		}
	}
	_ = o.DefineDataProperty(key.String(), v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

func (d *deserializer) dense() goja.Value {
	n, ok := d.uint32()
	d.must(ok && int(n) <= d.left()) // each element takes a byte at least
	arr := d.vm.NewArray(make([]any, n)...)
	d.reserve(arr)
	var holes []int
	for i := range int(n) {
		if d.peek() == tagHole {
			_, _ = d.tag()
			holes = append(holes, i)
			continue
		}
		v := d.value()
		if elements, ok := gojax.Elements(arr); ok && i < len(elements) {
			elements[i] = v
		} else {
			d.define(arr, d.vm.ToValue(i), v)
		}
	}
	for _, i := range holes {
		_ = arr.Delete(strconv.Itoa(i))
	}
	count := d.properties(arr, tagDenseEnd)
	d.end(count, n)
	return arr
}

// end reads the two numbers behind an array.
func (d *deserializer) end(count, length uint32) {
	c, ok := d.uint32()
	d.must(ok && c == count)
	l, ok := d.uint32()
	d.must(ok && l == length)
}

func (d *deserializer) sparse() goja.Value {
	n, ok := d.uint32()
	d.must(ok)
	arr := d.vm.NewArray()
	d.reserve(arr)
	d.must(arr.Set("length", n) == nil)
	d.end(d.properties(arr, tagSparseEnd), n)
	return arr
}

func (d *deserializer) regexp() goja.Value {
	id := d.reserve(nil)
	source := d.text()
	bits, ok := d.uint32()
	d.must(ok && bits < 1<<len(regexpFlags) && bits&(1<<6) == 0)
	flags := ""
	for i, f := range regexpFlags {
		if bits&(1<<i) != 0 {
			flags += string(f)
		}
	}
	var o *goja.Object
	if ex := d.vm.Try(func() { o = d.construct("RegExp", source, d.vm.ToValue(flags)) }); ex != nil {
		panic(broken{})
	}
	d.objects[id] = o
	return o
}

func (d *deserializer) collection(class, method string, end byte, width uint32) goja.Value {
	o := d.construct(class)
	d.reserve(o)
	add := d.method(class, method)
	n := uint32(0)
	for d.peek() != end {
		args := [2]goja.Value{d.value()}
		if width == 2 {
			args[1] = d.value()
		}
		if _, err := add(o, args[:width]...); err != nil {
			panic(err)
		}
		n += width
	}
	_, _ = d.tag()
	want, ok := d.uint32()
	d.must(ok && want == n)
	return o
}

func (d *deserializer) buffer(resizable bool) goja.Value {
	id := d.reserve(nil)
	n, ok := d.uint32()
	d.must(ok)
	limit := n
	if resizable {
		limit, ok = d.uint32()
		d.must(ok && n <= limit)
	}
	b, ok := d.raw(int(n))
	d.must(ok)
	var o *goja.Object
	if resizable {
		opts := d.vm.NewObject()
		_ = opts.Set("maxByteLength", limit)
		if ex := d.vm.Try(func() { o = d.construct("ArrayBuffer", d.vm.ToValue(n), opts) }); ex != nil {
			panic(broken{})
		}
		view, _ := gojax.ViewOf(o)
		copy(view.Bytes, b)
	} else {
		o = d.vm.ToValue(d.vm.NewArrayBuffer(append([]byte(nil), b...))).(*goja.Object)
	}
	d.objects[id] = o
	return o
}

func (d *deserializer) view(buffer *goja.Object) goja.Value {
	t, ok := d.byte()
	d.must(ok)
	offset, ok := d.uint32()
	d.must(ok)
	length, ok := d.uint32()
	d.must(ok)
	if d.version >= 14 {
		_, ok = d.uint32()
		d.must(ok)
	}
	memory, _ := gojax.ViewOf(buffer)
	size := uint64(len(memory.Bytes))
	d.must(uint64(offset) <= size && uint64(length) <= size-uint64(offset))
	for i, v := range viewTypes {
		if v.tag != t || v.tag == 0 {
			continue
		}
		elem := d.elementSize(i)
		d.must(int(offset)%elem == 0 && int(length)%elem == 0)
		return d.made(d.construct(v.name, buffer, d.vm.ToValue(offset), d.vm.ToValue(int(length)/elem)))
	}
	panic(broken{})
}

func (d *deserializer) error() goja.Value {
	id := d.reserve(nil)
	class := "Error"
	var message, stack, cause goja.Value
	for {
		t, ok := d.byte()
		d.must(ok)
		switch t {
		case 'm':
			message = d.text()
			continue
		case 's':
			stack = d.text()
			continue
		case 'c':
			cause = d.value()
			continue
		case '.':
		default:
			found := false
			for name, tag := range errorTags {
				if tag == t {
					class, found = name, true
				}
			}
			d.must(found)
			continue
		}
		break
	}
	var args []goja.Value
	if message != nil {
		args = append(args, message)
	}
	o := d.construct(class, args...)
	d.objects[id] = o
	hidden := func(name string, v goja.Value) {
		_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	if stack != nil {
		hidden("stack", stack)
	}
	if cause != nil {
		hidden("cause", cause)
	}
	return o
}

// header reads the version; false if it is none that can be read.
func (d *deserializer) header() bool {
	if d.left() > 0 && d.reader.b[d.pos] == tagVersion {
		d.pos++
		v, ok := d.uint32()
		if ok && v <= wireVersion && v >= oldestVersion {
			d.version = v
			return true
		}
	}
	return false
}

// elementSize is the bytes of an element of a kind of view.
func (b *binding) elementSize(i int) int {
	switch viewTypes[i].tag {
	case 'w', 'W', 'h':
		return 2
	case 'd', 'D', 'f':
		return 4
	case 'F', 'q', 'Q':
		return 8
	}
	return 1
}
