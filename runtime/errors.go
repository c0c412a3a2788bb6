package runtime

import (
	"errors"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/permission"
)

// errorSupport makes errors look as V8's do. goja keeps the captured frames in
// the error object and formats them its own way, on first use, as a data
// property. Here the intrinsic constructors are replaced (the engine's own
// errors go through them too), and `stack` is an accessor pair as in V8 13.
type errorSupport struct {
	ctors  map[string]*goja.Object
	create map[string]goja.Constructor
	get    goja.Value
	set    goja.Value
	// decorated marks syntax errors whose stack begins with their place.
	decorated *goja.Symbol
	// prepare is the default Error.prepareStackTrace, which need not be called.
	prepare *goja.Object
	// keys are the properties that describe functions.
	keys   struct{ name, constructor, prototype goja.Value }
	labels [labelEntries]labelEntry
	// sites is CallSite.prototype, nil until it is needed.
	sites *goja.Object
	// nodeProtos are the prototypes of errors with a code, by their class.
	nodeProtos map[*goja.Object]*goja.Object
}

var errorClasses = []string{"Error", "AggregateError", "TypeError", "ReferenceError",
	"SyntaxError", "RangeError", "EvalError", "URIError"}

func (iso *Isolate) bootErrors() error {
	vm := iso.vm
	e := &iso.errs
	e.ctors, e.create = map[string]*goja.Object{}, map[string]goja.Constructor{}
	e.keys.name, e.keys.constructor, e.keys.prototype = vm.ToValue("name"), vm.ToValue("constructor"), vm.ToValue("prototype")
	e.get = iso.named("", iso.getStack)
	e.set = iso.named("", iso.setStack)
	for _, name := range errorClasses {
		orig := vm.Get(name).(*goja.Object)
		proto := orig.Get("prototype").(*goja.Object)
		create, _ := goja.AssertConstructor(orig)
		n := 1
		if name == "AggregateError" {
			n = 2
		}
		ctor := gojax.NewConstructor(vm, name, n, iso.errorConstructor(name, create))
		def := func(o *goja.Object, key string, v goja.Value, w, c goja.Flag) error {
			return o.DefineDataProperty(key, v, w, c, goja.FLAG_FALSE)
		}
		err := errors.Join(
			def(ctor, "prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE),
			def(proto, "constructor", ctor, goja.FLAG_TRUE, goja.FLAG_TRUE),
			def(vm.GlobalObject(), name, ctor, goja.FLAG_TRUE, goja.FLAG_TRUE),
		)
		if err != nil {
			return err
		}
		if name == "Error" {
			err = errors.Join(
				def(ctor, "isError", orig.Get("isError"), goja.FLAG_TRUE, goja.FLAG_TRUE),
				def(ctor, "captureStackTrace", iso.named("captureStackTrace", iso.captureStackTrace), goja.FLAG_TRUE, goja.FLAG_TRUE),
				ctor.Set("stackTraceLimit", 10),
				def(ctor, "prepareStackTrace", iso.defaultPrepare(), goja.FLAG_TRUE, goja.FLAG_TRUE),
			)
		} else {
			err = ctor.SetPrototype(e.ctors["Error"])
		}
		if err != nil {
			return err
		}
		e.ctors[name], e.create[name] = ctor, create
		iso.inside.SetIntrinsic(name, ctor)
	}
	return nil
}

// named makes a native function with a proper name.
func (iso *Isolate) named(name string, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	return natives.Func(iso.vm, name, 0, fn)
}

func (iso *Isolate) errorConstructor(name string, create goja.Constructor) func(goja.ConstructorCall) *goja.Object {
	return func(c goja.ConstructorCall) *goja.Object {
		target := c.NewTarget
		if target == nil {
			target = iso.errs.ctors[name]
		}
		o, err := create(target, c.Arguments...)
		if err != nil {
			panic(err)
		}
		all, _ := iso.inside.ErrorFrames(o)
		frames := all
		// The constructor's own frame is there only if JavaScript called it.
		if len(frames) > 0 && frames[0].SrcName() == "<native>" && frames[0].FuncName() == name {
			frames = frames[1:]
		} else if len(c.Arguments) == 1 {
			// The engine's own error.
			was := c.Arguments[0].String()
			msg := was
			msg, frames = iso.engineMessage(was, frames)
			if msg != was {
				_ = o.DefineDataProperty("message", iso.vm.ToValue(msg), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			}
		}
		labelled, calls := iso.labelFrames(frames, len(all)-len(frames), c.NewTarget, name)
		iso.attachStack(o, labelled, calls)
		return o
	}
}

// header is the first line of a stack: ErrorUtils::ToString of the error now.
func (iso *Isolate) header(o *goja.Object) string {
	name, msg := "Error", ""
	_ = iso.vm.Try(func() {
		if v := o.Get("name"); v != nil && !goja.IsUndefined(v) {
			name = v.String()
		}
		if v := o.Get("message"); v != nil && !goja.IsUndefined(v) {
			msg = v.String()
		}
	})
	switch {
	case name == "":
		return msg
	case msg == "":
		return name
	}
	return name + ": " + msg
}

// stackLimit is Error.stackTraceLimit; ok is false if it is no number, and
// then no stack is captured.
func (iso *Isolate) stackLimit() (n int, ok bool) {
	v := iso.errs.ctors["Error"].Get("stackTraceLimit")
	if v == nil || !goja.IsNumber(v) {
		return 0, false
	}
	return int(min(max(v.ToFloat(), 0), 1000)), true
}

// attachStack gives an error object its frames and the stack accessor. The
// text is made when it is asked for; with a user's Error.prepareStackTrace too.
func (iso *Isolate) attachStack(o *goja.Object, frames []goja.StackFrame, calls []gojax.Activation) {
	limit, ok := iso.stackLimit()
	if !ok {
		iso.inside.SetErrorFrames(o, nil)
		return
	}
	kept := make([]goja.StackFrame, 1, 1+min(max(limit, 1), len(frames)))
	kept[0] = gojax.LabelFrame(lateHeader)
	if limit == 0 { // the place is still needed if nobody catches it
		kept[0] = gojax.LabelFrame(headerOnly)
		limit = 1
	}
	// What prepareStackTrace is told of functions and receivers is kept only for
	// a program that has one.
	var keptCalls []gojax.Activation
	detailed := iso.userPrepare() != nil
	for i := range frames {
		if len(kept) > limit {
			break
		}
		if visible(&frames[i]) {
			kept = append(kept, frames[i])
			if detailed && i < len(calls) {
				keptCalls = append(keptCalls, calls[i])
			}
		}
	}
	if iso.inside.SetErrorFrames(o, kept) && !detailed {
		_ = o.DefineAccessorProperty("stack", iso.errs.get, iso.errs.set, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return
	}
	// The stack of an object that is no error (captureStackTrace takes any), or
	// one with more than frames.
	text := goja.Value(nil)
	get := iso.named("", func(goja.FunctionCall) goja.Value {
		if text == nil {
			text = iso.stackText(o, kept, keptCalls)
		}
		return text
	})
	_ = o.DefineAccessorProperty("stack", get, iso.errs.set, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// visible hides the trampoline, and native frames that have no name.
func visible(f *goja.StackFrame) bool {
	switch f.SrcName() {
	case trampolineName:
		return false
	case "<native>":
		name := labelOf(f).name
		switch name {
		case "<native>", "", "call", "apply", "compileFunction", "compileModule", "compileScript", "runScript", "reportFatal":
			return false
		}
		// A function that nobody named has Go's name for it.
		if strings.ContainsAny(name, "/.") {
			return false
		}
		return !strings.HasPrefix(name, "bound ")
	}
	return true
}

// Labels in place of a header: it is made of name and message when the stack
// is first asked for, as V8 does; headerOnly is for a stack that shows no frames.
const (
	lateHeader = "\x02"
	headerOnly = "\x03"
)

// formatted begins a label that is not the header but the whole stack's text.
const formatted = "\x00"

// labelText is the label of an error's frames.
func labelText(frames []goja.StackFrame) string { return gojax.FrameName(&frames[0]).String() }

// relabel changes it; where the error was thrown, which the label's frame also
// says, stays.
func relabel(frames []goja.StackFrame, text string) {
	gojax.RenameFrame(&frames[0], unistring.NewFromString(text))
}

func (iso *Isolate) getStack(c goja.FunctionCall) goja.Value {
	o, _ := c.This.(*goja.Object)
	for p := o; p != nil; p = p.Prototype() {
		frames, ok := iso.inside.ErrorFrames(p)
		if !ok || len(frames) == 0 {
			continue
		}
		if text, ok := strings.CutPrefix(labelText(frames), formatted); ok {
			return iso.vm.ToValue(text)
		}
		text := iso.stackText(p, frames, nil)
		relabel(frames, formatted+text.String()) // V8 formats once, too
		if _, isString := text.Export().(string); !isString {
			_ = p.DefineDataProperty("stack", text, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return text
	}
	return goja.Undefined()
}

func (iso *Isolate) setStack(c goja.FunctionCall) goja.Value {
	if o, ok := c.This.(*goja.Object); ok {
		_ = o.DefineDataProperty("stack", c.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return goja.Undefined()
}

// userPrepare is the Error.prepareStackTrace that the program has set, or nil.
func (iso *Isolate) userPrepare() goja.Callable {
	user := iso.errs.ctors["Error"].Get("prepareStackTrace")
	if user == nil || user.SameAs(iso.errs.prepare) {
		return nil
	}
	prepare, _ := goja.AssertFunction(user)
	return prepare
}

// stackText formats frames, whose first is the header's label. A user's
// Error.prepareStackTrace is given CallSite objects instead.
func (iso *Isolate) stackText(o *goja.Object, frames []goja.StackFrame, calls []gojax.Activation) goja.Value {
	only := labelText(frames) == headerOnly
	if only || labelText(frames) == lateHeader {
		frames = append([]goja.StackFrame{gojax.LabelFrame(iso.header(o))}, frames[1:]...)
		if only {
			frames = frames[:1]
		}
	}
	if prepare := iso.userPrepare(); prepare != nil && len(frames) > 0 {
		v, err := prepare(iso.errs.ctors["Error"], o, iso.callSites(frames[1:], calls))
		if err != nil {
			panic(err)
		}
		return v
	}
	return iso.vm.ToValue(formatFrames(frames))
}

// defaultPrepare is Error.prepareStackTrace until a program sets its own: the
// error, and "at" each call site.
func (iso *Isolate) defaultPrepare() *goja.Object {
	iso.errs.prepare = iso.named("prepareStackTrace", func(c goja.FunctionCall) goja.Value {
		text := ""
		if o, ok := c.Argument(0).(*goja.Object); ok {
			text = iso.header(o)
		}
		if sites, ok := c.Argument(1).(*goja.Object); ok {
			for i := range sites.Get("length").ToInteger() {
				text += "\n    at " + sites.Get(strconv.FormatInt(i, 10)).String()
			}
		}
		return iso.vm.ToValue(text)
	})
	return iso.errs.prepare
}

func formatFrames(frames []goja.StackFrame) string {
	var b strings.Builder
	b.WriteString(labelText(frames))
	for i := range frames[1:] {
		b.WriteString("\n    at ")
		b.WriteString(frameText(&frames[i+1]))
	}
	return b.String()
}

func frameText(f *goja.StackFrame) string {
	name := frameName(f)
	if f.SrcName() == "<native>" {
		if strings.HasSuffix(name, ")") { // AddAsyncFrame's
			return name
		}
		return name + " (<anonymous>)"
	}
	file, line, col := place(f)
	where := ":" + strconv.Itoa(line) + ":" + strconv.Itoa(col)
	if origin, ok := compile.ParseEvalOrigin(file); ok {
		switch {
		case origin.URL != "":
			where = origin.URL + where
		case origin.Call != "":
			where = origin.Call + ", <anonymous>" + where
		default:
			where = "<anonymous>" + where
		}
		if name == "" || name == "anonymous" {
			name = "eval"
		}
	} else if file == "" {
		where = "<anonymous>" + where
	} else {
		where = file + where
	}
	if name == "" {
		return where
	}
	return name + " (" + where + ")"
}

// captureStackTrace is Error.captureStackTrace(object[, constructorOpt]).
func (iso *Isolate) captureStackTrace(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		panic(iso.newTypeError("Invalid argument"))
	}
	frames := iso.vm.CaptureCallStack(0, nil)
	cut := min(1, len(frames)) // captureStackTrace itself
	if fn, ok := c.Argument(1).(*goja.Object); ok {
		cut = max(cut, iso.framesAbove(fn, frames))
	}
	frames, calls := iso.labelFrames(frames[cut:], cut, nil, "")
	iso.attachStack(o, frames, calls)
	return goja.Undefined()
}

// framesAbove is how many frames fn and what it called take; 0 if it is not
// on the stack.
func (iso *Isolate) framesAbove(fn *goja.Object, frames []goja.StackFrame) int {
	for i, c := range iso.inside.Activations(len(frames)) {
		if c.Callee == fn && i < len(frames) {
			return i + 1
		}
	}
	if name := nameOf(fn); name != "" {
		for i := range frames {
			if frames[i].FuncName() == name {
				return i + 1
			}
		}
	}
	return 0
}

// newError makes an error of one of the language's classes.
func (iso *Isolate) newError(class, message string) *goja.Object {
	o, err := iso.vm.New(iso.errs.ctors[class], iso.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return o
}

func (iso *Isolate) newTypeError(msg string) *goja.Object  { return iso.newError("TypeError", msg) }
func (iso *Isolate) newRangeError(msg string) *goja.Object { return iso.newError("RangeError", msg) }

// makeNodeError makes an instance of base with a code; its stack begins with
// "TypeError [ERR_X]: message".
func (iso *Isolate) makeNodeError(base goja.Value, code, message string) *goja.Object {
	o, err := iso.vm.New(base, iso.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	_ = o.Set("code", code)
	if b, ok := base.(*goja.Object); ok {
		_ = o.SetPrototype(iso.nodeErrorPrototype(b))
	}
	if frames, ok := iso.inside.ErrorFrames(o); ok && len(frames) > 0 {
		name := "Error"
		if n := o.Get("name"); n != nil {
			name = n.String()
		}
		relabel(frames, name+" ["+code+"]: "+message)
		rest := frames[1:]
		for len(rest) > 0 && (rest[0].SrcName() == "<native>" || rest[0].Position().Filename == "" ||
			strings.Contains(rest[0].SrcName(), "node:internal/errors") || strings.Contains(rest[0].SrcName(), "node:internal/validators")) {
			rest = rest[1:]
		}
		iso.inside.SetErrorFrames(o, append(frames[:1:1], rest...))
	}
	return o
}

// nodeErrorPrototype is the prototype of a class's errors that have a code:
// their toString shows it.
func (iso *Isolate) nodeErrorPrototype(base *goja.Object) *goja.Object {
	if p := iso.errs.nodeProtos[base]; p != nil {
		return p
	}
	parent, _ := base.Get("prototype").(*goja.Object)
	p := iso.vm.CreateObject(parent)
	get := iso.named("get constructor", func(goja.FunctionCall) goja.Value { return base })
	_ = p.DefineAccessorProperty("constructor", get, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	toString := iso.named("toString", func(c goja.FunctionCall) goja.Value {
		o := c.This.ToObject(iso.vm)
		return iso.vm.ToValue(o.Get("name").String() + " [" + o.Get("code").String() + "]: " + o.Get("message").String())
	})
	_ = p.DefineDataProperty("toString", toString, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if iso.errs.nodeProtos == nil {
		iso.errs.nodeProtos = map[*goja.Object]*goja.Object{}
	}
	iso.errs.nodeProtos[base] = p
	return p
}

// NewError makes a Node error from the table of internal/errors.
func (iso *Isolate) NewError(code string, args ...any) *goja.Object {
	ctor := iso.Require("internal/errors").Get("codes").(*goja.Object).Get(code)
	if ctor == nil {
		return iso.makeNodeError(iso.errs.ctors["Error"], code, code)
	}
	vals := make([]goja.Value, len(args))
	for i, a := range args {
		vals[i] = iso.vm.ToValue(a)
	}
	o, err := iso.vm.New(ctor, vals...)
	if err != nil {
		panic(err)
	}
	return o
}

// Error turns a Go error into a JavaScript error value.
func (iso *Isolate) Error(err error) goja.Value {
	var ex *goja.Exception
	var no *nodeerr.Errno
	var coded *nodeerr.Coded
	var syntax *compile.SyntaxError
	var denied *permission.Denied
	switch {
	case errors.As(err, &syntax):
		return iso.syntaxError(err)
	case errors.As(err, &ex):
		return ex.Value()
	case errors.As(err, &no):
		return iso.errnoError(no)
	case errors.As(err, &coded):
		class := iso.errs.ctors[coded.Class]
		if class == nil {
			class = iso.errs.ctors["Error"]
		}
		return iso.makeNodeError(class, coded.Code, coded.Message)
	case errors.As(err, &denied):
		o := iso.newError("Error", denied.Message)
		_ = o.Set("code", "ERR_ACCESS_DENIED")
		_ = o.Set("permission", denied.Permission)
		_ = o.Set("resource", denied.Resource)
		return o
	}
	if code := nodeerr.CodeOf(err); code != "UNKNOWN" {
		return iso.errnoError(nodeerr.New(err, ""))
	}
	return iso.newError("Error", err.Error())
}

// AddAsyncFrame ends an error's stack with the built-in operation that failed,
// where it was made without JavaScript on the stack.
func (iso *Isolate) AddAsyncFrame(v goja.Value, operation, module string) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	if frames, ok := iso.inside.ErrorFrames(o); ok && len(frames) == 1 {
		iso.inside.SetErrorFrames(o, append(frames[:1:1], gojax.LabelFrame("async "+operation+" (node:"+module+")")))
	}
}

// errnoError has the fields in the order in which Node shows them.
func (iso *Isolate) errnoError(e *nodeerr.Errno) *goja.Object {
	o := iso.newError("Error", e.Error())
	set := func(key string, v any) {
		if err := o.Set(key, v); err != nil {
			panic(err) // a setter that a program has put on Object.prototype threw
		}
	}
	set("errno", e.Errno)
	set("code", e.Code)
	set("syscall", e.Syscall)
	if e.HasPath {
		set("path", e.Path)
	}
	if e.HasDest {
		set("dest", e.Dest)
	}
	if e.Address != "" {
		set("address", e.Address)
		if e.Port >= 0 {
			set("port", e.Port)
		}
	}
	return o
}
