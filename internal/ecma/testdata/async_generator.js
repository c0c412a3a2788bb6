'use strict';
const log = [];
async function* inner() {
  try {
    const got = yield 'a';
    log.push(['inner got', got]);
    yield Promise.resolve('b');
  } finally {
    await null;
    log.push('inner closed');
  }
  return 'ret';
}
async function* outer(a, b = 1) {
  const r = yield* inner();
  log.push(['yield* gave', r]);
  yield* [1, Promise.resolve(2)];
  return Promise.resolve('end');
}
class A {
  async *m() { yield 'super'; }
  static async *#p() { yield 'private'; }
  static p() { return A.#p(); }
}
class B extends A { async *m() { yield* super.m(); } }
const o = { async  *  ['x' + 1]() { for await (const v of outer()) yield v; } };

async function main() {
  const it = outer();
  // Requests queue: none waits for the one before.
  console.log(await Promise.all([it.next(), it.next('two'), it.next(), it.next(), it.next(), it.next(), it.next()]));
  console.log(log.splice(0));
  const r = outer();
  await r.next();
  console.log(await r.return(Promise.resolve('early')), log.splice(0));
  const t = outer();
  await t.next();
  await t.throw(new Error('thrown')).catch((e) => console.log(e.message, log.splice(0)));
  for await (const v of new B().m()) console.log(v);
  for await (const v of A.p()) console.log(v);
  rows: for await (const [x] of [[1], [2], [3]]) {
    for await (var y of [Promise.resolve(10), 20]) {
      if (x === 2) continue rows;
      if (x === 3) break rows;
      console.log(x, y);
    }
  }
  const all = [];
  for await (const v of o.x1()) all.push(v);
  console.log(all);
  for await (const v of [Promise.reject(new Error('refused'))].values()) console.log(v);
}

const order = [];
const step = (name) => { order.push(name); };
(async () => {
  async function* g() { yield 1; yield 2; }
  for await (const v of g()) step('loop ' + v);
})().then(() => step('loop done'));
(async () => { for (let i = 0; i < 8; i++) { await null; step('tick ' + i); } })().then(() => {
  console.log(order.join(', '));
  return main();
}).catch((e) => {
  console.log('caught', e.message);
  const F = Object.getPrototypeOf(outer).constructor;
  const f = new F('a', 'b = 2', 'yield a + b');
  console.log(String(f), f.length, f.name, outer, outer(), o.x1.toString(), outer.length);
  console.log(Object.getPrototypeOf(f) === F.prototype, f.hasOwnProperty('prototype'), Object.prototype.toString.call(outer()));
  try { new outer(); } catch (e) { console.log(e.constructor.name); }
  const gen = (function*() {})();
  outer.prototype.next.call(gen).catch((e) => console.log(e.constructor.name));
  try { gen.next.call(outer()); } catch (e) { console.log(e.constructor.name); }
});
