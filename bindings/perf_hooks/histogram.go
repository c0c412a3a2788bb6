package perf_hooks

import (
	"math"
	"math/bits"
	"strconv"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// A Histogram counts values in buckets whose width grows with the value, so
// that each is known to a number of significant decimal digits (HdrHistogram).
type Histogram struct {
	lowest, highest int64
	unit            int // log2 of the smallest width
	half            int // log2 of half a bucket's slots
	counts          map[int]int64
	top             int // highest index in use
	total, exceeds  int64
	min, max        int64
}

// NewHistogram makes an empty histogram.
func NewHistogram(lowest, highest int64, figures int) *Histogram {
	largest := 2 * math.Pow10(figures)
	slots := int(math.Ceil(math.Log2(largest)))
	h := &Histogram{lowest: lowest, highest: highest, unit: 63 - bits.LeadingZeros64(uint64(max(lowest, 1))), half: max(slots, 1) - 1}
	h.Reset()
	return h
}

// Reset forgets all values.
func (h *Histogram) Reset() {
	h.counts = map[int]int64{}
	h.total, h.exceeds, h.min, h.max, h.top = 0, 0, math.MaxInt64, 0, -1
}

func (h *Histogram) index(v int64) int {
	bucket := max(64-bits.LeadingZeros64(uint64(v)|(1<<(h.unit+h.half+1)-1))-h.unit-h.half-1, 0)
	sub := int(v >> (bucket + h.unit))
	return (bucket+1)<<h.half + sub - 1<<h.half
}

// span is the lowest value of a slot and its width.
func (h *Histogram) span(i int) (low, width int64) {
	bucket := i>>h.half - 1
	sub := i&(1<<h.half-1) + 1<<h.half
	if bucket < 0 {
		sub -= 1 << h.half
		bucket = 0
	}
	return int64(sub) << (bucket + h.unit), 1 << (bucket + h.unit)
}

// Record counts a value.
func (h *Histogram) Record(v int64) {
	if v < 0 || v > h.highest {
		h.exceeds++
		return
	}
	i := h.index(v)
	h.counts[i]++
	h.total++
	h.top = max(h.top, i)
	h.min, h.max = min(h.min, v), max(h.max, v)
}

// Add counts what another histogram counted.
func (h *Histogram) Add(o *Histogram) {
	for i, n := range o.counts {
		low, width := o.span(i)
		v := min(low+width/2, h.highest)
		j := h.index(v)
		h.counts[j] += n
		h.top = max(h.top, j)
	}
	h.total += o.total
	h.exceeds += o.exceeds
	if o.total > 0 {
		h.min, h.max = min(h.min, o.min), max(h.max, o.max)
	}
}

// Count is the number of values, Exceeds of those that were too large.
func (h *Histogram) Count() int64 { return h.total }

// Exceeds is the number of values that did not fit.
func (h *Histogram) Exceeds() int64 { return h.exceeds }

// Min is the smallest value; the largest int64 if there is none.
func (h *Histogram) Min() int64 {
	if h.total == 0 {
		return math.MaxInt64
	}
	low, _ := h.span(h.index(h.min))
	return low
}

// Max is the largest value, rounded up to what it cannot be told from.
func (h *Histogram) Max() int64 {
	if h.total == 0 {
		return 0
	}
	low, width := h.span(h.index(h.max))
	return low + width - 1
}

func (h *Histogram) middle(i int) float64 {
	low, width := h.span(i)
	return float64(low + width/2)
}

// Mean is the average; NaN without values.
func (h *Histogram) Mean() float64 {
	sum := 0.0
	for i, n := range h.counts {
		sum += h.middle(i) * float64(n)
	}
	return sum / float64(h.total)
}

// Stddev is the standard deviation; NaN without values.
func (h *Histogram) Stddev() float64 {
	mean, sum := h.Mean(), 0.0
	for i, n := range h.counts {
		d := h.middle(i) - mean
		sum += d * d * float64(n)
	}
	return math.Sqrt(sum / float64(h.total))
}

// Percentile is the value below which p percent of the values lie.
func (h *Histogram) Percentile(p float64) int64 {
	want := max(int64(min(p, 100)/100*float64(h.total)+0.5), 1)
	seen := int64(0)
	for i := 0; i <= h.top; i++ {
		if seen += h.counts[i]; seen >= want {
			low, width := h.span(i)
			return low + width - 1
		}
	}
	return 0
}

// Percentiles calls yield at 0, 50, 75, 87.5 … and 100.
func (h *Histogram) Percentiles(yield func(percentile float64, value int64)) {
	next, seen, value := 0.0, int64(0), int64(0)
	for i := 0; i <= h.top && seen < h.total; i++ {
		n := h.counts[i]
		if n == 0 {
			continue
		}
		seen += n
		value, _ = h.span(i)
		for reached := 100 * float64(seen) / float64(h.total); next <= reached; {
			yield(next, value)
			if next >= 100 {
				return
			}
			half := math.Pow(2, math.Trunc(math.Log2(100/(100-next)))+1)
			next += 100 / half
			if seen == h.total {
				break
			}
		}
	}
	yield(100, value)
}
