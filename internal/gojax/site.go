package gojax

import (
	"fmt"
	"reflect"
	"sort"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

// siteLayout is where the engine keeps the instruction that it executes.
type siteLayout struct {
	prg, pc, stack, sp, sb   uintptr // in vm
	code, src, srcMap        uintptr // in Program
	mapPC, mapPos, mapSize   uintptr // in srcMapItem
	framePrg, framePC        uintptr // in StackFrame
	newTarget                uintptr // in vm
	ctxPrg, ctxSB, ctxTarget uintptr // in context
	ctxPC, ctxSize           uintptr
	funcPrg, funcStrict      uintptr // in the objects of functions
	program, instr           reflect.Type
	mapItem                  reflect.Type
}

func findSite(vm, frame reflect.Type) (*siteLayout, error) {
	s := &siteLayout{}
	var err error
	get := func(t reflect.Type, name, want string) reflect.StructField {
		f, ok := t.FieldByName(name)
		if (!ok || f.Type.String() != want) && err == nil {
			err = fmt.Errorf("gojax: %s has no field %s of type %s", t, name, want)
		}
		return f
	}
	prg := get(vm, "prg", "*goja.Program")
	s.prg = prg.Offset
	s.pc = get(vm, "pc", "int").Offset
	s.stack = get(vm, "stack", "goja.valueStack").Offset
	s.sp = get(vm, "sp", "int").Offset
	s.sb = get(vm, "sb", "int").Offset
	s.newTarget = get(vm, "newTarget", "goja.Value").Offset
	ctx := get(vm, "callStack", "[]goja.context").Type.Elem()
	if err != nil {
		return nil, err
	}
	s.ctxPrg = get(ctx, "prg", "*goja.Program").Offset
	s.ctxSB = get(ctx, "sb", "int").Offset
	s.ctxTarget = get(ctx, "newTarget", "goja.Value").Offset
	s.ctxPC = get(ctx, "pc", "int").Offset
	s.ctxSize = ctx.Size()
	if err != nil {
		return nil, err
	}
	s.program = prg.Type.Elem()
	code := get(s.program, "code", "[]goja.instruction")
	s.code = code.Offset
	s.src = get(s.program, "src", "*file.File").Offset
	m := get(s.program, "srcMap", "[]goja.srcMapItem")
	s.srcMap = m.Offset
	s.framePrg = get(frame, "prg", "*goja.Program").Offset
	s.framePC = get(frame, "pc", "int").Offset
	if err != nil {
		return nil, err
	}
	fn, _ := goja.New().RunString("(function () {})")
	self := reflect.ValueOf(fn.(*goja.Object)).Elem().FieldByName("self").Elem().Type().Elem()
	fnPrg, strict := get(self, "prg", "*goja.Program"), get(self, "strict", "bool")
	if err != nil {
		return nil, err
	}
	s.funcPrg, s.funcStrict = offsetOf(self, fnPrg.Index), offsetOf(self, strict.Index)
	s.instr, s.mapItem = code.Type.Elem(), m.Type.Elem()
	s.mapPC = get(s.mapItem, "pc", "int").Offset
	s.mapPos = get(s.mapItem, "srcPos", "int").Offset
	s.mapSize = s.mapItem.Size()
	return s, err
}

// A Site is the instruction that the engine is executing.
type Site struct {
	Op  string // goja's name for the instruction's type
	N   int    // its operand, where that is a number
	Str string // its operand, where that is a name
	prg unsafe.Pointer
	pc  int
	l   *layout
}

// Site returns the current instruction; ok is false inside a native function.
func (v *VM) Site() (Site, bool) {
	l := v.layout
	prg := *(*unsafe.Pointer)(unsafe.Add(v.vm, l.site.prg))
	pc := *(*int)(unsafe.Add(v.vm, l.site.pc))
	s := Site{prg: prg, pc: pc, l: l}
	if prg == nil || !s.load() {
		return Site{}, false
	}
	return s, true
}

func (s *Site) load() bool {
	code := (*sliceHeader)(unsafe.Add(s.prg, s.l.site.code))
	if s.pc < 0 || s.pc >= code.len {
		return false
	}
	p := unsafe.Add(code.data, uintptr(s.pc)*s.l.site.instr.Size())
	in := reflect.NewAt(s.l.site.instr, p).Elem().Elem()
	if !in.IsValid() {
		return false
	}
	t := in.Type()
	if t.Kind() == reflect.Pointer {
		t, in = t.Elem(), in.Elem()
	}
	s.Op, s.N, s.Str = t.Name(), 0, ""
	switch in.Kind() {
	case reflect.Uint32, reflect.Uint, reflect.Uint64:
		s.N = int(in.Uint())
	case reflect.Int, reflect.Int32, reflect.Int64:
		s.N = int(in.Int())
	case reflect.String:
		s.Str = unistring.String(in.String()).String()
	}
	return true
}

// Next is the instruction n places further on.
func (s Site) Next(n int) (Site, bool) {
	s.pc += n
	ok := s.load()
	return s, ok
}

// Peek returns the operand stack's n-th value from the top, nil if there is none.
func (v *VM) Peek(n int) goja.Value {
	st := (*sliceHeader)(unsafe.Add(v.vm, v.layout.site.stack))
	i := *(*int)(unsafe.Add(v.vm, v.layout.site.sp)) - 1 - n
	if i < 0 || i >= st.len {
		return nil
	}
	return *(*goja.Value)(unsafe.Add(st.data, uintptr(i)*unsafe.Sizeof(goja.Value(nil))))
}

// FrameSource returns the program text of a frame and the offset in it; ok is
// false for native frames and labels.
func FrameSource(f *goja.StackFrame) (src *file.File, offset int, ok bool) {
	l, err := sharedLayout()
	if err != nil {
		return nil, 0, false
	}
	s := l.site
	prg := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(f), s.framePrg))
	if prg == nil {
		return nil, 0, false
	}
	src = *(**file.File)(unsafe.Add(prg, s.src))
	if src == nil {
		return nil, 0, false
	}
	pc := *(*int)(unsafe.Add(unsafe.Pointer(f), s.framePC))
	m := (*sliceHeader)(unsafe.Add(prg, s.srcMap))
	at := func(i int) unsafe.Pointer { return unsafe.Add(m.data, uintptr(i)*s.mapSize) }
	i := sort.Search(m.len, func(i int) bool { return *(*int)(unsafe.Add(at(i), s.mapPC)) > pc }) - 1
	if i < 0 {
		return src, 0, true
	}
	return src, *(*int)(unsafe.Add(at(i), s.mapPos)), true
}

