process.env.GN_A = 1;
process.env.GN_B = undefined;
process.env.GN_C = null;
console.log(process.env.GN_A, typeof process.env.GN_A, process.env.GN_B, process.env.GN_C);
console.log('GN_A' in process.env, 'GN_NOPE' in process.env, Object.keys(process.env).includes('GN_A'));
console.log(delete process.env.GN_A, process.env.GN_A, delete process.env.GN_NOPE);
console.log(process.env[Symbol('x')], Symbol('x') in process.env);
for (const f of [() => { process.env.X = Symbol('x'); }, () => { 'use strict'; process.env[Symbol('x')] = 1; },
  () => Object.defineProperty(process.env, 'x', { value: 1 }),
  () => Object.defineProperty(process.env, 'x', { get() {} })]) {
  try { f(); console.log('no error'); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(Object.prototype.hasOwnProperty.call(process.env, 'toString'), process.env.toString === Object.prototype.toString);
