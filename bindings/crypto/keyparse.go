package crypto

import (
	//lint:ignore SA1019 Node has it
	"crypto/dsa"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	stdx509 "crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"hash"
	"math/big"
	"strings"

	"github.com/dop251/goja"
	"golang.org/x/crypto/pbkdf2"
)

var errNoPassphrase = &opensslError{number: "07880109", library: "common libcrypto routines", reason: "interrupted or cancelled",
	stack: []string{"error:07880109:common libcrypto routines::interrupted or cancelled"}}

var (
	//lint:ignore ST1005 Node's text
	errReadKey = errors.New("Failed to read asymmetric key")
	//lint:ignore ST1005 Node's text
	errReadPrivate = errors.New("Failed to read private key")
)

// A passphraseError asks for a passphrase: what Node says of DER.
type passphraseError struct{}

func (passphraseError) Error() string { return "Passphrase required for encrypted key" }

var errPEMBadDecrypt = &opensslError{number: "1C800064", library: "Provider routines", reason: "bad decrypt",
	stack: []string{"error:1C800064:Provider routines::bad decrypt"}}

// The contexts in which a key is parsed, as keys.js numbers them.
const (
	consumePublic = iota
	consumePrivate
	createPublic
	createPrivate
)

// parseKey reads PEM or DER. has says whether a passphrase was given.
func parseKey(ctx int, data []byte, format, typ string, pass []byte, has bool) (*Key, error) {
	if format == "pem" {
		return parsePEM(ctx, data, pass, has)
	}
	wantPublic := ctx == consumePublic || ctx == createPublic
	der := func(k *Key, err error) (*Key, error) {
		if err != nil && wantPublic {
			err = errReadKey
		} else if err != nil {
			err = derError(data, typ)
		}
		return k, err
	}
	switch typ {
	case "spki":
		return der(parseSPKI(data))
	case "pkcs1":
		if wantPublic {
			if k, err := parsePKCS1Public(data); err == nil {
				return k, nil
			}
		}
		return der(privateDER(data, func() (*Key, error) { return parsePKCS1Private(data) }))
	case "sec1":
		return der(privateDER(data, func() (*Key, error) { return parseSEC1(data, nil, false) }))
	}
	if isEncryptedPKCS8(data) {
		if !has {
			return nil, passphraseError{}
		}
		plain, err := decryptPKCS8(data, pass)
		if err != nil {
			return nil, err
		}
		data = plain
	}
	return der(parsePKCS8(data))
}

// privateDER parses a key that may also be PKCS #8: OpenSSL takes either.
func privateDER(data []byte, parse func() (*Key, error)) (*Key, error) {
	k, err := parse()
	if err != nil {
		if other, otherErr := parsePKCS8(data); otherErr == nil {
			return other, nil
		}
	}
	return k, err
}

func asn1Error(number, reason string) error {
	return &opensslError{number: number, library: "asn1 encoding routines", reason: reason,
		stack: []string{"error:" + number + ":asn1 encoding routines::" + reason}}
}

// derError is what OpenSSL says of a private key that it could not decode:
// whether the outermost element is whole and, of PKCS #8, which field is wrong.
func derError(data []byte, typ string) error {
	if len(data) == 0 {
		return errReadPrivate
	}
	content, _, ok := derElement(data)
	if !ok {
		return asn1Error("0680008E", "not enough data")
	}
	if typ != "pkcs8" {
		return errUnsupportedKey
	}
	if data[0] != 0x30 {
		return asn1Error("068000A8", "wrong tag")
	}
	for _, tag := range []byte{0x02, 0x30, 0x04} {
		if len(content) == 0 {
			return asn1Error("06800079", "field missing")
		}
		_, rest, ok := derElement(content)
		if !ok {
			return asn1Error("0680007B", "header too long")
		}
		if content[0] != tag {
			return asn1Error("068000A8", "wrong tag")
		}
		content = rest
	}
	return errUnsupportedKey
}

// derElement splits data into the first element's content and what follows.
func derElement(data []byte) (content, rest []byte, ok bool) {
	if len(data) < 2 {
		return nil, nil, false
	}
	n, head := int(data[1]), 2
	if n&0x80 != 0 {
		size := n & 0x7f
		if size == 0 || size > 4 || len(data) < 2+size {
			return nil, nil, false
		}
		n = 0
		for _, c := range data[2 : 2+size] {
			n = n<<8 | int(c)
		}
		head += size
	}
	if len(data)-head < n {
		return nil, nil, false
	}
	return data[head : head+n], data[head+n:], true
}

