// Package perf_hooks is node:perf_hooks: the clock, the timeline of entries
// and its observers, histograms, and what the event loop did with its time.
//
// Missing: gc, http, http2, net and dns entries; histograms cannot be cloned
// to another thread. Deviations: v8Start is when the isolate was begun;
// uvMetricsInfo counts turns only.
package perf_hooks

import (
	"embed"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// processStart is the zero of performance.now in the main isolate.
var processStart = time.Now()

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "perf_hooks", JS: files, File: "perf_hooks.js", Native: native},
		{Name: "internal/perf/observe", JS: files, File: "observe.js"},
		{Name: "internal/perf/utilization", JS: files, File: "utilization.js"},
		{Name: "internal/histogram", JS: files, File: "histogram.js"},
	}
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func native(env bindings.Env) *goja.Object {
	vm, loop := env.VM(), env.Loop()
	o := vm.NewObject()
	origin := processStart
	natives.Set(vm, o, "now", 0, func(goja.FunctionCall) goja.Value {
		return vm.ToValue(ms(time.Since(origin)))
	})
	// nowOf makes performance.now: native, because programs call it a lot.
	natives.Set(vm, o, "nowOf", 1, func(c goja.FunctionCall) goja.Value {
		owner := c.Argument(0)
		return natives.Func(vm, "now", 0, func(c goja.FunctionCall) goja.Value {
			if c.This != owner {
				panic(env.NewError("ERR_INVALID_THIS", "Performance"))
			}
			return vm.ToValue(ms(time.Since(origin)))
		})
	})
	_ = o.Set("timeOrigin", float64(origin.UnixNano())/1e6)
	// The loop's clock has a zero of its own: zero is it on our scale. Read once:
	// what is in the past does not move.
	zero := sync.OnceValue(func() time.Duration { return time.Since(origin) - loop.ClockNow() })
	natives.Set(vm, o, "milestones", 0, func(goja.FunctionCall) goja.Value {
		start, exit := loop.Lifetime()
		at := func(d time.Duration) float64 {
			if d < 0 {
				return -1
			}
			return ms(zero() + d)
		}
		begun := ms(zero())
		boot := 0.0
		if v := env.Internal("runtime").Get("bootTime"); v != nil {
			boot = begun + v.ToFloat()
		}
		return vm.NewArray(begun/4, begun/2, begun, max(boot, begun+0.001), at(start), at(exit), ms(loop.IdleTime()), loop.Turns())
	})
	natives.Set(vm, o, "idleTime", 0, func(goja.FunctionCall) goja.Value { return vm.ToValue(ms(loop.IdleTime())) })
	natives.Set(vm, o, "loopStart", 0, func(goja.FunctionCall) goja.Value {
		if start, _ := loop.Lifetime(); start >= 0 {
			return vm.ToValue(ms(zero() + start))
		}
		return vm.ToValue(-1)
	})
	histogramNatives(env, o)
	return o
}

// histogram is one Histogram object's Go side.
type histogram struct {
	*Histogram
	last  time.Time // of recordDelta
	timer *eventloop.Timer
	on    bool
}

func histogramNatives(env bindings.Env, o *goja.Object) {
	vm := env.VM()
	of := func(c goja.FunctionCall) *histogram {
		h, ok := c.Argument(0).Export().(*handle)
		if !ok {
			panic(vm.NewTypeError("not a histogram"))
		}
		return h.histogram
	}
	natives.Set(vm, o, "newHistogram", 3, func(c goja.FunctionCall) goja.Value {
		h := &histogram{Histogram: NewHistogram(c.Argument(0).ToInteger(), c.Argument(1).ToInteger(), int(c.Argument(2).ToInteger()))}
		return vm.NewDynamicObject(&handle{h})
	})
	number := func(name string, get func(*histogram) float64) {
		natives.Set(vm, o, name, 1, func(c goja.FunctionCall) goja.Value { return vm.ToValue(get(of(c))) })
	}
	number("count", func(h *histogram) float64 { return float64(h.Count()) })
	number("exceeds", func(h *histogram) float64 { return float64(h.Exceeds()) })
	number("min", func(h *histogram) float64 { return float64(h.Min()) })
	number("max", func(h *histogram) float64 { return float64(h.Max()) })
	number("mean", (*histogram).mean)
	number("stddev", func(h *histogram) float64 { return h.Stddev() })
	natives.Set(vm, o, "minText", 1, func(c goja.FunctionCall) goja.Value { return vm.ToValue(itoa(of(c).Min())) })
	natives.Set(vm, o, "record", 2, func(c goja.FunctionCall) goja.Value {
		of(c).Record(c.Argument(1).ToInteger())
		return nil
	})
	natives.Set(vm, o, "recordDelta", 1, func(c goja.FunctionCall) goja.Value {
		h, now := of(c), time.Now()
		if !h.last.IsZero() {
			h.Record(int64(now.Sub(h.last)))
		}
		h.last = now
		return nil
	})
	natives.Set(vm, o, "percentile", 2, func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(float64(of(c).Percentile(c.Argument(1).ToFloat())))
	})
	// percentiles: keys and values alternate.
	natives.Set(vm, o, "percentiles", 1, func(c goja.FunctionCall) goja.Value {
		var out []any
		of(c).Percentiles(func(p float64, v int64) { out = append(out, p, float64(v)) })
		return vm.NewArray(out...)
	})
	natives.Set(vm, o, "reset", 1, func(c goja.FunctionCall) goja.Value { of(c).Reset(); return nil })
	natives.Set(vm, o, "add", 2, func(c goja.FunctionCall) goja.Value {
		if other, ok := c.Argument(1).Export().(*handle); ok {
			of(c).Add(other.Histogram)
		}
		return nil
	})
	// enable(h, resolution) samples how late a timer of the loop is.
	natives.Set(vm, o, "enable", 2, func(c goja.FunctionCall) goja.Value {
		h := of(c)
		if h.on {
			return vm.ToValue(false)
		}
		h.on = true
		every := time.Duration(c.Argument(1).ToInteger()) * time.Millisecond
		last := time.Now()
		tick := func() {
			now := time.Now()
			if d := now.Sub(last); d > 0 {
				h.Record(int64(d))
			}
			last = now
			if h.on {
				h.timer.Reset(every)
			}
		}
		h.timer = env.Loop().SetTimer(every, tick)
		h.timer.Unref()
		return vm.ToValue(true)
	})
	natives.Set(vm, o, "disable", 1, func(c goja.FunctionCall) goja.Value {
		h := of(c)
		if !h.on {
			return vm.ToValue(false)
		}
		h.on = false
		h.timer.Stop()
		return vm.ToValue(true)
	})
}

func (h *histogram) mean() float64 { return h.Mean() }

// handle is a histogram as JavaScript holds it.
type handle struct{ *histogram }

func (*handle) Get(string) goja.Value       { return nil }
func (*handle) Set(string, goja.Value) bool { return false }
func (*handle) Has(string) bool             { return false }
func (*handle) Delete(string) bool          { return true }
func (*handle) Keys() []string              { return nil }
