package crypto

import (
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha3"
	"crypto/subtle"
	"encoding/asn1"
	"errors"
	"math/big"

	"github.com/dop251/goja"
)

// What Web Crypto needs beside node:crypto's own functions.

var (
	//lint:ignore ST1005 Node's text
	errCipherJob = errors.New("Cipher job failed")
	errKeyWrap   = &opensslError{number: "1C800066", library: "Provider routines", reason: "cipher operation failed", bare: true}
)

// webJob is job whose errors carry a message alone, as those of Node's jobs do.
func (b *binding) webJob(callback goja.Value, work func() ([]byte, error)) goja.Value {
	return job(b, "CIPHERREQUEST", callback, func() ([]byte, error) {
		out, err := work()
		var e *opensslError
		if errors.As(err, &e) {
			plain := *e
			plain.bare = true
			err = &plain
		}
		return out, err
	}, b.buffer)
}

// aeadCrypt seals data with the tag behind it, or opens what is sealed so.
func aeadCrypt(s *cipherState, aad, data []byte) ([]byte, error) {
	s.auth.addData(aad)
	var want []byte
	if s.decrypt {
		if len(data) < s.tagLen {
			return nil, errCipherJob
		}
		data, want = data[:len(data)-s.tagLen], data[len(data)-s.tagLen:]
	}
	out, _ := s.update(data)
	if o, ok := s.auth.(*ocb); ok {
		o.decrypting = s.decrypt
		out = append(out, o.finish()...)
	}
	tag := s.auth.tag()[:s.tagLen]
	if !s.decrypt {
		return append(out, tag...), nil
	}
	if subtle.ConstantTimeCompare(tag, want) != 1 {
		return nil, errCipherJob
	}
	return out, nil
}

// ctrCrypt is counter mode whose counter is the last bits of the block: it
// wraps inside of them and may not come round.
func ctrCrypt(info *cipherInfo, key, counter []byte, bits int, data []byte) ([]byte, error) {
	limit := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	blocks := big.NewInt(int64((len(data) + aes.BlockSize - 1) / aes.BlockSize))
	if blocks.Cmp(limit) > 0 {
		return nil, errCipherJob
	}
	block := new(big.Int).SetBytes(counter)
	start := new(big.Int).And(block, new(big.Int).Sub(limit, big.NewInt(1)))
	first := len(data)
	if left := new(big.Int).Sub(limit, start); left.Cmp(blocks) < 0 {
		first = int(left.Int64()) * aes.BlockSize
	}
	var out []byte
	part := func(iv, data []byte) error {
		s := &cipherState{info: info, iv: iv}
		if err := s.init(key); err != nil {
			return err
		}
		text, _ := s.update(data)
		out = append(out, text...)
		return nil
	}
	if err := part(counter, data[:first]); err != nil || first == len(data) {
		return out, err
	}
	return out, part(block.Sub(block, start).FillBytes(make([]byte, aes.BlockSize)), data[first:])
}

// cShake is cSHAKE of 128 or 256 bits.
func cShake(bits int, name, custom []byte) *sha3.SHAKE {
	if bits == 128 {
		return sha3.NewCSHAKE128(name, custom)
	}
	return sha3.NewCSHAKE256(name, custom)
}

// encodeLength is SP 800-185's left_encode (the count of bytes first) or right_encode.
func encodeLength(n uint64, left bool) []byte {
	digits := new(big.Int).SetUint64(n).Bytes()
	if len(digits) == 0 {
		digits = []byte{0}
	}
	if left {
		return append([]byte{byte(len(digits))}, digits...)
	}
	return append(digits, byte(len(digits)))
}

