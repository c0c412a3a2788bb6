package crypto

import (
	//lint:ignore SA1019 Node has it
	"crypto/dsa"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"hash"
	"math/big"

	"github.com/cloudflare/circl/sign/ed448"
	"github.com/dop251/goja"
)

type ecdsaSignature struct{ R, S *big.Int }

var errKeyOperation = &opensslError{number: "03000096", library: "digital envelope routines",
	reason: "operation not supported for this keytype"}

var errPureDigest = &opensslError{number: "1C80007A", library: "Provider routines", reason: "invalid digest"}

// sigOptions are what a signature depends on besides its key.
type sigOptions struct {
	alg     *algorithm // nil: the key's default, or none for Ed25519
	padding int        // 0: the key's default
	salt    int
	hasSalt bool
	p1363   bool
	context []byte
}

// defaultHash is what OpenSSL takes where no digest is named.
func (k *Key) defaultHash() *algorithm {
	if k.PSS != nil {
		return hashFor(k.PSS.hash)
	}
	return hashFor("sha256")
}

func (o *sigOptions) pss(k *Key) (mgf *algorithm, salt int, err error) {
	mgf, salt = o.alg, o.salt
	if !o.hasSalt {
		salt = -2
	}
	if k.PSS != nil {
		mgf = hashFor(k.PSS.mgf)
		if o.alg.name != k.PSS.hash {
			return nil, 0, &opensslError{number: "1C8000AE", library: "Provider routines", reason: "digest not allowed"}
		}
		if !o.hasSalt {
			salt = k.PSS.salt
		} else if salt >= 0 && salt < k.PSS.salt {
			return nil, 0, &opensslError{number: "1C8000AC", library: "Provider routines", reason: "pss saltlen too small"}
		}
	}
	return mgf, salt, nil
}

func (o *sigOptions) isPSS(k *Key) (bool, error) {
	switch {
	case o.padding == padPSS, o.padding == 0 && k.Kind == "rsa-pss":
		return true, nil
	case k.Kind == "rsa-pss":
		return false, &opensslError{number: "1C8000A5", library: "Provider routines", reason: "illegal or unsupported padding mode"}
	case o.padding == 0, o.padding == padPKCS1:
		return false, nil
	}
	return false, &opensslError{number: "1C8000A5", library: "Provider routines", reason: "illegal or unsupported padding mode"}
}

// sign signs a digest.
func (k *Key) sign(digest []byte, o *sigOptions) ([]byte, error) {
	switch p := k.Priv.(type) {
	case *rsa.PrivateKey:
		pss, err := o.isPSS(k)
		if err != nil {
			return nil, err
		}
		if pss {
			mgf, salt, err := o.pss(k)
			if err != nil {
				return nil, err
			}
			em, err := pssEncode(digest, p.N.BitLen()-1, o.alg, mgf, salt)
			if err != nil {
				return nil, err
			}
			return rsaPrivateOp(p, em)
		}
		em, err := padType1(digestInfo(o.alg, digest), p.Size())
		if err != nil {
			return nil, errDigestTooBig
		}
		return rsaPrivateOp(p, em)
	case *ecPriv:
		var r, s *big.Int
		var err error
		if p.c.std != nil {
			r, s, err = ecdsa.Sign(rand.Reader, p.std(), digest)
		} else {
			r, s, err = p.sign(digest, rand.Reader)
		}
		if err != nil {
			return nil, err
		}
		return encodeSignature(r, s, p.c.orderSize(), o.p1363), nil
	case *dsa.PrivateKey:
		if n := (p.Q.BitLen() + 7) / 8; len(digest) > n {
			digest = digest[:n]
		}
		r, s, err := dsa.Sign(rand.Reader, p, digest)
		if err != nil {
			return nil, err
		}
		return encodeSignature(r, s, (p.Q.BitLen()+7)/8, o.p1363), nil
	}
	return nil, errKeyOperation
}

func (p *ecPriv) std() *ecdsa.PrivateKey {
	return &ecdsa.PrivateKey{PublicKey: ecdsa.PublicKey{Curve: p.c.std, X: p.x, Y: p.y}, D: p.d}
}

