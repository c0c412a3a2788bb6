package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// throwing is the instruction of throw statements. It gets a method of ours,
// which notes in the error where it is thrown: goja keeps only where it was made.
type throwing struct {
	tab      unsafe.Pointer // its method table
	exec     func(instr, vm unsafe.Pointer)
	errorTab unsafe.Pointer // what error objects begin with
	layout   *layout
}

var sharedThrowing = sync.OnceValues(func() (*throwing, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	prg, err := goja.Compile("", "throw 1", false)
	if err != nil {
		return nil, err
	}
	instrs := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	for i := range instrs.len {
		p := unsafe.Add(instrs.data, uintptr(i)*l.site.instr.Size())
		if reflect.NewAt(l.site.instr, p).Elem().Elem().Type().Name() != "_throw" {
			continue
		}
		t := &throwing{layout: l, tab: *(*unsafe.Pointer)(p)}
		original := &struct{ code uintptr }{(*itab)(t.tab).fun[0]}
		t.exec = *(*func(instr, vm unsafe.Pointer))(unsafe.Pointer(&original))
		e := goja.New().NewTypeError("")
		t.errorTab = (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(e), l.objectSelf))[0]
		return t, nil
	}
	return nil, fmt.Errorf("gojax: a throw statement has no instruction _throw")
})

// throwTable is the method table with execThrow in it.
var throwTable = sync.OnceValues(func() (unsafe.Pointer, error) {
	t, err := sharedThrowing()
	if err != nil {
		return nil, err
	}
	return methodTable(t.tab, t.layout.site.instr, map[string]unsafe.Pointer{"exec": code(execThrow)})
})

// execThrow executes a throw statement.
func execThrow(instr, vm unsafe.Pointer) {
	t, _ := sharedThrowing() // the table could not have been made without it
	s := t.layout.site
	stack := (*sliceHeader)(unsafe.Add(vm, s.stack))
	sp := *(*int)(unsafe.Add(vm, s.sp))
	v := *(*goja.Value)(unsafe.Add(stack.data, uintptr(sp-1)*unsafe.Sizeof(goja.Value(nil))))
	if o, ok := v.(*goja.Object); ok {
		self := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), t.layout.objectSelf))
		if self[0] == t.errorTab {
			// The first frame is a label, whose place nobody else needs.
			if frames := *(*[]goja.StackFrame)(unsafe.Add(self[1], t.layout.errorStack)); len(frames) > 0 {
				f := unsafe.Pointer(&frames[0])
				*(*unsafe.Pointer)(unsafe.Add(f, s.framePrg)) = *(*unsafe.Pointer)(unsafe.Add(vm, s.prg))
				*(*int)(unsafe.Add(f, s.framePC)) = *(*int)(unsafe.Add(vm, s.pc))
			}
		}
	}
	t.exec(instr, vm)
}

// ThrowSite is where a throw statement threw the error that has these frames;
// ok is false if none did since it was made.
func ThrowSite(frames []goja.StackFrame) (site goja.StackFrame, ok bool) {
	if len(frames) == 0 || FrameProgram(&frames[0]) == 0 {
		return site, false
	}
	site = frames[0]
	RenameFrame(&site, "")
	return site, true
}
