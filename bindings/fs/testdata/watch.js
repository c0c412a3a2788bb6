'use strict';
const { at, attempt, error, fs, show } = require('./tmp');
fs.writeFileSync(at('f'), '1');
attempt('missing', () => fs.watch(at('nope')));
const w = fs.watch(at('.'));
w.once('change', (type, name) => {
  show('change', [type, name]);
  w.on('close', () => { show('closed', true); file(); });
  w.close();
});
setTimeout(() => fs.writeFileSync(at('g'), 'x'), 20);
function file() {
  fs.watchFile(at('f'), { interval: 10 }, (now, before) => {
    show('file', [now.size, before.size]);
    fs.unwatchFile(at('f'));
    iterate();
  });
  setTimeout(() => fs.writeFileSync(at('f'), 'longer'), 50);
}
async function iterate() {
  const c = new AbortController();
  const it = fs.promises.watch(at('.'), { signal: c.signal });
  setTimeout(() => fs.unlinkSync(at('g')), 20);
  show('next', (await it.next()).value);
  c.abort();
  await it.next().catch((e) => error('aborted', e));
}
