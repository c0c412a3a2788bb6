package stack

import (
	"runtime"
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

func TestUsed(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("not known here")
	}
	var depth func(n int) uintptr
	depth = func(n int) uintptr {
		if n == 0 {
			return Used()
		}
		return depth(n - 1)
	}
	few, many := depth(0), depth(100_000)
	if few == 0 || few > 1<<20 || many < few+100_000*16 || many > 1<<27 || Deep() {
		t.Errorf("%d bytes for one call, %d for many", few, many)
	}
}
