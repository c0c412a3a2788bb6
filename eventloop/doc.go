// Package eventloop is a libuv-style phase scheduler for one goroutine.
//
// A [Loop] runs its callbacks on the goroutine that calls [Loop.Run], turn by
// turn, in libuv's phases: timers, pending, idle/prepare, poll, check, close.
// Everything on a Loop belongs to that goroutine, except [Loop.Post],
// [Handle.Post] and the work function of [Submit], which exist to cross over.
//
// The package knows no JavaScript: it schedules Go functions, and it is the
// caller's business what those do.
package eventloop
