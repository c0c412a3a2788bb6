'use strict';
const { sweep } = require('./lib.js');
const { dir, file, none, remove, skipFor } = require('./fs_setup.js');
const fs = require('fs');
const path = require('path');

const fd = fs.openSync(file, 'r+');
const keep = (r) => { if (typeof r === 'number') fs.closeSync(r); };

(async () => {
  const list = {
    accessSync: () => [file, 0],
    appendFileSync: () => [file, 'x', 'utf8'],
    chmodSync: () => [file, 0o644],
    chownSync: () => [none, 1, 1],
    closeSync: () => [99999],
    copyFileSync: () => [none, none, 0],
    cpSync: () => [none, none, {}],
    existsSync: () => [file],
    fchmodSync: () => [fd, 0o644],
    fchownSync: () => [99999, 1, 1],
    fdatasyncSync: () => [fd],
    fstatSync: () => [fd, {}],
    fsyncSync: () => [fd],
    ftruncateSync: () => [fd, 3],
    futimesSync: () => [fd, 1, 1],
    globSync: () => [path.join(dir, 'f*'), {}],
    lchownSync: () => [none, 1, 1],
    linkSync: () => [none, none],
    lstatSync: () => [file, {}],
    lutimesSync: () => [file, 1, 1],
    mkdirSync: () => [none, {}],
    mkdtempSync: () => [none, 'utf8'],
    opendirSync: () => [none, {}],
    readdirSync: () => [dir, {}],
    readFileSync: () => [file, 'utf8'],
    readlinkSync: () => [file, 'utf8'],
    readSync: () => [fd, Buffer.alloc(8), 0, 2, 0],
    readvSync: () => [fd, [Buffer.alloc(4)], 0],
    realpathSync: () => [file, 'utf8'],
    renameSync: () => [none, none],
    rmdirSync: () => [none, {}],
    rmSync: () => [none, {}],
    statSync: () => [file, {}],
    statfsSync: () => [file, {}],
    symlinkSync: () => [none, none, 'file'],
    truncateSync: () => [file, 3],
    unlinkSync: () => [none],
    utimesSync: () => [file, 1, 1],
    writeFileSync: () => [file, 'x', 'utf8'],
    writeSync: () => [fd, Buffer.alloc(8), 0, 2, 0],
    writevSync: () => [fd, [Buffer.alloc(4)], 0],
  };
  for (const name of Object.keys(list)) await sweep(name, fs[name], list[name], { skip: skipFor(name) });
  await sweep('openSync', fs.openSync, () => [file, 'r', 0o666], { keep });
  await sweep('realpathSync.native', fs.realpathSync.native, () => [file, 'utf8']);
  await sweep('writeSync string', fs.writeSync, () => [fd, 'x', 0, 'utf8'], { skip: skipFor('write') });
  await sweep('writeSync options', fs.writeSync, () => [fd, Buffer.alloc(8), {}]);
  await sweep('readSync options', fs.readSync, () => [fd, Buffer.alloc(8), {}]);
  await sweep('_toUnixTimestamp', fs._toUnixTimestamp, () => [1]);
  fs.closeSync(fd);
  remove();
})();
