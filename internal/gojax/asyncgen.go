package gojax

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// goja has generators and async functions, but not both in one. An async
// generator is compiled as a generator in whose body await stands, and the
// instruction that makes the function makes one of another kind: calling it
// gives a generator that only [AsyncGenerator] drives.

// AsyncMark begins the source text of a generator function that is to be async,
// and ForAwaitMark is the string that stands for [AsyncHooks.ForAwait]: what a
// lowered program says to [PatchAsync].
const (
	AsyncMark    = "\x00async\x00"
	ForAwaitMark = "\x00for await\x00"
)

// AsyncHooks is what async generators need of the built-ins.
type AsyncHooks struct {
	// Prototypes are %AsyncGeneratorFunction.prototype% and %AsyncGeneratorPrototype%.
	Prototypes func(*goja.Runtime) (function, generator *goja.Object)
	// ForAwait is the function that the loops of for await call.
	ForAwait func(*goja.Runtime) *goja.Object
}

type asyncLayout struct {
	// First words of the engine's objects and instructions, and those that stand in for them.
	funcTab, methodTab, genTab             unsafe.Pointer
	ownFunc, ownMethod, ownGen             unsafe.Pointer
	makeFunc, makeMethod, load             unsafe.Pointer
	ownMakeFunc, ownMakeMethod, loadHelper unsafe.Pointer

	source                     uintptr // in the instructions
	gen, state                 uintptr // in generatorObject
	returning, iterLen, refLen uintptr // in generator
	runtime, pc, sp, sb        uintptr // in vm
	calls, tries               uintptr
}

// asyncOnce is no sync.OnceValues: what it finds out refers to it.
var asyncOnce struct {
	sync.Once
	layout *asyncLayout
	err    error
}

func sharedAsync() (*asyncLayout, error) {
	asyncOnce.Do(func() { asyncOnce.layout, asyncOnce.err = findAsync() })
	return asyncOnce.layout, asyncOnce.err
}

