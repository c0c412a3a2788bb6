'use strict';
const { sweep, options } = require('./lib.js');
const { dir, file, none, remove, skipFor } = require('./fs_setup.js');
const fs = require('fs');

(async () => {
  const list = {
    access: () => [file, 0],
    appendFile: () => [file, 'x', 'utf8'],
    chmod: () => [file, 0o644],
    chown: () => [none, 1, 1],
    copyFile: () => [none, none, 0],
    cp: () => [none, none, {}],
    lchown: () => [none, 1, 1],
    link: () => [none, none],
    lstat: () => [file, {}],
    lutimes: () => [file, 1, 1],
    mkdir: () => [none, {}],
    mkdtemp: () => [none, 'utf8'],
    open: () => [none, 'r', 0o666],
    opendir: () => [none, {}],
    readdir: () => [dir, {}],
    readFile: () => [file, 'utf8'],
    readlink: () => [file, 'utf8'],
    realpath: () => [file, 'utf8'],
    rename: () => [none, none],
    rmdir: () => [none, {}],
    rm: () => [none, {}],
    stat: () => [file, {}],
    statfs: () => [file, {}],
    symlink: () => [none, none, 'file'],
    truncate: () => [file, 3],
    unlink: () => [none],
    utimes: () => [file, 1, 1],
    writeFile: () => [file, 'x', 'utf8'],
  };
  for (const name of Object.keys(list)) await sweep(name, fs.promises[name], list[name], { skip: skipFor(name) });

  const handle = await fs.promises.open(file, 'r+');
  const self = () => handle;
  const methods = {
    appendFile: () => ['x', 'utf8'],
    chmod: () => [0o644],
    chown: () => [-1, -1],
    read: () => [Buffer.alloc(8), 0, 2, 0],
    readFile: () => ['utf8'],
    readv: () => [[Buffer.alloc(4)], 0],
    stat: () => [{}],
    truncate: () => [3],
    utimes: () => [1, 1],
    write: () => [Buffer.alloc(8), 0, 2, 0],
    writeFile: () => ['x', 'utf8'],
    writev: () => [[Buffer.alloc(4)], 0],
  };
  const uids = (name) => (i, v) => name === 'chown' && (v === '1.5' || v === '2**31');
  for (const name of Object.keys(methods)) {
    await sweep('handle.' + name, handle[name], methods[name], { self, skip: (i, v) => uids(name)(i, v) || skipFor(name)(i + 1, v), short: name !== 'chown' });
  }
  await sweep('handle.write string', handle.write, () => ['x', 0, 'utf8'], { self, skip: (i, v) => v.startsWith('2**') });
  await options('handle.read', handle.read, () => [{ buffer: Buffer.alloc(8) }], 0, ['buffer', 'offset', 'length', 'position'], { self });
  await options('handle.write', handle.write, () => [Buffer.alloc(8), {}], 1, ['offset', 'length', 'position'], { self, skip: (n, v) => v.startsWith('2**') });
  await sweep('handle.createReadStream', handle.createReadStream, () => [{}], { self, short: false, skip: (i, v) => !/getters|revoked/.test(v) });
  await handle.close();
  // A closed one.
  for (const name of Object.keys(methods)) {
    await sweep('closed.' + name, handle[name], methods[name], { self, places: [] });
  }
  for (const name of Object.keys(methods)) {
    await sweep('foreign.' + name, handle[name], methods[name], { self: () => ({}), places: [] });
  }
  remove();
})();
