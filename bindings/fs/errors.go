package fs

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/nodeerr"
)

// A systemError is one of Node's SystemErrors: an ERR_FS_… code around the
// system's own. info.Message is the system's text.
type systemError struct {
	code, message string
	info          nodeerr.Errno
	cp            bool // info's properties in the order in which cp gives them
}

func (e *systemError) Error() string {
	s := e.message + ": " + e.info.Syscall + " returned " + e.info.Code + " (" + e.info.Message + ")"
	if e.info.Path != "" {
		s += " " + e.info.Path
	}
	if e.info.Dest != "" {
		s += " => " + e.info.Dest
	}
	return s
}

// error makes the JavaScript error of an operation's error.
func (b *binding) error(err error) goja.Value {
	var se *systemError
	if !errors.As(err, &se) {
		return b.env.Error(err)
	}
	fn, _ := goja.AssertFunction(b.env.Require("internal/fs/utils").Get("makeSystemError"))
	info := b.vm.NewObject()
	if !se.cp {
		_ = info.Set("code", se.info.Code)
	}
	_ = info.Set("message", se.info.Message)
	_ = info.Set("path", se.info.Path)
	if se.info.Dest != "" {
		_ = info.Set("dest", se.info.Dest)
	}
	_ = info.Set("syscall", se.info.Syscall)
	_ = info.Set("errno", se.info.Errno)
	if se.cp {
		_ = info.Set("code", se.info.Code)
	}
	v, e := fn(goja.Undefined(), b.vm.ToValue(se.code), b.vm.ToValue(se.Error()), info)
	if e != nil {
		panic(e)
	}
	return v
}
