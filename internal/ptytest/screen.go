// Package ptytest runs programs on a pseudo-terminal and shows what a user
// would see there: tests compare screens, not the bytes that made them.
package ptytest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// A Screen is what a terminal shows, as an xterm would: it knows the control
// sequences that line editors use.
type Screen struct {
	cols, rows int
	x, y       int
	wrap       bool // the last column is written: the next character wraps
	cells      [][]cell
	style      style
	pending    []byte // of a sequence that has not ended
}

// cell is a place on the screen. The right half of a wide character has no text.
type cell struct {
	text  string
	style style
}

type style struct {
	colour          int
	bold, underline bool
}

// letter stands for a style in a snapshot.
func (s style) letter() byte {
	switch {
	case s.bold && s.underline:
		return '#'
	case s.underline:
		return '_'
	case s.colour == 90:
		return 'g'
	case 31 <= s.colour && s.colour <= 36:
		return "rGyBmc"[s.colour-31]
	case s.bold:
		return 'b'
	case s.colour != 0:
		return '?'
	}
	return ' '
}

// NewScreen returns an empty screen.
func NewScreen(cols, rows int) *Screen {
	s := &Screen{}
	s.Resize(cols, rows)
	return s
}

// Resize changes the size; nothing is wrapped anew.
func (s *Screen) Resize(cols, rows int) {
	for s.y >= rows {
		s.cells = s.cells[1:]
		s.y--
	}
	cells := make([][]cell, rows)
	for i := range cells {
		cells[i] = make([]cell, cols)
		if i < len(s.cells) {
			copy(cells[i], s.cells[i])
		}
	}
	s.cells, s.cols, s.rows = cells, cols, rows
	s.x = min(s.x, cols-1)
	s.wrap = false
}

// Write shows what a program has written.
func (s *Screen) Write(b []byte) (int, error) {
	s.pending = append(s.pending, b...)
	for len(s.pending) > 0 {
		n := s.step(s.pending)
		if n == 0 {
			break
		}
		s.pending = s.pending[n:]
	}
	return len(b), nil
}

// step shows the first character or sequence of b and returns its length, 0 if
// it has not ended yet.
func (s *Screen) step(b []byte) int {
	switch c := b[0]; {
	case c == '\x1b':
		return s.escape(b)
	case c == '\r':
		s.x, s.wrap = 0, false
	case c == '\n':
		s.down()
	case c == '\b':
		s.x, s.wrap = max(0, s.x-1), false
	case c == '\t':
		s.x = min(s.cols-1, s.x/8*8+8)
	case c < ' ' || c == 0x7f:
	default:
		if !utf8.FullRune(b) {
			return 0
		}
		_, size := utf8.DecodeRune(b)
		s.put(string(b[:size]))
		return size
	}
	return 1
}

func (s *Screen) down() {
	s.wrap = false
	if s.y++; s.y == s.rows {
		s.y--
		s.cells = append(s.cells[1:], make([]cell, s.cols))
	}
}

func (s *Screen) put(text string) {
	wide := columns(text)
	if wide == 0 {
		x := s.x - 1
		if s.wrap {
			x = s.x
		}
		for x > 0 && s.cells[s.y][x].text == "" {
			x--
		}
		if x >= 0 {
			s.cells[s.y][x].text += text
		}
		return
	}
	if s.wrap || s.x+wide > s.cols {
		s.x = 0
		s.down()
	}
	s.cells[s.y][s.x] = cell{text, s.style}
	if wide == 2 {
		s.cells[s.y][s.x+1] = cell{"", s.style}
	}
	if s.x += wide; s.x >= s.cols {
		s.x, s.wrap = s.cols-1, true
	}
}

// escape obeys a control sequence.
func (s *Screen) escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	if b[1] != '[' {
		return 2
	}
	n := 2
	for n < len(b) && (b[n] < 0x40 || b[n] > 0x7e) {
		n++
	}
	if n == len(b) {
		return 0
	}
	var args []int
	for a := range strings.SplitSeq(string(b[2:n]), ";") {
		v, _ := strconv.Atoi(a)
		args = append(args, v)
	}
	times := max(1, args[0])
	final := b[n]
	if final != 'm' {
		s.wrap = false
	}
	switch final {
	case 'A':
		s.y = max(0, s.y-times)
	case 'B':
		s.y = min(s.rows-1, s.y+times)
	case 'C':
		s.x = min(s.cols-1, s.x+times)
	case 'D':
		s.x = max(0, s.x-times)
	case 'G':
		s.x = min(s.cols, times) - 1
	case 'H':
		s.y, s.x = min(s.rows, times)-1, 0
		if len(args) > 1 {
			s.x = min(s.cols, max(1, args[1])) - 1
		}
	case 'J':
		s.eraseDisplay(args[0])
	case 'K':
		s.eraseLine(args[0])
	case 'm':
		for _, a := range args {
			s.render(a)
		}
	}
	return n + 1
}

func (s *Screen) eraseDisplay(mode int) {
	from, to := s.y+1, s.rows
	switch mode {
	case 0:
		s.eraseLine(0)
	case 1:
		s.eraseLine(1)
		from, to = 0, s.y
	default:
		from = 0
	}
	for y := from; y < to; y++ {
		clear(s.cells[y])
	}
}

func (s *Screen) eraseLine(mode int) {
	row := s.cells[s.y]
	switch mode {
	case 0:
		clear(row[s.x:])
	case 1:
		clear(row[:s.x+1])
	default:
		clear(row)
	}
}

func (s *Screen) render(code int) {
	switch {
	case code == 0:
		s.style = style{}
	case code == 1:
		s.style.bold = true
	case code == 22:
		s.style.bold = false
	case code == 4:
		s.style.underline = true
	case code == 24:
		s.style.underline = false
	case code == 39:
		s.style.colour = 0
	case 30 <= code && code <= 37, 90 <= code && code <= 97:
		s.style.colour = code
	}
}

// String is the screen as text: the cursor's place, then each row behind a |,
// and below it, behind a ~, a letter for each character that is not plain.
func (s *Screen) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "cursor %d,%d\n", s.x, s.y)
	last := s.rows - 1
	for last >= 0 && blank(s.cells[last]) {
		last--
	}
	for _, row := range s.cells[:last+1] {
		var text, styles strings.Builder
		for i := 0; i < len(row); i++ {
			c := row[i]
			if c.text == "" {
				c.text = " "
			}
			text.WriteString(c.text)
			styles.WriteByte(c.style.letter())
			if columns(c.text) == 2 {
				styles.WriteByte(c.style.letter())
				i++
			}
		}
		out.WriteString("|" + strings.TrimRight(text.String(), " ") + "\n")
		if st := strings.TrimRight(styles.String(), " "); st != "" {
			out.WriteString("~" + st + "\n")
		}
	}
	return out.String()
}

// columns is how many a character takes, by its first code point.
func columns(text string) int {
	r, _ := utf8.DecodeRuneInString(text)
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 2
	}
	return 1
}

func blank(row []cell) bool {
	for _, c := range row {
		if c.text != "" && c.text != " " {
			return false
		}
	}
	return true
}
