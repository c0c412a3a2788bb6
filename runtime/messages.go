package runtime

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/lazy"
)

// engineMessage rewrites the text of an error that goja itself has just made
// into V8's. Programs match on these texts, and they say more: what was
// undefined, what was called. goja's instruction, its operands and the source
// around it are still there.
func (iso *Isolate) engineMessage(msg string, frames []goja.StackFrame) (string, []goja.StackFrame) {
	if to, ok := engineTexts[msg]; ok {
		return to, frames
	}
	if rest, ok := strings.CutPrefix(msg, "'ownKeys' on proxy: trap result did not include non-configurable "); ok {
		return "'ownKeys' on proxy: trap result did not include " + rest, frames
	}
	if msg == "Assignment to constant variable." {
		return msg, atAssignment(frames)
	}
	if strings.HasSuffix(msg, " is not defined") {
		return msg, atStatement(frames)
	}
	m := &message{iso: iso, text: msg, frames: frames}
	m.site, m.inJS = iso.inside.Site()
	if m.inJS && (m.site.Op == "_new" || m.site.Op == "_newVariadic") {
		// A native constructor runs without a frame of its own.
		if o, ok := iso.inside.Peek(m.site.N).(*goja.Object); ok && m.site.Op == "_new" {
			if _, ok := goja.AssertConstructor(o); ok {
				m.native = nameOf(o)
				if m.site.N > 0 {
					m.arg = iso.inside.Peek(m.site.N - 1)
				}
				m.inJS = false
			}
		}
	} else if !m.inJS && len(frames) > 0 {
		m.native, m.arg = frames[0].FuncName(), iso.inside.NativeArg(0)
	}
	if m.inJS && len(frames) > 0 {
		if src, off, ok := gojax.FrameSource(&frames[0]); ok {
			m.src, m.off = src.Source(), off
		}
	}
	if s := m.rewrite(); s != "" {
		return s, m.frames
	}
	return msg, frames
}

// atAssignment moves the top frame from the variable to the operator.
func atAssignment(frames []goja.StackFrame) []goja.StackFrame {
	if len(frames) == 0 {
		return frames
	}
	src, off, ok := gojax.FrameSource(&frames[0])
	if !ok {
		return frames
	}
	s := src.Source()
	end := off + len(identifierAt(s, off))
	for end < len(s) && (s[end] == ' ' || s[end] == '\t') {
		end++
	}
	if end >= len(s) || end == off || !strings.ContainsRune("=+-*/%&|^<>?", rune(s[end])) || strings.HasPrefix(s[end:], "++") ||
		strings.HasPrefix(s[end:], "--") {
		return frames
	}
	moved := append([]goja.StackFrame(nil), frames...)
	moved[0] = gojax.MoveFrame(moved[0], end)
	return moved
}

// atStatement moves the top frame from a name that a return, throw or if
// statement evaluates first to the statement, where V8 has it.
func atStatement(frames []goja.StackFrame) []goja.StackFrame {
	if len(frames) == 0 {
		return frames
	}
	src, off, ok := gojax.FrameSource(&frames[0])
	if !ok || off > len(src.Source()) {
		return frames
	}
	s := src.Source()[:off]
	before := strings.TrimRight(s, " \t(-!~")
	for _, word := range []string{"return", "throw", "if"} {
		start := len(before) - len(word)
		if strings.HasSuffix(before, word) && (start == 0 || !identByte(before[start-1]) && before[start-1] != '.') {
			moved := append([]goja.StackFrame(nil), frames...)
			moved[0] = gojax.MoveFrame(moved[0], start)
			return moved
		}
	}
	return frames
}

