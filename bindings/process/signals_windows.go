package process

import (
	"os"
	"syscall"

	"github.com/dop251/goja"
)

func signalByName(name string) (syscall.Signal, bool) {
	switch name {
	case "SIGHUP":
		return syscall.SIGHUP, true
	case "SIGINT":
		return syscall.SIGINT, true
	case "SIGQUIT":
		return syscall.SIGQUIT, true
	case "SIGKILL":
		return syscall.SIGKILL, true
	case "SIGTERM":
		return syscall.SIGTERM, true
	}
	return 0, false
}

func isStop(syscall.Signal) bool { return false }

// kill ends a process; signal 0 asks whether it is there.
func (b *binding) kill(c goja.FunctionCall) goja.Value {
	p, err := os.FindProcess(int(c.Argument(0).ToInteger()))
	if err == nil && c.Argument(1).ToInteger() != 0 {
		err = p.Kill()
	}
	if err != nil {
		panic(b.env.Error(b.short(syscall.ERROR_NOT_FOUND, "kill")))
	}
	return nil
}

func (b *binding) prepareSignals() {}

func (b *binding) abort(goja.FunctionCall) goja.Value {
	abort()
	return nil
}

func abort() { os.Exit(134) }