func findAsync() (*asyncLayout, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	a := &asyncLayout{pc: l.site.pc, sp: l.site.sp, sb: l.site.sb, calls: l.callStack}
	rt := goja.New()
	object := func(src string) (unsafe.Pointer, reflect.Type) {
		v, err := rt.RunString(src)
		if err != nil {
			panic(err)
		}
		o := v.(*goja.Object)
		return selfWords(o)[0], reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem()
	}
	field := func(t reflect.Type, name, want string) uintptr {
		f, ok := t.FieldByName(name)
		if err == nil && (!ok || f.Type.String() != want) {
			err = fmt.Errorf("gojax: %s has no field %s of type %s", t, name, want)
		}
		return offsetOf(t, f.Index)
	}
	var genT reflect.Type
	a.funcTab, _ = object("(function* () {})")
	a.methodTab, _ = object("({ *m() {} }).m")
	a.genTab, genT = object("(function* () {})()")
	a.gen = field(genT, "gen", "goja.generator")
	a.state = field(genT, "delegated", "*goja.iteratorRecord") // of no use for an async one
	if err != nil {
		return nil, err
	}
	gf, _ := genT.FieldByName("gen")
	a.returning = field(gf.Type, "returning", "goja.Value")
	a.iterLen, a.refLen = field(gf.Type, "iterStackLen", "uint32"), field(gf.Type, "refStackLen", "uint32")
	vm, _ := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	a.runtime = field(vm.Type.Elem(), "r", "*goja.Runtime")
	a.tries = field(vm.Type.Elem(), "tryStack", "[]goja.tryFrame")
	if err != nil {
		return nil, err
	}

	prg, err := goja.Compile("", "f('x'); f(function* () {}, { *m() {} })", false)
	if err != nil {
		return nil, err
	}
	probe := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	for i := range probe.len {
		p := unsafe.Add(probe.data, uintptr(i)*l.site.instr.Size())
		t := reflect.NewAt(l.site.instr, p).Elem().Elem().Type()
		word := (*[2]unsafe.Pointer)(p)[0]
		switch t.String() {
		case "*goja.newGeneratorFunc":
			a.makeFunc = word
			a.source = field(t.Elem(), "source", "string")
		case "*goja.newGeneratorMethod":
			a.makeMethod = word
			if field(t.Elem(), "source", "string") != a.source {
				err = fmt.Errorf("gojax: %s has its source elsewhere", t)
			}
		case "goja.loadVal":
			a.load = word
		}
	}
	if err != nil {
		return nil, err
	}
	if a.makeFunc == nil || a.makeMethod == nil || a.load == nil {
		return nil, fmt.Errorf("gojax: generators and strings have other instructions")
	}
	self, _ := reflect.TypeFor[goja.Object]().FieldByName("self")
	for _, t := range []struct {
		of   unsafe.Pointer
		kind reflect.Type
		with map[string]unsafe.Pointer
		out  *unsafe.Pointer
	}{
		{a.funcTab, self.Type, map[string]unsafe.Pointer{
			"vmCall": code(asyncVMCall), "assertCallable": code(asyncCallable), "export": code(asyncExport)}, &a.ownFunc},
		{a.methodTab, self.Type, map[string]unsafe.Pointer{
			"vmCall": code(asyncMethodVMCall), "assertCallable": code(asyncMethodCallable), "export": code(asyncMethodExport)}, &a.ownMethod},
		{a.genTab, self.Type, nil, &a.ownGen},
		{a.makeFunc, l.site.instr, map[string]unsafe.Pointer{"exec": code(makeAsyncFunc)}, &a.ownMakeFunc},
		{a.makeMethod, l.site.instr, map[string]unsafe.Pointer{"exec": code(makeAsyncMethod)}, &a.ownMakeMethod},
		{a.load, l.site.instr, map[string]unsafe.Pointer{"exec": code(loadForAwait)}, &a.loadHelper},
	} {
		if *t.out, err = methodTable(t.of, t.kind, t.with); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func mustAsync() *asyncLayout {
	a, err := sharedAsync()
	if err != nil {
		panic(err)
	}
	return a
}

// PatchAsync makes the functions of a program that are marked async generators,
// and gives its loops their helper.
func PatchAsync(prg *goja.Program) error {
	a, err := sharedAsync()
	if err != nil {
		return err
	}
	a.patch(prg)
	return nil
}

func (a *asyncLayout) patch(prg *goja.Program) {
	l, _ := sharedLayout()
	instrs := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	size := l.site.instr.Size()
	for i := range instrs.len {
		p := unsafe.Add(instrs.data, uintptr(i)*size)
		words := (*[2]unsafe.Pointer)(p)
		for _, off := range programsOf(words[0], reflect.NewAt(l.site.instr, p).Elem()) {
			if inner := *(**goja.Program)(unsafe.Add(words[1], off)); inner != nil {
				a.patch(inner)
			}
		}
		switch words[0] {
		case a.makeFunc, a.makeMethod:
			source := (*string)(unsafe.Add(words[1], a.source))
			if text, ok := strings.CutPrefix(*source, AsyncMark); ok {
				*source = text
				if words[0] == a.makeFunc {
					words[0] = a.ownMakeFunc
				} else {
					words[0] = a.ownMakeMethod
				}
			}
		case a.load:
			if s, ok := (*(*goja.Value)(words[1])).(goja.String); ok && s.String() == ForAwaitMark {
				words[0] = a.loadHelper
			}
		}
	}
}

// --- Instructions

//go:linkname execGeneratorFunc github.com/dop251/goja.(*newGeneratorFunc).exec
func execGeneratorFunc(n, vm unsafe.Pointer)

//go:linkname execGeneratorMethod github.com/dop251/goja.(*newGeneratorMethod).exec
func execGeneratorMethod(n, vm unsafe.Pointer)

//go:linkname vmPush github.com/dop251/goja.(*vm).push
func vmPush(vm unsafe.Pointer, v goja.Value)

// stackAt is the operand stack's n-th slot below the top.
func (a *asyncLayout) stackAt(vm unsafe.Pointer, n int) *goja.Value {
	l, _ := sharedLayout()
	st := (*sliceHeader)(unsafe.Add(vm, l.site.stack))
	i := *(*int)(unsafe.Add(vm, a.sp)) - 1 - n
	return (*goja.Value)(unsafe.Add(st.data, uintptr(i)*unsafe.Sizeof(goja.Value(nil))))
}

func (a *asyncLayout) hooks(vm unsafe.Pointer) (*goja.Runtime, *AsyncHooks) {
	t, err := BuiltinTemplates()
	if err != nil {
		panic(err)
	}
	return *(**goja.Runtime)(unsafe.Add(vm, a.runtime)), t.Async
}

func (a *asyncLayout) convert(vm, tab unsafe.Pointer) {
	fn := (*a.stackAt(vm, 0)).(*goja.Object)
	r, h := a.hooks(vm)
	function, generator := h.Prototypes(r)
	_ = fn.SetPrototype(function)
	if p, ok := fn.Get("prototype").(*goja.Object); ok {
		_ = p.SetPrototype(generator)
	}
	selfWords(fn)[0] = tab
}

func makeAsyncFunc(n, vm unsafe.Pointer) {
	execGeneratorFunc(n, vm)
	a := mustAsync()
	a.convert(vm, a.ownFunc)
}

func makeAsyncMethod(n, vm unsafe.Pointer) {
	execGeneratorMethod(n, vm)
	a := mustAsync()
	a.convert(vm, a.ownMethod)
}

func loadForAwait(_, vm unsafe.Pointer) {
	a := mustAsync()
	r, h := a.hooks(vm)
	vmPush(vm, h.ForAwait(r))
	*(*int)(unsafe.Add(vm, a.pc))++
}

// --- Calls

//go:linkname baseVMCall github.com/dop251/goja.(*baseJsFuncObject).vmCall
func baseVMCall(f, vm unsafe.Pointer, n int)

//go:linkname generatorCall github.com/dop251/goja.(*baseJsFuncObject).generatorCall
func generatorCall(f unsafe.Pointer, vmCall func(vm unsafe.Pointer, n int), n int) goja.Value

//go:linkname prepareForVMCall github.com/dop251/goja.(*baseJsFuncObject).prepareForVmCall
func prepareForVMCall(f unsafe.Pointer, c goja.FunctionCall)

// call runs the function up to its body and returns the generator. The callee
// and the arguments are on the stack.
func (a *asyncLayout) call(f, vm unsafe.Pointer, n int, method bool) goja.Value {
	callee := a.stackAt(vm, n)
	fn := (*callee).(*goja.Object)
	if method {
		// The engine finds super by the callee's kind.
		double := RuntimeOf(fn).NewObject()
		*selfWords(double) = [2]unsafe.Pointer{a.methodTab, f}
		*callee = double
	}
	v := generatorCall(f, func(vm unsafe.Pointer, n int) { baseVMCall(f, vm, n) }, n)
	o := v.(*goja.Object)
	w := selfWords(o)
	w[0] = a.ownGen
	g := &AsyncGenerator{r: RuntimeOf(o), vm: vm, gen: unsafe.Add(w[1], a.gen), a: a}
	*(**AsyncGenerator)(unsafe.Add(w[1], a.state)) = g
	if _, ok := fn.Get("prototype").(*goja.Object); !ok {
		_, h := a.hooks(vm)
		_, p := h.Prototypes(g.r)
		_ = o.SetPrototype(p)
	}
	return v
}

func (a *asyncLayout) vmCall(f, vm unsafe.Pointer, n int, method bool) {
	vmPush(vm, a.call(f, vm, n, method))
	*(*int)(unsafe.Add(vm, a.pc))++
}

func asyncVMCall(f, vm unsafe.Pointer, n int) { mustAsync().vmCall(f, vm, n, false) }

func asyncMethodVMCall(f, vm unsafe.Pointer, n int) { mustAsync().vmCall(f, vm, n, true) }

// entry is what a function is to Go that calls it.
func (a *asyncLayout) entry(f unsafe.Pointer, method bool) func(goja.FunctionCall) goja.Value {
	return func(c goja.FunctionCall) goja.Value {
		prepareForVMCall(f, c)
		l, _ := sharedLayout()
		r := RuntimeOf((*baseObject)(f).val)
		return a.call(f, *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(r), l.vm)), len(c.Arguments), method)
	}
}

