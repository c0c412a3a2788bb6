// The fields that programs read.
const { Readable, Writable, Duplex, Transform, PassThrough, Stream, getDefaultHighWaterMark } = require('stream');
const log = console.log;
const pick = (s, names) => names.map((n) => `${n}=${typeof s[n] === 'object' && s[n] ? JSON.stringify(s[n]) : s[n]}`).join(' ');
const R = ['objectMode', 'highWaterMark', 'length', 'flowing', 'ended', 'endEmitted', 'reading', 'sync', 'needReadable', 'emittedReadable',
  'readableListening', 'resumeScheduled', 'errorEmitted', 'emitClose', 'autoDestroy', 'destroyed', 'errored', 'closed', 'closeEmitted',
  'defaultEncoding', 'awaitDrainWriters', 'multiAwaitDrain', 'readingMore', 'dataEmitted', 'decoder', 'encoding', 'pipes', 'pipesCount', 'paused', 'constructed', 'buffer'];
const W = ['objectMode', 'highWaterMark', 'finalCalled', 'needDrain', 'ending', 'ended', 'finished', 'destroyed', 'decodeStrings', 'defaultEncoding', 'length',
  'writing', 'corked', 'sync', 'bufferProcessing', 'writelen', 'afterWriteTickInfo', 'pendingcb', 'constructed', 'prefinished', 'errorEmitted',
  'emitClose', 'autoDestroy', 'errored', 'closed', 'closeEmitted', 'bufferedRequestCount', 'allBuffers', 'allNoop', 'buffered'];
log(pick(new Readable()._readableState, R));
log(pick(new Writable()._writableState, W));
log(pick(new Transform({ objectMode: true })._readableState, R));
log(pick(new Duplex({ readableHighWaterMark: 3, writableObjectMode: true })._writableState, W));
const r = new Readable({ encoding: 'utf8', read() {} });
r.push('x'); r.on('data', () => {}); r.push(null);
log(pick(r._readableState, R.filter((n) => n !== 'decoder')));
const w = new Writable({ write() {} });
w.write('a'); w.write('b');
log(pick(w._writableState, W.filter((n) => n !== 'buffered')), w._writableState.getBuffer().length);
log(Object.keys(Stream).join());
for (const C of [Readable, Writable, Duplex, Transform, PassThrough]) log(C.name, C.length, Object.keys(C).join(), Object.keys(C.prototype).join());
log(getDefaultHighWaterMark(false), getDefaultHighWaterMark(true));
log(new Duplex() instanceof Writable, new Writable() instanceof Readable, new Transform() instanceof Writable, {} instanceof Writable);
const names = new Duplex(); for (const e of ['readable', 'foo', 'error', 'finish', 'close']) names.on(e, () => {});
log(names.eventNames());
