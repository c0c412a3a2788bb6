package eventloop

import "time"

// A Clock is the loop's source of time. Now must be monotonic.
//
// The zero choice is the real clock; tests install a virtual one, for which
// the loop never sleeps but calls Sleep with the time that it would wait.
type Clock interface {
	// Now returns the time since an arbitrary fixed point.
	Now() time.Duration
	// Virtual reports whether waiting is simulated by Advance.
	Virtual() bool
	// Advance moves a virtual clock forward; a real clock ignores it.
	Advance(d time.Duration)
}

type realClock struct{ start time.Time }

func (c realClock) Now() time.Duration    { return time.Since(c.start) }
func (c realClock) Virtual() bool         { return false }
func (c realClock) Advance(time.Duration) {}

// RealClock returns a clock that starts at zero now.
func RealClock() Clock { return realClock{time.Now()} }

// A VirtualClock moves only when the loop would have slept, and then by
// exactly that time. It is for tests and simulations.
type VirtualClock struct{ now time.Duration }

// Now returns the simulated time.
func (c *VirtualClock) Now() time.Duration { return c.now }

// Virtual is true.
func (c *VirtualClock) Virtual() bool { return true }

// Advance moves the clock forward by d.
func (c *VirtualClock) Advance(d time.Duration) { c.now += d }
