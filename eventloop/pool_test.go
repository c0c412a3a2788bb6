package eventloop

import (
	"sync"
	"testing"
)

// TestPoolGrowsPastASignalledWorker submits jobs in quick succession to a pool
// whose one worker is idle: it is idle still, by its own account, when the
// second job comes, and the second job must get a worker of its own.
func TestPoolGrowsPastASignalledWorker(t *testing.T) {
	for range 200 {
		p := NewPool(nil)
		first := make(chan struct{})
		p.submit(func() { close(first) })
		<-first
		var together sync.WaitGroup
		together.Add(DefaultPoolSize)
		for range DefaultPoolSize {
			// No job ends before all of them run.
			p.submit(func() { together.Done(); together.Wait() })
		}
		together.Wait()
		p.Close()
	}
}
