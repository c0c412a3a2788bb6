'use strict';
// stream/consumers: all of a stream (or any iterable), in one value.

async function each(stream, fn) {
  const isAsync = typeof stream[Symbol.asyncIterator] === 'function';
  const iterator = isAsync ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  for (;;) {
    let res = iterator.next();
    if (isAsync) res = await res;
    if (res.done) return;
    fn(isAsync ? res.value : await res.value);
  }
}

async function blob(stream) {
  const chunks = [];
  await each(stream, (chunk) => { chunks.push(chunk); });
  const { Blob } = require('buffer');
  return new Blob(chunks);
}

async function arrayBuffer(stream) {
  const ret = await blob(stream);
  return ret.arrayBuffer();
}

async function bytes(stream) {
  const ret = await blob(stream);
  return new Uint8Array(await ret.arrayBuffer());
}

async function buffer(stream) {
  const { Buffer } = require('buffer');
  return Buffer.from(await arrayBuffer(stream));
}

async function text(stream) {
  const decoder = new TextDecoder();
  const parts = [];
  await each(stream, (chunk) => {
    parts.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
  });
  parts.push(decoder.decode()); // what an unfinished sequence left
  return parts.join('');
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, text, json };
