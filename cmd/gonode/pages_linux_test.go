package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestDropPages(t *testing.T) {
	before := filePages(t)
	dropPages()
	if after := filePages(t); after >= before {
		t.Errorf("%d pages of files are in memory, %d before", after, before)
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
