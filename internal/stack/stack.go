// Package stack gives a goroutine its stack in one piece.
package stack

// Reserve lets the stack of this goroutine grow to 32 KiB at once. A stack that
// grows on its own is doubled whenever it is full, 2 KiB, 4 KiB and so on, and
// each time all frames on it are looked up in the binary's tables. A goroutine
// that is about to parse or run JavaScript calls this while it has no frames.
func Reserve()

// limit is well below the size at which Go ends the process, a gigabyte that
// has to be a power of two, and well above what the deepest call stack of
// JavaScript takes.
const limit = 120 << 20

// Deep reports whether so much of the stack is used that what recurses should
// give up. Go's own answer, when there is no more, cannot be recovered from.
func Deep() bool { return Used() > limit }
