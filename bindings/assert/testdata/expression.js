// The message of a failed assert.ok quotes the program.
const assert = require('assert');
const show = (f) => { try { f(); } catch (e) { console.log(JSON.stringify(e.message), e.generatedMessage, e.actual); } };
show(() => assert(false)); show(() => assert.ok(1 === 2)); show(() => assert.ok(0, undefined)); show(() => assert(null, 'own')); show(() => assert());
show(() => { assert.ok(
  typeof 5 === 'string',
); });
show(() => {
  assert
    .ok(null);
});
show(() => assert.ok.call(null, 0)); show(() => assert['ok'](''));
const wrapper = (fn, value) => fn(value); show(() => wrapper(assert, false));
show(() => new Function('assert', 'assert(1 === 2);')(assert)); show(() => eval('let x = 1;\nassert.ok(x === 2);'));
const ässert = assert; show(() => { const ö = 'ä'; ässert.ok(ö === 'x'); });
show(() => assert(assert.ok(true) || [1, 2].includes(3) && 'str"ing'));
