package jsbytes

import (
	"encoding/base64"
	"encoding/hex"
)

func encodeHex(b []byte) string {
	d := make([]byte, 2*len(b))
	hex.Encode(d, b)
	return asString(d)
}

func encodeBase64(b []byte, url bool) string {
	enc := base64.StdEncoding
	if url {
		enc = base64.RawURLEncoding
	}
	d := make([]byte, enc.EncodedLen(len(b)))
	enc.Encode(d, b)
	return asString(d)
}

const (
	b64Skip = 0xff
	b64End  = 0xfe
)

// base64Values takes both alphabets; every other byte is skipped, but for the
// padding, which ends the data.
var base64Values = func() (t [256]byte) {
	for i := range t {
		t[i] = b64Skip
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for i := range len(alphabet) {
		t[alphabet[i]] = byte(i)
	}
	t['-'], t['_'], t['='] = 62, 63, b64End
	return t
}()

func appendBase64(dst []byte, ascii string, wide []uint16) []byte {
	var acc uint32
	bits := 0
	n := len(ascii) + len(wide)
	for i := range n {
		var v byte
		if wide != nil {
			v = b64Skip
			if wide[i] < 256 {
				v = base64Values[wide[i]]
			}
		} else {
			v = base64Values[ascii[i]]
		}
		if v == b64Skip {
			continue
		}
		if v == b64End {
			break
		}
		acc = acc<<6 | uint32(v)
		if bits += 6; bits >= 8 {
			bits -= 8
			dst = append(dst, byte(acc>>bits))
		}
	}
	return dst
}

var hexValues = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xff
	}
	for i := range byte(10) {
		t['0'+i] = i
	}
	for i := range byte(6) {
		t['a'+i], t['A'+i] = 10+i, 10+i
	}
	return t
}()

// appendHex stops at the first pair that is not two digits.
func appendHex(dst []byte, ascii string, wide []uint16) []byte {
	if wide != nil {
		for i := 0; i+1 < len(wide); i += 2 {
			if wide[i] > 255 || wide[i+1] > 255 {
				break
			}
			a, b := hexValues[wide[i]], hexValues[wide[i+1]]
			if a > 15 || b > 15 {
				break
			}
			dst = append(dst, a<<4|b)
		}
		return dst
	}
	for i := 0; i+1 < len(ascii); i += 2 {
		a, b := hexValues[ascii[i]], hexValues[ascii[i+1]]
		if a > 15 || b > 15 {
			break
		}
		dst = append(dst, a<<4|b)
	}
	return dst
}

// A ForgivingError says why atob refused.
type ForgivingError int

// What may be wrong with atob's input.
const (
	BadCharacter ForgivingError = iota + 1
	BadLength
)

// ForgivingBase64 is the HTML standard's forgiving-base64 decode.
func ForgivingBase64(s string) ([]byte, ForgivingError) {
	d := make([]byte, 0, len(s)*3/4)
	var acc uint32
	bits, n, pads := 0, 0, 0
	for i := range len(s) {
		c := s[i]
		switch c {
		case ' ', '\t', '\n', '\f', '\r':
			continue
		case '=':
			pads++
			continue
		case '-', '_':
			return nil, BadCharacter
		}
		v := base64Values[c]
		if v > 63 || pads > 0 {
			return nil, BadCharacter
		}
		n++
		acc = acc<<6 | uint32(v)
		if bits += 6; bits >= 8 {
			bits -= 8
			d = append(d, byte(acc>>bits))
		}
	}
	if n%4 == 1 {
		return nil, BadLength
	}
	if pads > 0 && (pads > 2 || (n+pads)%4 != 0) {
		return nil, BadCharacter
	}
	return d, 0
}
