package zlib

import (
	"context"
	"embed"
	"hash/crc32"

	"github.com/andybalholm/brotli"
	"github.com/dop251/goja"
	"github.com/klauspost/compress/zstd"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "zlib", JS: files, File: "zlib.js", Native: native},
		{Name: "internal/zlib/constants", JS: files, File: "constants.js"},
		{Name: "internal/zlib/deprecated", JS: files, File: "deprecated.js"},
	}
}

// Node's modes.
const (
	modeNone = iota
	modeDeflate
	modeInflate
	modeGzip
	modeGunzip
	modeDeflateRaw
	modeInflateRaw
	modeUnzip
	modeBrotliDecode
	modeBrotliEncode
	modeZstdCompress
	modeZstdDecompress
)

// A handle is a stream's native side.
type handle struct {
	c      codec
	busy   bool
	closed bool
}

// result is what one step gave.
type result struct {
	out      []byte
	consumed int
	err      error
}

// windowLog is what zstd itself uses at a level.
func windowLog(level int) int {
	switch {
	case level <= 1:
		return 19
	case level == 2:
		return 20
	case level < 8:
		return 21
	case level < 17:
		return 22
	}
	return 23
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	method := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	get := func(v goja.Value) *handle { return v.Export().(*handle) }
	bytesOf := func(v goja.Value) []byte {
		view, _ := gojax.ViewOf(v)
		return view.Bytes
	}
	num := func(v goja.Value) int { return int(v.ToInteger()) }

	// create(mode, windowBits, level, memLevel, strategy, dictionary, rejectGarbage)
	method("create", func(c goja.FunctionCall) goja.Value {
		mode, bits := num(c.Argument(0)), num(c.Argument(1))
		dict := append([]byte(nil), bytesOf(c.Argument(5))...)
		formats := map[int]format{modeDeflate: formatZlib, modeInflate: formatZlib, modeGzip: formatGzip, modeGunzip: formatGzip,
			modeDeflateRaw: formatRaw, modeInflateRaw: formatRaw, modeUnzip: formatAuto}
		f := formats[mode]
		h := &handle{}
		switch mode {
		case modeDeflate, modeGzip, modeDeflateRaw:
			if f == formatGzip {
				dict = nil
			}
			h.c = newDeflater(f, num(c.Argument(2)), bits, num(c.Argument(4)), dict)
		default:
			h.c = &inflateCodec{d: newInflater(f, bits, dict), members: mode == modeGunzip, strict: c.Argument(6).ToBoolean()}
		}
		return vm.ToValue(h)
	})
	// createBrotli(mode, params): undefined if the parameters do not do
	method("createBrotli", func(c goja.FunctionCall) goja.Value {
		h := &handle{}
		if num(c.Argument(0)) == modeBrotliDecode {
			h.c = &brotliDecoder{}
		} else {
			p := c.Argument(1).(*goja.Object)
			opts := brotli.WriterOptions{Quality: 11, LGWin: 22}
			if q := num(p.Get("1")); q != -1 {
				opts.Quality = q
			}
			if w := num(p.Get("2")); w != -1 {
				opts.LGWin = w
			}
			if opts.Quality < 0 || opts.Quality > 11 { // the encoder takes what is too much for its best
				opts.Quality = 11
			}
			if opts.LGWin < 10 || opts.LGWin > 30 || num(p.Get("4")) > 1 {
				return goja.Undefined()
			}
			opts.LGWin = min(opts.LGWin, 24)
			h.c = &brotliEncoder{opts: opts}
		}
		_ = h.c.reset()
		return vm.ToValue(h)
	})
	// createZstd(mode, level, checksum, windowLog, dictionary, pledgedSize)
	method("createZstd", func(c goja.FunctionCall) goja.Value {
		h := &handle{}
		dict := append([]byte(nil), bytesOf(c.Argument(4))...)
		if num(c.Argument(0)) == modeZstdDecompress {
			d := &zstdDecoder{}
			if len(dict) > 0 {
				d.opts = []zstd.DOption{zstd.WithDecoderDictRaw(0, dict)}
			}
			h.c = d
			return vm.ToValue(h)
		}
		e := &zstdEncoder{pledged: num(c.Argument(5)), opts: []zstd.EOption{zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(num(c.Argument(1)))), zstd.WithEncoderCRC(c.Argument(2).ToBoolean())}}
		if w := num(c.Argument(3)); w != 0 {
			if w < 10 || w > 29 {
				return goja.Undefined()
			}
			e.opts = append(e.opts, zstd.WithWindowSize(1<<w))
		} else {
			e.opts = append(e.opts, zstd.WithWindowSize(1<<windowLog(num(c.Argument(1)))))
		}
		if len(dict) > 0 {
			e.opts = append(e.opts, zstd.WithEncoderDictRaw(0, dict))
		}
		if err := e.reset(); err != nil {
			return goja.Undefined()
		}
		h.c = e
		return vm.ToValue(h)
	})

	value := func(r result) []goja.Value {
		if r.err != nil {
			msg, code, errno := r.err.Error(), "Z_STREAM_ERROR", -2
			if e, ok := r.err.(*zlibError); ok {
				code, errno = e.code, e.errno
			}
			return []goja.Value{goja.Undefined(), vm.ToValue(r.consumed), vm.ToValue(msg), vm.ToValue(errno), vm.ToValue(code)}
		}
		return []goja.Value{env.NewBuffer(r.out), vm.ToValue(r.consumed)}
	}
	step := func(h *handle, in []byte, flush, limit int) (r result) {
		r.out, r.consumed, r.err = h.c.process(nil, in, flush, limit)
		if r.out == nil {
			r.out = []byte{}
		}
		return r
	}
	// write(handle, flush, input, offset, limit, callback): callback(out, consumed, message, errno, code)
	method("write", func(c goja.FunctionCall) goja.Value {
		h := get(c.Argument(0))
		in := bytesOf(c.Argument(2))
		in = append([]byte{}, in[min(num(c.Argument(3)), len(in)):]...)
		flush, limit := num(c.Argument(1)), num(c.Argument(4))
		fn, _ := goja.AssertFunction(c.Argument(5))
		h.busy = true
		eventloop.SubmitKind(env.Loop(), "ZLIB", func(context.Context) (result, error) {
			return step(h, in, flush, limit), nil
		}, func(r result, err error) {
			h.busy = false
			if h.closed {
				h.c.close()
			}
			if err != nil {
				r = result{err: err}
			}
			env.Enter(func() {
				if _, err := fn(goja.Undefined(), value(r)...); err != nil {
					panic(err)
				}
			})
		})
		return goja.Undefined()
	})
	// writeSync is write with the results as an array.
	method("writeSync", func(c goja.FunctionCall) goja.Value {
		in := bytesOf(c.Argument(2))
		r := step(get(c.Argument(0)), in[min(num(c.Argument(3)), len(in)):], num(c.Argument(1)), num(c.Argument(4)))
		vals := value(r)
		list := make([]any, len(vals))
		for i, v := range vals {
			list[i] = v
		}
		return vm.NewArray(list...)
	})
	// all runs a whole buffer through: callback(out, consumed, message, errno, code), or an array.
	// Output beyond the limit is cut, one byte longer than it.
	all := func(h *handle, in []byte, flush, limit int) (r result) {
		for {
			var n int
			before := len(r.out)
			chunk := min(max(1<<14, len(in), before), limit+1-before)
			r.out, n, r.err = h.c.process(r.out, in[r.consumed:], flush, chunk)
			r.consumed += n
			if r.err != nil || len(r.out)-before < chunk || len(r.out) > limit {
				if r.out == nil {
					r.out = []byte{}
				}
				return r
			}
		}
	}
	method("all", func(c goja.FunctionCall) goja.Value {
		h := get(c.Argument(0))
		flush, limit := num(c.Argument(1)), num(c.Argument(3))
		limit = min(limit, 1<<40)
		fn, async := goja.AssertFunction(c.Argument(4))
		if !async {
			vals := value(all(h, bytesOf(c.Argument(2)), flush, limit))
			list := make([]any, len(vals))
			for i, v := range vals {
				list[i] = v
			}
			return vm.NewArray(list...)
		}
		in := append([]byte{}, bytesOf(c.Argument(2))...)
		eventloop.SubmitKind(env.Loop(), "ZLIB", func(context.Context) (result, error) {
			return all(h, in, flush, limit), nil
		}, func(r result, err error) {
			if err != nil {
				r = result{err: err}
			}
			env.Enter(func() {
				if _, err := fn(goja.Undefined(), value(r)...); err != nil {
					panic(err)
				}
			})
		})
		return goja.Undefined()
	})
	method("params", func(c goja.FunctionCall) goja.Value {
		if d, ok := get(c.Argument(0)).c.(*deflater); ok {
			if err := d.params(num(c.Argument(1)), num(c.Argument(2))); err != nil {
				panic(env.Error(err))
			}
		}
		return goja.Undefined()
	})
	method("reset", func(c goja.FunctionCall) goja.Value {
		if err := get(c.Argument(0)).c.reset(); err != nil {
			panic(env.Error(err))
		}
		return goja.Undefined()
	})
	method("close", func(c goja.FunctionCall) goja.Value {
		h := get(c.Argument(0))
		h.closed = true
		if !h.busy {
			h.c.close()
		}
		return goja.Undefined()
	})
	method("crc32", func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		b := bytesOf(v)
		if _, ok := v.(goja.String); ok {
			b = jsbytes.Encode(v, jsbytes.UTF8)
		}
		return vm.ToValue(int64(crc32.Update(uint32(c.Argument(1).ToInteger()), crc32.IEEETable, b)))
	})
	return o
}
