package encoding

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"github.com/gonode/gonode/internal/jsbytes"
)

// FromLabel returns the encoding that a WHATWG label names, in lower case.
func FromLabel(label string) (name string, ok bool) {
	label = strings.ToLower(strings.Trim(label, "\t\n\f\r "))
	switch label {
	case "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8":
		return "utf-8", true
	case "utf-16le", "utf-16", "ucs-2", "csunicode", "iso-10646-ucs-2", "unicode", "unicodefeff":
		return "utf-16le", true
	case "utf-16be", "unicodefffe":
		return "utf-16be", true
	case "x-user-defined":
		return label, true
	}
	e, err := htmlindex.Get(label)
	if err != nil || strings.TrimSpace(label) != label { // Get trims more than the standard does
		return "", false
	}
	name, err = htmlindex.Name(e)
	if err != nil || name == "replacement" {
		return "", false
	}
	return name, true
}

// ErrInvalid is what a fatal decoder reports.
var ErrInvalid = errors.New("the encoded data was not valid")

// A Decoder is the state of one TextDecoder.
type Decoder struct {
	name             string
	fatal, ignoreBOM bool

	pending []byte // the start of an unfinished character
	begun   bool   // the byte order mark has been looked for
	other   *encoding.Decoder
}

// NewDecoder makes a decoder for a name that FromLabel returned.
func NewDecoder(name string, fatal, ignoreBOM bool) *Decoder {
	return &Decoder{name: name, fatal: fatal, ignoreBOM: ignoreBOM}
}

// Decode decodes b after what is pending: to code units where the text may
// have lone surrogates or is not in UTF-8, else to a string. Unless stream is
// set the decoder is then as new.
func (d *Decoder) Decode(b []byte, stream bool) (units []uint16, text string, err error) {
	if len(d.pending) > 0 {
		b = append(d.pending, b...)
		d.pending = nil
	}
	switch d.name {
	case "utf-8":
		text, err = d.utf8(b, stream)
	case "utf-16le", "utf-16be":
		units, err = d.utf16(b, stream)
	default:
		if d.name == "x-user-defined" || strings.HasPrefix(d.name, "iso-8859-") {
			text, err = d.singleByte(b)
		} else {
			text, err = d.table(b, stream)
		}
	}
	if !stream || err != nil {
		d.pending, d.begun, d.other = nil, false, nil
	}
	return units, text, err
}

func (d *Decoder) utf8(b []byte, stream bool) (string, error) {
	if stream {
		if have, _ := jsbytes.Incomplete(b); have > 0 {
			d.pending = append([]byte(nil), b[len(b)-have:]...)
			b = b[:len(b)-have]
		}
	}
	if !d.begun && len(b) > 0 {
		d.begun = true
		if !d.ignoreBOM && len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf {
			b = b[3:]
		}
	}
	if d.fatal && !utf8.Valid(b) {
		return "", ErrInvalid
	}
	return jsbytes.ValidUTF8(b), nil
}

func (d *Decoder) utf16(b []byte, stream bool) ([]uint16, error) {
	lo, hi := 0, 1
	if d.name == "utf-16be" {
		lo, hi = 1, 0
	}
	n := len(b) &^ 1
	units := make([]uint16, 0, n/2+1)
	for i := 0; i < n; i += 2 {
		units = append(units, uint16(b[i+lo])|uint16(b[i+hi])<<8)
	}
	rest := append([]byte(nil), b[n:]...)
	if stream && len(units) > 0 && units[len(units)-1]&0xfc00 == 0xd800 {
		units = units[:len(units)-1]
		rest = append(append([]byte(nil), b[n-2:n]...), rest...)
	}
	bad := false
	for i := 0; i < len(units); i++ {
		if units[i]&0xf800 != 0xd800 {
			continue
		}
		if units[i]&0xfc00 == 0xd800 && i+1 < len(units) && units[i+1]&0xfc00 == 0xdc00 {
			i++
			continue
		}
		units[i] = 0xfffd
		bad = true
	}
	if len(rest) > 0 {
		if stream {
			d.pending = rest
		} else {
			units = append(units, 0xfffd)
			bad = true
		}
	}
	if bad && d.fatal {
		return nil, ErrInvalid
	}
	if !d.begun && len(units) > 0 {
		d.begun = true
		if !d.ignoreBOM && units[0] == 0xfeff {
			units = units[1:]
		}
	}
	return units, nil
}

// singleByte decodes what golang.org/x/text lacks, or lacks the C1 controls of.
func (d *Decoder) singleByte(b []byte) (string, error) {
	var e *encoding.Decoder
	if d.name != "x-user-defined" {
		x, err := htmlindex.Get(d.name)
		if err != nil {
			return "", err
		}
		e = x.NewDecoder()
	}
	var table [256]rune
	var text strings.Builder
	text.Grow(len(b))
	for i, c := range b {
		switch {
		case c < 0x80 || e != nil && c < 0xa0:
			text.WriteRune(rune(c))
		case e == nil:
			text.WriteRune(0xf700 + rune(c))
		default:
			if table[c] == 0 {
				one, _ := e.Bytes(b[i : i+1])
				table[c], _ = utf8.DecodeRune(one)
			}
			if table[c] == utf8.RuneError && d.fatal {
				return "", ErrInvalid
			}
			text.WriteRune(table[c])
		}
	}
	return text.String(), nil
}

// table decodes by golang.org/x/text. What it cannot map it gives as U+FFFD,
// which only gb18030 can also spell: so a fatal decoder may take that for an error.
func (d *Decoder) table(b []byte, stream bool) (string, error) {
	if d.other == nil {
		e, err := htmlindex.Get(d.name)
		if err != nil {
			return "", err
		}
		d.other = e.NewDecoder()
	}
	dst := make([]byte, 3*len(b)+16)
	pos, done := 0, 0
	for {
		nd, ns, err := d.other.Transform(dst[pos:], b[done:], !stream)
		pos += nd
		done += ns
		if err == transform.ErrShortDst {
			dst = append(dst, make([]byte, len(dst))...)
			continue
		}
		if err == transform.ErrShortSrc && stream {
			d.pending = append([]byte(nil), b[done:]...)
		}
		break
	}
	text := string(dst[:pos])
	if d.fatal && strings.ContainsRune(text, utf8.RuneError) {
		return "", ErrInvalid
	}
	return text, nil
}
