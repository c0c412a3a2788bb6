package stack

import (
	"testing"
	"unsafe"
)

// A stack that grows is moved, and what is on it gets another address.
func TestReserve(t *testing.T) {
	moved := make(chan bool)
	go func() {
		var here byte
		Reserve()
		at := address(&here)
		use(20)
		moved <- at != address(&here)
	}()
	if <-moved {
		t.Error("the stack grew again")
	}
}

//go:noinline
func address(p *byte) uintptr { return uintptr(unsafe.Pointer(p)) }

// use needs 1 KiB a level.
//
//go:noinline
func use(n int) byte {
	var a [1024]byte
	if n > 0 {
		a[n] = use(n - 1)
	}
	return a[n/2]
}
