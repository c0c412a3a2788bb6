package crypto

import (
	"bufio"
	"crypto/elliptic"
	"crypto/rand"
	_ "embed"
	"encoding/asn1"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"sync"
)

//go:embed curves.txt
var curvesText string

// A curve is y² = x³ + ax + b over a prime field. The NIST curves use Go's own
// constant-time code; the others plain big.Int arithmetic, which is not.
type curve struct {
	name                  string
	oid                   asn1.ObjectIdentifier
	p, a, b, gx, gy, n, h *big.Int
	seed                  []byte
	std                   elliptic.Curve
}

// curveLines finds a curve's line by name without parsing the others.
var curveLines = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for sc := bufio.NewScanner(strings.NewReader(curvesText)); sc.Scan(); {
		if name, rest, ok := strings.Cut(sc.Text(), " "); ok && name != "#" {
			m[name] = rest
		}
	}
	return m
})

func curveNames() (names []string) {
	for line := range strings.Lines(curvesText) {
		if name, _, _ := strings.Cut(line, " "); name != "#" {
			names = append(names, name)
		}
	}
	return names
}

var curveAliases = map[string]string{"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1", "P-192": "prime192v1",
	"P-224": "secp224r1", "secp256r1": "prime256v1", "secp192r1": "prime192v1"}

func curveByName(name string) *curve {
	if a, ok := curveAliases[name]; ok {
		name = a
	}
	line, ok := curveLines()[name]
	if !ok {
		return nil
	}
	f := strings.Split(line, " ")
	c := &curve{name: name}
	for _, s := range strings.Split(f[0], ".") {
		n, _ := strconv.Atoi(s)
		c.oid = append(c.oid, n)
	}
	for i, dst := range []**big.Int{&c.p, &c.a, &c.b, &c.gx, &c.gy, &c.n, &c.h} {
		*dst, _ = new(big.Int).SetString(f[i+1], 16)
	}
	if len(f) > 8 && f[8] != "" {
		s, _ := new(big.Int).SetString(f[8], 16)
		c.seed = s.FillBytes(make([]byte, len(f[8])/2))
	}
	switch name {
	case "secp224r1":
		c.std = elliptic.P224()
	case "prime256v1":
		c.std = elliptic.P256()
	case "secp384r1":
		c.std = elliptic.P384()
	case "secp521r1":
		c.std = elliptic.P521()
	}
	return c
}

func curveByOID(oid asn1.ObjectIdentifier) *curve {
	want := oid.String()
	for name, line := range curveLines() {
		if o, _, _ := strings.Cut(line, " "); o == want {
			return curveByName(name)
		}
	}
	return nil
}

// curveByParams finds the named curve with these parameters.
func curveByParams(p, b, n *big.Int) *curve {
	for name := range curveLines() {
		if c := curveByName(name); c.p.Cmp(p) == 0 && c.b.Cmp(b) == 0 && c.n.Cmp(n) == 0 {
			return c
		}
	}
	return nil
}

func (c *curve) size() int      { return (c.p.BitLen() + 7) / 8 }
func (c *curve) orderSize() int { return (c.n.BitLen() + 7) / 8 }

func (c *curve) onCurve(x, y *big.Int) bool {
	if x.Sign() < 0 || y.Sign() < 0 || x.Cmp(c.p) >= 0 || y.Cmp(c.p) >= 0 {
		return false
	}
	l := new(big.Int).Mul(y, y)
	return l.Mod(l, c.p).Cmp(c.rhs(x)) == 0
}

func (c *curve) rhs(x *big.Int) *big.Int {
	r := new(big.Int).Mul(x, x)
	r.Add(r, c.a).Mul(r, x).Add(r, c.b)
	return r.Mod(r, c.p)
}

// A point in Jacobian coordinates; z = 0 is infinity.
type point struct{ x, y, z *big.Int }

