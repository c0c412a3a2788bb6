'use strict';
// fs.promises. Most of its functions are Go functions; here are those that
// take or give streams, iterators and FileHandles.

const native = internalBinding('internal/fs/promises');
const { codes } = require('internal/errors');

const names = ['access', 'copyFile', 'cp', 'glob', 'open', 'opendir', 'rename', 'truncate', 'rm', 'rmdir', 'mkdir', 'readdir',
               'readlink', 'symlink', 'lstat', 'stat', 'statfs', 'link', 'unlink', 'chmod', 'lchmod', 'lchown', 'chown',
               'utimes', 'lutimes', 'realpath', 'mkdtemp', 'mkdtempDisposable', 'writeFile', 'appendFile', 'readFile', 'watch'];

const ours = {
  __proto__: null,
  open: native.handle.open,

  async cp(src, dest, options) { return require('internal/fs/cp').cpPromise(src, dest, options); },

  glob(pattern, options) { return require('internal/fs/glob').globPromise(pattern, options); },

  opendir(path, options) {
    return new Promise((resolve, reject) => {
      require('fs').opendir(path, options || {}, (err, dir) => (err ? reject(err) : resolve(dir)));
    });
  },

  lchmod(path, mode) {
    if (native.lchmod === undefined || process.platform !== 'darwin') {
      return Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()'));
    }
    return native.lchmod(path, mode);
  },

  async mkdtempDisposable(prefix, options) {
    const cwd = process.cwd();
    const path = await native.mkdtemp(prefix, options);
    const full = require('path').resolve(cwd, path);
    const remove = async () => {
      await native.rm(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
    };
    return {
      __proto__: null,
      path,
      remove,
      async [Symbol.asyncDispose]() { await remove(); },
    };
  },

  writeFile(path, data, options) {
    if (needsIteration(data)) return writeFileIterable(path, data, options, 'w');
    return native.writeFile(path, data, options);
  },

  appendFile(path, data, options) {
    if (isFileHandle(path)) return path.appendFile(data, options);
    return native.appendFile(path, data, options);
  },

  watch(filename, options) { return require('internal/fs/watchers').watchPromise(filename, options); },
};

const exported = {};
for (let i = 0; i < names.length; i++) exported[names[i]] = ours[names[i]] || native[names[i]];
exported.constants = require('fs').constants;

function isFileHandle(value) { return value !== null && typeof value === 'object' && value[native.kHandle] !== undefined; }

function needsIteration(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

async function writeFileIterable(path, data, options, flag) {
  const given = options === null || options === undefined ? {} : typeof options === 'string' ? { encoding: options } : options;
  if (given.signal !== undefined) require('internal/validators').validateAbortSignal(given.signal, 'options.signal');
  checkAborted(given.signal);
  if (isFileHandle(path)) return writeIterable(path, data, options);
  const handle = await exported.open(path, given.flag || flag, given.mode === undefined ? 0o666 : given.mode);
  try {
    await writeIterable(handle, data, given);
    if (given.flush) await handle.sync();
  } finally {
    await handle.close();
  }
}

function checkAborted(signal) {
  if (signal !== undefined && signal !== null && signal.aborted) {
    throw new (require('internal/errors').AbortError)(undefined, { cause: signal.reason });
  }
}

// Writes what an iterable gives, one chunk after the other.
async function writeIterable(handle, data, options) {
  const given = options === null || options === undefined ? {} : typeof options === 'string' ? { encoding: options } : options;
  const encoding = given.encoding || 'utf8';
  const async = typeof data[Symbol.asyncIterator] === 'function';
  const it = async ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
  let finished = false;
  try {
    for (;;) {
      checkAborted(given.signal);
      const step = async ? await it.next() : it.next();
      if (step.done) {
        finished = true;
        break;
      }
      const chunk = async ? step.value : await step.value;
      checkAborted(given.signal);
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
        throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
      }
      let buf = typeof chunk === 'string' ? Buffer.from(chunk, encoding) :
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      while (buf.length > 0) {
        const { bytesWritten } = await handle.write(buf, 0, Math.min(buf.length, 512 * 1024));
        buf = buf.subarray(bytesWritten);
      }
    }
  } finally {
    if (!finished && typeof it.return === 'function') await it.return();
  }
}

module.exports = exported;
Object.defineProperty(exported, 'writeIterable', { __proto__: null, value: writeIterable, enumerable: false });
