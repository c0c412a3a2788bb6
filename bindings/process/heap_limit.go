package process

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strconv"
)

// LimitHeap is --max-old-space-size: beyond that many megabytes the process
// ends as Node's does, with V8's message and an abort. An empty or a zero size
// is no limit.
func LimitHeap(megabytes string, stderr io.Writer) {
	n, err := strconv.ParseUint(megabytes, 10, 32)
	if err != nil || n == 0 {
		return
	}
	limit := n << 20
	// The collector works harder near the limit, and after each of its cycles
	// the live heap is looked at: a finalizer that arms itself anew is told of
	// every cycle and costs nothing between them.
	debug.SetMemoryLimit(int64(limit))
	type sentinel [16]byte // not so small that it shares a block with others
	var check func(*sentinel)
	check = func(*sentinel) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if m.HeapAlloc > limit {
			fmt.Fprintf(stderr, "\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n"+
				"%d MB are in use after %d collections\n", m.HeapAlloc>>20, m.NumGC)
			abort()
		}
		runtime.SetFinalizer(new(sentinel), check)
	}
	runtime.SetFinalizer(new(sentinel), check)
}
