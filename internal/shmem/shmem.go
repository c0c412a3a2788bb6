// Package shmem is memory that several isolates share: the storage of a
// SharedArrayBuffer, and the waiters of Atomics.wait on it (ECMA-262, section
// 25.2 and the WaiterList records of 29.9).
package shmem

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// A Block is one shared data block. Its bytes may be read and written by any
// isolate at any time; only atomic accesses are ordered.
type Block struct {
	data []byte       // of the largest length
	size atomic.Int64 // in use; it only grows
	// Growable blocks may be given more of data.
	Growable bool

	mu      sync.Mutex
	waiters map[int][]*Waiter // by byte offset, in the order of waiting
}

// A Waiter waits on one offset of a block.
type Waiter struct {
	block  *Block
	offset int
	woken  chan struct{} // closed by Notify
	notify func()        // called by Notify in place of a blocked goroutine
	done   bool
}

// New returns a zeroed block of n bytes, aligned for any element type.
func New(n int) *Block {
	b := NewGrowable(n, n)
	b.Growable = false
	return b
}

// NewGrowable returns one that can grow up to limit.
func NewGrowable(n, limit int) *Block {
	words := make([]uint64, (limit+7)/8+1)
	data := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*8)
	b := &Block{data: data[:limit:limit], Growable: true, waiters: map[int][]*Waiter{}}
	b.size.Store(int64(n))
	return b
}

// Bytes returns the memory itself, with the room behind it.
func (b *Block) Bytes() []byte { return b.data[:b.size.Load()] }

// Limit is the block's largest length.
func (b *Block) Limit() int { return len(b.data) }

// Grow makes the block n bytes long; false if it is longer or cannot be so long.
func (b *Block) Grow(n int) bool {
	if n > len(b.data) {
		return false
	}
	for {
		old := b.size.Load()
		if int64(n) < old {
			return false
		}
		if b.size.CompareAndSwap(old, int64(n)) {
			return true
		}
	}
}

// Wait blocks until a Notify on offset, for at most d (negative: for ever), or
// until stop is closed. check is called with the block locked, so that no
// notification is lost between looking at the value and waiting; if it is
// false Wait returns "not-equal". The other results are "ok" and "timed-out",
// and "" for stop.
func (b *Block) Wait(offset int, check func() bool, d time.Duration, stop <-chan struct{}) string {
	b.mu.Lock()
	if !check() {
		b.mu.Unlock()
		return "not-equal"
	}
	w := &Waiter{block: b, offset: offset, woken: make(chan struct{})}
	b.waiters[offset] = append(b.waiters[offset], w)
	b.mu.Unlock()
	var timeout <-chan time.Time
	if d >= 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		timeout = t.C
	}
	select {
	case <-w.woken:
		return "ok"
	case <-timeout:
	case <-stop:
		w.Cancel()
		return ""
	}
	if w.Cancel() {
		return "timed-out"
	}
	return "ok" // notified at the last moment
}

// WaitAsync registers notify to be called by a Notify on offset, on the
// notifier's goroutine. A nil Waiter means that check was false.
func (b *Block) WaitAsync(offset int, check func() bool, notify func()) *Waiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !check() {
		return nil
	}
	w := &Waiter{block: b, offset: offset, notify: notify}
	b.waiters[offset] = append(b.waiters[offset], w)
	return w
}

// Cancel takes the waiter off its list; false if it had been notified.
func (w *Waiter) Cancel() bool {
	b := w.block
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.done {
		return false
	}
	w.done = true
	list := b.waiters[w.offset]
	for i, o := range list {
		if o == w {
			b.waiters[w.offset] = append(list[:i:i], list[i+1:]...)
			break
		}
	}
	return true
}

// Notify wakes up to n waiters on offset (negative: all), first come first
// served, and returns how many.
func (b *Block) Notify(offset, n int) int {
	b.mu.Lock()
	list := b.waiters[offset]
	if n < 0 || n > len(list) {
		n = len(list)
	}
	wake := list[:n]
	if rest := list[n:]; len(rest) > 0 {
		b.waiters[offset] = append([]*Waiter(nil), rest...)
	} else {
		delete(b.waiters, offset)
	}
	for _, w := range wake {
		w.done = true
	}
	b.mu.Unlock()
	for _, w := range wake {
		if w.notify != nil {
			w.notify()
		} else {
			close(w.woken)
		}
	}
	return n
}
