//go:build unix

package process

import (
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// reportSignal asks why the process is alive; the others end it.
const reportSignal = syscall.SIGUSR2

var tracedSignals = []syscall.Signal{reportSignal, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}

// dieOf is what the signal would have done.
func (b *binding) dieOf(sig syscall.Signal) {
	signal.Reset(sig)
	releaseSignal(sig)
	_ = unix.Kill(unix.Getpid(), sig)
}
