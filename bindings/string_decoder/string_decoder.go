package stringdecoder

import (
	"embed"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{{Name: "string_decoder", JS: files, File: "string_decoder.js", Native: native}}
}

// A state is seven bytes, which JavaScript holds: the unfinished character's
// bytes, then these.
const (
	missing  = 4 // bytes that the character still needs
	buffered = 5 // bytes of it that are there
	encoding = 6
	size     = 7
)

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	_ = o.Set("kMissing", missing)
	_ = o.Set("kBuffered", buffered)
	method := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	// canonical(name[, asNumber])
	method("canonical", func(c goja.FunctionCall) goja.Value {
		e, ok := jsbytes.ParseEncoding(c.Argument(0).String())
		switch {
		case !ok:
			return goja.Undefined()
		case c.Argument(1).ToBoolean():
			return vm.ToValue(int(e))
		}
		return vm.ToValue(e.String())
	})
	check := func(b []byte, e jsbytes.Encoding) {
		if len(b) > jsbytes.MaxStringLength/2 && jsbytes.DecodedLength(b, e) > jsbytes.MaxStringLength {
			panic(env.NewError("ERR_STRING_TOO_LONG", "0x"+strconv.FormatInt(jsbytes.MaxStringLength, 16)))
		}
	}
	state := func(v goja.Value) []byte {
		view, _ := gojax.ViewOf(v)
		if len(view.Bytes) < size || int(view.Bytes[missing])+int(view.Bytes[buffered]) > 4 || view.Bytes[encoding] > byte(jsbytes.Hex) {
			panic(env.NewError("ERR_INVALID_THIS", "StringDecoder"))
		}
		return view.Bytes
	}
	method("write", func(c goja.FunctionCall) goja.Value {
		st := state(c.Argument(0))
		view, _ := gojax.ViewOf(c.Argument(1))
		e := jsbytes.Encoding(st[encoding])
		head, body := Split(st, view.Bytes)
		check(body, e)
		if len(head) == 0 {
			return jsbytes.Decode(vm, body, e)
		}
		first := jsbytes.Decode(vm, head, e).(goja.String)
		if len(body) == 0 {
			return first
		}
		return first.Concat(jsbytes.Decode(vm, body, e).(goja.String))
	})
	method("flush", func(c goja.FunctionCall) goja.Value {
		st := state(c.Argument(0))
		return jsbytes.Decode(vm, Flush(st), jsbytes.Encoding(st[encoding]))
	})
	return o
}

// Split takes a chunk: head is the completed character from earlier chunks,
// body what of the chunk is whole. The rest is kept in the state.
func Split(st, chunk []byte) (head, body []byte) {
	e := jsbytes.Encoding(st[encoding])
	if e != jsbytes.UTF8 && e != jsbytes.UCS2 && e != jsbytes.Base64 && e != jsbytes.Base64URL {
		return nil, chunk
	}
	if st[missing] > 0 {
		if e == jsbytes.UTF8 {
			// A byte that continues nothing ends the unfinished character where it stands.
			for i := 0; i < len(chunk) && i < int(st[missing]); i++ {
				if chunk[i]&0xc0 != 0x80 {
					st[missing] = 0
					st[buffered] += byte(copy(st[st[buffered]:4], chunk[:i]))
					chunk = chunk[i:]
					break
				}
			}
		}
		n := copy(st[st[buffered]:st[buffered]+st[missing]], chunk)
		chunk = chunk[n:]
		st[missing] -= byte(n)
		st[buffered] += byte(n)
		if st[missing] > 0 {
			return nil, nil
		}
		head = append(head, st[:st[buffered]]...)
		st[buffered] = 0
		if e == jsbytes.UCS2 && len(head)%4 == 2 && head[len(head)-1]&0xfc == 0xd8 {
			st[missing], st[buffered] = 2, 2
			copy(st, head[len(head)-2:])
			head = head[:len(head)-2]
			if len(chunk) > 0 {
				more, body := Split(st, chunk)
				return append(head, more...), body
			}
			return head, nil
		}
	}
	if len(chunk) == 0 {
		return head, nil
	}
	keep, need := tail(e, chunk)
	st[missing], st[buffered] = byte(need), byte(keep)
	copy(st[:4], chunk[len(chunk)-keep:])
	return head, chunk[:len(chunk)-keep]
}

// tail returns how many bytes at the end of b are part of an unfinished
// character, and how many that lacks.
func tail(e jsbytes.Encoding, b []byte) (keep, need int) {
	last := b[len(b)-1]
	switch e {
	case jsbytes.UCS2:
		if len(b)%2 == 1 {
			return 1, 1
		}
		if last&0xfc == 0xd8 {
			return 2, 2
		}
	case jsbytes.Base64, jsbytes.Base64URL:
		if n := len(b) % 3; n > 0 {
			return n, 3 - n
		}
	case jsbytes.UTF8:
		for i := 1; i <= 3 && i <= len(b); i++ {
			c := b[len(b)-i]
			if c&0xc0 == 0x80 {
				continue
			}
			total := 0
			switch {
			case c&0xe0 == 0xc0:
				total = 2
			case c&0xf0 == 0xe0:
				total = 3
			case c&0xf8 == 0xf0:
				total = 4
			}
			if i < total {
				return i, total - i
			}
			break
		}
	}
	return 0, 0
}

// Flush returns the unfinished bytes that make up text of their own, and
// empties the state.
func Flush(st []byte) []byte {
	n := st[buffered]
	if jsbytes.Encoding(st[encoding]) == jsbytes.UCS2 {
		n &^= 1
	}
	st[missing], st[buffered] = 0, 0
	return append([]byte(nil), st[:n]...)
}
