//go:build !linux

package process

import "syscall"

func setDefaults()                 {}
func catchSignal(syscall.Signal)   {}
func releaseSignal(syscall.Signal) {}
