package crypto

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/gojax"
)

// job runs work on the pool and calls done(err, value), made of its result on
// the loop. An error that work returns goes to done.
func job[T any](b *binding, kind string, callback goja.Value, work func() (T, error), value func(T) goja.Value) goja.Value {
	fn, ok := goja.AssertFunction(callback)
	if !ok {
		v, err := work()
		if err != nil {
			b.fail(err)
		}
		return value(v)
	}
	eventloop.SubmitKind(b.env.Loop(), kind, func(context.Context) (T, error) { return work() }, func(v T, err error) {
		if err != nil {
			b.env.Enter(func() {
				if _, e := fn(goja.Undefined(), b.errorValue(err)); e != nil {
					panic(e)
				}
			})
			return
		}
		b.env.Enter(func() {
			if _, e := fn(goja.Undefined(), goja.Null(), value(v)); e != nil {
				panic(e)
			}
		})
	})
	return goja.Undefined()
}

func (b *binding) random() {
	// randomFill(buffer, offset, size[, callback])
	b.method("randomFill", func(c goja.FunctionCall) goja.Value {
		target := c.Argument(0)
		view, _ := gojax.ViewOf(target)
		off := int(c.Argument(1).ToInteger())
		n := int(c.Argument(2).ToInteger())
		if off < 0 || n < 0 || off+n > len(view.Bytes) {
			b.throwCode("ERR_OUT_OF_RANGE", "offset + size", "<= "+itoa(len(view.Bytes)), off+n)
		}
		if goja.IsUndefined(c.Argument(3)) {
			_, _ = rand.Read(view.Bytes[off : off+n])
			return goja.Undefined()
		}
		return job(b, "RANDOMBYTESREQUEST", c.Argument(3), func() ([]byte, error) {
			data := make([]byte, n)
			_, err := rand.Read(data)
			return data, err
		}, func(data []byte) goja.Value {
			view, _ := gojax.ViewOf(target)
			if off < len(view.Bytes) {
				copy(view.Bytes[off:], data)
			}
			return goja.Undefined()
		})
	})
	// randomInt(range): uniform in [0, range), range at most 2^48
	b.method("randomInt", func(c goja.FunctionCall) goja.Value {
		n := uint64(c.Argument(0).ToInteger())
		limit := uint64(1) << 48
		limit -= limit % n
		for {
			var buf [8]byte
			_, _ = rand.Read(buf[:6])
			if x := binary.LittleEndian.Uint64(buf[:]); x < limit {
				return b.vm.ToValue(int64(x % n))
			}
		}
	})
	uuid := func(u [16]byte, version byte) goja.Value {
		u[6] = u[6]&0x0f | version<<4
		u[8] = u[8]&0x3f | 0x80
		var s [36]byte
		hex.Encode(s[0:8], u[0:4])
		hex.Encode(s[9:13], u[4:6])
		hex.Encode(s[14:18], u[6:8])
		hex.Encode(s[19:23], u[8:10])
		hex.Encode(s[24:], u[10:])
		s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
		return b.vm.ToValue(string(s[:]))
	}
	b.method("randomUUID", func(goja.FunctionCall) goja.Value {
		var u [16]byte
		_, _ = rand.Read(u[:])
		return uuid(u, 4)
	})
	b.method("randomUUIDv7", func(goja.FunctionCall) goja.Value {
		var u [16]byte
		_, _ = rand.Read(u[6:])
		ms := uint64(time.Now().UnixMilli())
		for i := range 6 {
			u[i] = byte(ms >> (40 - 8*i))
		}
		return uuid(u, 7)
	})
	b.method("timingSafeEqual", func(c goja.FunctionCall) goja.Value {
		var bufs [2][]byte
		for i := range bufs {
			view, ok := gojax.ViewOf(c.Argument(i))
			if !ok {
				b.throw("TypeError", "ERR_INVALID_ARG_TYPE", `The "buf`+itoa(i+1)+
					`" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`)
			}
			bufs[i] = view.Bytes
		}
		if len(bufs[0]) != len(bufs[1]) {
			b.throw("RangeError", "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length")
		}
		return b.vm.ToValue(subtle.ConstantTimeCompare(bufs[0], bufs[1]) == 1)
	})
}