// fallback makes a parser's error OpenSSL's "unsupported".
func fallback(k *Key, err error) (*Key, error) {
	if err != nil {
		return nil, errUnsupportedKey
	}
	return k, nil
}

func parsePEM(ctx int, data, pass []byte, has bool) (*Key, error) {
	wantPublic := ctx == consumePublic || ctx == createPublic
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, errUnsupportedKey
		}
		der := block.Bytes
		if wantPublic {
			switch block.Type {
			case "PUBLIC KEY":
				return fallback(parseSPKI(der))
			case "RSA PUBLIC KEY":
				return fallback(parsePKCS1Public(der))
			case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
				c, err := parseCertificate(der)
				if err != nil {
					return nil, errUnsupportedKey
				}
				return c.key, nil
			}
		}
		if strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			if !has {
				return nil, errNoPassphrase
			}
			var err error
			if der, err = decryptPEM(block, pass); err != nil {
				return nil, err
			}
		}
		switch block.Type {
		case "PRIVATE KEY":
			return fallback(parsePKCS8(der))
		case "ENCRYPTED PRIVATE KEY":
			if !has {
				return nil, errNoPassphrase
			}
			plain, err := decryptPKCS8(der, pass)
			if err != nil {
				return nil, err
			}
			return fallback(parsePKCS8(plain))
		case "RSA PRIVATE KEY":
			return fallback(parsePKCS1Private(der))
		case "EC PRIVATE KEY":
			return fallback(parseSEC1(der, nil, false))
		case "DSA PRIVATE KEY":
			return fallback(parseDSAPrivate(der))
		}
	}
}

// bytesToKey is OpenSSL's EVP_BytesToKey with MD5, one iteration.
func bytesToKey(pass, salt []byte, n int) []byte {
	var out, last []byte
	for len(out) < n {
		h := md5.New()
		_, _ = h.Write(last)
		_, _ = h.Write(pass)
		_, _ = h.Write(salt)
		last = h.Sum(nil)
		out = append(out, last...)
	}
	return out[:n]
}

func decryptPEM(block *pem.Block, pass []byte) ([]byte, error) {
	name, ivHex, _ := strings.Cut(block.Headers["DEK-Info"], ",")
	info := findCipher(name)
	iv, err := hex.DecodeString(strings.TrimSpace(ivHex))
	if info == nil || info.mode != "cbc" || err != nil || len(iv) != info.iv {
		return nil, errUnsupportedKey
	}
	return decryptCBC(info, bytesToKey(pass, iv[:8], info.key), iv, block.Bytes)
}

func decryptCBC(info *cipherInfo, key, iv, data []byte) ([]byte, error) {
	s := &cipherState{info: info, decrypt: true, iv: iv, tagLen: -1}
	if err := s.init(key); err != nil {
		return nil, err
	}
	out, bad := s.update(data)
	last, err := s.final()
	if bad != "" || err != nil {
		return nil, errPEMBadDecrypt
	}
	return append(out, last...), nil
}

func encryptCBC(info *cipherInfo, key, iv, data []byte) ([]byte, error) {
	s := &cipherState{info: info, iv: iv, tagLen: -1}
	if err := s.init(key); err != nil {
		return nil, err
	}
	out, _ := s.update(data)
	last, err := s.final()
	return append(out, last...), err
}

var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
	hmacOIDs  = map[string]asn1.ObjectIdentifier{"sha1": {1, 2, 840, 113549, 2, 7}, "sha224": {1, 2, 840, 113549, 2, 8},
		"sha256": {1, 2, 840, 113549, 2, 9}, "sha384": {1, 2, 840, 113549, 2, 10}, "sha512": {1, 2, 840, 113549, 2, 11}}
	cipherOIDs = map[string]asn1.ObjectIdentifier{"aes-128-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 2},
		"aes-192-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 22}, "aes-256-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 42},
		"aes-128-ecb": {2, 16, 840, 1, 101, 3, 4, 1, 1}, "aes-192-ecb": {2, 16, 840, 1, 101, 3, 4, 1, 21},
		"aes-256-ecb": {2, 16, 840, 1, 101, 3, 4, 1, 41}, "aes-128-ofb": {2, 16, 840, 1, 101, 3, 4, 1, 3},
		"aes-192-ofb": {2, 16, 840, 1, 101, 3, 4, 1, 23}, "aes-256-ofb": {2, 16, 840, 1, 101, 3, 4, 1, 43},
		"aes-128-cfb": {2, 16, 840, 1, 101, 3, 4, 1, 4}, "aes-192-cfb": {2, 16, 840, 1, 101, 3, 4, 1, 24},
		"aes-256-cfb": {2, 16, 840, 1, 101, 3, 4, 1, 44}, "des-ede3-cbc": {1, 2, 840, 113549, 3, 7}}
)

