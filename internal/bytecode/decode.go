package bytecode

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// A decoder reads one program. What a program is made of is allocated in
// bulk, as its parts live as long as it does.
type decoder struct {
	types *types
	text  string
	data  string
	pos   int
	file  *file.File

	strings  []string
	programs []goja.Program
	scalars  []uint64
	mappings []mapping
	instrs   slab
	slabs    map[*codec]*slab
}

// A slab is memory for many things of one type. It is handed out by number: a
// pointer behind the last would be one into another object.
type slab struct {
	data unsafe.Pointer
	used uintptr
}

func newSlab(t reflect.Type, n int) slab {
	return slab{data: reflect.MakeSlice(t, n, n).UnsafePointer()}
}

// take returns memory for n things of a size; nil for none.
func (s *slab) take(n int, size uintptr) unsafe.Pointer {
	if n == 0 {
		return nil
	}
	p := unsafe.Add(s.data, s.used)
	s.used += uintptr(n) * size
	return p
}

// decode reads the stored form of a program whose source is text.
func decode(t *types, name, text, data string) (p *goja.Program, err error) {
	defer func() {
		if x := recover(); x != nil {
			p, err = nil, fmt.Errorf("bytecode: %v", x)
		}
	}()
	d := &decoder{types: t, text: text, data: data, file: file.NewFile(name, text, 1)}
	d.strings = make([]string, d.int())
	d.programs = make([]goja.Program, d.int())
	d.instrs = newSlab(t.program.codeSlice, d.int())
	d.scalars = make([]uint64, d.int())
	d.mappings = make([]mapping, d.int())
	n := d.int()
	d.slabs = make(map[*codec]*slab, n)
	for range n {
		c := t.list[d.int()].codec
		s := newSlab(c.slice, d.int())
		d.slabs[c] = &s
	}
	for i := range d.strings {
		d.strings[i] = d.string()
	}
	return d.program(), nil
}

func (d *decoder) uint() uint64 {
	c := d.data[d.pos]
	d.pos++
	if c < 0x80 {
		return uint64(c)
	}
	n := uint64(c & 0x7f)
	for shift := 7; ; shift += 7 {
		c = d.data[d.pos]
		d.pos++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
}

func (d *decoder) int() int { return int(d.uint()) }

func (d *decoder) bytes(n int) string {
	s := d.data[d.pos : d.pos+n]
	d.pos += n
	return s
}

func (d *decoder) fixed() uint32 {
	s := d.bytes(4)
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (d *decoder) string() string {
	n := d.int()
	if n&1 == 1 {
		at := d.int()
		return d.text[at : at+n>>1]
	}
	n >>= 1
	s := d.bytes(n)
	if wide(s) {
		// The engine reads these as UTF-16, which wants to be aligned.
		aligned := make([]uint16, (n+1)/2)
		b := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(aligned))), n)
		copy(b, s)
		return unsafe.String(unsafe.SliceData(b), n)
	}
	return s
}

func (d *decoder) program() *goja.Program {
	l := &d.types.program
	p := &d.programs[0]
	d.programs = d.programs[1:]
	base := unsafe.Pointer(p)
	*(*string)(unsafe.Add(base, l.name)) = d.strings[d.int()]
	*(**file.File)(unsafe.Add(base, l.src)) = d.file
	n := d.int()
	srcMap := d.mappings[:n:n]
	d.mappings = d.mappings[n:]
	var last mapping
	for i := range srcMap {
		last.pc += int(unzigzag(d.uint()))
		last.pos += int(unzigzag(d.uint()))
		srcMap[i] = last
	}
	*(*[]mapping)(unsafe.Add(base, l.srcMap)) = srcMap
	n = d.int()
	code := (*sliceHeader)(unsafe.Add(base, l.code))
	code.data, code.len, code.cap = d.instrs.take(n, l.instr.size), n, n
	for i := range n {
		d.iface(unsafe.Add(code.data, uintptr(i)*l.instr.size))
	}
	return p
}

// value reads into p, which is zero.
func (d *decoder) value(c *codec, p unsafe.Pointer) {
	switch c.kind {
	case kindScalar:
		storeScalar(c, p, d.uint())
	case kindString:
		*(*string)(p) = d.strings[d.int()]
	case kindStruct:
		for i := range c.fields {
			f := &c.fields[i]
			d.value(f.codec, unsafe.Add(p, f.offset))
		}
	case kindSlice:
		n := d.int()
		if n == 0 {
			return
		}
		n--
		data := reflect.MakeSlice(c.typ, n, n).UnsafePointer()
		s := (*sliceHeader)(p)
		s.data, s.len, s.cap = data, n, n
		for i := range n {
			d.value(c.elem, unsafe.Add(data, uintptr(i)*c.elem.size))
		}
	case kindPointer:
		target := d.slabs[c].take(1, c.elem.size)
		*(*unsafe.Pointer)(p) = target
		d.value(c.elem, target)
	case kindInterface:
		d.iface(p)
	case kindNames:
		n := d.int()
		if n == 0 {
			return
		}
		names := make(map[unistring.String]uint32, n-1)
		for range n - 1 {
			k := d.strings[d.int()]
			names[unistring.String(k)] = uint32(d.uint())
		}
		*(*map[unistring.String]uint32)(p) = names
	case kindProgram:
		if d.int() != 0 {
			*(**goja.Program)(p) = d.program()
		}
	case kindPattern:
		src, flags := d.strings[d.int()], d.strings[d.int()]
		pattern, err := gojax.StoredPattern(src, flags)
		if err != nil {
			panic(err)
		}
		*(*unsafe.Pointer)(p) = pattern
	default:
		panic("unreadable " + c.typ.String())
	}
}

// nothing is what interfaces of empty types point to.
var nothing [0]uint64

func (d *decoder) iface(p unsafe.Pointer) {
	n := d.int()
	if n == 0 {
		return
	}
	t := d.types.list[n-1]
	words := (*[2]unsafe.Pointer)(p)
	*(*uintptr)(p) = t.word
	c := t.codec
	switch c.kind {
	case kindStruct:
		if c.size == 0 {
			words[1] = unsafe.Pointer(&nothing)
			return
		}
		words[1] = d.slabs[c].take(1, c.size)
		d.value(c, words[1])
	case kindString:
		words[1] = unsafe.Pointer(&d.strings[d.int()])
	case kindScalar:
		slot := unsafe.Pointer(&d.scalars[0])
		d.scalars = d.scalars[1:]
		storeScalar(c, slot, d.uint())
		words[1] = slot
	case kindPointer:
		d.value(c, unsafe.Pointer(&words[1]))
	case kindSlice:
		header := new(sliceHeader)
		d.value(c, unsafe.Pointer(header))
		words[1] = unsafe.Pointer(header)
	}
}
