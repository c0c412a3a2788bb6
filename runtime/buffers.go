package runtime

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// bufferSupport makes Buffers in Go: a Uint8Array whose prototype is Buffer's.
type bufferSupport struct {
	newUint8 goja.Constructor
	fast     *goja.Object // new.target for Buffers
}

// NewBuffer makes a Buffer over b without copying.
func (iso *Isolate) NewBuffer(b []byte) *goja.Object {
	s := &iso.buffers
	if s.newUint8 == nil {
		s.newUint8, _ = goja.AssertConstructor(iso.vm.Get("Uint8Array"))
		s.fast, _ = iso.Require("buffer").Get("FastBuffer").(*goja.Object)
		if s.fast == nil {
			s.fast = iso.Require("buffer").Get("Buffer").(*goja.Object)
		}
	}
	o, err := s.newUint8(s.fast, iso.vm.ToValue(iso.vm.NewArrayBuffer(b)))
	if err != nil {
		panic(err)
	}
	return o
}

// Bytes returns the memory behind a buffer source.
func (iso *Isolate) Bytes(v goja.Value) ([]byte, bool) {
	view, ok := gojax.ViewOf(v)
	return view.Bytes, ok
}