// engineTexts are the messages that have one translation.
var engineTexts = map[string]string{
	"Malformed URI": "URI malformed",
	"The normalization form should be one of NFC, NFD, NFKC, NFKD":                           "The normalization form should be one of NFC, NFD, NFKC, NFKD.",
	"toFixed() precision must be between 0 and 100":                                          "toFixed() digits argument must be between 0 and 100",
	"prototype is not an object":                                                             "Function has non-object prototype 'undefined' in instanceof check",
	"Method Date.prototype.getTime is called on incompatible receiver":                       "this is not a Date object.",
	"Constructor Promise requires 'new'":                                                     "Promise constructor cannot be invoked without 'new'",
	"No initial value":                                                                       "Reduce of empty array with no initial value",
	"Method Symbol.prototype.toString is called on incompatible receiver":                    "Symbol.prototype.toString requires that 'this' be a Symbol",
	"Must call super constructor in derived class before accessing 'this'":                   "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
	"Must call super constructor in derived class before returning from derived constructor": "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
	"Dynamic objects do not support Symbol properties":                                       "Cannot convert a Symbol value to a string",
	"Species is not a constructor":                                                           "object.constructor[Symbol.species] is not a constructor",
}

type message struct {
	iso    *Isolate
	text   string
	frames []goja.StackFrame
	site   gojax.Site
	inJS   bool
	native string     // the built-in function that threw
	arg    goja.Value // and its first argument
	src    string
	off    int
}

var (
	readProperty  = lazy.Regexp{Expr: `^Cannot read property '(?s:(.*))' of undefined(?: or null)?$`}
	readOnly      = lazy.Regexp{Expr: `^Cannot assign to read only property '([^']*)'$`}
	deleteFailed  = lazy.Regexp{Expr: `^(Cannot delete property '.*' of |)\[object (\w+)\]( is not extensible|)$`}
	goSyntaxError = lazy.Regexp{Expr: `^(?s:.*?): Line (\d+):(\d+) (.*)$`}
	goCompilerErr = lazy.Regexp{Expr: `^SyntaxError: (.*?) at (?:[^ ]*|\x02.*):(\d+):(\d+)$`}
)