func encodeSignature(r, s *big.Int, n int, p1363 bool) []byte {
	if p1363 {
		out := make([]byte, 2*n)
		r.FillBytes(out[:n])
		s.FillBytes(out[n:])
		return out
	}
	return marshal(ecdsaSignature{r, s})
}

func decodeSignature(sig []byte, n int, p1363 bool) (r, s *big.Int, ok bool) {
	if p1363 {
		if len(sig) != 2*n {
			return nil, nil, false
		}
		return new(big.Int).SetBytes(sig[:n]), new(big.Int).SetBytes(sig[n:]), true
	}
	var d ecdsaSignature
	if unmarshal(sig, &d) != nil {
		return nil, nil, false
	}
	return d.R, d.S, true
}

func (k *Key) verify(digest, sig []byte, o *sigOptions) (bool, error) {
	switch p := k.Pub.(type) {
	case *rsa.PublicKey:
		pss, err := o.isPSS(k)
		if err != nil {
			return false, err
		}
		if len(sig) != p.Size() {
			return false, nil
		}
		em, err := rsaPublicOp(p, sig)
		if err != nil {
			return false, nil
		}
		if pss {
			mgf, salt, err := o.pss(k)
			if err != nil {
				return false, err
			}
			if !o.hasSalt && k.PSS != nil {
				salt = -2
			}
			return pssVerify(digest, em, p.N.BitLen()-1, o.alg, mgf, salt), nil
		}
		m, err := unpadType1(em)
		return err == nil && string(m) == string(digestInfo(o.alg, digest)), nil
	case *ecPub:
		r, s, ok := decodeSignature(sig, p.c.orderSize(), o.p1363)
		if !ok {
			return false, nil
		}
		if p.c.std != nil {
			return r.Sign() > 0 && s.Sign() > 0 && ecdsa.Verify(&ecdsa.PublicKey{Curve: p.c.std, X: p.x, Y: p.y}, digest, r, s), nil
		}
		return p.verify(digest, r, s), nil
	case *dsa.PublicKey:
		n := (p.Q.BitLen() + 7) / 8
		r, s, ok := decodeSignature(sig, n, o.p1363)
		if len(digest) > n {
			digest = digest[:n]
		}
		return ok && dsa.Verify(p, digest, r, s), nil
	}
	return false, errKeyOperation
}

// pure reports whether the key signs messages and not digests.
func (k *Key) pure() bool {
	if p, ok := k.Pub.(*pqPub); ok {
		return p.scheme.sign != nil
	}
	return k.Kind == "ed25519" || k.Kind == "ed448"
}

func (k *Key) signMessage(data []byte, o *sigOptions) ([]byte, error) {
	if k.pure() {
		if o.alg != nil {
			return nil, errPureDigest
		}
		if p, ok := k.Priv.(*pqPriv); ok {
			return p.signMessage(data, o.context)
		}
		p, ok := k.Priv.(*okpPriv)
		if !ok {
			return nil, errKeyOperation
		}
		if k.Kind == "ed25519" {
			return ed25519.Sign(ed25519.NewKeyFromSeed(p.seed), data), nil
		}
		return ed448.Sign(ed448.NewKeyFromSeed(p.seed), data, string(o.context)), nil
	}
	if k.Kind == "x25519" || k.Kind == "x448" || k.Kind == "dh" {
		return nil, errKeyOperation
	}
	if o.alg == nil {
		o.alg = k.defaultHash()
	}
	h := o.alg.make()
	_, _ = h.Write(data)
	return k.sign(h.Sum(nil), o)
}

func (k *Key) verifyMessage(data, sig []byte, o *sigOptions) (bool, error) {
	if k.pure() {
		if o.alg != nil {
			return false, errPureDigest
		}
		if p, ok := k.Pub.(*pqPub); ok {
			return p.verifyMessage(data, sig, o.context)
		}
		p := k.Pub.(*okpPub)
		if k.Kind == "ed25519" {
			return len(sig) == ed25519.SignatureSize && ed25519.Verify(p.b, data, sig), nil
		}
		return len(sig) == ed448.SignatureSize && ed448.Verify(p.b, data, sig, string(o.context)), nil
	}
	if k.Kind == "x25519" || k.Kind == "x448" || k.Kind == "dh" {
		return false, errKeyOperation
	}
	if o.alg == nil {
		o.alg = k.defaultHash()
	}
	h := o.alg.make()
	_, _ = h.Write(data)
	return k.verify(h.Sum(nil), sig, o)
}

