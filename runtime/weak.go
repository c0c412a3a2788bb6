package runtime

import (
	goruntime "runtime"
	"weak"

	"github.com/dop251/goja"
)

// weakRef is a weak reference as JavaScript holds it.
type weakRef struct{ p weak.Pointer[goja.Object] }

func (*weakRef) Get(string) goja.Value       { return nil }
func (*weakRef) Set(string, goja.Value) bool { return false }
func (*weakRef) Has(string) bool             { return false }
func (*weakRef) Delete(string) bool          { return true }
func (*weakRef) Keys() []string              { return nil }

// finalizers are a FinalizationRegistry's cells. All of them belong to the loop's
// goroutine; the collector only posts ids.
type finalizers struct {
	iso     *Isolate
	cleanup goja.Callable
	cells   map[int64]*cell
	next    int64
}

type cell struct {
	held    goja.Value
	token   weak.Pointer[goja.Object]
	hasTok  bool
	cleanup goruntime.Cleanup
}

func (*finalizers) Get(string) goja.Value       { return nil }
func (*finalizers) Set(string, goja.Value) bool { return false }
func (*finalizers) Has(string) bool             { return false }
func (*finalizers) Delete(string) bool          { return true }
func (*finalizers) Keys() []string              { return nil }

// collected runs on the loop: the target of a cell is gone.
func (f *finalizers) collected(id int64) {
	c := f.cells[id]
	if c == nil {
		return
	}
	delete(f.cells, id)
	f.iso.Call(f.cleanup, goja.Undefined(), c.held)
}

// ClearStale drops what the engine's stacks still hold of finished calls.
func (iso *Isolate) ClearStale() { iso.inside.ClearStale() }

// weakBinding is what WeakRef and FinalizationRegistry are made of. Go's
// collector decides; an object that the engine's stack still holds lives on.
func (iso *Isolate) weakBinding() *goja.Object {
	vm := iso.vm
	o := vm.NewObject()
	iso.method(o, "ref", func(c goja.FunctionCall) goja.Value {
		target, _ := c.Argument(0).(*goja.Object)
		return vm.NewDynamicObject(&weakRef{weak.Make(target)})
	})
	iso.method(o, "deref", func(c goja.FunctionCall) goja.Value {
		if r, ok := c.Argument(0).Export().(*weakRef); ok {
			if target := r.p.Value(); target != nil {
				return target
			}
		}
		return goja.Undefined()
	})
	iso.method(o, "registry", func(c goja.FunctionCall) goja.Value {
		fn, _ := goja.AssertFunction(c.Argument(0))
		return vm.NewDynamicObject(&finalizers{iso: iso, cleanup: fn, cells: map[int64]*cell{}})
	})
	iso.method(o, "register", func(c goja.FunctionCall) goja.Value {
		f, ok := c.Argument(0).Export().(*finalizers)
		target, isObject := c.Argument(1).(*goja.Object)
		if !ok || !isObject {
			return nil
		}
		f.next++
		id := f.next
		entry := &cell{held: c.Argument(2)}
		if token, ok := c.Argument(3).(*goja.Object); ok {
			entry.token, entry.hasTok = weak.Make(token), true
		}
		// The registry is held weakly: one that is gone calls nobody.
		reg := weak.Make(f)
		loop := iso.loop
		entry.cleanup = goruntime.AddCleanup(target, func(id int64) {
			loop.Post(func() {
				if f := reg.Value(); f != nil {
					f.collected(id)
				}
			})
		}, id)
		f.cells[id] = entry
		return nil
	})
	iso.method(o, "unregister", func(c goja.FunctionCall) goja.Value {
		f, ok := c.Argument(0).Export().(*finalizers)
		token, isObject := c.Argument(1).(*goja.Object)
		if !ok || !isObject {
			return vm.ToValue(false)
		}
		p, found := weak.Make(token), false
		for id, entry := range f.cells {
			if entry.hasTok && entry.token == p {
				entry.cleanup.Stop()
				delete(f.cells, id)
				found = true
			}
		}
		return vm.ToValue(found)
	})
	return o
}
