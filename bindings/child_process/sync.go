package child_process

import (
	"bytes"
	"os"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/nodeerr"
)

// spawnSync(options) runs a process to its end on the caller's time. The
// result is { pid, status, signal, output, error }.
func (st *state) spawnSync(c goja.FunctionCall) goja.Value {
	vm := st.vm
	o := c.Argument(0).ToObject(vm)
	opt := st.options(o)
	st.mustStart(&opt)
	number := func(key string) float64 {
		v := o.Get(key)
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			return -1
		}
		return v.ToFloat()
	}
	res := vm.NewObject()
	run := &syncRun{maxBuffer: number("maxBuffer"), killSignal: int(number("killSignal"))}
	if run.killSignal <= 0 {
		run.killSignal = 15
	}
	if ms := number("timeout"); ms > 0 {
		run.timeout = time.Duration(ms * float64(time.Millisecond))
	}
	err := run.run(opt, st.env.Terminated())
	if err != nil && run.pid == 0 {
		_ = res.Set("error", nodeerr.Number(nodeerr.CodeOf(err)))
		_ = res.Set("status", goja.Null())
		_ = res.Set("signal", goja.Null())
		_ = res.Set("output", goja.Null())
		_ = res.Set("pid", 0)
		return res
	}
	if err != nil {
		_ = res.Set("error", nodeerr.Number(nodeerr.CodeOf(err)))
	}
	_ = res.Set("pid", run.pid)
	if run.sig != 0 {
		_ = res.Set("status", goja.Null())
		_ = res.Set("signal", signalName(run.sig))
	} else {
		_ = res.Set("status", run.code)
		_ = res.Set("signal", goja.Null())
	}
	out := make([]any, len(opt.stdio))
	for i := range out {
		if run.output[i] == nil {
			out[i] = goja.Null()
		} else {
			out[i] = st.env.NewBuffer(run.output[i].Bytes())
		}
	}
	_ = res.Set("output", vm.NewArray(out...))
	return res
}

// syncRun is one spawnSync in progress.
type syncRun struct {
	timeout    time.Duration
	maxBuffer  float64 // bytes; negative or infinite: no limit
	killSignal int

	pid, code, sig int
	output         []*bytes.Buffer

	mu     sync.Mutex
	failed error
}

var (
	errTimeout = &nodeerr.Errno{Code: "ETIMEDOUT"}
	errBuffer  = &nodeerr.Errno{Code: "ENOBUFS"}
)

func (r *syncRun) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil {
		r.failed = err
	}
}

func (r *syncRun) run(opt options, stop <-chan struct{}) error {
	proc, fds, err := start(opt)
	if err != nil {
		return err
	}
	r.pid = proc.pid()
	r.output = make([]*bytes.Buffer, len(fds))
	var wg sync.WaitGroup
	pipes := make([]*os.File, len(fds))
	for i, fd := range fds {
		if fd >= 0 {
			pipes[i] = pipeFile(fd)
		}
	}
	// What a killed child has started may hold its pipes open: nobody waits for that.
	kill := func(sig int) {
		_ = proc.signal(sig)
		for _, f := range pipes {
			if f != nil {
				f.Close()
			}
		}
	}
	for i, f := range pipes {
		if f == nil {
			continue
		}
		if opt.stdio[i].input != nil || i == 0 {
			go func() {
				defer closeWrite(f)
				_, _ = f.Write(opt.stdio[i].input)
			}()
			if i == 0 {
				continue
			}
		}
		r.output[i] = &bytes.Buffer{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			if !r.collect(r.output[i], f) {
				r.fail(errBuffer)
				kill(r.killSignal)
			}
		}()
	}
	done := make(chan struct{})
	go func() {
		r.code, r.sig = proc.wait()
		wg.Wait()
		close(done)
	}()
	var timer <-chan time.Time
	if r.timeout > 0 {
		t := time.NewTimer(r.timeout)
		defer t.Stop()
		timer = t.C
	}
	for {
		select {
		case <-done:
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.failed
		case <-timer:
			r.fail(errTimeout)
			kill(r.killSignal)
			timer = nil
		case <-stop:
			kill(9)
			stop = nil
		}
	}
}

// collect reads until the end. It returns false once there is more than
// maxBuffer, which the last read still counts to.
func (r *syncRun) collect(b *bytes.Buffer, f *os.File) bool {
	defer f.Close()
	var chunk [64 << 10]byte
	for {
		n, err := f.Read(chunk[:])
		b.Write(chunk[:n])
		if r.maxBuffer >= 0 && float64(b.Len()) > r.maxBuffer {
			return false
		}
		if err != nil {
			return true
		}
	}
}
