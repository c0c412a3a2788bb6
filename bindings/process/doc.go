// Package process is the process object, internal/options, and what happens
// to warnings, signals and rejections that nobody handles.
//
// The process belongs to all of its isolates: chdir, umask, signals, ids and
// title work for the main isolate of the command only (Host.OwnsProcess).
//
// # Missing
//
//   - process.report (absent).
//   - process.dlopen throws ERR_DLOPEN_FAILED: there are no addons.
//   - process.binding throws as Node does for unknown names; no name is known.
//   - memoryUsage().arrayBuffers is 0: the engine does not count them.
//
// # Deviations
//
//   - getActiveResourcesInfo({ stacks: true }) gives objects with the stack that
//     opened each resource, which --trace-handles or --trace-loop record. A socket
//     is listed from when it begins to connect, a child process before its pipes.
//   - setting process.title changes what process.title gives back, and the
//     command line that ps shows on Linux, no further than its length.
package process
