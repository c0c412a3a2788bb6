package crypto

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"hash"
	"math/big"

	"github.com/dop251/goja"
)

// RSA's paddings.
const (
	padPKCS1 = 1
	padNone  = 3
	padOAEP  = 4
	padPSS   = 6
)

func rsaError(number, reason string) error {
	return &opensslError{number: number, library: "rsa routines", reason: reason}
}

var (
	errTooLarge     = rsaError("0200006E", "data too large for key size")
	errTooSmall     = rsaError("0200007A", "data too small for key size")
	errOAEP         = rsaError("02000079", "oaep decoding error")
	errRSAPadding   = rsaError("0200009F", "pkcs decoding error")
	errBlockType    = rsaError("0200006A", "block type is not 01")
	errPaddingCheck = rsaError("02000072", "padding check failed")
	errDigestTooBig = rsaError("02000070", "digest too big for rsa key")
	errModulusLarge = rsaError("02000084", "data too large for modulus")
)

// rsaPublicOp is m^e mod n, as long as the modulus.
func rsaPublicOp(k *rsa.PublicKey, m []byte) ([]byte, error) {
	x := new(big.Int).SetBytes(m)
	if x.Cmp(k.N) >= 0 {
		return nil, errModulusLarge
	}
	x.Exp(x, big.NewInt(int64(k.E)), k.N)
	return x.FillBytes(make([]byte, k.Size())), nil
}

// rsaPrivateOp is c^d mod n by the remainder theorem, blinded.
func rsaPrivateOp(k *rsa.PrivateKey, c []byte) ([]byte, error) {
	x := new(big.Int).SetBytes(c)
	if x.Cmp(k.N) >= 0 {
		return nil, errModulusLarge
	}
	r, inv := new(big.Int), (*big.Int)(nil)
	for inv == nil {
		var err error
		if r, err = rand.Int(rand.Reader, k.N); err != nil {
			return nil, err
		}
		inv = new(big.Int).ModInverse(r, k.N)
	}
	x.Mul(x, r.Exp(r, big.NewInt(int64(k.E)), k.N)).Mod(x, k.N)
	if len(k.Primes) == 2 {
		p, q := k.Primes[0], k.Primes[1]
		one := big.NewInt(1)
		dp := new(big.Int).Mod(k.D, new(big.Int).Sub(p, one))
		dq := new(big.Int).Mod(k.D, new(big.Int).Sub(q, one))
		m1 := new(big.Int).Exp(x, dp, p)
		m2 := new(big.Int).Exp(x, dq, q)
		qi := new(big.Int).ModInverse(q, p)
		if qi == nil {
			return nil, errUnsupportedKey
		}
		m1.Sub(m1, m2).Mul(m1, qi).Mod(m1, p).Mul(m1, q).Add(m1, m2)
		x = m1
	} else {
		x.Exp(x, k.D, k.N)
	}
	x.Mul(x, inv).Mod(x, k.N)
	return x.FillBytes(make([]byte, k.Size())), nil
}

// padType1 is PKCS #1's padding for signatures.
func padType1(m []byte, size int) ([]byte, error) {
	if len(m) > size-11 {
		return nil, errTooLarge
	}
	out := bytes.Repeat([]byte{0xff}, size)
	out[0], out[1] = 0, 1
	out[size-len(m)-1] = 0
	copy(out[size-len(m):], m)
	return out, nil
}

func unpadType1(em []byte) ([]byte, error) {
	if len(em) < 11 || em[0] != 0 || em[1] != 1 {
		return nil, errBlockType
	}
	i := 2
	for i < len(em) && em[i] == 0xff {
		i++
	}
	if i < 10 || i == len(em) || em[i] != 0 {
		return nil, errPaddingCheck
	}
	return em[i+1:], nil
}

