package crypto

import (
	//lint:ignore SA1019 Node has it
	"crypto/dsa"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/asn1"
	"errors"
	"math/big"

	stdx509 "crypto/x509"

	"github.com/cloudflare/circl/dh/x448"
	"github.com/cloudflare/circl/sign/ed448"
)

var (
	oidRSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidPSS   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidMGF1  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
	oidEC    = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidDSA   = asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}
	oidDH    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 3, 1}
	oidPrime = asn1.ObjectIdentifier{1, 2, 840, 10045, 1, 1}
)

// okpTypes are the curves of RFC 8410 by the last number of their OID.
var okpTypes = map[string]int{"x25519": 110, "x448": 111, "ed25519": 112, "ed448": 113}
var okpSizes = map[string]int{"x25519": 32, "x448": 56, "ed25519": 32, "ed448": 57}

type okpPub struct{ b []byte }

type okpPriv struct {
	pub  []byte
	seed []byte
}

func okpPublic(kind string, seed []byte) []byte {
	switch kind {
	case "ed25519":
		return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	case "ed448":
		return ed448.NewKeyFromSeed(seed).Public().(ed448.PublicKey)
	case "x25519":
		k, err := ecdh.X25519().NewPrivateKey(seed)
		if err != nil {
			return nil
		}
		return k.PublicKey().Bytes()
	}
	var pub, sec x448.Key
	copy(sec[:], seed)
	x448.KeyGen(&pub, &sec)
	return pub[:]
}

// dhKey is a finite-field Diffie-Hellman key.
type dhPub struct{ p, g, y *big.Int }
type dhPriv struct {
	dhPub
	x *big.Int
}

// pssParams restrict an RSASSA-PSS key; nil on a key means none.
type pssParams struct {
	hash, mgf string
	salt      int
}