func (c *curve) double(p point) point {
	if p.z.Sign() == 0 || p.y.Sign() == 0 {
		return point{big.NewInt(1), big.NewInt(1), new(big.Int)}
	}
	m := func(a, b *big.Int) *big.Int { r := new(big.Int).Mul(a, b); return r.Mod(r, c.p) }
	yy := m(p.y, p.y)
	s := m(p.x, yy)
	s.Lsh(s, 2).Mod(s, c.p)
	zz := m(p.z, p.z)
	t := m(p.x, p.x)
	t.Mul(t, big.NewInt(3)).Add(t, m(c.a, m(zz, zz))).Mod(t, c.p)
	x := m(t, t)
	x.Sub(x, new(big.Int).Lsh(s, 1)).Mod(x, c.p)
	y4 := m(yy, yy)
	y := m(t, s.Sub(s, x))
	y.Sub(y, y4.Lsh(y4, 3)).Mod(y, c.p)
	z := m(p.y, p.z)
	z.Lsh(z, 1).Mod(z, c.p)
	return point{x, y, z}
}

func (c *curve) add(p, q point) point {
	if p.z.Sign() == 0 {
		return q
	}
	if q.z.Sign() == 0 {
		return p
	}
	m := func(a, b *big.Int) *big.Int { r := new(big.Int).Mul(a, b); return r.Mod(r, c.p) }
	z1, z2 := m(p.z, p.z), m(q.z, q.z)
	u1, u2 := m(p.x, z2), m(q.x, z1)
	s1, s2 := m(p.y, m(z2, q.z)), m(q.y, m(z1, p.z))
	if u1.Cmp(u2) == 0 {
		if s1.Cmp(s2) != 0 {
			return point{big.NewInt(1), big.NewInt(1), new(big.Int)}
		}
		return c.double(p)
	}
	h := new(big.Int).Sub(u2, u1)
	h.Mod(h, c.p)
	r := new(big.Int).Sub(s2, s1)
	r.Mod(r, c.p)
	hh := m(h, h)
	hhh := m(h, hh)
	v := m(u1, hh)
	x := m(r, r)
	x.Sub(x, hhh).Sub(x, v).Sub(x, v).Mod(x, c.p)
	y := m(r, v.Sub(v, x))
	y.Sub(y, m(s1, hhh)).Mod(y, c.p)
	return point{x, y, m(h, m(p.z, q.z))}
}

// mult returns k·(x, y); ok is false at infinity.
func (c *curve) mult(x, y *big.Int, k []byte) (rx, ry *big.Int, ok bool) {
	if c.std != nil {
		kk := new(big.Int).Mod(new(big.Int).SetBytes(k), c.n)
		if kk.Sign() == 0 {
			return nil, nil, false
		}
		if x == c.gx {
			//lint:ignore SA1019 the point itself is wanted, which crypto/ecdh does not give
			rx, ry = c.std.ScalarBaseMult(kk.FillBytes(make([]byte, c.orderSize())))
		} else {
			//lint:ignore SA1019 as above
			rx, ry = c.std.ScalarMult(x, y, kk.FillBytes(make([]byte, c.orderSize())))
		}
		return rx, ry, rx.Sign() != 0 || ry.Sign() != 0
	}
	r := point{big.NewInt(1), big.NewInt(1), new(big.Int)}
	b := point{x, y, big.NewInt(1)}
	for _, octet := range k {
		for i := 7; i >= 0; i-- {
			r = c.double(r)
			if octet>>i&1 == 1 {
				r = c.add(r, b)
			}
		}
	}
	return c.affine(r)
}

func (c *curve) affine(r point) (x, y *big.Int, ok bool) {
	if r.z.Sign() == 0 {
		return nil, nil, false
	}
	inv := new(big.Int).ModInverse(r.z, c.p)
	i2 := new(big.Int).Mul(inv, inv)
	x = new(big.Int).Mul(r.x, i2)
	x.Mod(x, c.p)
	y = i2.Mul(i2, inv).Mul(i2, r.y)
	return x, y.Mod(y, c.p), true
}

func (c *curve) base(k []byte) (x, y *big.Int, ok bool) { return c.mult(c.gx, c.gy, k) }

type pointFormat byte

// SEC 1's point formats.
const (
	compressed   pointFormat = 2
	uncompressed pointFormat = 4
	hybrid       pointFormat = 6
)

func (c *curve) marshal(x, y *big.Int, f pointFormat) []byte {
	n := c.size()
	if f == compressed {
		out := make([]byte, 1+n)
		out[0] = byte(2 + y.Bit(0))
		x.FillBytes(out[1:])
		return out
	}
	out := make([]byte, 1+2*n)
	out[0] = byte(f)
	if f == hybrid {
		out[0] |= byte(y.Bit(0))
	}
	x.FillBytes(out[1 : 1+n])
	y.FillBytes(out[1+n:])
	return out
}

