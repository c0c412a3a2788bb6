// Listeners: order, once, capture, objects, propagation, removal while dispatching.
const t = new EventTarget();
const log = (...a) => console.log(...a);
const second = () => log('second');
t.addEventListener('x', function(e) { log('first', this === t, e.target === t, e.currentTarget === t, e.eventPhase); t.removeEventListener('x', second); });
t.addEventListener('x', second);
t.addEventListener('x', { handleEvent(e) { log('object', e.type); } }, { once: true });
t.addEventListener('x', () => log('captured'), true);
t.addEventListener('x', () => log('captured'), { capture: true });
log(t.dispatchEvent(new Event('x')));
log(t.dispatchEvent(new Event('x')));
const c = new Event('y', { cancelable: true });
t.addEventListener('y', (e) => { e.preventDefault(); e.stopImmediatePropagation(); });
t.addEventListener('y', () => log('never'));
log(t.dispatchEvent(c), c.defaultPrevented, c.cancelBubble, c.composedPath());
t.addEventListener('z', (e) => { e.preventDefault(); log('passive', e.defaultPrevented); }, { passive: true });
log(t.dispatchEvent(new CustomEvent('z', { cancelable: true, detail: 7 })));
for (const f of [() => new Event(), () => new Event('a', 1), () => t.dispatchEvent({}), () => t.addEventListener('a'), () => t.addEventListener('a', 5),
  () => Event.prototype.preventDefault.call({}), () => t.addEventListener('a', () => {}, { signal: 1 })]) {
  try { f(); } catch (e) { log(e.name, e.code, e.message); }
}
