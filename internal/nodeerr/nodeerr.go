// Package nodeerr is the one table of system errors: libuv's names, numbers
// and texts, and the mapping of Go's errors to them.
//
// Off the loop an operating-system error is an [*Errno]; the isolate turns it
// into Node's Error object. [Coded] is for errors that have a Node code
// (ERR_…) and are made in Go.
package nodeerr

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
)

// An Errno is a failed system call, with the fields of Node's system errors.
type Errno struct {
	Code    string // "ENOENT"
	Errno   int    // libuv's number, negative: -2
	Syscall string // "open"
	Path    string
	Dest    string
	// HasPath and HasDest tell an empty path from none.
	HasPath, HasDest bool
	// Address and Port are set by network operations; Port is -1 where there is none.
	Address string
	Port    int
	// Message replaces the text of the code, for resolver errors.
	Message string
}

// Error is Node's message: "ENOENT: no such file or directory, open 'x'".
func (e *Errno) Error() string {
	if e.Message != "" {
		return e.Message
	}
	if e.Address != "" && !e.HasPath {
		s := e.Syscall + " " + e.Code + " " + e.Address
		if e.Port >= 0 {
			s += ":" + itoa(e.Port)
		}
		return s
	}
	s := e.Code + ": " + Text(e.Code) + ", " + e.Syscall
	if e.HasPath {
		s += " '" + e.Path + "'"
	}
	if e.HasDest {
		s += " -> '" + e.Dest + "'"
	}
	return s
}

func itoa(n int) string {
	if n == 0 {
		return "0"
	}
	var b [20]byte
	i := len(b)
	neg := n < 0
	if neg {
		n = -n
	}
	for ; n > 0; n /= 10 {
		i--
		b[i] = byte('0' + n%10)
	}
	if neg {
		i--
		b[i] = '-'
	}
	return string(b[i:])
}

// A Coded error is a Node error made in Go: Class is the JavaScript class
// ("Error", "TypeError", "RangeError").
type Coded struct {
	Code    string
	Class   string
	Message string
}

func (e *Coded) Error() string { return e.Message }

// New returns the error of a system call, nil for a nil err.
func New(err error, syscallName string) *Errno { return build(err, syscallName) }

// Path returns the error of a system call on a path.
func Path(err error, syscallName, path string) *Errno {
	e := build(err, syscallName)
	if e != nil {
		e.Path, e.HasPath = path, true
	}
	return e
}

// Dest returns the error of a system call on two paths.
func Dest(err error, syscallName, path, dest string) *Errno {
	e := Path(err, syscallName, path)
	if e != nil {
		e.Dest, e.HasDest = dest, true
	}
	return e
}

// Addr returns the error of a network call; port -1 leaves the port out.
func Addr(err error, syscallName, address string, port int) *Errno {
	e := build(err, syscallName)
	if e != nil {
		e.Address, e.Port = address, port
	}
	return e
}

// FromCode returns an error by libuv's name.
func FromCode(code, syscallName string) *Errno {
	return &Errno{Code: code, Errno: Number(code), Syscall: syscallName, Port: -1}
}

func build(err error, syscallName string) *Errno {
	if err == nil {
		return nil
	}
	var e *Errno
	if errors.As(err, &e) {
		c := *e
		if c.Syscall == "" {
			c.Syscall = syscallName
		}
		return &c
	}
	code := CodeOf(err)
	return &Errno{Code: code, Errno: Number(code), Syscall: syscallName, Port: -1}
}

// CodeOf returns libuv's name for a Go error, "UNKNOWN" if it has none.
func CodeOf(err error) string {
	var e *Errno
	var no syscall.Errno
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &e):
		return e.Code
	case errors.As(err, &no):
		return codeOfErrno(no)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "EOF"
	case errors.Is(err, context.Canceled):
		return "ECANCELED"
	case errors.Is(err, fs.ErrNotExist):
		return "ENOENT"
	case errors.Is(err, fs.ErrExist):
		return "EEXIST"
	case errors.Is(err, fs.ErrPermission):
		return "EACCES"
	case errors.Is(err, os.ErrClosed), errors.Is(err, net.ErrClosed):
		return "EBADF"
	case errors.As(err, &dns):
		if dns.IsNotFound {
			return "ENOTFOUND"
		}
		return "EAI_AGAIN"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "ETIMEDOUT"
	case errors.Is(err, errors.ErrUnsupported):
		return "ENOSYS"
	}
	return "UNKNOWN"
}

// Text returns libuv's message for a code.
func Text(code string) string {
	if t, ok := texts[code]; ok {
		return t
	}
	return "unknown error"
}

// Number returns libuv's number for a code on this platform: minus errno on
// Unix, its own numbers elsewhere and for codes that the system lacks.
func Number(code string) int {
	if n := platformNumber(code); n != 0 {
		return n
	}
	return uvNumbers[code]
}

// All calls f with every code, its number and text, sorted by code: what
// util.getSystemErrorMap and os.constants.errno are made of.
func All(f func(code string, number int, text string)) {
	for _, c := range codes() {
		f(c, Number(c), texts[c])
	}
}

// ByNumber returns the code with libuv's number n.
func ByNumber(n int) (code string, ok bool) {
	for _, c := range codes() {
		if Number(c) == n {
			return c, true
		}
	}
	return "", false
}
