package crypto

import (
	"crypto/hkdf"
	"errors"
	"hash"

	"github.com/dop251/goja"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/crypto/scrypt"
)

const memoryLimit = "Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded"

// checkScrypt applies OpenSSL's limits; it returns the message of what is wrong.
func checkScrypt(n, r, p, maxmem uint64) string {
	if n < 2 || n&(n-1) != 0 || r == 0 || p == 0 {
		return "Invalid scrypt params"
	}
	if p > (1<<30-1)/r {
		return memoryLimit
	}
	if 16*r <= 63 && n >= uint64(1)<<(16*r) {
		return memoryLimit
	}
	blocks := p * 128 * r
	if n+2 > (1<<63)/(128*r) || blocks+128*r*(n+2) > maxmem {
		return memoryLimit
	}
	return ""
}

func (b *binding) digest(v goja.Value) *algorithm {
	alg := hashFor(v.String())
	if alg == nil || alg.xof != nil {
		b.throw("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+v.String())
	}
	return alg
}

//lint:ignore ST1005 Node's text
var errDeriving = errors.New("Deriving bits failed")

func (b *binding) kdf() {
	// pbkdf2(password, salt, iterations, keylen, digest[, callback])
	b.method("pbkdf2", func(c goja.FunctionCall) goja.Value {
		alg := b.digest(c.Argument(4))
		password, salt := b.clone(c.Argument(0)), b.clone(c.Argument(1))
		iterations, n := int(c.Argument(2).ToInteger()), int(c.Argument(3).ToInteger())
		return job(b, "PBKDF2REQUEST", c.Argument(5), func() ([]byte, error) {
			if n == 0 { // OpenSSL refuses it
				return nil, errDeriving
			}
			return pbkdf2.Key(password, salt, iterations, n, alg.new), nil
		}, b.buffer)
	})
	// scrypt(password, salt, keylen, N, r, p, maxmem[, callback])
	b.method("scrypt", func(c goja.FunctionCall) goja.Value {
		password, salt := b.clone(c.Argument(0)), b.clone(c.Argument(1))
		num := func(i int) uint64 { return uint64(c.Argument(i).ToInteger()) }
		keylen, n, r, p := int(num(2)), num(3), num(4), num(5)
		if msg := checkScrypt(n, r, p, num(6)); msg != "" {
			b.throw("RangeError", "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", msg)
		}
		return job(b, "SCRYPTREQUEST", c.Argument(7), func() ([]byte, error) {
			if keylen == 0 {
				return []byte{}, nil
			}
			return scrypt.Key(password, salt, int(n), int(r), int(p), keylen)
		}, b.buffer)
	})
	// hkdf(digest, key, salt, info, length[, callback])
	b.method("hkdf", func(c goja.FunctionCall) goja.Value {
		alg := b.digest(c.Argument(0))
		key, salt, info := b.clone(c.Argument(1)), b.clone(c.Argument(2)), string(b.bytes(c.Argument(3)))
		n := int(c.Argument(4).ToInteger())
		if n > 255*alg.new().Size() {
			b.throw("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
		}
		return job(b, "DERIVEBITSREQUEST", c.Argument(5), func() ([]byte, error) {
			if n == 0 {
				return []byte{}, nil
			}
			return hkdf.Key(func() hash.Hash { return alg.new() }, key, salt, info, n)
		}, b.arrayBuffer)
	})
	// argon2(variant, message, nonce, parallelism, tagLength, memory, passes, secret, data[, callback])
	b.method("argon2", func(c goja.FunctionCall) goja.Value {
		message, nonce := b.clone(c.Argument(1)), b.clone(c.Argument(2))
		num := func(i int) uint32 { return uint32(c.Argument(i).ToInteger()) }
		variant := c.Argument(0).String()
		lanes, tag, memory, passes := num(3), num(4), num(5), num(6)
		if len(b.bytes(c.Argument(7))) > 0 || len(b.bytes(c.Argument(8))) > 0 || variant == "argon2d" || lanes > 255 {
			b.throwCode("ERR_CRYPTO_ARGON2_NOT_SUPPORTED")
		}
		return job(b, "ARGON2REQUEST", c.Argument(9), func() ([]byte, error) {
			if variant == "argon2i" {
				return argon2.Key(message, nonce, passes, memory, uint8(lanes), tag), nil
			}
			return argon2.IDKey(message, nonce, passes, memory, uint8(lanes), tag), nil
		}, b.buffer)
	})
}

func (b *binding) buffer(data []byte) goja.Value { return b.env.NewBuffer(data) }
