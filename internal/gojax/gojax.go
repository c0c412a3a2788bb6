// Package gojax reaches a few things inside goja that its API does not offer:
// the promise job queue, the depth of the call stack, the intrinsic error
// constructors, the instruction that is being executed, for error messages, and
// the memory of objects, for those that carry a Go state.
//
// They are found by field name through reflection and read through unsafe
// pointers; [New] refuses when a goja release has moved them, so that a change
// shows at the first start and not as corruption. docs/RATIONALE.md says what
// depends on this and which alternatives were tried.
package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// VM gives access to one runtime's internals. It belongs to the runtime's goroutine.
type VM struct {
	jobs      *[]func()
	spare     []func() // an array to collect the next jobs in
	callStack *sliceHeader
	global    unsafe.Pointer
	vm        unsafe.Pointer
	layout    *layout
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

type layout struct {
	jobQueue, vm, callStack, global uintptr
	intrinsics                      map[string]uintptr

	objectSelf  uintptr
	errorType   reflect.Type
	errorStack  uintptr
	stackPropOK uintptr
	frameName   uintptr
	site        *siteLayout
}

// sharedLayout is the same for every runtime of the process.
var sharedLayout = sync.OnceValues(findLayout)

func findLayout() (*layout, error) {
	l := &layout{intrinsics: map[string]uintptr{}}
	rt := reflect.TypeFor[goja.Runtime]()
	field := func(t reflect.Type, name string, want string) (reflect.StructField, error) {
		f, ok := t.FieldByName(name)
		if !ok || f.Type.String() != want {
			return f, fmt.Errorf("gojax: %s has no field %s of type %s", t, name, want)
		}
		return f, nil
	}
	jq, err := field(rt, "jobQueue", "[]func()")
	if err != nil {
		return nil, err
	}
	l.jobQueue = jq.Offset
	vm, err := field(rt, "vm", "*goja.vm")
	if err != nil {
		return nil, err
	}
	l.vm = vm.Offset
	cs, err := field(vm.Type.Elem(), "callStack", "[]goja.context")
	if err != nil {
		return nil, err
	}
	l.callStack = cs.Offset
	g, err := field(rt, "global", "goja.global")
	if err != nil {
		return nil, err
	}
	l.global = g.Offset
	for i := range g.Type.NumField() {
		if f := g.Type.Field(i); f.Type.String() == "*goja.Object" {
			l.intrinsics[f.Name] = f.Offset
		}
	}
	self, err := field(reflect.TypeFor[goja.Object](), "self", "goja.objectImpl")
	if err != nil {
		return nil, err
	}
	l.objectSelf = self.Offset
	fn, err := field(reflect.TypeFor[goja.StackFrame](), "funcName", "unistring.String")
	if err != nil {
		return nil, err
	}
	l.frameName = fn.Offset
	if l.site, err = findSite(vm.Type.Elem(), reflect.TypeFor[goja.StackFrame]()); err != nil {
		return nil, err
	}
	return l, l.learnErrors()
}

// learnErrors finds the layout of error objects from a live one.
func (l *layout) learnErrors() error {
	e := goja.New().NewTypeError("probe")
	self := reflect.ValueOf(e).Elem().FieldByName("self").Elem()
	if self.Kind() != reflect.Pointer || self.Type().Elem().Name() != "errorObject" {
		return fmt.Errorf("gojax: error objects are %s", self.Type())
	}
	t := self.Type().Elem()
	st, ok := t.FieldByName("stack")
	if !ok || st.Type != reflect.TypeFor[[]goja.StackFrame]() {
		return fmt.Errorf("gojax: %s has no field stack", t)
	}
	added, ok := t.FieldByName("stackPropAdded")
	if !ok || added.Type.Kind() != reflect.Bool {
		return fmt.Errorf("gojax: %s has no field stackPropAdded", t)
	}
	l.errorType, l.errorStack, l.stackPropOK = self.Type(), st.Offset, added.Offset
	return nil
}

// New returns access to rt, or an error that names what goja has moved.
func New(rt *goja.Runtime) (*VM, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	base := unsafe.Pointer(rt)
	vm := *(*unsafe.Pointer)(unsafe.Add(base, l.vm))
	v := &VM{
		jobs:      (*[]func())(unsafe.Add(base, l.jobQueue)),
		callStack: (*sliceHeader)(unsafe.Add(vm, l.callStack)),
		global:    unsafe.Add(base, l.global),
		vm:        vm,
		layout:    l,
	}
	return v, nil
}

// AddJob queues a job behind those that are there.
func (v *VM) AddJob(job func()) { *v.jobs = append(*v.jobs, job) }

// RunJobs runs the queued promise jobs, and those that they queue, until none
// is left: ECMA-262's microtask checkpoint, whenever the host wants it and not
// only when the outermost call returns.
func (v *VM) RunJobs() {
	for len(*v.jobs) > 0 {
		q := *v.jobs
		*v.jobs, v.spare = v.spare, nil
		v.runBatch(q)
		if cap(q) <= spareJobs {
			v.spare = q[:0]
		}
	}
}

// spareJobs is how long an array of jobs may be and still be used again.
const spareJobs = 1024

// runBatch puts the rest of the queue back if a job unwinds (an interrupt).
func (v *VM) runBatch(q []func()) {
	i := 0
	defer func() {
		if i < len(q) {
			*v.jobs = append(append([]func(){}, q[i+1:]...), *v.jobs...)
		}
	}()
	for ; i < len(q); i++ {
		job := q[i]
		q[i] = nil
		job()
	}
}

// TakeJobs empties the queue and returns what was in it.
func (v *VM) TakeJobs() []func() {
	q := *v.jobs
	*v.jobs = nil
	return q
}

// PutJobs puts jobs back, in front of what is queued.
func (v *VM) PutJobs(jobs []func()) {
	if len(jobs) > 0 {
		*v.jobs = append(jobs, *v.jobs...)
	}
}

// HasJobs reports whether promise jobs are queued.
func (v *VM) HasJobs() bool { return len(*v.jobs) > 0 }

// Depth is the number of frames on the call stack.
func (v *VM) Depth() int { return v.callStack.len }

// Intrinsic returns the realm's intrinsic object of that name (goja's field
// name: TypeError, ErrorPrototype …), nil if it has not been made yet.
func (v *VM) Intrinsic(name string) *goja.Object {
	off, ok := v.layout.intrinsics[name]
	if !ok {
		return nil
	}
	return *(**goja.Object)(unsafe.Add(v.global, off))
}

// SetIntrinsic replaces an intrinsic: what the engine itself uses from then on.
func (v *VM) SetIntrinsic(name string, o *goja.Object) bool {
	off, ok := v.layout.intrinsics[name]
	if ok {
		*(**goja.Object)(unsafe.Add(v.global, off)) = o
	}
	return ok
}

func (v *VM) errorPointer(o *goja.Object) unsafe.Pointer {
	// An interface is a type word and a data word.
	iface := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), v.layout.objectSelf))
	self := reflect.ValueOf(o).Elem().FieldByName("self").Elem()
	if self.Type() != v.layout.errorType {
		return nil
	}
	return iface[1]
}

// ErrorFrames returns the frames captured when the error object was made.
// ok is false if o is no error object.
func (v *VM) ErrorFrames(o *goja.Object) (frames []goja.StackFrame, ok bool) {
	p := v.errorPointer(o)
	if p == nil {
		return nil, false
	}
	return *(*[]goja.StackFrame)(unsafe.Add(p, v.layout.errorStack)), true
}

// SetErrorFrames replaces the captured frames and tells goja not to add its
// own stack property.
func (v *VM) SetErrorFrames(o *goja.Object, frames []goja.StackFrame) bool {
	p := v.errorPointer(o)
	if p == nil {
		return false
	}
	*(*[]goja.StackFrame)(unsafe.Add(p, v.layout.errorStack)) = frames
	*(*bool)(unsafe.Add(p, v.layout.stackPropOK)) = true
	return true
}

// LabelFrame returns a frame that is no place in a program but carries text:
// FuncName gives it back. Error objects keep the first line of their stack in one.
func LabelFrame(text string) goja.StackFrame {
	var f goja.StackFrame
	l, err := sharedLayout()
	if err == nil {
		*(*unistring.String)(unsafe.Add(unsafe.Pointer(&f), l.frameName)) = unistring.NewFromString(text)
	}
	return f
}
