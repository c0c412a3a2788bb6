package crypto

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"math/bits"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 streamed, which chacha20poly1305 is not
	"golang.org/x/crypto/poly1305"
)

// ecb has the shape of the other block modes.
type ecb struct {
	block   cipher.Block
	decrypt bool
}

func (e *ecb) BlockSize() int { return e.block.BlockSize() }
func (e *ecb) CryptBlocks(dst, src []byte) {
	n := e.block.BlockSize()
	for i := 0; i+n <= len(src); i += n {
		if e.decrypt {
			e.block.Decrypt(dst[i:], src[i:])
		} else {
			e.block.Encrypt(dst[i:], src[i:])
		}
	}
}

// cfb is CFB with a feedback of one byte (cfb8) or a whole block.
type cfb struct {
	block   cipher.Block
	reg     []byte
	key     []byte
	used    int
	decrypt bool
	byByte  bool
}

func newCFB(block cipher.Block, iv []byte, decrypt, byByte bool) *cfb {
	return &cfb{block: block, reg: append([]byte{}, iv...), key: make([]byte, len(iv)), used: len(iv), decrypt: decrypt, byByte: byByte}
}

func (c *cfb) XORKeyStream(dst, src []byte) {
	for i, in := range src {
		if c.byByte {
			c.block.Encrypt(c.key, c.reg)
			out := in ^ c.key[0]
			copy(c.reg, c.reg[1:])
			c.reg[len(c.reg)-1] = out
			if c.decrypt {
				c.reg[len(c.reg)-1] = in
			}
			dst[i] = out
			continue
		}
		if c.used == len(c.reg) {
			c.block.Encrypt(c.key, c.reg)
			c.used = 0
		}
		out := in ^ c.key[c.used]
		c.reg[c.used] = out
		if c.decrypt {
			c.reg[c.used] = in
		}
		c.used++
		dst[i] = out
	}
}

// ofb is output feedback.
type ofb struct {
	block cipher.Block
	reg   []byte
	used  int
}

func (o *ofb) XORKeyStream(dst, src []byte) {
	for i, in := range src {
		if o.used == len(o.reg) {
			o.block.Encrypt(o.reg, o.reg)
			o.used = 0
		}
		dst[i] = in ^ o.reg[o.used]
		o.used++
	}
}

// newChaCha is OpenSSL's chacha20: a 32-bit little-endian counter before the nonce.
func newChaCha(key, iv []byte) (cipher.Stream, error) {
	c, err := chacha20.NewUnauthenticatedCipher(key, iv[4:])
	if err != nil {
		return nil, err
	}
	c.SetCounter(binary.LittleEndian.Uint32(iv))
	return c, nil
}

// An aeadState is an authenticating cipher over a stream.
type aeadState interface {
	addData(p []byte)
	crypt(dst, src []byte, decrypt bool)
	tag() []byte
}

type chachaPoly struct {
	stream *chacha20.Cipher
	mac    *poly1305.MAC
	aad, n uint64
	text   bool
}

func newChaChaPoly(key, iv []byte) (*chachaPoly, error) {
	nonce := make([]byte, 12)
	copy(nonce[12-len(iv):], iv)
	s, err := chacha20.NewUnauthenticatedCipher(key, nonce)
	if err != nil {
		return nil, err
	}
	var k [32]byte
	s.XORKeyStream(k[:], k[:])
	s.SetCounter(1)
	return &chachaPoly{stream: s, mac: poly1305.New(&k)}, nil
}

func (c *chachaPoly) addData(p []byte) {
	_, _ = c.mac.Write(p)
	c.aad += uint64(len(p))
}

func (c *chachaPoly) pad(n uint64) {
	var zero [16]byte
	if r := n % 16; r != 0 {
		_, _ = c.mac.Write(zero[:16-r])
	}
}