func (m *message) rewrite() string {
	t := m.text
	if len(t) < 4 {
		return ""
	}
	if t == "'Set' on a dynamic object returned false" { // a name of a vm context
		return "Cannot assign to read only property '" + identifierAt(m.src, m.off) + "' of object '#<Object>'"
	}
	switch t[0] {
	case 'C':
		if g := readProperty.Get().FindStringSubmatch(t); g != nil {
			return m.readProperty(g[1])
		}
		if strings.HasPrefix(t, "Could not convert &{Object") {
			return "Cannot convert object to primitive value"
		}
		switch {
		case t == "Cannot convert undefined or null to object":
			return m.nullish()
		case t == "Cannot access a variable before initialization":
			if n := identifierAt(m.src, m.off); n != "" {
				return "Cannot access '" + n + "' before initialization"
			}
		case t == "Class constructor cannot be invoked without 'new'":
			if v := m.callee(); v != nil {
				return "Class constructor " + nameOf(v) + " cannot be invoked without 'new'"
			}
		case t == "Class extends value is not a constructor or null":
			if v := m.iso.inside.Peek(0); v != nil {
				return "Class extends value " + plain(v) + " is not a constructor or null"
			}
		case strings.HasPrefix(t, "Cannot write private member"):
			return strings.Replace(t, " from an object", " to an object", 1)
		case strings.HasPrefix(t, "Cannot assign to read only property '#"):
			return "'" + t[len("Cannot assign to read only property '"):] + " was defined without a setter"
		case strings.HasPrefix(t, "Constructor TypedArray requires"):
			if m.native != "" {
				return "Constructor " + m.native + " requires 'new'"
			}
		case strings.HasPrefix(t, "Cannot convert ") && strings.HasSuffix(t, " to a BigInt"):
			if v := m.arg; v != nil && goja.IsNumber(v) {
				return "The number " + v.String() + " cannot be converted to a BigInt because it is not an integer"
			}
		}
		if g := readOnly.Get().FindStringSubmatch(t); g != nil {
			return m.readOnly(g[1])
		}
	case 'V':
		switch {
		case strings.HasPrefix(t, "Value is not an object: "):
			return m.notObject(t[len("Value is not an object: "):])
		case t == "Value is not a constructor":
			return m.notConstructor()
		case strings.HasPrefix(t, "Value is not callable: ") && !m.inJS:
			return m.nativeNotObject(t[len("Value is not callable: "):])
		case t == "Value is not object coercible":
			return m.destructure()
		}
	case 'N':
		if strings.HasPrefix(t, "Not a function: ") && m.inJS {
			return m.notFunction(t[len("Not a function: "):])
		}
	case 'B':
		if strings.HasPrefix(t, "Byte length of ") {
			return "b" + t[1:]
		}
	case 'O':
		if strings.HasPrefix(t, "Object has no member '") {
			return m.notFunction("")
		}
	case 'o':
		if t == "object is not iterable" {
			return m.notIterable(m.iso.inside.Peek(0))
		}
	case 'i':
		if strings.HasPrefix(t, "iterator.next is missing") {
			return m.notIterable(m.iso.inside.Peek(0))
		}
	case 'E':
		if strings.HasPrefix(t, "Expecting a function in instanceof check") {
			return "Right-hand side of 'instanceof' is not callable"
		}
	case 'I':
		switch t {
		case "Invalid count value":
			if v := m.arg; v != nil {
				return t + ": " + plain(v)
			}
		}
		if strings.HasPrefix(t, "Invalid property descriptor") {
			return t + ", #<Object>"
		}
		if n, ok := strings.CutPrefix(t, "Invalid index "); ok && m.native != "" {
			if m.native == "ArrayBuffer" {
				return "Invalid array buffer length"
			}
			return "Invalid typed array length: " + n
		}
		if strings.HasPrefix(t, "Index ") && strings.HasSuffix(t, " is out of bounds") {
			return "Offset is outside the bounds of the DataView"
		}
	case 'R':
		if v, ok := strings.CutPrefix(t, "Receiver is not an object: "); ok && m.inJS && m.site.Str != "" {
			return "Cannot create property '" + m.site.Str + "' on " + typeName(m.iso.inside.Peek(1)) + " '" + v + "'"
		}
	case 'S':
		if strings.HasPrefix(t, "Start offset of ") {
			return "s" + t[1:]
		}
		if g := goCompilerErr.Get().FindStringSubmatch(t); g != nil {
			return compile.V8Message(g[1], "", 0)
		}
		if g := goSyntaxError.Get().FindStringSubmatch(t); g != nil {
			return m.syntax(g)
		}
	}
	if strings.HasSuffix(t, " is not a method") && m.inJS {
		switch op := m.site.Op; {
		case strings.HasPrefix(op, "_iterate"), strings.HasPrefix(op, "_push"), op == "_newArrayFromIter":
			return m.notIterable(m.iso.inside.Peek(0))
		}
	}
	if g := deleteFailed.Get().FindStringSubmatch(t); g != nil && (g[1] != "" || g[3] != "") && g[2] != "Array" && g[2] != "Function" && g[2] != "Module" {
		return g[1] + "#<" + g[2] + ">" + g[3]
	}
	if g := goSyntaxError.Get().FindStringSubmatch(t); g != nil {
		return m.syntax(g)
	}
	return ""
}

// syntax is an error of eval or new Function; groups are line, column, text.
func (m *message) syntax(g []string) string {
	src := m.iso.evalSource
	line, _ := strconv.Atoi(g[1])
	col, _ := strconv.Atoi(g[2])
	off := offsetOf(src, line, col)
	return compile.V8Message(g[3], src, off)
}

func offsetOf(src string, line, col int) int {
	off := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(src[off:], '\n')
		if i < 0 {
			return len(src)
		}
		off += i + 1
	}
	return min(off+col-1, len(src))
}

func identifierAt(s string, off int) string {
	end := off
	for end < len(s) && identByte(s[end]) {
		end++
	}
	if off < 0 || off >= len(s) {
		return ""
	}
	return s[off:end]
}

// nullText is "undefined" or "null", "" for other values.
func nullText(v goja.Value) string {
	switch {
	case v == nil || goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "null"
	}
	return ""
}

