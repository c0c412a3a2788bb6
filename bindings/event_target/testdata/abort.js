// AbortController, AbortSignal.abort, any, timeout; listeners with signals.
const { inspect } = require('util');
const ac = new AbortController();
console.log(inspect(ac), inspect(ac, { depth: 0 }), ac.signal.reason);
const any = AbortSignal.any([ac.signal, new AbortController().signal]);
const nested = AbortSignal.any([any]);
ac.signal.onabort = (e) => console.log('onabort', e.isTrusted, any.aborted, nested.aborted);
any.addEventListener('abort', () => console.log('any', any.reason.name));
nested.addEventListener('abort', () => console.log('nested'));
const t = new EventTarget();
t.addEventListener('x', () => console.log('never'), { signal: ac.signal });
ac.abort();
ac.abort('again');
t.dispatchEvent(new Event('x'));
console.log(ac.signal.reason.message, ac.signal.reason.code);
try { AbortSignal.abort('why').throwIfAborted(); } catch (e) { console.log(e); }
for (const f of [() => new AbortSignal(), () => AbortSignal.any(1), () => AbortSignal.any([1]), () => AbortSignal.timeout(-1)]) {
  try { f(); } catch (e) { console.log(e.code, e.message); }
}
AbortSignal.timeout(5).onabort = function() { console.log(this.reason.name, this.reason.message); };
setTimeout(() => {}, 50);
