package crypto

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"

	"github.com/cloudflare/circl/hpke"
	"github.com/cloudflare/circl/kem"
	"github.com/dop251/goja"
)

// encapsulated is a secret and what carries it to the private key's owner.
type encapsulated struct{ shared, ciphertext []byte }

var (
	errNoKEM = errors.New("this key cannot encapsulate")
	dhKEMs   = map[string]hpke.KEM{"prime256v1": hpke.KEM_P256_HKDF_SHA256, "secp384r1": hpke.KEM_P384_HKDF_SHA384,
		"secp521r1": hpke.KEM_P521_HKDF_SHA512, "x25519": hpke.KEM_X25519_HKDF_SHA256, "x448": hpke.KEM_X448_HKDF_SHA512}
)

// kem is the scheme that a key encapsulates with, and its keys in the scheme's
// form; RSA has none.
func (k *Key) kem() (s kem.Scheme, pub, priv []byte, err error) {
	_, pub = k.algorithm()
	var id hpke.KEM
	switch p := k.Pub.(type) {
	case *pqPub:
		if p.scheme.kem == nil {
			return nil, nil, nil, errNoKEM
		}
		if q, ok := k.Priv.(*pqPriv); ok {
			priv = q.raw
		}
		return p.scheme.kem, pub, priv, nil
	case *ecPub:
		id = dhKEMs[p.c.name]
		if q, ok := k.Priv.(*ecPriv); ok {
			priv = q.d.FillBytes(make([]byte, p.c.orderSize()))
		}
	case *okpPub:
		id = dhKEMs[k.Kind]
		if q, ok := k.Priv.(*okpPriv); ok {
			priv = q.seed
		}
	}
	if id == 0 {
		return nil, nil, nil, errNoKEM
	}
	return id.Scheme(), pub, priv, nil
}

func (k *Key) encapsulate() (e encapsulated, err error) {
	if p, ok := k.Pub.(*rsa.PublicKey); ok && k.Kind == "rsa" { // RSASVE: a random number below the modulus
		z, err := rand.Int(rand.Reader, p.N)
		if err != nil {
			return e, err
		}
		e.shared = z.FillBytes(make([]byte, p.Size()))
		e.ciphertext, err = rsaPublicOp(p, e.shared)
		return e, err
	}
	s, raw, _, err := k.kem()
	if err != nil {
		return e, err
	}
	pub, err := s.UnmarshalBinaryPublicKey(raw)
	if err != nil {
		return e, err
	}
	e.ciphertext, e.shared, err = s.Encapsulate(pub)
	return e, err
}

func (k *Key) decapsulate(ciphertext []byte) ([]byte, error) {
	if p, ok := k.Priv.(*rsa.PrivateKey); ok && k.Kind == "rsa" {
		if len(ciphertext) != p.Size() {
			return nil, errNoKEM
		}
		return rsaPrivateOp(p, ciphertext)
	}
	s, _, raw, err := k.kem()
	if err != nil {
		return nil, err
	}
	if len(ciphertext) != s.CiphertextSize() {
		return nil, errNoKEM
	}
	priv, err := s.UnmarshalBinaryPrivateKey(raw)
	if err != nil {
		return nil, err
	}
	return s.Decapsulate(priv, ciphertext)
}

func (b *binding) kem() {
	// Synchronously a failure says which operation failed, from a job it does not.
	failure := func(async bool, operation string, err error) error {
		if async {
			return errDeriving
		}
		b.throw("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to perform "+operation)
		return err
	}
	// encapsulate(key[, callback])
	b.method("encapsulate", func(c goja.FunctionCall) goja.Value {
		k, callback := b.key(c.Argument(0)), c.Argument(1)
		_, async := goja.AssertFunction(callback)
		return job(b, "KEMENCAPSULATEREQUEST", callback, func() (encapsulated, error) {
			e, err := k.encapsulate()
			if err != nil {
				err = failure(async, "encapsulation", err)
			}
			return e, err
		}, func(e encapsulated) goja.Value {
			o := b.vm.NewObject()
			_ = o.Set("sharedKey", b.env.NewBuffer(e.shared))
			_ = o.Set("ciphertext", b.env.NewBuffer(e.ciphertext))
			return o
		})
	})
	// decapsulate(key, ciphertext[, callback])
	b.method("decapsulate", func(c goja.FunctionCall) goja.Value {
		k, ciphertext, callback := b.key(c.Argument(0)), b.clone(c.Argument(1)), c.Argument(2)
		_, async := goja.AssertFunction(callback)
		return job(b, "KEMDECAPSULATEREQUEST", callback, func() ([]byte, error) {
			shared, err := k.decapsulate(ciphertext)
			if err != nil {
				err = failure(async, "decapsulation", err)
			}
			return shared, err
		}, b.buffer)
	})
}
