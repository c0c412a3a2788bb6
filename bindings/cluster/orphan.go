package cluster

import (
	"os"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

// grace is how long a worker whose primary is gone may take to notice: its
// loop sees the channel's end at once, unless a script keeps it.
const grace = time.Second

type orphaned struct{}

func (orphaned) Error() string { return "the cluster's primary is gone" }

// native's watchPrimary(fd) looks after the channel from outside the loop, so
// that no worker outlives a killed primary, not even in an endless loop. It
// returns a function that ends the watch.
func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("watchPrimary", func(c goja.FunctionCall) goja.Value {
		gone, stop := hangup(int(c.Argument(0).ToInteger()))
		done := make(chan struct{})
		var ended bool
		end := func() {
			if !ended {
				ended = true
				close(done)
				stop()
			}
		}
		env.OnCleanup(end)
		go func() {
			select {
			case <-done:
				return
			case <-gone:
			}
			for _, last := range []func(){func() { vm.Interrupt(orphaned{}) }, func() { os.Exit(1) }} {
				t := time.NewTimer(grace)
				select {
				case <-done:
					t.Stop()
					return
				case <-t.C:
					last()
				}
			}
		}()
		return vm.ToValue(func(goja.FunctionCall) goja.Value { end(); return nil })
	})
	return o
}
