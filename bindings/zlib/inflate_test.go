package zlib

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"testing"
)

func deflated(f format, data []byte, level int) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch f {
	case formatGzip:
		w, _ = gzip.NewWriterLevel(&b, level)
	case formatZlib:
		w, _ = zlib.NewWriterLevel(&b, level)
	default:
		w, _ = flate.NewWriter(&b, level)
	}
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func inflateInSteps(f format, in []byte, step, limit int) ([]byte, int, *inflater, error) {
	d := newInflater(f, 0, nil)
	var out []byte
	used := 0
	for used < len(in) || d.state != stateDone {
		before, n := len(out), 0
		var err error
		out, n, err = d.inflate(out, in[used:min(used+step, len(in))], limit)
		used += n
		if err != nil {
			return out, used, d, err
		}
		if d.state == stateDone || n == 0 && len(out) == before && used == len(in) {
			break
		}
	}
	return out, used, d, nil
}

func TestInflateInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 200000)
	for i := range data {
		data[i] = byte(r.IntN(1 + i%200))
		if i > 1000 && r.IntN(3) > 0 {
			data[i] = data[i-r.IntN(900)-1]
		}
	}
	for _, f := range []format{formatRaw, formatZlib, formatGzip} {
		for _, level := range []int{0, 1, 6, 9, -2} {
			in := append(deflated(f, data, level), "trailing"...)
			for _, s := range [][2]int{{1, 1}, {1, 100}, {7, 3}, {1000, 1 << 14}, {1 << 20, 1 << 20}, {1 << 20, 10}} {
				out, used, d, err := inflateInSteps(f, in, s[0], s[1])
				if err != nil || d.state != stateDone || !bytes.Equal(out, data) {
					t.Fatalf("format %d level %d steps %v: %v, state %d, %d bytes", f, level, s, err, d.state, len(out))
				}
				if used != len(in)-8 {
					t.Fatalf("used %d of %d", used, len(in))
				}
			}
		}
	}
}

// FuzzInflate: what compress/flate accepts is accepted, with the same output,
// in one piece or many; nothing else crashes or hangs.
func FuzzInflate(f *testing.F) {
	f.Add([]byte{3, 0})
	f.Add(deflated(formatRaw, []byte("hello hello hello"), 9))
	f.Add([]byte{0, 1, 0, 0xfe, 0xff, 65})
	f.Fuzz(func(t *testing.T, in []byte) {
		r := flate.NewReader(bytes.NewReader(in))
		want, werr := io.ReadAll(io.LimitReader(r, 1<<20))
		out, _, d, err := inflateInSteps(formatRaw, in, 1<<20, 1<<12)
		piece, _, d2, err2 := inflateInSteps(formatRaw, in, 1, 5)
		if len(out) > 1<<20 {
			return
		}
		if werr == nil && (err != nil || d.state != stateDone || !bytes.Equal(out, want)) {
			t.Fatalf("flate accepts, we say %v, state %d", err, d.state)
		}
		if (err == nil) != (err2 == nil) || !bytes.Equal(out, piece) || d.state != d2.state && err == nil {
			t.Fatalf("pieces differ: %v %v", err, err2)
		}
		if err == nil && d.state == stateDone && werr != nil {
			t.Fatalf("flate refuses (%v), we accept", werr)
		}
	})
}

func BenchmarkInflate(b *testing.B) {
	data := bytes.Repeat([]byte("The quick brown fox jumps over the lazy dog 0123456789. "), 20000)
	for i := range data {
		if i%13 == 0 {
			data[i] = byte(i)
		}
	}
	in := deflated(formatRaw, data, 6)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		d := newInflater(formatRaw, 0, nil)
		if _, _, err := d.inflate(make([]byte, 0, len(data)), in, 1<<30); err != nil {
			b.Fatal(err)
		}
	}
}
