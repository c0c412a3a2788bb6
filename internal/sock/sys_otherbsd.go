//go:build freebsd || netbsd || openbsd || dragonfly

package sock

// Go turns SIGPIPE on a socket into EPIPE by itself.
func noSigpipe(int) error { return nil }

// keepIdle: the delay is the system's.
func keepIdle(int, int) error { return nil }
