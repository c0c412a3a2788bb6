package crypto

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	stdx509 "crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"net"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// nameTypes are OpenSSL's short names of what a distinguished name holds.
var nameTypes = map[string]string{
	"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street",
	"2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description", "2.5.4.17": "postalCode", "2.5.4.41": "name",
	"2.5.4.42": "GN", "2.5.4.43": "initials", "2.5.4.46": "dnQualifier", "2.5.4.65": "pseudonym",
	"1.2.840.113549.1.9.1": "emailAddress", "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
}

// A signatureType is a signature algorithm by its identifier.
type signatureType struct {
	name string
	hash string // none: the key's own
	pss  bool
}

var signatureTypes = map[string]signatureType{
	"1.2.840.113549.1.1.4": {"md5WithRSAEncryption", "md5", false}, "1.2.840.113549.1.1.5": {"sha1WithRSAEncryption", "sha1", false},
	"1.2.840.113549.1.1.14": {"sha224WithRSAEncryption", "sha224", false},
	"1.2.840.113549.1.1.11": {"sha256WithRSAEncryption", "sha256", false},
	"1.2.840.113549.1.1.12": {"sha384WithRSAEncryption", "sha384", false},
	"1.2.840.113549.1.1.13": {"sha512WithRSAEncryption", "sha512", false}, "1.2.840.113549.1.1.10": {"rsassaPss", "", true},
	"1.2.840.10045.4.1": {"ecdsa-with-SHA1", "sha1", false}, "1.2.840.10045.4.3.1": {"ecdsa-with-SHA224", "sha224", false},
	"1.2.840.10045.4.3.2": {"ecdsa-with-SHA256", "sha256", false}, "1.2.840.10045.4.3.3": {"ecdsa-with-SHA384", "sha384", false},
	"1.2.840.10045.4.3.4": {"ecdsa-with-SHA512", "sha512", false}, "1.3.101.112": {"ED25519", "", false},
	"1.3.101.113": {"ED448", "", false}, "1.2.840.10040.4.3": {"dsaWithSHA1", "sha1", false},
	"2.16.840.1.101.3.4.3.2": {"dsa_with_SHA256", "sha256", false},
}

// verifySignature checks a signature under an algorithm identifier.
func verifySignature(k *Key, id algorithmID, signed, sig []byte) bool {
	t, known := signatureTypes[id.Algorithm.String()]
	if !known && pqByOID(id.Algorithm) == nil {
		return false
	}
	o := &sigOptions{}
	if t.pss {
		p, err := parsePSS(id.Parameters)
		if err != nil || p == nil {
			return false
		}
		t.hash, o.padding = p.hash, padPSS
	}
	if t.hash != "" {
		if o.alg = hashFor(t.hash); o.alg == nil {
			return false
		}
	}
	if k.pure() != (o.alg == nil) {
		return false
	}
	ok, err := k.verifyMessage(signed, sig, o)
	return ok && err == nil
}

// signedASN is the frame of everything that is signed: certificates, SPKACs.
type signedASN struct {
	Signed    asn1.RawValue
	Algorithm algorithmID
	Signature asn1.BitString
}

// A nameEntry is one attribute of a distinguished name; first says that it begins a line.
type nameEntry struct {
	key, value string
	first      bool
}

func nameEntries(raw []byte) (list []nameEntry) {
	var rdns []asn1.RawValue
	if unmarshal(raw, &rdns) != nil {
		return nil
	}
	for _, rdn := range rdns {
		rest := rdn.Bytes
		for first := true; len(rest) > 0; first = false {
			var pair struct {
				Type  asn1.ObjectIdentifier
				Value asn1.RawValue
			}
			var err error
			if rest, err = asn1.Unmarshal(rest, &pair); err != nil {
				return list
			}
			key, ok := nameTypes[pair.Type.String()]
			if !ok {
				key = pair.Type.String()
			}
			list = append(list, nameEntry{key, nameText(pair.Value), first})
		}
	}
	return list
}

