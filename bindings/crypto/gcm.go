package crypto

import (
	"crypto/cipher"
	"encoding/binary"
)

// An element of GF(2^128) in GCM's bit order: hi's top bit is x^0.
type element struct{ hi, lo uint64 }

func loadElement(b []byte) element {
	return element{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

func (e element) store(b []byte) {
	binary.BigEndian.PutUint64(b, e.hi)
	binary.BigEndian.PutUint64(b[8:], e.lo)
}

func (e element) xor(f element) element { return element{e.hi ^ f.hi, e.lo ^ f.lo} }

func (e element) mul(f element) (z element) {
	for i := range 128 {
		bit := f.hi >> (63 - i&63)
		if i >= 64 {
			bit = f.lo >> (127 - i)
		}
		mask := -(bit & 1)
		z.hi ^= e.hi & mask
		z.lo ^= e.lo & mask
		carry := -(e.lo & 1)
		e = element{hi: e.hi>>1 ^ carry&(0xe1<<56), lo: e.lo>>1 | e.hi<<63}
	}
	return z
}

// inverse is e^(2^128-2).
func (e element) inverse() element {
	r := element{hi: 1 << 63}
	s := e
	for range 127 {
		s = s.mul(s)
		r = r.mul(s)
	}
	return r
}

// ghash is GHASH over a stream. Go offers GCM only whole, but fast: so a chunk
// is hashed as the additional data of an empty message, whose tag is
// (Y·H ^ L·H) ^ E(J0) for the chunk's hash Y and length block L. E(J0), L and H
// are known; dividing by H gives Y back.
type ghash struct {
	aead    cipher.AEAD
	mask    element // E(J0) for the zero nonce
	hInv    element
	y       element
	pending []byte
	length  uint64
}

const ghashChunk = 4096

func newGhash(block cipher.Block) (*ghash, error) {
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	g := &ghash{aead: aead}
	var b [16]byte
	block.Encrypt(b[:], b[:])
	g.hInv = loadElement(b[:]).inverse()
	b = [16]byte{15: 1}
	block.Encrypt(b[:], b[:])
	g.mask = loadElement(b[:])
	return g, nil
}

// blocks hashes whole blocks.
func (g *ghash) blocks(p []byte) {
	if len(p) == 0 {
		return
	}
	p = append([]byte{}, p...)
	loadElement(p).xor(g.y).store(p)
	var nonce [12]byte
	tag := g.aead.Seal(nil, nonce[:], nil, p)
	l := element{hi: uint64(len(p)) * 8}
	g.y = loadElement(tag).xor(g.mask).mul(g.hInv).xor(l)
}

func (g *ghash) write(p []byte) {
	g.length += uint64(len(p))
	g.pending = append(g.pending, p...)
	if n := len(g.pending) &^ 15; n >= ghashChunk {
		g.blocks(g.pending[:n])
		g.pending = append(g.pending[:0], g.pending[n:]...)
	}
}

// pad ends a part: zeros up to a whole block.
func (g *ghash) pad() {
	for len(g.pending)%16 != 0 {
		g.pending = append(g.pending, 0)
	}
	g.blocks(g.pending)
	g.pending = g.pending[:0]
}

// gcmState is GCM over a stream.
type gcmState struct {
	block   cipher.Block
	hash    *ghash
	counter [16]byte
	ctr     cipher.Stream
	left    uint64 // bytes before the 32-bit counter wraps
	tagMask [16]byte
	aad     uint64
	text    bool // the additional data is complete
}

func newGCM(block cipher.Block, iv []byte) (*gcmState, error) {
	h, err := newGhash(block)
	if err != nil {
		return nil, err
	}
	g := &gcmState{block: block, hash: h}
	if len(iv) == 12 {
		copy(g.counter[:], iv)
		g.counter[15] = 1
	} else {
		h.write(iv)
		h.pad()
		var l [16]byte
		binary.BigEndian.PutUint64(l[8:], uint64(len(iv))*8)
		h.blocks(l[:])
		h.y.store(g.counter[:])
		h.y, h.length = element{}, 0
	}
	block.Encrypt(g.tagMask[:], g.counter[:])
	g.increment()
	return g, nil
}

func (g *gcmState) increment() {
	n := binary.BigEndian.Uint32(g.counter[12:]) + 1
	binary.BigEndian.PutUint32(g.counter[12:], n)
	g.start(n)
}

func (g *gcmState) start(n uint32) {
	g.ctr = cipher.NewCTR(g.block, g.counter[:])
	g.left = (1<<32 - uint64(n)) * 16
}

func (g *gcmState) addData(p []byte) {
	g.hash.write(p)
	g.aad += uint64(len(p))
}

func (g *gcmState) crypt(dst, src []byte, decrypt bool) {
	if !g.text {
		g.text = true
		g.hash.pad()
		g.hash.length = 0
	}
	if decrypt {
		g.hash.write(src)
	}
	for len(src) > 0 {
		n := len(src)
		if uint64(n) > g.left {
			n = int(g.left)
		}
		g.ctr.XORKeyStream(dst[:n], src[:n])
		if !decrypt {
			g.hash.write(dst[:n])
		}
		dst, src = dst[n:], src[n:]
		if g.left -= uint64(n); g.left == 0 {
			binary.BigEndian.PutUint32(g.counter[12:], 0)
			g.start(0)
		}
	}
}

func (g *gcmState) tag() []byte {
	g.crypt(nil, nil, false)
	n := g.hash.length
	g.hash.pad()
	var l [16]byte
	binary.BigEndian.PutUint64(l[:], g.aad*8)
	binary.BigEndian.PutUint64(l[8:], n*8)
	g.hash.blocks(l[:])
	t := make([]byte, 16)
	g.hash.y.store(t)
	for i := range t {
		t[i] ^= g.tagMask[i]
	}
	return t
}