// kmac is SP 800-185's KMAC with an output of the given bits.
func kmac(bits int, key, custom, data []byte, outBits int) []byte {
	h := cShake(bits, []byte("KMAC"), custom)
	rate := h.BlockSize()
	head := append(encodeLength(uint64(rate), true), encodeLength(uint64(len(key))*8, true)...)
	head = append(head, key...)
	head = append(head, make([]byte, (rate-len(head)%rate)%rate)...)
	_, _ = h.Write(head)
	_, _ = h.Write(data)
	_, _ = h.Write(encodeLength(uint64(outBits), false))
	return squeeze(h, outBits)
}

// squeeze takes bits from an extendable function; the last byte's low bits that
// are too many are zero.
func squeeze(h *sha3.SHAKE, bits int) []byte {
	out := make([]byte, (bits+7)/8)
	_, _ = h.Read(out)
	if r := bits % 8; r != 0 {
		out[len(out)-1] &= 0xff << (8 - r)
	}
	return out
}

// rawPublic makes a key of a curve's or an OKP type's bytes; nil if they do not do.
func rawPublic(kind string, data []byte) *Key {
	if n, ok := okpSizes[kind]; ok {
		if len(data) != n {
			return nil
		}
		return &Key{Type: publicKey, Kind: kind, Pub: &okpPub{data}}
	}
	if pq := pqByKind(kind); pq != nil {
		k, err := pq.publicKey(data)
		if err != nil {
			return nil
		}
		return k
	}
	c := curveByName(kind)
	if c == nil {
		return nil
	}
	x, y, err := c.unmarshal(data)
	if err != nil {
		return nil
	}
	return &Key{Type: publicKey, Kind: "ec", Pub: &ecPub{c: c, x: x, y: y}}
}

