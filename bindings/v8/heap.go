package v8

import (
	"runtime/debug"
	"runtime/metrics"

	"github.com/dop251/goja"
)

// measure reads figures of Go's runtime: the heap that the process's isolates share.
func measure(names ...string) []uint64 {
	list := make([]metrics.Sample, len(names))
	for i, n := range names {
		list[i].Name = n
	}
	metrics.Read(list)
	out := make([]uint64, len(names))
	for i := range list {
		if list[i].Value.Kind() == metrics.KindUint64 {
			out[i] = list[i].Value.Uint64()
		}
	}
	return out
}

// heapStatistics returns [total, physical, available, used, limit, malloced, external].
func (b *binding) heapStatistics(goja.FunctionCall) goja.Value {
	m := measure("/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes", "/memory/classes/heap/free:bytes",
		"/memory/classes/total:bytes", "/memory/classes/heap/released:bytes", "/memory/classes/metadata/other:bytes",
		"/memory/classes/os-stacks:bytes", "/memory/classes/heap/stacks:bytes", "/gc/gomemlimit:bytes")
	objects, unused, free, total, released := m[0], m[1], m[2], m[3], m[4]
	limit := m[8]
	if mem := debug.SetMemoryLimit(-1); mem > 0 && mem < 1<<53 {
		limit = uint64(mem)
	}
	if limit >= 1<<53 { // none is set
		limit = 1<<53 - 1
	}
	heap := objects + unused + free
	return b.vm.NewArray(heap, total-released, limit-min(heap, limit), objects, limit, m[5]+m[6]+m[7], m[7])
}

// heapSpaces returns [size, used, available] of the one space that there is.
func (b *binding) heapSpaces(goja.FunctionCall) goja.Value {
	m := measure("/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes", "/memory/classes/heap/free:bytes")
	return b.vm.NewArray(m[0]+m[1]+m[2], m[0], m[1]+m[2])
}

// codeStatistics returns [code, bytecode, source, profiler]: goja keeps its
// programs on the heap and does not count them.
func (b *binding) codeStatistics(goja.FunctionCall) goja.Value { return b.vm.NewArray(0, 0, 0, 0) }

// gcCount returns how many collections there have been, and how long the
// program has stood still for them, in nanoseconds.
func (b *binding) gcCount(goja.FunctionCall) goja.Value {
	var s debug.GCStats
	debug.ReadGCStats(&s)
	return b.vm.NewArray(s.NumGC, s.PauseTotal.Nanoseconds())
}
