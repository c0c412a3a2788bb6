package crypto

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"errors"
	"hash"
	"reflect"
	"strings"

	stdcrypto "crypto"

	"github.com/dop251/goja"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"
	//lint:ignore SA1019 Node has it
	"golang.org/x/crypto/ripemd160"
)

// An algorithm is a hash function: fixed in length, or extendable (xof).
type algorithm struct {
	name string
	new  func() hash.Hash
	xof  func() *sha3.SHAKE
	size int // default length of an xof
	std  stdcrypto.Hash
}

func (a *algorithm) make() hash.Hash {
	if a.xof != nil {
		return &shake{a.xof(), a.size}
	}
	return a.new()
}

// shake makes an extendable function a hash of fixed length.
type shake struct {
	*sha3.SHAKE
	size int
}

func (s *shake) Size() int      { return s.size }
func (s *shake) BlockSize() int { return s.SHAKE.BlockSize() }
func (s *shake) Sum(b []byte) []byte {
	c := *s.SHAKE
	out := make([]byte, s.size)
	_, _ = c.Read(out)
	return append(b, out...)
}

// md5sha1 is both, one after the other: TLS 1.0's.
type md5sha1 struct{ a, b hash.Hash }

func (m *md5sha1) Write(p []byte) (int, error) { _, _ = m.a.Write(p); return m.b.Write(p) }
func (m *md5sha1) Sum(p []byte) []byte         { return m.b.Sum(m.a.Sum(p)) }
func (m *md5sha1) Reset()                      { m.a.Reset(); m.b.Reset() }
func (m *md5sha1) Size() int                   { return 36 }
func (m *md5sha1) BlockSize() int              { return 64 }

func newBlake2b() hash.Hash { h, _ := blake2b.New512(nil); return h }
func newBlake2s() hash.Hash { h, _ := blake2s.New256(nil); return h }

// hashFor finds a hash by any of OpenSSL's names, in any case; nil if there is none.
func hashFor(name string) *algorithm {
	n := strings.ToLower(name)
	n = strings.TrimPrefix(n, "rsa-")
	n = strings.TrimSuffix(n, "withrsaencryption")
	n = strings.TrimSuffix(n, "withrsa")
	n = strings.TrimPrefix(n, "id-rsassa-pkcs1-v1_5-with-")
	switch n {
	case "md5", "ssl3-md5":
		return &algorithm{name: "md5", new: md5.New, std: stdcrypto.MD5}
	case "sha1", "sha-1", "ssl3-sha1", "sha1-2", "dss1":
		return &algorithm{name: "sha1", new: sha1.New, std: stdcrypto.SHA1}
	case "md5-sha1":
		return &algorithm{name: "md5-sha1", new: func() hash.Hash { return &md5sha1{md5.New(), sha1.New()} }, std: stdcrypto.MD5SHA1}
	case "sha224", "sha-224", "sha2-224":
		return &algorithm{name: "sha224", new: sha256.New224, std: stdcrypto.SHA224}
	case "sha256", "sha-256", "sha2-256":
		return &algorithm{name: "sha256", new: sha256.New, std: stdcrypto.SHA256}
	case "sha384", "sha-384", "sha2-384":
		return &algorithm{name: "sha384", new: sha512.New384, std: stdcrypto.SHA384}
	case "sha512", "sha-512", "sha2-512":
		return &algorithm{name: "sha512", new: sha512.New, std: stdcrypto.SHA512}
	case "sha512-224", "sha512/224", "sha-512/224", "sha2-512/224":
		return &algorithm{name: "sha512-224", new: sha512.New512_224, std: stdcrypto.SHA512_224}
	case "sha512-256", "sha512/256", "sha-512/256", "sha2-512/256":
		return &algorithm{name: "sha512-256", new: sha512.New512_256, std: stdcrypto.SHA512_256}
	case "sha3-224":
		return &algorithm{name: n, new: func() hash.Hash { return sha3.New224() }, std: stdcrypto.SHA3_224}
	case "sha3-256":
		return &algorithm{name: n, new: func() hash.Hash { return sha3.New256() }, std: stdcrypto.SHA3_256}
	case "sha3-384":
		return &algorithm{name: n, new: func() hash.Hash { return sha3.New384() }, std: stdcrypto.SHA3_384}
	case "sha3-512":
		return &algorithm{name: n, new: func() hash.Hash { return sha3.New512() }, std: stdcrypto.SHA3_512}
	case "shake128", "shake-128":
		return &algorithm{name: "shake128", xof: sha3.NewSHAKE128, size: 16}
	case "shake256", "shake-256":
		return &algorithm{name: "shake256", xof: sha3.NewSHAKE256, size: 32}
	case "ripemd160", "ripemd", "rmd160", "ripemd-160":
		return &algorithm{name: "ripemd160", new: ripemd160.New, std: stdcrypto.RIPEMD160}
	case "blake2b512", "blake2b-512":
		return &algorithm{name: "blake2b512", new: newBlake2b, std: stdcrypto.BLAKE2b_512}
	case "blake2s256", "blake2s-256":
		return &algorithm{name: "blake2s256", new: newBlake2s, std: stdcrypto.BLAKE2s_256}
	}
	return nil
}

