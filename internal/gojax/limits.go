package gojax

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/stack"
)

// MaxStringLength is V8's limit of a string's length in code units, and
// MaxBigIntBits that of a BigInt's bits.
const (
	MaxStringLength = 0x1fffffe8
	MaxBigIntBits   = 1 << 30
)

// The engine knows no limit: a loop that doubles a string, or 2n ** n, takes
// all of the machine's memory and with it the process. The instructions that
// make longer strings and numbers of short ones get tables of ours, as the
// typed arrays do (see methodTable).
type limitLayout struct {
	ascii   unsafe.Pointer // first words of values
	unicode unsafe.Pointer
	bigInt  unsafe.Pointer
	runtime uintptr // of vm.r
	site    *siteLayout
}

var sharedLimits = sync.OnceValues(func() (*limitLayout, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	vm, _ := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	r, ok := vm.Type.Elem().FieldByName("r")
	if !ok || r.Type != reflect.TypeFor[*goja.Runtime]() {
		return nil, fmt.Errorf("gojax: the engine's vm has no runtime")
	}
	first := func(v goja.Value) unsafe.Pointer { return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[0] }
	return &limitLayout{
		ascii: first(newStringValue("a")), unicode: first(newStringValue("\u1234")),
		bigInt:  first(goja.New().ToValue(new(big.Int))),
		runtime: r.Offset, site: l.site,
	}, nil
})

// limits is what sharedLimits found, for the instructions: they run where a call
// would cost as much as what they do. It is written before the first of them exists.
var limits *limitLayout

// limitedOps leads from the first word of an instruction to ours.
var limitedOps = sync.OnceValues(func() (map[unsafe.Pointer]unsafe.Pointer, error) {
	l, err := sharedLimits()
	if err != nil {
		return nil, err
	}
	limits = l
	own := map[string]unsafe.Pointer{
		"_add": code(ownAdd), "_mul": code(ownMul), "_exp": code(ownExp), "_sal": code(ownSal), "_sar": code(ownSar),
		"concatStrings": code(ownConcat),
	}
	prg, err := goja.Compile("", "var a, b; a + b; a * b; a ** b; a << b; a >> b; `${a}${b}`", false)
	if err != nil {
		return nil, err
	}
	ops := map[unsafe.Pointer]unsafe.Pointer{}
	code := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	for i := range code.len {
		p := unsafe.Add(code.data, uintptr(i)*l.site.instr.Size())
		name := reflect.NewAt(l.site.instr, p).Elem().Elem().Type().Name()
		exec, ok := own[name]
		if !ok {
			continue
		}
		tab := *(*unsafe.Pointer)(p)
		if ops[tab], err = methodTable(tab, l.site.instr, map[string]unsafe.Pointer{"exec": exec}); err != nil {
			return nil, err
		}
		delete(own, name)
	}
	if len(own) > 0 {
		return nil, fmt.Errorf("gojax: no instructions %v", own)
	}
	return ops, nil
})

// Limit makes a program, and the functions in it, throw a RangeError where a
// string or a BigInt would become longer than V8 allows.
func Limit(prg *goja.Program) error {
	ops, err := limitedOps()
	if err != nil {
		return err
	}
	l, err := sharedLimits()
	if err == nil {
		l.limit(prg, ops, map[unsafe.Pointer][]uintptr{})
	}
	return err
}

func (l *limitLayout) limit(prg *goja.Program, ops map[unsafe.Pointer]unsafe.Pointer, seen map[unsafe.Pointer][]uintptr) {
	code := (*sliceHeader)(unsafe.Add(unsafe.Pointer(prg), l.site.code))
	size := l.site.instr.Size()
	for i := range code.len {
		p := unsafe.Add(code.data, uintptr(i)*size)
		words := (*[2]unsafe.Pointer)(p)
		if own, ok := ops[words[0]]; ok {
			words[0] = own
			continue
		}
		in, ok := seen[words[0]]
		if !ok {
			in = programsOf(words[0], reflect.NewAt(l.site.instr, p).Elem())
			seen[words[0]] = in
		}
		for _, off := range in {
			if inner := *(**goja.Program)(unsafe.Add(words[1], off)); inner != nil {
				l.limit(inner, ops, seen)
			}
		}
	}
}

