package runtime

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
)

// activation is the way in which a frame's function was entered.
type activation byte

const (
	calling      activation = 'c'
	constructing activation = 'n'
	awaiting     activation = 'a' // it goes on after an await
)

// A label is what a stack shows of a function, in V8's terms
// (CallSite's getTypeName, getFunctionName and getMethodName).
type label struct {
	is             activation
	typeName, name string // typeName is empty at top level
	method         string // the property of the receiver that holds the function
}

// labelMark begins an encoded label in a frame's function name, where goja's
// own names have none.
const labelMark = "\x01"

func (l *label) encode() string {
	return labelMark + string(rune(l.is)) + l.typeName + labelMark + l.name + labelMark + l.method
}

func labelOf(f *goja.StackFrame) label {
	text, ok := strings.CutPrefix(f.FuncName(), labelMark)
	if !ok {
		if text == "<anonymous>" {
			text = ""
		}
		return label{is: calling, name: text}
	}
	l := label{is: activation(text[0])}
	l.typeName, text, _ = strings.Cut(text[1:], labelMark)
	l.name, l.method, _ = strings.Cut(text, labelMark)
	return l
}

// String is the label as it stands before a frame's place.
func (l label) String() string {
	switch {
	case l.is == constructing && l.name == "":
		return "new <anonymous>"
	case l.is == constructing:
		return "new " + l.name
	case l.is == awaiting && l.name == "":
		return "async <anonymous>"
	case l.is == awaiting:
		return "async " + l.name
	case l.typeName == "":
		return l.name
	case l.name == "" && l.method == "":
		return l.typeName + ".<anonymous>"
	case l.name == "":
		return l.typeName + "." + l.method
	}
	text := l.name
	if !strings.HasPrefix(text, l.typeName) {
		text = l.typeName + "." + text
	}
	if l.method != "" && !endsWithName(l.name, l.method) {
		text += " [as " + l.method + "]"
	}
	return text
}

// endsWithName reports whether method is the last part of name.
func endsWithName(name, method string) bool {
	rest, ok := strings.CutSuffix(name, method)
	return ok && (rest == "" || strings.HasSuffix(rest, ".") || strings.HasSuffix(rest, " "))
}

// labelFrames gives the frames that an error shows their labels, and leaves out
// those of target's own constructors: a class of errors does not show how it
// makes itself. skipped is how many of the captured frames are gone already.
// The frames' activations come with them, as far as they are on the stack.
func (iso *Isolate) labelFrames(frames []goja.StackFrame, skipped int, target *goja.Object, class string) ([]goja.StackFrame, []gojax.Activation) {
	limit, ok := iso.stackLimit()
	if !ok || len(frames) == 0 {
		return frames, nil
	}
	calls := iso.inside.Activations(skipped + limit + 16)
	more := len(calls) == skipped+limit+16
	calls = calls[min(skipped, len(calls)):]
	if target != nil && target != iso.errs.ctors[class] {
		for len(calls) > 0 && len(frames) > 0 && calls[0].New && isConstructorOf(calls[0].Callee, target) {
			calls, frames = calls[1:], frames[1:]
		}
	}
	out := append([]goja.StackFrame(nil), frames...)
	for i := range out {
		switch {
		case i >= limit+8:
			return out, calls
		case i < len(calls):
			if gojax.FrameProgram(&out[i]) != 0 || nativeNames[out[i].FuncName()] == "" {
				iso.labelFrame(&out[i], &calls[i])
			}
		case !more: // the functions that wait for the one that goes on
			l := label{is: awaiting, name: labelOf(&out[i]).name}
			out[i] = atAwait(out[i])
			gojax.RenameFrame(&out[i], unistring.NewFromString(l.encode()))
		}
	}
	return out, calls
}

// isConstructorOf reports whether target is fn or inherits from it.
func isConstructorOf(fn, target *goja.Object) bool {
	for o := target; o != nil; o = o.Prototype() {
		if o == fn {
			return true
		}
	}
	return false
}

// atAwait moves a frame from what it waits for to the await before it.
func atAwait(f goja.StackFrame) goja.StackFrame {
	src, offset, ok := gojax.FrameSource(&f)
	if !ok || offset > len(src.Source()) {
		return f
	}
	before := strings.TrimRight(src.Source()[:offset], " \t\r\n")
	if !strings.HasSuffix(before, "await") {
		return f
	}
	return gojax.MoveFrame(f, len(before)-len("await"))
}

// A labelEntry remembers the label of a function's text called by a name on a
// receiver (its address) or on those with a prototype. An address may come to
// be another object's; all that can be wrong then is the type that is shown.
type labelEntry struct {
	program, receiver uintptr
	name              string
	label             unistring.String
}

// labelEntries is the size of the table of labels: errors are made in loops.
const labelEntries = 128

func (iso *Isolate) labelEntry(program, receiver uintptr) *labelEntry {
	return &iso.errs.labels[(program>>4^receiver>>5^program>>13)%labelEntries]
}