func keyText(v goja.Value) string {
	if s, ok := v.(*goja.Symbol); ok {
		return symbolText(s)
	}
	return v.String()
}

func symbolText(s *goja.Symbol) string { return "Symbol(" + s.String() + ")" }

func (m *message) readProperty(name string) string {
	if !m.inJS {
		return ""
	}
	in := m.iso.inside
	var v goja.Value
	switch m.site.Op {
	case "getProp", "getPropRecv", "getPropCallee", "getPropRecvCallee":
		v = in.Peek(0)
		if m.site.Op != "getProp" {
			m.moveTo(name)
		}
	case "_getElemRecv":
		v = in.Peek(0)
		if k := in.Peek(1); k != nil {
			name = keyText(k)
		}
	default:
		v = in.Peek(1)
		if k := in.Peek(0); k != nil {
			name = keyText(k)
		}
	}
	text := nullText(v)
	if text == "" {
		text = "undefined"
	}
	return "Cannot read properties of " + text + " (reading '" + name + "')"
}

// moveTo moves the top frame forward to .name, which goja's positions skip
// where the property is called.
func (m *message) moveTo(name string) {
	if len(m.frames) == 0 || m.src == "" || name == "" {
		return
	}
	if strings.HasPrefix(m.src[min(m.off, len(m.src)):], name) && m.off > 0 && m.src[m.off-1] == '.' {
		return
	}
	rest := m.src[min(m.off, len(m.src)):]
	at := 0
	for {
		i := strings.Index(rest[at:], name)
		if i < 0 || at+i > 200 {
			return
		}
		at += i
		before := strings.TrimRight(rest[:at], " \t\r\n")
		after := at + len(name)
		if strings.HasSuffix(before, ".") && (after >= len(rest) || !identByte(rest[after])) {
			break
		}
		at += len(name)
	}
	frames := append([]goja.StackFrame(nil), m.frames...)
	frames[0] = gojax.MoveFrame(frames[0], m.off+at)
	m.frames = frames
}

func (m *message) nullish() string {
	if !m.inJS {
		return ""
	}
	in := m.iso.inside
	var v goja.Value
	name := m.site.Str
	op := m.site.Op
	switch {
	case strings.HasPrefix(op, "setProp"):
		v = in.Peek(1)
	case strings.HasPrefix(op, "getPropRef"):
		v = in.Peek(0)
	case strings.HasPrefix(op, "_setElem"):
		v = in.Peek(2)
		if k := in.Peek(1); k != nil {
			name = keyText(k)
		}
	case strings.HasPrefix(op, "_getElemRef"):
		v = in.Peek(1)
		if k := in.Peek(0); k != nil {
			name = keyText(k)
		}
	case strings.HasPrefix(op, "_iterate"), strings.HasPrefix(op, "_pushArraySpread"), strings.HasPrefix(op, "_pushSpread"),
		op == "_newArrayFromIter":
		return m.notIterable(in.Peek(0))
	default:
		return ""
	}
	text := nullText(v)
	if text == "" {
		text = "undefined"
	}
	return "Cannot set properties of " + text + " (setting '" + name + "')"
}

func (m *message) notIterable(v goja.Value) string {
	if !m.inJS {
		if v = m.arg; v == nil {
			return ""
		}
		return described(v) + " is not iterable (cannot read property Symbol(Symbol.iterator))"
	}
	if text := m.operand(); text != "" {
		return text + " is not iterable"
	}
	if v != nil && nullText(v) != "" {
		return nullText(v) + " is not iterable"
	}
	if m.literal() {
		return v.String() + " is not iterable"
	}
	return described(v) + " is not iterable"
}

// literal reports whether the operand is one: the engine notes no place for it.
func (m *message) literal() bool {
	before, ok := m.site.Next(-1)
	return ok && (before.Op == "loadVal" || before.Op == "_loadUndef" || before.Op == "_loadNil")
}

