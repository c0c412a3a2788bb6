package inspect

import (
	"strconv"
	"strings"
)

// Deep structures would copy their inner text once a level. Text beyond
// chunkSize is therefore put aside, and a mark stands for it until the whole
// is put together. A mark is a number between bytes that no text contains.
const (
	chunkSize = 1 << 15
	mark      = 0xff
)

type chunk struct {
	text string // may contain marks
	size int    // of all that it stands for
}

// aside replaces a long text with a mark. Only text that is certain not to be
// joined on one line qualifies: its lines are too long to matter.
func (c *context) aside(s string) string {
	if len(s) < chunkSize || c.breakLength >= chunkSize/2 || strings.IndexByte(s, '\n') < 0 {
		return s
	}
	c.chunks = append(c.chunks, chunk{s, c.size(s)})
	return "\xff" + strconv.Itoa(len(c.chunks)-1) + "\xff"
}

func marked(s string) bool { return strings.IndexByte(s, mark) >= 0 }

// size is the length of what s stands for.
func (c *context) size(s string) int {
	n := len(s)
	c.marks(s, func(from, to, id int) { n += c.chunks[id].size - (to - from) })
	return n
}

func (c *context) marks(s string, visit func(from, to, id int)) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], mark)
		if i < 0 {
			return
		}
		i += at
		j := i + 1 + strings.IndexByte(s[i+1:], mark)
		id, _ := strconv.Atoi(s[i+1 : j])
		visit(i, j+1, id)
		at = j + 1
	}
}

// whole puts the text together.
func (c *context) whole(s string) string {
	if len(c.chunks) == 0 || !marked(s) {
		return s
	}
	var b strings.Builder
	b.Grow(c.size(s))
	c.expand(&b, s)
	return b.String()
}

func (c *context) expand(b *strings.Builder, s string) {
	last := 0
	c.marks(s, func(from, to, id int) {
		b.WriteString(s[last:from])
		c.expand(b, c.chunks[id].text)
		last = to
	})
	b.WriteString(s[last:])
}
