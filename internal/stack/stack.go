// Package stack gives a goroutine its stack in one piece.
package stack

// Reserve lets the stack of this goroutine grow to 32 KiB at once. A stack that
// grows on its own is doubled whenever it is full, 2 KiB, 4 KiB and so on, and
// each time all frames on it are looked up in the binary's tables. A goroutine
// that is about to parse or run JavaScript calls this while it has no frames.
func Reserve()
