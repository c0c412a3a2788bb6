//go:build unix

package streamwrap

import "syscall"

const portable = false

// numberOf: libuv's numbers are the system's, negated.
func numberOf(no syscall.Errno) int { return -int(no) }
