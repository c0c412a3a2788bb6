package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

func TestDropPages(t *testing.T) {
	before := filePages(t)
	dropPages()
	if after := filePages(t); after >= before {
		t.Errorf("%d pages of files are in memory, %d before", after, before)
	}
}

// TestOwnPages maps a file privately and writes to one page of it, as a
// debugger does that sets a breakpoint.
func TestOwnPages(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := 8 * os.Getpagesize()
	if err := f.Truncate(int64(size)); err != nil {
		t.Fatal(err)
	}
	m, err := unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Munmap(m) }()
	from := uintptr(unsafe.Pointer(unsafe.SliceData(m)))
	to := from + uintptr(size)
	sum := m[0] + m[size-1]
	if !unchanged(from, to) || !unchangedSmaps(from, to) {
		t.Error("pages that were only read are not the file's")
	}
	m[size/2] = sum + 1
	if unchanged(from, to) || unchangedSmaps(from, to) {
		t.Error("a page that was written to is the file's")
	}
}

// filePages is how many pages of mapped files the process has in memory.
func filePages(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.Fields(string(text))[2])
	if err != nil {
		t.Fatal(err)
	}
	return n
}
