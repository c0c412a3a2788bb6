package process

import (
	"math/big"
	"os"
	"runtime/metrics"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// A usage is getrusage's answer; times are in microseconds.
type usage struct {
	user, system                                             int64
	maxRSS, sharedMem, unsharedData, unsharedStack           int64
	minorFault, majorFault, swaps, fsRead, fsWrite           int64
	ipcSent, ipcReceived, signals, voluntaryCtx, involuntCtx int64
}

// hrtime([previous]) is [seconds, nanoseconds].
func (b *binding) hrtime(c goja.FunctionCall) goja.Value {
	now := monotonic()
	sec, nsec := now/1e9, now%1e9
	if prev := c.Argument(0); !goja.IsUndefined(prev) {
		o, ok := prev.(*goja.Object)
		if !ok || o.ClassName() != "Array" {
			panic(b.env.NewError("ERR_INVALID_ARG_TYPE", "time", "Array", prev))
		}
		if n := o.Get("length").ToInteger(); n != 2 {
			panic(b.env.NewError("ERR_OUT_OF_RANGE", "time", 2, n))
		}
		sec -= o.Get("0").ToInteger()
		nsec -= o.Get("1").ToInteger()
		if nsec < 0 {
			sec--
			nsec += 1e9
		}
	}
	return b.vm.NewArray(sec, nsec)
}

func (b *binding) hrtimeBigInt(goja.FunctionCall) goja.Value {
	return b.vm.ToValue(big.NewInt(monotonic()))
}

func (b *binding) uptime(goja.FunctionCall) goja.Value {
	return b.vm.ToValue(float64(monotonic()-started) / 1e9)
}

// started is when the process's Go code began; package variables are made first.
var started = monotonic()

// cpuUsage(into) fills [user, system].
func (b *binding) cpuUsage(goja.FunctionCall) goja.Value {
	u := getUsage()
	return b.vm.NewArray(u.user, u.system)
}

func (b *binding) threadCpuUsage(goja.FunctionCall) goja.Value {
	user, system := threadUsage()
	return b.vm.NewArray(user, system)
}

func (b *binding) resourceUsage(goja.FunctionCall) goja.Value {
	u := getUsage()
	o := b.vm.NewObject()
	for _, f := range []struct {
		name string
		v    int64
	}{
		{"userCPUTime", u.user}, {"systemCPUTime", u.system}, {"maxRSS", u.maxRSS},
		{"sharedMemorySize", u.sharedMem}, {"unsharedDataSize", u.unsharedData}, {"unsharedStackSize", u.unsharedStack},
		{"minorPageFault", u.minorFault}, {"majorPageFault", u.majorFault}, {"swappedOut", u.swaps},
		{"fsRead", u.fsRead}, {"fsWrite", u.fsWrite}, {"ipcSent", u.ipcSent}, {"ipcReceived", u.ipcReceived},
		{"signalsCount", u.signals}, {"voluntaryContextSwitches", u.voluntaryCtx},
		{"involuntaryContextSwitches", u.involuntCtx},
	} {
		_ = o.Set(f.name, f.v)
	}
	return o
}

// memoryUsage reads Go's heap, which is the script's heap.
func (b *binding) memoryUsage(goja.FunctionCall) goja.Value {
	s := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/metadata/other:bytes"},
	}
	metrics.Read(s)
	used := int64(s[0].Value.Uint64())
	total := used + int64(s[1].Value.Uint64()+s[2].Value.Uint64())
	o := b.vm.NewObject()
	_ = o.Set("rss", max(rss(), total))
	_ = o.Set("heapTotal", total)
	_ = o.Set("heapUsed", used)
	_ = o.Set("external", int64(s[3].Value.Uint64()))
	_ = o.Set("arrayBuffers", 0)
	return o
}

func (b *binding) rss(goja.FunctionCall) goja.Value { return b.vm.ToValue(rss()) }

// rss is the resident set; where /proc does not say, its maximum.
func rss() int64 {
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := strings.Fields(string(data)); len(f) > 1 {
			n, _ := strconv.ParseInt(f[1], 10, 64)
			return n * int64(os.Getpagesize())
		}
	}
	return getUsage().maxRSS * 1024
}

func readNumber(path string) (int64, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
	return n, err == nil
}

// constrainedMemory is the cgroup's limit, 0 if there is none.
func (b *binding) constrainedMemory(goja.FunctionCall) goja.Value { return b.vm.ToValue(memoryLimit()) }

func memoryLimit() int64 {
	for _, f := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if n, ok := readNumber(f); ok {
			return n
		}
	}
	return 0
}

func (b *binding) availableMemory(goja.FunctionCall) goja.Value {
	limit := memoryLimit()
	if used, ok := readNumber("/sys/fs/cgroup/memory.current"); ok && limit > 0 {
		return b.vm.ToValue(max(limit-used, 0))
	}
	data, err := os.ReadFile("/proc/meminfo")
	if err == nil {
		for _, line := range strings.Split(string(data), "\n") {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "MemAvailable:" {
				n, _ := strconv.ParseInt(f[1], 10, 64)
				return b.vm.ToValue(n * 1024)
			}
		}
	}
	return b.vm.ToValue(totalMemory())
}
