package crypto

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	stdx509 "crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
)

// seeds are keys of every family in the forms that are parsed.
func seeds(f *testing.F) {
	r, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		f.Fatal(err)
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	for _, k := range []any{r, e, ed} {
		der, err := stdx509.MarshalPKCS8PrivateKey(k)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(der)
	}
	for _, k := range []any{&r.PublicKey, &e.PublicKey, ed.Public()} {
		der, err := stdx509.MarshalPKIXPublicKey(k)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(der)
	}
	f.Add(stdx509.MarshalPKCS1PrivateKey(r))
	f.Add(stdx509.MarshalPKCS1PublicKey(&r.PublicKey))
	sec1, err := stdx509.MarshalECPrivateKey(e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sec1)
	for _, s := range []string{"", "0", "0\x80", "0\x84\xff\xff\xff\xff", "0\x03\x02\x01\x00"} {
		f.Add([]byte(s))
	}
}

// check uses a key as scripts would: whatever parses can be written, and what
// is written parses to the same key.
func check(t *testing.T, k *Key) {
	again, err := parseSPKI(k.marshalSPKI())
	if err != nil || !again.sameAs(k.public()) {
		t.Fatalf("a %s key's SPKI is not its own: %v", k.Kind, err)
	}
	if k.Type != privateKey {
		return
	}
	again, err = parsePKCS8(k.marshalPKCS8())
	if err != nil || !again.sameAs(k) {
		t.Fatalf("a %s key's PKCS #8 is not its own: %v", k.Kind, err)
	}
}

// FuzzDER reads bytes as every kind of key there is: nothing may panic, and
// an error always has a text.
func FuzzDER(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, der []byte) {
		if len(der) > 4096 {
			return
		}
		for ctx := consumePublic; ctx <= createPrivate; ctx++ {
			for _, typ := range []string{"spki", "pkcs1", "pkcs8", "sec1"} {
				k, err := parseKey(ctx, bytes.Clone(der), "der", typ, []byte("pass"), true)
				if err != nil {
					if err.Error() == "" {
						t.Fatal("an error without a text")
					}
					continue
				}
				check(t, k)
			}
		}
	})
}

// FuzzPEM is FuzzDER in PEM's clothes, whatever the label says.
func FuzzPEM(f *testing.F) {
	f.Add([]byte("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"))
	f.Add([]byte("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMAA=\n-----END RSA PRIVATE KEY-----\n"))
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	der, err := stdx509.MarshalPKCS8PrivateKey(ed)
	if err != nil {
		f.Fatal(err)
	}
	for _, label := range []string{"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "CERTIFICATE", "X"} {
		f.Add(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 8192 {
			return
		}
		for ctx := consumePublic; ctx <= createPrivate; ctx++ {
			for _, pass := range [][]byte{nil, []byte("x")} {
				if k, err := parseKey(ctx, text, "pem", "", pass, pass != nil); err == nil {
					check(t, k)
				}
			}
		}
	})
}

// FuzzCertificate reads certificates and SPKACs and asks for all they say.
func FuzzCertificate(f *testing.F) {
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	tmpl := &stdx509.Certificate{SerialNumber: big.NewInt(5), DNSNames: []string{"*.example.com"}, EmailAddresses: []string{"a@b.c"},
		IPAddresses: []net.IP{net.IPv4(1, 2, 3, 4)}, OCSPServer: []string{"http://x"}, ExtKeyUsage: []stdx509.ExtKeyUsage{stdx509.ExtKeyUsageAny}}
	der, err := stdx509.CreateCertificate(rand.Reader, tmpl, tmpl, ed.Public(), ed)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(der)
	f.Add(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	f.Add([]byte("MAA="))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, _, _ = readSPKAC(data)
		c := readCertificate(data)
		if c == nil {
			return
		}
		_, _, _ = nameString(c.RawSubject), c.altNameString(), c.infoAccess()
		_ = c.extKeyUsage()
		o := &hostOptions{always: true, wildcards: true, partial: true}
		if name, ok := c.checkName(2, "CN", o, func(name string) bool { return o.match(name, "a.example.com") }); ok && name == "" {
			t.Fatal("an empty name matches")
		}
		_ = c.checkIssued(c)
		var frame signedASN
		if unmarshal(c.Raw, &frame) == nil {
			_ = verifySignature(c.key, frame.Algorithm, frame.Signed.FullBytes, frame.Signature.RightAlign())
		}
	})
}

func TestKMAC(t *testing.T) {
	// The samples 1 and 4 of NIST's KMAC examples.
	key := make([]byte, 32)
	for i := range key {
		key[i] = 0x40 + byte(i)
	}
	for _, c := range []struct {
		bits, out int
		custom    string
		want      string
	}{
		{128, 256, "", "e5780b0d3ea6f7d3a429c5706aa43a00fadbd7d49628839e3187243f456ee14e"},
		{256, 512, "My Tagged Application", "20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7" +
			"f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd"},
	} {
		got := kmac(c.bits, key, []byte(c.custom), []byte{0, 1, 2, 3}, c.out)
		if hex.EncodeToString(got) != c.want {
			t.Errorf("KMAC%d = %s, want %s", c.bits, hex.EncodeToString(got), c.want)
		}
	}
}
