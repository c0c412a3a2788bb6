// Package ecma holds the ECMAScript built-ins that goja lacks, and mends some
// that it has. They are natives, added once a process to the templates from
// which goja makes its own built-ins (see [Extend]): an isolate pays for one
// when a script first touches it.
package ecma
