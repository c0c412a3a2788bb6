'use strict';
const { sweep, CB } = require('./lib.js');
const { dir, file, none, remove, skipFor } = require('./fs_setup.js');
const fs = require('fs');
const path = require('path');

const fd = fs.openSync(file, 'r+');

(async () => {
  const list = {
    access: () => [file, 0, CB],
    appendFile: () => [file, 'x', 'utf8', CB],
    chmod: () => [file, 0o644, CB],
    chown: () => [none, 1, 1, CB],
    close: () => [99999, CB],
    copyFile: () => [none, none, 0, CB],
    cp: () => [none, none, {}, CB],
    exists: () => [none, CB],
    fchmod: () => [fd, 0o644, CB],
    fchown: () => [99999, 1, 1, CB],
    fdatasync: () => [fd, CB],
    fstat: () => [fd, {}, CB],
    fsync: () => [fd, CB],
    ftruncate: () => [fd, 3, CB],
    futimes: () => [fd, 1, 1, CB],
    glob: () => [path.join(dir, 'f*'), {}, CB],
    lchown: () => [none, 1, 1, CB],
    link: () => [none, none, CB],
    lstat: () => [file, {}, CB],
    lutimes: () => [file, 1, 1, CB],
    mkdir: () => [none, {}, CB],
    mkdtemp: () => [none, 'utf8', CB],
    open: () => [none, 'r', 0o666, CB],
    opendir: () => [none, {}, CB],
    readdir: () => [dir, {}, CB],
    readFile: () => [file, 'utf8', CB],
    readlink: () => [file, 'utf8', CB],
    read: () => [fd, Buffer.alloc(8), 0, 2, 0, CB],
    readv: () => [fd, [Buffer.alloc(4)], 0, CB],
    realpath: () => [file, 'utf8', CB],
    rename: () => [none, none, CB],
    rmdir: () => [none, {}, CB],
    rm: () => [none, {}, CB],
    stat: () => [file, {}, CB],
    statfs: () => [file, {}, CB],
    symlink: () => [none, none, 'file', CB],
    truncate: () => [file, 3, CB],
    unlink: () => [none, CB],
    utimes: () => [file, 1, 1, CB],
    writeFile: () => [file, 'x', 'utf8', CB],
    write: () => [fd, Buffer.alloc(8), 0, 2, 0, CB],
    writev: () => [fd, [Buffer.alloc(4)], 0, CB],
  };
  // rm finds out too late that its callback is none, and throws from nowhere.
  for (const name of Object.keys(list)) {
    await sweep(name, fs[name], list[name], { skip: skipFor(name), ...(name === 'rm' ? { short: false, places: [0, 1] } : {}) });
  }
  await sweep('realpath.native', fs.realpath.native, () => [file, 'utf8', CB]);
  await sweep('write string', fs.write, () => [fd, 'x', 0, 'utf8', CB], { skip: skipFor('write') });
  await sweep('write options', fs.write, () => [fd, Buffer.alloc(8), {}, CB]);
  await sweep('read options', fs.read, () => [fd, Buffer.alloc(8), {}, CB]);
  await sweep('read object', fs.read, () => [fd, { buffer: Buffer.alloc(8) }, CB]);
  await sweep('openAsBlob', fs.openAsBlob, () => [file, {}]);
  fs.closeSync(fd);
  remove();
})();
