package perf_hooks

import (
	"math"
	"testing"
)

func TestHistogram(t *testing.T) {
	h := NewHistogram(1, math.MaxInt64>>10, 3)
	for v := int64(1); v <= 10000; v++ {
		h.Record(v)
	}
	for p, want := range map[float64]int64{50: 5000, 99: 9900, 100: 10000} {
		if got := h.Percentile(p); math.Abs(float64(got-want)) > float64(want)/1000+1 {
			t.Errorf("p%v = %d, want about %d", p, got, want)
		}
	}
	if m := h.Mean(); math.Abs(m-5000.5) > 5 {
		t.Errorf("mean %v", m)
	}
	for _, v := range []int64{0, 1, 2047, 2048, 4095, 4096, 123456789, 1 << 50} {
		low, width := h.span(h.index(v))
		if v < low || v >= low+width {
			t.Errorf("%d is not in its slot [%d, %d)", v, low, low+width)
		}
	}
}
