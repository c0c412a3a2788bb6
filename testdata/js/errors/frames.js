// What a stack shows of the function that threw: its receiver's class, its name,
// the property it was called by.
const top = (e) => e.stack.split('\n')[1].replace(/\(.*/, '').replace(__dirname, '').trim();
const t = (label, fn) => { try { fn(); } catch (e) { console.log(label, '|', top(e)); } };
function B() {} B.s = function() { throw new Error(); }; t('fn static', () => B.s());
B.prototype.m = function() { throw new Error(); }; t('proto method anon', () => new B().m());
B.prototype.n = function named() { throw new Error(); }; t('proto method named', () => new B().n());
t('on prototype', () => B.prototype.m());
const o = { m() { throw new Error(); }, f: function() { throw new Error(); }, g: function gg() { throw new Error(); }, a: () => { throw new Error(); }, get x() { throw new Error(); }, set x(v) { throw new Error(); }, ['c' + 1]() { throw new Error(); }, [Symbol('sy')]() { throw new Error(); }, async am() { throw new Error(); }, *gen() { throw new Error(); } };
t('obj m', () => o.m()); t('obj f', () => o.f()); t('obj g', () => o.g()); t('get', () => o.x); t('set', () => { o.x = 1; }); t('computed', () => o.c1());
t('sym', () => o[Object.getOwnPropertySymbols(o)[0]]()); t('gen', () => o.gen().next());
o.am().catch((e) => console.log('am |', top(e)));
const oc = Object.create(o); t('inherit', () => oc.m());
t('call on number', () => o.m.call(5)); t('call on string', () => o.m.call('s')); t('call on array', () => o.m.call([])); t('call on map', () => o.m.call(new Map())); t('call on fn', () => o.m.call(() => {})); t('call on null', () => o.m.call(null)); t('call on undefined', () => o.m.call(undefined)); t('call global', () => o.m.call(globalThis)); t('call on bool', () => o.m.call(true));
function sl() { throw new Error(); } t('sloppy', () => sl()); t('sloppy call obj', () => sl.call({})); t('sloppy call B', () => sl.call(new B())); t('strict', () => { 'use strict'; sl(); });
class C { static s() { throw new Error(); } m() { throw new Error(); } get g() { throw new Error(); } static get sg() { throw new Error(); } #p() { throw new Error(); } cp() { this.#p(); } f = () => { throw new Error(); }; f2 = function() { throw new Error(); }; constructor(x) { if (x) throw new Error(); } static #sp() { throw new Error(); } static csp() { C.#sp(); } }
class D extends C { m() { super.m(); } constructor(x) { super(x); } }
t('C.s', () => C.s()); t('D.s', () => D.s()); t('C#m', () => new C().m()); t('D#m', () => new D().m()); t('C#g', () => new C().g); t('C.sg', () => C.sg); t('private', () => new C().cp()); t('field fn', () => new C().f2()); t('new C', () => new C(1)); t('new D', () => new D(1)); t('sprivate', () => C.csp());
t('anon class', () => new (class { m() { throw new Error(); } })().m());
t('iife', () => (function() { throw new Error(); })()); t('arrow iife', () => (() => { throw new Error(); })());
t('bind', () => o.m.bind(new C())()); t('apply native', () => Reflect.apply(o.m, new C(), []));
t('as', () => { const q = { alias: o.m }; q.alias(); }); t('as2', () => { const q = { alias: sl }; q.alias(); }); 
t('toStringTag', () => { const q = { [Symbol.toStringTag]: 'Tagged', m() { throw new Error(); } }; q.m(); });
t('ctor prop', () => { const q = { constructor: C, m() { throw new Error(); } }; q.m(); });
t('proxy', () => new Proxy(o, {}).m());
t('new fn', () => { function N() { throw new Error(); } new N(); }); t('new anon', () => { const N = function() { throw new Error(); }; new N(); }); t('Reflect.construct', () => Reflect.construct(function X() { throw new Error(); }, []));
t('arrow in ctor', () => { function K() { (() => { throw new Error(); })(); } new K(); }); t('fn in ctor', () => { function K() { sl(); } new K(); });
t('map cb', () => [1].map(function() { throw new Error(); })); t('map native', () => { try { [1].map(() => { throw new Error(); }); } catch (e) { e.stack = e.stack.split('\n').slice(1).join('\n'); throw e; } });
t('sort native', () => { try { [2, 1].sort(() => { throw new Error(); }); } catch (e) { e.stack = e.stack.split('\n').slice(1).join('\n'); throw e; } });
t('tojson', () => { try { JSON.stringify({ toJSON() { throw new Error(); } }); } catch (e) { e.stack = e.stack.split('\n').slice(1).join('\n'); throw e; } });
t('replace', () => { try { 'a'.replace('a', () => { throw new Error(); }); } catch (e) { e.stack = e.stack.split('\n').slice(1).join('\n'); throw e; } });
t('emit', () => { const E = require('events'); const e2 = new E(); e2.on('x', function h() { throw new Error(); }); e2.emit('x'); });
t('eval', () => eval('(function ev() { throw new Error(); })()'));
t('get via fn', () => Object.getOwnPropertyDescriptor(o, 'x').get.call(o)); t('valueOf', () => +{ valueOf() { throw new Error(); } }); t('iterator', () => { for (const x of { [Symbol.iterator]() { throw new Error(); } }); });