func (iso *Isolate) labelFrame(f *goja.StackFrame, c *gojax.Activation) {
	if c.Callee == nil {
		return
	}
	name := iso.dataString(c.Callee, iso.errs.keys.name)
	if name == "" || strings.Contains(name, labelMark) {
		name = labelOf(f).name
	}
	if c.New {
		l := label{is: constructing, name: name}
		gojax.RenameFrame(f, unistring.NewFromString(l.encode()))
		return
	}
	program := gojax.FrameProgram(f)
	receiver, proto := uintptr(0), uintptr(0)
	o, isObject := c.This.(*goja.Object)
	switch {
	case isObject && o != iso.vm.GlobalObject():
		receiver = uintptr(unsafe.Pointer(o))
		if kind := gojax.KindOf(o); kind != gojax.KindProxy && kind != gojax.KindDynamic && !kind.IsFunction() {
			proto = uintptr(unsafe.Pointer(o.Prototype()))
		}
	case iso.typeName(c.This) == "":
		if unistring.String(name) == gojax.FrameName(f) {
			return // the name alone, as the engine has it
		}
	}
	for _, at := range [2]uintptr{proto, receiver} {
		if e := iso.labelEntry(program, at); e.program == program && e.receiver == at && e.name == name && at != 0 {
			gojax.RenameFrame(f, e.label)
			return
		}
	}
	l, inherited := iso.labelCall(c, name)
	text := unistring.NewFromString(l.encode())
	gojax.RenameFrame(f, text)
	if inherited {
		receiver = proto
	}
	if receiver != 0 {
		*iso.labelEntry(program, receiver) = labelEntry{program, receiver, name, text}
	}
}

// labelCall is the label of a plain call; inherited says that it is the same
// for all receivers with this one's prototype.
func (iso *Isolate) labelCall(c *gojax.Activation, name string) (l label, inherited bool) {
	l = label{is: calling, name: name}
	// Neither accessors nor methods without an identifier for a name show a type.
	if first, _ := utf8.DecodeRuneInString(l.name); first == '[' || first == '#' || strings.Contains(l.name, " ") {
		return l, false
	}
	if l.typeName = iso.typeName(c.This); l.typeName == "" {
		return l, false
	}
	if l.typeName == "Immediate" {
		return l, true // it has let go of its callback when a stack is shown
	}
	if o, ok := c.This.(*goja.Object); ok {
		l.method, inherited = iso.methodName(o, c.Callee, l.name)
	}
	return l, inherited
}

// typeName is the name of a receiver's class, "" for those of plain calls.
func (iso *Isolate) typeName(this goja.Value) string {
	o, ok := this.(*goja.Object)
	switch {
	case this == nil || goja.IsUndefined(this) || goja.IsNull(this):
		return ""
	case goja.IsString(this):
		return "String"
	case goja.IsNumber(this):
		return "Number"
	case goja.IsBigInt(this):
		return "BigInt"
	case !ok:
		if _, symbol := this.(*goja.Symbol); symbol {
			return "Symbol"
		}
		return "Boolean"
	case o == iso.vm.GlobalObject():
		return ""
	}
	switch kind := gojax.KindOf(o); {
	case kind == gojax.KindProxy:
		return "Proxy"
	case kind.IsFunction():
		if n := iso.dataString(o, iso.errs.keys.name); n != "" {
			return n
		}
		return "Function"
	}
	// The class of an object, also for its prototype itself.
	found := ""
	for p, depth := o, 0; p != nil && depth < maxChain; p, depth = p.Prototype(), depth+1 {
		if gojax.KindOf(p) == gojax.KindProxy {
			break
		}
		ctor, ok := gojax.GetOwn(p, iso.errs.keys.constructor)
		fn, isObject := ctor.Value.(*goja.Object)
		if !ok || ctor.Accessor || !isObject || !gojax.KindOf(fn).IsFunction() {
			continue
		}
		if p == o { // an object's own property of that name says nothing, a prototype's does
			if back, ok := gojax.GetOwn(fn, iso.errs.keys.prototype); !ok || back.Accessor || back.Value != goja.Value(o) {
				continue
			}
		}
		if found = iso.dataString(fn, iso.errs.keys.name); found != "" {
			break
		}
	}
	if found != "" && found != "Object" {
		return found
	}
	for p, depth := o, 0; p != nil && depth < maxChain; p, depth = p.Prototype(), depth+1 {
		if gojax.KindOf(p) == gojax.KindProxy {
			break
		}
		if tag := iso.dataString(p, goja.SymToStringTag); tag != "" {
			return tag
		}
	}
	return "Object"
}

// maxChain bounds the walk along a chain of prototypes, and maxKeys the search
// for a method: an error is made without looking at everything there is.
const (
	maxChain = 8
	maxKeys  = 64
)

// dataString is an own data property that is a string, "" if there is none.
func (iso *Isolate) dataString(o *goja.Object, key goja.Value) string {
	if gojax.KindOf(o) == gojax.KindProxy { // no trap runs while an error is made
		return ""
	}
	if p, ok := gojax.GetOwn(o, key); ok && !p.Accessor && p.Value != nil && goja.IsString(p.Value) {
		return p.Value.String()
	}
	return ""
}

// methodName is the property of o or its prototypes that holds fn; inherited
// says that fn has the property's name and is a prototype's.
func (iso *Isolate) methodName(o, fn *goja.Object, name string) (method string, inherited bool) {
	for p, depth := o, 0; p != nil && depth < maxChain; p, depth = p.Prototype(), depth+1 {
		if gojax.KindOf(p) == gojax.KindProxy {
			return "", false
		}
		if name != "" {
			if own, ok := gojax.GetOwn(p, iso.vm.ToValue(name)); ok && own.Value == goja.Value(fn) {
				return name, p != o && !gojax.KindOf(o).IsFunction()
			}
		}
	}
	for p, depth := o, 0; p != nil && depth < maxChain; p, depth = p.Prototype(), depth+1 {
		for _, key := range gojax.SmallNames(p, maxKeys) {
			if own, ok := gojax.GetOwn(p, iso.vm.ToValue(key)); ok && own.Value == goja.Value(fn) {
				return key, false
			}
		}
	}
	return "", false
}
