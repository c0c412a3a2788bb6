package bytecode

// sampler has what the built-in modules are made of; it is compiled, never run.
// An engine that compiles it to what another one does is taken for the same.
const sampler = `(function (exports, require) {
'use strict';
const { a, b = 1, ...rest } = require('x'), [c, , d = c, ...tail] = a;
let e, f = 0, g = null, h = true, i = 1n, j = 'é', k = /x/g, re;
function stashless(p, q) { return p + q; }
function scopes(p, q = p, { r, s = 2 } = {}, ...more) {
  e = p; e += q; f = () => [p, q, r, s, more, this, arguments, new.target];
  { let inner = p; f = () => inner++; ({ inner }); }
  for (let n = 0; n < 9; n++) { if (n === 3) continue; more.push(() => n); }
  for (const n in p) { if (n) break; e = n; }
  for (const n of q) { if (n) return n; e = () => n; }
  for (const [m, n] of q) e = m + n;
  try { e = p(); } catch ({ message }) { throw message; } finally { e = null; }
  try { e = 2; } catch (x) { e = () => x; } finally { return e; }
}
function plain(p) { let x = p, y; y = x = p; { let z = y; x = z; } y = x++; return y; }
function locals() { let x; x = 2; x += 3; const y = x; return { [y]: () => x, [x]: function () {} }; }
function lexical(p) { let x = p; e = () => p; x = p.y; if (p) x = 2; p.f(x); return x = 1; }
function stored() { e = f = g; a.n = e = f; h = h || (e = 5); e ??= f; return function named() { return named; }; }
async function later(p) { await p; for (const x of p) await x; return async () => await p; }
function* many(p) { const x = yield p; yield* p; return x; }
function operators(p, q, r) {
  r = p + q - p * q / p % q ** p; r = p & q | p ^ ~q; r = p << 1 >> 2 >>> 3; r = -p + +q; r = !p;
  p++; --q; r = p-- + ++q; r = p < q; r = p <= q; r = p > q; r = p >= q; r = p == q; r = p != q; r = p === q; r = p !== q;
  r = p in q; r = p instanceof q; r = typeof p; r = typeof missing; r = void 0; r = p && q; r = p || q; r = p ?? q;
  r = p ? q : r; p &&= q; p ||= q; p ??= q; r = ` + "`a${p}b${q}c`" + `; r = [p, , ...q, r]; r = p == null; if (p && q || r) p = q;
  p.x = q; p.x += q; p.x++; r = p.x++; p[q] = r; p[q] += r; r = p[q] = 1; r = p.x = 2; p[q]++; r = p[q]++; p[0] = 1;
  p.x ??= q; p.x ||= q; p[q] ??= r; r = p.x ??= 1; r = p[q] ??= 1; r = (p.x ||= 1); r = (p.x &&= 1); p.x &&= q; p[q] ||= 1;
  delete p.x; delete p[q]; r = delete p.y; r = delete p[0]; p.m(); p[q](); p(...q); p.m(...q); new p(); new p(q, ...r);
  p?.x; p?.m(); p?.[q]; p?.(q); p.m?.(q); r = p?.x.y; r = delete p?.x; missing(); missing; missing = 1; globalThis.x = p; 
  [p, q] = [q, p]; ({ x: p, y: q.z, ['w']: r, ...r } = p); [p.x, q[r]] = r; [p = 1, [q], ...r] = r;
  ({ x: p.x = 1, y: [q] } = r); return r = p = q;
}
function literals(p, q) {
  return { __proto__: p, p, 'a b': 1, 3: q, [q]: p, m() {}, async n() { await p; }, *o() { yield p; }, get r() { return p; },
    set r(v) { e = v; }, get [q]() {}, set [q](v) {}, [p]() {}, ...p, f: function () {}, g: () => {}, h: class {},
    [p.x]: () => {}, [q.x]: class {}, i: -1, j: 1.5, k: 1e300, l: undefined, m2: NaN, s() { return super.m(); }, t() { return super.x; }, u() { super.x = 1; super[q] = 2; return super[q](); } };
}
function choices(p) { switch (p) { case 1: return a; case 'x': { let y = 1; e = () => y; break; } default: e = 2; } outer: for (;;) { while (p) { do { continue outer; } while (p); break outer; } } }
class Base {
  #x = 1; #y; static #z = 2; pub = 3; static stat = 4; ['comp' + a] = 5; static ['s' + a] = 6;
  constructor(p) { this.#x = p; this.pub = () => this.#x; e = new.target; }
  #m() { return this.#x; } get #g() { return this.#y; } set #g(v) { this.#y = v; } static #s() { return Base.#z; }
  get x() { return this.#x++; } set x(v) { this.#x += v; this.#g = v; e = this.#g; }
  static make(p) { return #x in p ? p.#m() : Base.#s(p.#x ??= 1); }
  run() { this.#m(); const t = this; return () => t.#y(this.#m?.()) + (t.#y = 2) + this.#y; }
  async wait() { await this.#x; } *gen() { yield this.#x; } [a]() {} get [a + 1]() {} set [a + 1](v) {}
  static { this.block = () => this; }
}
class Derived extends Base {
  field = this.x; #priv = 1;
  constructor(p, ...q) { super(p, ...q); this.y = 1; const late = () => this.#priv; e = late; }
  run(p) { const own = () => super.run(p) + super[p](1); return own() + super.run(); }
}
class Plain extends Base { constructor(p) { super(p); this.y = p; } static [a] = 1; x = 1; }
exports.x = { a, b, c, d, e, f, g, h, i, j, k, re, rest, tail, stashless, scopes, plain, locals, lexical, stored, later, many, operators, literals, choices, Base, Derived, Plain };
})`
