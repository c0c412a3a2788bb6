//go:build unix

package process

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

func signalByName(name string) (syscall.Signal, bool) {
	switch name {
	case "SIGIOT":
		name = "SIGABRT"
	case "SIGPOLL":
		name = "SIGIO"
	}
	s := unix.SignalNum(name)
	return s, s != 0
}

func isStop(s syscall.Signal) bool { return s == unix.SIGSTOP }

// kill(pid, signal)
func (b *binding) kill(c goja.FunctionCall) goja.Value {
	pid, sig := int(c.Argument(0).ToInteger()), syscall.Signal(c.Argument(1).ToInteger())
	if w := b.watched[sig]; w != nil && pid == unix.Getpid() {
		// The kernel would deliver it at once; Go's runtime takes a detour.
		w.deliver()
		return nil
	}
	if err := unix.Kill(pid, sig); err != nil {
		panic(b.env.Error(b.short(err, "kill")))
	}
	if pid == unix.Getpid() && sig != 0 {
		// A signal to oneself arrives before kill returns; with several threads
		// another one may get it, so give it the time.
		switch sig {
		case unix.SIGCHLD, unix.SIGCONT, unix.SIGURG, unix.SIGWINCH, unix.SIGPIPE, unix.SIGUSR1:
		default:
			time.Sleep(50 * time.Millisecond)
		}
	}
	return nil
}

// prepareSignals makes writes to closed pipes fail with EPIPE, and those beyond
// the limit of file sizes with EFBIG, instead of killing the process, and gives signals for which Go has an answer of its own
// (a stack dump, or nothing) their system default back.
func (b *binding) prepareSignals() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE, syscall.SIGXFSZ)
	setDefaults()
}

func (b *binding) abort(goja.FunctionCall) goja.Value {
	if a, ok := b.env.(alive); ok {
		a.FlushTrace()
	}
	abort()
	return nil
}

// abort ends the process by SIGABRT.
func abort() {
	signal.Reset(syscall.SIGABRT)
	releaseSignal(syscall.SIGABRT)
	_ = unix.Kill(unix.Getpid(), syscall.SIGABRT)
	time.Sleep(100 * time.Millisecond) // until it is delivered
	os.Exit(134)
}
