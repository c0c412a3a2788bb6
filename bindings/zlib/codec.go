package zlib

import (
	"bytes"
	"errors"
	"hash/adler32"
	"hash/crc32"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// A codec is one stream's engine. It runs on the thread pool or on the loop,
// never on both at once.
type codec interface {
	// process consumes input and appends output, at most limit bytes of it.
	// When the output is full it is called again with what input is left.
	process(dst, in []byte, flush, limit int) (out []byte, consumed int, err error)
	reset() error
	close()
}

// zlib's flush values.
const (
	noFlush = iota
	partialFlush
	syncFlush
	fullFlush
	finish
	block
)

var errEOF = &zlibError{"unexpected end of file", "Z_BUF_ERROR", -5}

// A queue is the output of a compressor that has not been taken yet.
type queue struct {
	buf bytes.Buffer
}

func (q *queue) take(dst []byte, limit int) []byte {
	return append(dst, q.buf.Next(limit)...)
}

// A blockWriter makes the blocks of a deflate stream.
type blockWriter interface {
	io.WriteCloser
	Flush() error
}

// A storedWriter is level 0: blocks that hold their data as it is. A block is
// written when it is full or has to be.
type storedWriter struct {
	out     *bytes.Buffer
	pending []byte
}

const maxStored = 1<<16 - 1

func (w *storedWriter) block(final byte, data []byte) {
	n := len(data)
	w.out.Write([]byte{final, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)})
	w.out.Write(data)
}

func (w *storedWriter) Write(p []byte) (int, error) {
	w.pending = append(w.pending, p...)
	for len(w.pending) >= maxStored {
		w.block(0, w.pending[:maxStored])
		w.pending = w.pending[maxStored:]
	}
	return len(p), nil
}

// end writes what is pending, then an empty block.
func (w *storedWriter) end(final byte) error {
	if len(w.pending) > 0 {
		w.block(0, w.pending)
		w.pending = w.pending[:0]
	}
	w.block(final, nil)
	return nil
}

func (w *storedWriter) Flush() error { return w.end(0) }
func (w *storedWriter) Close() error { return w.end(1) }

// A deflater compresses.
type deflater struct {
	queue
	format                      format
	level, strategy, windowBits int
	dict                        []byte
	w                           blockWriter
	hist                        []byte // the last 32 KiB of input
	head, done                  bool
	dirty                       bool // there has been input since the last flush
	sum, total                  uint32
}

func newDeflater(f format, level, windowBits, strategy int, dict []byte) *deflater {
	d := &deflater{format: f, level: level, strategy: strategy, windowBits: windowBits, dict: dict}
	_ = d.reset()
	return d
}

func (d *deflater) reset() error {
	d.buf.Reset()
	d.head, d.done, d.dirty, d.total, d.sum = false, false, false, 0, 0
	if d.format == formatZlib {
		d.sum = 1
	}
	d.hist = append(d.hist[:0], d.dict...)
	d.w = nil
	return nil
}

func (d *deflater) close() { d.w, d.hist = nil, nil }

func (d *deflater) flateLevel() int {
	switch {
	case d.strategy == 2: // Z_HUFFMAN_ONLY
		return flate.HuffmanOnly
	case d.level == -1:
		return 6
	}
	return d.level
}

// open makes the writer, with the history that it may refer to.
func (d *deflater) open() (err error) {
	switch {
	case d.flateLevel() == 0:
		d.w = &storedWriter{out: &d.buf}
	case d.windowBits < 15 && len(d.hist) == 0:
		d.w, err = flate.NewWriterWindow(&d.buf, 1<<d.windowBits)
	case len(d.hist) > 0:
		d.w, err = flate.NewWriterDict(&d.buf, d.flateLevel(), d.hist)
	default:
		d.w, err = flate.NewWriter(&d.buf, d.flateLevel())
	}
	return err
}

