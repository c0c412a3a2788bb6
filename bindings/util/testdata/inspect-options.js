// Each option by itself.
const { inspect } = require('util');
const o = { b: [1, 2, [3, { deep: { deeper: {} } }]], a: new Map([['k', { v: new Set([1]) }]]), s: 'x'.repeat(30), n: 1234567.891, g: 9007199254740993n, get z() { return { got: 1 }; } };
Object.defineProperty(o, 'hidden', { value: 'h' });
const options = [{}, { depth: 0 }, { depth: 1 }, { depth: null }, { depth: Infinity }, { depth: -1 }, { showHidden: true }, { colors: true }, { compact: true }, { compact: false }, { compact: 0 }, { compact: 1 }, { compact: 10 },
  { breakLength: 20 }, { breakLength: Infinity }, { breakLength: Infinity, compact: true }, { sorted: true }, { sorted: (a, b) => (a < b ? 1 : -1) }, { getters: true }, { getters: 'get' }, { getters: 'set' }, { maxArrayLength: 1 }, { maxArrayLength: 0 }, { maxArrayLength: null },
  { maxStringLength: 5 }, { maxStringLength: 0 }, { numericSeparator: true }, { depth: 0, colors: true, compact: false }];
for (const opt of options) console.log(opt, inspect(o, opt));
console.log(inspect(o, true), inspect(o, false, 0), inspect(o, false, null, true));
console.log(inspect(new Proxy({ a: 1 }, { get() { return 5; } }), { showProxy: true }), inspect([new Proxy([1], {})], { showProxy: 1, depth: 0 }));
console.log(inspect([1.5, -1234.5678, 1e21, -0, 123456n, 0.0001234], { numericSeparator: true }));
class C { constructor() { this.own = 1; } get acc() { return 'acc'; } method() {} }
console.log(inspect(new C(), { showHidden: true }), inspect(new C(), { showHidden: true, getters: true }), inspect([1], { showHidden: true }), inspect(new Map([[1, 2]]), { showHidden: true }));
const custom = { [inspect.custom](depth, opts, fn) { return `<${depth} ${opts.extra} ${fn === inspect} ${opts.stylize('x', 'number')}>\nsecond`; } };
console.log(inspect({ a: [custom] }, { extra: 'yes', colors: true }), inspect(custom, { customInspect: false }));
console.log(inspect({ a: { [inspect.custom]() { return { other: [1, { x: {} }] }; } } }));
inspect.defaultOptions.depth = 0;
console.log(inspect({ a: {} }), inspect({ a: { b: 1 } }));
inspect.defaultOptions = { depth: 2 };
inspect.styles.number = 'red';
console.log(inspect(1, { colors: true }), inspect('a', { stylize: (s, t) => `${t}(${s})` }));
try { inspect.defaultOptions = 5; } catch (e) { console.log(e.code); }
