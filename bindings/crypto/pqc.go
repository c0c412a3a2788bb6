package crypto

import (
	"crypto/rand"
	"encoding/asn1"
	"errors"
	"strings"
	"sync"

	"github.com/cloudflare/circl/kem"
	"github.com/cloudflare/circl/kem/mlkem/mlkem1024"
	"github.com/cloudflare/circl/kem/mlkem/mlkem512"
	"github.com/cloudflare/circl/kem/mlkem/mlkem768"
	"github.com/cloudflare/circl/sign"
	"github.com/cloudflare/circl/sign/mldsa/mldsa44"
	"github.com/cloudflare/circl/sign/mldsa/mldsa65"
	"github.com/cloudflare/circl/sign/mldsa/mldsa87"
	"github.com/cloudflare/circl/sign/slhdsa"
)

// A pqScheme is one of the post-quantum key types: it signs or it encapsulates.
type pqScheme struct {
	kind string // Node's name for the key type
	name string // the standard's
	oid  asn1.ObjectIdentifier
	sign sign.Scheme
	kem  kem.Scheme
	seed int // how long its seed is; 0 if keys are written without one
}

type pqPub struct {
	scheme *pqScheme
	raw    []byte
}

// pqPriv has the seed that its key was derived from, if that is known.
type pqPriv struct {
	scheme    *pqScheme
	seed, raw []byte
}

var pqSchemes = sync.OnceValue(func() []*pqScheme {
	nist := func(group, n int) asn1.ObjectIdentifier {
		return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, group, n}
	}
	var list []*pqScheme
	for i, s := range []sign.Scheme{mldsa44.Scheme(), mldsa65.Scheme(), mldsa87.Scheme()} {
		list = append(list, &pqScheme{oid: nist(3, 17+i), sign: s, seed: s.SeedSize()})
	}
	for id := slhdsa.SHA2_128s; id <= slhdsa.SHAKE_256f; id++ {
		list = append(list, &pqScheme{oid: slhOID(id.Scheme().Name()), sign: id.Scheme()})
	}
	for i, s := range []kem.Scheme{mlkem512.Scheme(), mlkem768.Scheme(), mlkem1024.Scheme()} {
		list = append(list, &pqScheme{oid: nist(4, 1+i), kem: s, seed: s.SeedSize()})
	}
	for _, s := range list {
		if s.sign != nil {
			s.name = s.sign.Name()
		} else {
			s.name = s.kem.Name()
		}
		s.kind = strings.ToLower(s.name)
	}
	return list
})

// slhOID finds the identifier of an SLH-DSA parameter set: NIST numbers them
// by hash, then size, then small before fast.
func slhOID(name string) asn1.ObjectIdentifier {
	for i, n := range []string{"SHA2-128s", "SHA2-128f", "SHA2-192s", "SHA2-192f", "SHA2-256s", "SHA2-256f",
		"SHAKE-128s", "SHAKE-128f", "SHAKE-192s", "SHAKE-192f", "SHAKE-256s", "SHAKE-256f"} {
		if strings.HasSuffix(name, n) {
			return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 20 + i}
		}
	}
	return nil
}

func pqByKind(kind string) *pqScheme {
	for _, s := range pqSchemes() {
		if s.kind == kind {
			return s
		}
	}
	return nil
}

func pqByOID(oid asn1.ObjectIdentifier) *pqScheme {
	if len(oid) != 9 || oid[0] != 2 {
		return nil
	}
	for _, s := range pqSchemes() {
		if s.oid.Equal(oid) {
			return s
		}
	}
	return nil
}

var errPQKey = errors.New("not a key of this type")

func (s *pqScheme) publicKey(raw []byte) (*Key, error) {
	var err error
	if s.sign != nil {
		_, err = s.sign.UnmarshalBinaryPublicKey(raw)
	} else {
		_, err = s.kem.UnmarshalBinaryPublicKey(raw)
	}
	if err != nil {
		return nil, err
	}
	return &Key{Type: publicKey, Kind: s.kind, Pub: &pqPub{s, append([]byte{}, raw...)}}, nil
}

// marshaler is what all of circl's keys are.
type marshaler interface{ MarshalBinary() ([]byte, error) }