func (b *binding) webcrypto() {
	num := func(v goja.Value) int { return int(v.ToInteger()) }
	// webCipher(decrypt, cipher, key, iv, counterBits, additionalData, tagLength, data, callback)
	b.method("webCipher", func(c goja.FunctionCall) goja.Value {
		decrypt, info := c.Argument(0).ToBoolean(), findCipher(c.Argument(1).String())
		key, iv, data := b.key(c.Argument(2)).Secret, b.clone(c.Argument(3)), b.clone(c.Argument(7))
		bits, aad, tag := num(c.Argument(4)), b.clone(c.Argument(5)), num(c.Argument(6))
		return b.webJob(c.Argument(8), func() ([]byte, error) {
			if info.mode == "ctr" {
				return ctrCrypt(info, key, iv, bits, data)
			}
			s := &cipherState{info: info, decrypt: decrypt, iv: iv, tagLen: tag}
			if err := s.init(key); err != nil {
				return nil, err
			}
			if s.auth != nil {
				return aeadCrypt(s, aad, data)
			}
			out, _ := s.update(data)
			last, err := s.final()
			return append(out, last...), err
		})
	})
	// webWrap(unwrap, key, data, callback)
	b.method("webWrap", func(c goja.FunctionCall) goja.Value {
		unwraps, key, data := c.Argument(0).ToBoolean(), b.key(c.Argument(1)).Secret, b.clone(c.Argument(2))
		return b.webJob(c.Argument(3), func() ([]byte, error) {
			block, err := aes.NewCipher(key)
			if err != nil {
				return nil, err
			}
			iv := []byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}
			run := wrap
			if unwraps {
				run = unwrap
			}
			out, err := run(block, iv, data)
			if err != nil {
				return nil, errKeyWrap
			}
			return out, nil
		})
	})
	// webDigest(hash, data, callback)
	b.method("webDigest", func(c goja.FunctionCall) goja.Value {
		alg, data := hashFor(c.Argument(0).String()), b.clone(c.Argument(1))
		return b.webJob(c.Argument(2), func() ([]byte, error) {
			h := alg.new()
			_, _ = h.Write(data)
			return h.Sum(nil), nil
		})
	})
	// webCShake(strength, functionName, customization, outputLength, data, callback)
	b.method("webCShake", func(c goja.FunctionCall) goja.Value {
		h := cShake(num(c.Argument(0)), b.clone(c.Argument(1)), b.clone(c.Argument(2)))
		bits, data := num(c.Argument(3)), b.clone(c.Argument(4))
		return b.webJob(c.Argument(5), func() ([]byte, error) {
			_, _ = h.Write(data)
			return squeeze(h, bits), nil
		})
	})
	// webHmac(hash, key, data, callback)
	b.method("webHmac", func(c goja.FunctionCall) goja.Value {
		alg, key, data := hashFor(c.Argument(0).String()), b.key(c.Argument(1)).Secret, b.clone(c.Argument(2))
		return b.webJob(c.Argument(3), func() ([]byte, error) {
			h := hmac.New(alg.new, key)
			_, _ = h.Write(data)
			return h.Sum(nil), nil
		})
	})
	// webKmac(strength, key, customization, outputLength, data, callback)
	b.method("webKmac", func(c goja.FunctionCall) goja.Value {
		strength, key, custom := num(c.Argument(0)), b.key(c.Argument(1)).Secret, b.clone(c.Argument(2))
		bits, data := num(c.Argument(3)), b.clone(c.Argument(4))
		return b.webJob(c.Argument(5), func() ([]byte, error) { return kmac(strength, key, custom, data, bits), nil })
	})
	// keyFromRaw(kind, data): undefined if the data is not a public key
	b.method("keyFromRaw", func(c goja.FunctionCall) goja.Value {
		k := rawPublic(c.Argument(0).String(), b.clone(c.Argument(1)))
		if k == nil {
			return goja.Undefined()
		}
		return b.vm.ToValue(k)
	})
	// keyFromSeed(kind, seed): undefined if the seed is none
	b.method("keyFromSeed", func(c goja.FunctionCall) goja.Value {
		k, err := pqByKind(c.Argument(0).String()).fromSeed(b.bytes(c.Argument(1)))
		if err != nil {
			return goja.Undefined()
		}
		return b.vm.ToValue(k)
	})
	// seedOf(key): undefined if the key has none
	b.method("seedOf", func(c goja.FunctionCall) goja.Value {
		p, ok := b.key(c.Argument(0)).Priv.(*pqPriv)
		if !ok || p.seed == nil {
			return goja.Undefined()
		}
		return b.env.NewBuffer(append([]byte{}, p.seed...))
	})
	// exportSeedKey(key): PKCS #8 with the seed alone; undefined if the key has none
	b.method("exportSeedKey", func(c goja.FunctionCall) goja.Value {
		p, ok := b.key(c.Argument(0)).Priv.(*pqPriv)
		if !ok || p.seed == nil {
			return goja.Undefined()
		}
		seed := marshal(asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: p.seed})
		return b.env.NewBuffer(marshal(pkcs8{Algorithm: algorithmID{Algorithm: p.scheme.oid}, Key: seed}))
	})
	b.method("rawPublicKey", func(c goja.FunctionCall) goja.Value {
		_, data := b.key(c.Argument(0)).algorithm()
		return b.env.NewBuffer(append([]byte{}, data...))
	})
	// encodeKey(key) and decodeKey(type, data) carry a key to another isolate.
	b.method("encodeKey", func(c goja.FunctionCall) goja.Value {
		k := b.key(c.Argument(0))
		data := k.Secret
		switch k.Type {
		case publicKey:
			data = k.marshalSPKI()
		case privateKey:
			data = k.marshalPKCS8()
		}
		return b.arrayBuffer(append([]byte{}, data...))
	})
	b.method("decodeKey", func(c goja.FunctionCall) goja.Value {
		data := b.clone(c.Argument(1))
		var k *Key
		var err error
		switch c.Argument(0).String() {
		case publicKey:
			k, err = parseSPKI(data)
		case privateKey:
			k, err = parsePKCS8(data)
		default:
			k = &Key{Type: secretKey, Secret: data}
		}
		if err != nil {
			b.fail(err)
		}
		return b.vm.ToValue(k)
	})
}
