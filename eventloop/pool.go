package eventloop

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// MaxPoolSize is libuv's upper bound for UV_THREADPOOL_SIZE.
const MaxPoolSize = 1024

// DefaultPoolSize is libuv's pool size where UV_THREADPOOL_SIZE is not set.
const DefaultPoolSize = 4

// A Pool runs blocking work for the loops of one process, as libuv's thread
// pool does: a fixed number of workers take jobs first in, first out.
//
// Workers are started on first use, so the size function is asked only then;
// a script that sets UV_THREADPOOL_SIZE before its first pool job is heard.
type Pool struct {
	size func() int

	mu      sync.Mutex
	cond    *sync.Cond
	queue   []func()
	head    int
	started int // workers alive
	max     int
	idle    int
	closed  bool
	wg      sync.WaitGroup
}

// NewPool returns a pool whose size is asked of size when the first job
// arrives. A nil size means DefaultPoolSize; results are clamped to 1..MaxPoolSize.
func NewPool(size func() int) *Pool {
	p := &Pool{size: size}
	p.cond = sync.NewCond(&p.mu)
	return p
}

// Size returns the number of workers, fixing it if no job has run yet.
func (p *Pool) Size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fix()
}

func (p *Pool) fix() int {
	if p.max == 0 {
		p.max = DefaultPoolSize
		if p.size != nil {
			p.max = p.size()
		}
		p.max = min(max(p.max, 1), MaxPoolSize)
	}
	return p.max
}

// submit queues a job; false once the pool is closed.
func (p *Pool) submit(job func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.fix()
	p.queue = append(p.queue, job)
	// A signalled worker counts as idle until it runs again, so it is the jobs
	// waiting that say whether the idle workers suffice.
	if len(p.queue)-p.head > p.idle && p.started < p.max {
		p.started++
		p.wg.Add(1)
		go p.worker()
		return true
	}
	p.cond.Signal()
	return true
}

func (p *Pool) worker() {
	defer p.wg.Done()
	p.mu.Lock()
	for {
		for p.head == len(p.queue) {
			if p.closed {
				p.started--
				p.mu.Unlock()
				return
			}
			p.idle++
			p.cond.Wait()
			p.idle--
		}
		job := p.queue[p.head]
		p.queue[p.head] = nil
		p.head++
		if p.head == len(p.queue) {
			p.queue, p.head = p.queue[:0], 0
		}
		p.mu.Unlock()
		job()
		p.mu.Lock()
	}
}

// Close lets queued jobs finish, stops the workers and waits for them.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	p.cond.Broadcast()
	p.mu.Unlock()
	p.wg.Wait()
}

// A PanicError is what a pool job's done function receives when its work
// panicked. The process stays up; the request fails.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic in pool job: %v", e.Value) }

// Submit runs work on the pool and done on the loop, in the poll phase, with
// work's results. The returned request keeps the loop alive until then.
//
// work must capture and return Go data only. Its context ends when the request
// is cancelled or the loop closes. A cancelled request that had not begun
// reports context.Canceled (ECANCELED in libuv's terms). After the loop has
// closed done is never called.
func Submit[T any](l *Loop, work func(context.Context) (T, error), done func(T, error)) *Request {
	return SubmitKind(l, "work", work, done)
}

// SubmitKind is Submit with a name for the Observer and getActiveResourcesInfo.
func SubmitKind[T any](l *Loop, kind string, work func(context.Context) (T, error), done func(T, error)) *Request {
	r := l.NewRequest(kind)
	ctx, cancel := context.WithCancel(l.ctx)
	r.cancel = cancel
	l.jobID++
	id := l.jobID
	obs, clock := l.observer, l.clock
	captured := l.capture(kind, nil)
	if obs != nil {
		obs.Job(id, kind, JobQueued, clock.Now())
	}
	job := func() {
		var (
			v   T
			err error
		)
		if err = ctx.Err(); err == nil {
			if obs != nil {
				obs.Job(id, kind, JobStarted, clock.Now())
			}
			v, err = guarded(ctx, work)
			if obs != nil {
				obs.Job(id, kind, JobFinished, clock.Now())
			}
		}
		cancel()
		l.post(kind, func() {
			if obs != nil {
				obs.Job(id, kind, JobDone, clock.Now())
			}
			r.Done()
			l.in(captured, func() { done(v, err) })
			if captured != nil {
				l.hook.Release(captured)
			}
		})
	}
	if !l.pool.submit(job) {
		cancel()
		r.Done()
	}
	return r
}

func guarded[T any](ctx context.Context, work func(context.Context) (T, error)) (v T, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = &PanicError{x, debug.Stack()}
		}
	}()
	return work(ctx)
}
