'use strict';
const { sweep, options } = require('./lib.js');
const { dir, file, none, remove } = require('./fs_setup.js');
const fs = require('fs');

const keep = (r) => r?.destroy?.();
const closing = (r) => r?.close?.();

(async () => {
  await sweep('createReadStream', fs.createReadStream, () => [file, {}], { keep, wait: true });
  await sweep('createWriteStream', fs.createWriteStream, () => [file, {}], { keep, wait: true });
  await options('createReadStream', fs.createReadStream, () => [file, {}], 1,
    ['flags', 'encoding', 'fd', 'mode', 'autoClose', 'emitClose', 'start', 'end', 'highWaterMark', 'fs', 'signal'], { keep, wait: true });
  await options('createWriteStream', fs.createWriteStream, () => [file, {}], 1,
    ['flags', 'encoding', 'fd', 'mode', 'autoClose', 'emitClose', 'start', 'highWaterMark', 'fs', 'signal', 'flush'], { keep, wait: true });
  await sweep('ReadStream', fs.ReadStream, () => [none, {}], { keep, wait: true });
  await sweep('WriteStream', fs.WriteStream, () => [none, {}], { keep, wait: true });
  await sweep('watch', fs.watch, () => [none, {}, () => {}], { keep: closing });
  await options('watch', fs.watch, () => [none, {}], 1, ['persistent', 'recursive', 'encoding', 'signal', 'ignore'], { keep: closing });
  await sweep('watchFile', fs.watchFile, () => [none, {}, () => {}], { keep: (r) => r?.stop?.(), skip: (i, v) => i === 2 && v === 'fn', places: [] });
  await options('readFileSync', fs.readFileSync, () => [file, {}], 1, ['encoding', 'flag']);
  await options('writeFileSync', fs.writeFileSync, () => [file, 'x', {}], 2, ['encoding', 'flag', 'mode', 'flush']);
  await options('readdirSync', fs.readdirSync, () => [dir, {}], 1, ['encoding', 'withFileTypes', 'recursive']);
  await options('mkdirSync', fs.mkdirSync, () => [none, {}], 1, ['mode']);
  await options('rmSync', fs.rmSync, () => [none, {}], 1, ['force', 'maxRetries', 'recursive', 'retryDelay']);
  await options('rmdirSync', fs.rmdirSync, () => [none, {}], 1, ['maxRetries', 'recursive', 'retryDelay']);
  await options('cpSync', fs.cpSync, () => [none, none, {}], 2, ['dereference', 'errorOnExist', 'filter', 'force', 'mode', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']);
  await options('opendirSync', fs.opendirSync, () => [none, {}], 1, ['encoding', 'bufferSize', 'recursive']);
  await options('statSync', fs.statSync, () => [none, {}], 1, ['bigint', 'throwIfNoEntry']);
  await options('openAsBlob', fs.openAsBlob, () => [file, {}], 1, ['type']);
  await options('readSync', fs.readSync, () => [99999, Buffer.alloc(8), {}], 2, ['offset', 'length', 'position']);
  await options('globSync', fs.globSync, () => ['none*', { cwd: dir }], 1, ['cwd', 'exclude', 'withFileTypes']);
  await options('promises.readFile', fs.promises.readFile, () => [file, {}], 1, ['encoding', 'flag', 'signal']);
  await options('promises.writeFile', fs.promises.writeFile, () => [file, 'x', {}], 2, ['encoding', 'flag', 'mode', 'flush', 'signal']);
  await options('promises.rm', fs.promises.rm, () => [none, {}], 1, ['force', 'maxRetries', 'recursive', 'retryDelay']);
  await options('promises.cp', fs.promises.cp, () => [none, none, {}], 2, ['dereference', 'errorOnExist', 'filter', 'force', 'mode', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']);
  remove();
})();
