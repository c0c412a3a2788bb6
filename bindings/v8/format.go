package v8

import (
	"encoding/binary"
	"math"
)

// wireVersion is the version of V8's format that is written. Versions from
// oldestVersion on are read.
const (
	wireVersion   = 15
	oldestVersion = 13
)

// The tags of V8's format.
const (
	tagVersion         = 0xFF
	tagPadding         = 0
	tagVerifyCount     = '?'
	tagHole            = '-'
	tagUndefined       = '_'
	tagNull            = '0'
	tagTrue            = 'T'
	tagFalse           = 'F'
	tagInt32           = 'I'
	tagUint32          = 'U'
	tagDouble          = 'N'
	tagBigInt          = 'Z'
	tagUtf8            = 'S'
	tagOneByte         = '"'
	tagTwoByte         = 'c'
	tagReference       = '^'
	tagObject          = 'o'
	tagObjectEnd       = '{'
	tagSparseArray     = 'a'
	tagSparseEnd       = '@'
	tagDenseArray      = 'A'
	tagDenseEnd        = '$'
	tagDate            = 'D'
	tagTrueObject      = 'y'
	tagFalseObject     = 'x'
	tagNumberObject    = 'n'
	tagBigIntObject    = 'z'
	tagStringObject    = 's'
	tagRegExp          = 'R'
	tagMap             = ';'
	tagMapEnd          = ':'
	tagSet             = '\''
	tagSetEnd          = ','
	tagBuffer          = 'B'
	tagResizableBuffer = '~'
	tagTransfer        = 't'
	tagView            = 'V'
	tagShared          = 'u'
	tagHost            = '\\'
	tagError           = 'r'
)

// viewTypes are the typed arrays by V8's tag, in the order of Node's own
// numbers for them: what DefaultSerializer writes. Number 10 is Buffer.
var viewTypes = [...]struct {
	name string
	tag  byte
}{
	{"Int8Array", 'b'}, {"Uint8Array", 'B'}, {"Uint8ClampedArray", 'C'}, {"Int16Array", 'w'}, {"Uint16Array", 'W'},
	{"Int32Array", 'd'}, {"Uint32Array", 'D'}, {"Float32Array", 'f'}, {"Float64Array", 'F'}, {"DataView", '?'},
	{"", 0}, {"BigInt64Array", 'q'}, {"BigUint64Array", 'Q'}, {"Float16Array", 'h'},
}

const bufferIndex = 10

// errorTags are the prototypes of errors.
var errorTags = map[string]byte{"EvalError": 'E', "RangeError": 'R', "ReferenceError": 'F', "SyntaxError": 'S', "TypeError": 'T', "URIError": 'U'}

// regexpFlags are the flags by their bits; the one between dotAll and
// hasIndices no program can write.
const regexpFlags = "gimyus\x00dv"

// writer is the output.
type writer struct{ b []byte }

func (w *writer) tag(t byte)      { w.b = append(w.b, t) }
func (w *writer) varint(n uint64) { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) double(f float64) {
	if f != f {
		w.b = binary.LittleEndian.AppendUint64(w.b, 0x7FF8<<48) // V8 knows one NaN
		return
	}
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(f))
}
func (w *writer) raw(b []byte)   { w.b = append(w.b, b...) }
func (w *writer) zigzag(n int32) { w.varint(uint64(uint32(n<<1) ^ uint32(n>>31))) }
func (w *writer) latin1(s string) {
	w.tag(tagOneByte)
	w.varint(uint64(len(s)))
	w.b = append(w.b, s...)
}
func varintLen(n uint64) (length int) { return len(binary.AppendUvarint(nil, n)) }

// string writes code units as one byte each if they fit.
func (w *writer) string(ascii string, wide []uint16) {
	if wide == nil {
		w.latin1(ascii)
		return
	}
	one := true
	for _, c := range wide {
		if c > 0xFF {
			one = false
			break
		}
	}
	if one {
		w.tag(tagOneByte)
		w.varint(uint64(len(wide)))
		for _, c := range wide {
			w.b = append(w.b, byte(c))
		}
		return
	}
	n := uint64(2 * len(wide))
	if (len(w.b)+1+varintLen(n))&1 != 0 {
		w.tag(tagPadding) // the units are aligned
	}
	w.tag(tagTwoByte)
	w.varint(n)
	for _, c := range wide {
		w.b = binary.LittleEndian.AppendUint16(w.b, c)
	}
}

// reader is the input; ok turns false at its end and stays so.
type reader struct {
	b   []byte
	pos int
}

func (r *reader) left() int { return len(r.b) - r.pos }

func (r *reader) byte() (byte, bool) {
	if r.pos >= len(r.b) {
		return 0, false
	}
	r.pos++
	return r.b[r.pos-1], true
}

// tag reads a tag, padding skipped.
func (r *reader) tag() (byte, bool) {
	for {
		t, ok := r.byte()
		if !ok || t != tagPadding {
			return t, ok
		}
	}
}

func (r *reader) peek() byte {
	for i := r.pos; i < len(r.b); i++ {
		if r.b[i] != tagPadding {
			return r.b[i]
		}
	}
	return 0
}

// varint reads bits of them; what lies beyond is dropped, as V8 does.
func (r *reader) varint(bits uint) (n uint64, ok bool) {
	for shift := uint(0); ; shift += 7 {
		c, ok := r.byte()
		if !ok {
			return 0, false
		}
		if shift < bits {
			n |= uint64(c&0x7F) << shift
		}
		if c&0x80 == 0 {
			break
		}
	}
	if bits < 64 {
		n &= 1<<bits - 1
	}
	return n, true
}

func (r *reader) uint32() (uint32, bool) {
	n, ok := r.varint(32)
	return uint32(n), ok
}

func (r *reader) zigzag() (int32, bool) {
	n, ok := r.uint32()
	return int32(n>>1) ^ -int32(n&1), ok
}

func (r *reader) double() (float64, bool) {
	b, ok := r.raw(8)
	if !ok {
		return 0, false
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b)), true
}

func (r *reader) raw(n int) ([]byte, bool) {
	if n < 0 || n > r.left() {
		return nil, false
	}
	r.pos += n
	return r.b[r.pos-n : r.pos : r.pos], true
}
