package natives

import "github.com/dop251/goja"

// Carry makes an object that holds v for other Go code and shows JavaScript
// nothing. goja's ToValue would wrap v's fields and methods by reflection, which
// at a start costs more than all the rest of a small module.
func Carry(vm *goja.Runtime, v any) *goja.Object { return vm.NewDynamicObject(&carrier{v}) }

// Carried returns what Carry put into v, nil if v is no such object.
func Carried(v goja.Value) any {
	if o, ok := v.(*goja.Object); ok {
		if c, ok := o.Export().(*carrier); ok {
			return c.v
		}
	}
	return nil
}

type carrier struct{ v any }

func (*carrier) Get(string) goja.Value       { return nil }
func (*carrier) Set(string, goja.Value) bool { return false }
func (*carrier) Has(string) bool             { return false }
func (*carrier) Delete(string) bool          { return true }
func (*carrier) Keys() []string              { return nil }
