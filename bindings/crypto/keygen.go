package crypto

import (
	"crypto/rand"
	"math/big"

	"github.com/dop251/goja"
)

func (b *binding) keygen() {
	// generateSecret(bytes, callback)
	b.method("generateSecret", func(c goja.FunctionCall) goja.Value {
		n := int(c.Argument(0).ToInteger())
		return job(b, "KEYGENREQUEST", c.Argument(1), func() (*Key, error) {
			k := &Key{Type: secretKey, Secret: make([]byte, n)}
			_, err := rand.Read(k.Secret)
			return k, err
		}, func(k *Key) goja.Value { return b.vm.ToValue(k) })
	})
	pair := func(c goja.FunctionCall, callback int, work func() (*Key, error)) goja.Value {
		return job(b, "KEYGENREQUEST", c.Argument(callback), work, func(k *Key) goja.Value {
			return b.vm.NewArray(k.public(), k)
		})
	}
	num := func(v goja.Value) int { return int(v.ToInteger()) }
	// generateRSA(bits, exponent, pss, hash, mgf, salt, callback)
	b.method("generateRSA", func(c goja.FunctionCall) goja.Value {
		bits, e, pss := num(c.Argument(0)), c.Argument(1).ToInteger(), c.Argument(2).ToBoolean()
		var params *pssParams
		if pss && !(goja.IsUndefined(c.Argument(3)) && goja.IsUndefined(c.Argument(4)) && goja.IsUndefined(c.Argument(5))) {
			params = b.pssParams(c.Argument(3), c.Argument(4), c.Argument(5))
		}
		return pair(c, 6, func() (*Key, error) {
			if bits < 512 {
				return nil, &opensslError{number: "1C8000AB", library: "Provider routines", reason: "key size too small", bare: true}
			}
			if e < 3 || e%2 == 0 {
				return nil, &opensslError{number: "020000B2", library: "rsa routines", reason: "pub exponent out of range", bare: true}
			}
			k, err := generateRSA(bits, e)
			if err != nil {
				return nil, err
			}
			kind := "rsa"
			if pss {
				kind = "rsa-pss"
			}
			return &Key{Type: privateKey, Kind: kind, Pub: &k.PublicKey, Priv: k, PSS: params}, nil
		})
	})
	// generateEC(curve, explicit, callback)
	b.method("generateEC", func(c goja.FunctionCall) goja.Value {
		cv := curveByName(c.Argument(0).String())
		if cv == nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
		}
		explicit := c.Argument(1).ToBoolean()
		return pair(c, 2, func() (*Key, error) {
			k, err := generateEC(cv)
			if err != nil {
				return nil, err
			}
			k.explicit = explicit
			return &Key{Type: privateKey, Kind: "ec", Pub: &k.ecPub, Priv: k}, nil
		})
	})
	// generateOKP(kind, callback)
	b.method("generateOKP", func(c goja.FunctionCall) goja.Value {
		kind := c.Argument(0).String()
		return pair(c, 1, func() (*Key, error) {
			if pq := pqByKind(kind); pq != nil {
				return pq.generate()
			}
			seed := make([]byte, okpSizes[kind])
			if _, err := rand.Read(seed); err != nil {
				return nil, err
			}
			return okpKey(kind, seed)
		})
	})
	// generateDSA(bits, divisor, callback)
	b.method("generateDSA", func(c goja.FunctionCall) goja.Value {
		bits, divisor := num(c.Argument(0)), num(c.Argument(1))
		return pair(c, 2, func() (*Key, error) { return generateDSA(bits, divisor) })
	})
	// generateDH(primeOrBits, generator, callback)
	b.method("generateDH", func(c goja.FunctionCall) goja.Value {
		g := big.NewInt(c.Argument(1).ToInteger())
		var p *big.Int
		bits := 0
		if goja.IsNumber(c.Argument(0)) {
			bits = num(c.Argument(0))
		} else {
			p = new(big.Int).SetBytes(b.bytes(c.Argument(0)))
		}
		return pair(c, 2, func() (*Key, error) {
			p := p
			if p == nil {
				if bits < 512 {
					return nil, &opensslError{number: "0280007E", library: "Diffie-Hellman routines", reason: "modulus too small", bare: true}
				}
				var err error
				if p, err = safePrime(bits, g); err != nil {
					return nil, err
				}
			}
			x, err := dhSecret(p)
			if err != nil {
				return nil, err
			}
			return dhKey(p, g, x), nil
		})
	})
	// dhGroup(name) is a group's prime, undefined if there is none of that name.
	b.method("dhGroup", func(c goja.FunctionCall) goja.Value {
		if p := groupPrime(c.Argument(0).String()); p != nil {
			return b.env.NewBuffer(p.Bytes())
		}
		return goja.Undefined()
	})
}

func (b *binding) pssParams(hash, mgf, salt goja.Value) *pssParams {
	p := &pssParams{hash: "sha1", salt: 20}
	if !goja.IsUndefined(hash) {
		a := hashFor(hash.String())
		if a == nil || a.xof != nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+hash.String())
		}
		p.hash = a.name
		p.salt = a.new().Size()
	}
	p.mgf = p.hash
	if !goja.IsUndefined(mgf) {
		a := hashFor(mgf.String())
		if a == nil || a.xof != nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid MGF1 digest: "+mgf.String())
		}
		p.mgf = a.name
	}
	if !goja.IsUndefined(salt) {
		p.salt = int(salt.ToInteger())
	}
	return p
}

// generateDSA makes domain parameters of any size, as FIPS 186 does without
// the evidence, then a key.
func generateDSA(bits, divisor int) (*Key, error) {
	if divisor <= 0 {
		divisor = 160
		if bits >= 2048 {
			divisor = 224
		}
	}
	if bits < 512 || divisor != 160 && divisor != 224 && divisor != 256 {
		return nil, &opensslError{number: "05000072", library: "dsa routines", reason: "bad ffc parameters", bare: true}
	}
	q, err := rand.Prime(rand.Reader, divisor)
	if err != nil {
		return nil, err
	}
	one := big.NewInt(1)
	q2 := new(big.Int).Lsh(q, 1)
	p := new(big.Int)
	for {
		x, err := rand.Int(rand.Reader, new(big.Int).Lsh(one, uint(bits-1)))
		if err != nil {
			return nil, err
		}
		x.SetBit(x, bits-1, 1)
		// p = x - (x mod 2q) + 1
		p.Sub(x, new(big.Int).Mod(x, q2)).Add(p, one)
		if p.BitLen() == bits && p.ProbablyPrime(20) {
			break
		}
	}
	e := new(big.Int).Div(new(big.Int).Sub(p, one), q)
	g := new(big.Int)
	for h := int64(2); ; h++ {
		if g.Exp(big.NewInt(h), e, p); g.Cmp(one) != 0 {
			break
		}
	}
	x, err := rand.Int(rand.Reader, new(big.Int).Sub(q, one))
	if err != nil {
		return nil, err
	}
	return dsaKey(p, q, g, x.Add(x, one)), nil
}