type encryptedPKCS8 struct {
	Algorithm algorithmID
	Data      []byte
}

type pbes2 struct{ KDF, Cipher algorithmID }

type pbkdf2ASN struct {
	Salt       []byte
	Iterations int
	KeyLength  int         `asn1:"optional"`
	PRF        algorithmID `asn1:"optional"`
}

func isEncryptedPKCS8(der []byte) bool {
	var e encryptedPKCS8
	return unmarshal(der, &e) == nil
}

func decryptPKCS8(der, pass []byte) ([]byte, error) {
	var e encryptedPKCS8
	var p pbes2
	var k pbkdf2ASN
	if unmarshal(der, &e) != nil || !e.Algorithm.Algorithm.Equal(oidPBES2) ||
		unmarshal(e.Algorithm.Parameters.FullBytes, &p) != nil || !p.KDF.Algorithm.Equal(oidPBKDF2) ||
		unmarshal(p.KDF.Parameters.FullBytes, &k) != nil {
		return nil, errUnsupportedKey
	}
	prf := "sha1"
	for n, o := range hmacOIDs {
		if o.Equal(k.PRF.Algorithm) {
			prf = n
		}
	}
	var iv []byte
	for name, o := range cipherOIDs {
		if !o.Equal(p.Cipher.Algorithm) {
			continue
		}
		info := findCipher(name)
		if info.iv > 0 && (unmarshal(p.Cipher.Parameters.FullBytes, &iv) != nil || len(iv) != info.iv) || k.Iterations > 1<<28 {
			return nil, errUnsupportedKey
		}
		key := pbkdf2.Key(pass, k.Salt, k.Iterations, info.key, hashFor(prf).new)
		return decryptCBC(info, key, iv, e.Data)
	}
	return nil, errUnsupportedKey
}

func encryptPKCS8(der []byte, info *cipherInfo, pass []byte) ([]byte, error) {
	oid, ok := cipherOIDs[info.name]
	if !ok {
		return nil, errUnsupportedKey
	}
	salt, iv := make([]byte, 16), make([]byte, info.iv)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(iv)
	key := pbkdf2.Key(pass, salt, 2048, info.key, func() hash.Hash { return hashFor("sha256").new() })
	data, err := encryptCBC(info, key, iv, der)
	if err != nil {
		return nil, err
	}
	kdf := pbkdf2ASN{Salt: salt, Iterations: 2048, PRF: algorithmID{hmacOIDs["sha256"], null}}
	params := pbes2{algorithmID{oidPBKDF2, rawOf(kdf)}, algorithmID{oid, rawOf(iv)}}
	return marshal(encryptedPKCS8{algorithmID{oidPBES2, rawOf(params)}, data}), nil
}

func encryptPEM(typ string, der []byte, info *cipherInfo, pass []byte) ([]byte, error) {
	iv := make([]byte, info.iv)
	_, _ = rand.Read(iv)
	data, err := encryptCBC(info, bytesToKey(pass, iv[:8], info.key), iv, der)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: data, Headers: map[string]string{
		"Proc-Type": "4,ENCRYPTED", "DEK-Info": strings.ToUpper(info.name) + "," + strings.ToUpper(hex.EncodeToString(iv))}}), nil
}

// public is the public half of a private key.
func (k *Key) public() *Key {
	if k.Type == publicKey {
		return k
	}
	return &Key{Type: publicKey, Kind: k.Kind, Pub: k.Pub, PSS: k.PSS}
}

func (b *binding) keyFail(err error) {
	if err == errReadKey || err == errReadPrivate {
		b.throwPlain(err.Error())
	}
	if _, ok := err.(passphraseError); ok {
		b.throw("TypeError", "ERR_MISSING_PASSPHRASE", err.Error())
	}
	b.fail(err)
}

