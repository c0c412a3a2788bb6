// Console instances: streams, inspectOptions, groupIndentation, errors.
const { Console } = require('console');
const make = () => { const out = []; return { out, stream: { write(s) { out.push(s); return true; }, on() {}, once() {}, removeListener() {}, listenerCount() { return 0; } } }; };
const a = make(), b = make();
const c = new Console(a.stream, b.stream);
c.log('x %d', 1, { y: [1] }); c.error('err'); c.group('g'); c.warn('in\nside'); c.log('deep'); c.group(); c.log('deeper'); c.groupEnd(); c.groupEnd(); c.groupEnd(); c.log('out');
c.count(); c.count(); c.countReset(); c.count(); c.assert(false, 'no'); c.dir({ a: { b: { c: { d: 1 } } } }); c.table([{ a: 1 }]);
console.log(a.out, b.out);
const d = make();
const e = new Console({ stdout: d.stream, inspectOptions: { depth: 0 }, groupIndentation: 4, colorMode: true });
e.log({ a: { b: 1 } }, 5); e.group('x'); e.log('y');
console.log(JSON.stringify(d.out));
const { log } = c; log('unbound');
console.log(a.out.at(-1), c instanceof Console, console instanceof Console, Object.keys(c).length, Object.prototype.toString.call(console));
for (const f of [() => new Console(), () => new Console({ stdout: {} }), () => new Console({ stdout: d.stream, colorMode: 'x' }), () => new Console({ stdout: d.stream, colorMode: true, inspectOptions: { colors: true } }), () => new Console({ stdout: d.stream, groupIndentation: -1 }), () => console.table([], 5)]) {
  try { f(); console.log('no error'); } catch (err) { console.log(err.name, err.code, err.message); }
}
