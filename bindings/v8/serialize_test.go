package v8

import (
	"bytes"
	"encoding/hex"
	"math"
	"testing"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

func newBinding(t testing.TB) *binding {
	vm := goja.New()
	inside, err := gojax.New(vm)
	if err != nil {
		t.Fatal(err)
	}
	return &binding{vm: vm, inside: inside, ctors: map[string]*goja.Object{}, methods: map[string]goja.Callable{}}
}

func TestWriter(t *testing.T) {
	for want, write := range map[string]func(*writer){
		"00":                 func(w *writer) { w.zigzag(0) },
		"01":                 func(w *writer) { w.zigzag(-1) },
		"ffffffff0f":         func(w *writer) { w.zigzag(math.MinInt32) },
		"ac02":               func(w *writer) { w.varint(300) },
		"000000000000f87f":   func(w *writer) { w.double(math.NaN()) },
		"2202e961":           func(w *writer) { w.string("", []uint16{0xE9, 'a'}) },
		"6302ac20":           func(w *writer) { w.string("", []uint16{0x20AC}) },
		"54006302ac20":       func(w *writer) { w.tag(tagTrue); w.string("", []uint16{0x20AC}) },
		"2200":               func(w *writer) { w.string("", nil) },
		"000000000000000080": func(w *writer) { w.tag(0); w.double(math.Copysign(0, -1)) },
	} {
		var w writer
		write(&w)
		if got := hex.EncodeToString(w.b); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestVarintDropsExcess(t *testing.T) {
	r := reader{b: []byte{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 7}}
	if n, ok := r.uint32(); !ok || n != math.MaxUint32 || r.b[r.pos] != 7 {
		t.Error(n, ok, r.pos)
	}
}

// FuzzDeserialize wants no panic and no hang, and that what has been read can
// be written and read again to the same bytes.
func FuzzDeserialize(f *testing.F) {
	for _, s := range []string{
		"ff0f5f", "ff0f4103490249044906240003", "ff0f61034900490249044906400203", "ff0f6f220473656c665e007b01",
		"ff0f3b49026f22016149027b013a02", "ff0f2749022201612c02", "ff0f522202612b3f", "ff0f5a2100000000000000004000000000000000",
		"ff0f72526d22016d732202737463490a2e", "ff0f63046100ac20", "ff0f420400000000560000040000", "ff0e7306630261006264",
	} {
		b, err := hex.DecodeString(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	read := func(b *binding, data []byte) (v goja.Value, ok bool) {
		d := &deserializer{binding: b, reader: reader{b: data}, self: b.vm.NewObject(), transfers: map[uint32]*goja.Object{}}
		if !d.header() {
			return nil, false
		}
		ex := b.vm.Try(func() { v = d.whole() })
		return v, ex == nil
	}
	write := func(b *binding, v goja.Value) (out []byte, ok bool) {
		self := b.vm.NewObject()
		_ = self.Set("_getDataCloneError", b.vm.Get("Error"))
		s := &serializer{binding: b, self: self}
		s.raw([]byte{tagVersion, wireVersion})
		ex := b.vm.Try(func() { s.value(v) })
		return s.b, ex == nil
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b := newBinding(t)
		v, ok := read(b, data)
		if !ok {
			return
		}
		once, ok := write(b, v)
		if !ok {
			return
		}
		v, ok = read(b, once)
		if !ok {
			t.Fatalf("%x cannot be read back", once)
		}
		if twice, _ := write(b, v); !bytes.Equal(once, twice) {
			t.Fatalf("%x and then %x", once, twice)
		}
	})
}
