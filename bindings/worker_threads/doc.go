// Package worker_threads is node:worker_threads, structuredClone,
// SharedArrayBuffer and Atomics.
//
// A worker is an isolate of its own on a goroutine of its own: VM, loop,
// modules; it shares the thread pool and the compiled built-ins. Messages are
// structured-clone data (internal/clone) in a mailbox under a mutex. A
// transferred ArrayBuffer is detached here and attached there, without a copy;
// a SharedArrayBuffer is one block of memory under two VMs.
//
// Objects of other rooms say by symbols how they are cloned or transferred:
// messaging.js has the contract. What threads ask each other (figures,
// postMessageToThread) goes through calls.go; it is answered in the other
// loop's next turn, so a thread that never returns to its loop does not answer.
//
// # Deviations
//
// Of resourceLimits only stackSizeMb is enforced: a goroutine's heap is not
// its own, so there is no ERR_WORKER_OUT_OF_MEMORY.
// cpuUsage is that of the thread which runs the goroutine just then.
// A cloned BlockList is a copy; Node's share one list.
//
// # Missing
//
// locks; Worker.prototype.startCpuProfile and
// startHeapProfile; trackUnmanagedFds is accepted and closes nothing; the
// descriptor of a FileHandle in a message that nobody receives stays open;
// heap snapshots of a worker; cloning of X509Certificate and histograms; growable SharedArrayBuffers.
package worker_threads