type algorithmID struct {
	Algorithm  asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

type spki struct {
	Algorithm algorithmID
	Key       asn1.BitString
}

type pkcs8 struct {
	Version    int
	Algorithm  algorithmID
	Key        []byte
	Attributes asn1.RawValue `asn1:"optional,tag:0"`
}

type sec1 struct {
	Version    int
	PrivateKey []byte
	Parameters asn1.RawValue  `asn1:"optional,explicit,tag:0"`
	PublicKey  asn1.BitString `asn1:"optional,explicit,tag:1"`
}

type dsaParams struct{ P, Q, G *big.Int }

type dsaPrivate struct {
	Version       int
	P, Q, G, Y, X *big.Int
}

type dhParams struct {
	P, G *big.Int
	L    int `asn1:"optional"`
}

type ecParameters struct {
	Version int
	Field   struct {
		Type  asn1.ObjectIdentifier
		Prime *big.Int
	}
	Curve struct {
		A, B []byte
		Seed asn1.BitString `asn1:"optional"`
	}
	Base     []byte
	Order    *big.Int
	Cofactor *big.Int `asn1:"optional"`
}

type pssASN struct {
	Hash    algorithmID `asn1:"optional,explicit,tag:0"`
	MGF     algorithmID `asn1:"optional,explicit,tag:1"`
	Salt    int         `asn1:"optional,explicit,tag:2,default:20"`
	Trailer int         `asn1:"optional,explicit,tag:3,default:1"`
}

var errUnsupportedKey = &opensslError{number: "1E08010C", library: "DECODER routines", reason: "unsupported",
	stack: []string{"error:1E08010C:DECODER routines::unsupported"}}

var null = asn1.RawValue{Tag: asn1.TagNull}

func rawOf(v any) asn1.RawValue {
	b, err := asn1.Marshal(v)
	if err != nil {
		panic(err)
	}
	return asn1.RawValue{FullBytes: b}
}

func marshal(v any) []byte { return rawOf(v).FullBytes }

// unmarshal decodes one value; nothing may follow it.
func unmarshal(b []byte, v any) error {
	rest, err := asn1.Unmarshal(b, v)
	if err == nil && len(rest) > 0 {
		err = errors.New("trailing data")
	}
	return err
}

var hashOIDs = map[string]asn1.ObjectIdentifier{
	"sha1": {1, 3, 14, 3, 2, 26}, "sha224": {2, 16, 840, 1, 101, 3, 4, 2, 4}, "sha256": {2, 16, 840, 1, 101, 3, 4, 2, 1},
	"sha384": {2, 16, 840, 1, 101, 3, 4, 2, 2}, "sha512": {2, 16, 840, 1, 101, 3, 4, 2, 3},
	"sha512-224": {2, 16, 840, 1, 101, 3, 4, 2, 5}, "sha512-256": {2, 16, 840, 1, 101, 3, 4, 2, 6},
	"sha3-224": {2, 16, 840, 1, 101, 3, 4, 2, 7}, "sha3-256": {2, 16, 840, 1, 101, 3, 4, 2, 8},
	"sha3-384": {2, 16, 840, 1, 101, 3, 4, 2, 9}, "sha3-512": {2, 16, 840, 1, 101, 3, 4, 2, 10},
	"md5": {1, 2, 840, 113549, 2, 5}, "ripemd160": {1, 3, 36, 3, 2, 1},
}

func hashByOID(oid asn1.ObjectIdentifier) string {
	for n, o := range hashOIDs {
		if o.Equal(oid) {
			return n
		}
	}
	return ""
}

func parsePSS(raw asn1.RawValue) (*pssParams, error) {
	if len(raw.FullBytes) == 0 {
		return nil, nil
	}
	var a pssASN
	if err := unmarshal(raw.FullBytes, &a); err != nil {
		return nil, err
	}
	p := &pssParams{hash: "sha1", mgf: "sha1", salt: a.Salt}
	if len(a.Hash.Algorithm) > 0 {
		p.hash = hashByOID(a.Hash.Algorithm)
	}
	if len(a.MGF.Algorithm) > 0 {
		var h algorithmID
		if err := unmarshal(a.MGF.Parameters.FullBytes, &h); err != nil {
			return nil, err
		}
		p.mgf = hashByOID(h.Algorithm)
	}
	return p, nil
}

func (p *pssParams) raw() asn1.RawValue {
	if p == nil {
		return asn1.RawValue{}
	}
	a := pssASN{Salt: p.salt, Trailer: 1}
	if p.hash != "sha1" {
		a.Hash = algorithmID{hashOIDs[p.hash], null}
	}
	if p.mgf != "sha1" {
		a.MGF = algorithmID{oidMGF1, rawOf(algorithmID{hashOIDs[p.mgf], null})}
	}
	return rawOf(a)
}

func parseCurve(raw asn1.RawValue) (c *curve, explicit bool, err error) {
	var oid asn1.ObjectIdentifier
	if unmarshal(raw.FullBytes, &oid) == nil {
		if c = curveByOID(oid); c == nil {
			return nil, false, errUnsupportedKey
		}
		return c, false, nil
	}
	var p ecParameters
	if err := unmarshal(raw.FullBytes, &p); err != nil {
		return nil, false, err
	}
	if c = curveByParams(p.Field.Prime, new(big.Int).SetBytes(p.Curve.B), p.Order); c == nil {
		return nil, false, errUnsupportedKey
	}
	return c, true, nil
}

func curveParams(k *ecPub) asn1.RawValue {
	c := k.c
	if !k.explicit {
		return rawOf(c.oid)
	}
	var p ecParameters
	p.Version = 1
	p.Field.Type, p.Field.Prime = oidPrime, c.p
	n := c.size()
	p.Curve.A, p.Curve.B = c.a.FillBytes(make([]byte, n)), c.b.FillBytes(make([]byte, n))
	if c.seed != nil {
		p.Curve.Seed = asn1.BitString{Bytes: c.seed, BitLength: 8 * len(c.seed)}
	}
	p.Base = c.marshal(c.gx, c.gy, uncompressed)
	p.Order, p.Cofactor = c.n, c.h
	return rawOf(p)
}

func parseSPKI(der []byte) (*Key, error) {
	var s spki
	if err := unmarshal(der, &s); err != nil {
		return nil, err
	}
	k := &Key{Type: publicKey}
	b := s.Key.RightAlign()
	switch oid := s.Algorithm.Algorithm; {
	case oid.Equal(oidRSA), oid.Equal(oidPSS):
		pub, err := parsePKCS1Public(b)
		if err != nil {
			return nil, err
		}
		k.Kind, k.Pub = "rsa", pub.Pub
		if oid.Equal(oidPSS) {
			k.Kind = "rsa-pss"
			if k.PSS, err = parsePSS(s.Algorithm.Parameters); err != nil {
				return nil, err
			}
		}
	case oid.Equal(oidEC):
		c, explicit, err := parseCurve(s.Algorithm.Parameters)
		if err != nil {
			return nil, err
		}
		x, y, err := c.unmarshal(b)
		if err != nil {
			return nil, err
		}
		k.Kind, k.Pub = "ec", &ecPub{c, x, y, explicit}
	case oid.Equal(oidDSA):
		var p dsaParams
		y := new(big.Int)
		if err := errors.Join(unmarshal(s.Algorithm.Parameters.FullBytes, &p), unmarshal(b, &y)); err != nil {
			return nil, err
		}
		k.Kind, k.Pub = "dsa", &dsa.PublicKey{Parameters: dsa.Parameters{P: p.P, Q: p.Q, G: p.G}, Y: y}
	case oid.Equal(oidDH):
		var p dhParams
		y := new(big.Int)
		if err := errors.Join(unmarshal(s.Algorithm.Parameters.FullBytes, &p), unmarshal(b, &y)); err != nil {
			return nil, err
		}
		k.Kind, k.Pub = "dh", &dhPub{p.P, p.G, y}
	default:
		for kind, n := range okpTypes {
			if oid.Equal(asn1.ObjectIdentifier{1, 3, 101, n}) && len(b) == okpSizes[kind] {
				k.Kind, k.Pub = kind, &okpPub{b}
				return k, nil
			}
		}
		if pq := pqByOID(oid); pq != nil {
			return pq.publicKey(b)
		}
		return nil, errUnsupportedKey
	}
	return k, nil
}

func parsePKCS1Public(der []byte) (*Key, error) {
	var k struct {
		N *big.Int
		E *big.Int
	}
	if err := unmarshal(der, &k); err != nil {
		return nil, err
	}
	if !k.E.IsInt64() || k.E.Int64() > 1<<62 || k.N.Sign() <= 0 {
		return nil, errUnsupportedKey
	}
	return &Key{Type: publicKey, Kind: "rsa", Pub: &rsa.PublicKey{N: k.N, E: int(k.E.Int64())}}, nil
}

func parsePKCS1Private(der []byte) (*Key, error) {
	var p struct {
		Version       int
		N, E, D, P, Q *big.Int
		DP, DQ, QI    *big.Int
		Extra         asn1.RawValue `asn1:"optional"`
	}
	if err := unmarshal(der, &p); err != nil {
		return nil, err
	}
	return rsaFromParts(p.N, p.E, p.D, p.P, p.Q)
}

func rsaFromParts(n, e, d, p, q *big.Int) (*Key, error) {
	if !e.IsInt64() || p.Sign() <= 0 || q.Sign() <= 0 || n.Sign() <= 0 || d.Sign() <= 0 {
		return nil, errUnsupportedKey
	}
	k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: n, E: int(e.Int64())}, D: d, Primes: []*big.Int{p, q}}
	k.Precompute()
	// Numbers that are no key leave nothing that could be written again.
	if c := &k.Precomputed; c.Dp == nil || c.Dq == nil || c.Qinv == nil || len(stdx509.MarshalPKCS1PrivateKey(k)) == 0 {
		return nil, errUnsupportedKey
	}
	return &Key{Type: privateKey, Kind: "rsa", Pub: &k.PublicKey, Priv: k}, nil
}

