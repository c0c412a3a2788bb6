package gojax

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// staleLayout says where the engine keeps its stacks. Above their tops lie
// values of calls that have returned, which keep objects from being collected.
type staleLayout struct {
	stacks []reflect.StructField
	sp     uintptr
}

var sharedStale = sync.OnceValue(func() *staleLayout {
	vm, ok := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	if !ok {
		return nil
	}
	t := vm.Type.Elem()
	sp, ok := t.FieldByName("sp")
	if !ok || sp.Type.Kind() != reflect.Int {
		return nil
	}
	l := &staleLayout{sp: sp.Offset}
	for _, name := range []string{"stack", "callStack", "iterStack", "refStack", "tryStack"} {
		f, ok := t.FieldByName(name)
		if !ok || f.Type.Kind() != reflect.Slice {
			return nil
		}
		l.stacks = append(l.stacks, f)
	}
	return l
})

// ClearStale forgets what the engine's stacks hold above their tops, before a
// garbage collection that a script asked for. It does nothing where the
// layout is not known.
func (v *VM) ClearStale() {
	l := sharedStale()
	if l == nil {
		return
	}
	for _, f := range l.stacks {
		s := reflect.NewAt(f.Type, unsafe.Add(v.vm, f.Offset)).Elem()
		top := s.Len()
		if f.Name == "stack" {
			top = min(*(*int)(unsafe.Add(v.vm, l.sp)), top)
		}
		all := s.Slice3(0, s.Cap(), s.Cap())
		for i := top; i < all.Len(); i++ {
			all.Index(i).SetZero()
		}
	}
}
