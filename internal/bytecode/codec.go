package bytecode

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// A kind says how a value is written.
type kind uint8

const (
	kindScalar    kind = iota // integers, booleans and floats, by their bits
	kindString                // a number in the table of strings
	kindStruct                // its fields, one after the other
	kindSlice                 // length, elements
	kindPointer               // to memory of its own, never nil
	kindInterface             // type's number, value
	kindNames                 // map[unistring.String]uint32
	kindProgram               // *goja.Program
	kindFile                  // *file.File, always that of the whole program
	kindPattern               // a compiled regular expression, by its source and flags
)

// A codec is how values of one type are written and read.
type codec struct {
	kind   kind
	typ    reflect.Type
	size   uintptr
	signed bool
	elem   *codec       // of a slice or pointer
	slice  reflect.Type // what is allocated for many pointers, or interfaces that hold a structure
	fields []fieldCodec
}

type fieldCodec struct {
	offset uintptr
	*codec
}

// A dynamic is a type as the value of an interface. Interfaces of two types
// with the same dynamic type are told apart: their first words differ.
type dynamic struct {
	iface int     // the interface's type, as a number of types.ifaces
	word  uintptr // the interface's first word; it points to memory that is never freed or moved
	codec *codec
	index int
}

// programLayout is where a program keeps what.
type programLayout struct {
	code, name, src, srcMap uintptr
	instr                   *codec
	codeSlice               reflect.Type
}

// types are the types of an engine's programs.
type types struct {
	codecs   map[reflect.Type]*codec
	program  programLayout
	ifaces   []*codec // the types of interfaces in programs
	dynamics map[uintptr]*dynamic
	list     []*dynamic
	closed   bool   // all types are known
	sum      uint32 // of the names of all types and fields
}

func (t *types) note(s string) {
	for i := range len(s) {
		t.sum = (t.sum ^ uint32(s[i])) * 16777619 // FNV-1a
	}
}