func (b *binding) asymmetric() {
	// parseKey(context, data, format, type, passphrase)
	b.method("parseKey", func(c goja.FunctionCall) goja.Value {
		pass := c.Argument(4)
		has := !goja.IsUndefined(pass) && !goja.IsNull(pass)
		k, err := parseKey(int(c.Argument(0).ToInteger()), b.bytes(c.Argument(1)), b.str(c.Argument(2)), b.str(c.Argument(3)),
			b.bytes(pass), has)
		if err != nil {
			b.keyFail(err)
		}
		return b.vm.ToValue(k)
	})
	b.method("toPublic", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(b.key(c.Argument(0)).public()) })
	b.method("asymmetricKeyType", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(b.key(c.Argument(0)).Kind) })
	b.method("keyDetails", b.keyDetails)
	b.method("exportKey", b.exportKey)
	b.method("exportJwk", b.exportJWK)
	b.method("keyFromJwk", b.keyFromJWK)
	b.method("getCurves", func(goja.FunctionCall) goja.Value { return b.strings(curveNames()) })
}

func (b *binding) keyDetails(c goja.FunctionCall) goja.Value {
	k := b.key(c.Argument(0))
	o := b.vm.NewObject()
	switch p := k.Pub.(type) {
	case *rsa.PublicKey:
		_ = o.Set("modulusLength", p.N.BitLen())
		_ = o.Set("publicExponent", big.NewInt(int64(p.E)))
		if k.PSS != nil {
			_ = o.Set("hashAlgorithm", k.PSS.hash)
			_ = o.Set("mgf1HashAlgorithm", k.PSS.mgf)
			_ = o.Set("saltLength", k.PSS.salt)
		}
	case *dsa.PublicKey:
		_ = o.Set("modulusLength", p.P.BitLen())
		_ = o.Set("divisorLength", p.Q.BitLen())
	case *ecPub:
		_ = o.Set("namedCurve", p.c.name)
	}
	return o
}

// exportKey(key, format, type, cipher, passphrase)
func (b *binding) exportKey(c goja.FunctionCall) goja.Value {
	k := b.key(c.Argument(0))
	out, isText, err := b.encodeKey(k, b.str(c.Argument(1)), b.str(c.Argument(2)), b.str(c.Argument(3)), b.bytes(c.Argument(4)))
	if err != nil {
		b.keyFail(err)
	}
	if isText {
		return b.vm.ToValue(string(out))
	}
	return b.env.NewBuffer(out)
}

func (b *binding) encodeKey(k *Key, format, typ, cipherName string, pass []byte) (out []byte, isText bool, err error) {
	var info *cipherInfo
	if cipherName != "" {
		if info = findCipher(cipherName); info == nil {
			b.throw("Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
		}
	}
	var der []byte
	label := ""
	switch {
	case k.Type == publicKey && typ == "pkcs1":
		der, label = k.marshalPKCS1(), "RSA PUBLIC KEY"
	case k.Type == publicKey:
		der, label = k.marshalSPKI(), "PUBLIC KEY"
	case typ == "pkcs1":
		der, label = k.marshalPKCS1(), "RSA PRIVATE KEY"
	case typ == "sec1":
		der, label = k.marshalSEC1(true), "EC PRIVATE KEY"
	default:
		der, label = k.marshalPKCS8(), "PRIVATE KEY"
		if info != nil {
			if der, err = encryptPKCS8(der, info, pass); err != nil {
				return nil, false, err
			}
			label, info = "ENCRYPTED PRIVATE KEY", nil
		}
	}
	if format == "der" {
		return der, false, nil
	}
	if info != nil {
		out, err = encryptPEM(label, der, info, pass)
		return out, true, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}), true, nil
}

var jwkCurves = map[string]string{"prime256v1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521", "secp256k1": "secp256k1"}
var jwkOKP = map[string]string{"ed25519": "Ed25519", "ed448": "Ed448", "x25519": "X25519", "x448": "X448"}

func b64(x []byte) string { return base64.RawURLEncoding.EncodeToString(x) }