func asyncCallable(f unsafe.Pointer) (func(goja.FunctionCall) goja.Value, bool) {
	return mustAsync().entry(f, false), true
}

func asyncMethodCallable(f unsafe.Pointer) (func(goja.FunctionCall) goja.Value, bool) {
	return mustAsync().entry(f, true), true
}

func asyncExport(f, _ unsafe.Pointer) any { return mustAsync().entry(f, false) }

func asyncMethodExport(f, _ unsafe.Pointer) any { return mustAsync().entry(f, true) }

// --- Generators

// AsyncGenerator is the suspended body of an async generator.
type AsyncGenerator struct {
	// State is the driver's.
	State any

	r       *goja.Runtime
	vm, gen unsafe.Pointer
	a       *asyncLayout
}

// AsyncGeneratorOf returns the body behind an async generator object, nil if v is none.
func AsyncGeneratorOf(v goja.Value) *AsyncGenerator {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	a := mustAsync()
	if w := selfWords(o); w[0] == a.ownGen {
		return *(**AsyncGenerator)(unsafe.Add(w[1], a.state))
	}
	return nil
}

// IsAsyncGeneratorFunction tells the functions that make them.
func IsAsyncGeneratorFunction(o *goja.Object) bool {
	a, err := sharedAsync()
	if err != nil {
		return false
	}
	w := selfWords(o)[0]
	return w == a.ownFunc || w == a.ownMethod
}

