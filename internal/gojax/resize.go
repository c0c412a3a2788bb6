package gojax

import (
	"runtime"
	"sync"
	"unsafe"
	"weak"

	"github.com/dop251/goja"
)

// goja's buffers have one length for ever, and its views keep theirs. A
// resizable buffer is one whose memory has room for its largest length, and
// that knows its views: resizing it tells each of them what it shows now. A
// view that has come to lie outside is given a detached buffer, as which
// ECMA-262 treats it. So no access pays for it.

// resizable is what a buffer of varying length has besides what goja knows.
type resizable struct {
	limit int
	views []weak.Pointer[goja.Object]
	specs []viewSpec
}

// viewSpec is what a view was made with, in bytes.
type viewSpec struct {
	offset, length int // a negative length follows the buffer's
}

// resizables are the resizable buffers of a runtime.
type resizables struct {
	mu sync.Mutex
	m  map[weak.Pointer[goja.Object]]*resizable
}

type resizablesKey struct{}

func resizablesOf(r *goja.Runtime) *resizables {
	return RealmValue(r, resizablesKey{}, func() *resizables {
		return &resizables{m: map[weak.Pointer[goja.Object]]*resizable{}}
	})
}

func (s *resizables) find(buf *goja.Object) *resizable {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.m) == 0 {
		return nil
	}
	return s.m[weak.Make(buf)]
}

// MakeResizable lets Resize change the length of a buffer up to limit, for
// which its memory must have room.
func MakeResizable(buf *goja.Object, limit int) {
	s := resizablesOf(RuntimeOf(buf))
	key := weak.Make(buf)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key] = &resizable{limit: limit}
	runtime.AddCleanup(buf, func(key weak.Pointer[goja.Object]) {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.m, key)
	}, key)
}

// ResizeLimit is a resizable buffer's largest length; ok is false of other buffers.
func ResizeLimit(buf *goja.Object) (limit int, ok bool) {
	if b := resizablesOf(RuntimeOf(buf)).find(buf); b != nil {
		return b.limit, true
	}
	return 0, false
}

// TrackView makes a new view of a resizable buffer follow its length, or keep
// what it was made with. It reports whether the view lies inside the buffer.
func TrackView(buf, view *goja.Object, follows bool) bool {
	b := resizablesOf(RuntimeOf(buf)).find(buf)
	v, ok := ViewOf(view)
	if b == nil || !ok {
		return true
	}
	l, _ := views()
	w := selfWords(view)
	spec := viewSpec{offset: v.Offset, length: -1}
	if !follows {
		if w[0] == l.itabData {
			spec.length = *(*int)(unsafe.Add(w[1], l.dvLen))
		} else {
			spec.length = *(*int)(unsafe.Add(w[1], l.taLength)) * v.Elem
		}
	}
	live := 0
	for i, p := range b.views {
		if p.Value() != nil {
			b.views[live], b.specs[live] = p, b.specs[i]
			live++
		}
	}
	b.views, b.specs = append(b.views[:live], weak.Make(view)), append(b.specs[:live], spec)
	return b.update(l, buf, view, spec)
}

// FollowsLength reports whether a view has the length that its buffer leaves it.
func FollowsLength(view *goja.Object) bool {
	v, ok := ViewOf(view)
	if !ok || v.Buffer == nil {
		return false
	}
	b := resizablesOf(RuntimeOf(view)).find(v.Buffer)
	if b == nil {
		return false
	}
	for i, p := range b.views {
		if p.Value() == view {
			return b.specs[i].length < 0
		}
	}
	return false
}

// update gives a view what it shows of the buffer; false if it lies outside.
func (b *resizable) update(l *viewLayout, buf, view *goja.Object, spec viewSpec) bool {
	p := selfWords(buf)[1]
	size := len(*(*[]byte)(unsafe.Add(p, l.bufData)))
	w := selfWords(view)
	length := spec.length
	if length < 0 {
		length = size - spec.offset
	}
	inside := length >= 0 && spec.offset+length <= size
	at := l.taBuf
	if w[0] == l.itabData {
		at = l.dvBuf
	}
	if shown := *(*unsafe.Pointer)(unsafe.Add(w[1], at)); !inside {
		length = 0
		if shown != p {
			return false
		}
		// Its own: one that the buffer knew would keep the buffer alive.
		r := RuntimeOf(buf)
		p = selfWords(r.ToValue(r.NewArrayBuffer(nil)).(*goja.Object))[1]
		*(*bool)(unsafe.Add(p, l.bufDetached)) = true
		*(**goja.Object)(unsafe.Add(p, l.bufVal)) = buf // what scripts see as the view's buffer
	}
	*(*unsafe.Pointer)(unsafe.Add(w[1], at)) = p
	if w[0] == l.itabData {
		*(*int)(unsafe.Add(w[1], l.dvLen)) = length
	} else {
		*(*int)(unsafe.Add(w[1], l.taLength)) = length / *(*int)(unsafe.Add(w[1], l.taElem))
	}
	return inside
}

// Resize changes the length of a resizable buffer to n, which is not above its
// limit. What it loses is zero when it comes back.
func Resize(buf *goja.Object, n int) {
	b := resizablesOf(RuntimeOf(buf)).find(buf)
	l, err := views()
	if b == nil || err != nil {
		return
	}
	data := (*[]byte)(unsafe.Add(selfWords(buf)[1], l.bufData))
	if n < len(*data) {
		clear((*data)[n:])
	}
	*data = (*data)[:n]
	for i, p := range b.views {
		if view := p.Value(); view != nil {
			b.update(l, buf, view, b.specs[i])
		}
	}
}

// SetBufferData gives a buffer that no view has yet another memory.
func SetBufferData(buf *goja.Object, data []byte) {
	if l, err := views(); err == nil && KindOf(buf) == KindArrayBuffer {
		*(*[]byte)(unsafe.Add(selfWords(buf)[1], l.bufData)) = data
	}
}

// TypedArrayName is the name of a typed array's intrinsic constructor.
func TypedArrayName(o *goja.Object) string {
	get := RealmValue(RuntimeOf(o), typedArrayTag{}, func() *goja.Object {
		p, _ := GetOwn(RuntimeOf(o).Get("Uint8Array").(*goja.Object).Get("prototype").(*goja.Object).Prototype(), goja.SymToStringTag)
		return p.Getter
	})
	return Call(get, o).String()
}

type typedArrayTag struct{}