func (d *deflater) header() {
	d.head = true
	switch d.format {
	case formatGzip:
		xfl, system := byte(0), byte(3)
		if d.level == 9 {
			xfl = 2
		} else if d.level == 1 || d.level == 0 || d.strategy >= 2 {
			xfl = 4
		}
		switch runtime.GOOS {
		case "darwin":
			system = 19
		case "windows":
			system = 10
		}
		d.buf.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, xfl, system})
	case formatZlib:
		v := uint16((d.windowBits-8)<<4|8) << 8
		switch {
		case d.strategy >= 2 || d.level == 0 || d.level == 1:
		case d.level >= 2 && d.level < 6:
			v |= 1 << 6
		case d.level == 6 || d.level == -1:
			v |= 2 << 6
		default:
			v |= 3 << 6
		}
		if len(d.dict) > 0 {
			v |= 0x20
		}
		v += 31 - v%31
		d.buf.Write([]byte{byte(v >> 8), byte(v)})
		if len(d.dict) > 0 {
			s := adler32.Checksum(d.dict)
			d.buf.Write([]byte{byte(s >> 24), byte(s >> 16), byte(s >> 8), byte(s)})
		}
	}
}

func (d *deflater) process(dst, in []byte, flush, limit int) ([]byte, int, error) {
	if d.buf.Len() > 0 || d.done {
		out := d.take(dst, limit)
		if len(out)-len(dst) < limit && len(in) > 0 && !d.done {
			more, n, err := d.process(out, in, flush, limit-(len(out)-len(dst)))
			return more, n, err
		}
		return out, 0, nil
	}
	if !d.head {
		d.header()
	}
	if d.w == nil {
		if err := d.open(); err != nil {
			return dst, 0, err
		}
	}
	if len(in) > 0 {
		if _, err := d.w.Write(in); err != nil {
			return dst, 0, err
		}
		switch d.format {
		case formatGzip:
			d.sum = crc32.Update(d.sum, crc32.IEEETable, in)
		case formatZlib:
			d.sum = adlerUpdate(d.sum, in)
		}
		d.dirty = true
		d.total += uint32(len(in))
		d.remember(in)
	}
	var err error
	switch flush {
	case noFlush:
	case finish:
		err = d.w.Close()
		d.done = true
		s, t := d.sum, d.total
		switch d.format {
		case formatGzip:
			d.buf.Write([]byte{byte(s), byte(s >> 8), byte(s >> 16), byte(s >> 24), byte(t), byte(t >> 8), byte(t >> 16), byte(t >> 24)})
		case formatZlib:
			d.buf.Write([]byte{byte(s >> 24), byte(s >> 16), byte(s >> 8), byte(s)})
		}
	default:
		err = d.w.Flush()
		d.dirty = false
		if flush == fullFlush {
			d.hist = d.hist[:0]
			d.w = nil
		}
	}
	return d.take(dst, limit), len(in), err
}

func (d *deflater) remember(in []byte) {
	const size = 1 << 15
	if len(in) >= size {
		d.hist = append(d.hist[:0], in[len(in)-size:]...)
		return
	}
	if n := len(d.hist) + len(in) - size; n > 0 {
		d.hist = append(d.hist[:0], d.hist[n:]...)
	}
	d.hist = append(d.hist, in...)
}

// params changes level and strategy in the middle: what has been written is
// flushed to a byte boundary, and a new writer goes on with the same history.
func (d *deflater) params(level, strategy int) error {
	if d.w != nil && !d.done {
		if d.dirty {
			if err := d.w.Flush(); err != nil {
				return err
			}
			d.dirty = false
		}
		d.w = nil
	}
	d.level, d.strategy = level, strategy
	return nil
}

// An inflateCodec decompresses; gunzip goes on with the next member.
type inflateCodec struct {
	d       *inflater
	members bool
	strict  bool // rejectGarbageAfterEnd
}

func (c *inflateCodec) reset() error { c.d.reset(); return nil }
func (c *inflateCodec) close()       {}

func (c *inflateCodec) process(dst, in []byte, flush, limit int) (out []byte, consumed int, err error) {
	out = dst
	for {
		var n int
		out, n, err = c.d.inflate(out, in[consumed:], limit-(len(out)-len(dst)))
		consumed += n
		if err != nil {
			return out, consumed, err
		}
		if c.d.state != stateDone || !c.members && c.d.kind != formatGzip || consumed == len(in) || in[consumed] == 0 {
			break
		}
		if c.d.format == formatRaw || c.d.kind != formatGzip {
			break
		}
		c.d.reset()
	}
	if c.strict && c.d.state == stateDone && consumed < len(in) {
		return out, consumed, &zlibError{"Trailing junk found after the end of the compressed stream", "ERR_TRAILING_JUNK_AFTER_STREAM_END", 0}
	}
	if flush == finish && c.d.state != stateDone && len(out)-len(dst) < limit {
		return out, consumed, errEOF
	}
	return out, consumed, nil
}

