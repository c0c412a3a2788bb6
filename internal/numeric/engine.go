package numeric

import (
	"context"
	"encoding/base64"
	"math"

	"github.com/dop251/goja"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// hot is how many calls a function takes in the interpreter before it is
// compiled, which costs about a millisecond: a tenth of that many calls' time.
const hot = 200

// tooManyMisses is how often a function may be called with other things than
// numbers before it is left to the interpreter for good.
const tooManyMisses = 100

// An Engine holds the compiled functions of one isolate. It belongs to the
// isolate's goroutine.
type Engine struct {
	vm      *goja.Runtime
	stopped func() bool
	wasm    wazero.Runtime
	units   map[string]*unit
}

type unit struct {
	calls, misses int
	dead          bool
	fn            api.Function
	stack         [8]uint64
}

// New returns an engine for vm. stopped is asked now and then while compiled
// code runs; when it says true the code is abandoned.
func New(vm *goja.Runtime, stopped func() bool) *Engine {
	return &Engine{vm: vm, stopped: stopped, units: map[string]*unit{}}
}

// Close frees the compiled code.
func (e *Engine) Close() {
	if e.wasm != nil {
		_ = e.wasm.Close(context.Background())
	}
}

// Call is what the prologue of a qualifying function calls, with the code and
// the arguments. Undefined means: interpret.
func (e *Engine) Call(c goja.FunctionCall) goja.Value {
	code := c.Arguments[0].String()
	u := e.units[code]
	if u == nil {
		u = &unit{}
		e.units[code] = u
	}
	if u.dead {
		return nil
	}
	if u.fn == nil {
		if u.calls++; u.calls < hot {
			return nil
		}
		if u.fn = e.compile(code); u.fn == nil {
			u.dead = true
			return nil
		}
	}
	args := c.Arguments[1:]
	for i, a := range args {
		if !goja.IsNumber(a) {
			u.misses++
			u.dead = u.misses > tooManyMisses
			return nil
		}
		u.stack[i] = math.Float64bits(a.ToFloat())
	}
	if err := u.fn.CallWithStack(context.Background(), u.stack[:]); err != nil {
		if e.stopped() {
			// The interpreter sees the interrupt at its next instruction.
			return nil
		}
		u.dead = true // out of stack: the interpreter throws the RangeError
		return nil
	}
	return e.vm.ToValue(math.Float64frombits(u.stack[0]))
}

type stop struct{}

func (e *Engine) compile(code string) api.Function {
	ctx := context.Background()
	bin, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		return nil
	}
	if e.wasm == nil {
		e.wasm = wazero.NewRuntime(ctx)
		_, err := e.wasm.NewHostModuleBuilder("h").
			NewFunctionBuilder().WithFunc(func() {
			if e.stopped() {
				panic(stop{})
			}
		}).Export("p").
			NewFunctionBuilder().WithGoFunction(api.GoFunc(func(_ context.Context, s []uint64) {
			s[0] = math.Float64bits(math.Mod(math.Float64frombits(s[0]), math.Float64frombits(s[1])))
		}), []api.ValueType{api.ValueTypeF64, api.ValueTypeF64}, []api.ValueType{api.ValueTypeF64}).Export("m").
			NewFunctionBuilder().WithGoFunction(api.GoFunc(func(_ context.Context, s []uint64) {
			s[0] = uint64(uint32(toInt32(math.Float64frombits(s[0]))))
		}), []api.ValueType{api.ValueTypeF64}, []api.ValueType{api.ValueTypeI32}).Export("i").
			Instantiate(ctx)
		if err != nil {
			return nil
		}
	}
	mod, err := e.wasm.InstantiateWithConfig(ctx, bin, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil
	}
	return mod.ExportedFunction("f")
}

// toInt32 is ECMA-262's ToInt32.
func toInt32(f float64) int32 {
	if i := int32(f); float64(i) == f {
		return i
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	f = math.Mod(math.Trunc(f), 1<<32)
	return int32(uint32(int64(f)))
}
