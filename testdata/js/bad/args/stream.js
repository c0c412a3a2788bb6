'use strict';
const { sweep, options, CB } = require('./lib.js');
const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough } = stream;

(async () => {
  const kinds = { Readable, Writable, Duplex, Transform };
  for (const [name, C] of Object.entries(kinds)) {
    await sweep('new ' + name, (o) => { new C(o); }, () => [{}]);
    await options('new ' + name, (o) => { new C(o).on('error', () => {}); }, () => [{}], 0,
      ['highWaterMark', 'readableHighWaterMark', 'writableHighWaterMark', 'encoding', 'defaultEncoding', 'objectMode', 'signal', 'read', 'write', 'writev', 'final',
        'destroy', 'construct', 'transform', 'flush', 'autoDestroy', 'emitClose', 'decodeStrings', 'allowHalfOpen']);
  }
  const r = () => new Readable({ read() {} }).on('error', () => {});
  const w = () => new Writable({ write(c, e, cb) { cb(); } }).on('error', () => {});
  const d = () => new PassThrough().on('error', () => {});
  const o = () => new Readable({ read() {}, objectMode: true }).on('error', () => {});
  for (const [name, make] of Object.entries({
    push: () => ['x', 'utf8'], unshift: () => ['x', 'utf8'], read: () => [1], setEncoding: () => ['utf8'], pipe: () => [w(), {}], unpipe: () => [w()], wrap: () => [r()],
    destroy: () => [new Error('x')], pause: () => [], resume: () => [], isPaused: () => [], on: () => ['data', () => {}], iterator: () => [{}],
    map: () => [(x) => x, {}], filter: () => [(x) => x, {}], forEach: () => [(x) => x, {}], some: () => [(x) => x, {}], every: () => [(x) => x, {}], find: () => [(x) => x, {}],
    flatMap: () => [(x) => [x], {}], take: () => [1, {}], drop: () => [1, {}], reduce: () => [(a) => a, 0, {}], toArray: () => [{}], compose: () => [d(), {}],
  })) {
    await sweep('readable.' + name, (...a) => { const s = Readable.from([]).on('error', () => {}); const x = s[name](...a); return require('util').types.isPromise(x) ? x : undefined; }, make);
    if (name === 'push' || name === 'unshift') await sweep('object readable.' + name, (...a) => { o()[name](...a); }, make);
  }
  for (const [name, make] of Object.entries({
    write: () => ['x', 'utf8', () => {}], end: () => ['x', 'utf8', () => {}], setDefaultEncoding: () => ['utf8'], cork: () => [], uncork: () => [], destroy: () => [new Error('x')], pipe: () => [w()],
  })) {
    await sweep('writable.' + name, (...a) => { w()[name](...a); }, make, { skip: (i, v) => name === 'destroy' && false });
    await sweep('transform.' + name, (...a) => { d()[name](...a); }, make);
  }
  await sweep('write after end', (v) => new Promise((yes, no) => { const s = w().on('error', no); s.end(); s.write(v); }), () => ['x']);
  await sweep('write after destroy', (v) => new Promise((yes) => { const s = w(); s.destroy(); s.write(v, yes); }).then((e) => { throw e; }), () => ['x']);
  await sweep('push after end', (v) => new Promise((yes, no) => { const s = r().on('error', no); s.push(null); s.push(v); yes(); }), () => ['x']);
  await sweep('callback error', (v) => new Promise((yes, no) => { const s = new Writable({ write(c, e, cb) { cb(v); } }).on('error', no); s.write('x', yes); }).then((e) => { if (e) throw e; }), () => [null]);
  await sweep('transform result', (v) => new Promise((yes, no) => { const s = new Transform({ transform(c, e, cb) { cb(null, v); } }).on('error', no); s.write('x', yes); }).then((e) => { if (e) throw e; }), () => ['x']);
  await sweep('construct error', (v) => new Promise((yes, no) => { const s = new Writable({ construct(cb) { cb(v); } }).on('error', no); setImmediate(yes); }), () => [null]);
  await sweep('destroy error', (v) => new Promise((yes, no) => { const s = new Writable({ destroy(e, cb) { cb(v); } }).on('error', no).on('close', yes); s.destroy(); }), () => [null]);
  await sweep('finished', (...a) => { stream.finished(...a); }, () => [r(), {}, () => {}]);
  await options('finished', (...a) => { stream.finished(...a); }, () => [r(), {}, () => {}], 1, ['readable', 'writable', 'error', 'signal', 'cleanup']);
  await sweep('pipeline', (...a) => { stream.pipeline(...a); }, () => [r(), w(), () => {}]);
  await sweep('pipeline two', (...a) => { stream.pipeline(...a); }, () => [() => ['x'], async function* f(s) { yield* s; }, () => {}], { places: [0, 1] });
  await sweep('addAbortSignal', (...a) => { stream.addAbortSignal(...a); }, () => [new AbortController().signal, r()]);
  await sweep('compose', (...a) => { stream.compose(...a).on('error', () => {}); }, () => [d(), d()]);
  await sweep('Readable.from', (...a) => { Readable.from(...a).on('error', () => {}); }, () => [['x'], {}]);
  await sweep('Duplex.from', (...a) => { Duplex.from(...a).on('error', () => {}); }, () => [{ readable: r() }]);
  await sweep('Readable.from chunk', (v) => Readable.from([v], { objectMode: false }).toArray(), () => ['x']);
  await sweep('Readable.fromWeb', (...a) => { Readable.fromWeb(...a); }, () => [new ReadableStream(), {}]);
  await sweep('Writable.fromWeb', (...a) => { Writable.fromWeb(...a); }, () => [new WritableStream(), {}]);
  await sweep('Readable.toWeb', (...a) => { Readable.toWeb(...a); }, () => [r(), {}]);
  await sweep('Writable.toWeb', (...a) => { Writable.toWeb(...a); }, () => [w()]);
  await sweep('isDisturbed', stream.isDisturbed, () => [r()]);
  await sweep('isErrored', stream.isErrored, () => [r()]);
  await sweep('isReadable', stream.isReadable, () => [r()]);
  await sweep('isWritable', stream.isWritable, () => [w()]);
  await sweep('setDefaultHighWaterMark', stream.setDefaultHighWaterMark, () => [false, 65536], { places: [0] });
  await sweep('setDefaultHighWaterMark value', (v) => stream.setDefaultHighWaterMark(false, v), () => [65536]);
  stream.setDefaultHighWaterMark(false, 65536);
  await sweep('getDefaultHighWaterMark', stream.getDefaultHighWaterMark, () => [false]);
  const { pipeline, finished } = stream.promises;
  await sweep('promises.pipeline', (...a) => { const p = pipeline(...a); p.catch(() => {}); return a.length < 2 ? p : undefined; }, () => [r(), w(), {}]);
  await sweep('promises.finished', (...a) => { const p = finished(...a); p.catch(() => {}); }, () => [r(), {}]);
  const consumers = require('stream/consumers');
  for (const name of ['text', 'json', 'buffer', 'arrayBuffer', 'blob']) await sweep('consumers.' + name, consumers[name], () => [Readable.from(['1'])]);
  await sweep('consumers.text chunk', (v) => consumers.text(Readable.from([v])), () => ['x']);

  await sweep('ReadableStream', (...a) => { new ReadableStream(...a); }, () => [{}, {}]);
  await options('ReadableStream', (...a) => { new ReadableStream(...a); }, () => [{}, {}], 0, ['start', 'pull', 'cancel', 'type', 'autoAllocateChunkSize']);
  await options('ReadableStream strategy', (...a) => { new ReadableStream(...a); }, () => [{}, {}], 1, ['highWaterMark', 'size']);
  await sweep('WritableStream', (...a) => { new WritableStream(...a); }, () => [{}, {}]);
  await sweep('TransformStream', (...a) => { new TransformStream(...a); }, () => [{}, {}, {}]);
  const rs = () => new ReadableStream();
  await sweep('rs.getReader', (...a) => { rs().getReader(...a); }, () => [{}]);
  await sweep('rs.pipeTo', (...a) => { const p = rs().pipeTo(...a); p.catch(() => {}); return a[0] instanceof WritableStream ? undefined : p; }, () => [new WritableStream(), {}]);
  await sweep('rs.pipeThrough', (...a) => { rs().pipeThrough(...a); }, () => [new TransformStream(), {}]);
  await sweep('rs.tee on {}', ReadableStream.prototype.tee, () => [], { self: () => ({}) });
  await sweep('CompressionStream', (v) => { new CompressionStream(v); }, () => ['gzip']);
  await sweep('DecompressionStream', (v) => { new DecompressionStream(v); }, () => ['gzip']);
  await sweep('CountQueuingStrategy', (v) => { new CountQueuingStrategy(v); }, () => [{ highWaterMark: 1 }]);
  await sweep('TextDecoderStream', (...a) => { new TextDecoderStream(...a); }, () => ['utf-8', {}]);
})();
