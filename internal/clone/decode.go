package clone

import (
	"math/big"

	"github.com/dop251/goja"
)

type decoder struct {
	*Codec
	in   *intrinsics
	made map[any]goja.Value
}

// Decode makes the message's value in the codec's VM.
func (c *Codec) Decode(m *Message) goja.Value {
	v, _ := c.DecodeMoved(m)
	return v
}

// DecodeMoved is Decode; the second result is the host objects that were
// transferred, those that the value does not hold included.
func (c *Codec) DecodeMoved(m *Message) (v goja.Value, moved []goja.Value) {
	d := &decoder{Codec: c, in: c.prepare(), made: map[any]goja.Value{}}
	v = d.value(m.root)
	for _, n := range m.moved {
		moved = append(moved, d.value(n))
	}
	return v, moved
}

func (d *decoder) value(n any) goja.Value {
	vm := d.VM
	switch n := n.(type) {
	case nil:
		return goja.Null()
	case undefined:
		return goja.Undefined()
	case text:
		return goja.StringFromUTF16(n)
	case string, int64, float64, bool:
		return vm.ToValue(n)
	case *big.Int:
		return vm.ToValue(n)
	}
	if v, ok := d.made[n]; ok {
		return v
	}
	return d.object(n)
}

func (d *decoder) keep(n any, o *goja.Object) *goja.Object {
	d.made[n] = o
	return o
}

func (d *decoder) must(o *goja.Object, err error) *goja.Object {
	if err != nil {
		panic(err)
	}
	return o
}

func (d *decoder) construct(class string, args ...goja.Value) *goja.Object {
	c := d.in.ctors[class]
	if c == nil {
		c, _ = goja.AssertConstructor(d.VM.Get(class))
		d.in.ctors[class] = c
	}
	return d.must(c(nil, args...))
}

func (d *decoder) object(n any) goja.Value {
	vm := d.VM
	switch n := n.(type) {
	case *object:
		o := d.keep(n, vm.NewObject())
		d.properties(o, n)
		return o
	case *array:
		o := d.keep(n, vm.NewArray())
		_ = o.Set("length", n.length)
		d.properties(o, &n.object)
		return o
	case *date:
		return d.keep(n, d.must(d.in.dateCtor(nil, vm.ToValue(n.ms))))
	case *regexp:
		return d.keep(n, d.must(d.in.regexpCtor(nil, d.value(n.source), d.value(n.flags))))
	case *boxed:
		return d.keep(n, d.value(n.value).ToObject(vm))
	case *failure:
		return d.failure(n)
	case *mapNode:
		o := d.keep(n, d.must(d.in.mapCtor(nil)))
		for i, k := range n.keys {
			if _, err := d.in.mapSet(o, d.value(k), d.value(n.values[i])); err != nil {
				panic(err)
			}
		}
		return o
	case *setNode:
		o := d.keep(n, d.must(d.in.sCtor(nil)))
		for _, v := range n.values {
			if _, err := d.in.setAdd(o, d.value(v)); err != nil {
				panic(err)
			}
		}
		return o
	case *buffer:
		if n.shared != nil {
			return d.keep(n, d.Shared.Wrap(n.shared))
		}
		return d.keep(n, vm.ToValue(vm.NewArrayBuffer(n.data)).(*goja.Object))
	case *view:
		return d.keep(n, d.construct(n.class, d.value(n.buffer), vm.ToValue(n.offset), vm.ToValue(n.length)))
	case *host:
		return d.keep(n, n.h.Decode(d.Codec))
	}
	return goja.Undefined()
}

func (d *decoder) properties(o *goja.Object, n *object) {
	for i, k := range n.keys {
		_ = o.DefineDataProperty(k, d.value(n.values[i]), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
}

func (d *decoder) failure(n *failure) *goja.Object {
	var args []goja.Value
	if _, none := n.message.(undefined); !none {
		args = append(args, d.value(n.message))
	}
	o := d.keep(n, d.construct(n.name, args...))
	if _, none := n.stack.(undefined); !none {
		_ = o.DefineDataProperty("stack", d.value(n.stack), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	if n.hasCause {
		_ = o.DefineDataProperty("cause", d.value(n.cause), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}
