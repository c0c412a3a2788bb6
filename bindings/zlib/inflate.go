package zlib

import (
	"hash/adler32"
	"hash/crc32"
)

// A format is what surrounds the deflate stream.
type format uint8

const (
	formatRaw format = iota
	formatZlib
	formatGzip
	formatAuto // gzip if it begins with gzip's magic bytes, else zlib
)

// A zlibError is an error as zlib reports it.
type zlibError struct {
	msg, code string
	errno     int
}

func (e *zlibError) Error() string { return e.msg }

func dataError(msg string) error { return &zlibError{msg, "Z_DATA_ERROR", -3} }

// The states of an inflater.
type inflateState uint8

const (
	stateHead inflateState = iota
	stateDict
	stateGzipFixed
	stateGzipExtraLen
	stateGzipExtra
	stateGzipName
	stateGzipComment
	stateGzipCRC
	stateBlock
	stateStoredLen
	stateStored
	stateTable
	stateLens
	stateCodes
	stateMatch
	stateTrailer
	stateDone
)

// An inflater decodes a deflate stream from input that comes in pieces, into
// output that may be limited. Unlike compress/flate it can stop anywhere, and
// it says where the stream ends and what is wrong in zlib's words.
type inflater struct {
	format, kind format // as asked, and as found
	state        inflateState
	maxWindow    int // what windowBits allows
	window       []byte
	wpos         int // next position to write
	have         int // valid bytes in the window

	bits  uint64
	nbits uint
	last  bool

	length, dist int // stored bytes left, or a match not yet copied whole

	nlen, ndist, ncode, have2 int
	lens                      [320]uint8
	lit, dst                  *huffman
	dynLit, dynDst, codes     huffman

	sum      uint32
	total    uint32
	flags    byte
	hcrc     uint32
	dict     []byte
	dictID   uint32
	needDict bool
}

func newInflater(f format, windowBits int, dict []byte) *inflater {
	d := &inflater{format: f, kind: f, dict: dict, maxWindow: 1 << 15}
	if windowBits > 0 {
		d.maxWindow = 1 << windowBits
	}
	d.reset()
	return d
}

func (d *inflater) reset() {
	d.kind, d.state = d.format, stateHead
	d.bits, d.nbits, d.last = 0, 0, false
	d.wpos, d.have, d.total = 0, 0, 0
	d.sum, d.needDict = 1, false
	if d.format == formatRaw {
		d.state = stateBlock
		if len(d.dict) > 0 {
			d.remember(d.dict)
		}
	}
}

// remember puts p into the window as if it had been output.
func (d *inflater) remember(p []byte) {
	if d.window == nil {
		d.window = make([]byte, 1<<15)
	}
	if len(p) > len(d.window) {
		p = p[len(p)-len(d.window):]
	}
	n := copy(d.window[d.wpos:], p)
	copy(d.window, p[n:])
	d.wpos = (d.wpos + len(p)) & (len(d.window) - 1)
	d.have = min(d.have+len(p), len(d.window))
}

// need makes n bits available; false if the input does not have them.
func (d *inflater) need(in []byte, pos *int, n uint) bool {
	for d.nbits < n {
		if *pos >= len(in) {
			return false
		}
		d.bits |= uint64(in[*pos]) << d.nbits
		d.nbits += 8
		*pos++
	}
	return true
}

func (d *inflater) take(n uint) uint32 {
	v := uint32(d.bits & (1<<n - 1))
	d.bits >>= n
	d.nbits -= n
	return v
}

// crcHeader adds a gzip header byte to the header's checksum.
func (d *inflater) crcHeader(c ...byte) { d.hcrc = crc32.Update(d.hcrc, crc32.IEEETable, c) }

