//go:build amd64 || arm64

package stack

// Used is how many bytes of its stack this goroutine uses; 0 where that cannot
// be told.
func Used() uintptr
