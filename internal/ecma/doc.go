// Package ecma holds the ECMAScript built-ins that goja lacks, and mends some
// that it has. They are natives, added once a process to the templates from
// which goja makes its own built-ins (see [Extend]): an isolate pays for one
// when a script first touches it.
//
// Resizable buffers may have 1 GiB; a view that follows a SharedArrayBuffer's
// length learns that another isolate has made it grow when its buffer is asked.
//
// Missing: functions in blocks are not hoisted, and async generators are not
// known, in text that eval and the function constructors are given.
// testdata/test262/expected-failures.txt has the rest, with reasons.
package ecma
