package eventloop

import "time"

// A poller waits for descriptors. Only interrupt is safe off the loop.
type poller interface {
	// update sets what h waits for on fd; events 0 removes it.
	update(h *Handle, fd int, old, events Events) error
	// wait blocks for at most d (negative: for ever) and appends what is ready.
	wait(d time.Duration, ready []readyEvent) []readyEvent
	watching() bool
	interrupt()
	close()
}

type readyEvent struct {
	h      *Handle
	fd     int
	events Events
}

func (l *Loop) updateWatch(h *Handle, fd int, events Events) error {
	if l.poller == nil {
		if events == 0 {
			return nil
		}
		p, err := newPoller()
		if err != nil {
			return err
		}
		l.poller = p
	}
	if h.watch != 0 && h.fd != fd {
		if err := l.poller.update(h, h.fd, h.watch, 0); err != nil {
			return err
		}
		h.watch = 0
	}
	return l.poller.update(h, fd, h.watch, events)
}

func (l *Loop) pollDescriptors(d time.Duration) {
	if d != 0 {
		l.sleeping.Store(true)
		// A post between the decision to sleep and the flag must not be lost.
		if l.hasPosts() {
			l.sleeping.Store(false)
			d = 0
		}
	}
	start := l.clock.Now()
	if d != 0 {
		l.waits(start)
	}
	var buf [64]readyEvent
	evs := l.poller.wait(d, buf[:0])
	l.sleeping.Store(false)
	l.now = l.clock.Now()
	if d != 0 {
		l.waited(l.now - start)
	}
	for _, e := range evs {
		h := e.h
		// An earlier callback of this batch may have stopped or closed it.
		if h.watch == 0 || h.fd != e.fd || l.stopped {
			continue
		}
		got := e.events & (h.watch | Hangup | Error)
		if got == 0 {
			continue
		}
		l.callback(PhasePoll, h.kind, func() { l.in(h.context, func() { h.ready(got) }) })
	}
}