func (s *pqScheme) pair(seed []byte, pub, priv marshaler) (*Key, error) {
	p, err := pub.MarshalBinary()
	if err != nil {
		return nil, err
	}
	q, err := priv.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return &Key{Type: privateKey, Kind: s.kind, Pub: &pqPub{s, p}, Priv: &pqPriv{s, seed, q}}, nil
}

// fromSeed derives the key of a seed.
func (s *pqScheme) fromSeed(seed []byte) (*Key, error) {
	if s.seed == 0 || len(seed) != s.seed {
		return nil, errPQKey
	}
	seed = append([]byte{}, seed...)
	if s.sign != nil {
		pub, priv := s.sign.DeriveKey(seed)
		return s.pair(seed, pub, priv)
	}
	pub, priv := s.kem.DeriveKeyPair(seed)
	return s.pair(seed, pub, priv)
}

// fromPrivate makes a key of a private key that was written out.
func (s *pqScheme) fromPrivate(raw []byte) (*Key, error) {
	if s.sign != nil {
		priv, err := s.sign.UnmarshalBinaryPrivateKey(raw)
		if err != nil {
			return nil, err
		}
		pub, ok := priv.Public().(sign.PublicKey)
		if !ok {
			return nil, errPQKey
		}
		return s.pair(nil, pub, priv)
	}
	priv, err := s.kem.UnmarshalBinaryPrivateKey(raw)
	if err != nil {
		return nil, err
	}
	return s.pair(nil, priv.Public(), priv)
}

// pqSeedAndKey is the form of a private key that has both.
type pqSeedAndKey struct{ Seed, Key []byte }

// parsePrivate reads what a PKCS #8 key holds: a seed, a key, or both.
func (s *pqScheme) parsePrivate(data []byte) (*Key, error) {
	if s.seed == 0 {
		return s.fromPrivate(data)
	}
	var both pqSeedAndKey
	if unmarshal(data, &both) == nil {
		k, err := s.fromSeed(both.Seed)
		if err == nil && string(k.Priv.(*pqPriv).raw) != string(both.Key) {
			err = errPQKey
		}
		return k, err
	}
	var raw asn1.RawValue
	if err := unmarshal(data, &raw); err != nil {
		return nil, err
	}
	if raw.Class == asn1.ClassContextSpecific && raw.Tag == 0 {
		return s.fromSeed(raw.Bytes)
	}
	return s.fromPrivate(raw.Bytes)
}

// secret is the private key's shortest form: the seed, where there are seeds;
// nil if it is not known.
func (p *pqPriv) secret() []byte {
	if p.scheme.seed == 0 {
		return p.raw
	}
	return p.seed
}

// fromSecret is the key of such a form.
func (s *pqScheme) fromSecret(secret []byte) (*Key, error) {
	if s.seed == 0 {
		return s.fromPrivate(secret)
	}
	return s.fromSeed(secret)
}

func (p *pqPriv) marshal() []byte {
	switch {
	case p.scheme.seed == 0:
		return p.raw
	case p.seed == nil:
		return marshal(p.raw)
	}
	return marshal(pqSeedAndKey{p.seed, p.raw})
}

func (s *pqScheme) generate() (*Key, error) {
	if s.seed != 0 {
		seed := make([]byte, s.seed)
		_, _ = rand.Read(seed)
		return s.fromSeed(seed)
	}
	pub, priv, err := s.sign.GenerateKey()
	if err != nil {
		return nil, err
	}
	return s.pair(nil, pub, priv)
}

func (p *pqPriv) signMessage(data, context []byte) ([]byte, error) {
	if p.scheme.sign == nil {
		return nil, errKeyOperation
	}
	priv, err := p.scheme.sign.UnmarshalBinaryPrivateKey(p.raw)
	if err != nil {
		return nil, err
	}
	return p.scheme.sign.Sign(priv, data, &sign.SignatureOpts{Context: string(context)}), nil
}

func (p *pqPub) verifyMessage(data, sig, context []byte) (bool, error) {
	if p.scheme.sign == nil {
		return false, errKeyOperation
	}
	pub, err := p.scheme.sign.UnmarshalBinaryPublicKey(p.raw)
	if err != nil {
		return false, err
	}
	return len(sig) == p.scheme.sign.SignatureSize() &&
		p.scheme.sign.Verify(pub, data, sig, &sign.SignatureOpts{Context: string(context)}), nil
}
