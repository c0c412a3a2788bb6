// Histograms.
const { createHistogram, monitorEventLoopDelay, eventLoopUtilization } = require('perf_hooks');
const h = createHistogram();
console.log(h.min, h.max, h.mean, h.stddev, h.count, h.percentiles, h.minBigInt);
for (let i = 1; i <= 1000; i++) h.record(i * 3);
h.record(10n);
console.log(h.min, h.max, h.mean, h.count, h.exceeds, h.percentile(50), h.percentile(99), h.percentileBigInt(100), h.percentiles.get(50), h.countBigInt);
const g = createHistogram({ lowest: 1, highest: 100, figures: 1 });
g.record(500);
g.record(50);
g.add(h);
console.log(g.exceeds > 0, g.count > 0);
h.reset();
console.log(h.count);
for (const f of [() => h.record(0), () => h.record('1'), () => h.percentile(0), () => createHistogram({ figures: 9 }), () => h.add({}), () => monitorEventLoopDelay({ resolution: 0 }), () => new h.constructor()]) try { f(); } catch (e) { console.log(e.code); }
const d = monitorEventLoopDelay();
console.log(d.enable(), d.enable(), d.disable(), d.disable(), eventLoopUtilization());
