// Package path is node:path with both flavours, path.posix and path.win32,
// whatever the host: all of it is Go, so that requiring it compiles nothing.
//
// Missing: nothing. Deviation: win32.relative compares letters whose lower
// case has another length in UTF-8 as they are.
package path
