'use strict';
// What cannot be is a RangeError, never the end of the process.
function deep(n) { let a = []; for (let i = 0; i < n; i++) a = [a]; return a; }
for (const f of [
  () => ' '.repeat(2 ** 40), () => 'ab'.repeat(2 ** 29), () => ''.repeat(2 ** 40), () => 'x'.repeat(-1), () => 'x'.repeat(Infinity),
  () => 'x'.padEnd(2 ** 31), () => 'x'.padStart(2 ** 53), () => 'x'.padStart(2 ** 53, ''), () => 'x'.padEnd(-Infinity),
  () => new Array(2 ** 32 - 1).join('x'), () => new Array(-1), () => deep(1e5).flat(Infinity), () => String(deep(1e5)),
]) {
  try { console.log(f()); } catch (e) { console.log(String(e)); }
}
