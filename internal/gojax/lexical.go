package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// lexicalOffset is where a runtime keeps the table of the names that its
// scripts have declared with let, const and class.
var lexicalOffset = sync.OnceValues(func() (uintptr, error) {
	l, err := sharedLayout()
	if err != nil {
		return 0, err
	}
	global, _ := reflect.TypeFor[goja.Runtime]().FieldByName("global")
	stash, ok := global.Type.FieldByName("stash")
	if !ok {
		return 0, fmt.Errorf("gojax: %s has no field stash", global.Type)
	}
	names, ok := stash.Type.FieldByName("names")
	if !ok || names.Type != reflect.TypeFor[map[unistring.String]uint32]() {
		return 0, fmt.Errorf("gojax: %s has no table of names", stash.Type)
	}
	return l.global + stash.Offset + names.Offset, nil
})

func lexicals(r *goja.Runtime) map[unistring.String]uint32 {
	off, err := lexicalOffset()
	if err != nil {
		return nil
	}
	return *(*map[unistring.String]uint32)(unsafe.Add(unsafe.Pointer(r), off))
}

// LexicalNames returns the names that r's scripts have declared with let, const
// and class, in no order.
func LexicalNames(r *goja.Runtime) []string {
	table := lexicals(r)
	out := make([]string, 0, len(table))
	for name := range table {
		out = append(out, name.String())
	}
	return out
}

// ForgetLexical removes declarations of r's scripts: the next script may declare
// these names again. Functions look names of this kind up at each use, so that
// older ones see the new declaration.
func ForgetLexical(r *goja.Runtime, names []string) {
	table := lexicals(r)
	for _, name := range names {
		delete(table, unistring.NewFromString(name))
	}
}
