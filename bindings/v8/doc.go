// Package v8 is node:v8.
//
// Serializer, Deserializer and what is built on them write and read version 15
// of V8's own format, byte for byte, in Go; versions 13 and 14 are read, too.
// promiseHooks are installed by the runtime (promise_hooks.go there).
//
// # Deviations
//
// The heap is Go's and the process's: getHeapStatistics counts it as a whole,
// getHeapSpaceStatistics has all of it in old_space, getHeapCodeStatistics is
// zero throughout, heap_size_limit is Go's memory limit. GCProfiler knows how
// many collections there were and what they cost together, not each.
// setFlagsFromString knows --expose-gc, which gives contexts made afterwards
// a gc function, and ignores the rest, as there is no V8 to hand it to.
//
// promiseHooks do not see the promises of async functions, nor those that
// built-in modules make in Go, and await has no before and after.
//
// # Missing
//
// queryObjects, getHeapSnapshot, writeHeapSnapshot, setHeapSnapshotNearHeapLimit,
// startCpuProfile and getCppHeapStatistics throw ERR_METHOD_NOT_IMPLEMENTED;
// startupSnapshot's callbacks throw ERR_NOT_BUILDING_SNAPSHOT, as in Node
// outside of a snapshot's making.
package v8
