package readline

import (
	"embed"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/inspect"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "internal/readline/cursor", JS: files, File: "cursor.js"},
		{Name: "internal/readline/edit", JS: files, File: "edit.js"},
		{Name: "internal/readline/interface", JS: files, File: "interface.js", Native: native},
		{Name: "internal/readline/keypress", JS: files, File: "keypress.js"},
		{Name: "readline", JS: files, File: "readline.js"},
		{Name: "readline/promises", JS: files, File: "promises.js"},
	}
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	method := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	// decoder() gives an object with feed(text, whole), flush(), waiting() and reset().
	method("decoder", func(goja.FunctionCall) goja.Value {
		d := &decoder{}
		h := vm.NewObject()
		_ = h.Set("feed", func(c goja.FunctionCall) goja.Value {
			return presses(vm, d.feed(c.Argument(0).String(), c.Argument(1).ToBoolean()))
		})
		_ = h.Set("flush", func(goja.FunctionCall) goja.Value { return presses(vm, d.flush()) })
		_ = h.Set("waiting", func(goja.FunctionCall) goja.Value { return vm.ToValue(d.waiting()) })
		_ = h.Set("reset", func(goja.FunctionCall) goja.Value { *d = decoder{}; return goja.Undefined() })
		return h
	})
	// position(text, columns, tabSize) gives { cols, rows }; text has no control
	// sequences.
	method("position", func(c goja.FunctionCall) goja.Value {
		columns := 0
		if n := c.Argument(1).ToFloat(); n >= 1 && n < math.MaxInt32 {
			columns = int(n)
		}
		row, col := position(c.Argument(0).String(), columns, max(1, int(c.Argument(2).ToInteger())))
		at := vm.NewObject()
		_ = at.Set("cols", col)
		_ = at.Set("rows", row)
		return at
	})
	// lines(text) gives an array of the text's lines; what stands behind the
	// last line terminator is the last item.
	method("lines", func(c goja.FunctionCall) goja.Value {
		var out []any
		text := c.Argument(0).String()
		for {
			at, size := terminator(text)
			if at < 0 {
				return vm.NewArray(append(out, text)...)
			}
			out = append(out, text[:at])
			text = text[at+size:]
		}
	})
	// emitLines(rl, kOnQuestion) gives a function that takes text as it comes and
	// emits rl's 'line' events; without text it gives back, and forgets, what
	// stands behind the last line terminator.
	method("emitLines", func(c goja.FunctionCall) goja.Value {
		rl := c.Argument(0).ToObject(vm)
		question, _ := c.Argument(1).(*goja.Symbol)
		l := &lineEmitter{vm: vm, rl: rl, question: question}
		return vm.ToValue(func(c goja.FunctionCall) goja.Value {
			if goja.IsUndefined(c.Argument(0)) {
				return vm.ToValue(l.take())
			}
			l.feed(c.Argument(0).String())
			return goja.Undefined()
		})
	})
	return o
}

// terminator finds the first line terminator: \n, \r, \r\n, or ECMA-262's
// U+2028 and U+2029.
func terminator(s string) (at, size int) {
	at = strings.IndexAny(s, "\n\r\u2028\u2029")
	switch {
	case at < 0:
		return at, 0
	case strings.HasPrefix(s[at:], "\r\n"):
		return at, 2
	case s[at] < utf8.RuneSelf:
		return at, 1
	}
	return at, len("\u2028")
}

// position is where a cursor stands behind text that was written from the
// screen's left edge on: a terminal of the given columns (0: endless) wraps, a
// wide character does not straddle its edge, and a tab goes on to the next
// multiple of tabSize.
func position(text string, columns, tabSize int) (row, col int) {
	offset := 0
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\n':
			if columns > 0 && offset > 0 {
				row += (offset + columns - 1) / columns
			} else {
				row++
			}
			offset = 0
			i++
			continue
		case c == '\t':
			offset += tabSize - offset%tabSize
			i++
			continue
		case c >= ' ' && c < 0x7f:
			offset++
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		width := inspect.Width(text[i:i+size], false)
		if width == 2 && columns > 0 && (offset+1)%columns == 0 {
			offset++
		}
		offset += width
		i += size
	}
	if columns > 0 {
		return row + offset/columns, offset % columns
	}
	return row, offset
}

// presses gives [text, key, text, key, …]: the arguments of one 'keypress' event
// after the other.
func presses(vm *goja.Runtime, keys []key) goja.Value {
	out := make([]any, 0, 2*len(keys))
	for i := range keys {
		k := &keys[i]
		if !k.emitted() {
			continue
		}
		o := vm.NewObject()
		_ = o.Set("sequence", k.sequence)
		if k.name == "" {
			_ = o.Set("name", goja.Undefined())
		} else {
			_ = o.Set("name", k.name)
		}
		_ = o.Set("ctrl", k.ctrl)
		_ = o.Set("meta", k.meta)
		_ = o.Set("shift", k.shift)
		if k.code != "" {
			_ = o.Set("code", k.code)
		}
		if k.text != "" {
			_ = o.Set("text", k.text)
		}
		text := goja.Undefined()
		if !k.escaped {
			text = vm.ToValue(k.sequence)
		}
		out = append(out, text, o)
	}
	return vm.NewArray(out...)
}
