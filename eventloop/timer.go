package eventloop

import (
	"container/heap"
	"time"
)

// A Timer is a one-shot timer with millisecond resolution, as uv_timer_t.
type Timer struct {
	loop  *Loop
	due   time.Duration
	id    uint64 // start id: breaks ties in the order of starting
	index int    // in the heap, or timerIdle or timerReady
	unref bool
	fn    func()
}

const (
	timerIdle  = -1 // not pending
	timerReady = -2 // due in this turn, not yet run
)

type timerHeap []*Timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if h[i].due != h[j].due {
		return h[i].due < h[j].due
	}
	return h[i].id < h[j].id
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	t := x.(*Timer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = timerIdle
	return t
}

// SetTimer runs fn once in the timers phase, d after the loop's current time
// (Now), rounded down to a millisecond. Negative means zero.
func (l *Loop) SetTimer(d time.Duration, fn func()) *Timer {
	t := &Timer{loop: l, index: timerIdle, fn: fn}
	t.Reset(d)
	return t
}

// Reset starts the timer again, d from the loop's current time.
func (t *Timer) Reset(d time.Duration) {
	t.Stop()
	l := t.loop
	l.timerID++
	t.id = l.timerID
	t.due = (l.now + max(d, 0)).Truncate(time.Millisecond)
	heap.Push(&l.timers, t)
	if !t.unref {
		l.alive++
	}
}

// Stop cancels the timer; false if it was not pending.
func (t *Timer) Stop() bool {
	switch t.index {
	case timerIdle:
		return false
	case timerReady:
		t.index = timerIdle
	default:
		heap.Remove(&t.loop.timers, t.index)
	}
	if !t.unref {
		t.loop.alive--
	}
	return true
}

// Pending reports whether the timer is waiting to fire.
func (t *Timer) Pending() bool { return t.index != timerIdle }

// Ref makes a pending timer keep the loop alive.
func (t *Timer) Ref() {
	if t.unref {
		t.unref = false
		if t.index != timerIdle {
			t.loop.alive++
		}
	}
}

// Unref undoes Ref.
func (t *Timer) Unref() {
	if !t.unref {
		t.unref = true
		if t.index != timerIdle {
			t.loop.alive--
		}
	}
}

// runTimers runs the timers that are due now. Those that are started
// meanwhile wait for the next turn even if due, as in libuv's uv__run_timers.
func (l *Loop) runTimers() {
	if len(l.timers) == 0 {
		return
	}
	var ready []*Timer
	for len(l.timers) > 0 && l.timers[0].due <= l.now {
		t := heap.Pop(&l.timers).(*Timer)
		t.index = timerReady
		ready = append(ready, t)
	}
	for i, t := range ready {
		if t.index != timerReady { // stopped or restarted by an earlier one
			continue
		}
		t.index = timerIdle
		if !t.unref {
			l.alive--
		}
		l.callback(PhaseTimers, "timer", t.fn)
		if l.stopped {
			for _, t := range ready[i+1:] {
				if t.index == timerReady {
					heap.Push(&l.timers, t)
				}
			}
			return
		}
	}
}
