package ecma

import (
	"math/big"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// extendBigInt bounds BigInt.asIntN and asUintN, which the engine computes with
// a number of as many bits as they are told.
func extendBigInt(t *gojax.Templates) {
	onFirstUse(t, "BigInt", func(r *goja.Runtime, ctor *goja.Object) {
		for _, name := range [...]string{"asIntN", "asUintN"} {
			gojax.WrapCall(ctor.Get(name).(*goja.Object), func(next call) call {
				return func(c goja.FunctionCall) goja.Value {
					if len(c.Arguments) < 2 {
						return next(c)
					}
					bits := integer(c.Arguments[0])
					if bits < 0 || bits > 1<<53-1 {
						throwRange(r, "Invalid value: not (convertible to) a safe integer")
					}
					n, ok := c.Arguments[1].Export().(*big.Int)
					if !ok || int64(bits) <= int64(n.BitLen()) {
						return next(c)
					}
					if n.Sign() >= 0 || name == "asIntN" {
						return c.Arguments[1]
					}
					if bits > gojax.MaxBigIntBits {
						throwRange(r, "Maximum BigInt size exceeded")
					}
					return next(c)
				}
			})
		}
	})
	onFirstUse(t, "Reflect", func(r *goja.Runtime, reflect *goja.Object) {
		for name, at := range map[string]int{"apply": 2, "construct": 1} {
			gojax.WrapCall(reflect.Get(name).(*goja.Object), func(next call) call {
				return func(c goja.FunctionCall) goja.Value {
					gojax.BoundArguments(r, c.Argument(at))
					return next(c)
				}
			})
		}
	})
}