func parseSEC1(der []byte, params *curve, explicit bool) (*Key, error) {
	var s sec1
	if err := unmarshal(der, &s); err != nil {
		return nil, err
	}
	if params == nil {
		var err error
		if params, explicit, err = parseCurve(asn1.RawValue{FullBytes: s.Parameters.Bytes}); err != nil {
			return nil, err
		}
	}
	k, err := newECPriv(params, new(big.Int).SetBytes(s.PrivateKey))
	if err != nil {
		return nil, err
	}
	k.explicit = explicit
	return &Key{Type: privateKey, Kind: "ec", Pub: &k.ecPub, Priv: k}, nil
}

func parseDSAPrivate(der []byte) (*Key, error) {
	var p dsaPrivate
	if err := unmarshal(der, &p); err != nil {
		return nil, err
	}
	return dsaKey(p.P, p.Q, p.G, p.X), nil
}

func dsaKey(p, q, g, x *big.Int) *Key {
	k := &dsa.PrivateKey{PublicKey: dsa.PublicKey{Parameters: dsa.Parameters{P: p, Q: q, G: g}}, X: x}
	k.Y = new(big.Int).Exp(g, x, p)
	return &Key{Type: privateKey, Kind: "dsa", Pub: &k.PublicKey, Priv: k}
}

func dhKey(p, g, x *big.Int) *Key {
	k := &dhPriv{dhPub{p, g, new(big.Int).Exp(g, x, p)}, x}
	return &Key{Type: privateKey, Kind: "dh", Pub: &k.dhPub, Priv: k}
}

func okpKey(kind string, seed []byte) (*Key, error) {
	pub := okpPublic(kind, seed)
	if pub == nil {
		return nil, errUnsupportedKey
	}
	return &Key{Type: privateKey, Kind: kind, Pub: &okpPub{pub}, Priv: &okpPriv{pub, seed}}, nil
}

