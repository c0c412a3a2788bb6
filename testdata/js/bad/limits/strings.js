'use strict';
// No string is longer than 0x1fffffe8 code units, however it is made.
const half = 'x'.repeat(2 ** 28);
const cases = {
  add: () => half + half,
  template: () => `${half}${half}${half}`,
  concat: () => half.concat(half, half),
  repeat: () => 'x'.repeat(0x1fffffe9),
  repeatMore: () => 'abc'.repeat(2 ** 53),
  repeatInfinite: () => 'abc'.repeat(Infinity),
  repeatNothing: () => ''.repeat(2 ** 30),
  padStart: () => 'x'.padStart(0x1fffffe9),
  padEnd: () => 'x'.padEnd(2 ** 40, 'ab'),
  padNothing: () => 'x'.padEnd(2 ** 40, ''),
  join: () => new Array(2 ** 30).join('x'),
};
for (const [name, f] of Object.entries(cases)) {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.message);
  }
}
