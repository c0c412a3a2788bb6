package process

import (
	"os"
	"syscall"
)

// reportSignal is one that Windows does not have.
const reportSignal = syscall.Signal(31)

var tracedSignals = []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}

// dieOf ends the process with the code that Windows gives for Ctrl-C.
func (b *binding) dieOf(syscall.Signal) { os.Exit(0xC000013A) }
