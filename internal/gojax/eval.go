package gojax

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// parserLayout is where a parser keeps its text, the text's length, its options
// and its file.
type parserLayout struct{ text, length, options, file uintptr }

var sharedParser = sync.OnceValues(func() (*parserLayout, error) {
	const name = "*parser._parser"
	found := map[string]reflect.Type{name: nil}
	LinkedTypes("github.com/dop251/goja/parser", name, found)
	if found[name] == nil {
		return nil, errors.New("gojax: the parser has another name")
	}
	t := found[name].Elem()
	var err error
	field := func(name, want string) uintptr {
		f, ok := t.FieldByName(name)
		if !ok || f.Type.String() != want {
			err = fmt.Errorf("gojax: %s has no field %s of type %s", t, name, want)
		}
		return f.Offset
	}
	l := &parserLayout{field("str", "string"), field("length", "int"), field("opts", "parser.options"), field("file", "*file.File")}
	return l, err
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
		p := unsafe.Pointer(uintptr(o) - l.options)
		slot := (**file.File)(unsafe.Add(p, l.file))
		if (*slot).Name() != "<eval>" {
			return
		}
		t := look((*slot).Source())
		*slot = file.NewFile(t.Name, t.Source, (*slot).Base())
		*(*string)(unsafe.Add(p, l.text)) = t.Source
		*(*int)(unsafe.Add(p, l.length)) = len(t.Source)
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
