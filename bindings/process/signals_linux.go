package process

import (
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// quiet are the signals that end a Node process without a word.
var quiet = []syscall.Signal{unix.SIGQUIT, unix.SIGABRT, unix.SIGUSR2, unix.SIGALRM, unix.SIGVTALRM,
	unix.SIGXCPU, unix.SIGIO, unix.SIGPWR, unix.SIGSTKFLT, unix.SIGTRAP, unix.SIGSYS}

// sigaction is the kernel's struct, opaque: Go's handlers are put back as they were.
type sigaction [64]byte

// handlers are the actions that Go had installed.
var handlers struct {
	sync.Mutex
	saved map[syscall.Signal]sigaction
}

func swapAction(sig syscall.Signal, next *sigaction) (old sigaction) {
	_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig), uintptr(unsafe.Pointer(next)),
		uintptr(unsafe.Pointer(&old)), 8, 0, 0)
	return old
}

func setDefaults() {
	handlers.Lock()
	defer handlers.Unlock()
	if handlers.saved != nil {
		return
	}
	handlers.saved = map[syscall.Signal]sigaction{}
	for _, s := range quiet {
		handlers.saved[s] = swapAction(s, &sigaction{})
	}
	// What a parent ignores Go leaves ignored; Node starts with the defaults.
	for _, s := range []syscall.Signal{unix.SIGHUP, unix.SIGINT, unix.SIGTERM, unix.SIGUSR1} {
		var cur sigaction
		_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(s), 0, uintptr(unsafe.Pointer(&cur)), 8, 0, 0)
		if *(*uintptr)(unsafe.Pointer(&cur)) == 1 { // SIG_IGN
			swapAction(s, &sigaction{})
			handlers.saved[s] = sigaction{}
		}
	}
}

// catchSignal puts Go's handler back before Notify relies on it.
func catchSignal(sig syscall.Signal) {
	handlers.Lock()
	defer handlers.Unlock()
	if a, ok := handlers.saved[sig]; ok {
		swapAction(sig, &a)
	}
}

// releaseSignal restores the default action.
func releaseSignal(sig syscall.Signal) {
	handlers.Lock()
	defer handlers.Unlock()
	if _, ok := handlers.saved[sig]; ok {
		swapAction(sig, &sigaction{})
	}
}