// operand is the expression at the site, "" if it has no name of its own.
func (m *message) operand() string {
	if m.literal() { // the place at hand is an earlier expression's
		return ""
	}
	if m.off < 0 || m.off >= len(m.src) || m.src[m.off] == '[' || m.src[m.off] == '{' {
		return ""
	}
	text := expressionText(m.src, m.off, false)
	if m.off > 0 && m.src[m.off-1] == '.' && !strings.HasSuffix(m.src[:m.off], "...") {
		text = calleeText(m.src, m.off-1) + "." + text
	}
	text = render(text)
	if strings.HasPrefix(text, intermediate) || strings.Contains(text, "=") {
		return ""
	}
	return text
}

func (m *message) callee() goja.Value {
	if m.inJS && (m.site.Op == "call" || strings.HasPrefix(m.site.Op, "callEval")) {
		return m.iso.inside.Peek(m.site.N)
	}
	return nil
}

// notFunction is for a call; value is what was called, as goja prints it.
func (m *message) notFunction(value string) string {
	text := ""
	if m.inJS {
		text = render(calleeText(m.src, m.off))
	}
	if text == "" {
		if value == "" {
			value = "undefined"
		}
		text = value
	}
	return text + " is not a function"
}

func (m *message) notConstructor() string {
	if !m.inJS {
		if v := m.arg; v != nil && m.native == "construct" {
			return plain(v) + " is not a constructor"
		}
		return ""
	}
	text := ""
	if rest := m.src[min(m.off, len(m.src)):]; strings.HasPrefix(rest, "new") {
		at := m.off + 3
		for at < len(m.src) && (m.src[at] == ' ' || m.src[at] == '\n' || m.src[at] == '\t') {
			at++
		}
		text = render(expressionText(m.src, at, at < len(m.src) && m.src[at] != '('))
	}
	if text == "" {
		text = intermediate
	}
	return text + " is not a constructor"
}

func (m *message) notObject(value string) string {
	if !m.inJS {
		return m.nativeNotObject(value)
	}
	in := m.iso.inside
	switch op := m.site.Op; {
	case op == "call", strings.HasPrefix(op, "callEval"), strings.HasPrefix(op, "_call"):
		return m.notFunction(value)
	case op == "_new", op == "_newVariadic":
		return m.notConstructor()
	case op == "_op_in":
		if k := in.Peek(1); k != nil {
			return "Cannot use 'in' operator to search for '" + keyText(k) + "' in " + value
		}
	case op == "_op_instanceof":
		return "Right-hand side of 'instanceof' is not an object"
	case strings.HasPrefix(op, "_iterate"), strings.HasPrefix(op, "_pushArraySpread"), strings.HasPrefix(op, "_pushSpread"),
		op == "_newArrayFromIter":
		return "Result of the Symbol.iterator method is not an object"
	case strings.HasPrefix(op, "iter"):
		return "Iterator result " + value + " is not an object"
	}
	return ""
}

// nativeNotObject is for built-in functions, told by the frame's name.
func (m *message) nativeNotObject(value string) string {
	arg := m.arg
	switch m.native {
	case "forEach", "map", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap",
		"reduce", "reduceRight":
		return described(arg) + " is not a function"
	case "Promise":
		return "Promise resolver " + plain(arg) + " is not a function"
	case "WeakMap", "set":
		return "Invalid value used as weak map key"
	case "WeakSet", "add":
		return "Invalid value used in weak set"
	case "Map", "fromEntries":
		return "Iterator value " + value + " is not an entry object"
	case "construct":
		return value + " is not a constructor"
	case "defineProperty":
		return "Getter must be a function: " + value
	case "resolve":
		return "PromiseResolve called on non-object"
	case "ownKeys", "has", "get", "getOwnPropertyDescriptor", "getPrototypeOf", "isExtensible", "deleteProperty":
		return "Reflect." + m.native + " called on non-object"
	}
	return ""
}

