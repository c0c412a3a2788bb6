// promisify, callbackify, inherits, deprecate, styleText, parseEnv, error names and the rest.
const util = require('util');
const ok = (a, cb) => cb(null, a + 1), bad = (cb) => cb(new Error('bad'));
(async () => {
  console.log(await util.promisify(ok)(1), util.promisify(ok).name, util.promisify(ok).length);
  await util.promisify(bad)().catch((e) => console.log(e.message));
  const custom = Object.assign(() => {}, { [util.promisify.custom]: () => Promise.resolve('custom') });
  console.log(await util.promisify(custom)());
  util.callbackify(async (x) => x * 2)(4, (err, v) => console.log('callbackified', err, v));
  util.callbackify(() => Promise.reject(null))((err) => console.log(err.code, err.reason));
  console.log(util.callbackify(async function named(a) {}).name, util.callbackify(async function named(a) {}).length);
})();
function P() {} function C() {} util.inherits(C, P);
console.log(C.super_ === P, new C() instanceof P);
for (const f of [() => util.inherits(C, null), () => util.inherits(null, P), () => util.inherits(C, {}), () => util.promisify(1), () => util.callbackify(1), () => util.styleText('nocolor', 'x'), () => util.styleText('red', 1),
  () => util.getSystemErrorName(1), () => util.getSystemErrorName('x'), () => util.parseEnv(1), () => util.stripVTControlCharacters(1)]) {
  try { f(); console.log('no error'); } catch (e) { console.log(e.name, e.code, e.message.slice(0, 120)); }
}
console.log(JSON.stringify([util.styleText('red', 'a', { validateStream: false }), util.styleText(['bold', 'underline'], 'b', { validateStream: false }), util.styleText('none', 'c')]));
console.log(util.parseEnv('A=1\nB = two words \nC="quoted # not\\nnew"\nD=\'single\\n\'\nexport E=e # comment\n#x\nF=\nG=`back`\nH="multi\nline"\nI=a=b\n'));
console.log(util.getSystemErrorName(-2), util.getSystemErrorMessage(-2), util.getSystemErrorMap().get(-13), util.getSystemErrorName(-99999));
console.log(JSON.stringify(util.toUSVString('a\ud800b')), util.stripVTControlCharacters('\u001b[31mred\u001b[39m \u001b]8;;http://x\u0007link\u001b]8;;\u0007'));
console.log(util.diff('abc', 'adc'), util.diff(['a', 'b'], ['a', 'b']), util.diff(['a', 'b'], ['b', 'c']));
console.log(util.types === require('util/types'), Object.keys(util), Object.keys(util.types).length);
const m = new util.MIMEType('Text/HTML; charset="utf-8"; x=a b;y');
console.log(String(m), m.type, m.essence, m.params.get('charset'), m.params.has('x'), [...m.params]);
try { new util.MIMEType('bad'); } catch (e) { console.log(e.code, e.message); }
console.log(util.convertProcessSignalToExitCode('SIGTERM'), util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.isDeepStrictEqual([0], [-0]));
