//go:build unix

package nodeerr

import (
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

func codeOfErrno(no syscall.Errno) string {
	if no == unix.ENOTSUP || no == unix.EOPNOTSUPP { // one name for both in libuv
		return "ENOTSUP"
	}
	if no == unix.EAGAIN { // also EWOULDBLOCK
		return "EAGAIN"
	}
	name := unix.ErrnoName(no)
	if _, ok := texts[name]; ok {
		return name
	}
	return "UNKNOWN"
}

// numbers is computed once: the system knows errno to name, not back.
var numbers = sync.OnceValue(func() map[string]int {
	m := make(map[string]int, len(texts))
	for no := syscall.Errno(1); no < 160; no++ {
		if c := codeOfErrno(no); c != "UNKNOWN" {
			if _, ok := m[c]; !ok {
				m[c] = -int(no)
			}
		}
	}
	return m
})

func platformNumber(code string) int { return numbers()[code] }
