// util.parseArgs.
const { parseArgs } = require('util');
const options = { bool: { type: 'boolean', short: 'b' }, str: { type: 'string', short: 's' }, many: { type: 'string', multiple: true, short: 'm' }, def: { type: 'string', default: 'd' }, flag: { type: 'boolean', default: true } };
for (const [args, more] of [[[]], [['-b', '--str', 'x', 'pos'], { allowPositionals: true }], [['-bs', 'v']], [['-sv']], [['--str=v', '--many', '1', '-m2', '--many=3']], [['--', '-b'], { allowPositionals: true }], [['--no-flag'], { allowNegative: true }], [['--no-bool']], [['--unknown']], [['-x', 'y'], { strict: false }],
  [['--str']], [['--bool=x']], [['pos']], [['--str', '-b']], [['-s', '--bool']], [['-b', 'p', '--str=1', '--', 'q'], { allowPositionals: true, tokens: true }], [['--unknown', 'x'], { allowPositionals: true }]]) {
  try { console.log(parseArgs({ args, options, ...more })); } catch (e) { console.log(e.name, e.code, e.message); }
}
for (const bad of [{ options: { a: {} } }, { options: { a: { type: 'x' } } }, { options: { a: { type: 'string', short: 'ab' } } }, { options: { a: { type: 'string', default: 1 } } }, { args: 1 }, { strict: 1 }]) {
  try { parseArgs(bad); console.log('no error'); } catch (e) { console.log(e.code, e.message); }
}
