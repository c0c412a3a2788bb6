package gojax

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

//go:linkname newArrayValues github.com/dop251/goja.(*Runtime).newArrayValues
func newArrayValues(r *goja.Runtime, values []goja.Value) *goja.Object

// NewArray makes an array over values, which are the engine's from then on.
func NewArray(r *goja.Runtime, values []goja.Value) *goja.Object { return newArrayValues(r, values) }

//go:linkname intToValue github.com/dop251/goja.intToValue
func intToValue(i int64) goja.Value

// Int makes a number value.
func Int(i int64) goja.Value { return intToValue(i) }

// Float makes a number value.
func Float(f float64) goja.Value { return floatToValue(f) }

// ASCII makes a string value of text that is known to be ASCII.
func ASCII(s string) goja.Value {
	v := asciiProto
	p := new(string)
	*p = s
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = unsafe.Pointer(p)
	return v
}

var asciiProto goja.Value = newStringValue("ascii")

// A Builder fills a new ordinary object with data properties, in order.
type Builder struct {
	o *goja.Object
	b *baseObject
}

// Build makes an ordinary object.
func Build(r *goja.Runtime) Builder {
	o := r.NewObject()
	return Builder{o, plain(o)}
}

// BuildNull makes an object without a prototype.
func BuildNull(r *goja.Runtime) Builder {
	o := r.CreateObject(nil)
	return Builder{o, plain(o)}
}

// Object is what has been built.
func (b Builder) Object() *goja.Object { return b.o }

// Put sets an own property, of whatever name.
func (b Builder) Put(name unistring.String, v goja.Value) {
	if _, ok := b.b.values[name]; !ok {
		b.b.propNames = append(b.b.propNames, name)
	}
	b.b.values[name] = v
}