// digestInfo is the DER of PKCS #1's DigestInfo.
func digestInfo(alg *algorithm, digest []byte) []byte {
	if alg.name == "md5-sha1" {
		return digest
	}
	oid, ok := hashOIDs[alg.name]
	if !ok {
		return digest
	}
	return marshal(struct {
		ID     algorithmID
		Digest []byte
	}{algorithmID{oid, null}, digest})
}

func mgf1(h hash.Hash, seed []byte, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		h.Reset()
		_, _ = h.Write(seed)
		_, _ = h.Write(binary.BigEndian.AppendUint32(nil, i))
		out = h.Sum(out)
	}
	return out[:n]
}

// pssEncode is EMSA-PSS-ENCODE.
func pssEncode(digest []byte, bits int, alg, mgf *algorithm, saltLen int) ([]byte, error) {
	size := (bits + 7) / 8
	h := alg.new()
	if saltLen == -2 {
		saltLen = size - h.Size() - 2
	} else if saltLen == -1 {
		saltLen = h.Size()
	}
	if saltLen < 0 || size < h.Size()+saltLen+2 {
		return nil, errTooLarge
	}
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt)
	_, _ = h.Write(make([]byte, 8))
	_, _ = h.Write(digest)
	_, _ = h.Write(salt)
	sum := h.Sum(nil)
	db := make([]byte, size-len(sum)-1)
	db[len(db)-saltLen-1] = 1
	copy(db[len(db)-saltLen:], salt)
	subtle.XORBytes(db, db, mgf1(mgf.new(), sum, len(db)))
	db[0] &= 0xff >> (8*size - bits)
	return append(append(db, sum...), 0xbc), nil
}

func pssVerify(digest, em []byte, bits int, alg, mgf *algorithm, saltLen int) bool {
	size := (bits + 7) / 8
	h := alg.new()
	n := h.Size()
	if len(em) < size {
		return false
	}
	for _, c := range em[:len(em)-size] {
		if c != 0 {
			return false
		}
	}
	em = em[len(em)-size:]
	if size < n+2 || em[size-1] != 0xbc || em[0]&^(0xff>>(8*size-bits)) != 0 {
		return false
	}
	sum := em[size-n-1 : size-1]
	db := append([]byte{}, em[:size-n-1]...)
	subtle.XORBytes(db, db, mgf1(mgf.new(), sum, len(db)))
	db[0] &= 0xff >> (8*size - bits)
	i := 0
	for i < len(db) && db[i] == 0 {
		i++
	}
	if i == len(db) || db[i] != 1 {
		return false
	}
	salt := db[i+1:]
	if saltLen == -1 {
		saltLen = n
	}
	if saltLen >= 0 && len(salt) != saltLen {
		return false
	}
	_, _ = h.Write(make([]byte, 8))
	_, _ = h.Write(digest)
	_, _ = h.Write(salt)
	return subtle.ConstantTimeCompare(h.Sum(nil), sum) == 1
}

func generateRSA(bits int, e int64) (*rsa.PrivateKey, error) {
	if e == 65537 && bits >= 1024 {
		return rsa.GenerateKey(rand.Reader, bits)
	}
	one, exp := big.NewInt(1), big.NewInt(e)
	for {
		p, err := rand.Prime(rand.Reader, (bits+1)/2)
		if err != nil {
			return nil, err
		}
		q, err := rand.Prime(rand.Reader, bits/2)
		if err != nil {
			return nil, err
		}
		n := new(big.Int).Mul(p, q)
		if p.Cmp(q) == 0 || n.BitLen() != bits {
			continue
		}
		if p.Cmp(q) < 0 {
			p, q = q, p
		}
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		d := new(big.Int).ModInverse(exp, phi)
		if d == nil {
			continue
		}
		k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: n, E: int(e)}, D: d, Primes: []*big.Int{p, q}}
		k.Precompute()
		return k, nil
	}
}