// MoveFrame returns f at another offset of its program.
func MoveFrame(f goja.StackFrame, offset int) goja.StackFrame {
	l, err := sharedLayout()
	if err != nil {
		return f
	}
	s := l.site
	old := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(&f), s.framePrg))
	if old == nil {
		return f
	}
	item := reflect.New(s.mapItem)
	*(*int)(unsafe.Add(item.UnsafePointer(), s.mapPos)) = offset
	prg := reflect.New(s.program)
	p := prg.UnsafePointer()
	prg.Elem().Set(reflect.NewAt(s.program, old).Elem())
	*(*sliceHeader)(unsafe.Add(p, s.code)) = sliceHeader{}
	*(*sliceHeader)(unsafe.Add(p, s.srcMap)) = sliceHeader{data: item.UnsafePointer(), len: 1, cap: 1}
	*(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(&f), s.framePrg)) = p
	*(*int)(unsafe.Add(unsafe.Pointer(&f), s.framePC)) = 0
	return f
}

// RenameFrame gives a frame another function name.
func RenameFrame(f *goja.StackFrame, name unistring.String) {
	if l, err := sharedLayout(); err == nil {
		*(*unistring.String)(unsafe.Add(unsafe.Pointer(f), l.frameName)) = name
	}
}

// FrameProgram identifies the function text that a frame runs, 0 for native
// ones. The number is good while the frame is.
func FrameProgram(f *goja.StackFrame) uintptr {
	l, err := sharedLayout()
	if err != nil {
		return 0
	}
	return *(*uintptr)(unsafe.Add(unsafe.Pointer(f), l.site.framePrg))
}

