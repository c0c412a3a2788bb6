// What is counted, in which order things run, and the exit code.
// exit: 1
const test = require('node:test');
const { describe, it, before, after, beforeEach, afterEach } = test;
const log = [];
test('passes', () => log.push('passes'));
test('async', async () => { await null; log.push('async'); });
test('callback', (t, done) => setImmediate(done));
test('fails', () => { throw new Error('no'); });
test('skipped', { skip: 'why' }, () => log.push('never'));
test('todo', { todo: true }, () => { throw new Error('later'); });
test('sub', async (t) => { t.beforeEach(() => log.push('t.beforeEach')); await t.test('one', () => log.push('one')); t.after(() => log.push('t.after')); });
test('plan', { plan: 1 }, (t) => t.assert.ok(1));
describe('suite', () => {
  before(() => log.push('before'));
  beforeEach(() => log.push('beforeEach'));
  afterEach(() => log.push('afterEach'));
  after(() => log.push('after'));
  it('x', () => log.push('x'));
  describe('inner', () => { it('y', () => log.push('y')); });
});
test('mocks', (t) => {
  const o = { f: (a) => a + 1 };
  t.mock.method(o, 'f', () => 42);
  log.push(`${o.f(1)} ${o.f.mock.callCount()}`);
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 5 });
  setTimeout(() => log.push(`mocked at ${Date.now()}`), 100);
  t.mock.timers.tick(100);
});
const write = process.stdout.write;
let out = '';
process.stdout.write = (s) => { out += s; return true; };
process.on('exit', () => {
  process.stdout.write = write;
  console.log(log.join('\n'));
  console.log(out.replace(/\(?\d+(\.\d+)?ms\)?/g, '(ms)').replace(/duration_ms .*/, 'duration').split('\n✖ failing')[0]);
});