func (b *binding) rsaCiphers() {
	// fn(key, data, padding, oaepHash, oaepLabel[, callback])
	op := func(name string, private bool, fn func(k *Key, data []byte, padding int, h *algorithm, label []byte) ([]byte, error)) {
		b.method(name, func(c goja.FunctionCall) goja.Value {
			k := b.key(c.Argument(0))
			switch k.Kind {
			case "rsa":
			case "rsa-pss":
				b.fail(&opensslError{number: "1C8000B2", library: "Provider routines", reason: "operation not supported for this keytype"})
			default:
				b.fail(errKeyOperation)
			}
			h := hashFor("sha1")
			if v := c.Argument(3); !goja.IsUndefined(v) {
				if h = hashFor(v.String()); h == nil || h.xof != nil {
					b.throw("Error", "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used")
				}
			}
			if private && k.Priv == nil {
				b.throwCode("ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE", k.Type, "private")
			}
			data, padding, label := b.clone(c.Argument(1)), int(c.Argument(2).ToInteger()), b.clone(c.Argument(4))
			work := func() ([]byte, error) { return fn(k, data, padding, h, label) }
			if callback := c.Argument(5); !goja.IsUndefined(callback) {
				return b.webJob(callback, work)
			}
			out, err := work()
			if err != nil {
				b.fail(err)
			}
			return b.env.NewBuffer(out)
		})
	}
	// An unknown padding is RSA's error, one that does not fit the provider's.
	padding := func(n int) error {
		if n >= padPKCS1 && n <= padPSS {
			return &opensslError{number: "1C8000A5", library: "Provider routines", reason: "illegal or unsupported padding mode"}
		}
		return rsaError("02000076", "unknown padding type")
	}
	op("publicEncrypt", false, func(k *Key, m []byte, pad int, h *algorithm, label []byte) ([]byte, error) {
		pub := k.Pub.(*rsa.PublicKey)
		switch pad {
		case padPKCS1:
			if len(m) > pub.Size()-11 {
				return nil, errTooLarge
			}
			em := make([]byte, pub.Size())
			em[1] = 2
			ps := em[2 : len(em)-len(m)-1]
			_, _ = rand.Read(ps)
			for i := range ps {
				for ps[i] == 0 {
					_, _ = rand.Read(ps[i : i+1])
				}
			}
			copy(em[len(em)-len(m):], m)
			return rsaPublicOp(pub, em)
		case padOAEP:
			if len(m) > pub.Size()-2*h.new().Size()-2 {
				return nil, errTooLarge
			}
			return oaepEncrypt(pub, h, m, label)
		case padNone:
			if len(m) > pub.Size() {
				return nil, errTooLarge
			}
			if len(m) < pub.Size() {
				return nil, errTooSmall
			}
			return rsaPublicOp(pub, m)
		}
		return nil, padding(pad)
	})
	op("privateDecrypt", true, func(k *Key, m []byte, pad int, h *algorithm, label []byte) ([]byte, error) {
		priv := k.Priv.(*rsa.PrivateKey)
		if len(m) > priv.Size() {
			return nil, rsaError("0200006C", "data greater than mod len")
		}
		em, err := rsaPrivateOp(priv, m)
		if err != nil {
			return nil, err
		}
		switch pad {
		case padPKCS1:
			out, err := unpadType2(em)
			if err != nil {
				return implicitRejection(priv, m), nil
			}
			return out, nil
		case padOAEP:
			return oaepDecode(em, h, label)
		case padNone:
			return em, nil
		}
		return nil, padding(pad)
	})
	op("privateEncrypt", true, func(k *Key, m []byte, pad int, _ *algorithm, _ []byte) ([]byte, error) {
		priv := k.Priv.(*rsa.PrivateKey)
		switch pad {
		case padPKCS1:
			em, err := padType1(m, priv.Size())
			if err != nil {
				return nil, err
			}
			return rsaPrivateOp(priv, em)
		case padNone:
			if len(m) > priv.Size() {
				return nil, errTooLarge
			}
			if len(m) < priv.Size() {
				return nil, errTooSmall
			}
			return rsaPrivateOp(priv, m)
		}
		return nil, padding(pad)
	})
	op("publicDecrypt", false, func(k *Key, m []byte, pad int, _ *algorithm, _ []byte) ([]byte, error) {
		pub := k.Pub.(*rsa.PublicKey)
		if len(m) > pub.Size() {
			return nil, rsaError("0200006C", "data greater than mod len")
		}
		em, err := rsaPublicOp(pub, m)
		if err != nil {
			return nil, err
		}
		switch pad {
		case padPKCS1:
			return unpadType1(em)
		case padNone:
			return em, nil
		}
		return nil, padding(pad)
	})
}

