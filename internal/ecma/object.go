package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

func thisObject(r *goja.Runtime, v goja.Value, name string) *goja.Object {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		throwType(r, "Object.prototype.%s called on null or undefined", name)
	}
	return v.ToObject(r)
}

// propertyKey is ToPropertyKey.
func propertyKey(v goja.Value) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		v = toPrimitive(o, "string")
	}
	if s, ok := v.(*goja.Symbol); ok {
		return s
	}
	return v.ToString()
}

// accessorMethods are Annex B's __defineGetter__ and its relatives.
func extendObject(t *gojax.Templates) {
	define := func(name string, d func(f goja.Value) goja.PropertyDescriptor) builtin {
		return builtin{name, 2, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o := thisObject(r, c.This, name)
				if !isCallable(c.Argument(1)) {
					throwType(r, "Object.prototype.%s: Expecting function", name)
				}
				desc := d(c.Argument(1))
				desc.Enumerable, desc.Configurable = goja.FLAG_TRUE, goja.FLAG_TRUE
				gojax.DefineProperty(o, propertyKey(c.Argument(0)), desc)
				return undefined()
			}
		}}
	}
	lookup := func(name string, of func(gojax.Property) *goja.Object) builtin {
		return builtin{name, 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o := thisObject(r, c.This, name)
				key := propertyKey(c.Argument(0))
				for ; o != nil; o = o.Prototype() {
					if p, ok := gojax.GetOwn(o, key); ok {
						if f := of(p); p.Accessor && f != nil {
							return f
						}
						break
					}
				}
				return undefined()
			}
		}}
	}
	putMethods(t.ObjectProto, []builtin{
		define("__defineGetter__", func(f goja.Value) goja.PropertyDescriptor { return goja.PropertyDescriptor{Getter: f} }),
		define("__defineSetter__", func(f goja.Value) goja.PropertyDescriptor { return goja.PropertyDescriptor{Setter: f} }),
		lookup("__lookupGetter__", func(p gojax.Property) *goja.Object { return p.Getter }),
		lookup("__lookupSetter__", func(p gojax.Property) *goja.Object { return p.Setter }),
	})
	putMethods(t.Object, []builtin{{"groupBy", 2, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			keys := map[any]int{}
			var names []goja.Value
			var groups [][]goja.Value
			groupBy(r, c, "Object.groupBy", func(k, v goja.Value) {
				k = propertyKey(k)
				var id any = k
				if _, ok := k.(*goja.Symbol); !ok {
					id = stringID(toString(k))
				}
				i, ok := keys[id]
				if !ok {
					i = len(groups)
					keys[id] = i
					names, groups = append(names, k), append(groups, nil)
				}
				groups[i] = append(groups[i], v)
			})
			o := r.CreateObject(nil)
			for i, k := range names {
				gojax.CreateDataProperty(o, k, array(r, groups[i]))
			}
			return o
		}
	}}})
}

// stringID is a Go value that two equal strings share.
func stringID(s goja.String) string {
	ascii, wide, _ := gojax.CodeUnits(s)
	if wide == nil {
		return ascii
	}
	b := make([]byte, 1, 1+2*len(wide))
	for _, u := range wide {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}

func array(r *goja.Runtime, values []goja.Value) *goja.Object {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return r.NewArray(list...)
}

// groupBy is GroupBy of ECMA-262.
func groupBy(r *goja.Runtime, c goja.FunctionCall, name string, add func(key, value goja.Value)) {
	items := c.Argument(0)
	if goja.IsUndefined(items) || goja.IsNull(items) {
		throwType(r, "%s is not iterable", describe(items))
	}
	fn := function(c.Argument(1))
	if fn == nil {
		throwType(r, "%s is not a function", describe(c.Argument(1)))
	}
	it := iteratorOf(r, items)
	for k := int64(0); ; k++ {
		v, done := it.step()
		if done {
			return
		}
		it.guard(func() { add(fn(goja.FunctionCall{This: undefined(), Arguments: []goja.Value{v, r.ToValue(k)}}), v) })
	}
}

// extendCollections adds Map.groupBy.
func extendCollections(t *gojax.Templates) {
	onFirstUse(t, "Map", func(r *goja.Runtime, ctor *goja.Object) {
		defineMethods(r, ctor, []builtin{{"groupBy", 2, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				m, err := r.New(ctor)
				if err != nil {
					panic(err)
				}
				proto := ctor.Get("prototype").(*goja.Object)
				get, set := mapMethod(r, proto, "get"), mapMethod(r, proto, "set")
				groups := map[*goja.Object]*[]goja.Value{}
				var order []*goja.Object
				groupBy(r, c, "Map.groupBy", func(k, v goja.Value) {
					have := get(goja.FunctionCall{This: m, Arguments: []goja.Value{k}})
					list, ok := have.(*goja.Object)
					if !ok {
						list = r.NewArray()
						set(goja.FunctionCall{This: m, Arguments: []goja.Value{k, list}})
						groups[list] = &[]goja.Value{}
						order = append(order, list)
					}
					*groups[list] = append(*groups[list], v)
				})
				for _, list := range order {
					for i, v := range *groups[list] {
						gojax.CreateDataProperty(list, r.ToValue(i), v)
					}
				}
				return m
			}
		}}})
	})
}

// mapMethod is a method of Map.prototype as it was made.
func mapMethod(r *goja.Runtime, proto *goja.Object, name string) call {
	type key struct{ name string }
	return gojax.RealmValue(r, key{name}, func() call { return function(proto.Get(name)) })
}
