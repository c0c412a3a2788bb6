package bytecode

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// An encoder writes one program with all that it refers to.
type encoder struct {
	types *types
	text  string // the program's source
	out   []byte

	strings  map[string]int
	list     []string
	programs int
	instrs   int
	scalars  int
	mappings int
	slabs    map[*codec]int // things that are allocated together
	file     *file.File
}

func newEncoder(t *types, text string) *encoder {
	return &encoder{types: t, text: text, strings: map[string]int{}, slabs: map[*codec]int{}}
}

// finish returns the stored form: how much of everything there is, the
// strings, and the program.
func (e *encoder) finish() ([]byte, error) {
	var head []byte
	for _, n := range []int{len(e.list), e.programs, e.instrs, e.scalars, e.mappings} {
		head = binary.AppendUvarint(head, uint64(n))
	}
	slabs := []int{}
	for _, d := range e.types.list {
		if e.slabs[d.codec] > 0 {
			slabs = append(slabs, d.index)
		}
	}
	head = binary.AppendUvarint(head, uint64(len(slabs)))
	for _, i := range slabs {
		c := e.types.list[i].codec
		head = binary.AppendUvarint(head, uint64(i))
		head = binary.AppendUvarint(head, uint64(e.slabs[c]))
		delete(e.slabs, c) // two interfaces may have the type
	}
	for c := range e.slabs {
		return nil, fmt.Errorf("bytecode: a field is a %s", c.typ)
	}
	for _, s := range e.list {
		head = e.appendString(head, s)
	}
	return append(head, e.out...), nil
}

// wide tells the engine's form of a string in UTF-16.
func wide(s string) bool { return len(s) > 1 && s[:2] == "\xff\xfe" }

// appendString writes a string: where it stands in the source, or itself.
func (e *encoder) appendString(b []byte, s string) []byte {
	if len(s) > 0 && !wide(s) {
		if i := strings.Index(e.text, s); i >= 0 {
			b = binary.AppendUvarint(b, uint64(len(s))<<1|1)
			return binary.AppendUvarint(b, uint64(i))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(s))<<1)
	return append(b, s...)
}

func (e *encoder) uint(n uint64) { e.out = binary.AppendUvarint(e.out, n) }

func (e *encoder) string(s string) {
	i, ok := e.strings[s]
	if !ok {
		i = len(e.list)
		e.strings[s] = i
		e.list = append(e.list, s)
	}
	e.uint(uint64(i))
}

func (e *encoder) program(p *goja.Program) error {
	l := &e.types.program
	base := unsafe.Pointer(p)
	f := *(**file.File)(unsafe.Add(base, l.src))
	if e.file == nil {
		e.file = f
	}
	if f != e.file {
		return fmt.Errorf("bytecode: functions of one program lie in two files")
	}
	e.programs++
	e.string(*(*string)(unsafe.Add(base, l.name)))
	srcMap := *(*[]mapping)(unsafe.Add(base, l.srcMap))
	e.uint(uint64(len(srcMap)))
	e.mappings += len(srcMap)
	var last mapping
	for _, m := range srcMap {
		e.uint(zigzag(int64(m.pc - last.pc)))
		e.uint(zigzag(int64(m.pos - last.pos)))
		last = m
	}
	code := (*sliceHeader)(unsafe.Add(base, l.code))
	e.uint(uint64(code.len))
	e.instrs += code.len
	for i := range code.len {
		if err := e.value(l.instr, unsafe.Add(code.data, uintptr(i)*l.instr.size)); err != nil {
			return err
		}
	}
	return nil
}

// value writes what lies at p.
func (e *encoder) value(c *codec, p unsafe.Pointer) error {
	switch c.kind {
	case kindScalar:
		e.uint(loadScalar(c, p))
	case kindString:
		e.string(*(*string)(p))
	case kindStruct:
		for _, f := range c.fields {
			if err := e.value(f.codec, unsafe.Add(p, f.offset)); err != nil {
				return err
			}
		}
	case kindSlice:
		s := (*sliceHeader)(p)
		if s.data == nil {
			e.uint(0)
			return nil
		}
		e.uint(uint64(s.len) + 1)
		for i := range s.len {
			if err := e.value(c.elem, unsafe.Add(s.data, uintptr(i)*c.elem.size)); err != nil {
				return err
			}
		}
	case kindPointer:
		target := *(*unsafe.Pointer)(p)
		if target == nil {
			return fmt.Errorf("bytecode: a %s is nil", c.typ)
		}
		e.slabs[c]++
		return e.value(c.elem, target)
	case kindInterface:
		return e.iface(c, p)
	case kindNames:
		names := *(*map[unistring.String]uint32)(p)
		if names == nil {
			e.uint(0)
			return nil
		}
		e.uint(uint64(len(names)) + 1)
		keys := make([]string, 0, len(names))
		for k := range names {
			keys = append(keys, string(k))
		}
		slices.Sort(keys)
		for _, k := range keys {
			e.string(k)
			e.uint(uint64(names[unistring.String(k)]))
		}
	case kindProgram:
		inner := *(**goja.Program)(p)
		if inner == nil {
			e.uint(0)
			return nil
		}
		e.uint(1)
		return e.program(inner)
	case kindPattern:
		src, flags := gojax.PatternText(*(*unsafe.Pointer)(p))
		e.string(src)
		e.string(flags)
	default:
		return fmt.Errorf("bytecode: no way to store a %s there", c.typ)
	}
	return nil
}

// iface writes an interface: the number of its type counts from 1, 0 is nil.
func (e *encoder) iface(c *codec, p unsafe.Pointer) error {
	words := (*[2]unsafe.Pointer)(p)
	if words[0] == nil {
		e.uint(0)
		return nil
	}
	d := e.types.dynamics[uintptr(words[0])]
	if d == nil {
		var err error
		if d, err = e.types.dynamic(uintptr(words[0]), reflect.NewAt(c.typ, p).Elem()); err != nil {
			return err
		}
	}
	e.uint(uint64(d.index) + 1)
	switch d.codec.kind {
	case kindPointer:
		return e.value(d.codec, unsafe.Pointer(&words[1]))
	case kindScalar:
		e.scalars++
	case kindStruct:
		if d.codec.size > 0 {
			e.slabs[d.codec]++
		}
	}
	return e.value(d.codec, words[1])
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func zigzag(n int64) uint64 { return uint64(n<<1) ^ uint64(n>>63) }

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

func loadScalar(c *codec, p unsafe.Pointer) uint64 {
	var n uint64
	switch c.size {
	case 1:
		n = uint64(*(*uint8)(p))
		if c.signed {
			return zigzag(int64(int8(n)))
		}
	case 2:
		n = uint64(*(*uint16)(p))
		if c.signed {
			return zigzag(int64(int16(n)))
		}
	case 4:
		n = uint64(*(*uint32)(p))
		if c.signed {
			return zigzag(int64(int32(n)))
		}
	default:
		n = *(*uint64)(p)
		if c.signed {
			return zigzag(int64(n))
		}
	}
	return n
}

func storeScalar(c *codec, p unsafe.Pointer, n uint64) {
	if c.signed {
		n = uint64(unzigzag(n))
	}
	switch c.size {
	case 1:
		*(*uint8)(p) = uint8(n)
	case 2:
		*(*uint16)(p) = uint16(n)
	case 4:
		*(*uint32)(p) = uint32(n)
	default:
		*(*uint64)(p) = n
	}
}
