// Package sigwatch counts who in a process handles a signal, across the rooms
// that do: what restores a terminal before a signal ends the process must know
// whether it will.
package sigwatch

import (
	"os"
	"sync"
)

// Watched are the signals that somebody handles. It is safe for concurrent use.
type Watched struct {
	mu    sync.Mutex
	count map[os.Signal]int
}

// Of returns what the isolates of a family have in common; shared is a
// *bindings.Shared.
func Of(shared interface {
	Value(key string, create func() any) any
}) *Watched {
	return shared.Value("watched signals", func() any { return &Watched{count: map[os.Signal]int{}} }).(*Watched)
}

// Add notes a handler of sig; the function returned takes it back.
func (w *Watched) Add(sig os.Signal) (remove func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count[sig]++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.count[sig]--
	})
}

// Has reports whether somebody handles sig.
func (w *Watched) Has(sig os.Signal) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count[sig] > 0
}