func (c *chachaPoly) crypt(dst, src []byte, decrypt bool) {
	if !c.text {
		c.text = true
		c.pad(c.aad)
	}
	c.n += uint64(len(src))
	if decrypt {
		_, _ = c.mac.Write(src)
		c.stream.XORKeyStream(dst, src)
		return
	}
	c.stream.XORKeyStream(dst, src)
	_, _ = c.mac.Write(dst[:len(src)])
}

func (c *chachaPoly) tag() []byte {
	c.crypt(nil, nil, false)
	c.pad(c.n)
	var l [16]byte
	binary.LittleEndian.PutUint64(l[:], c.aad)
	binary.LittleEndian.PutUint64(l[8:], c.n)
	_, _ = c.mac.Write(l[:])
	return c.mac.Sum(nil)
}

// ccm is counter mode with CBC-MAC. It knows its message only whole: Node
// allows one update.
type ccm struct {
	block  cipher.Block
	iv     []byte
	tagLen int
	aad    []byte
	mac    [16]byte
}

func (c *ccm) addData(p []byte) { c.aad = append(c.aad, p...) }

func (c *ccm) maxLength() uint64 {
	if l := 15 - len(c.iv); l < 8 {
		return 1<<(8*l) - 1
	}
	return 1<<63 - 1
}

func (c *ccm) crypt(dst, src []byte, decrypt bool) {
	l := 15 - len(c.iv)
	var ctr [16]byte
	ctr[0] = byte(l - 1)
	copy(ctr[1:], c.iv)
	ctr[15] = 1
	stream := cipher.NewCTR(c.block, ctr[:])
	plain := src
	if decrypt {
		stream.XORKeyStream(dst, src)
		plain = dst[:len(src)]
	}
	var y [16]byte
	y[0] = byte(l-1) | byte((c.tagLen-2)/2)<<3
	if len(c.aad) > 0 {
		y[0] |= 0x40
	}
	copy(y[1:], c.iv)
	for i, n := 15, uint64(len(src)); i > len(c.iv); i-- {
		y[i] = byte(n)
		n >>= 8
	}
	c.block.Encrypt(y[:], y[:])
	absorb := func(p []byte) {
		for len(p) > 0 {
			n := min(16, len(p))
			subtle.XORBytes(y[:n], y[:n], p[:n])
			c.block.Encrypt(y[:], y[:])
			p = p[n:]
		}
	}
	if n := len(c.aad); n > 0 {
		var head []byte
		if n < 0xff00 {
			head = binary.BigEndian.AppendUint16(nil, uint16(n))
		} else {
			head = binary.BigEndian.AppendUint32([]byte{0xff, 0xfe}, uint32(n))
		}
		absorb(append(head, c.aad...))
	}
	absorb(plain)
	if !decrypt {
		stream.XORKeyStream(dst, src)
	}
	ctr[15] = 0
	var s0 [16]byte
	c.block.Encrypt(s0[:], ctr[:])
	subtle.XORBytes(c.mac[:], y[:], s0[:])
}

func (c *ccm) tag() []byte { return append([]byte{}, c.mac[:c.tagLen]...) }

// ocb is RFC 7253. It collects the message: whole blocks are processed as they come.
type ocb struct {
	block            cipher.Block
	lStar, lDollar   [16]byte
	l                [][16]byte
	offset, checksum [16]byte
	count            uint64
	sum              [16]byte // of the additional data
	aadOffset        [16]byte
	aadCount         uint64
	aadRest, rest    []byte
	decrypting       bool
	tagLen           int
	final            []byte
}

func double(b [16]byte) (d [16]byte) {
	carry := b[0] >> 7
	for i := range 15 {
		d[i] = b[i]<<1 | b[i+1]>>7
	}
	d[15] = b[15]<<1 ^ carry*0x87
	return d
}

