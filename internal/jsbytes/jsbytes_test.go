package jsbytes

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding/unicode"
)

// fuzzBytes seeds f with what decoders trip over.
func fuzzBytes(f *testing.F) {
	for _, s := range []string{"", "abc", "h\u20acllo \U0001f600", "\xff\xfe\x00", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80",
		"\xf0\x9f\x98", "\xc3(", "\xef\xbb\xbfx", "\x00\xd8\x00\xdc", "aGk=", "-_8", "4g", "\x80\xbf\xc0"} {
		f.Add([]byte(s))
	}
}

// whatwg decodes UTF-8 as the standard has it: x/text's decoder replaces
// maximal subparts too.
func whatwg(t *testing.T, b []byte) string {
	out, err := unicode.UTF8.NewDecoder().Bytes(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func FuzzUTF8(f *testing.F) {
	fuzzBytes(f)
	vm := goja.New()
	f.Fuzz(func(t *testing.T, b []byte) {
		want := whatwg(t, b)
		if got := ValidUTF8(bytes.Clone(b)); got != want {
			t.Fatalf("ValidUTF8(%x) = %q, want %q", b, got, want)
		}
		v := Decode(vm, bytes.Clone(b), UTF8)
		if got := v.String(); got != want {
			t.Fatalf("Decode(%x) = %q, want %q", b, got, want)
		}
		again := Encode(v, UTF8)
		if string(again) != want {
			t.Fatalf("Encode(Decode(%x)) = %x", b, again)
		}
		if n := ByteLength(v, UTF8); n != len(again) {
			t.Fatalf("ByteLength = %d, want %d", n, len(again))
		}
		if utf8.Valid(b) && !bytes.Equal(again, b) {
			t.Fatalf("valid text changed: %x to %x", b, again)
		}
		have, need := Incomplete(b)
		if have > len(b) || have > 0 && need <= 0 {
			t.Fatalf("Incomplete(%x) = %d, %d", b, have, need)
		}
		if got := ValidUTF8(bytes.Clone(b[:len(b)-have])); !strings.HasPrefix(want, got) {
			t.Fatalf("what precedes an incomplete character decodes to %q, not the start of %q", got, want)
		}
	})
}

func FuzzUTF16(f *testing.F) {
	fuzzBytes(f)
	vm := goja.New()
	f.Fuzz(func(t *testing.T, b []byte) {
		v := Decode(vm, bytes.Clone(b), UCS2)
		even := b[:len(b)&^1]
		if got := Encode(v, UCS2); !bytes.Equal(got, even) {
			t.Fatalf("utf16le %x comes back as %x", even, got)
		}
		units := make([]uint16, len(even)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(even[2*i:])
		}
		if got, want := string(Encode(v, UTF8)), string(utf16.Decode(units)); got != want {
			t.Fatalf("%x in UTF-8 is %q, want %q", even, got, want)
		}
		if n := ByteLength(v, UTF8); n != len(Encode(v, UTF8)) {
			t.Fatalf("ByteLength = %d", n)
		}
		dst := make([]byte, len(b)/2+1)
		n := Write(dst, v, UTF8)
		if n > len(dst) || !bytes.HasPrefix(Encode(v, UTF8), dst[:n]) || !utf8.Valid(dst[:n]) {
			t.Fatalf("Write of %x into %d bytes gave %x", even, len(dst), dst[:n])
		}
	})
}

func FuzzSingleByte(f *testing.F) {
	fuzzBytes(f)
	vm := goja.New()
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := Encode(Decode(vm, bytes.Clone(b), Latin1), Latin1); !bytes.Equal(got, b) {
			t.Fatalf("latin1 %x comes back as %x", b, got)
		}
		seven := bytes.Clone(b)
		for i := range seven {
			seven[i] &= 0x7f
		}
		if got := Decode(vm, bytes.Clone(b), ASCII).String(); got != string(seven) {
			t.Fatalf("ascii %x reads %q", b, got)
		}
	})
}

func FuzzHex(f *testing.F) {
	fuzzBytes(f)
	vm := goja.New()
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := Decode(vm, bytes.Clone(b), Hex).String(); got != hex.EncodeToString(b) {
			t.Fatalf("hex of %x is %q", b, got)
		}
		// Node decodes up to the first pair that is not one.
		var want []byte
		text := ValidUTF8(bytes.Clone(b))
		for i := 0; i+1 < len(text); i += 2 {
			pair, err := hex.DecodeString(text[i : i+2])
			if err != nil {
				break
			}
			want = append(want, pair...)
		}
		if got := Encode(vm.ToValue(text), Hex); !bytes.Equal(got, want) {
			t.Fatalf("%q as hex is %x, want %x", text, got, want)
		}
	})
}

// lenient is Node's base64 decoding, character by character: both alphabets,
// everything else skipped, padding the end.
func lenient(s string) []byte {
	var kept []byte
	for _, r := range s {
		if r == '=' {
			break
		}
		switch {
		case r == '-':
			r = '+'
		case r == '_':
			r = '/'
		}
		if r < 0x80 && (r == '+' || r == '/' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			kept = append(kept, byte(r))
		}
	}
	if len(kept)%4 == 1 {
		kept = kept[:len(kept)-1]
	}
	out, _ := base64.RawStdEncoding.DecodeString(string(kept))
	return out
}

func FuzzBase64(f *testing.F) {
	fuzzBytes(f)
	vm := goja.New()
	f.Fuzz(func(t *testing.T, b []byte) {
		std := Decode(vm, bytes.Clone(b), Base64).String()
		url := Decode(vm, bytes.Clone(b), Base64URL).String()
		if std != base64.StdEncoding.EncodeToString(b) || url != base64.RawURLEncoding.EncodeToString(b) {
			t.Fatalf("%x is %q and %q", b, std, url)
		}
		for _, e := range []Encoding{Base64, Base64URL} {
			for _, s := range []string{std, url} {
				if got := Encode(vm.ToValue(s), e); !bytes.Equal(got, b) {
					t.Fatalf("%q decodes to %x, want %x", s, got, b)
				}
			}
			text := ValidUTF8(bytes.Clone(b))
			if got, want := Encode(vm.ToValue(text), e), lenient(text); !bytes.Equal(got, want) {
				t.Fatalf("%q decodes to %x, want %x", text, got, want)
			}
		}
		strict, failure := ForgivingBase64(std)
		if failure != 0 || !bytes.Equal(strict, b) {
			t.Fatalf("atob(%q) = %x, %v", std, strict, failure)
		}
	})
}
