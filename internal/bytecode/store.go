package bytecode

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// magic begins a store; its number is the format's.
const magic = "gonode bytecode 1\n"

const (
	enginePath = "github.com/dop251/goja"
	typePrefix = "*goja."
)

// A Source is a program to store: the name and the text that it was compiled
// from, as the engine's file has them.
type Source struct {
	Name, Text string
	Program    *goja.Program
}

// Write returns a store of programs. version is the engine's. A program with
// async generators is left out: it must be compiled.
func Write(version string, sources []Source) ([]byte, error) {
	t, err := newTypes()
	if err != nil {
		return nil, err
	}
	var index, body []byte
	var errs []error
	stored := 0
	for _, s := range sources {
		e := newEncoder(t, s.Text)
		if err := e.program(s.Program); errors.Is(err, errForeign) {
			continue
		} else if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		if e.file == nil || e.file.Name() != s.Name || e.file.Source() != s.Text {
			errs = append(errs, fmt.Errorf("%s: the program has another source", s.Name))
			continue
		}
		data, err := e.finish()
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		stored++
		index = appendText(index, s.Name)
		index = binary.LittleEndian.AppendUint32(index, checksum(s.Text))
		index = binary.AppendUvarint(index, uint64(len(s.Text)))
		index = binary.AppendUvarint(index, uint64(len(data)))
		body = append(body, data...)
	}
	sample, err := t.sample()
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	out := appendText([]byte(magic), version)
	out = binary.LittleEndian.AppendUint32(out, sample)
	out = binary.LittleEndian.AppendUint32(out, t.sum)
	out = binary.AppendUvarint(out, uint64(len(t.list)))
	for _, d := range t.list {
		out = binary.AppendUvarint(out, uint64(d.iface))
		out = appendText(out, d.codec.typ.String())
	}
	out = binary.AppendUvarint(out, uint64(stored))
	out = append(out, index...)
	return append(out, body...), nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

func checksum(text string) uint32 {
	return crc32.Checksum(unsafe.Slice(unsafe.StringData(text), len(text)), castagnoli())
}

// sample compiles the sampler and returns the checksum of its stored form.
func (t *types) sample() (uint32, error) {
	p, err := goja.Compile("sampler", sampler, false)
	if err != nil {
		return 0, err
	}
	e := newEncoder(t, sampler)
	if err := e.program(p); err != nil {
		return 0, err
	}
	data, err := e.finish()
	return crc32.Checksum(data, castagnoli()), err
}

// A Store holds programs in their stored form. It may be used by several
// goroutines.
type Store struct {
	version     string
	sample, sum uint32
	names       []typeName
	entries     map[string]entry
	types       func() (*types, error)
}

type typeName struct {
	iface int
	name  string
}

type entry struct {
	sum    uint32
	length int
	data   string
}

// Open reads the index of what [Write] returned.
func Open(data string) (*Store, error) {
	if !strings.HasPrefix(data, magic) {
		return nil, fmt.Errorf("bytecode: not a store")
	}
	d := decoder{data: data, pos: len(magic)}
	s := &Store{version: d.bytes(d.int()), sample: d.fixed(), sum: d.fixed()}
	s.names = make([]typeName, d.int())
	for i := range s.names {
		s.names[i] = typeName{d.int(), d.bytes(d.int())}
	}
	type item struct {
		name string
		size int
		entry
	}
	items := make([]item, d.int())
	for i := range items {
		it := &items[i]
		it.name, it.sum, it.length, it.size = d.bytes(d.int()), d.fixed(), d.int(), d.int()
	}
	s.entries = make(map[string]entry, len(items))
	for _, it := range items {
		it.data = d.bytes(it.size)
		s.entries[it.name] = it.entry
	}
	s.types = sync.OnceValues(s.resolve)
	return s, nil
}

// resolve finds the store's types in this binary, and makes sure that its
// engine is the one that the programs were compiled by.
func (s *Store) resolve() (*types, error) {
	t, err := newTypes()
	if err != nil {
		return nil, err
	}
	found := make(map[string]reflect.Type, len(s.names))
	for _, n := range s.names {
		found[n.name] = nil
	}
	gojax.LinkedTypes(enginePath, typePrefix, found)
	for _, n := range s.names {
		rt := found[n.name]
		if rt == nil || n.iface >= len(t.ifaces) || !rt.Implements(t.ifaces[n.iface].typ) {
			return nil, fmt.Errorf("bytecode: there is no %s", n.name)
		}
		if _, err := t.add(n.iface, firstWord(t.ifaces[n.iface].typ, rt), rt); err != nil {
			return nil, err
		}
	}
	t.closed = true
	if t.sum != s.sum {
		return nil, fmt.Errorf("bytecode: the engine has other types")
	}
	if v := EngineVersion(); v != "" && v == s.version {
		return t, nil
	}
	// A test's binary does not say what it was built from.
	if sample, err := t.sample(); err != nil || sample != s.sample {
		return nil, fmt.Errorf("bytecode: the engine compiles otherwise")
	}
	return t, nil
}

// EngineVersion is the engine's version in this binary, as go.mod has it; ""
// if the binary does not say.
func EngineVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == enginePath && m.Replace == nil {
			return m.Version
		}
	}
	return ""
}

// Has reports whether the store has a program of that name.
func (s *Store) Has(name string) bool {
	_, ok := s.entries[name]
	return ok
}

// errNone is the answer for a module that has no program in the store, or one
// of another text.
var errNone = errors.New("bytecode: no program of that text")

// Program returns the program of that name, compiled from that text. There is
// an error where the store has none, or one of another text or engine: then the
// text must be compiled.
func (s *Store) Program(name, text string) (*goja.Program, error) {
	e, ok := s.entries[name]
	if !ok || e.length != len(text) || e.sum != checksum(text) {
		return nil, errNone
	}
	t, err := s.types()
	if err != nil {
		return nil, err
	}
	return decode(t, name, text, e.data)
}
