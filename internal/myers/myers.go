// Package myers computes the shortest edit script between two lists of lines
// (E. Myers, "An O(ND) Difference Algorithm and Its Variations").
package myers

// Op is what happened to a line.
type Op int

// The operations: in both, only in the expected list, only in the actual one.
const (
	Delete Op = -1
	Keep   Op = 0
	Insert Op = 1
)

// An Edit is one line of the script.
type Edit struct {
	Op   Op
	Text string
}

// Diff returns the script that leads from expected to actual. With comma, two
// lines that differ in a trailing comma alone are the same.
func Diff(actual, expected []string, comma bool) []Edit {
	n, m := len(actual), len(expected)
	total := n + m
	v := make([]int32, 2*total+2)
	var trace [][]int32
	equal := func(a, b string) bool {
		return a == b || comma && (len(a) == len(b)+1 && a == b+"," || len(b) == len(a)+1 && a+"," == b)
	}
	for d := 0; d <= total; d++ {
		// Only 2d+3 cells around the middle can matter at this level.
		lo, hi := max(total-d-1, 0), min(total+d+2, len(v))
		snapshot := make([]int32, hi-lo)
		copy(snapshot, v[lo:hi])
		trace = append(trace, snapshot)
		for k := -d; k <= d; k += 2 {
			i := k + total
			var x int
			if k == -d || k != d && v[i-1] < v[i+1] {
				x = int(v[i+1])
			} else {
				x = int(v[i-1]) + 1
			}
			y := x - k
			for x < n && y < m && equal(actual[x], expected[y]) {
				x++
				y++
			}
			v[i] = int32(x)
			if x >= n && y >= m {
				return backtrack(trace, actual, expected, comma, total)
			}
		}
	}
	return nil
}

func backtrack(trace [][]int32, actual, expected []string, comma bool, total int) []Edit {
	x, y := len(actual), len(expected)
	var rev []Edit
	for d := len(trace) - 1; d >= 0; d-- {
		lo := max(total-d-1, 0)
		at := func(k int) int { return int(trace[d][k+total-lo]) }
		k := x - y
		prev := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			prev = k + 1
		}
		px := at(prev)
		py := px - prev
		for x > px && y > py && x > 0 && y > 0 {
			line := actual[x-1]
			if comma && (line == "" || line[len(line)-1] != ',') {
				line = expected[y-1]
			}
			rev = append(rev, Edit{Keep, line})
			x--
			y--
		}
		if d > 0 {
			if x > px {
				x--
				rev = append(rev, Edit{Insert, actual[x]})
			} else {
				y--
				rev = append(rev, Edit{Delete, expected[y]})
			}
		}
	}
	for i, j := 0, len(rev)-1; i < j; i, j = i+1, j-1 {
		rev[i], rev[j] = rev[j], rev[i]
	}
	return rev
}