// inflate consumes input and appends at most limit bytes of output to dst.
func (d *inflater) inflate(dst, in []byte, limit int) (out []byte, consumed int, err error) {
	pos := 0
	start, room := len(dst), limit
	out = dst
	defer func() {
		d.account(out[start:])
		// Whole bytes that were read ahead belong to whoever comes next. When
		// input has run out, what is left of it is part of an unfinished code.
		if d.state == stateDone || len(out)-len(dst) >= room {
			for d.nbits >= 8 && pos > 0 {
				d.nbits -= 8
				pos--
			}
			d.bits &= 1<<d.nbits - 1
		}
		consumed = pos
	}()
	for {
		switch d.state {
		case stateHead:
			if !d.need(in, &pos, 16) {
				if d.kind != formatZlib && d.nbits >= 8 && byte(d.bits) != 0x1f && d.format == formatAuto {
					d.kind = formatZlib
				}
				return out, pos, nil
			}
			v := d.take(16)
			if d.format != formatZlib && v == 0x8b1f {
				d.kind = formatGzip
				d.hcrc = 0
				d.crcHeader(0x1f, 0x8b)
				d.sum, d.state = 0, stateGzipFixed
				continue
			}
			if d.format == formatGzip {
				return out, pos, dataError("incorrect header check")
			}
			d.kind = formatZlib
			if (v&0xff<<8|v>>8)%31 != 0 {
				return out, pos, dataError("incorrect header check")
			}
			if v&15 != 8 {
				return out, pos, dataError("unknown compression method")
			}
			if w := v>>4&15 + 8; w > 15 || 1<<w > d.maxWindow {
				return out, pos, dataError("invalid window size")
			}
			d.sum, d.state = 1, stateBlock
			if v&0x2000 != 0 {
				d.state = stateDict
			}
		case stateDict:
			if !d.needDict {
				if !d.need(in, &pos, 32) {
					return out, pos, nil
				}
				v := d.take(32)
				d.dictID = v<<24 | v>>8&0xff<<16 | v>>16&0xff<<8 | v>>24
				d.needDict = true
			}
			if len(d.dict) == 0 {
				return out, pos, &zlibError{"Missing dictionary", "Z_NEED_DICT", 2}
			}
			if adler32.Checksum(d.dict) != d.dictID {
				return out, pos, &zlibError{"Bad dictionary", "Z_NEED_DICT", 2}
			}
			d.remember(d.dict)
			d.state = stateBlock
		case stateGzipFixed: // method, flags, time, extra flags, system
			if !d.need(in, &pos, 64-7) && d.nbits < 64 {
				return out, pos, d.gzipEarly()
			}
			if err := d.gzipEarly(); err != nil {
				return out, pos, err
			}
			for range 8 {
				c := byte(d.take(8))
				d.crcHeader(c)
				if d.length++; d.length == 2 {
					d.flags = c
				}
			}
			d.length, d.state = 0, stateGzipExtraLen
		case stateGzipExtraLen:
			d.length, d.state = 0, stateGzipName
			if d.flags&4 != 0 {
				if !d.need(in, &pos, 16) {
					d.state = stateGzipExtraLen
					return out, pos, nil
				}
				d.length = int(d.take(16))
				d.crcHeader(byte(d.length), byte(d.length>>8))
				d.state = stateGzipExtra
			}
		case stateGzipExtra, stateGzipName, stateGzipComment:
			if !d.skipField(in, &pos) {
				return out, pos, nil
			}
		case stateGzipCRC:
			if d.flags&2 != 0 {
				if !d.need(in, &pos, 16) {
					return out, pos, nil
				}
				if d.take(16) != d.hcrc&0xffff {
					return out, pos, dataError("header crc mismatch")
				}
			}
			d.state = stateBlock
		case stateBlock:
			if d.last {
				d.take(d.nbits & 7)
				d.state = stateTrailer
				continue
			}
			if !d.need(in, &pos, 3) {
				return out, pos, nil
			}
			d.last = d.take(1) == 1
			switch d.take(2) {
			case 0:
				d.take(d.nbits & 7)
				d.state = stateStoredLen
			case 1:
				d.lit, d.dst, d.state = fixedLit(), fixedDist(), stateCodes
			case 2:
				d.state = stateTable
			default:
				return out, pos, dataError("invalid block type")
			}
		case stateStoredLen:
			if !d.need(in, &pos, 32) {
				return out, pos, nil
			}
			v := d.take(32)
			if v&0xffff != ^v>>16 {
				return out, pos, dataError("invalid stored block lengths")
			}
			d.length, d.state = int(v&0xffff), stateStored
		case stateStored:
			if d.length == 0 {
				d.state = stateBlock
				continue
			}
			room := limit - (len(out) - start)
			if room == 0 {
				return out, pos, nil
			}
			if d.nbits >= 8 {
				c := byte(d.take(8))
				out = append(out, c)
				d.remember([]byte{c})
				d.length--
				continue
			}
			n := min(d.length, room, len(in)-pos)
			if n == 0 {
				return out, pos, nil
			}
			out = append(out, in[pos:pos+n]...)
			d.remember(in[pos : pos+n])
			pos += n
			d.length -= n
		case stateTable, stateLens:
			ok, err := d.tables(in, &pos)
			if err != nil || !ok {
				return out, pos, err
			}
		case stateCodes, stateMatch:
			var stop bool
			out, stop, err = d.decode(out, start, in, &pos, limit)
			if err != nil || stop {
				return out, pos, err
			}
		case stateTrailer:
			if d.kind == formatRaw {
				d.state = stateDone
				continue
			}
			d.account(out[start:])
			start = len(out)
			limit = 0
			if !d.need(in, &pos, 32) {
				return out, pos, nil
			}
			if d.kind == formatZlib {
				v := d.take(32)
				if v<<24|v>>8&0xff<<16|v>>16&0xff<<8|v>>24 != d.sum {
					return out, pos, dataError("incorrect data check")
				}
				d.state = stateDone
				continue
			}
			if uint32(d.bits) != d.sum {
				return out, pos, dataError("incorrect data check")
			}
			if !d.need(in, &pos, 64-7) && d.nbits < 64 {
				return out, pos, nil
			}
			d.take(32)
			if d.take(32) != d.total {
				return out, pos, dataError("incorrect length check")
			}
			d.state = stateDone
		case stateDone:
			return out, pos, nil
		}
	}
}