func parsePKCS8(der []byte) (*Key, error) {
	var p pkcs8
	if err := unmarshal(der, &p); err != nil {
		return nil, err
	}
	params := p.Algorithm.Parameters.FullBytes
	switch oid := p.Algorithm.Algorithm; {
	case oid.Equal(oidRSA), oid.Equal(oidPSS):
		k, err := parsePKCS1Private(p.Key)
		if err == nil && oid.Equal(oidPSS) {
			k.Kind = "rsa-pss"
			k.PSS, err = parsePSS(p.Algorithm.Parameters)
		}
		return k, err
	case oid.Equal(oidEC):
		c, explicit, err := parseCurve(p.Algorithm.Parameters)
		if err != nil {
			return nil, err
		}
		return parseSEC1(p.Key, c, explicit)
	case oid.Equal(oidDSA):
		var d dsaParams
		x := new(big.Int)
		if err := errors.Join(unmarshal(params, &d), unmarshal(p.Key, &x)); err != nil {
			return nil, err
		}
		return dsaKey(d.P, d.Q, d.G, x), nil
	case oid.Equal(oidDH):
		var d dhParams
		x := new(big.Int)
		if err := errors.Join(unmarshal(params, &d), unmarshal(p.Key, &x)); err != nil {
			return nil, err
		}
		return dhKey(d.P, d.G, x), nil
	default:
		for kind, n := range okpTypes {
			if oid.Equal(asn1.ObjectIdentifier{1, 3, 101, n}) {
				var seed []byte
				if err := unmarshal(p.Key, &seed); err != nil || len(seed) != okpSizes[kind] {
					return nil, errUnsupportedKey
				}
				return okpKey(kind, seed)
			}
		}
		if pq := pqByOID(oid); pq != nil {
			return pq.parsePrivate(p.Key)
		}
	}
	return nil, errUnsupportedKey
}

// algorithm is the key's algorithm identifier and its public key's bits.
func (k *Key) algorithm() (algorithmID, []byte) {
	switch p := k.Pub.(type) {
	case *rsa.PublicKey:
		id := algorithmID{oidRSA, null}
		if k.Kind == "rsa-pss" {
			id = algorithmID{oidPSS, k.PSS.raw()}
		}
		return id, stdx509.MarshalPKCS1PublicKey(p)
	case *ecPub:
		return algorithmID{oidEC, curveParams(p)}, p.c.marshal(p.x, p.y, uncompressed)
	case *dsa.PublicKey:
		return algorithmID{oidDSA, rawOf(dsaParams{p.P, p.Q, p.G})}, marshal(p.Y)
	case *dhPub:
		return algorithmID{oidDH, rawOf(dhParams{P: p.p, G: p.g})}, marshal(p.y)
	case *okpPub:
		return algorithmID{Algorithm: asn1.ObjectIdentifier{1, 3, 101, okpTypes[k.Kind]}}, p.b
	case *pqPub:
		return algorithmID{Algorithm: p.scheme.oid}, p.raw
	}
	return algorithmID{}, nil
}

func (k *Key) marshalSPKI() []byte {
	id, b := k.algorithm()
	return marshal(spki{id, asn1.BitString{Bytes: b, BitLength: 8 * len(b)}})
}

func (k *Key) marshalPKCS1() []byte {
	if p, ok := k.Priv.(*rsa.PrivateKey); ok {
		return stdx509.MarshalPKCS1PrivateKey(p)
	}
	return stdx509.MarshalPKCS1PublicKey(k.Pub.(*rsa.PublicKey))
}

func (k *Key) marshalSEC1(withParams bool) []byte {
	p := k.Priv.(*ecPriv)
	pub := p.c.marshal(p.x, p.y, uncompressed)
	s := sec1{Version: 1, PrivateKey: p.d.FillBytes(make([]byte, p.c.orderSize())),
		PublicKey: asn1.BitString{Bytes: pub, BitLength: 8 * len(pub)}}
	if withParams {
		inner := curveParams(&p.ecPub)
		s.Parameters = asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner.FullBytes}
		s.Parameters.FullBytes = marshal(asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner.FullBytes})
	}
	return marshal(s)
}

func (k *Key) marshalPKCS8() []byte {
	id, _ := k.algorithm()
	var b []byte
	switch p := k.Priv.(type) {
	case *rsa.PrivateKey:
		b = k.marshalPKCS1()
	case *ecPriv:
		b = k.marshalSEC1(false)
	case *dsa.PrivateKey:
		b = marshal(p.X)
	case *dhPriv:
		b = marshal(p.x)
	case *okpPriv:
		b = marshal(p.seed)
	case *pqPriv:
		b = p.marshal()
	}
	return marshal(pkcs8{Algorithm: id, Key: b})
}

func (k *Key) sameAs(o *Key) bool {
	if k.Kind != o.Kind || string(k.marshalSPKI()) != string(o.marshalSPKI()) {
		return false
	}
	return k.Type == publicKey || string(k.marshalPKCS8()) == string(o.marshalPKCS8())
}
