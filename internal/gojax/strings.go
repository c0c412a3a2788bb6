package gojax

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// CodeUnits returns what a string is made of: either ASCII text (wide is nil)
// or UTF-16 code units, lone surrogates included. Both alias the string's own
// memory: read only. ok is false if v is no primitive string.
func CodeUnits(v goja.Value) (ascii string, wide []uint16, ok bool) {
	if _, isString := v.(goja.String); !isString {
		return "", nil, false
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return r.String(), nil, true
	case reflect.Slice: // code units behind a byte order mark
		return "", unsafe.Slice((*uint16)(r.UnsafePointer()), r.Len())[1:], true
	}
	s, _ := v.Export().(string)
	if u := unistring.Scan(s); u != nil {
		return "", u[1:], true
	}
	return s, nil, true
}

//go:linkname newStringValue github.com/dop251/goja.newStringValue
func newStringValue(s string) goja.String

// NewString makes a string value of UTF-8 text.
func NewString(s string) goja.String { return newStringValue(s) }

// SymbolToString is ToString of a symbol: it throws.
//
//go:linkname SymbolToString github.com/dop251/goja.(*Symbol).toString
func SymbolToString(s *goja.Symbol) goja.String