// nameText is an attribute's value in UTF-8.
func nameText(v asn1.RawValue) string {
	switch v.Tag {
	case asn1.TagBMPString:
		r := make([]rune, 0, len(v.Bytes)/2)
		for i := 0; i+1 < len(v.Bytes); i += 2 {
			r = append(r, rune(v.Bytes[i])<<8|rune(v.Bytes[i+1]))
		}
		return string(r)
	case asn1.TagT61String:
		r := make([]rune, len(v.Bytes))
		for i, c := range v.Bytes {
			r[i] = rune(c)
		}
		return string(r)
	}
	return string(v.Bytes)
}

// escapeName is RFC 2253's escaping, with control characters in hexadecimal.
func escapeName(s string) string {
	var b strings.Builder
	for i, c := range s {
		switch {
		case c < ' ' || c == 0x7f:
			b.WriteString("\\" + strings.ToUpper(hex.EncodeToString([]byte{byte(c)})))
			continue
		case strings.ContainsRune(",+\"\\<>;", c), i == 0 && (c == '#' || c == ' '), c == ' ' && i == len(s)-1:
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func nameString(raw []byte) string {
	var b strings.Builder
	for i, e := range nameEntries(raw) {
		if i > 0 && e.first {
			b.WriteByte('\n')
		} else if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(e.key + "=" + escapeName(e.value))
	}
	return b.String()
}

// generalName is how Node shows one: text that could be taken for more than
// one name stands in quotes.
func generalName(v asn1.RawValue) string {
	quoted := func(prefix, s string) string {
		for _, c := range s {
			if c < ' ' || c > '~' || c == ',' || c == '"' || c == '\'' || c == '\\' {
				q, _ := json.Marshal(s)
				return prefix + string(q)
			}
		}
		return prefix + s
	}
	switch v.Tag {
	case 1:
		return quoted("email:", string(v.Bytes))
	case 2:
		return quoted("DNS:", string(v.Bytes))
	case 4:
		return quoted("DirName:", strings.ReplaceAll(nameString(v.Bytes), "\n", ", "))
	case 6:
		return quoted("URI:", string(v.Bytes))
	case 7:
		if len(v.Bytes) == net.IPv4len || len(v.Bytes) == net.IPv6len {
			return "IP Address:" + ipText(v.Bytes)
		}
		return "IP Address:<invalid>"
	case 8:
		var oid asn1.ObjectIdentifier
		if unmarshal(append([]byte{asn1.TagOID, byte(len(v.Bytes))}, v.Bytes...), &oid) == nil {
			return "Registered ID:" + oid.String()
		}
	}
	return "othername:<unsupported>"
}

// ipText is OpenSSL's: IPv6 in eight groups, none of them left out.
func ipText(b []byte) string {
	if len(b) == net.IPv4len {
		return net.IP(b).String()
	}
	groups := make([]string, 0, 8)
	for i := 0; i < len(b); i += 2 {
		g := strings.TrimLeft(strings.ToUpper(hex.EncodeToString(b[i:i+2])), "0")
		if g == "" {
			g = "0"
		}
		groups = append(groups, g)
	}
	return strings.Join(groups, ":")
}

func (c *certificate) extension(oid ...int) []byte {
	for _, e := range c.Extensions {
		if e.Id.Equal(asn1.ObjectIdentifier(oid)) {
			return e.Value
		}
	}
	return nil
}

func (c *certificate) altNames() (list []asn1.RawValue) {
	_ = unmarshal(c.extension(2, 5, 29, 17), &list)
	return list
}

func (c *certificate) altNameString() string {
	names := c.altNames()
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = generalName(n)
	}
	return strings.Join(parts, ", ")
}

func (c *certificate) infoAccess() string {
	var list []struct {
		Method   asn1.ObjectIdentifier
		Location asn1.RawValue
	}
	_ = unmarshal(c.extension(1, 3, 6, 1, 5, 5, 7, 1, 1), &list)
	lines := make([]string, len(list))
	for i, a := range list {
		method := map[string]string{"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "CA Issuers"}[a.Method.String()]
		if method == "" {
			method = a.Method.String()
		}
		lines[i] = method + " - " + generalName(a.Location)
	}
	return strings.Join(lines, "\n")
}

func (c *certificate) extKeyUsage() (list []string) {
	var oids []asn1.ObjectIdentifier
	_ = unmarshal(c.extension(2, 5, 29, 37), &oids)
	for _, o := range oids {
		list = append(list, o.String())
	}
	return list
}

// checkIssued reports whether issuer's names are those of c's issuer.
func (c *certificate) checkIssued(issuer *certificate) bool {
	if !bytes.Equal(c.RawIssuer, issuer.RawSubject) {
		return false
	}
	if len(c.AuthorityKeyId) > 0 && len(issuer.SubjectKeyId) > 0 && !bytes.Equal(c.AuthorityKeyId, issuer.SubjectKeyId) {
		return false
	}
	return issuer.KeyUsage == 0 || issuer.KeyUsage&stdx509.KeyUsageCertSign != 0
}

// hostOptions are checkHost's.
type hostOptions struct {
	always, never                                        bool // the subject's name
	wildcards, partial, multiLabel, singleLabelSubdomain bool
}

// match compares a certificate's name with a host's, as OpenSSL does: a name
// that begins with a dot stands for its subdomains.
func (o *hostOptions) match(pattern, host string) bool {
	pattern, host = strings.ToLower(pattern), strings.ToLower(host)
	if strings.HasPrefix(host, ".") && len(host) > 1 {
		head, ok := strings.CutSuffix(pattern, host)
		return ok && head != "" && (!o.singleLabelSubdomain || !strings.Contains(head, "."))
	}
	if pattern == host {
		return true
	}
	star := strings.IndexByte(pattern, '*')
	if !o.wildcards || star < 0 || strings.Count(pattern, "*") > 1 {
		return false
	}
	label, rest, _ := strings.Cut(pattern, ".")
	if star >= len(label) || strings.Count(rest, ".") < 1 || strings.HasPrefix(label, "xn--") {
		return false
	}
	if label != "*" && (!o.partial || star > 0 && star < len(label)-1) { // a star begins the label or ends it
		return false
	}
	before, after := pattern[:star], pattern[star+1:]
	if len(host) < len(before)+len(after) || !strings.HasPrefix(host, before) || !strings.HasSuffix(host, after) {
		return false
	}
	covered := host[len(before) : len(host)-len(after)]
	if covered == "" && label == "*" || strings.HasPrefix(host, "xn--") && label != "*" {
		return false
	}
	return o.multiLabel && label == "*" || !strings.Contains(covered, ".")
}

// checkName looks for a name among the alternative names of a kind and, where
// there is none of that kind, in the subject.
func (c *certificate) checkName(tag int, subjectKey string, o *hostOptions, same func(string) bool) (string, bool) {
	found := false
	for _, n := range c.altNames() {
		if n.Tag == tag {
			found = true
			if same(string(n.Bytes)) {
				return string(n.Bytes), true
			}
		}
	}
	if subjectKey == "" || o.never || found && !o.always {
		return "", false
	}
	for _, e := range nameEntries(c.RawSubject) {
		if e.key == subjectKey && same(e.value) {
			return e.value, true
		}
	}
	return "", false
}

func fingerprint(sum []byte) string {
	parts := make([]string, len(sum))
	for i, c := range sum {
		parts[i] = strings.ToUpper(hex.EncodeToString([]byte{c}))
	}
	return strings.Join(parts, ":")
}

func certTime(t time.Time) string { return t.UTC().Format("Jan _2 15:04:05 2006 GMT") }

// readCertificate takes PEM, or DER.
func readCertificate(data []byte) *certificate {
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if strings.HasSuffix(block.Type, "CERTIFICATE") {
			data = block.Bytes
			break
		}
	}
	c, err := parseCertificate(data)
	if err != nil {
		return nil
	}
	return c
}

func (b *binding) certificates() {
	cert := func(v goja.Value) *certificate { return v.Export().(*certificate) }
	text := func(s string) any {
		if s == "" {
			return goja.Undefined()
		}
		return s
	}
	b.method("parseX509", func(c goja.FunctionCall) goja.Value {
		x := readCertificate(b.clone(c.Argument(0)))
		if x == nil {
			b.fail(&opensslError{number: "0480006C", library: "PEM routines", reason: "no start line"})
		}
		return b.vm.ToValue(x)
	})
	b.method("isX509", func(c goja.FunctionCall) goja.Value {
		_, ok := c.Argument(0).Export().(*certificate)
		return b.vm.ToValue(ok)
	})
	// x509Info(certificate): what scripts read of it
	b.method("x509Info", func(c goja.FunctionCall) goja.Value {
		x := cert(c.Argument(0))
		o := b.vm.NewObject()
		var frame signedASN
		_ = unmarshal(x.Raw, &frame)
		oid := frame.Algorithm.Algorithm.String()
		algorithm := signatureTypes[oid].name
		if pq := pqByOID(frame.Algorithm.Algorithm); pq != nil {
			algorithm = pq.name
		}
		var usage any = goja.Undefined()
		if list := x.extKeyUsage(); len(list) > 0 {
			usage = b.strings(list)
		}
		serial := strings.ToUpper(hex.EncodeToString(x.SerialNumber.Bytes()))
		if serial == "" {
			serial = "0"
		}
		s1, s256, s512 := sha1.Sum(x.Raw), sha256.Sum256(x.Raw), sha512.Sum512(x.Raw)
		for _, p := range []struct {
			name  string
			value any
		}{{"subject", text(nameString(x.RawSubject))}, {"subjectAltName", text(x.altNameString())},
			{"issuer", text(nameString(x.RawIssuer))}, {"infoAccess", text(x.infoAccess())}, {"validFrom", certTime(x.NotBefore)},
			{"validTo", certTime(x.NotAfter)}, {"validFromTime", x.NotBefore.UnixMilli()}, {"validToTime", x.NotAfter.UnixMilli()},
			{"fingerprint", fingerprint(s1[:])}, {"fingerprint256", fingerprint(s256[:])}, {"fingerprint512", fingerprint(s512[:])},
			{"keyUsage", usage}, {"serialNumber", serial}, {"signatureAlgorithm", text(algorithm)}, {"signatureAlgorithmOid", oid},
			{"ca", x.IsCA}} {
			_ = o.Set(p.name, p.value)
		}
		return o
	})
	// x509Name(certificate, issuer): a name as pairs, for toLegacyObject
	b.method("x509Name", func(c goja.FunctionCall) goja.Value {
		x := cert(c.Argument(0))
		raw := x.RawSubject
		if c.Argument(1).ToBoolean() {
			raw = x.RawIssuer
		}
		var flat []string
		for _, e := range nameEntries(raw) {
			flat = append(flat, e.key, e.value)
		}
		return b.strings(flat)
	})
	b.method("x509Raw", func(c goja.FunctionCall) goja.Value {
		return b.env.NewBuffer(append([]byte{}, cert(c.Argument(0)).Raw...))
	})
	b.method("x509Pem", func(c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert(c.Argument(0)).Raw})))
	})
	b.method("x509Key", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(cert(c.Argument(0)).key) })
	b.method("x509CheckIssued", func(c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(cert(c.Argument(0)).checkIssued(cert(c.Argument(1))))
	})
	b.method("x509CheckPrivateKey", func(c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(cert(c.Argument(0)).key.sameAs(b.key(c.Argument(1)).public()))
	})
	b.method("x509Verify", func(c goja.FunctionCall) goja.Value {
		var frame signedASN
		if unmarshal(cert(c.Argument(0)).Raw, &frame) != nil {
			return b.vm.ToValue(false)
		}
		return b.vm.ToValue(verifySignature(b.key(c.Argument(1)), frame.Algorithm, frame.Signed.FullBytes, frame.Signature.RightAlign()))
	})
	options := func(c goja.FunctionCall, i int) *hostOptions {
		on := func(k int) bool { return c.Argument(i + k).ToBoolean() }
		return &hostOptions{on(0), on(1), on(2), on(3), on(4), on(5)}
	}
	result := func(name string, ok bool) goja.Value {
		if !ok {
			return goja.Undefined()
		}
		return b.vm.ToValue(name)
	}
	validName := func(v goja.Value) string {
		name := v.String()
		if strings.ContainsRune(name, 0) {
			b.throw("TypeError", "ERR_INVALID_ARG_VALUE", "Invalid name")
		}
		return name
	}
	// x509CheckHost(certificate, host, always, never, wildcards, partialWildcards, multiLabelWildcards, singleLabelSubdomains)
	b.method("x509CheckHost", func(c goja.FunctionCall) goja.Value {
		host, o := validName(c.Argument(1)), options(c, 2)
		return result(cert(c.Argument(0)).checkName(2, "CN", o, func(name string) bool { return o.match(name, host) }))
	})
	// x509CheckEmail(certificate, email, always, never)
	b.method("x509CheckEmail", func(c goja.FunctionCall) goja.Value {
		email := validName(c.Argument(1))
		local, domain, _ := strings.Cut(email, "@")
		_, ok := cert(c.Argument(0)).checkName(1, "emailAddress", options(c, 2), func(name string) bool {
			l, d, _ := strings.Cut(name, "@")
			return l == local && strings.EqualFold(d, domain)
		})
		return result(email, ok)
	})
	b.method("x509CheckIP", func(c goja.FunctionCall) goja.Value {
		text := c.Argument(1).String()
		ip := net.ParseIP(text)
		if ip == nil {
			b.throw("TypeError", "ERR_INVALID_ARG_VALUE", "Invalid name")
		}
		_, ok := cert(c.Argument(0)).checkName(7, "", &hostOptions{}, func(name string) bool { return ip.Equal(net.IP(name)) })
		return result(text, ok)
	})
	b.spkac()
}