// account adds output to the checksum.
func (d *inflater) account(p []byte) {
	if len(p) == 0 {
		return
	}
	switch d.kind {
	case formatGzip:
		d.sum = crc32.Update(d.sum, crc32.IEEETable, p)
	case formatZlib:
		d.sum = adlerUpdate(d.sum, p)
	}
	d.total += uint32(len(p))
}

// gzipEarly checks what is there of the fixed header: method, reserved flags.
func (d *inflater) gzipEarly() error {
	if d.nbits >= 8 && byte(d.bits) != 8 {
		return dataError("unknown compression method")
	}
	if d.nbits >= 16 && byte(d.bits>>8)&0xe0 != 0 {
		return dataError("unknown header flags set")
	}
	return nil
}

// skipField reads over gzip's extra field, name and comment.
func (d *inflater) skipField(in []byte, pos *int) bool {
	switch d.state {
	case stateGzipExtra:
		for d.length > 0 {
			if !d.need(in, pos, 8) {
				return false
			}
			d.crcHeader(byte(d.take(8)))
			d.length--
		}
		d.state = stateGzipName
		return true
	case stateGzipName, stateGzipComment:
		flag := byte(8)
		if d.state == stateGzipComment {
			flag = 16
		}
		for d.flags&flag != 0 {
			if !d.need(in, pos, 8) {
				return false
			}
			c := byte(d.take(8))
			d.crcHeader(c)
			if c == 0 {
				break
			}
		}
	}
	d.state++
	return true
}

var codeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// tables reads a dynamic block's header; false if it needs more input.
func (d *inflater) tables(in []byte, pos *int) (bool, error) {
	if d.state == stateTable {
		if !d.need(in, pos, 14) {
			return false, nil
		}
		d.nlen, d.ndist, d.ncode = int(d.take(5))+257, int(d.take(5))+1, int(d.take(4))+4
		if d.nlen > 286 || d.ndist > 30 {
			return false, dataError("too many length or distance symbols")
		}
		d.have2 = 0
		clear(d.lens[:])
		d.state = stateLens
		d.length = 0 // code lengths read
	}
	for d.have2 >= 0 {
		if d.have2 == d.ncode {
			if !d.codes.build(d.lens[:19], true) {
				return false, dataError("invalid code lengths set")
			}
			clear(d.lens[:])
			d.have2 = -1
			break
		}
		if !d.need(in, pos, 3) {
			return false, nil
		}
		d.lens[codeOrder[d.have2]] = uint8(d.take(3))
		d.have2++
	}
	for d.length < d.nlen+d.ndist {
		sym, n, ok := d.symbol(&d.codes, in, pos)
		if !ok {
			return false, nil
		}
		if n == 0 {
			return false, dataError("invalid code lengths set")
		}
		extra := [3]uint{2, 3, 7}
		if sym < 16 {
			d.take(n)
			d.lens[d.length] = uint8(sym)
			d.length++
			continue
		}
		e := extra[sym-16]
		if !d.need(in, pos, n+e) {
			return false, nil
		}
		d.take(n)
		count, value := int(d.take(e))+3, uint8(0)
		switch sym {
		case 16:
			if d.length == 0 {
				return false, dataError("invalid bit length repeat")
			}
			value = d.lens[d.length-1]
		case 18:
			count += 8
		}
		if d.length+count > d.nlen+d.ndist {
			return false, dataError("invalid bit length repeat")
		}
		for range count {
			d.lens[d.length] = value
			d.length++
		}
	}
	if d.lens[256] == 0 {
		return false, dataError("invalid code -- missing end-of-block")
	}
	if !d.dynLit.build(d.lens[:d.nlen], false) {
		return false, dataError("invalid literal/lengths set")
	}
	if !d.dynDst.build(d.lens[d.nlen:d.nlen+d.ndist], false) {
		return false, dataError("invalid distances set")
	}
	d.lit, d.dst, d.state = &d.dynLit, &d.dynDst, stateCodes
	return true, nil
}

