package process

import (
	"time"

	"github.com/dop251/goja"
)

// environ is process.env over the host's variables: every value is a string.
type environ struct{ *binding }

// newEnv makes process.env: a live view, in a proxy because a property's
// definition must be seen whole to be refused.
func (b *binding) newEnv() goja.Value {
	e := &environ{b}
	refuse := func(text string) {
		panic(b.env.NewError("ERR_INVALID_OBJECT_DEFINE_PROPERTY", text))
	}
	return b.vm.ToValue(b.vm.NewProxy(b.vm.NewDynamicObject(e), &goja.ProxyTrapConfig{
		Set: func(_ *goja.Object, key string, value, _ goja.Value) bool { return e.Set(key, value) },
		SetSym: func(*goja.Object, *goja.Symbol, goja.Value, goja.Value) bool {
			panic(b.vm.NewTypeError("Cannot convert a Symbol value to a string"))
		},
		DefineProperty: func(_ *goja.Object, key string, d goja.PropertyDescriptor) bool {
			switch {
			case d.Getter != nil || d.Setter != nil:
				refuse("'process.env' does not accept an accessor(getter/setter) descriptor")
			case d.Writable != goja.FLAG_TRUE || d.Enumerable != goja.FLAG_TRUE || d.Configurable != goja.FLAG_TRUE:
				refuse("'process.env' only accepts a configurable, writable, and enumerable data descriptor")
			}
			return e.Set(key, d.Value)
		},
	}))
}

// Get returns a variable.
func (e *environ) Get(key string) goja.Value {
	if v, ok := e.host.Env.Get(key); ok {
		return e.vm.ToValue(v)
	}
	return nil
}

// Set converts and stores a value.
func (e *environ) Set(key string, val goja.Value) bool {
	if val == nil {
		val = goja.Undefined()
	}
	if _, ok := val.(*goja.Symbol); ok {
		panic(e.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	if e.host.Flags["pending-deprecation"] == "true" {
		switch val.(type) {
		case *goja.Object:
			e.warnCoercion()
		default:
			if goja.IsUndefined(val) || goja.IsNull(val) {
				e.warnCoercion()
			} else if _, big := val.Export().(interface{ BitLen() int }); big {
				e.warnCoercion()
			}
		}
	}
	s := val.String()
	e.host.Env.Set(key, s)
	if key == "TZ" && e.host.OwnsProcess {
		setZone(s)
	}
	return true
}

func (e *environ) warnCoercion() {
	emit, ok := goja.AssertFunction(e.env.Process().Get("emitWarning"))
	if !ok {
		return
	}
	_, err := emit(e.env.Process(), e.vm.ToValue("Assigning any value other than a string, number, or boolean to a "+
		"process.env property is deprecated. Please make sure to convert the value to a string before setting process.env with it."),
		e.vm.ToValue("DeprecationWarning"), e.vm.ToValue("DEP0104"))
	if err != nil {
		panic(err)
	}
}

// setZone makes dates local to another time zone, as libc does when TZ changes.
func setZone(name string) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = time.UTC
	}
	time.Local = loc
}

// Has reports whether a variable is set.
func (e *environ) Has(key string) bool {
	_, ok := e.host.Env.Get(key)
	return ok
}

// Delete removes a variable.
func (e *environ) Delete(key string) bool {
	e.host.Env.Delete(key)
	if key == "TZ" && e.host.OwnsProcess {
		setZone("Local")
	}
	return true
}

// Keys lists the variables.
func (e *environ) Keys() []string { return e.host.Env.Keys() }
