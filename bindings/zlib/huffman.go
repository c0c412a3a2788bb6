package zlib

import (
	"hash/adler32"
	"math/bits"
	"sync"
)

const rootBits = 10

// A huffman table decodes canonical codes: a root table by the first bits, and
// tables below it for longer codes. An entry is symbol<<4 | length; in the root,
// length 15+ is never direct, so a link is marked by its own array.
type huffman struct {
	root    [1 << rootBits]uint32 // symbol<<4 | length, or 0
	link    [1 << rootBits]uint16 // 1 + index of the table below
	sub     []uint32
	subBits uint
	max     uint
}

// lookup returns the entry for the code that the low bits begin with.
func (h *huffman) lookup(b uint64) uint32 {
	i := b & (1<<rootBits - 1)
	if e := h.root[i]; e != 0 {
		return e
	}
	if l := h.link[i]; l != 0 {
		return h.sub[uint64(l-1)<<h.subBits|b>>rootBits&(1<<h.subBits-1)]
	}
	return 0
}

// build makes the table of a set of code lengths. It is false for a set that is
// over-subscribed, or incomplete where zlib does not allow it.
func (h *huffman) build(lens []uint8, complete bool) bool {
	var count, next [16]int
	h.max = 0
	for _, n := range lens {
		if n > 0 {
			count[n]++
			h.max = max(h.max, uint(n))
		}
	}
	clear(h.root[:])
	clear(h.link[:])
	h.sub = h.sub[:0]
	h.subBits = 0
	if h.max == 0 {
		return !complete // no codes at all: allowed until one is needed
	}
	left := 1
	code := 0
	for n := 1; n <= 15; n++ {
		left = left<<1 - count[n]
		if left < 0 {
			return false
		}
		code = (code + count[n-1]) << 1
		next[n] = code
	}
	if left > 0 && (complete || h.max != 1) {
		return false
	}
	if h.max > rootBits {
		h.subBits = h.max - rootBits
	}
	for sym, l := range lens {
		if l == 0 {
			continue
		}
		n := uint(l)
		rev := uint(bits.Reverse16(uint16(next[l]))) >> (16 - n)
		next[l]++
		e := uint32(sym)<<4 | uint32(n)
		if n <= rootBits {
			for i := rev; i < 1<<rootBits; i += 1 << n {
				h.root[i] = e
			}
			continue
		}
		low := rev & (1<<rootBits - 1)
		if h.link[low] == 0 {
			h.link[low] = uint16(len(h.sub)>>h.subBits) + 1
			for range 1 << h.subBits {
				h.sub = append(h.sub, 0)
			}
		}
		base := uint(h.link[low]-1) << h.subBits
		for i := rev >> rootBits; i < 1<<h.subBits; i += 1 << (n - rootBits) {
			h.sub[base|i] = e
		}
	}
	return true
}

var fixedLit = sync.OnceValue(func() *huffman {
	var lens [288]uint8
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	h := &huffman{}
	h.build(lens[:], true)
	return h
})

var fixedDist = sync.OnceValue(func() *huffman {
	var lens [32]uint8
	for i := range lens {
		lens[i] = 5
	}
	h := &huffman{}
	h.build(lens[:], true)
	return h
})

// adlerUpdate continues an Adler-32 sum: sums of two pieces combine.
func adlerUpdate(sum uint32, p []byte) uint32 {
	const mod = 65521
	next := adler32.Checksum(p)
	n := uint32(len(p) % mod)
	a1, b1 := sum&0xffff, sum>>16
	a2, b2 := next&0xffff, next>>16
	a := (a1 + a2 + mod - 1) % mod
	b := (b1 + b2 + n*a1%mod + mod - n) % mod
	return b<<16 | a
}
