package eventloop

import "time"

// A Phase names a part of a loop turn, in the order in which they run.
type Phase uint8

// The phases of one turn.
const (
	PhaseTimers Phase = iota
	PhasePending
	PhaseIdle
	PhasePoll
	PhaseCheck
	PhaseClose
)

func (p Phase) String() string {
	switch p {
	case PhaseTimers:
		return "timers"
	case PhasePending:
		return "pending callbacks"
	case PhaseIdle:
		return "idle, prepare"
	case PhasePoll:
		return "poll"
	case PhaseCheck:
		return "check"
	case PhaseClose:
		return "close callbacks"
	}
	return "unknown"
}

// JobState is a step in the life of a thread-pool job.
type JobState uint8

// The states of a pool job, in order. JobStarted is reported from a pool
// goroutine; the others from the loop.
const (
	JobQueued JobState = iota
	JobStarted
	JobFinished // work returned, on the pool goroutine
	JobDone     // completion callback about to run, on the loop
)

// An Observer sees what a loop does. A nil Observer costs one comparison.
//
// Job is called from pool goroutines as well as from the loop, so an Observer
// must be safe for concurrent use. Times are those of the loop's clock.
type Observer interface {
	PhaseStart(p Phase, now time.Duration)
	PhaseEnd(p Phase, now time.Duration)
	CallbackStart(p Phase, kind string, now time.Duration)
	CallbackEnd(p Phase, kind string, now time.Duration)
	Job(id uint64, kind string, s JobState, now time.Duration)
	HandleOpen(h *Handle)
	HandleClose(h *Handle)
}

// A RequestObserver is an Observer that sees requests, too, those of pool jobs
// included.
type RequestObserver interface {
	RequestStart(r *Request)
	RequestEnd(r *Request)
}

// Observers returns an Observer that passes on to each of list, in order.
func Observers(list ...Observer) Observer { return observers(list) }

type observers []Observer

func (list observers) PhaseStart(p Phase, now time.Duration) {
	for _, o := range list {
		o.PhaseStart(p, now)
	}
}

func (list observers) PhaseEnd(p Phase, now time.Duration) {
	for _, o := range list {
		o.PhaseEnd(p, now)
	}
}

func (list observers) CallbackStart(p Phase, kind string, now time.Duration) {
	for _, o := range list {
		o.CallbackStart(p, kind, now)
	}
}

func (list observers) CallbackEnd(p Phase, kind string, now time.Duration) {
	for _, o := range list {
		o.CallbackEnd(p, kind, now)
	}
}

func (list observers) Job(id uint64, kind string, s JobState, now time.Duration) {
	for _, o := range list {
		o.Job(id, kind, s, now)
	}
}

func (list observers) HandleOpen(h *Handle) {
	for _, o := range list {
		o.HandleOpen(h)
	}
}

func (list observers) HandleClose(h *Handle) {
	for _, o := range list {
		o.HandleClose(h)
	}
}

func (list observers) RequestStart(r *Request) {
	for _, o := range list {
		if o, ok := o.(RequestObserver); ok {
			o.RequestStart(r)
		}
	}
}

func (list observers) RequestEnd(r *Request) {
	for _, o := range list {
		if o, ok := o.(RequestObserver); ok {
			o.RequestEnd(r)
		}
	}
}
