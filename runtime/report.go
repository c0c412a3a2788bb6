package runtime

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// arrow is Node's "arrow message": the place, the source line and the caret.
func arrow(file string, line int, source string, column, width int) string {
	var b strings.Builder
	b.WriteString(file + ":" + strconv.Itoa(line) + "\n" + source + "\n")
	for i, r := range source {
		if utf8.RuneCountInString(source[:i]) >= column-1 {
			break
		}
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteString(strings.Repeat("^", max(width, 1)) + "\n")
	return b.String()
}

// setArrow puts a syntax error's place in front of its stack.
func (iso *Isolate) setArrow(o *goja.Object, se *compile.SyntaxError) {
	frames, ok := iso.inside.ErrorFrames(o)
	if !ok || len(frames) == 0 {
		return
	}
	frames[0] = gojax.LabelFrame(arrow(se.File, se.Line, se.SourceLine, se.Column, 1) + "\n" + frames[0].FuncName())
}
