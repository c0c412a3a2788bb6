'use strict';
const seen = [];
process.on('multipleResolves', (type, promise, value) => seen.push(`${type} ${value} ${promise instanceof Promise}`));
const p = new Promise((resolve, reject) => {
  resolve('first');
  resolve('second');
  reject('third');
});
p.then((v) => setImmediate(() => console.log(v, seen.join())));
