package fs

import (
	"context"
	"math"
	"strconv"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/jsbytes"
)

func (b *binding) close(c *call) task {
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysClose(fd), "close") })
}

func (b *binding) open(c *call) task {
	path := c.path(0, "path")
	flags := b.flags(c.arg(1), "flags")
	mode := b.mode(c.arg(2), "mode", 0o666)
	var fd int
	return task{
		run: func(context.Context) (err error) {
			fd, err = sysOpen(path, flags, mode)
			return pathErr(err, "open", path)
		},
		value: func() goja.Value { return b.vm.ToValue(fd) },
	}
}

func (b *binding) fchown(c *call) task {
	uid, gid := c.id(1, "uid"), c.id(2, "gid")
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFchown(fd, uid, gid), "fchown") })
}

func (b *binding) fchmod(c *call) task {
	mode := b.mode(c.arg(1), "mode", -1)
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFchmod(fd, mode), "fchmod") })
}

func (b *binding) fsync(c *call) task {
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFsync(fd), "fsync") })
}

func (b *binding) fdatasync(c *call) task {
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFdatasync(fd), "fdatasync") })
}

func (b *binding) fstat(c *call) task {
	opt := c.statOptions(1)
	fd := c.rawFd(0)
	bigint := opt.get("bigint").ToBoolean()
	var st fileStat
	return task{
		run:   func(context.Context) error { return fdErr(sysFstat(fd, &st), "fstat") },
		value: func() goja.Value { return b.stats(&st, bigint) },
	}
}

func (b *binding) ftruncate(c *call) task {
	n := b.length(c.arg(1))
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFtruncate(fd, n), "ftruncate") })
}

func (b *binding) futimes(c *call) task {
	at, mt := b.seconds(c.arg(1), "atime"), b.seconds(c.arg(2), "mtime")
	fd := c.rawFd(0)
	return nothing(func() error { return fdErr(sysFutimes(fd, at, mt), "futime") })
}

// read's overloads: (fd, buffer, offset, length, position), (fd, buffer,
// options), (fd, options) and, with a callback, (fd).
func (b *binding) read(c *call) task {
	fd := c.firstFd()
	buffer := c.arg(1)
	offset, length, position := c.arg(2), c.arg(3), c.arg(4)
	var params goja.Value // an options object
	switch n := len(c.args); {
	case c.form != formSync && n <= 1, c.form == formHandle && n == 2 && isNullish(buffer):
		buffer, params = b.env.NewBuffer(make([]byte, 16384)), goja.Undefined()
	case c.form != formSync && n == 2 && !b.isView(buffer):
		params = buffer
		if isNullish(buffer) {
			buffer = b.env.NewBuffer(make([]byte, 16384))
		} else if o, ok := buffer.(*goja.Object); ok && !isFunction(o) && !isArray(o) {
			if buffer = (&options{b: b, obj: o}).get("buffer"); goja.IsUndefined(buffer) {
				buffer = b.env.NewBuffer(make([]byte, 16384))
			}
		}
	case n <= 3:
		params = offset
	default:
		if o, ok := offset.(*goja.Object); ok && !isFunction(o) {
			params = o
		}
	}
	useOptions := params != nil
	var opt options
	if useOptions && !isNullish(params) {
		o, ok := params.(*goja.Object)
		if !ok || isFunction(o) || isArray(o) {
			if params == c.arg(1) {
				b.throw("ERR_INVALID_ARG_TYPE", "buffer", b.types("Buffer", "TypedArray", "DataView"), params)
			}
			b.throw("ERR_INVALID_ARG_TYPE", "options", "Object", params)
		}
		opt = options{b: b, obj: o}
	}
	if useOptions {
		offset, length, position = opt.get("offset"), opt.get("length"), opt.get("position")
	}
	if !b.isView(buffer) {
		b.throw("ERR_INVALID_ARG_TYPE", "buffer", b.types("Buffer", "TypedArray", "DataView"), buffer)
	}
	p, _ := b.env.Bytes(buffer)
	off := int64(0)
	if !isNullish(offset) {
		off = b.integer(offset, "offset", 0, maxSafe)
	}
	var n int64
	switch {
	case goja.IsUndefined(length):
		n = int64(len(p)) - off
	case c.form == formHandle && goja.IsNull(length):
		n = int64(len(p)) - off
	default:
		n = b.truncInt(length)
	}
	if n == 0 {
		t := settled(b.zero)
		t.extra = buffer
		return t
	}
	if len(p) == 0 {
		b.throw("ERR_INVALID_ARG_VALUE", "buffer", buffer, "is empty and cannot be written")
	}
	b.bounds(off, n, int64(len(p)))
	pos := b.position(position, n)
	data := p[off : off+n]
	if c.form == formSync {
		fd = c.rawFd(0)
	}
	var got int
	return task{
		run: func(context.Context) (err error) {
			got, err = b.readFrom(fd, data, pos)
			return fdErr(err, "read")
		},
		value: func() goja.Value { return b.vm.ToValue(got) },
		extra: buffer,
	}
}

// truncInt is JavaScript's x | 0.
func (b *binding) truncInt(v goja.Value) int64 {
	if isNullish(v) {
		return 0
	}
	f := v.ToFloat()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return int64(int32(int64(math.Mod(f, 1<<32))))
}

// bounds are read's checks of offset and length against the buffer's size.
func (b *binding) bounds(off, n, size int64) {
	if off < 0 {
		b.throw("ERR_OUT_OF_RANGE", "offset", ">= 0", off)
	}
	if n < 0 {
		b.throw("ERR_OUT_OF_RANGE", "length", ">= 0", n)
	}
	if off+n > size {
		b.throw("ERR_OUT_OF_RANGE", "length", "<= "+strconv.FormatInt(size-off, 10), n)
	}
}

