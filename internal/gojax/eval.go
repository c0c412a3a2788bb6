package gojax

import (
	"fmt"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// parserLayout is where a parser keeps its text and its file, from its options on.
type parserLayout struct {
	text int // of a string, which the text's length follows
	file int
}

// nearOptions is how far from its options the rest of a parser is looked for.
const nearOptions = 48 * unsafe.Sizeof(uintptr(0))

var sharedParser = sync.OnceValues(func() (*parserLayout, error) {
	const probe = "probe_of_the_layout"
	var around [2 * nearOptions / unsafe.Sizeof(uintptr(0))]uintptr
	word := int(unsafe.Sizeof(uintptr(0)))
	at := func(i int) int { return (i - len(around)/2) * word }
	prg, err := parser.ParseFile(nil, "", probe, 0, withOptions(parser.WithDisableSourceMaps, func(o unsafe.Pointer) {
		for i := range around {
			around[i] = *(*uintptr)(unsafe.Add(o, at(i)))
		}
	}))
	if err != nil {
		return nil, err
	}
	text, file := uintptr(unsafe.Pointer(unsafe.StringData(prg.File.Source()))), uintptr(unsafe.Pointer(prg.File))
	l := &parserLayout{}
	for i := range around {
		switch {
		case i+2 < len(around) && around[i] == text && around[i+1] == uintptr(len(probe)) && around[i+2] == uintptr(len(probe)):
			l.text = at(i)
		case around[i] == file:
			l.file = at(i)
		}
	}
	if l.text == 0 || l.file == 0 {
		return nil, fmt.Errorf("gojax: the parser does not keep its text near its options")
	}
	return l, nil
})

// A Text is what the engine is about to parse, and what it is called in stacks.
type Text struct{ Name, Source string }

// OnEval has look called before eval or a function constructor compiles its
// text; what it returns is compiled in its place, and it may throw. It also
// keeps the engine from looking for the source maps that such text names.
func (v *VM) OnEval(rt *goja.Runtime, look func(source string) Text) error {
	l, err := sharedParser()
	if err != nil {
		return err
	}
	rt.SetParserOptions(withOptions(parser.WithDisableSourceMaps, func(o unsafe.Pointer) {
		slot := (**file.File)(unsafe.Add(o, l.file))
		if (*slot).Name() != "<eval>" {
			return
		}
		t := look((*slot).Source())
		*slot = file.NewFile(t.Name, t.Source, (*slot).Base())
		*(*struct {
			text   string
			length int
		})(unsafe.Add(o, l.text)) = struct {
			text   string
			length int
		}{t.Source, len(t.Source)}
	}))
	return nil
}

// withOptions is option with a call before it that is given the parser's
// options; T is a type that the parser does not export.
func withOptions[T any](option func(*T), before func(unsafe.Pointer)) func(*T) {
	return func(o *T) {
		before(unsafe.Pointer(o))
		option(o)
	}
}