var errPoint = errors.New("invalid point")

func (c *curve) unmarshal(b []byte) (x, y *big.Int, err error) {
	n := c.size()
	switch {
	case len(b) == 1+2*n && (b[0] == 4 || b[0] == 6 || b[0] == 7):
		x, y = new(big.Int).SetBytes(b[1:1+n]), new(big.Int).SetBytes(b[1+n:])
	case len(b) == 1+n && (b[0] == 2 || b[0] == 3):
		x = new(big.Int).SetBytes(b[1:])
		if x.Cmp(c.p) >= 0 {
			return nil, nil, errPoint
		}
		if y = new(big.Int).ModSqrt(c.rhs(x), c.p); y == nil {
			return nil, nil, errPoint
		}
		if byte(y.Bit(0)) != b[0]&1 {
			y.Sub(c.p, y)
		}
	default:
		return nil, nil, errPoint
	}
	if !c.onCurve(x, y) {
		return nil, nil, errPoint
	}
	return x, y, nil
}

type ecPub struct {
	c        *curve
	x, y     *big.Int
	explicit bool // written with all its parameters
}

type ecPriv struct {
	ecPub
	d *big.Int
}

func generateEC(c *curve) (*ecPriv, error) {
	for {
		k, err := rand.Int(rand.Reader, c.n)
		if err != nil {
			return nil, err
		}
		if k.Sign() > 0 {
			return newECPriv(c, k)
		}
	}
}

func newECPriv(c *curve, d *big.Int) (*ecPriv, error) {
	if d.Sign() <= 0 || d.Cmp(c.n) >= 0 {
		return nil, errors.New("invalid private key")
	}
	x, y, ok := c.base(d.FillBytes(make([]byte, c.orderSize())))
	if !ok {
		return nil, errPoint
	}
	return &ecPriv{ecPub{c: c, x: x, y: y}, d}, nil
}

// hashToInt takes the leftmost bits of a digest, as ECDSA and DSA do.
func hashToInt(digest []byte, n *big.Int) *big.Int {
	bits := n.BitLen()
	if size := (bits + 7) / 8; len(digest) > size {
		digest = digest[:size]
	}
	z := new(big.Int).SetBytes(digest)
	if extra := len(digest)*8 - bits; extra > 0 {
		z.Rsh(z, uint(extra))
	}
	return z
}

func (k *ecPriv) sign(digest []byte, random io.Reader) (r, s *big.Int, err error) {
	n := k.c.n
	z := hashToInt(digest, n)
	for {
		kk, err := rand.Int(random, n)
		if err != nil {
			return nil, nil, err
		}
		if kk.Sign() == 0 {
			continue
		}
		x, _, ok := k.c.base(kk.FillBytes(make([]byte, k.c.orderSize())))
		if !ok {
			continue
		}
		r = x.Mod(x, n)
		s = new(big.Int).Mul(r, k.d)
		s.Add(s, z).Mul(s, new(big.Int).ModInverse(kk, n)).Mod(s, n)
		if r.Sign() > 0 && s.Sign() > 0 {
			return r, s, nil
		}
	}
}

func (k *ecPub) verify(digest []byte, r, s *big.Int) bool {
	n := k.c.n
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(n) >= 0 || s.Cmp(n) >= 0 {
		return false
	}
	w := new(big.Int).ModInverse(s, n)
	if w == nil {
		return false
	}
	size := k.c.orderSize()
	u1 := new(big.Int).Mul(hashToInt(digest, n), w)
	u2 := new(big.Int).Mul(r, w)
	b1, b2 := u1.Mod(u1, n).FillBytes(make([]byte, size)), u2.Mod(u2, n).FillBytes(make([]byte, size))
	x1, y1, ok1 := k.c.base(b1)
	x2, y2, ok2 := k.c.mult(k.x, k.y, b2)
	inf := point{big.NewInt(1), big.NewInt(1), new(big.Int)}
	p1, p2 := inf, inf
	if ok1 {
		p1 = point{x1, y1, big.NewInt(1)}
	}
	if ok2 {
		p2 = point{x2, y2, big.NewInt(1)}
	}
	x, _, ok := k.c.affine(k.c.add(p1, p2))
	return ok && x.Mod(x, n).Cmp(r) == 0
}