// spkacASN is a signed public key and challenge.
type spkacASN struct {
	Key       asn1.RawValue
	Challenge asn1.RawValue
}

func readSPKAC(data []byte) (frame signedASN, inner spkacASN, key *Key, ok bool) {
	der := make([]byte, base64.StdEncoding.DecodedLen(len(data)))
	n, err := base64.StdEncoding.Decode(der, bytes.Trim(data, "\r\n\t \x00"))
	if err != nil || unmarshal(der[:n], &frame) != nil || unmarshal(frame.Signed.FullBytes, &inner) != nil {
		return frame, inner, nil, false
	}
	key, err = parseSPKI(inner.Key.FullBytes)
	return frame, inner, key, err == nil
}

func (b *binding) spkac() {
	b.method("verifySpkac", func(c goja.FunctionCall) goja.Value {
		frame, _, key, ok := readSPKAC(b.bytes(c.Argument(0)))
		return b.vm.ToValue(ok && verifySignature(key, frame.Algorithm, frame.Signed.FullBytes, frame.Signature.RightAlign()))
	})
	b.method("exportPublicKey", func(c goja.FunctionCall) goja.Value {
		_, _, key, ok := readSPKAC(b.bytes(c.Argument(0)))
		if !ok {
			return b.vm.ToValue("")
		}
		return b.env.NewBuffer(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: key.marshalSPKI()}))
	})
	b.method("exportChallenge", func(c goja.FunctionCall) goja.Value {
		_, inner, _, ok := readSPKAC(b.bytes(c.Argument(0)))
		if !ok {
			return b.vm.ToValue("")
		}
		return b.env.NewBuffer(append([]byte{}, inner.Challenge.Bytes...))
	})
}
