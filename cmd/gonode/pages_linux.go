package main

import (
	"bufio"
	"bytes"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// mapsFile is also what is looked for to find the binary's constants in memory.
const mapsFile = "/proc/self/maps"

// dropPages unmaps the pages of the binary's code and constants that are in
// memory by now. Most of them belong to package initialisers, which never run
// again; what is needed after all comes back from the page cache.
// docs/RATIONALE.md has the figures.
func dropPages() {
	fd, err := unix.Open(mapsFile, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	var buf [1024]byte // the binary's mappings come first
	n, err := unix.Read(fd, buf[:])
	if err != nil {
		return
	}
	text := buf[:n]
	code := reflect.ValueOf(dropPages).Pointer()
	constants := uintptr(unsafe.Pointer(unsafe.StringData(mapsFile)))
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		text = rest
		from, to := addresses(string(line))
		holds := func(p uintptr) bool { return from <= p && p < to }
		if (holds(code) || holds(constants)) && unchanged(from, to) {
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED)
		}
	}
}

// addresses reads the range at the beginning of a line of maps or smaps.
func addresses(line string) (from, to uintptr) {
	span, _, _ := strings.Cut(line, " ")
	low, high, _ := strings.Cut(span, "-")
	a, _ := strconv.ParseUint(low, 16, 64)
	b, _ := strconv.ParseUint(high, 16, 64)
	return uintptr(a), uintptr(b)
}

// unchanged reports whether all pages of a mapping are the file's. One that is
// not holds a breakpoint of a debugger or tracer, which must not be lost.
func unchanged(from, to uintptr) bool {
	if n, err := ownPages(from, to); err == nil {
		return n == 0
	}
	return unchangedSmaps(from, to)
}

// unchangedSmaps is unchanged for Linux before 6.7: it takes five times as long.
func unchangedSmaps(from, to uintptr) bool {
	fd, err := unix.Open("/proc/self/smaps", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	lines := bufio.NewScanner(descriptor(fd))
	// The kernel walks a mapping when its lines are asked for: a small buffer
	// asks for no more than it takes.
	lines.Buffer(make([]byte, 512), 1<<16)
	own := false
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), " ")
		if !strings.HasSuffix(key, ":") {
			low, high := addresses(key)
			own = low == from && high == to
		} else if own && key == "Anonymous:" {
			return strings.TrimSpace(value) == "0 kB"
		}
	}
	return false
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

// pageScan is struct pm_scan_arg of linux/fs.h.
type pageScan struct {
	size, flags, start, end, walkEnd, vec, vecLen, maxPages         uint64
	categoryInverted, categoryMask, categoryAnyOfMask, returnedMask uint64
}

const (
	pagemapScan = 0xc0606610 // PAGEMAP_SCAN
	pageIsFile  = 1 << 2
	pagePresent = 1 << 3
	pageSwapped = 1 << 4
)

// ownPages returns 1 if the process has a page of its own in a private mapping
// of a file, 0 if not.
func ownPages(from, to uintptr) (int, error) {
	fd, err := unix.Open("/proc/self/pagemap", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	defer unix.Close(fd)
	var found [3]uint64 // struct page_region
	arg := pageScan{
		start: uint64(from), end: uint64(to), vec: uint64(uintptr(unsafe.Pointer(&found))), vecLen: 1, maxPages: 1,
		categoryInverted: pageIsFile, categoryMask: pageIsFile, categoryAnyOfMask: pagePresent | pageSwapped, returnedMask: pagePresent,
	}
	arg.size = uint64(unsafe.Sizeof(arg))
	n, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), pagemapScan, uintptr(unsafe.Pointer(&arg)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}