var errNeedInput = errors.New("need input")

// A feed is a reader over input that comes in pieces.
type feed struct {
	in    []byte
	ended bool
}

func (f *feed) Read(p []byte) (int, error) {
	if len(f.in) == 0 {
		if f.ended {
			return 0, io.EOF
		}
		return 0, errNeedInput
	}
	n := copy(p, f.in)
	f.in = f.in[n:]
	return n, nil
}

// Brotli's operations.
const (
	brotliProcess = iota
	brotliFlush
	brotliFinish
)

type brotliEncoder struct {
	queue
	opts brotli.WriterOptions
	w    *brotli.Writer
	done bool
}

func (e *brotliEncoder) reset() error {
	e.buf.Reset()
	e.w, e.done = brotli.NewWriterOptions(&e.buf, e.opts), false
	return nil
}

func (e *brotliEncoder) close() { e.w = nil }

func (e *brotliEncoder) process(dst, in []byte, op, limit int) ([]byte, int, error) {
	if e.buf.Len() > 0 || e.done {
		return e.take(dst, limit), 0, nil
	}
	if len(in) > 0 {
		if _, err := e.w.Write(in); err != nil {
			return dst, 0, err
		}
	}
	var err error
	switch op {
	case brotliFlush:
		err = e.w.Flush()
	case brotliFinish:
		err = e.w.Close()
		e.done = true
	}
	return e.take(dst, limit), len(in), err
}

type brotliDecoder struct {
	f    feed
	r    *brotli.Reader
	done bool
}

func (d *brotliDecoder) reset() error {
	d.f, d.done = feed{}, false
	d.r = brotli.NewReader(&d.f)
	return nil
}

func (d *brotliDecoder) close() { d.r = nil }

func (d *brotliDecoder) process(dst, in []byte, op, limit int) ([]byte, int, error) {
	if d.done {
		return dst, 0, nil
	}
	d.f.in, d.f.ended = in, op == brotliFinish
	out := dst
	room := make([]byte, limit)
	for len(room) > 0 {
		n, err := d.r.Read(room)
		out = append(out, room[:n]...)
		room = room[n:]
		switch {
		case err == nil:
			continue
		case err == errNeedInput:
			return out, len(in), nil
		case err == io.EOF:
			d.done = true
			return out, len(in), nil
		case err == io.ErrUnexpectedEOF:
			return out, len(in), errEOF
		case strings.HasSuffix(err.Error(), "excessive input"):
			d.done = true
			// What it has read ahead is in a field that the package does not show.
			if f := reflect.ValueOf(d.r).Elem().FieldByName("in"); f.IsValid() && f.Kind() == reflect.Slice {
				return out, max(len(in)-len(d.f.in)-f.Len(), 0), nil
			}
			return out, len(in) - len(d.f.in), nil
		}
		e := &zlibError{"Decompression failed", "ERR__ERROR_FORMAT_" + strings.TrimPrefix(err.Error(), "brotli: "), -1}
		if v := reflect.ValueOf(err); v.Kind() == reflect.Int {
			e.errno = int(v.Int())
		}
		return out, len(in), e
	}
	return out, len(in) - len(d.f.in), nil
}

// Zstandard's operations.
const (
	zstdContinue = iota
	zstdFlush
	zstdEnd
)

type zstdEncoder struct {
	queue
	opts []zstd.EOption
	w    *zstd.Encoder
	done bool
	// pledged is the size that the input must have; -1 unknown.
	pledged, total int
}

func (e *zstdEncoder) reset() (err error) {
	e.buf.Reset()
	e.done, e.total = false, 0
	e.w, err = zstd.NewWriter(&e.buf, e.opts...)
	return err
}

func (e *zstdEncoder) close() { e.w = nil }

