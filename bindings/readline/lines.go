package readline

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// A lineEmitter emits 'line' for each line of a text that comes in pieces. A
// line costs its string and the call of the listener: emit itself, with the
// arguments in an array, would be dearer than both.
type lineEmitter struct {
	vm       *goja.Runtime
	rl       *goja.Object
	question *goja.Symbol // rl's callback for one line, null if there is none
	// unfinished is what stands behind the last terminator, in its pieces.
	unfinished []string
}

const (
	eventsField = unistring.String("_events")
	lineField   = unistring.String("line")
)

func (l *lineEmitter) take() string {
	rest := strings.Join(l.unfinished, "")
	l.unfinished = l.unfinished[:0]
	return rest
}

func (l *lineEmitter) feed(text string) {
	plain := ascii(text)
	first := l.take()
	end := strings.LastIndexAny(text, "\n\r")
	if !plain {
		end = max(end, strings.LastIndexAny(text, "\u2028\u2029"))
	}
	if end < 0 {
		l.unfinished = append(l.unfinished, first, text)
		return
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	// Kept before anything runs: a listener that throws loses, as Node's does,
	// the lines behind its own, but not the beginning of the next.
	if rest := text[end+size:]; rest != "" {
		l.unfinished = append(l.unfinished, rest)
	}
	text = text[:end+size]
	if first != "" {
		at, size := terminator(text)
		l.emit(l.vm.ToValue(first + text[:at]))
		text = text[at+size:]
	}
	for text != "" {
		if plain {
			at, size := newline(text)
			l.emit(gojax.ASCII(text[:at]))
			text = text[at+size:]
		} else {
			at, size := terminator(text)
			l.emit(l.vm.ToValue(text[:at]))
			text = text[at+size:]
		}
	}
}

func (l *lineEmitter) emit(line goja.Value) {
	if q := l.rl.GetSymbol(l.question); q == nil || goja.IsNull(q) {
		events, _ := gojax.Field(l.rl, eventsField).(*goja.Object)
		if events == nil {
			return
		}
		listener := gojax.Field(events, lineField)
		if listener == nil || goja.IsUndefined(listener) {
			return
		}
		if fn, ok := gojax.Callable(listener); ok {
			gojax.Call(fn, l.rl, line)
			return
		}
	}
	if fn, ok := gojax.Callable(l.rl.Get("_onLine")); ok {
		gojax.Call(fn, l.rl, line)
	}
}

// newline is terminator for text that is ASCII.
func newline(s string) (at, size int) {
	at = strings.IndexByte(s, '\n')
	before := s
	if at >= 0 {
		before = s[:at]
	}
	if r := strings.IndexByte(before, '\r'); r >= 0 {
		if r+1 == at {
			return r, 2
		}
		return r, 1
	}
	return at, 1
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