var hashNames = []string{"RSA-MD5", "RSA-RIPEMD160", "RSA-SHA1", "RSA-SHA1-2", "RSA-SHA224", "RSA-SHA256", "RSA-SHA3-224",
	"RSA-SHA3-256", "RSA-SHA3-384", "RSA-SHA3-512", "RSA-SHA384", "RSA-SHA512", "RSA-SHA512/224", "RSA-SHA512/256",
	"blake2b512", "blake2s256", "id-rsassa-pkcs1-v1_5-with-sha3-224", "id-rsassa-pkcs1-v1_5-with-sha3-256",
	"id-rsassa-pkcs1-v1_5-with-sha3-384", "id-rsassa-pkcs1-v1_5-with-sha3-512", "md5", "md5-sha1",
	"md5WithRSAEncryption", "ripemd", "ripemd160", "ripemd160WithRSA", "rmd160", "sha1", "sha1WithRSAEncryption",
	"sha224", "sha224WithRSAEncryption", "sha256", "sha256WithRSAEncryption", "sha3-224", "sha3-256", "sha3-384",
	"sha3-512", "sha384", "sha384WithRSAEncryption", "sha512", "sha512-224", "sha512-224WithRSAEncryption", "sha512-256",
	"sha512-256WithRSAEncryption", "sha512WithRSAEncryption", "shake128", "shake256", "ssl3-md5", "ssl3-sha1"}

// hashState is a Hash's native side.
type hashState struct {
	alg  *algorithm
	h    hash.Hash
	size int
	sum  []byte // what Hash caches for a second _flush
}

var errXOF = &opensslError{number: "030000B2", library: "digital envelope routines", reason: "not XOF or invalid length"}

func newHashState(alg *algorithm, size int) (*hashState, error) {
	h := alg.make()
	if size < 0 {
		size = h.Size()
	} else if alg.xof == nil && size != h.Size() {
		return nil, errXOF
	}
	return &hashState{alg: alg, h: h, size: size}, nil
}

func (s *hashState) digest() []byte {
	if x, ok := s.h.(*shake); ok {
		c := *x.SHAKE
		out := make([]byte, s.size)
		_, _ = c.Read(out)
		return out
	}
	return s.h.Sum(nil)
}