// destructure names the pattern's first property, which the next instructions read.
func (m *message) destructure() string {
	if !m.inJS {
		return ""
	}
	v := nullText(m.iso.inside.Peek(0))
	if v == "" {
		return ""
	}
	property := ""
	for i := 1; i < 6; i++ {
		s, ok := m.site.Next(i)
		if !ok {
			break
		}
		if strings.HasPrefix(s.Op, "getProp") {
			property = s.Str
			break
		}
		if s.Op == "_copyRest" || strings.HasPrefix(s.Op, "cret") || strings.HasPrefix(s.Op, "ret") {
			break
		}
	}
	text := m.operand()
	if text == "" {
		text = v
	}
	if property == "" {
		return "Cannot destructure '" + text + "' as it is " + v + "."
	}
	return "Cannot destructure property '" + property + "' of '" + text + "' as it is " + v + "."
}

func (m *message) readOnly(name string) string {
	if !m.inJS {
		return ""
	}
	in := m.iso.inside
	var v goja.Value
	switch op := m.site.Op; {
	case strings.HasPrefix(op, "setPropRecv"), strings.HasPrefix(op, "_setElem"):
		v = in.Peek(2)
	case strings.HasPrefix(op, "setProp"):
		v = in.Peek(1)
	}
	if v == nil {
		return ""
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return m.text + " of " + typeName(v) + " '" + plain(v) + "'"
	}
	for p := o; p != nil; p = p.Prototype() {
		if d := m.iso.ownDescriptor(p, name); d != nil {
			if g := d.Get("get"); g != nil && !goja.IsUndefined(g) {
				return "Cannot set property " + name + " of " + plain(o) + " which has only a getter"
			}
			break
		}
	}
	return m.text + " of " + typeName(v) + " '" + plain(o) + "'"
}

func (iso *Isolate) ownDescriptor(o *goja.Object, name string) *goja.Object {
	fn, _ := goja.AssertFunction(iso.vm.Get("Object").ToObject(iso.vm).Get("getOwnPropertyDescriptor"))
	if fn == nil {
		return nil
	}
	v, err := fn(goja.Undefined(), o, iso.vm.ToValue(name))
	if err != nil {
		return nil
	}
	d, _ := v.(*goja.Object)
	return d
}

func typeName(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case *goja.Symbol:
		return "symbol"
	case *goja.Object:
		if _, ok := goja.AssertFunction(x); ok {
			return "function"
		}
		return "object"
	}
	switch {
	case goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object"
	case goja.IsString(v):
		return "string"
	case goja.IsNumber(v):
		return "number"
	}
	if _, ok := v.Export().(bool); ok {
		return "boolean"
	}
	return "bigint"
}

func nameOf(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		if n := o.Get("name"); n != nil && goja.IsString(n) {
			return n.String()
		}
	}
	return ""
}

// rootOf is the end of an object's prototype chain.
func rootOf(o *goja.Object) *goja.Object {
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		o = p
	}
	return o
}

// plain prints a value without running its code, as V8's messages do.
func plain(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case *goja.Symbol:
		return symbolText(x)
	case *goja.Object:
		if _, ok := goja.AssertFunction(x); ok {
			return x.String()
		}
		if x.ClassName() == "Array" {
			return "[object Array]"
		}
		// Only objects that do not print themselves are shown by their class.
		if root := rootOf(x); root != nil && x.Get("toString") != nil && !x.Get("toString").SameAs(root.Get("toString")) {
			if tag, ok := x.GetSymbol(goja.SymToStringTag).(goja.String); ok {
				return "[object " + tag.String() + "]"
			}
			return "[object Object]"
		}
		name := "Object"
		if c, ok := x.Get("constructor").(*goja.Object); ok {
			if n := nameOf(c); n != "" {
				name = n
			}
		}
		return "#<" + name + ">"
	}
	return v.String()
}

// described is a value with its type: "number 3", "object null", "undefined".
func described(v goja.Value) string {
	t := typeName(v)
	switch t {
	case "string":
		return "string \"" + v.String() + "\""
	case "number", "boolean":
		return t + " " + v.String()
	}
	if v != nil && goja.IsNull(v) {
		return "object null"
	}
	return t
}