func (b *binding) exportJWK(c goja.FunctionCall) goja.Value {
	k := b.key(c.Argument(0))
	o := b.vm.NewObject()
	set := func(key, v string) { _ = o.Set(key, v) }
	private := k.Type == privateKey
	if k.Type == secretKey {
		set("kty", "oct")
		set("k", b64(k.Secret))
		return o
	}
	switch p := k.Pub.(type) {
	case *rsa.PublicKey:
		if k.Kind == "rsa-pss" {
			b.throwCode("ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE")
		}
		set("kty", "RSA")
		set("n", b64(p.N.Bytes()))
		set("e", b64(big.NewInt(int64(p.E)).Bytes()))
		if private {
			q := k.Priv.(*rsa.PrivateKey)
			q.Precompute()
			set("d", b64(q.D.Bytes()))
			set("p", b64(q.Primes[0].Bytes()))
			set("q", b64(q.Primes[1].Bytes()))
			set("dp", b64(q.Precomputed.Dp.Bytes()))
			set("dq", b64(q.Precomputed.Dq.Bytes()))
			set("qi", b64(q.Precomputed.Qinv.Bytes()))
		}
	case *ecPub:
		crv, ok := jwkCurves[p.c.name]
		if !ok {
			b.throwCode("ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", p.c.name)
		}
		n := p.c.size()
		set("kty", "EC")
		set("x", b64(p.x.FillBytes(make([]byte, n))))
		set("y", b64(p.y.FillBytes(make([]byte, n))))
		set("crv", crv)
		if private {
			set("d", b64(k.Priv.(*ecPriv).d.FillBytes(make([]byte, p.c.orderSize()))))
		}
	case *okpPub:
		set("crv", jwkOKP[k.Kind])
		if private {
			set("d", b64(k.Priv.(*okpPriv).seed))
		}
		set("x", b64(p.b))
		set("kty", "OKP")
	case *pqPub:
		q, _ := k.Priv.(*pqPriv)
		if private {
			secret := q.secret()
			if secret == nil {
				b.throwCode("ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE")
			}
			set("priv", b64(secret))
		}
		set("kty", "AKP")
		set("alg", p.scheme.name)
		set("pub", b64(p.raw))
	default:
		b.throwCode("ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE")
	}
	return o
}

// keyFromJwk(jwk, isPublic) returns undefined if the data is not valid.
func (b *binding) keyFromJWK(c goja.FunctionCall) goja.Value {
	o := c.Argument(0).(*goja.Object)
	public := c.Argument(1).ToBoolean()
	get := func(key string) []byte {
		v := o.Get(key)
		if v == nil || goja.IsUndefined(v) {
			return nil
		}
		s := strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(v.String())
		x, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			return nil
		}
		return x
	}
	num := func(key string) *big.Int { return new(big.Int).SetBytes(get(key)) }
	var k *Key
	var err error
	switch o.Get("kty").String() {
	case "AKP":
		pq := pqByKind(strings.ToLower(o.Get("alg").String()))
		if public {
			k, err = pq.publicKey(get("pub"))
			break
		}
		if k, err = pq.fromSecret(get("priv")); err == nil && string(k.Pub.(*pqPub).raw) != string(get("pub")) {
			return goja.Undefined()
		}
	case "OKP":
		kind := strings.ToLower(o.Get("crv").String())
		if public {
			x := get("x")
			if len(x) != okpSizes[kind] {
				return goja.Undefined()
			}
			return b.vm.ToValue(&Key{Type: publicKey, Kind: kind, Pub: &okpPub{x}})
		}
		d := get("d")
		if len(d) != okpSizes[kind] || len(get("x")) != okpSizes[kind] {
			return goja.Undefined()
		}
		k, err = okpKey(kind, d)
	case "EC":
		cv := curveByName(o.Get("crv").String())
		x, y := num("x"), num("y")
		if !cv.onCurve(x, y) {
			return goja.Undefined()
		}
		if public {
			return b.vm.ToValue(&Key{Type: publicKey, Kind: "ec", Pub: &ecPub{c: cv, x: x, y: y}})
		}
		var p *ecPriv
		if p, err = newECPriv(cv, num("d")); err == nil {
			k = &Key{Type: privateKey, Kind: "ec", Pub: &p.ecPub, Priv: p}
		}
	default:
		if d := o.Get("d"); public || d == nil || goja.IsUndefined(d) {
			n, e := num("n"), num("e")
			if n.Sign() == 0 || !e.IsInt64() {
				return goja.Undefined()
			}
			return b.vm.ToValue(&Key{Type: publicKey, Kind: "rsa", Pub: &rsa.PublicKey{N: n, E: int(e.Int64())}})
		}
		k, err = rsaFromParts(num("n"), num("e"), num("d"), num("p"), num("q"))
	}
	if err != nil || k == nil {
		return goja.Undefined()
	}
	return b.vm.ToValue(k)
}

// A certificate is an X.509 certificate with its key in our form.
type certificate struct {
	*stdx509.Certificate
	key *Key
}

func parseCertificate(der []byte) (*certificate, error) {
	c, err := stdx509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	k, err := parseSPKI(c.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, err
	}
	return &certificate{c, k}, nil
}