func newOCB(block cipher.Block, iv []byte, tagLen int) *ocb {
	o := &ocb{block: block, tagLen: tagLen}
	block.Encrypt(o.lStar[:], o.lStar[:])
	o.lDollar = double(o.lStar)
	o.l = [][16]byte{double(o.lDollar)}
	var nonce [16]byte
	nonce[0] = byte(tagLen*8%128) << 1
	copy(nonce[16-len(iv):], iv)
	nonce[15-len(iv)] |= 1
	bottom := int(nonce[15] & 0x3f)
	nonce[15] &^= 0x3f
	var stretch [24]byte
	block.Encrypt(stretch[:16], nonce[:])
	for i := range 8 {
		stretch[16+i] = stretch[i] ^ stretch[i+1]
	}
	shift, rot := bottom/8, bottom%8
	for i := range 16 {
		o.offset[i] = stretch[i+shift] << rot
		if rot > 0 {
			o.offset[i] |= stretch[i+shift+1] >> (8 - rot)
		}
	}
	return o
}

func (o *ocb) lAt(n uint64) [16]byte {
	i := bits.TrailingZeros64(n)
	for len(o.l) <= i {
		o.l = append(o.l, double(o.l[len(o.l)-1]))
	}
	return o.l[i]
}

func xor16(a *[16]byte, b []byte) { subtle.XORBytes(a[:len(b)], a[:len(b)], b) }

func (o *ocb) addData(p []byte) {
	o.aadRest = append(o.aadRest, p...)
	for len(o.aadRest) >= 16 {
		o.aadCount++
		l := o.lAt(o.aadCount)
		xor16(&o.aadOffset, l[:])
		t := o.aadOffset
		xor16(&t, o.aadRest[:16])
		o.block.Encrypt(t[:], t[:])
		xor16(&o.sum, t[:])
		o.aadRest = o.aadRest[16:]
	}
}

// feed takes input and returns the output of its whole blocks.
func (o *ocb) feed(src []byte, decrypt bool) []byte {
	o.decrypting = decrypt
	o.rest = append(o.rest, src...)
	var out []byte
	for len(o.rest) >= 16 {
		o.count++
		l := o.lAt(o.count)
		xor16(&o.offset, l[:])
		t := o.offset
		xor16(&t, o.rest[:16])
		if decrypt {
			o.block.Decrypt(t[:], t[:])
		} else {
			o.block.Encrypt(t[:], t[:])
			xor16(&o.checksum, o.rest[:16])
		}
		xor16(&t, o.offset[:])
		if decrypt {
			xor16(&o.checksum, t[:])
		}
		out = append(out, t[:]...)
		o.rest = o.rest[16:]
	}
	return out
}

// finish processes the last partial block and computes the tag.
func (o *ocb) finish() []byte {
	var out []byte
	if n := len(o.rest); n > 0 {
		xor16(&o.offset, o.lStar[:])
		pad := o.offset
		o.block.Encrypt(pad[:], pad[:])
		out = make([]byte, n)
		subtle.XORBytes(out, o.rest, pad[:])
		plain := o.rest
		if o.decrypting {
			plain = out
		}
		var last [16]byte
		copy(last[:], plain)
		last[n] = 0x80
		xor16(&o.checksum, last[:])
	}
	t := o.checksum
	xor16(&t, o.offset[:])
	xor16(&t, o.lDollar[:])
	o.block.Encrypt(t[:], t[:])
	if n := len(o.aadRest); n > 0 {
		xor16(&o.aadOffset, o.lStar[:])
		a := o.aadOffset
		xor16(&a, o.aadRest)
		a[n] ^= 0x80
		o.block.Encrypt(a[:], a[:])
		xor16(&o.sum, a[:])
	}
	xor16(&t, o.sum[:])
	o.final = append([]byte{}, t[:o.tagLen]...)
	return out
}

func (o *ocb) crypt([]byte, []byte, bool) {}
func (o *ocb) tag() []byte                { return o.final }

var errUnwrap = errors.New("unwrap")

// wrapKey is RFC 3394's wrapping with iv as the initial value.
func wrapKey(block cipher.Block, iv, src []byte) []byte {
	n := len(src) / 8
	out := append(append([]byte{}, iv...), src...)
	var buf [16]byte
	copy(buf[:], iv)
	for j := range 6 {
		for i := 1; i <= n; i++ {
			copy(buf[8:], out[8*i:])
			block.Encrypt(buf[:], buf[:])
			t := uint64(n*j + i)
			binary.BigEndian.PutUint64(buf[:], binary.BigEndian.Uint64(buf[:])^t)
			copy(out[8*i:], buf[8:])
		}
	}
	copy(out, buf[:8])
	return out
}