//go:linkname addExec github.com/dop251/goja._add.exec
func addExec(op struct{}, vm unsafe.Pointer)

//go:linkname mulExec github.com/dop251/goja._mul.exec
func mulExec(op struct{}, vm unsafe.Pointer)

//go:linkname expExec github.com/dop251/goja._exp.exec
func expExec(op struct{}, vm unsafe.Pointer)

//go:linkname salExec github.com/dop251/goja._sal.exec
func salExec(op struct{}, vm unsafe.Pointer)

//go:linkname sarExec github.com/dop251/goja._sar.exec
func sarExec(op struct{}, vm unsafe.Pointer)

//go:linkname concatExec github.com/dop251/goja.concatStrings.exec
func concatExec(n int, vm unsafe.Pointer)

// top is the operand stack's n-th value from the top.
func (l *limitLayout) top(vm unsafe.Pointer, n int) *goja.Value {
	st := (*sliceHeader)(unsafe.Add(vm, l.site.stack))
	sp := *(*int)(unsafe.Add(vm, l.site.sp))
	return (*goja.Value)(unsafe.Add(st.data, uintptr(sp-1-n)*unsafe.Sizeof(goja.Value(nil))))
}

func (l *limitLayout) throw(vm unsafe.Pointer, msg string) {
	panic(RangeError(*(**goja.Runtime)(unsafe.Add(vm, l.runtime)), msg))
}

// RangeError makes an error of a runtime.
func RangeError(r *goja.Runtime, msg string) *goja.Object {
	e, err := r.New(r.Get("RangeError"), r.ToValue(msg))
	if err != nil {
		panic(err)
	}
	return e
}

// checkStack throws when there is little left of the goroutine's stack.
func checkStack(r *goja.Runtime) {
	if stack.Deep() {
		panic(RangeError(r, "Maximum call stack size exceeded"))
	}
}

//go:linkname generatorPrototype github.com/dop251/goja.(*Runtime).getGeneratorPrototype
func generatorPrototype(r *goja.Runtime) *goja.Object

// maxArguments is how many arguments an array-like object may stand for.
const maxArguments = 1 << 24

// GuardCalls makes those of a runtime's native functions throw a RangeError
// that end the process otherwise: generators that delegate to each other
// recurse without a frame on the engine's call stack, and apply makes a list of
// as many arguments as an object says that it has.
func GuardCalls(r *goja.Runtime, in *VM) {
	proto := generatorPrototype(r)
	for _, name := range [...]string{"next", "return", "throw"} {
		WrapCall(proto.Get(name).(*goja.Object), func(next func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
			return func(c goja.FunctionCall) goja.Value {
				checkStack(r)
				return next(c)
			}
		})
	}
	WrapCall(in.Intrinsic("FunctionPrototype").Get("apply").(*goja.Object), func(next func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
		return func(c goja.FunctionCall) goja.Value {
			if len(c.Arguments) > 1 {
				BoundArguments(r, c.Arguments[1])
			}
			return next(c)
		}
	})
}

// BoundArguments throws for an object whose elements are too many to be arguments.
func BoundArguments(r *goja.Runtime, list goja.Value) {
	o, ok := list.(*goja.Object)
	if !ok {
		return
	}
	switch KindOf(o) {
	case KindSparseArray, KindOrdinary: // the elements of others are there already
		if n := o.Get("length"); n != nil && goja.IsNumber(n) && n.ToFloat() > maxArguments {
			panic(RangeError(r, "Invalid array length"))
		}
	}
}

const (
	tooLong = "Invalid string length"
	tooBig  = "Maximum BigInt size exceeded"
)

