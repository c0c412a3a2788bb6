package main

import "os"

// signalCode is the exit code for a child: no signal ends one here.
func signalCode(s *os.ProcessState) int { return s.ExitCode() }
