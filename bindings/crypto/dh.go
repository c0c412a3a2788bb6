package crypto

import (
	"bufio"
	"crypto/ecdh"
	"crypto/rand"
	_ "embed"
	"math/big"
	"strings"
	"sync"

	"github.com/cloudflare/circl/dh/x448"
	"github.com/dop251/goja"
)

//go:embed groups.txt
var groupsText string

func groupPrime(name string) *big.Int {
	name = strings.ToLower(name)
	for sc := bufio.NewScanner(strings.NewReader(groupsText)); sc.Scan(); {
		if n, p, _ := strings.Cut(sc.Text(), " "); n == name {
			x, _ := new(big.Int).SetString(p, 16)
			return x
		}
	}
	return nil
}

var dhErrBits = &opensslError{number: "0280007E", library: "Diffie-Hellman routines", reason: "modulus too small"}

// safePrime finds a prime p = 2q+1 for which g generates a large group.
func safePrime(bits int, g *big.Int) (*big.Int, error) {
	if bits < 20 {
		return smallSafePrime(bits)
	}
	// p ≡ 11 (mod 12) always; the rest makes g generate the subgroup of order q.
	step, rem := int64(12), int64(11)
	switch {
	case g.Cmp(big.NewInt(2)) == 0:
		step, rem = 24, 23
	case g.Cmp(big.NewInt(5)) == 0:
		step, rem = 60, 23
	}
	primes := sievePrimes()
	const span = 1 << 15
	m, one := big.NewInt(step), big.NewInt(1)
	composite := make([]bool, span)
	for {
		base, err := rand.Int(rand.Reader, new(big.Int).Lsh(one, uint(bits-2)))
		if err != nil {
			return nil, err
		}
		base.SetBit(base, bits-1, 1).SetBit(base, bits-2, 1)
		base.Sub(base, new(big.Int).Mod(base, m)).Add(base, big.NewInt(rem))
		clear(composite)
		tmp := new(big.Int)
		for _, s := range primes {
			if step%s == 0 {
				continue
			}
			r := tmp.Mod(base, big.NewInt(s)).Int64()
			inv := tmp.ModInverse(m, big.NewInt(s)).Int64()
			// p = base + k·step must be neither 0 nor 1 modulo s.
			for _, bad := range [2]int64{(s - r) % s * inv % s, (s + 1 - r) % s * inv % s} {
				for k := bad; k < span; k += s {
					composite[k] = true
				}
			}
		}
		for k := range int64(span) {
			if composite[k] {
				continue
			}
			p := new(big.Int).Add(base, tmp.Mul(m, big.NewInt(k)))
			if p.BitLen() != bits {
				break
			}
			q := new(big.Int).Rsh(p, 1)
			if fermat(q) && fermat(p) && q.ProbablyPrime(10) && p.ProbablyPrime(10) {
				return p, nil
			}
		}
	}
}

// fermat is a quick test that nearly every composite fails.
func fermat(n *big.Int) bool {
	e := new(big.Int).Sub(n, big.NewInt(1))
	return e.Exp(big.NewInt(2), e, n).Cmp(big.NewInt(1)) == 0
}

var sievePrimes = sync.OnceValue(func() (primes []int64) {
	const limit = 1 << 14
	var composite [limit]bool
	for i := int64(2); i < limit; i++ {
		if composite[i] {
			continue
		}
		primes = append(primes, i)
		for j := i * i; j < limit; j += i {
			composite[j] = true
		}
	}
	return primes
})

