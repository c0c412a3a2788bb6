package fs

import (
	"context"
	"errors"
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/jsbytes"
	"github.com/gonode/gonode/internal/nodeerr"
)

// A target is what readFile and writeFile work on: a path to open, or a descriptor.
type target struct {
	path  string
	fd    int
	opens bool
}

func (c *call) target(i int) target {
	v := c.arg(i)
	switch {
	case c.form == formHandle:
		return target{fd: c.fd(i)}
	case c.form != formPromise && isInt32(v):
		if c.form == formSync && v.ToFloat() < 0 {
			return target{fd: -1} // EBADF, from the system
		}
		return target{fd: c.fd(i)}
	case c.form != formPromise && !isString(v):
		// Node asks whether v is (v | 0): what has no number throws there.
		v.ToNumber()
	}
	return target{path: c.path(i, "path"), opens: true}
}

func (t *target) open(flags int, mode uint32) (int, error) {
	if !t.opens {
		return t.fd, nil
	}
	fd, err := sysOpen(t.path, flags, mode)
	return fd, pathErr(err, "open", t.path)
}

const (
	maxFileSize     = math.MaxInt32 // what one read call takes: Node refuses more
	maxStringLength = jsbytes.MaxStringLength
	readChunk       = 512 << 10
)

func (b *binding) readFile(c *call) task {
	opt := c.options(1, encBuffer)
	flags := oRDONLY
	if f := opt.get("flag"); !goja.IsUndefined(f) {
		flags = b.flags(f, "flags")
	}
	t := c.target(0)
	asText := c.form == formSync && opt.enc == encUTF8 // read in one go, without fstat
	var content []byte
	return task{
		signal: opt.signal,
		run: func(ctx context.Context) error {
			fd, err := t.open(flags, 0o666)
			if err != nil {
				return err
			}
			if t.opens {
				defer sysClose(fd)
			}
			content, err = readAll(ctx, fd, b.readFrom)
			var failed *nodeerr.Errno
			if asText && errors.As(err, &failed) {
				failed.Syscall = "read"
			}
			return err
		},
		value: func() goja.Value {
			if opt.enc != encBuffer && len(content) > maxStringLength {
				panic(b.env.NewError("ERR_STRING_TOO_LONG", maxStringLength))
			}
			return b.decode(content, opt.enc)
		},
	}
}

// readAll reads a descriptor from its position to the end. A regular file's
// size is trusted as far as the buffer goes; where it says 0 (/proc, pipes) the
// end decides.
func readAll(ctx context.Context, fd int, read func(int, []byte, int64) (int, error)) ([]byte, error) {
	var st fileStat
	if err := sysFstat(fd, &st); err != nil {
		return nil, fdErr(err, "fstat")
	}
	size := 0
	if st.mode&sIFMT == sIFREG {
		if st.size > maxFileSize {
			return nil, &nodeerr.Coded{Code: "ERR_FS_FILE_TOO_LARGE", Class: "RangeError",
				Message: "File size (" + strconv.FormatUint(st.size, 10) + ") is greater than 2 GiB"}
		}
		size = int(st.size)
	}
	buf := make([]byte, size, max(size, 1))
	if size == 0 {
		buf = make([]byte, 0, 8<<10)
		for {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if len(buf) == cap(buf) {
				grown := make([]byte, len(buf), min(2*cap(buf), cap(buf)+8<<20))
				copy(grown, buf)
				buf = grown
			}
			n, err := read(fd, buf[len(buf):cap(buf)], -1)
			if err != nil {
				return nil, fdErr(err, "read")
			}
			if n == 0 {
				return buf, nil
			}
			buf = buf[:len(buf)+n]
		}
	}
	for done := 0; done < size; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := read(fd, buf[done:min(size, done+16*readChunk)], -1)
		if err != nil {
			return nil, fdErr(err, "read")
		}
		if n == 0 {
			return buf[:done], nil
		}
		done += n
	}
	return buf, nil
}

func (b *binding) writeFile(c *call) task  { return b.writing(c, oTRUNC|oCREAT|oWRONLY) }
func (b *binding) appendFile(c *call) task { return b.writing(c, oAPPEND|oCREAT|oWRONLY) }

func (b *binding) writing(c *call, flags int) task {
	opt := c.options(2, encUTF8)
	if f := opt.get("flag"); f.ToBoolean() {
		flags = b.flags(f, "flags")
	}
	flush := false
	if f := opt.get("flush"); opt.has("flush") {
		flush = c.bool(f, "options.flush")
	}
	data := b.data(c.arg(1), opt.enc)
	t := c.target(0)
	mode := uint32(0o666)
	if m := opt.get("mode"); t.opens && !goja.IsUndefined(m) {
		mode = b.mode(m, "mode", 0o666)
	}
	if flush && c.form&formBoth != 0 && b.fsyncReplaced(c.form) {
		return b.writingFlushed(c.form, t, flags, mode, data)
	}
	return task{
		signal: opt.signal,
		run: func(ctx context.Context) (err error) {
			fd, err := t.open(flags, mode)
			if err != nil {
				return err
			}
			if t.opens {
				defer func() {
					if e := sysClose(fd); err == nil && e != nil {
						err = fdErr(e, "close")
					}
				}()
			}
			if err := writeAll(ctx, fd, data, b.writeTo); err != nil {
				return err
			}
			if flush {
				return fdErr(sysFsync(fd), "fsync")
			}
			return nil
		},
	}
}

// fsyncReplaced reports whether a program has put its own function in place of
// fs.fsync or fs.fsyncSync: that is the one to call then.
func (b *binding) fsyncReplaced(f form) bool {
	if f == formSync {
		return b.exports.Get("fsyncSync") != b.originalFsyncSync
	}
	return b.exports.Get("fsync") != b.originalFsync
}

func (b *binding) writingFlushed(f form, t target, flags int, mode uint32, data []byte) task {
	fd := -1
	closeFile := func(err error) error {
		if !t.opens || fd < 0 {
			return err
		}
		if e := sysClose(fd); err == nil {
			err = fdErr(e, "close")
		}
		return err
	}
	write := func(ctx context.Context) (err error) {
		if fd, err = t.open(flags, mode); err != nil {
			fd = -1
			return err
		}
		return writeAll(ctx, fd, data, b.writeTo)
	}
	if f == formSync {
		return task{run: func(ctx context.Context) error {
			err := write(ctx)
			if fn, ok := goja.AssertFunction(b.exports.Get("fsyncSync")); ok && err == nil {
				_, err = fn(b.exports, b.vm.ToValue(fd))
			}
			return closeFile(err)
		}}
	}
	return task{run: write, finish: func(failed goja.Value, done func(goja.Value)) {
		end := func(failed goja.Value) {
			b.start("FSReqCallback", nothing(func() error { return closeFile(nil) }), func(err goja.Value) {
				if failed == nil {
					failed = err
				}
				done(failed)
			})
		}
		fn, ok := goja.AssertFunction(b.exports.Get("fsync"))
		if failed != nil || !ok {
			end(failed)
			return
		}
		_, err := fn(b.exports, b.vm.ToValue(fd), b.vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if e := c.Argument(0); !isNullish(e) {
				end(e)
			} else {
				end(nil)
			}
			return goja.Undefined()
		}))
		if err != nil {
			panic(err)
		}
	}}
}

func writeAll(ctx context.Context, fd int, data []byte, write func(int, []byte, int64) (int, error)) error {
	for len(data) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := write(fd, data[:min(len(data), 16*readChunk)], -1)
		if err != nil {
			return fdErr(err, "write")
		}
		data = data[n:]
	}
	return nil
}
