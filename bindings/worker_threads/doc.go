// Package worker_threads is node:worker_threads, structuredClone,
// SharedArrayBuffer and Atomics.
//
// A worker is an isolate of its own on a goroutine of its own: VM, loop,
// modules; it shares the thread pool and the compiled built-ins. Messages are
// structured-clone data (internal/clone) in a mailbox under a mutex. A
// transferred ArrayBuffer is detached here and attached there, without a copy;
// a SharedArrayBuffer is one block of memory under two VMs.
//
// # Deviations
//
// resourceLimits are kept and reported, but a goroutine's heap is not its own,
// so they are not enforced, except that the call stack is bounded anyway.
//
// # Missing
//
// Worker.prototype.getHeapSnapshot, startCpuProfile, startHeapProfile;
// moveMessagePortToContext; transfer of FileHandle, streams and Blob handles;
// growable SharedArrayBuffers.
package worker_threads