// Suspension is why the body of an async generator has stopped.
type Suspension uint8

// The engine's numbers: the Res forms expect a value when the body goes on.
const (
	Returned Suspension = iota
	Yielded
	YieldedRes
	Delegated
	DelegatedRes
	Awaits
)

//go:linkname genStep github.com/dop251/goja.(*generator).step
func genStep(g unsafe.Pointer) (goja.Value, Suspension, *goja.Exception)

//go:linkname genEnterNext github.com/dop251/goja.(*generator).enterNext
func genEnterNext(g unsafe.Pointer)

//go:linkname genEnterFinally github.com/dop251/goja.(*generator).enterNextFinallyFrame
func genEnterFinally(g unsafe.Pointer) bool

//go:linkname vmPopTry github.com/dop251/goja.(*vm).popTryFrame
func vmPopTry(vm unsafe.Pointer)

//go:linkname vmPopCtx github.com/dop251/goja.(*vm).popCtx
func vmPopCtx(vm unsafe.Pointer)

//go:linkname vmRestore github.com/dop251/goja.(*vm).restoreStacks
func vmRestore(vm unsafe.Pointer, iterLen, refLen uint32) *goja.Exception

//go:linkname vmHandleThrow github.com/dop251/goja.(*vm).handleThrow
func vmHandleThrow(vm unsafe.Pointer, v any) *goja.Exception

// Next goes on with a value, which is nil where the body expects none.
func (g *AsyncGenerator) Next(v goja.Value) (goja.Value, Suspension, *goja.Exception) {
	marks := g.enter()
	if v != nil {
		vmPush(g.vm, v)
	}
	return g.step(marks)
}

// Throw goes on with an exception.
func (g *AsyncGenerator) Throw(v goja.Value) (goja.Value, Suspension, *goja.Exception) {
	marks := g.enter()
	if ex := g.raise(v, marks); ex != nil {
		g.exit()
		return nil, Returned, ex
	}
	return g.step(marks)
}

// Return goes on as if the body returned v where it is suspended.
func (g *AsyncGenerator) Return(v goja.Value) (goja.Value, Suspension, *goja.Exception) {
	a := g.a
	*(*goja.Value)(unsafe.Add(g.gen, a.returning)) = v
	marks := g.enter()
	if genEnterFinally(g.gen) {
		return g.step(marks)
	}
	vmPopTry(g.vm)
	ex := vmRestore(g.vm, *(*uint32)(unsafe.Add(g.gen, a.iterLen)), *(*uint32)(unsafe.Add(g.gen, a.refLen)))
	(*sliceHeader)(unsafe.Add(g.vm, a.calls)).len--
	*(*int)(unsafe.Add(g.vm, a.sp)) = *(*int)(unsafe.Add(g.vm, a.sb)) - 1
	vmPopCtx(g.vm)
	return v, Returned, ex
}

// enter puts the body on the stack; the result is how many handlers of
// exceptions there are then, outside of it.
func (g *AsyncGenerator) enter() (marks int) {
	marks = (*sliceHeader)(unsafe.Add(g.vm, g.a.tries)).len + 1
	genEnterNext(g.gen)
	return marks
}

func (g *AsyncGenerator) exit() {
	vmPopTry(g.vm)
	vmPopCtx(g.vm)
}

func (g *AsyncGenerator) step(marks int) (goja.Value, Suspension, *goja.Exception) {
	for {
		returns := *(*goja.Value)(unsafe.Add(g.gen, g.a.returning)) != nil
		v, why, ex := genStep(g.gen)
		if ex != nil && returns {
			// The engine gives up on an exception in a finally block that a return
			// has entered, where the blocks around it have their say.
			if ex = g.raise(ex, marks); ex == nil {
				continue
			}
		}
		g.exit()
		return v, why, ex
	}
}

// raise throws in the body, and returns what it does not catch.
func (g *AsyncGenerator) raise(v any, marks int) *goja.Exception {
	for {
		ex := vmHandleThrow(g.vm, v)
		if ex == nil || (*sliceHeader)(unsafe.Add(g.vm, g.a.tries)).len <= marks {
			return ex
		}
		vmPopTry(g.vm)
		*(*goja.Value)(unsafe.Add(g.gen, g.a.returning)) = nil
		v = ex
	}
}