// implicitRejection is what a wrong padding decrypts to: bytes that depend on
// the key and the ciphertext alone, so that nobody can tell (OpenSSL 3.2).
func implicitRejection(k *rsa.PrivateKey, c []byte) []byte {
	secret := sha256.Sum256(k.D.Bytes())
	mac := hmac.New(sha256.New, secret[:])
	_, _ = mac.Write(c)
	seed := mac.Sum(nil)
	stream := mgf1(sha256.New(), seed, k.Size())
	n := int(binary.BigEndian.Uint16(stream)) % max(k.Size()-10, 1)
	return stream[2 : 2+min(n, len(stream)-2)]
}

// unpadType2 removes encryption padding without telling by time where it failed.
func unpadType2(em []byte) ([]byte, error) {
	if len(em) < 11 {
		return nil, errRSAPadding
	}
	good := subtle.ConstantTimeByteEq(em[0], 0) & subtle.ConstantTimeByteEq(em[1], 2)
	looking, index := 1, 0
	for i := 2; i < len(em); i++ {
		zero := subtle.ConstantTimeByteEq(em[i], 0)
		index = subtle.ConstantTimeSelect(looking&zero, i, index)
		looking = subtle.ConstantTimeSelect(zero, 0, looking)
	}
	good &= (1 - looking) & subtle.ConstantTimeLessOrEq(10, index)
	if good == 0 {
		return nil, errRSAPadding
	}
	return append([]byte{}, em[index+1:]...), nil
}

func oaepEncrypt(k *rsa.PublicKey, alg *algorithm, m, label []byte) ([]byte, error) {
	h := alg.new()
	n, size := h.Size(), k.Size()
	em := make([]byte, size)
	seed, db := em[1:1+n], em[1+n:]
	_, _ = h.Write(label)
	copy(db, h.Sum(nil))
	db[len(db)-len(m)-1] = 1
	copy(db[len(db)-len(m):], m)
	_, _ = rand.Read(seed)
	subtle.XORBytes(db, db, mgf1(h, seed, len(db)))
	subtle.XORBytes(seed, seed, mgf1(h, db, n))
	return rsaPublicOp(k, em)
}

func oaepDecode(em []byte, alg *algorithm, label []byte) ([]byte, error) {
	h := alg.new()
	n := h.Size()
	if len(em) < 2*n+2 {
		return nil, errOAEP
	}
	_, _ = h.Write(label)
	want := h.Sum(nil)
	seed, db := append([]byte{}, em[1:1+n]...), append([]byte{}, em[1+n:]...)
	subtle.XORBytes(seed, seed, mgf1(h, db, n))
	subtle.XORBytes(db, db, mgf1(h, seed, len(db)))
	good := subtle.ConstantTimeByteEq(em[0], 0) & subtle.ConstantTimeCompare(db[:n], want)
	looking, index, bad := 1, 0, 0
	for i := n; i < len(db); i++ {
		zero, one := subtle.ConstantTimeByteEq(db[i], 0), subtle.ConstantTimeByteEq(db[i], 1)
		index = subtle.ConstantTimeSelect(looking&one, i, index)
		bad |= looking & (1 - zero) & (1 - one)
		looking = subtle.ConstantTimeSelect(one, 0, looking)
	}
	if good&(1-looking)&(1-bad) == 0 {
		return nil, errOAEP
	}
	return db[index+1:], nil
}
