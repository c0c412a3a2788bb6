package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// machine mirrors the registers of goja's virtual machine, from the first on.
type machine struct {
	r, prg             unsafe.Pointer
	pc                 int
	stack              sliceHeader
	sp, sb, args       int
	stash, privEnv     unsafe.Pointer
	callStack          sliceHeader
	iterStack          sliceHeader
	refStack, tryStack sliceHeader
	newTarget, result  goja.Value
}

// runnerOffset is where the machine keeps the async function that runs.
var runnerOffset = sync.OnceValues(func() (uintptr, error) {
	rt, _ := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	theirs, ours := rt.Type.Elem(), reflect.TypeFor[machine]()
	for i := range ours.NumField() {
		want, have := ours.Field(i), theirs.Field(i)
		if have.Name != want.Name || have.Offset != want.Offset || have.Type.Size() != want.Type.Size() {
			return 0, fmt.Errorf("gojax: %s has no field %s at %d", theirs, want.Name, want.Offset)
		}
	}
	f, ok := theirs.FieldByName("curAsyncRunner")
	if !ok || f.Type.Kind() != reflect.Pointer {
		return 0, fmt.Errorf("gojax: %s has no field curAsyncRunner", theirs)
	}
	return f.Offset, nil
})

// Mark notes where the machine is. The function that it returns brings it back
// there after an interrupt that was taken for the end of what ran in between:
// goja leaves the frames of interrupted generators and async functions behind.
func (v *VM) Mark() (restore func()) {
	off, err := runnerOffset()
	if err != nil {
		panic(err)
	}
	now := (*machine)(v.vm)
	runner := (*unsafe.Pointer)(unsafe.Add(v.vm, off))
	was, wasRunner := *now, *runner
	return func() {
		stack, calls, iters, refs, tries := now.stack, now.callStack, now.iterStack, now.refStack, now.tryStack
		*now = was
		// They may have moved since, but what lay in them below is there.
		calls.len, iters.len, refs.len, tries.len = was.callStack.len, was.iterStack.len, was.refStack.len, was.tryStack.len
		now.stack, now.callStack, now.iterStack, now.refStack, now.tryStack = stack, calls, iters, refs, tries
		*runner = wasRunner
	}
}
