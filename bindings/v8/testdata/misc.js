'use strict';
const v8 = require('v8');
const s = v8.getHeapStatistics();
console.log(Object.keys(s).join(), Object.values(s).every(Number.isFinite), s.used_heap_size > 0, s.used_heap_size <= s.total_heap_size);
console.log(v8.getHeapSpaceStatistics().map((x) => x.space_name).join());
console.log(Object.keys(v8.getHeapSpaceStatistics()[0]).join(), Object.keys(v8.getHeapCodeStatistics()).join());
console.log(!!v8.startupSnapshot.isBuildingSnapshot(), v8.isStringOneByteRepresentation('é'), v8.isStringOneByteRepresentation('€'));
console.log(v8.cachedDataVersionTag() === v8.cachedDataVersionTag(), Number.isInteger(v8.cachedDataVersionTag()));
const profiler = new v8.GCProfiler();
console.log(profiler.stop());
profiler.start();
const profile = profiler.stop();
console.log(profile.version, profile.startTime <= profile.endTime, Array.isArray(profile.statistics), profiler.stop());
for (const call of [() => v8.setFlagsFromString(5), () => v8.isStringOneByteRepresentation(1), () => v8.startupSnapshot.addSerializeCallback(() => {})]) {
  try {
    call();
  } catch (e) {
    console.log(e.code);
  }
}
console.log(v8.takeCoverage(), v8.stopCoverage());
v8.setFlagsFromString('--expose_gc');
console.log(typeof require('vm').runInNewContext('gc'));
