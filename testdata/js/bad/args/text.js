'use strict';
// url, path, querystring, string_decoder, os, punycode.
const { sweep, options } = require('./lib.js');

(async () => {
  const url = require('url');
  await sweep('URL', (...a) => { new URL(...a); }, () => ['http://a/', 'http://b/']);
  await sweep('URL.canParse', URL.canParse, () => ['http://a/', 'http://b/']);
  await sweep('URL.parse', URL.parse, () => ['http://a/', 'http://b/']);
  await sweep('URL.createObjectURL', URL.createObjectURL, () => [new Blob([])]);
  await sweep('URL.revokeObjectURL', URL.revokeObjectURL, () => ['x']);
  await sweep('url.parse', url.parse, () => ['http://a/', true, true]);
  await sweep('url.format', url.format, () => [new URL('http://a/'), {}]);
  await options('url.format', url.format, () => [new URL('http://a/'), {}], 1, ['auth', 'fragment', 'search', 'unicode']);
  await options('url.format legacy', url.format, () => [{}], 0, ['protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'auth', 'query', 'slashes']);
  await sweep('url.resolve', url.resolve, () => ['http://a/', 'b']);
  await sweep('domainToASCII', url.domainToASCII, () => ['a']);
  await sweep('domainToUnicode', url.domainToUnicode, () => ['a']);
  await sweep('fileURLToPath', url.fileURLToPath, () => ['file:///a', {}]);
  await sweep('fileURLToPathBuffer', url.fileURLToPathBuffer, () => ['file:///a', {}]);
  await sweep('pathToFileURL', url.pathToFileURL, () => ['/a', {}]);
  await sweep('urlToHttpOptions', url.urlToHttpOptions, () => [new URL('http://a/')]);
  for (const p of ['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'username', 'password']) {
    await sweep('URL.' + p + ' =', (v) => { new URL('http://a/')[p] = v; }, () => ['x']);
  }
  await sweep('URLSearchParams', (v) => { new URLSearchParams(v); }, () => ['a=b']);
  const usp = () => new URLSearchParams('a=1&b=2');
  for (const [name, make] of Object.entries({ append: () => ['a', 'b'], delete: () => ['a', 'b'], get: () => ['a'], getAll: () => ['a'], has: () => ['a', 'b'], set: () => ['a', 'b'],
    forEach: () => [() => {}, {}], sort: () => [], toString: () => [], keys: () => [], entries: () => [], values: () => [] })) {
    await sweep('usp.' + name, usp()[name], make, { self: usp });
    await sweep('usp.' + name + ' on {}', usp()[name], make, { self: () => ({}), places: [] });
  }
  for (const p of ['href', 'origin', 'searchParams']) {
    const { get } = Object.getOwnPropertyDescriptor(URL.prototype, p);
    await sweep('URL get ' + p + ' on {}', get, () => [], { self: () => ({}) });
  }
  const path = require('path');
  for (const [kind, p] of [['posix', path.posix], ['win32', path.win32]]) {
    for (const [name, make] of Object.entries({ basename: () => ['a', 'b'], dirname: () => ['a'], extname: () => ['a'], format: () => [{}], isAbsolute: () => ['a'], join: () => ['a', 'b'],
      normalize: () => ['a'], parse: () => ['a'], relative: () => ['a', 'b'], resolve: () => ['/a', 'b'], toNamespacedPath: () => ['a'], matchesGlob: () => ['a', 'b'] })) {
      await sweep(`${kind}.${name}`, p[name], make);
    }
  }
  const qs = require('querystring');
  await sweep('qs.parse', qs.parse, () => ['a=b', '&', '=', {}]);
  await options('qs.parse', qs.parse, () => ['a=b', '&', '=', {}], 3, ['maxKeys', 'decodeURIComponent']);
  await sweep('qs.stringify', qs.stringify, () => [{ a: 'b' }, '&', '=', {}]);
  await sweep('qs.stringify value', (v) => qs.stringify({ a: v }), () => ['b']);
  await options('qs.stringify', qs.stringify, () => [{ a: 'b' }, '&', '=', {}], 3, ['encodeURIComponent']);
  await sweep('qs.escape', qs.escape, () => ['a']);
  await sweep('qs.unescape', qs.unescape, () => ['a']);
  await sweep('qs.unescapeBuffer', qs.unescapeBuffer, () => ['a', true]);
  const { StringDecoder } = require('string_decoder');
  await sweep('StringDecoder', (v) => { new StringDecoder(v); }, () => ['utf8']);
  const sd = () => new StringDecoder();
  await sweep('sd.write', sd().write, () => [Buffer.from('a')], { self: sd });
  await sweep('sd.end', sd().end, () => [Buffer.from('a')], { self: sd });
  await sweep('sd.text', sd().text, () => [Buffer.from('a'), 0], { self: sd });
  await sweep('sd.write on {}', sd().write, () => [Buffer.from('a')], { self: () => ({}), places: [] });
  const os = require('os');
  await sweep('os.getPriority', os.getPriority, () => [0], { skip: (i, v) => v === '1.5' });
  await sweep('os.setPriority', os.setPriority, () => [2147483647, 1]);
  await sweep('os.userInfo', os.userInfo, () => [{}]);
  await options('os.userInfo', os.userInfo, () => [{}], 0, ['encoding']);
  const punycode = require('punycode');
  for (const name of ['decode', 'encode', 'toASCII', 'toUnicode']) await sweep('punycode.' + name, punycode[name], () => ['a']);
  await sweep('ucs2.encode', punycode.ucs2.encode, () => [[97]]);
  await sweep('ucs2.decode', punycode.ucs2.decode, () => ['a']);
  await sweep('TextDecoder', (...a) => { new TextDecoder(...a); }, () => ['utf-8', {}]);
  const td = () => new TextDecoder();
  await sweep('td.decode', td().decode, () => [Buffer.from('a'), {}], { self: td });
  const te = () => new TextEncoder();
  await sweep('te.encode', te().encode, () => ['a'], { self: te });
  await sweep('te.encodeInto', te().encodeInto, () => ['a', new Uint8Array(4)], { self: te });
})();