// copyHash duplicates a running hash.
func copyHash(h hash.Hash) (hash.Hash, error) {
	switch x := h.(type) {
	case *shake:
		c := *x.SHAKE
		return &shake{&c, x.size}, nil
	case *md5sha1:
		a, err := copyHash(x.a)
		if err != nil {
			return nil, err
		}
		b, err := copyHash(x.b)
		return &md5sha1{a, b}, err
	case hash.Cloner:
		return x.Clone()
	}
	// Every other hash here is one struct of plain values.
	v := reflect.ValueOf(h)
	if v.Kind() != reflect.Pointer {
		return nil, errors.New("hash cannot be copied")
	}
	c := reflect.New(v.Type().Elem())
	c.Elem().Set(v.Elem())
	return c.Interface().(hash.Hash), nil
}

func (b *binding) warnShake(alg *algorithm) {
	if alg.xof != nil && b.pendingDeprecations() {
		b.deprecated("Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.", "DEP0198")
	}
}

func (b *binding) hashes() {
	b.method("getHashes", func(goja.FunctionCall) goja.Value { return b.strings(hashNames) })
	state := func(v goja.Value) *hashState { return v.Export().(*hashState) }
	// hashInit(nameOrState[, outputLength])
	b.method("hashInit", func(c goja.FunctionCall) goja.Value {
		size := -1
		if v := c.Argument(1); !goja.IsUndefined(v) {
			size = int(v.ToInteger())
		}
		if from, ok := c.Argument(0).Export().(*hashState); ok {
			s, err := newHashState(from.alg, size)
			if err != nil {
				b.fail(err)
			}
			if s.h, err = copyHash(from.h); err != nil {
				b.throwPlain("Digest copy error")
			}
			return b.vm.ToValue(s)
		}
		alg := hashFor(c.Argument(0).String())
		if alg == nil {
			b.throwPlain("Digest method not supported")
		}
		if size < 0 {
			b.warnShake(alg)
		}
		s, err := newHashState(alg, size)
		if err != nil {
			b.fail(err)
		}
		return b.vm.ToValue(s)
	})
	b.method("hashUpdate", func(c goja.FunctionCall) goja.Value {
		_, _ = state(c.Argument(0)).h.Write(b.input(c.Argument(1), c.Argument(2)))
		return nil
	})
	b.method("hashDigest", func(c goja.FunctionCall) goja.Value {
		s := state(c.Argument(0))
		if s.sum == nil {
			s.sum = s.digest()
		}
		return b.output(append([]byte{}, s.sum...), c.Argument(1))
	})
	// hash(name, input, encoding[, outputLength])
	b.method("oneShotDigest", func(c goja.FunctionCall) goja.Value {
		name := c.Argument(0).String()
		alg := hashFor(name)
		if alg == nil {
			b.throwPlain("Digest method " + name + " is not supported")
		}
		size := -1
		if v := c.Argument(3); !goja.IsUndefined(v) {
			size = int(v.ToInteger())
		}
		if size < 0 {
			b.warnShake(alg)
		}
		s, err := newHashState(alg, size)
		if err != nil {
			if size >= 0 {
				b.throwPlain("Output length " + itoa(size) + " is invalid for " + name + ", which does not support XOF")
			}
			b.fail(err)
		}
		_, _ = s.h.Write(b.input(c.Argument(1), nil))
		return b.output(s.digest(), c.Argument(2))
	})
	b.method("hashInfo", func(c goja.FunctionCall) goja.Value {
		alg := hashFor(c.Argument(0).String())
		if alg == nil {
			return goja.Undefined()
		}
		return b.vm.ToValue(alg.make().Size())
	})
	b.method("hmacInit", func(c goja.FunctionCall) goja.Value {
		name := c.Argument(0).String()
		alg := hashFor(name)
		if alg == nil {
			b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name)
		}
		if alg.xof != nil {
			b.throwPlain("error:00000000:lib(0)::reason(0)")
		}
		key := b.clone(c.Argument(1))
		return b.vm.ToValue(&hashState{alg: alg, h: hmac.New(alg.new, key)})
	})
	b.method("hmacDigest", func(c goja.FunctionCall) goja.Value {
		return b.output(state(c.Argument(0)).h.Sum(nil), c.Argument(1))
	})
}
