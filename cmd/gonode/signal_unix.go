//go:build unix

package main

import (
	"os"
	"syscall"
)

// signalCode is the exit code for a child that a signal may have ended.
func signalCode(s *os.ProcessState) int {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return 128 + int(w.Signal())
	}
	return s.ExitCode()
}