func smallSafePrime(bits int) (*big.Int, error) {
	var all []*big.Int
	for n := int64(1) << max(bits-1, 0); n < 1<<bits; n++ {
		if p := big.NewInt(n); p.ProbablyPrime(0) && big.NewInt(n/2).ProbablyPrime(0) {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return nil, dhErrBits
	}
	i, err := rand.Int(rand.Reader, big.NewInt(int64(len(all))))
	if err != nil {
		return nil, err
	}
	return all[i.Int64()], nil
}

func dhSecret(p *big.Int) (*big.Int, error) {
	max := new(big.Int).Sub(p, big.NewInt(2))
	if max.Sign() <= 0 {
		return nil, dhErrBits
	}
	for {
		x, err := rand.Int(rand.Reader, max)
		if err != nil {
			return nil, err
		}
		if x.Sign() > 0 {
			return x, nil
		}
	}
}

// dhState is a DiffieHellman's native side.
type dhState struct {
	p, g, pub, priv *big.Int
	verifyError     int
}

// Bits of verifyError.
const (
	dhNotPrime    = 1
	dhNotSafe     = 2
	dhNoGenerator = 4
	dhNotSuitable = 8
	dhTooSmall    = 0x80
	dhTooLarge    = 0x100
)

func (s *dhState) check() {
	if n := s.p.BitLen(); n < 512 {
		s.verifyError |= dhTooSmall
	} else if n > 10000 {
		s.verifyError |= dhTooLarge
	}
	if !s.p.ProbablyPrime(10) {
		s.verifyError |= dhNotPrime
	} else if q := new(big.Int).Rsh(s.p, 1); !q.ProbablyPrime(10) {
		s.verifyError |= dhNotSafe
	}
	if s.g.Cmp(big.NewInt(1)) <= 0 || s.g.Cmp(new(big.Int).Sub(s.p, big.NewInt(1))) >= 0 {
		s.verifyError |= dhNotSuitable
	}
}

func (b *binding) dh() {
	state := func(v goja.Value) *dhState { return v.Export().(*dhState) }
	dhError := func(number, reason string) {
		b.fail(&opensslError{number: number, library: "Diffie-Hellman routines", reason: reason})
	}
	// dhInit(sizeOrPrime, generator)
	b.method("dhInit", func(c goja.FunctionCall) goja.Value {
		s := &dhState{}
		if v := c.Argument(1); goja.IsNumber(v) {
			s.g = big.NewInt(v.ToInteger())
		} else {
			s.g = new(big.Int).SetBytes(b.bytes(v))
		}
		if s.g.Cmp(big.NewInt(1)) <= 0 {
			dhError("02800065", "bad generator")
		}
		if v := c.Argument(0); goja.IsNumber(v) {
			bits := int(v.ToInteger())
			if bits < 2 {
				b.fail(dhErrBits)
			}
			if bits < 512 {
				b.throw("TypeError", "ERR_INVALID_ARG_VALUE", "Invalid DH parameters")
			}
			p, err := safePrime(bits, s.g)
			if err != nil {
				b.fail(err)
			}
			s.p = p
		} else {
			s.p = new(big.Int).SetBytes(b.bytes(v))
		}
		s.check()
		return b.vm.ToValue(s)
	})
	b.method("dhGroupInit", func(c goja.FunctionCall) goja.Value {
		p := groupPrime(c.Argument(0).String())
		if p == nil {
			return goja.Undefined()
		}
		return b.vm.ToValue(&dhState{p: p, g: big.NewInt(2)})
	})
	b.method("dhVerifyError", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(state(c.Argument(0)).verifyError) })
	padded := func(s *dhState, x *big.Int) goja.Value {
		return b.env.NewBuffer(x.FillBytes(make([]byte, (s.p.BitLen()+7)/8)))
	}
	b.method("dhGenerateKeys", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.priv == nil {
			x, err := dhSecret(s.p)
			if err != nil {
				b.fail(err)
			}
			s.priv = x
		}
		s.pub = new(big.Int).Exp(s.g, s.priv, s.p)
		return padded(s, s.pub)
	})
	b.method("dhComputeSecret", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		y := new(big.Int).SetBytes(b.bytes(c.Argument(1)))
		switch {
		case y.Cmp(big.NewInt(1)) <= 0:
			b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too small")
		case y.Cmp(new(big.Int).Sub(s.p, big.NewInt(1))) >= 0:
			b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too large")
		case s.priv == nil:
			dhError("0280006D", "no private value")
		}
		return padded(s, new(big.Int).Exp(y, s.priv, s.p))
	})
	b.method("dhGet", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		switch c.Argument(1).String() {
		case "prime":
			return b.env.NewBuffer(s.p.Bytes())
		case "generator":
			return b.env.NewBuffer(s.g.Bytes())
		case "public":
			if s.pub == nil {
				b.throw("Error", "ERR_CRYPTO_INVALID_STATE", "No public key - did you forget to generate one?")
			}
			return padded(s, s.pub)
		}
		if s.priv == nil {
			b.throw("Error", "ERR_CRYPTO_INVALID_STATE", "No private key - did you forget to generate one?")
		}
		return padded(s, s.priv)
	})
	b.method("dhSet", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		x := new(big.Int).SetBytes(b.bytes(c.Argument(2)))
		if c.Argument(1).String() == "public" {
			s.pub = x
		} else {
			s.priv = x
		}
		return nil
	})
	b.ecdh()
	// statelessDH(privateKey, publicKey, callback)
	b.method("statelessDH", func(c goja.FunctionCall) goja.Value {
		priv, pub := b.key(c.Argument(0)), b.key(c.Argument(1))
		return job(b, "DERIVEBITSREQUEST", c.Argument(2), func() ([]byte, error) { return agree(priv, pub) }, b.buffer)
	})
}

var (
	errDerive     = &opensslError{number: "1C8000E4", library: "Provider routines", reason: "failed during derivation"}
	errParameters = &opensslError{number: "1C8000CB", library: "Provider routines", reason: "mismatching domain parameters"}
)

