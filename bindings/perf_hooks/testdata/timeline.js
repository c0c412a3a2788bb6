// Marks, measures, observers.
const { performance, PerformanceObserver, PerformanceMark } = require('perf_hooks');
const p = performance;
p.mark('a', { startTime: 10, detail: { x: [1] } });
p.mark('b', { startTime: 30 });
console.log(p.measure('m', 'a', 'b'), p.measure('d', { start: 'a', duration: 5, detail: 'd' }), p.measure('e', { end: 'b', duration: 7 }));
console.log(p.getEntries().map((e) => e.name), p.getEntriesByName('m').length, p.getEntriesByType('mark').map((e) => e.toJSON()), new PerformanceMark('z', { startTime: 1 }));
p.clearMarks('a');
p.clearMeasures();
console.log(p.getEntries().length, typeof p.now(), p.now() <= p.now(), PerformanceObserver.supportedEntryTypes, Object.prototype.toString.call(p));
for (const f of [() => p.mark(), () => p.mark('x', { startTime: -1 }), () => p.measure('q', 'none'), () => p.measure('q', {}, 1) && 0, () => p.measure('q', { start: 1, end: 2, duration: 3 }),
  () => new PerformanceObserver(), () => new PerformanceObserver(() => {}).observe({}), () => p.timerify(1), () => p.mark('nodeStart')]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
new PerformanceObserver((list, o) => { console.log(list.getEntries().map((e) => e.name)); o.disconnect(); p.mark('unseen'); }).observe({ entryTypes: ['mark', 'function'] });
p.mark('seen');
p.timerify(function work() {})();
