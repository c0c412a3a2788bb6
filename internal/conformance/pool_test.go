//go:build unix

package conformance

import (
	"bytes"
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/jstest"
	isolate "github.com/gonode/gonode/runtime"
)

// poolObserver keeps what the pool did. It holds every pbkdf2 job at its start
// until the pool is seen to be as the test wants it: what runs together is then
// no matter of how fast the machine is.
type poolObserver struct {
	mu            sync.Mutex
	turn          *sync.Cond
	kinds         map[uint64]string
	threads       int  // what must run together
	waits         bool // a job must be waiting meanwhile
	running, peak int
	queued        int // not started yet
	seen          bool
}

func newPoolObserver(threads int, waits bool) *poolObserver {
	o := &poolObserver{kinds: map[uint64]string{}, threads: threads, waits: waits}
	o.turn = sync.NewCond(&o.mu)
	return o
}

// release lets every held job go.
func (o *poolObserver) release() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = true
	o.turn.Broadcast()
}

// reached says whether the pool is in the state that the test waits for.
func (o *poolObserver) reached() bool {
	return o.running >= o.threads && (!o.waits || o.queued > 0)
}

func (*poolObserver) PhaseStart(eventloop.Phase, time.Duration)            {}
func (*poolObserver) PhaseEnd(eventloop.Phase, time.Duration)              {}
func (*poolObserver) CallbackStart(eventloop.Phase, string, time.Duration) {}
func (*poolObserver) CallbackEnd(eventloop.Phase, string, time.Duration)   {}
func (*poolObserver) HandleOpen(*eventloop.Handle)                         {}
func (*poolObserver) HandleClose(*eventloop.Handle)                        {}

func (o *poolObserver) Job(id uint64, kind string, s eventloop.JobState, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch s {
	case eventloop.JobQueued:
		o.kinds[id] = kind
		o.queued++
	case eventloop.JobStarted:
		o.queued--
		o.running++
		o.peak = max(o.peak, o.running)
	case eventloop.JobFinished:
		o.running--
	}
	if o.reached() {
		o.seen = true
		o.turn.Broadcast()
	}
	for s == eventloop.JobStarted && !o.seen && o.kinds[id] == "PBKDF2REQUEST" {
		o.turn.Wait()
	}
}

// TestThreadPool runs the document's five-file example inside this process and
// looks at the pool through the Observer: with four threads four jobs run
// together and the fifth waits; with UV_THREADPOOL_SIZE = 8, set by the script
// itself, all five run together.
func TestThreadPool(t *testing.T) {
	for _, c := range []struct {
		dir, script string
		peak        int
		waits       bool
	}{
		{"11-thread-pool", "example.js", 4, true},
		{"12-thread-pool-size", "main.js", 5, false},
	} {
		t.Run(c.dir, func(t *testing.T) {
			dir, err := filepath.Abs(filepath.Join(docRoot, c.dir))
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			defer jstest.LeakCheck(t)()
			obs := newPoolObserver(c.peak, c.waits)
			// A pool that never gets there fails the test instead of hanging it.
			defer time.AfterFunc(2*time.Minute, obs.release).Stop()
			var out, errs bytes.Buffer
			iso, err := isolate.New(isolate.Options{Observer: obs, Host: &bindings.Host{
				Args: []string{"gonode", filepath.Join(dir, c.script)}, OwnsProcess: true,
				Env: bindings.NewEnviron([]string{"PATH=/bin"}), Stdout: &out, Stderr: &errs,
			}})
			if err != nil {
				t.Fatal(err)
			}
			code, err := iso.Run(context.Background())
			iso.Close()
			if code != 0 || err != nil {
				t.Fatal(code, err, errs.String())
			}
			if obs.peak != c.peak {
				t.Errorf("%d jobs ran together, want %d", obs.peak, c.peak)
			}
		})
	}
}