// agree computes the shared secret of a private and a public key.
func agree(priv, pub *Key) ([]byte, error) {
	switch k := priv.Priv.(type) {
	case *dhPriv:
		p := pub.Pub.(*dhPub)
		if p.p.Cmp(k.p) != 0 || p.g.Cmp(k.g) != 0 {
			return nil, errParameters
		}
		return new(big.Int).Exp(p.y, k.x, k.p).FillBytes(make([]byte, (k.p.BitLen()+7)/8)), nil
	case *ecPriv:
		p := pub.Pub.(*ecPub)
		if p.c.name != k.c.name {
			return nil, errParameters
		}
		return k.agree(p.x, p.y)
	case *okpPriv:
		p := pub.Pub.(*okpPub)
		if priv.Kind == "x25519" {
			sk, err := ecdh.X25519().NewPrivateKey(k.seed)
			if err != nil {
				return nil, errDerive
			}
			pk, err := ecdh.X25519().NewPublicKey(p.b)
			if err != nil {
				return nil, errDerive
			}
			out, err := sk.ECDH(pk)
			if err != nil {
				return nil, errDerive
			}
			return out, nil
		}
		var shared, secret, public x448.Key
		copy(secret[:], k.seed)
		copy(public[:], p.b)
		if !x448.Shared(&shared, &secret, &public) {
			return nil, errDerive
		}
		return shared[:], nil
	}
	return nil, errKeyOperation
}

func (k *ecPriv) agree(x, y *big.Int) ([]byte, error) {
	sx, _, ok := k.c.mult(x, y, k.d.FillBytes(make([]byte, k.c.orderSize())))
	if !ok {
		return nil, errDerive
	}
	return sx.FillBytes(make([]byte, k.c.size())), nil
}

// ecdhState is an ECDH's native side.
type ecdhState struct {
	c    *curve
	d    *big.Int
	x, y *big.Int
	// set is whether the public key was given and not computed: it may be another's.
	set bool
}

// paired reports whether the public key is the private one's.
func (s *ecdhState) paired() bool {
	if !s.set {
		return true
	}
	k, err := newECPriv(s.c, s.d)
	return err == nil && k.x.Cmp(s.x) == 0 && k.y.Cmp(s.y) == 0
}

func (b *binding) ecdh() {
	state := func(v goja.Value) *ecdhState { return v.Export().(*ecdhState) }
	format := func(v goja.Value) pointFormat { return pointFormat(v.ToInteger()) }
	b.method("ecdhInit", func(c goja.FunctionCall) goja.Value {
		cv := curveByName(c.Argument(0).String())
		if cv == nil || cv.name != c.Argument(0).String() { // OpenSSL's names only
			b.throw("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
		}
		return b.vm.ToValue(&ecdhState{c: cv})
	})
	b.method("ecdhGenerateKeys", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		k, err := generateEC(s.c)
		if err != nil {
			b.fail(err)
		}
		s.d, s.x, s.y, s.set = k.d, k.x, k.y, false
		return nil
	})
	b.method("ecdhComputeSecret", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		x, y, err := s.c.unmarshal(b.bytes(c.Argument(1)))
		if err != nil {
			return goja.Undefined()
		}
		if s.d == nil || s.x != nil && !s.paired() {
			b.throw("Error", "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair")
		}
		if s.x == nil {
			b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair")
		}
		out, err := (&ecPriv{ecPub{c: s.c}, s.d}).agree(x, y)
		if err != nil {
			b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to compute ECDH key")
		}
		return b.env.NewBuffer(out)
	})
	b.method("ecdhGetPublic", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.x == nil {
			b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key")
		}
		return b.env.NewBuffer(s.c.marshal(s.x, s.y, format(c.Argument(1))))
	})
	b.method("ecdhGetPrivate", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.d == nil {
			b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key")
		}
		return b.env.NewBuffer(s.d.FillBytes(make([]byte, s.c.orderSize())))
	})
	b.method("ecdhSetPrivate", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		k, err := newECPriv(s.c, new(big.Int).SetBytes(b.bytes(c.Argument(1))))
		if err != nil {
			b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYTYPE", "Private key is not valid for specified curve.")
		}
		s.d, s.x, s.y, s.set = k.d, k.x, k.y, false
		return nil
	})
	b.method("ecdhSetPublic", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		x, y, err := s.c.unmarshal(b.bytes(c.Argument(1)))
		if err != nil {
			b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT")
		}
		s.x, s.y, s.set = x, y, true
		return nil
	})
	// ecdhConvertKey(key, curve, format)
	b.method("ecdhConvertKey", func(c goja.FunctionCall) goja.Value {
		cv := curveByName(c.Argument(1).String())
		if cv == nil || cv.name != c.Argument(1).String() {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
		}
		x, y, err := cv.unmarshal(b.bytes(c.Argument(0)))
		if err != nil {
			b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT")
		}
		return b.env.NewBuffer(cv.marshal(x, y, format(c.Argument(2))))
	})
}
