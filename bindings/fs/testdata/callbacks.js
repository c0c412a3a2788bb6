'use strict';
const { at, fs, show } = require('./tmp');
const f = at('f');
fs.writeFile(f, 'hello', function() {
  show('writeFile', [arguments.length, arguments[0]]);
  fs.readFile(f, function(e, data) {
    show('readFile', [arguments.length, e, data.toString()]);
    fs.open(f, (e, fd) => {
      fs.read(fd, Buffer.alloc(3), 0, 3, 1, function(e, n, b) {
        show('read', [arguments.length, e, n, b.toString()]);
        fs.read(fd, { position: 0, length: 2 }, (e, n, b) => {
          show('read options', [n, b.length, b.toString('latin1', 0, 2)]);
          fs.write(fd, 'x', function(e) {
            show('write', [arguments.length, e.code, arguments[1], arguments[2]]);
            fs.close(fd, function(e) {
              show('close', [arguments.length, e]);
              fs.mkdir(at('d/e'), { recursive: true }, function(e, p) {
                show('mkdir', [arguments.length, e, p]);
                fs.mkdir(at('d/e'), { recursive: true }, function(e, p) {
                  show('mkdir again', [arguments.length, e]);
                  fs.exists(f, function(x) {
                    show('exists', [arguments.length, x]);
                    promisified();
                  });
                });
              });
            });
          });
        });
      });
    });
  });
});
async function promisified() {
  const { promisify } = require('util');
  const fd = await promisify(fs.open)(f, 'r+');
  show('read', Object.keys(await promisify(fs.read)(fd, Buffer.alloc(2), 0, 2, 0)));
  show('write', Object.keys(await promisify(fs.write)(fd, 'ab')));
  show('readv', Object.keys(await promisify(fs.readv)(fd, [Buffer.alloc(1)])));
  show('writev', Object.keys(await promisify(fs.writev)(fd, [Buffer.alloc(1)])));
  show('exists', [await promisify(fs.exists)(f), await promisify(fs.exists)(at('no'))]);
  await promisify(fs.close)(fd);
}