func unwrapKey(block cipher.Block, src []byte) (iv, out []byte) {
	n := len(src)/8 - 1
	out = append([]byte{}, src[8:]...)
	var buf [16]byte
	copy(buf[:], src[:8])
	for j := 5; j >= 0; j-- {
		for i := n; i >= 1; i-- {
			t := uint64(n*j + i)
			binary.BigEndian.PutUint64(buf[:], binary.BigEndian.Uint64(buf[:])^t)
			copy(buf[8:], out[8*(i-1):])
			block.Decrypt(buf[:], buf[:])
			copy(out[8*(i-1):], buf[8:])
		}
	}
	return buf[:8:8], out
}

// wrap and unwrap choose RFC 3394 or, with a 4-byte iv, RFC 5649.
func wrap(block cipher.Block, iv, src []byte) ([]byte, error) {
	if len(iv) == 4 {
		head := binary.BigEndian.AppendUint32(append([]byte{}, iv...), uint32(len(src)))
		padded := append(append([]byte{}, src...), make([]byte, (8-len(src)%8)%8)...)
		if len(padded) == 8 {
			out := append(head, padded...)
			block.Encrypt(out, out)
			return out, nil
		}
		return wrapKey(block, head, padded), nil
	}
	if len(src)%8 != 0 || len(src) < 16 {
		return nil, errUnwrap
	}
	return wrapKey(block, iv, src), nil
}

func unwrap(block cipher.Block, iv, src []byte) ([]byte, error) {
	if len(src)%8 != 0 || len(src) < 16 || len(iv) == 8 && len(src) < 24 {
		return nil, errUnwrap
	}
	if len(iv) == 8 {
		got, out := unwrapKey(block, src)
		if subtle.ConstantTimeCompare(got, iv) != 1 {
			return nil, errUnwrap
		}
		return out, nil
	}
	var head, out []byte
	if len(src) == 16 {
		var buf [16]byte
		block.Decrypt(buf[:], src)
		head, out = buf[:8], buf[8:]
	} else {
		head, out = unwrapKey(block, src)
	}
	n := int(binary.BigEndian.Uint32(head[4:]))
	if subtle.ConstantTimeCompare(head[:4], iv) != 1 || n > len(out) || n <= len(out)-8 {
		return nil, errUnwrap
	}
	for _, c := range out[n:] {
		if c != 0 {
			return nil, errUnwrap
		}
	}
	return out[:n], nil
}

var des3WrapIV = []byte{0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05}

// wrap3DES is RFC 3217's triple DES key wrap.
func wrap3DES(block cipher.Block, src []byte) ([]byte, error) {
	if len(src)%8 != 0 {
		return nil, errUnwrap
	}
	sum := sha1.Sum(src)
	iv := make([]byte, 8)
	_, _ = rand.Read(iv)
	t := append(append([]byte{}, src...), sum[:8]...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(t, t)
	t = append(iv, t...)
	reverse(t)
	cipher.NewCBCEncrypter(block, des3WrapIV).CryptBlocks(t, t)
	return t, nil
}

func unwrap3DES(block cipher.Block, src []byte) ([]byte, error) {
	if len(src)%8 != 0 || len(src) < 24 {
		return nil, errUnwrap
	}
	t := append([]byte{}, src...)
	cipher.NewCBCDecrypter(block, des3WrapIV).CryptBlocks(t, t)
	reverse(t)
	iv, t := t[:8], t[8:]
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(t, t)
	key, check := t[:len(t)-8], t[len(t)-8:]
	sum := sha1.Sum(key)
	if subtle.ConstantTimeCompare(sum[:8], check) != 1 {
		return nil, errUnwrap
	}
	return key, nil
}

func reverse(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}