// signState is a Sign's or Verify's native side.
type signState struct {
	alg  *algorithm
	h    hash.Hash
	done bool
}

func (b *binding) sigOptions(alg *algorithm, padding, salt, dsaEnc, context goja.Value) *sigOptions {
	o := &sigOptions{alg: alg}
	if !goja.IsUndefined(padding) {
		o.padding = int(padding.ToInteger())
	}
	if !goja.IsUndefined(salt) {
		o.salt, o.hasSalt = int(salt.ToInteger()), true
	}
	o.p1363 = dsaEnc.ToInteger() == 1
	if context != nil && !goja.IsUndefined(context) {
		o.context = b.clone(context)
	}
	return o
}

func (b *binding) signatures() {
	state := func(v goja.Value) *signState { return v.Export().(*signState) }
	b.method("signInit", func(c goja.FunctionCall) goja.Value {
		name := c.Argument(0).String()
		alg := hashFor(name)
		if alg == nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest")
		}
		return b.vm.ToValue(&signState{alg: alg, h: alg.make()})
	})
	b.method("signUpdate", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.done {
			b.throw("Error", "ERR_CRYPTO_INVALID_STATE", "Not initialised")
		}
		_, _ = s.h.Write(b.input(c.Argument(1), c.Argument(2)))
		return nil
	})
	finish := func(s *signState, k *Key) []byte {
		if s.done {
			b.throw("Error", "ERR_CRYPTO_INVALID_STATE", "Not initialised")
		}
		s.done = true
		if k.pure() {
			b.throw("Error", "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation")
		}
		return s.h.Sum(nil)
	}
	// signFinal(state, key, padding, saltLength, dsaEncoding)
	b.method("signFinal", func(c goja.FunctionCall) goja.Value {
		s, k := state(c.Argument(0)), b.key(c.Argument(1))
		digest := finish(s, k)
		out, err := k.sign(digest, b.sigOptions(s.alg, c.Argument(2), c.Argument(3), c.Argument(4), nil))
		if err != nil {
			b.fail(err)
		}
		return b.env.NewBuffer(out)
	})
	// verifyFinal(state, key, signature, padding, saltLength, dsaEncoding)
	b.method("verifyFinal", func(c goja.FunctionCall) goja.Value {
		s, k := state(c.Argument(0)), b.key(c.Argument(1))
		digest := finish(s, k)
		ok, err := k.verify(digest, b.bytes(c.Argument(2)), b.sigOptions(s.alg, c.Argument(3), c.Argument(4), c.Argument(5), nil))
		if err != nil {
			b.fail(err)
		}
		return b.vm.ToValue(ok)
	})
	digestOf := func(v goja.Value) *algorithm {
		if goja.IsUndefined(v) || goja.IsNull(v) {
			return nil
		}
		alg := hashFor(v.String())
		if alg == nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+v.String())
		}
		return alg
	}
	// signOneShot(key, data, algorithm, padding, saltLength, dsaEncoding, context, callback)
	b.method("signOneShot", func(c goja.FunctionCall) goja.Value {
		k := b.key(c.Argument(0))
		data := b.clone(c.Argument(1))
		o := b.sigOptions(digestOf(c.Argument(2)), c.Argument(3), c.Argument(4), c.Argument(5), c.Argument(6))
		return job(b, "SIGNREQUEST", c.Argument(7), func() ([]byte, error) { return k.signMessage(data, o) }, b.buffer)
	})
	// verifyOneShot(key, data, algorithm, signature, padding, saltLength, dsaEncoding, context, callback)
	b.method("verifyOneShot", func(c goja.FunctionCall) goja.Value {
		k := b.key(c.Argument(0))
		data, sig := b.clone(c.Argument(1)), b.clone(c.Argument(3))
		o := b.sigOptions(digestOf(c.Argument(2)), c.Argument(4), c.Argument(5), c.Argument(6), c.Argument(7))
		return job(b, "SIGNREQUEST", c.Argument(8), func() (bool, error) { return k.verifyMessage(data, sig, o) },
			func(ok bool) goja.Value { return b.vm.ToValue(ok) })
	})
}
