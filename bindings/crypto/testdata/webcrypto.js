'use strict';
// Keys and operations of Web Crypto, with results that do not depend on chance.
process.on('warning', () => {});
const { subtle } = globalThis.crypto;
const hex = (ab) => Buffer.from(ab).toString('hex');
const bytes = (n) => Uint8Array.from({ length: n }, (_, i) => i * 11 & 255);
const data = Buffer.from('some data that is longer than one block');
(async () => {
  for (const name of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256']) console.log(name, hex(await subtle.digest(name, data)));
  for (const [name, params] of [['AES-CBC', { iv: bytes(16) }], ['AES-CTR', { counter: bytes(16), length: 64 }],
                                ['AES-CTR', { counter: new Uint8Array(16).fill(255), length: 8 }],
                                ['AES-GCM', { iv: bytes(12), additionalData: bytes(5), tagLength: 96 }]]) {
    for (const size of [16, 24, 32]) {
      const key = await subtle.importKey('raw', bytes(size), name, true, ['encrypt', 'decrypt']);
      const out = await subtle.encrypt({ name, ...params }, key, data);
      console.log(name, size, hex(out), Buffer.from(await subtle.decrypt({ name, ...params }, key, out)).equals(data));
    }
  }
  const kw = await subtle.importKey('raw', bytes(16), 'AES-KW', true, ['wrapKey', 'unwrapKey']);
  const aes = await subtle.importKey('raw', bytes(32), 'AES-CBC', true, ['encrypt']);
  const wrapped = await subtle.wrapKey('raw', aes, kw, 'AES-KW');
  console.log('wrap', hex(wrapped), await subtle.unwrapKey('raw', wrapped, kw, 'AES-KW', 'AES-CBC', false, ['decrypt']));
  for (const hash of ['SHA-1', 'SHA-256', 'SHA-512']) {
    const key = await subtle.importKey('raw', bytes(20), { name: 'HMAC', hash }, true, ['sign', 'verify']);
    const mac = await subtle.sign('HMAC', key, data);
    console.log('HMAC', hash, hex(mac), await subtle.verify('HMAC', key, mac, data), await subtle.verify('HMAC', key, mac, bytes(3)));
    console.log(await subtle.exportKey('jwk', key));
    const kdf = { hash, salt: bytes(8), info: bytes(3), iterations: 3 };
    for (const name of ['HKDF', 'PBKDF2']) {
      const secret = await subtle.importKey('raw', bytes(10), name, false, ['deriveBits', 'deriveKey']);
      console.log(name, hash, hex(await subtle.deriveBits({ name, ...kdf }, secret, 128)));
      console.log(await subtle.deriveKey({ name, ...kdf }, secret, { name: 'AES-GCM', length: 256 }, true, ['encrypt']));
    }
  }
  for (const algorithm of [{ name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' }, 'Ed25519',
                           'Ed448', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
                           { name: 'RSA-PSS', hash: 'SHA-1', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), saltLength: 20 }]) {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const signature = await subtle.sign(algorithm, privateKey, data);
    console.log(publicKey, privateKey, signature.byteLength, await subtle.verify(algorithm, publicKey, signature, data),
                await subtle.verify(algorithm, publicKey, signature, bytes(4)));
    for (const format of ['jwk', 'spki', 'pkcs8']) {
      const key = format === 'spki' ? publicKey : privateKey;
      const again = await subtle.importKey(format, await subtle.exportKey(format, key), algorithm, true, key.usages);
      console.log(format, again.type, require('util').isDeepStrictEqual(again, key));
    }
  }
  for (const algorithm of [{ name: 'ECDH', namedCurve: 'P-384' }, { name: 'X25519' }, { name: 'X448' }]) {
    const a = await subtle.generateKey(algorithm, true, ['deriveBits']);
    const b = await subtle.generateKey(algorithm, true, ['deriveBits']);
    const x = await subtle.deriveBits({ name: algorithm.name, public: b.publicKey }, a.privateKey, null);
    const y = await subtle.deriveBits({ name: algorithm.name, public: a.publicKey }, b.privateKey, null);
    console.log(algorithm.name, x.byteLength, hex(x) === hex(y), (await subtle.exportKey('raw', a.publicKey)).byteLength);
  }
  const rsa = await subtle.generateKey({ name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, false, ['encrypt', 'decrypt']);
  const sealed = await subtle.encrypt({ name: 'RSA-OAEP', label: bytes(2) }, rsa.publicKey, bytes(5));
  console.log(sealed.byteLength, hex(await subtle.decrypt({ name: 'RSA-OAEP', label: bytes(2) }, rsa.privateKey, sealed)));
})();