// write's overloads: (fd, buffer, offset, length, position), (fd, buffer,
// options) and (fd, string, position, encoding).
func (b *binding) write(c *call) task {
	fd := c.firstFd()
	buffer := c.arg(1)
	if !b.isView(buffer) {
		if !isString(buffer) {
			b.throw("ERR_INVALID_ARG_TYPE", "buffer", b.types("string", "Buffer", "TypedArray", "DataView"), buffer)
		}
		enc := encUTF8
		if e := c.arg(3); isString(e) {
			var ok bool
			if enc, ok = lookupEncoding(e.String()); !ok || enc == encBuffer {
				enc = encUTF8
			}
			if enc == encoding(jsbytes.Hex) && len(buffer.String())%2 != 0 {
				b.throw("ERR_INVALID_ARG_VALUE", "encoding", e, "is invalid for data of length "+strconv.Itoa(len(buffer.String())))
			}
		}
		pos := int64(-1)
		if v := c.arg(2); isNumber(v) {
			pos = int64(v.ToFloat())
		}
		if c.form == formSync {
			fd = c.rawFd(0)
		}
		return b.writeTask(fd, b.encode(buffer, enc), pos, buffer)
	}
	offset, length, position := c.arg(2), c.arg(3), c.arg(4)
	if o, ok := offset.(*goja.Object); ok && !isFunction(o) {
		opt := options{b: b, obj: o}
		offset, length, position = opt.get("offset"), opt.get("length"), opt.get("position")
	}
	p, _ := b.env.Bytes(buffer)
	off := int64(0)
	if !isNullish(offset) {
		off = b.integer(offset, "offset", 0, maxSafe)
	}
	n := int64(len(p)) - off
	if isNumber(length) {
		n = b.intLength(length, int64(len(p))-off)
	}
	if off > int64(len(p)) {
		b.throw("ERR_OUT_OF_RANGE", "offset", "<= "+strconv.Itoa(len(p)), offset)
	}
	if n > int64(len(p))-off {
		b.throw("ERR_OUT_OF_RANGE", "length", "<= "+strconv.FormatInt(int64(len(p))-off, 10), length)
	}
	if n < 0 {
		b.throw("ERR_OUT_OF_RANGE", "length", ">= 0", length)
	}
	pos := int64(-1)
	if isNumber(position) {
		pos = int64(position.ToFloat())
	}
	if c.form == formSync {
		fd = c.rawFd(0)
	}
	return b.writeTask(fd, p[off:off+n], pos, buffer)
}

// intLength is write's length, of which most bytes are there.
func (b *binding) intLength(v goja.Value, most int64) int64 {
	f := v.ToFloat()
	if f > float64(most) {
		b.throw("ERR_OUT_OF_RANGE", "length", "<= "+strconv.FormatInt(most, 10), v)
	}
	if f != math.Trunc(f) {
		b.throw("ERR_OUT_OF_RANGE", "length", "an integer", v)
	}
	if f < 0 && f >= math.MinInt32 {
		b.throw("ERR_OUT_OF_RANGE", "length", ">= 0", v)
	}
	if f < 0 || f > math.MaxInt32 {
		b.throw("ERR_OUT_OF_RANGE", "length", ">= 0 && <= 2147483647", v)
	}
	return int64(f)
}

func (b *binding) writeTask(fd int, data []byte, pos int64, buffer goja.Value) task {
	var n int
	return task{
		run: func(context.Context) (err error) {
			n, err = b.writeTo(fd, data, pos)
			return fdErr(err, "write")
		},
		value: func() goja.Value { return b.vm.ToValue(n) },
		extra: buffer,
	}
}

func (b *binding) buffers(v goja.Value) [][]byte {
	o, ok := v.(*goja.Object)
	if !ok || !isArray(o) {
		b.throw("ERR_INVALID_ARG_TYPE", "buffers", "ArrayBufferView[]", v)
	}
	n := int(o.Get("length").ToInteger())
	list := make([][]byte, n)
	for i := range list {
		e := o.Get(strconv.Itoa(i))
		if e == nil || !b.isView(e) {
			b.throw("ERR_INVALID_ARG_TYPE", "buffers", "ArrayBufferView[]", v)
		}
		list[i], _ = b.env.Bytes(e)
	}
	return list
}

func numericPosition(v goja.Value) int64 {
	if isNumber(v) {
		return int64(v.ToFloat())
	}
	return -1
}

func (b *binding) readv(c *call) task {
	fd := c.firstFd()
	list := b.buffers(c.arg(1))
	pos := numericPosition(c.arg(2))
	if c.form == formSync {
		fd = c.rawFd(0)
	}
	var n int
	return task{
		run: func(context.Context) (err error) {
			if len(list) == 0 {
				return fdErr(syscall.EINVAL, "read")
			}
			n, err = sysReadv(fd, list, pos)
			return fdErr(err, "read")
		},
		value: func() goja.Value { return b.vm.ToValue(n) },
		extra: c.arg(1),
	}
}

func (b *binding) writev(c *call) task {
	fd := c.firstFd()
	list := b.buffers(c.arg(1))
	pos := numericPosition(c.arg(2))
	var n int
	if len(list) == 0 {
		t := settled(b.zero)
		t.extra = c.arg(1)
		return t
	}
	if c.form == formSync {
		fd = c.rawFd(0)
	}
	return task{
		run: func(context.Context) (err error) {
			n, err = sysWritev(fd, list, pos)
			return fdErr(err, "write")
		},
		value: func() goja.Value { return b.vm.ToValue(n) },
		extra: c.arg(1),
	}
}
