'use strict';
// BigInts that no memory could hold are refused at once, also where both
// operands are literals.
const two = 2n;
const huge = two ** 70n;
const cases = {
  exp: () => two ** (two ** 40n),
  expHuge: () => two ** huge,
  expLimit: () => two ** 1073741824n,
  expLiteral: () => 2n ** (2n ** 40n),
  expLiteralFew: () => 3n ** 4n,
  expAssign: () => { let x = 7n; x **= huge; return x; },
  expNegative: () => two ** -1n,
  ones: () => [1n ** huge, (-1n) ** huge, 0n ** huge, (-1n) ** (huge + 1n)].join(),
  left: () => two << (two ** 40n),
  leftHuge: () => two << huge,
  leftLiteral: () => 1n << 1099511627776n,
  leftZero: () => 0n << huge,
  leftNegative: () => [5n << -1n, -5n << -1n, 5n << -huge, -5n << -huge].join(),
  right: () => [5n >> 1n, -5n >> 1n, 5n >> huge, -5n >> huge].join(),
  rightNegative: () => 5n >> -huge,
  rightNegativeFew: () => 5n >> -2n,
  mul: () => { const x = 1n << (1n << 29n); return x * x * x; },
  mulZero: () => (1n << (1n << 29n)) * 0n,
  mixed: () => two ** 2,
  mixedShift: () => 2 << two,
  asUintN: () => BigInt.asUintN(2 ** 53 - 1, -1n),
  asUintNFew: () => BigInt.asUintN(2 ** 40, 5n),
  asIntN: () => BigInt.asIntN(2 ** 53 - 1, -1n),
  asIntNRange: () => BigInt.asIntN(2 ** 53, -1n),
  inEval: () => eval('2n ** (2n ** 40n)'),
  inFunction: () => new Function('return 1n << 1099511627776n')(),
  objects: () => ({ valueOf() { return 3n; } }) ** 2n,
};
for (const [name, f] of Object.entries(cases)) {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.message, e instanceof Error);
  }
}
