'use strict';
const { X509Certificate, createPrivateKey } = require('crypto');
const { each, show } = require('./helper');
const ca = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBvjCCAWWgAwIBAgIUC4hWMhcFi/zg12p06s+qo23gF28wCgYIKoZIzj0EAwIw
NDELMAkGA1UEBhMCTloxEzARBgNVBAoMClRlc3QsIEluYy4xEDAOBgNVBAMMB1Rl
c3QgQ0EwIBcNMjYxMTIzMDMyMzM1WhgPMjEyNjEwMzAwMzIzMzVaMDQxCzAJBgNV
BAYTAk5aMRMwEQYDVQQKDApUZXN0LCBJbmMuMRAwDgYDVQQDDAdUZXN0IENBMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYdWhXCjPuileJpcvJvDVIctXjM7m1fiI
gnTBmFoHgjDfSco9hYlsIWQxcV0hVcwZdl+GaRlaikIRHIoXKxnABaNTMFEwHQYD
VR0OBBYEFJSVXbQnIo150wiEQkfWynFnywJQMB8GA1UdIwQYMBaAFJSVXbQnIo15
0wiEQkfWynFnywJQMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
HmxtDhFCScXeSvXX+WhqK2JmzBQKqdcB8ZUlDjSgvVYCIGiwww+uEwK3COlhDl4w
gysJKGky2DPYSeqx3YOmQRxd
-----END CERTIFICATE-----`);
const leaf = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIICnDCCAkKgAwIBAgIDEjSrMAoGCCqGSM49BAMCMDQxCzAJBgNVBAYTAk5aMRMw
EQYDVQQKDApUZXN0LCBJbmMuMRAwDgYDVQQDDAdUZXN0IENBMCAXDTI2MTEyMzAz
MjMzNVoYDzIxMjYxMDMwMDMyMzM1WjA6MRkwFwYDVQQDDBBsZWFmLmV4YW1wbGUu
bmV0MR0wGwYJKoZIhvcNAQkBFg5tZUBleGFtcGxlLm5ldDB2MBAGByqGSM49AgEG
BSuBBAAiA2IABK/XSMPavO9VjdEU/3XDuiCH8tIjlyGdYVxPRxyBHfbw+pBtNiIv
+p+C/Gf9DtRpaoDKTRAbzQ+Rmr/SC8DPaUydOUmJtZ/k+YgcThUlcN7BB2kQqk0O
wxiPKc9n7njgXKOCARwwggEYMAkGA1UdEwQCMAAwdgYDVR0RBG8wbYINKi5leGFt
cGxlLmNvbYILZXhhbXBsZS5vcmeCD2Yqby5leGFtcGxlLm9yZ4cECgAAAYcQIAEN
uAAAAAAAAAAAAAAAAYEPeW91QGV4YW1wbGUuY29thhVodHRwczovL2V4YW1wbGUu
Y29tL2EwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMDQGCCsGAQUFBwEB
BCgwJjAkBggrBgEFBQcwAYYYaHR0cDovL29jc3AuZXhhbXBsZS5jb20vMB0GA1Ud
DgQWBBQILswbcOkw6O2vybcVeS1X9fk9ajAfBgNVHSMEGDAWgBSUlV20JyKNedMI
hEJH1spxZ8sCUDAKBggqhkjOPQQDAgNIADBFAiB78grN9Yh/3PuxpC0gUHvHYCB7
wMyTWtzdgyh45DkzuwIhAI1PFaox7N5jOGCm8mYXdrWPWxRBMt7Xadw4w3ebyJIq
-----END CERTIFICATE-----`);
const plain = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBczCCARkCFEQl5L0Kt9CevngTp3eg00TRb+j7MAoGCCqGSM49BAMCMDsxGjAY
BgNVBAMMEXBsYWluLmV4YW1wbGUubmV0MR0wGwYJKoZIhvcNAQkBFg5tZUBleGFt
cGxlLm5ldDAgFw0yNjExMjMwMzIzMzVaGA8yMTI2MTAzMDAzMjMzNVowOzEaMBgG
A1UEAwwRcGxhaW4uZXhhbXBsZS5uZXQxHTAbBgkqhkiG9w0BCQEWDm1lQGV4YW1w
bGUubmV0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYdWhXCjPuileJpcvJvDV
IctXjM7m1fiIgnTBmFoHgjDfSco9hYlsIWQxcV0hVcwZdl+GaRlaikIRHIoXKxnA
BTAKBggqhkjOPQQDAgNIADBFAiAA7HoVXW5UbGg9qNgWILhzetglr/O9g/20dpHN
wFFPTwIhAOvuyJF6E7cQeVdz97ZrWFylsKFxOEO00sC/NrOGU9nC
-----END CERTIFICATE-----`);
const key = createPrivateKey(`-----BEGIN EC PRIVATE KEY-----
MIGkAgEBBDAKPEsnwsEgLrJrYkkuaRBDkKLgGRPOYHDfDVZL/YgdGHgM+iDc5Dj5
0lj7ap5Rj6GgBwYFK4EEACKhZANiAASv10jD2rzvVY3RFP91w7ogh/LSI5chnWFc
T0ccgR328PqQbTYiL/qfgvxn/Q7UaWqAyk0QG80PkZq/0gvAz2lMnTlJibWf5PmI
HE4VJXDewQdpEKpNDsMYjynPZ+544Fw=
-----END EC PRIVATE KEY-----`);
console.log(ca, leaf, plain);
for (const c of [ca, leaf, plain]) {
  const { raw, pubkey, ...legacy } = c.toLegacyObject();
  console.log(legacy, raw.equals(c.raw), pubkey.length, c.publicKey, c.ca, c.issuerCertificate, new X509Certificate(c.toJSON()).raw.equals(raw));
}
const host = (c, name, options) => show(`${name} ${JSON.stringify(options)}`, () => c.checkHost(name, options));
for (const name of ['example.org', 'a.example.com', 'A.Example.COM', 'a.b.example.com', 'example.com', 'foo.example.org', 'fxyzo.example.org', 'fa.example.org',
                    'leaf.example.net', '.example.com', '', 'x']) {
  for (const options of [undefined, { wildcards: false }, { partialWildcards: false }, { multiLabelWildcards: true }, { subject: 'always' }]) host(leaf, name, options);
}
for (const options of [undefined, { subject: 'never' }]) {
  host(plain, 'plain.example.net', options);
  show('email', () => plain.checkEmail('me@EXAMPLE.net', options));
}
each([
  () => [ca.verify(ca.publicKey), leaf.verify(ca.publicKey), leaf.verify(leaf.publicKey), plain.verify(ca.publicKey)],
  () => [leaf.checkIssued(ca), ca.checkIssued(leaf), ca.checkIssued(ca), plain.checkIssued(plain)],
  () => [leaf.checkPrivateKey(key), ca.checkPrivateKey(key)],
  () => [leaf.checkIP('10.0.0.1'), leaf.checkIP('2001:db8::1'), leaf.checkIP('2001:0db8::0001'), leaf.checkIP('10.0.0.2')],
  () => [leaf.checkEmail('you@example.com'), leaf.checkEmail('You@example.com'), leaf.checkEmail('me@example.net'), leaf.checkEmail('me@example.net', { subject: 'always' })],
  () => leaf.checkIP('x'),
  () => leaf.checkHost('a\0b'),
  () => leaf.checkEmail('a\0b'),
  () => leaf.checkHost(5),
  () => leaf.checkHost('x', { subject: 'x' }),
  () => leaf.checkHost('x', { wildcards: 5 }),
  () => leaf.checkIssued({}),
  () => leaf.checkPrivateKey(leaf.publicKey),
  () => leaf.verify(key),
  () => leaf.verify({}),
  () => new X509Certificate('x'),
  () => new X509Certificate(Buffer.alloc(3)),
  () => structuredClone(leaf).serialNumber,
]);
