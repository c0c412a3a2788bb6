package runtime

import (
	"context"
	"time"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/stack"
)

// child is a running child isolate, seen from anywhere.
type child struct {
	iso  *Isolate
	gone chan struct{}
}

// Spawn starts a child isolate on a goroutine of its own. It shares the
// parent's thread pool and built-in modules, and nothing else.
func (iso *Isolate) Spawn(o bindings.ChildOptions) (bindings.Child, error) {
	opts := Options{Host: o.Host, Modules: iso.opts.Modules, Pool: iso.opts.Pool, Main: o.Main}
	if iso.trace != nil {
		opts.recorder = iso.trace.rec
	}
	if o.StackSize > 0 {
		opts.callDepth = max(int(o.StackSize*MaxCallDepth), 100)
	}
	c := &child{gone: make(chan struct{})}
	booted := make(chan error, 1)
	go func() {
		stack.Reserve()
		defer close(c.gone)
		kid, err := New(opts)
		if err != nil {
			booted <- err
			return
		}
		c.iso = kid
		kid.loop.Begin()
		booted <- nil
		code := 1
		if o.Setup == nil || kid.Enter(func() { o.Setup(kid) }) {
			code, err = kid.Run(context.Background())
		}
		if kid.scope.terminated.Load() {
			code = 1
		}
		kid.Close()
		if o.Done != nil {
			o.Done(code, err)
		}
	}()
	if err := <-booted; err != nil {
		return nil, err
	}
	return c, nil
}

// Terminate stops the child, also out of an endless loop.
func (c *child) Terminate() { c.iso.Terminate() }

// Post runs fn on the child's loop.
func (c *child) Post(fn func()) bool { return c.iso.loop.Post(fn) }

// LoopTimes returns how long the child's loop has run, and waited.
func (c *child) LoopTimes() (total, idle time.Duration) { return c.iso.loop.Times() }

// Wait blocks until the child has been torn down.
func (c *child) Wait(ctx context.Context) error {
	select {
	case <-c.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Terminated is closed when the isolate is being stopped from outside.
func (iso *Isolate) Terminated() <-chan struct{} { return iso.ended }