// FrameName is the frame's function name as the engine has it.
func FrameName(f *goja.StackFrame) unistring.String {
	l, err := sharedLayout()
	if err != nil {
		return ""
	}
	return *(*unistring.String)(unsafe.Add(unsafe.Pointer(f), l.frameName))
}

// NativeArg returns the i-th argument of the native function that is running,
// nil if there is none.
func (v *VM) NativeArg(i int) goja.Value {
	s := v.layout.site
	if *(*unsafe.Pointer)(unsafe.Add(v.vm, s.prg)) != nil {
		return nil
	}
	st := (*sliceHeader)(unsafe.Add(v.vm, s.stack))
	at := *(*int)(unsafe.Add(v.vm, s.sb)) + i
	if at < 0 || at >= st.len || at >= *(*int)(unsafe.Add(v.vm, s.sp)) {
		return nil
	}
	return *(*goja.Value)(unsafe.Add(st.data, uintptr(at)*unsafe.Sizeof(goja.Value(nil))))
}

// An Activation is one function's activation on the call stack.
type Activation struct {
	Callee *goja.Object // nil where it cannot be told: top-level code, eval
	This   goja.Value   // nil in an arrow function
	New    bool         // [[Construct]]
}

// Activations returns the activations on the stack, top first, in the order of a
// captured stack, at most limit of them.
func (v *VM) Activations(limit int) []Activation {
	s := v.layout.site
	out := make([]Activation, 0, min(limit, v.callStack.len+1))
	st := (*sliceHeader)(unsafe.Add(v.vm, s.stack))
	at := func(i int) goja.Value {
		if i < 0 || i >= st.len {
			return nil
		}
		return *(*goja.Value)(unsafe.Add(st.data, uintptr(i)*unsafe.Sizeof(goja.Value(nil))))
	}
	ctx := func(i int) unsafe.Pointer { return unsafe.Add(v.callStack.data, uintptr(i)*s.ctxSize) }
	// below is the index of the context that the activation returns to.
	add := func(base unsafe.Pointer, prgAt, sbAt, targetAt uintptr, below int) {
		prg, sb := *(*unsafe.Pointer)(unsafe.Add(base, prgAt)), *(*int)(unsafe.Add(base, sbAt))
		if prg == nil && sb <= 0 {
			return
		}
		c := Activation{}
		if sb > 0 {
			c.Callee, _ = at(sb - 1).(*goja.Object)
		}
		switch {
		case c.Callee == nil:
		case prg == nil:
			c.This = at(sb - 2)
		case !KindOf(c.Callee).runs() || *(*unsafe.Pointer)(unsafe.Add(mustSlots().words(c.Callee)[1], s.funcPrg)) != prg:
			c.Callee = nil // a program that borrowed the frame: eval, field initialisers
		default:
			c.This = at(sb) // nil in a derived class's constructor before super()
			// A plain call leaves its caller's new.target where it was; what Go
			// has called (constructors are) sets it, and returns to no program.
			t := *(*goja.Value)(unsafe.Add(base, targetAt))
			c.New = t != nil && !goja.IsUndefined(t) && !isArrow(c.Callee) && below >= 0 && *(*int)(unsafe.Add(ctx(below), s.ctxPC)) == -2
		}
		out = append(out, c)
	}
	add(v.vm, s.prg, s.sb, s.newTarget, v.callStack.len-1)
	for i := v.callStack.len - 1; i >= 0 && len(out) < limit; i-- {
		add(ctx(i), s.ctxPrg, s.ctxSB, s.ctxTarget, i-1)
	}
	return out
}

// isArrow reports whether a function is an arrow function, which has its
// surroundings' new.target.
func isArrow(o *goja.Object) bool {
	s := mustSlots()
	return s.words(o)[0] == s.arrow || s.words(o)[0] == s.asyncArrowTab
}

// IsStrict reports whether fn is a function of strict code.
func IsStrict(fn *goja.Object) bool {
	l, err := sharedLayout()
	return err == nil && KindOf(fn).runs() && *(*bool)(unsafe.Add(mustSlots().words(fn)[1], l.site.funcStrict))
}

// runs reports whether functions of this kind run a program of the engine.
func (k Kind) runs() bool { return k >= KindFunction && k <= KindAsyncFunction }