// length is the length of a string that an instruction has made; 0 for what is none.
func (l *limitLayout) length(v *goja.Value) int {
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(v))
	switch w[0] {
	case l.ascii:
		return len(*(*string)(w[1]))
	case l.unicode:
		return (*sliceHeader)(w[1]).len - 1 // a byte order mark comes first
	}
	return 0
}

func ownAdd(_, vm unsafe.Pointer) {
	addExec(struct{}{}, vm)
	l := limits
	if l.length(l.top(vm, 0)) > MaxStringLength {
		// The exception belongs to this instruction, not to the next.
		*(*int)(unsafe.Add(vm, l.site.pc))--
		l.throw(vm, tooLong)
	}
}

func ownConcat(op, vm unsafe.Pointer) {
	l := limits
	n := *(*int)(op)
	total := 0
	for i := range n {
		s, _ := (*l.top(vm, i)).(goja.String)
		if s != nil {
			total += s.Length()
		}
	}
	if total > MaxStringLength {
		l.throw(vm, tooLong)
	}
	concatExec(n, vm)
}

// bigInts are the operands, if both are BigInts.
func (l *limitLayout) bigInts(vm unsafe.Pointer) (x, y *big.Int) {
	a, b := (*[2]unsafe.Pointer)(unsafe.Pointer(l.top(vm, 1))), (*[2]unsafe.Pointer)(unsafe.Pointer(l.top(vm, 0)))
	if a[0] != l.bigInt || b[0] != l.bigInt {
		return nil, nil
	}
	return (*big.Int)(a[1]), (*big.Int)(b[1])
}

func ownMul(_, vm unsafe.Pointer) {
	l := limits
	if x, y := l.bigInts(vm); x != nil && x.BitLen()+y.BitLen()-1 > MaxBigIntBits && x.Sign() != 0 && y.Sign() != 0 {
		l.throw(vm, tooBig)
	}
	mulExec(struct{}{}, vm)
}

func ownExp(_, vm unsafe.Pointer) {
	l := limits
	if x, y := l.bigInts(vm); x != nil {
		if y.Sign() < 0 {
			l.throw(vm, "undefined must be positive") // what Node 24 says
		}
		if n := x.BitLen(); n > 1 && (!y.IsInt64() || y.Int64() >= MaxBigIntBits || int64(n-1)*y.Int64() >= MaxBigIntBits) {
			l.throw(vm, tooBig)
		}
	}
	expExec(struct{}{}, vm)
}

func ownSal(_, vm unsafe.Pointer) {
	l := limits
	if x, y := l.bigInts(vm); x != nil {
		l.shift(vm, x, y, y.Sign() > 0)
		return
	}
	salExec(struct{}{}, vm)
}

func ownSar(_, vm unsafe.Pointer) {
	l := limits
	if x, y := l.bigInts(vm); x != nil {
		l.shift(vm, x, y, y.Sign() < 0)
		return
	}
	sarExec(struct{}{}, vm)
}

// shift leaves x shifted by as much as y says. The engine takes the count from
// y's lowest word, sign and all.
func (l *limitLayout) shift(vm unsafe.Pointer, x, y *big.Int, left bool) {
	n := uint64(math.MaxInt64)
	if abs := new(big.Int).Abs(y); abs.IsInt64() {
		n = abs.Uint64()
	}
	out := new(big.Int)
	switch {
	case x.Sign() == 0:
	case !left:
		out.Rsh(x, uint(n))
	case n > MaxBigIntBits || uint64(x.BitLen())+n > MaxBigIntBits:
		l.throw(vm, tooBig)
	default:
		out.Lsh(x, uint(n))
	}
	r := *(**goja.Runtime)(unsafe.Add(vm, l.runtime))
	*l.top(vm, 1) = r.ToValue(out)
	*(*int)(unsafe.Add(vm, l.site.sp))--
	*(*int)(unsafe.Add(vm, l.site.pc))++
}
