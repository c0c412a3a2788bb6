'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
const unknown = /aria|camellia|sm4|cfb1|xts|sha|siv|rc4|bf|cast|idea|seed|des-cbc|^des-|desx|des3-wrap/i;
const key = (n) => Buffer.from(Array.from({ length: n }, (_, i) => i * 7 & 255));
for (const name of crypto.getCiphers().filter((n) => !unknown.test(n))) {
  const { mode, keyLength, ivLength } = crypto.getCipherInfo(name);
  if (mode === 'wrap') continue;
  show(name, () => {
    const options = /ccm|ocb|poly/.test(name) ? { authTagLength: 16 } : undefined;
    const c = crypto.createCipheriv(name, key(keyLength), ivLength ? key(ivLength) : null, options);
    const aead = options !== undefined || mode === 'gcm';
    const text = 'some text to be encrypted, longer than a block';
    if (aead) c.setAAD(Buffer.from('aad'), { plaintextLength: text.length });
    const out = Buffer.concat([c.update(text), c.final()]);
    const tag = aead ? c.getAuthTag().toString('hex') : '';
    const d = crypto.createDecipheriv(name, key(keyLength), ivLength ? key(ivLength) : null, options);
    if (aead) d.setAuthTag(Buffer.from(tag, 'hex')).setAAD(Buffer.from('aad'), { plaintextLength: out.length });
    const back = d.update(out, null, 'utf8') + d.final('utf8');
    return `${out.toString('hex')} ${tag} ${back === text}`;
  });
}
each([
  () => crypto.createCipheriv('nope', '', ''),
  () => crypto.createCipheriv('aes-128-cbc', 'short', Buffer.alloc(16)),
  () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(15)),
  () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), null),
  () => crypto.createCipheriv('aes-128-ecb', Buffer.alloc(16), '').constructor.name,
  () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), ''),
  () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 5 }),
  () => crypto.createCipheriv('aes-128-ccm', Buffer.alloc(16), Buffer.alloc(12)),
  () => crypto.createCipheriv(5, Buffer.alloc(16), Buffer.alloc(12)),
  () => crypto.createCipheriv('aes-128-cbc', 5, Buffer.alloc(16)),
  () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), 5),
  () => { const d = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(16)); return d.final(); },
  () => { const d = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(15)); return d.final(); },
  () => { const d = crypto.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); d.setAuthTag(Buffer.alloc(16)); d.update('x'); return d.final(); },
  () => { const d = crypto.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); return d.setAuthTag(Buffer.alloc(3)); },
  () => { const d = crypto.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); return d.final(); },
  () => { const c = crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); return c.getAuthTag(); },
  () => { const c = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); c.final(); return c.final(); },
  () => { const c = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); c.final(); return c.update('x'); },
  () => { const c = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); c.setAutoPadding(false); c.update('x'); return c.final(); },
  () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).setAuthTag(Buffer.alloc(16)),
  () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).update(5),
  () => crypto.getCipherInfo('aes-128-gcm'),
  () => crypto.getCipherInfo('aes-128-gcm', { ivLength: 14 }),
  () => crypto.getCipherInfo('aes-128-cbc', { keyLength: 12 }),
  () => crypto.getCipherInfo(418),
  () => crypto.getCipherInfo('nope'),
  () => crypto.getCipherInfo({}),
]);
