package crypto

import (
	"crypto/rand"
	"math/big"

	"github.com/dop251/goja"
)

func (b *binding) primes() {
	// generatePrime(bits, safe, add, rem, callback)
	b.method("generatePrime", func(c goja.FunctionCall) goja.Value {
		bits, safe := int(c.Argument(0).ToInteger()), c.Argument(1).ToBoolean()
		var add, rem *big.Int
		if v := c.Argument(2); !goja.IsUndefined(v) {
			add = new(big.Int).SetBytes(b.bytes(v))
			if add.BitLen() > bits {
				b.throw("RangeError", "ERR_OUT_OF_RANGE", "invalid options.add")
			}
		}
		if v := c.Argument(3); !goja.IsUndefined(v) {
			rem = new(big.Int).SetBytes(b.bytes(v))
			if add != nil && add.Cmp(rem) <= 0 {
				b.throw("RangeError", "ERR_OUT_OF_RANGE", "invalid options.rem")
			}
		}
		return job(b, "RANDOMPRIMEREQUEST", c.Argument(4), func() ([]byte, error) {
			p, err := generatePrime(bits, safe, add, rem)
			if err != nil {
				return nil, err
			}
			return p.FillBytes(make([]byte, (bits+7)/8)), nil
		}, b.arrayBuffer)
	})
	// checkPrime(candidate, checks, callback)
	b.method("checkPrime", func(c goja.FunctionCall) goja.Value {
		if len(b.bytes(c.Argument(0))) >= 1<<26 {
			b.fail(&opensslError{number: "01800072", library: "bignum routines", reason: "bignum too long"})
		}
		x := new(big.Int).SetBytes(b.bytes(c.Argument(0)))
		n := int(c.Argument(1).ToInteger())
		if n == 0 {
			n = 20
		}
		return job(b, "CHECKPRIMEREQUEST", c.Argument(2), func() (bool, error) { return x.ProbablyPrime(min(n, 256)), nil },
			func(ok bool) goja.Value { return b.vm.ToValue(ok) })
	})
}

func generatePrime(bits int, safe bool, add, rem *big.Int) (*big.Int, error) {
	one := big.NewInt(1)
	if add == nil {
		if !safe {
			if bits < 2 {
				return nil, &opensslError{number: "0180007F", library: "bignum routines", reason: "bits too small"}
			}
			return rand.Prime(rand.Reader, bits)
		}
		if bits < 3 {
			return nil, &opensslError{number: "0180007F", library: "bignum routines", reason: "bits too small"}
		}
		if bits == 3 { // the one whose two high bits are set, as OpenSSL's are
			return big.NewInt(7), nil
		}
		return safePrime(bits, new(big.Int))
	}
	if rem == nil {
		rem = big.NewInt(1)
		if safe {
			rem = big.NewInt(3)
		}
	}
	limit := new(big.Int).Lsh(one, uint(bits-1))
	for {
		x, err := rand.Int(rand.Reader, limit)
		if err != nil {
			return nil, err
		}
		x.SetBit(x, bits-1, 1)
		x.Sub(x, new(big.Int).Mod(x, add)).Add(x, rem)
		for ; x.BitLen() == bits; x.Add(x, add) {
			if x.ProbablyPrime(20) && (!safe || new(big.Int).Rsh(x, 1).ProbablyPrime(20)) {
				return x, nil
			}
			if x.Bit(0) == 0 && add.Bit(0) == 0 {
				break // never odd
			}
		}
	}
}