// symbol looks at the next code without taking it. n is its length, 0 if no
// code begins so.
func (d *inflater) symbol(h *huffman, in []byte, pos *int) (sym int, n uint, ok bool) {
	for d.nbits < 15 && *pos < len(in) {
		d.bits |= uint64(in[*pos]) << d.nbits
		d.nbits += 8
		*pos++
	}
	e := h.lookup(d.bits)
	n = uint(e & 15)
	if n == 0 {
		// With fewer bits than the longest code nothing is known yet.
		return 0, 0, d.nbits >= 15 || d.nbits >= h.max
	}
	return int(e >> 4), n, n <= d.nbits
}

var lengthBase = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
var lengthExtra = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
var distBase = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
	4097, 6145, 8193, 12289, 16385, 24577}

// decode decodes symbols until input or room is used up (stop) or the block ends.
func (d *inflater) decode(out []byte, start int, in []byte, pos *int, limit int) (_ []byte, stop bool, err error) {
	if d.window == nil {
		d.window = make([]byte, 1<<15)
	}
	win, mask := d.window, len(d.window)-1
	for {
		if d.state == stateMatch {
			n := min(d.length, limit-(len(out)-start))
			d.length -= n
			from := (d.wpos - d.dist) & mask
			for n > 0 {
				// Copy without wrapping or overlapping, as far as it goes.
				k := min(n, len(win)-from, len(win)-d.wpos)
				if d.dist < k {
					k = d.dist
				}
				copy(win[d.wpos:d.wpos+k], win[from:from+k])
				out = append(out, win[d.wpos:d.wpos+k]...)
				d.wpos = (d.wpos + k) & mask
				from = (from + k) & mask
				d.have = min(d.have+k, len(win))
				n -= k
			}
			if d.length > 0 {
				return out, true, nil
			}
			d.state = stateCodes
		}
		room := limit - (len(out) - start)
		for {
			// Refill to at least 48 bits, which the longest symbol pair needs.
			p := *pos
			for d.nbits <= 56 && p < len(in) {
				d.bits |= uint64(in[p]) << d.nbits
				d.nbits += 8
				p++
			}
			*pos = p
			e := d.lit.lookup(d.bits)
			n := uint(e & 15)
			if n == 0 {
				if d.nbits < d.lit.max {
					return out, true, nil
				}
				return out, true, dataError("invalid literal/length code")
			}
			if n > d.nbits {
				return out, true, nil
			}
			sym := int(e >> 4)
			if sym < 256 {
				if room == 0 {
					return out, true, nil
				}
				room--
				d.bits >>= n
				d.nbits -= n
				out = append(out, byte(sym))
				win[d.wpos] = byte(sym)
				d.wpos = (d.wpos + 1) & mask
				if d.have < len(win) {
					d.have++
				}
				continue
			}
			if sym == 256 {
				d.take(n)
				d.state = stateBlock
				return out, false, nil
			}
			sym -= 257
			if sym >= 29 {
				return out, true, dataError("invalid literal/length code")
			}
			bits := d.bits >> n
			used := n + uint(lengthExtra[sym])
			length := int(lengthBase[sym]) + int(bits&(1<<lengthExtra[sym]-1))
			bits = d.bits >> used
			e = d.dst.lookup(bits)
			n = uint(e & 15)
			if n == 0 {
				if d.nbits < used+d.dst.max {
					return out, true, nil
				}
				return out, true, dataError("invalid distance code")
			}
			ds := int(e >> 4)
			if used+n > d.nbits {
				return out, true, nil
			}
			if ds >= 30 {
				return out, true, dataError("invalid distance code")
			}
			bits >>= n
			extra := uint(0)
			if ds >= 4 {
				extra = uint(ds>>1 - 1)
			}
			used += n + extra
			if used > d.nbits {
				return out, true, nil
			}
			dist := int(distBase[ds]) + int(bits&(1<<extra-1))
			if dist > d.have || dist > d.maxWindow {
				return out, true, dataError("invalid distance too far back")
			}
			if room == 0 {
				return out, true, nil
			}
			d.bits >>= used
			d.nbits -= used
			d.length, d.dist, d.state = length, dist, stateMatch
			break
		}
	}
}
