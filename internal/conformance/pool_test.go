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

// poolObserver keeps what the pool did, in order.
type poolObserver struct {
	mu            sync.Mutex
	kinds         map[uint64]string
	running, peak int
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
	case eventloop.JobStarted:
		o.running++
		o.peak = max(o.peak, o.running)
	case eventloop.JobFinished:
		o.running--
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
	}{
		{"11-thread-pool", "example.js", 4},
		{"12-thread-pool-size", "main.js", 5},
	} {
		t.Run(c.dir, func(t *testing.T) {
			dir, err := filepath.Abs(filepath.Join(docRoot, c.dir))
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			defer jstest.LeakCheck(t)()
			obs := &poolObserver{kinds: map[uint64]string{}}
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
