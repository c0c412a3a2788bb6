// Package fs is node:fs and node:fs/promises.
//
// Every operation is one row of the table in fs.go and one Go function that
// takes its arguments out of JavaScript and gives back a [task]: the work, with
// Go data only, and the making of its result. The synchronous form runs the
// task in place; the callback and promise forms run it on the pool in one job
// (readFile too) and come back with one entry into JavaScript. So fs itself is
// native and has no JavaScript to compile; what a program may not need is
// JavaScript that is loaded when it is first touched: streams, promises with
// FileHandle, Dir, cp, glob, watchers, Utf8Stream.
//
// Descriptors are the system's own numbers on Unix, shared with net and
// child_process. On Windows a process-wide table gives files numbers.
//
// # Supported
//
// All functions of fs and fs.promises in Node 24, with their overloads,
// option objects, encodings, buffer and URL paths, AbortSignals and errors;
// Stats and BigIntStats (numbers become values when they are read), StatFs,
// Dirent, Dir, FileHandle, ReadStream, WriteStream, FSWatcher, StatWatcher,
// Utf8Stream.
//
// # Deviations
//
//   - fs.promises' functions are not async functions: their constructor is Function,
//     and errors from the pool have no "at async" frames.
//   - Directory listings are in name order, Dir's in the system's; glob's order is
//     depth first.
//   - cp with dereference follows the links inside a tree too, as documented;
//     Node's cpSync leaves them.
//   - glob asks an exclude function about every result, as documented; Node does not
//     ask about names in the working directory. fs.promises.glob walks
//     to the end before it gives the first result.
//   - Recursive watching on Linux is one inotify instance with a watch for each
//     directory. Where there is no inotify a goroutine compares listings ten times
//     a second.
//
// # Missing
//
//   - Transferring a FileHandle to a worker.
//   - On Windows: symlink types, uid and gid, statfs, inode numbers, O_ flags beyond the
//     standard ones.
package fs
