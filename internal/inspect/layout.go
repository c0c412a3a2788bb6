package inspect

import (
	"math"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

const minLineWidth = 16

// What the entries of an output are; it decides about columns and sorting.
type extras uint8

const (
	objectType extras = iota
	arrayType
	arrayExtras
)

const spaces = "                                                                "

func indent(n int) string {
	if n <= len(spaces) {
		return spaces[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}

// reduce joins the entries of one object to one string: on one line if that
// is short and nests few levels, else one entry a line.
func (c *context) reduce(output []string, base string, open, end string, kind extras, recurse int, value *goja.Object) string {
	if c.compact >= 0 && !c.compactTrue {
		if c.compact >= 1 {
			entries := len(output)
			if kind == arrayExtras && entries > 6 {
				output = c.group(output, value)
			}
			if !c.spread && c.current-recurse < c.compact && entries == len(output) {
				start := len(output) + c.indentation + Length(open) + Length(base) + 10
				if c.fits(output, start, base) && !anyHasNewline(output) {
					return joinOne(base, open, output, end)
				}
			}
		}
		ind := "\n" + indent(c.indentation)
		var b strings.Builder
		n := len(base) + len(open) + 2*len(ind) + len(end)
		for _, s := range output {
			n += len(s) + len(ind) + 3
		}
		b.Grow(n)
		if base != "" {
			b.WriteString(base)
			b.WriteByte(' ')
		}
		b.WriteString(open)
		for i, s := range output {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(ind)
			b.WriteString("  ")
			b.WriteString(s)
		}
		if len(output) == 0 {
			b.WriteString(ind + "  ")
		}
		b.WriteString(ind)
		b.WriteString(end)
		return b.String()
	}
	if c.fits(output, 0, base) {
		s := open
		if base != "" {
			s += " " + base
		}
		return s + " " + strings.Join(output, ", ") + " " + end
	}
	ind := "\n" + indent(c.indentation)
	ln := " "
	if base != "" || len(open) != 1 {
		ln = ind + "  "
		if base != "" {
			ln = " " + base + ln
		}
	}
	return open + ln + strings.Join(output, ","+ind+"  ") + " " + end
}

func joinOne(base, open string, output []string, end string) string {
	n := len(base) + len(open) + len(end) + 3
	for _, s := range output {
		n += len(s) + 2
	}
	b := make([]byte, 0, n)
	if base != "" {
		b = append(append(b, base...), ' ')
	}
	b = append(append(b, open...), ' ')
	for i, s := range output {
		if i > 0 {
			b = append(b, ',', ' ')
		}
		b = append(b, s...)
	}
	b = append(append(b, ' '), end...)
	return string(b)
}

func anyHasNewline(list []string) bool {
	for _, s := range list {
		if strings.IndexByte(s, '\n') >= 0 || marked(s) {
			return true
		}
	}
	return false
}

// fits reports whether the entries fit on one line. The count is on purpose
// Node's, which adds one column an entry for the separator.
func (c *context) fits(output []string, start int, base string) bool {
	total := float64(len(output) + start)
	if total+float64(len(output)) > c.breakLength {
		return false
	}
	for _, s := range output {
		if len(c.chunks) > 0 && marked(s) {
			return false
		}
		if c.colors {
			s = StripControl(s)
		}
		total += float64(Length(s))
		if total > c.breakLength {
			return false
		}
	}
	return base == "" || strings.IndexByte(base, '\n') < 0
}

// group puts more than six short entries of an array into columns.
func (c *context) group(output []string, value *goja.Object) []string {
	total, longest := 0, 0
	n := len(output)
	if c.maxArray < float64(n) {
		n-- // "... more items" keeps a line of its own
	}
	const separator = 2
	lengths := make([]int, n)
	for i := range n {
		if len(c.chunks) > 0 && marked(output[i]) {
			return output
		}
		lengths[i] = Width(output[i], c.colors)
		total += lengths[i] + separator
		longest = max(longest, lengths[i])
	}
	actualMax := longest + separator
	if float64(actualMax*3+c.indentation) >= c.breakLength ||
		float64(total)/float64(actualMax) <= 5 && longest > 6 {
		return output
	}
	// Columns so that the block looks roughly square.
	averageBias := math.Sqrt(float64(actualMax) - float64(total)/float64(len(output)))
	biasedMax := math.Max(float64(actualMax)-3-averageBias, 1)
	columns := int(math.Min(math.Min(
		math.Floor(math.Sqrt(2.5*biasedMax*float64(n))/biasedMax+0.5),
		math.Floor((c.breakLength-float64(c.indentation))/float64(actualMax))),
		math.Min(float64(c.compact)*4, 15)))
	if columns <= 1 {
		return output
	}
	widths := make([]int, 0, columns)
	for i := range columns {
		w := 0
		for j := i; j < n; j += columns {
			w = max(w, lengths[j])
		}
		widths = append(widths, w+separator)
	}
	right := true
	if value != nil {
		right = allNumbers(value, len(output))
	}
	tmp := make([]string, 0, n/columns+2)
	for i := 0; i < n; i += columns {
		last := min(i+columns, n)
		var b strings.Builder
		j := i
		for ; j < last-1; j++ {
			pad := indent(widths[j-i] - lengths[j] - separator)
			if right {
				b.WriteString(pad)
			}
			b.WriteString(output[j])
			b.WriteString(", ")
			if !right {
				b.WriteString(pad)
			}
		}
		if right {
			b.WriteString(indent(widths[j-i] - separator - lengths[j]))
		}
		b.WriteString(output[j])
		tmp = append(tmp, b.String())
	}
	if c.maxArray < float64(len(output)) {
		tmp = append(tmp, output[n])
	}
	return tmp
}

func allNumbers(o *goja.Object, n int) bool {
	if values, ok := gojax.Elements(o); ok {
		if len(values) < n {
			return false
		}
		for _, v := range values[:n] {
			if v == nil || !goja.IsNumber(v) && !goja.IsBigInt(v) {
				return false
			}
		}
		return true
	}
	if gojax.KindOf(o) == gojax.KindTypedArray {
		return int(get(o, "length").ToInteger()) >= n
	}
	for i := range n {
		v := gojax.Get(o, intKey(i))
		if !goja.IsNumber(v) && !goja.IsBigInt(v) {
			return false
		}
	}
	return true
}
