package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// A ViewKind tells what a View looks at memory through.
type ViewKind uint8

// The kinds of objects that have memory.
const (
	ArrayBuffer ViewKind = iota + 1
	DataView
	Uint8Array
	OtherTypedArray
)

// A View is the memory of an ArrayBuffer, typed array or DataView.
type View struct {
	Kind ViewKind
	// Bytes aliases the memory; nil once detached.
	Bytes []byte
	// Buffer is the ArrayBuffer object, Offset where Bytes begins in it.
	Buffer   *goja.Object
	Offset   int
	Elem     int // bytes an element; 1 for buffers and DataViews
	Detached bool
}

type viewLayout struct {
	self                                       uintptr
	itabBuffer, itabTyped, itabData            unsafe.Pointer
	itabUint8                                  unsafe.Pointer
	bufVal, bufData, bufDetached               uintptr
	taBuf, taLength, taOffset, taElem, taTyped uintptr
	dvBuf, dvLen, dvOffset                     uintptr
}

var views = sync.OnceValues(findViews)

// CheckViews reports what goja has moved, if anything.
func CheckViews() error {
	_, err := views()
	return err
}

func findViews() (*viewLayout, error) {
	l := &viewLayout{}
	self, ok := reflect.TypeFor[goja.Object]().FieldByName("self")
	if !ok {
		return nil, fmt.Errorf("gojax: Object has no field self")
	}
	l.self = self.Offset
	vm := goja.New()
	probe := func(src string) (unsafe.Pointer, reflect.Type, unsafe.Pointer, error) {
		v, err := vm.RunString(src)
		if err != nil {
			return nil, nil, nil, err
		}
		o := v.(*goja.Object)
		iface := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), l.self))
		return iface[0], reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem(), iface[1], nil
	}
	var first error
	field := func(t reflect.Type, name string, kind reflect.Kind) uintptr {
		f, ok := t.FieldByName(name)
		if (!ok || f.Type.Kind() != kind) && first == nil {
			first = fmt.Errorf("gojax: %s has no field %s of kind %s", t, name, kind)
		}
		off := f.Offset
		if len(f.Index) > 1 { // promoted from an embedded struct
			off = 0
			for i := range f.Index {
				off += t.FieldByIndex(f.Index[:i+1]).Offset
			}
		}
		return off
	}
	tab, t, _, err := probe("new ArrayBuffer(8)")
	if err != nil {
		return nil, err
	}
	l.itabBuffer = tab
	l.bufVal = field(t, "val", reflect.Pointer)
	l.bufData = field(t, "data", reflect.Slice)
	l.bufDetached = field(t, "detached", reflect.Bool)
	tab, t, p, err := probe("new Uint8Array(8)")
	if err != nil {
		return nil, err
	}
	l.itabTyped = tab
	l.taBuf = field(t, "viewedArrayBuf", reflect.Pointer)
	l.taLength = field(t, "length", reflect.Int)
	l.taOffset = field(t, "offset", reflect.Int)
	l.taElem = field(t, "elemSize", reflect.Int)
	l.taTyped = field(t, "typedArray", reflect.Interface)
	if first == nil {
		l.itabUint8 = *(*unsafe.Pointer)(unsafe.Add(p, l.taTyped))
	}
	tab, t, _, err = probe("new DataView(new ArrayBuffer(8))")
	if err != nil {
		return nil, err
	}
	l.itabData = tab
	l.dvBuf = field(t, "viewedArrayBuf", reflect.Pointer)
	l.dvLen = field(t, "byteLen", reflect.Int)
	l.dvOffset = field(t, "byteOffset", reflect.Int)
	return l, first
}

// ViewOf returns the memory of v; ok is false if v has none.
// It runs no JavaScript and cannot be deceived by own properties.
func ViewOf(v goja.Value) (view View, ok bool) {
	o, isObject := v.(*goja.Object)
	if !isObject {
		return view, false
	}
	l, err := views()
	if err != nil {
		panic(err)
	}
	iface := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), l.self))
	p := iface[1]
	var buf unsafe.Pointer
	n := 0
	switch iface[0] {
	case l.itabTyped:
		view.Kind = OtherTypedArray
		if *(*unsafe.Pointer)(unsafe.Add(p, l.taTyped)) == l.itabUint8 {
			view.Kind = Uint8Array
		}
		buf = *(*unsafe.Pointer)(unsafe.Add(p, l.taBuf))
		view.Elem = *(*int)(unsafe.Add(p, l.taElem))
		view.Offset = *(*int)(unsafe.Add(p, l.taOffset)) * view.Elem
		n = *(*int)(unsafe.Add(p, l.taLength)) * view.Elem
	case l.itabBuffer:
		view.Kind, view.Elem = ArrayBuffer, 1
		buf = p
		n = len(*(*[]byte)(unsafe.Add(p, l.bufData)))
	case l.itabData:
		view.Kind, view.Elem = DataView, 1
		buf = *(*unsafe.Pointer)(unsafe.Add(p, l.dvBuf))
		view.Offset = *(*int)(unsafe.Add(p, l.dvOffset))
		n = *(*int)(unsafe.Add(p, l.dvLen))
	default:
		return view, false
	}
	view.Buffer = *(**goja.Object)(unsafe.Add(buf, l.bufVal))
	view.Detached = *(*bool)(unsafe.Add(buf, l.bufDetached))
	data := *(*[]byte)(unsafe.Add(buf, l.bufData))
	if end := view.Offset + n; !view.Detached && end <= len(data) {
		view.Bytes = data[view.Offset:end:end]
		if view.Bytes == nil {
			view.Bytes = []byte{}
		}
	}
	return view, true
}
