//go:build !linux

package streamwrap

import "errors"

// reopenTTY: only Linux can open a descriptor's file by number for every terminal.
func reopenTTY(int) (int, error) { return -1, errors.ErrUnsupported }
