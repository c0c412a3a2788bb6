package fs

import (
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/nodeerr"
)

// A call is the arguments of one function call, without its callback.
type call struct {
	b    *binding
	args []goja.Value
	form form
}

func (c *call) arg(i int) goja.Value {
	if i < len(c.args) {
		return c.args[i]
	}
	return goja.Undefined()
}

func (b *binding) throw(code string, args ...any) {
	panic(b.env.NewError(code, args...))
}

// types makes the list of expected types of ERR_INVALID_ARG_TYPE.
func (b *binding) types(names ...string) goja.Value {
	key := strings.Join(names, "\n")
	v := b.argTypes[key]
	if v == nil {
		list := make([]any, len(names))
		for i, n := range names {
			list[i] = n
		}
		v = b.vm.NewArray(list...)
		b.argTypes[key] = v
	}
	return v
}

func isNullish(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

func isString(v goja.Value) bool { return goja.IsString(v) }

// toText is JavaScript's string conversion, which throws for symbols.
func (b *binding) toText(v goja.Value) goja.Value {
	if _, ok := v.(*goja.Symbol); ok {
		panic(b.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return b.vm.ToValue(v.String())
}

func isFunction(v goja.Value) bool {
	_, ok := goja.AssertFunction(v)
	return ok
}

// path is a string, Buffer or URL without null bytes.
func (c *call) path(i int, name string) string { return c.b.path(c.arg(i), name) }

func (b *binding) path(v goja.Value, name string) string {
	if isString(v) {
		s := v.String()
		if strings.IndexByte(s, 0) >= 0 {
			b.throw("ERR_INVALID_ARG_VALUE", name, v, "must be a string, Uint8Array, or URL without null bytes")
		}
		return s
	}
	if o, ok := v.(*goja.Object); ok {
		if b.isURL(o) {
			fn, _ := goja.AssertFunction(b.env.Require("internal/url").Get("fileURLToPath"))
			s, err := fn(goja.Undefined(), o)
			if err != nil {
				panic(err)
			}
			return b.path(s, name)
		}
		if b.isUint8Array(o) {
			p, _ := b.env.Bytes(o)
			s := string(p)
			if strings.IndexByte(s, 0) >= 0 {
				b.throw("ERR_INVALID_ARG_VALUE", name, v, "must be a string, Uint8Array, or URL without null bytes")
			}
			return s
		}
	}
	b.throw("ERR_INVALID_ARG_TYPE", name, b.types("string", "Buffer", "URL"), v)
	return ""
}

func (b *binding) isURL(o *goja.Object) bool {
	if b.isUint8Array(o) {
		return false
	}
	truthy := func(name string) bool { v := o.Get(name); return v != nil && v.ToBoolean() }
	absent := func(name string) bool { v := o.Get(name); return v == nil || goja.IsUndefined(v) }
	return truthy("href") && truthy("protocol") && absent("auth") && absent("path")
}

var bytesType = reflect.TypeFor[[]byte]()

// isUint8Array asks for the type only: exporting an ordinary object copies it.
func (b *binding) isUint8Array(o *goja.Object) bool { return o.ExportType() == bytesType }

// isView reports whether v is a typed array or DataView.
func (b *binding) isView(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	t := o.ExportType()
	if t == bytesType {
		return true
	}
	if t == nil || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Interface || isFunction(o) {
		return false
	}
	if b.viewTest == nil {
		b.viewTest, _ = goja.AssertFunction(b.vm.Get("ArrayBuffer").(*goja.Object).Get("isView"))
	}
	r, err := b.viewTest(goja.Undefined(), o)
	return err == nil && r.ToBoolean()
}

var proxyType = reflect.TypeFor[goja.Proxy]()

// isArray is Array.isArray: it looks through proxies.
func isArray(o *goja.Object) bool {
	for o != nil && o.ExportType() == proxyType {
		p, _ := o.Export().(goja.Proxy)
		o = p.Target()
	}
	return o != nil && o.ClassName() == "Array"
}

func isNumber(v goja.Value) bool { return goja.IsNumber(v) }

func isInt32(v goja.Value) bool {
	if !isNumber(v) {
		return false
	}
	f := v.ToFloat()
	return f == math.Trunc(f) && f >= math.MinInt32 && f <= math.MaxInt32
}

func (b *binding) integer(v goja.Value, name string, min, max int64) int64 {
	if !isNumber(v) {
		b.throw("ERR_INVALID_ARG_TYPE", name, "number", v)
	}
	f := v.ToFloat()
	if f != math.Trunc(f) || math.IsInf(f, 0) {
		b.throw("ERR_OUT_OF_RANGE", name, "an integer", v)
	}
	if f < float64(min) || f > float64(max) {
		b.throw("ERR_OUT_OF_RANGE", name, ">= "+strconv.FormatInt(min, 10)+" && <= "+strconv.FormatInt(max, 10), v)
	}
	return int64(f)
}

const maxSafe = 1<<53 - 1

func (c *call) fd(i int) int { return int(c.b.integer(c.arg(i), "fd", 0, math.MaxInt32)) }

// rawFd is fd where Node checks the descriptor last and in its native code,
// which words what it received in its own way and asks the value for nothing.
func (c *call) rawFd(i int) int {
	v := c.arg(i)
	if !isNumber(v) {
		panic(c.b.env.Error(&nodeerr.Coded{Code: "ERR_INVALID_ARG_TYPE", Class: "TypeError",
			Message: `The "fd" argument must be of type number. Received ` + c.b.rawType(v)}))
	}
	f := v.ToFloat()
	if f != math.Trunc(f) || math.IsInf(f, 0) {
		c.b.throw("ERR_OUT_OF_RANGE", "fd", "an integer", v)
	}
	if f < 0 || f > math.MaxInt32 {
		panic(c.b.env.Error(&nodeerr.Coded{Code: "ERR_OUT_OF_RANGE", Class: "RangeError",
			Message: `The value of "fd" is out of range. It must be >= 0 && <= 2147483647. Received ` + v.String()}))
	}
	return int(f)
}

// firstFd is the descriptor of read, write and their vector forms, the
// synchronous ones excepted: there its check comes last, by rawFd.
func (c *call) firstFd() int {
	if c.form == formSync {
		return -1
	}
	return c.fd(0)
}

// rawType is V8's view of a value's type.
func (b *binding) rawType(v goja.Value) string {
	switch x := v.(type) {
	case *goja.Symbol:
		return "Symbol(" + x.String() + ")"
	case *goja.Object:
		if isFunction(x) && x.ExportType() != proxyType {
			return "function"
		}
		return "an instance of " + b.constructorName(x)
	}
	switch x := v.Export().(type) {
	case nil:
		return v.String()
	case bool:
		return "type boolean (" + v.String() + ")"
	case *big.Int:
		return "type bigint (" + x.String() + ")"
	}
	s := v.String()
	if u := []rune(s); len(u) > 28 {
		s = string(u[:25]) + "..."
	}
	if i := strings.IndexByte(s, 0); i >= 0 {
		return "type string ('" + s[:i] // a C string ends there
	}
	return "type string ('" + s + "')"
}

// constructorName is the class that an object was made from, as far as plain
// data says.
func (b *binding) constructorName(o *goja.Object) string {
	for o.ExportType() != proxyType {
		d, ok := gojax.GetOwn(o, b.vm.ToValue("constructor"))
		if ok {
			if fn, ok := d.Value.(*goja.Object); ok && !d.Accessor {
				if n := fn.Get("name"); n != nil && isString(n) && n.String() != "" {
					return n.String()
				}
			}
			break
		}
		if o = o.Prototype(); o == nil {
			break
		}
	}
	return "Object"
}

func (c *call) bool(v goja.Value, name string) bool {
	if _, ok := v.Export().(bool); !ok {
		c.b.throw("ERR_INVALID_ARG_TYPE", name, "boolean", v)
	}
	return v.ToBoolean()
}

// mode parses a mode: a number or an octal string; def where there is none
// (negative: there must be one).
func (b *binding) mode(v goja.Value, name string, def int64) uint32 {
	if isNullish(v) {
		if def >= 0 {
			return uint32(def)
		}
		v = goja.Undefined()
	}
	if isString(v) {
		n, err := strconv.ParseUint(v.String(), 8, 64)
		if err != nil || v.String()[0] == '+' || strings.Contains(v.String(), "_") {
			b.throw("ERR_INVALID_ARG_VALUE", name, v, "must be a 32-bit unsigned integer or an octal string")
		}
		if n > math.MaxUint32 {
			b.throw("ERR_OUT_OF_RANGE", name, ">= 0 && <= 4294967295", float64(n))
		}
		return uint32(n)
	}
	return uint32(b.integer(v, name, 0, math.MaxUint32))
}

// flags parses open flags.
func (b *binding) flags(v goja.Value, name string) int {
	if isNumber(v) {
		return int(b.integer(v, name, math.MinInt32, math.MaxInt32))
	}
	if isNullish(v) {
		return oRDONLY
	}
	if isString(v) {
		if f, ok := flagStrings(v.String()); ok {
			return f
		}
	}
	b.throw("ERR_INVALID_ARG_VALUE", "flags", v)
	return 0
}

func flagStrings(s string) (int, bool) {
	const w, a = oTRUNC | oCREAT, oAPPEND | oCREAT
	switch s {
	case "r":
		return oRDONLY, true
	case "rs", "sr":
		return oRDONLY | oSYNC, true
	case "r+":
		return oRDWR, true
	case "rs+", "sr+":
		return oRDWR | oSYNC, true
	case "w":
		return w | oWRONLY, true
	case "wx", "xw":
		return w | oWRONLY | oEXCL, true
	case "w+":
		return w | oRDWR, true
	case "wx+", "xw+":
		return w | oRDWR | oEXCL, true
	case "a":
		return a | oWRONLY, true
	case "ax", "xa":
		return a | oWRONLY | oEXCL, true
	case "as", "sa":
		return a | oWRONLY | oSYNC, true
	case "a+":
		return a | oRDWR, true
	case "ax+", "xa+":
		return a | oRDWR | oEXCL, true
	case "as+", "sa+":
		return a | oRDWR | oSYNC, true
	}
	return 0, false
}

// options is an options object, or an encoding alone.
type options struct {
	b      *binding
	obj    *goja.Object
	enc    encoding
	signal *goja.Object
}

func (o *options) get(name string) goja.Value {
	if o.obj == nil {
		return goja.Undefined()
	}
	if v := o.obj.Get(name); v != nil {
		return v
	}
	return goja.Undefined()
}

func (o *options) has(name string) bool { return !isNullish(o.get(name)) }

// options reads argument i as { encoding, signal, … } or an encoding.
func (c *call) options(i int, def encoding) options {
	b, v := c.b, c.arg(i)
	opt := options{b: b, enc: def}
	switch {
	case isNullish(v), isFunction(v):
	case isString(v):
		opt.enc = b.encoding(v, def)
	default:
		o, ok := v.(*goja.Object)
		if !ok {
			b.throw("ERR_INVALID_ARG_TYPE", "options", b.types("string", "Object"), v)
		}
		opt.obj = o
		if e := opt.get("encoding"); !goja.IsUndefined(e) {
			opt.enc = b.encoding(e, def)
		}
		if s := opt.get("signal"); !goja.IsUndefined(s) {
			opt.signal = b.abortSignal(s, "options.signal")
		}
	}
	return opt
}

func (b *binding) abortSignal(v goja.Value, name string) *goja.Object {
	o, ok := v.(*goja.Object)
	if ok && o.Get("aborted") != nil {
		return o
	}
	b.throw("ERR_INVALID_ARG_TYPE", name, "AbortSignal", v)
	return nil
}

// object reads argument i as an options object that may be absent.
func (c *call) object(i int) options {
	v := c.arg(i)
	opt := options{b: c.b}
	if goja.IsUndefined(v) {
		return opt
	}
	o, ok := v.(*goja.Object)
	if !ok || isFunction(v) || isArray(o) {
		c.b.throw("ERR_INVALID_ARG_TYPE", "options", "Object", v)
	}
	opt.obj = o
	return opt
}

// position is a file position: -1 means the current one.
func (b *binding) position(v goja.Value, length int64) int64 {
	if isNullish(v) {
		return -1
	}
	if n, ok := v.Export().(*big.Int); ok {
		limit := new(big.Int).SetInt64(math.MaxInt64 - length)
		if n.Cmp(big.NewInt(-1)) < 0 || n.Cmp(limit) > 0 {
			b.throw("ERR_OUT_OF_RANGE", "position", ">= -1 && <= "+limit.String(), v)
		}
		return n.Int64()
	}
	if !isNumber(v) {
		b.throw("ERR_INVALID_ARG_TYPE", "position", b.types("bigint", "integer"), v)
	}
	return b.integer(v, "position", -1, maxSafe)
}

// uid checks an owner or group.
func (c *call) id(i int, name string) int {
	return int(c.b.integer(c.arg(i), name, -1, math.MaxUint32))
}

// seconds is a time argument in seconds: a number, a numeric string, a Date.
func (c *call) seconds(i int) float64 { return c.b.seconds(c.arg(i), "time") }

func (b *binding) seconds(v goja.Value, name string) float64 {
	if isString(v) {
		f := v.ToFloat()
		// A string that reads as the number that it spells.
		if looseEqual(v, f) {
			return f
		}
	}
	if isNumber(v) {
		if f := v.ToFloat(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			if f < 0 { // a number before 1970 means now
				return float64(time.Now().UnixMilli()) / 1000
			}
			return f
		}
	}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Date" {
		get, _ := goja.AssertFunction(o.Get("getTime"))
		ms, err := get(o)
		if err != nil {
			panic(err)
		}
		return ms.ToFloat() / 1000
	}
	b.throw("ERR_INVALID_ARG_TYPE", name, b.types("Date", "Time in seconds"), v)
	return 0
}

func looseEqual(v goja.Value, f float64) bool { return !math.IsNaN(f) && v.ToFloat() == f }
