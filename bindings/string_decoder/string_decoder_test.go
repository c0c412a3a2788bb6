package stringdecoder

import (
	"bytes"
	"testing"

	"github.com/gonode/gonode/internal/jsbytes"
)

// FuzzSplit: however a text is cut, the pieces decode to what the whole does.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), uint8(0), uint8(1))
	f.Add([]byte{0x3d, 0xd8, 0x4d, 0xdc, 0}, uint8(1), uint8(1))
	f.Add([]byte("\xf0\x9f\xff\xe2\x82"), uint8(0), uint8(2))
	f.Add([]byte("abcdefg"), uint8(4), uint8(2))
	f.Fuzz(func(t *testing.T, b []byte, enc, step uint8) {
		e := jsbytes.Encoding(enc % 7)
		n := int(step%8) + 1
		st := make([]byte, size)
		st[encoding] = byte(e)
		var all []byte
		text := ""
		add := func(p []byte) {
			all = append(all, p...)
			if e == jsbytes.UTF8 {
				text += jsbytes.ValidUTF8(p)
			}
		}
		for i := 0; i < len(b); i += n {
			head, body := Split(st, b[i:min(i+n, len(b))])
			add(head)
			add(body)
		}
		add(Flush(st))
		want := b
		if e == jsbytes.UCS2 {
			want = b[:len(b)&^1]
		}
		if !bytes.Equal(all, want) {
			t.Fatalf("%x: got %x", want, all)
		}
		if e == jsbytes.UTF8 && text != jsbytes.ValidUTF8(b) {
			t.Fatalf("%x in steps of %d: %q, want %q", b, n, text, jsbytes.ValidUTF8(b))
		}
	})
}
