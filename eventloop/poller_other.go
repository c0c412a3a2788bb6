//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package eventloop

// newPoller: this platform has no readiness poller behind Watch. Its I/O runs
// in goroutines on Go's own netpoller and comes back through Handle.Post.
func newPoller() (poller, error) { return nil, ErrNotPollable }