func newTypes() (*types, error) {
	t := &types{codecs: map[reflect.Type]*codec{}, dynamics: map[uintptr]*dynamic{}}
	pt := reflect.TypeFor[goja.Program]()
	if pt.NumField() != 4 {
		return nil, fmt.Errorf("bytecode: %s has %d fields", pt, pt.NumField())
	}
	field := func(name string, k reflect.Kind) reflect.StructField {
		f, _ := pt.FieldByName(name)
		if f.Type != nil && f.Type.Kind() != k {
			f.Type = nil
		}
		return f
	}
	code, name, src, srcMap := field("code", reflect.Slice), field("funcName", reflect.String),
		field("src", reflect.Pointer), field("srcMap", reflect.Slice)
	if code.Type == nil || name.Type == nil || src.Type == nil || srcMap.Type == nil || src.Type != reflect.TypeFor[*file.File]() {
		return nil, fmt.Errorf("bytecode: %s has other fields", pt)
	}
	item := srcMap.Type.Elem()
	if item.Kind() != reflect.Struct || item.NumField() != 2 || item.Field(0).Name != "pc" || item.Field(1).Name != "srcPos" ||
		item.Size() != reflect.TypeFor[mapping]().Size() {
		return nil, fmt.Errorf("bytecode: positions are %s", item)
	}
	instr, err := t.codec(code.Type.Elem())
	if err != nil {
		return nil, err
	}
	t.program = programLayout{code.Offset, name.Offset, src.Offset, srcMap.Offset, instr, code.Type}
	for _, rt := range []reflect.Type{reflect.TypeFor[goja.Value](), reflect.TypeFor[goja.String]()} {
		if _, err := t.codec(rt); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// mapping is one item of a program's table of positions.
type mapping struct{ pc, pos int }

// codec returns how values of type rt are written.
func (t *types) codec(rt reflect.Type) (*codec, error) {
	if c := t.codecs[rt]; c != nil {
		return c, nil
	}
	c := &codec{typ: rt, size: rt.Size()}
	t.codecs[rt] = c
	t.note(rt.String())
	switch rt.Kind() {
	case reflect.Bool, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint, reflect.Float64:
		c.kind = kindScalar
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		c.kind, c.signed = kindScalar, true
	case reflect.String:
		c.kind = kindString
	case reflect.Interface:
		c.kind = kindInterface
		t.ifaces = append(t.ifaces, c)
	case reflect.Map:
		if rt != reflect.TypeFor[map[unistring.String]uint32]() {
			return nil, fmt.Errorf("bytecode: no way to store a %s", rt)
		}
		c.kind = kindNames
	case reflect.Slice:
		c.kind = kindSlice
		elem, err := t.codec(rt.Elem())
		if err != nil {
			return nil, err
		}
		c.elem = elem
	case reflect.Struct:
		c.kind = kindStruct
		for i := range rt.NumField() {
			f := rt.Field(i)
			t.note(f.Name)
			fc, err := t.codec(f.Type)
			if err != nil {
				return nil, err
			}
			c.fields = append(c.fields, fieldCodec{f.Offset, fc})
		}
	case reflect.Pointer:
		switch {
		case rt == reflect.TypeFor[*goja.Program]():
			c.kind = kindProgram
		case rt == reflect.TypeFor[*file.File]():
			c.kind = kindFile
		case rt.Elem().Name() == "regexpPattern":
			c.kind = kindPattern
		default:
			c.kind = kindPointer
			elem, err := t.codec(rt.Elem())
			if err != nil {
				return nil, err
			}
			c.elem, c.slice = elem, reflect.SliceOf(rt.Elem())
		}
	default:
		return nil, fmt.Errorf("bytecode: no way to store a %s", rt)
	}
	return c, nil
}

// pointerShaped tells the structures that an interface holds directly.
func pointerShaped(rt reflect.Type) bool {
	if rt.Kind() == reflect.Struct && rt.NumField() == 1 {
		return pointerShaped(rt.Field(0).Type)
	}
	return rt.Kind() == reflect.Pointer || rt.Kind() == reflect.Map
}

// dynamic returns what an interface holds, by its first word. v is the interface.
func (t *types) dynamic(word uintptr, v reflect.Value) (*dynamic, error) {
	if d := t.dynamics[word]; d != nil {
		return d, nil
	}
	rt := v.Elem().Type()
	if t.closed {
		return nil, fmt.Errorf("bytecode: there is no %s in a %s", rt, v.Type())
	}
	if word != firstWord(v.Type(), rt) {
		return nil, fmt.Errorf("%w: a %s in a %s", errForeign, rt, v.Type())
	}
	for i, c := range t.ifaces {
		if c.typ == v.Type() {
			return t.add(i, word, rt)
		}
	}
	return nil, fmt.Errorf("bytecode: interfaces of type %s are not known", v.Type())
}

// errForeign is for programs that internal/gojax has given instructions of its
// own, which are the engine's with other methods.
var errForeign = errors.New("bytecode: not an instruction of the engine")

// firstWord is the first word of an interface that holds a value of type rt.
func firstWord(iface, rt reflect.Type) uintptr {
	v := reflect.New(iface)
	v.Elem().Set(reflect.Zero(rt))
	return *(*uintptr)(v.UnsafePointer())
}

func (t *types) add(iface int, word uintptr, rt reflect.Type) (*dynamic, error) {
	c, err := t.codec(rt)
	if err != nil {
		return nil, err
	}
	switch {
	case c.kind == kindPointer, c.kind == kindScalar, c.kind == kindString, c.kind == kindSlice:
	case c.kind == kindStruct && c.size == 0:
	case c.kind == kindStruct && !pointerShaped(rt):
		c.slice = reflect.SliceOf(rt)
	default:
		return nil, fmt.Errorf("bytecode: no way to store a %s in an interface", rt)
	}
	d := &dynamic{iface: iface, word: word, codec: c, index: len(t.list)}
	t.dynamics[word] = d
	t.list = append(t.list, d)
	return d, nil
}
