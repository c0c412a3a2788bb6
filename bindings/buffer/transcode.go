package buffer

import (
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/jsbytes"
)

func validUTF8(b []byte) bool { return utf8.Valid(b) }

func transcodable(v goja.Value) (jsbytes.Encoding, bool) {
	if goja.IsUndefined(v) || goja.IsNull(v) || v.String() == "" {
		return jsbytes.UTF8, true
	}
	e, ok := jsbytes.ParseEncoding(v.String())
	return e, ok && e <= jsbytes.ASCII
}

// transcode converts between ICU's four. What latin1 and ASCII lack becomes "?";
// between UTF-8 and UTF-16 what is not valid is an error (ok is false).
func transcode(b []byte, from, to jsbytes.Encoding) (out []byte, ok bool) {
	var units []uint16
	switch from {
	case jsbytes.UCS2:
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])|uint16(b[i+1])<<8)
		}
		if to == jsbytes.UTF8 && (len(b)%2 != 0 || !wellFormed(units)) {
			return nil, false
		}
	case jsbytes.UTF8:
		if to == jsbytes.UCS2 && !utf8.Valid(b) {
			return nil, false
		}
		for _, r := range jsbytes.ValidUTF8(b) {
			if r > 0xffff {
				r -= 0x10000
				units = append(units, 0xd800|uint16(r>>10), 0xdc00|uint16(r&0x3ff))
				continue
			}
			units = append(units, uint16(r))
		}
	default:
		for _, c := range b {
			u := uint16(c)
			if from == jsbytes.ASCII && c > 0x7f && to != jsbytes.UCS2 {
				u = 0xfffd
			}
			units = append(units, u)
		}
	}
	v := goja.StringFromUTF16(units)
	switch to {
	case jsbytes.UTF8:
		return jsbytes.Encode(v, to), true
	case jsbytes.UCS2:
		for i, u := range units {
			if u&0xf800 == 0xd800 && !paired(units, i) {
				units[i] = 0xfffd
			}
		}
		return jsbytes.Encode(goja.StringFromUTF16(units), to), true
	}
	limit := uint16(0xff)
	if to == jsbytes.ASCII {
		limit = 0x7f
	}
	out = make([]byte, 0, len(units))
	for i := 0; i < len(units); i++ {
		u := units[i]
		if u > limit {
			if u&0xfc00 == 0xd800 && i+1 < len(units) && units[i+1]&0xfc00 == 0xdc00 {
				i++ // one character, one substitute
			}
			u = '?'
		}
		out = append(out, byte(u))
	}
	return out, true
}

// paired reports whether the surrogate at i has its other half.
func paired(units []uint16, i int) bool {
	if units[i]&0xfc00 == 0xd800 {
		return i+1 < len(units) && units[i+1]&0xfc00 == 0xdc00
	}
	return i > 0 && units[i-1]&0xfc00 == 0xd800
}

func wellFormed(units []uint16) bool {
	for i, u := range units {
		if u&0xf800 == 0xd800 && !paired(units, i) {
			return false
		}
	}
	return true
}

func nativeLines(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	if runtime.GOOS == "windows" {
		s = strings.ReplaceAll(s, "\n", "\r\n")
	}
	return s
}
