'use strict';
// Makes the globals and the process object, and tells the runtime which
// functions to call. What a script may not need is made when it is touched.

const { setHook } = internalBinding('runtime');

require('internal/process/setup');

const tasks = require('internal/process/task_queues');
const execution = require('internal/process/execution');
setHook('processTicks', tasks.processTicks);
setHook('uncaught', execution.uncaught);
setHook('unhandledRejections', (news) => require('internal/process/promises').processRejections(news));
setHook('emitExit', execution.emitExit);
setHook('emitBeforeExit', execution.emitBeforeExit);

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}

function lazy(name, id, enumerable = false, key = name) {
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    get() {
      const value = require(id)[key];
      define(name, value, enumerable);
      return value;
    },
    set(value) { define(name, value, enumerable); },
  });
}

define('global', globalThis);
Object.defineProperty(globalThis, Symbol.toStringTag, { __proto__: null, value: 'global', configurable: true });
define('queueMicrotask', tasks.queueMicrotask, true);
// Node's own test suite reads this global in every test: it must be there even though it cannot work yet.
define('fetch', function fetch(input) { return Promise.try(require('internal/util').unimplemented('fetch()')); }, true);
process.nextTick = tasks.nextTick;
process._tickCallback = tasks.processTicks;

// Timers are loaded with the first one that a script sets.
let timers;
function loadTimers() {
  if (timers === undefined) {
    timers = require('internal/timers');
  }
  return timers;
}
for (const name of ['clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval', 'setTimeout']) {
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      loadTimers();
      const value = require('timers')[name];
      define(name, value, true);
      return value;
    },
    set(value) { define(name, value, true); },
  });
}

for (const [name, id, enumerable] of [
  ['AbortController', 'internal/abort_controller'],
  ['AbortSignal', 'internal/abort_controller'],
  ['Atomics', 'internal/shared_memory'],
  ['Blob', 'buffer'],
  ['BroadcastChannel', 'worker_threads'],
  ['Buffer', 'buffer'],
  ['ByteLengthQueuingStrategy', 'internal/webstreams/queuingstrategies'],
  ['CompressionStream', 'internal/webstreams/compression'],
  ['CountQueuingStrategy', 'internal/webstreams/queuingstrategies'],
  ['Crypto', 'internal/crypto/webcrypto'],
  ['CryptoKey', 'internal/crypto/webcrypto'],
  ['CustomEvent', 'internal/event_target'],
  ['DOMException', 'internal/domexception'],
  ['DecompressionStream', 'internal/webstreams/compression'],
  ['Event', 'internal/event_target'],
  ['EventTarget', 'internal/event_target'],
  ['File', 'buffer'],
  ['FinalizationRegistry', 'internal/weak'],
  ['MessageChannel', 'worker_threads'],
  ['MessageEvent', 'internal/messaging'],
  ['MessagePort', 'worker_threads'],
  ['ReadableByteStreamController', 'internal/webstreams/bytestream'],
  ['ReadableStream', 'internal/webstreams/readablestream'],
  ['ReadableStreamBYOBReader', 'internal/webstreams/bytestream'],
  ['ReadableStreamBYOBRequest', 'internal/webstreams/bytestream'],
  ['ReadableStreamDefaultController', 'internal/webstreams/readablestream'],
  ['ReadableStreamDefaultReader', 'internal/webstreams/readablestream'],
  ['SharedArrayBuffer', 'internal/shared_memory'],
  ['SubtleCrypto', 'internal/crypto/webcrypto'],
  ['TextDecoder', 'internal/encoding'],
  ['TextDecoderStream', 'internal/webstreams/encoding'],
  ['TextEncoder', 'internal/encoding'],
  ['TextEncoderStream', 'internal/webstreams/encoding'],
  ['TransformStream', 'internal/webstreams/transformstream'],
  ['TransformStreamDefaultController', 'internal/webstreams/transformstream'],
  ['URL', 'internal/url'],
  ['URLPattern', 'internal/urlpattern'],
  ['URLSearchParams', 'internal/url'],
  ['WritableStream', 'internal/webstreams/writablestream'],
  ['WritableStreamDefaultController', 'internal/webstreams/writablestream'],
  ['WritableStreamDefaultWriter', 'internal/webstreams/writablestream'],
  ['WeakRef', 'internal/weak'],
  ['atob', 'buffer', true],
  ['btoa', 'buffer', true],
  ['console', 'internal/console/global'],
  ['crypto', 'internal/crypto/webcrypto', true],
  ['performance', 'perf_hooks', true],
  ['structuredClone', 'internal/structured_clone', true],
]) lazy(name, id, enumerable);

module.exports = { loadTimers };
