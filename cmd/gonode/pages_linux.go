package main

import (
	"bufio"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// smaps is also what is looked for to find the binary's constants in memory.
const smaps = "/proc/self/smaps"

// dropPages unmaps the pages of the binary's code and constants that are in
// memory by now. Most of them belong to package initialisers, which never run
// again; what is needed after all comes back from the page cache.
// docs/RATIONALE.md has the figures.
func dropPages() {
	fd, err := unix.Open("/proc/self/smaps", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	code := reflect.ValueOf(dropPages).Pointer()
	constants := uintptr(unsafe.Pointer(unsafe.StringData(smaps)))
	var from, to uintptr // of the mapping whose lines are being read, 0 if it is none of the two
	lines := bufio.NewScanner(descriptor(fd))
	// The kernel walks a mapping when its lines are asked for: a small buffer
	// asks for no more than the two, which come first.
	lines.Buffer(make([]byte, 512), 1<<16)
	for left := 2; left > 0 && lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), " ")
		switch {
		case !strings.HasSuffix(key, ":"):
			low, high, _ := strings.Cut(key, "-")
			from, to = address(low), address(high)
			if (code < from || code >= to) && (constants < from || constants >= to) {
				from = 0
			}
		case key == "Anonymous:" && from != 0:
			left--
			// A page that is no longer the file's holds a breakpoint of a debugger or tracer.
			if strings.TrimSpace(value) == "0 kB" {
				_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED)
			}
		}
	}
}

func address(hex string) uintptr {
	n, _ := strconv.ParseUint(hex, 16, 64)
	return uintptr(n)
}

// A descriptor reads a file without the poller, which has not been started yet.
type descriptor int

func (d descriptor) Read(b []byte) (int, error) {
	n, err := unix.Read(int(d), b)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return max(n, 0), err
}