func (e *zstdEncoder) process(dst, in []byte, op, limit int) ([]byte, int, error) {
	if e.buf.Len() > 0 || e.done {
		return e.take(dst, limit), 0, nil
	}
	if len(in) > 0 {
		if _, err := e.w.Write(in); err != nil {
			return dst, 0, err
		}
		e.total += len(in)
	}
	if e.pledged >= 0 && (e.total > e.pledged || op == zstdEnd && e.total != e.pledged) {
		return dst, len(in), &zlibError{"Src size is incorrect", "ZSTD_error_srcSize_wrong", 72}
	}
	var err error
	switch op {
	case zstdFlush:
		err = e.w.Flush()
	case zstdEnd:
		err = e.w.Close()
		e.done = true
	}
	return e.take(dst, limit), len(in), err
}

// A zstdDecoder decodes on a goroutine of its own, in lockstep: the decoder
// below cannot stop in the middle, so it is parked in its source's Read.
type zstdDecoder struct {
	opts []zstd.DOption
	in   []byte // read by the goroutine while process waits for it
	any  bool
	end  bool
	done bool
	ask  chan int // how much output there is room for; closed to end
	give chan zstdStep
}

type zstdStep struct {
	out    []byte
	hungry bool
	err    error
}

func (d *zstdDecoder) reset() error {
	d.close()
	d.in, d.any, d.end, d.done = nil, false, false, false
	return nil
}

func (d *zstdDecoder) close() {
	if d.ask != nil {
		close(d.ask)
		d.ask = nil
	}
}

type zstdSource struct {
	d    *zstdDecoder
	ask  chan int
	give chan zstdStep
	room int
	gone bool
}

func (s *zstdSource) Read(p []byte) (int, error) {
	for len(s.d.in) == 0 {
		if s.gone || s.d.end {
			return 0, io.EOF
		}
		s.give <- zstdStep{hungry: true}
		room, ok := <-s.ask
		if !ok {
			s.gone = true
			return 0, io.EOF
		}
		s.room = room
	}
	n := copy(p, s.d.in)
	s.d.in = s.d.in[n:]
	return n, nil
}

func (s *zstdSource) run(opts []zstd.DOption) {
	room, ok := <-s.ask
	if !ok {
		return
	}
	s.room = room
	r, err := zstd.NewReader(s, append([]zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(math.MaxInt64),
		zstd.WithDecoderMaxWindow(1 << 31)}, opts...)...)
	if err == nil {
		defer r.Close()
	}
	for !s.gone {
		var n int
		buf := make([]byte, min(s.room, 1<<16))
		if err == nil {
			n, err = r.Read(buf)
		}
		if s.gone {
			return
		}
		s.give <- zstdStep{out: buf[:n], err: err}
		if s.room, ok = <-s.ask; !ok {
			return
		}
	}
}

func (d *zstdDecoder) process(dst, in []byte, op, limit int) ([]byte, int, error) {
	if d.done {
		return dst, 0, nil
	}
	if d.ask == nil {
		d.ask, d.give = make(chan int), make(chan zstdStep)
		go (&zstdSource{d: d, ask: d.ask, give: d.give}).run(d.opts)
	}
	d.in, d.end = in, op == zstdEnd
	d.any = d.any || len(in) > 0
	out := dst
	for len(out)-len(dst) < limit {
		d.ask <- limit - (len(out) - len(dst))
		step := <-d.give
		if step.hungry {
			return out, len(in), nil
		}
		out = append(out, step.out...)
		switch err := step.err; {
		case err == nil:
		case errors.Is(err, io.EOF) && d.any:
			d.done = true
			return out, len(in), nil
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			return out, len(in), errEOF
		case errors.Is(err, zstd.ErrMagicMismatch):
			return out, len(in), &zlibError{"Unknown frame descriptor", "ZSTD_error_prefix_unknown", 10}
		case errors.Is(err, zstd.ErrCRCMismatch):
			return out, len(in), &zlibError{"Restored data doesn't match checksum", "ZSTD_error_checksum_wrong", 22}
		default:
			return out, len(in), &zlibError{"Data corruption detected", "ZSTD_error_corruption_detected", 20}
		}
	}
	return out, len(in) - len(d.in), nil
}
