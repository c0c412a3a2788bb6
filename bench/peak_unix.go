//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakKiB is the largest resident size that the process had.
func peakKiB(st *os.ProcessState) float64 {
	u, ok := st.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, KiB elsewhere
		return float64(u.Maxrss) / 1024
	}
	return float64(u.Maxrss)
}
