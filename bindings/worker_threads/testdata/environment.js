// process.env of a worker: a copy, an object, or the parent's own; environment data.
const { Worker, SHARE_ENV, setEnvironmentData, getEnvironmentData } = require('worker_threads');
process.env.A = 'parent';
setEnvironmentData('k', { v: 1 });
setEnvironmentData('gone', 1);
setEnvironmentData('gone', undefined);
const source = `const { getEnvironmentData } = require('worker_threads');
  console.log(process.env.A, process.env.B, getEnvironmentData('k'), getEnvironmentData('gone'));
  process.env.A = 'worker'; process.env.B = 'new';`;
const list = [undefined, { A: 1, B: false }, SHARE_ENV, SHARE_ENV];
(function next(i) {
  if (i === list.length) return console.log(getEnvironmentData('k'));
  new Worker(source, { eval: true, env: list[i] }).on('exit', () => { console.log(process.env.A, process.env.B); next(i + 1); });
})(0);
