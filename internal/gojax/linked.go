package gojax

import (
	"reflect"
	"strings"
	"unsafe"
)

//go:linkname typelinks reflect.typelinks
func typelinks() (sections []unsafe.Pointer, offset [][]int32)

//go:linkname rtypeOff reflect.rtypeOff
func rtypeOff(section unsafe.Pointer, off int32) unsafe.Pointer

// typeAt is the type whose descriptor lies at p.
func typeAt(p unsafe.Pointer) reflect.Type {
	t := reflect.TypeFor[int]()
	(*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1] = p
	return t
}

// LinkedTypes finds types of this binary by their names, which begin with a
// package's name and a dot or with a star and those; path is that package's.
//
// A type that the binary does not have stays nil in wanted. The binary lists
// pointer types, sorted by name; every type that an interface can hold has
// methods, and so a pointer type.
func LinkedTypes(path, prefix string, wanted map[string]reflect.Type) {
	sections, offsets := typelinks()
	for s, list := range offsets {
		at := func(i int) reflect.Type { return typeAt(rtypeOff(sections[s], list[i])) }
		first, end := 0, len(list)
		for first < end {
			if mid := int(uint(first+end) / 2); at(mid).String() < prefix {
				first = mid + 1
			} else {
				end = mid
			}
		}
		for i := first; i < len(list); i++ {
			t := at(i)
			name := t.String()
			if !strings.HasPrefix(name, prefix) {
				break
			}
			_, pointer := wanted[name]
			_, value := wanted[name[1:]]
			if !pointer && !value || t.Kind() != reflect.Pointer || t.Elem().PkgPath() != path {
				continue
			}
			if pointer {
				wanted[name] = t
			}
			if value {
				wanted[name[1:]] = t.Elem()
			}
		}
	}
}
