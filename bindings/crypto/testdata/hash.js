'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
const skip = new Set(['RSA-SM3', 'sm3', 'sm3WithRSAEncryption']);
for (const name of crypto.getHashes()) {
  if (skip.has(name)) continue;
  const options = /shake/i.test(name) ? { outputLength: 20 } : undefined;
  show(name, () => crypto.createHash(name, options).update('abc').update(Buffer.from('déf')).digest('hex'));
}
each([
  () => crypto.createHash('sha256').update('é', 'latin1').digest('base64'),
  () => crypto.createHash('sha256').update('6162', 'hex').digest('base64url'),
  () => crypto.createHash('md5').digest(),
  () => crypto.createHash('md5').update(new DataView(new ArrayBuffer(3))).digest('latin1'),
  () => { const h = crypto.createHash('sha1').update('a'); const c = h.copy(); return [h.update('b').digest('hex'), c.update('c').digest('hex')]; },
  () => { const h = crypto.createHash('sha1'); h.digest(); return h.digest(); },
  () => { const h = crypto.createHash('sha1'); h.digest(); return h.update('x'); },
  () => { const h = crypto.createHash('sha1'); h.digest(); return h.copy(); },
  () => crypto.createHash('sha256', { outputLength: 4 }),
  () => crypto.createHash('shake128', { outputLength: 0 }).digest('hex'),
  () => crypto.createHash('shake256', { outputLength: 70 }).update('x').digest('hex'),
  () => crypto.createHash('sha256', { outputLength: -1 }),
  () => crypto.createHash('sha256', { outputLength: '4' }),
  () => crypto.createHash('nope'),
  () => crypto.createHash(5),
  () => crypto.createHash(),
  () => crypto.createHash('sha1').update(5),
  () => crypto.createHash('sha1').update(),
  () => crypto.createHash('sha1').update('abc', 'hex'),
  () => crypto.hash('sha1', 'abc'),
  () => crypto.hash('sha1', Buffer.from('abc'), 'base64'),
  () => crypto.hash('sha1', 'abc', 'buffer'),
  () => crypto.hash('shake128', 'abc', { outputEncoding: 'hex', outputLength: 4 }),
  () => crypto.hash('nope', 'abc'),
  () => crypto.hash('sha1', 5),
  () => crypto.hash('sha1', 'abc', 'nope'),
  () => crypto.Hash('sha1') instanceof crypto.Hash,
]);
const stream = crypto.createHash('sha256');
stream.on('readable', () => { const d = stream.read(); if (d) console.log('stream', d.toString('hex')); });
stream.write('abc');
stream.end();
