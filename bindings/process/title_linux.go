package process

import (
	"os"
	"unsafe"
)

// showTitle writes title over the process's arguments, which is where ps
// looks; like libuv no further than they reach. os.Args aliases that memory:
// the command works on copies.
func showTitle(title string) {
	if len(os.Args) == 0 || len(os.Args[0]) == 0 {
		return
	}
	start := unsafe.StringData(os.Args[0])
	n := 0
	for _, a := range os.Args {
		if len(a) > 0 && uintptr(unsafe.Pointer(unsafe.StringData(a))) != uintptr(unsafe.Pointer(start))+uintptr(n) {
			break // not one block: somebody has replaced os.Args
		}
		n += len(a) + 1
	}
	mem := unsafe.Slice(start, n)
	k := copy(mem[:n-1], title)
	clear(mem[k:])
}
