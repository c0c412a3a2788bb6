package numeric

import (
	"encoding/binary"
	"math"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// Opcodes and types of the WebAssembly core specification, chapter 5.
const (
	i32, f64                                                                = 0x7f, 0x7c
	opBlock, opLoop, opIf, opElse, opEnd, opBr, opBrIf, opReturn            = 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0f
	opUnreachable, opCall, opDrop, opSelect                                 = 0x00, 0x10, 0x1a, 0x1b
	opLocalGet, opLocalSet, opLocalTee, opGlobalGet, opGlobalSet            = 0x20, 0x21, 0x22, 0x23, 0x24
	opI32Const, opF64Const, opI32Eqz, opI32Add, opI32And, opI32Or, opI32Xor = 0x41, 0x44, 0x45, 0x6a, 0x71, 0x72, 0x73
	opI32Shl, opI32ShrS, opI32ShrU                                          = 0x74, 0x75, 0x76
	opF64Eq, opF64Ne, opF64Lt, opF64Gt, opF64Le, opF64Ge                    = 0x61, 0x62, 0x63, 0x64, 0x65, 0x66
	opF64Neg, opF64Add, opF64Sub, opF64Mul, opF64Div                        = 0x9a, 0xa0, 0xa1, 0xa2, 0xa3
	opF64ConvertI32S, opF64ConvertI32U                                      = 0xb7, 0xb8
	empty                                                                   = 0x40
)

// Indices of the functions of a module: three of the host, then ours.
const (
	fnPause = iota // called when the fuel is used up: lets the host stop us
	fnMod          // %
	fnInt32        // ECMA-262's ToInt32
	fnSelf
)

// fuel is how many calls and loop turns pass between two calls of fnPause.
const fuel = 1 << 20

// translator turns one function's body into code. The first construct that it
// does not know sets failed; what it emits after that is of no account.
type translator struct {
	c       *candidate
	code    []byte
	locals  map[string]int
	nparams int
	nlocals int // all f64, but the last, an i32 scratch
	depth   int // of open blocks
	loops   []loopLabels
	failed  bool
	repeats bool // it calls itself or loops: worth compiling
}

type loopLabels struct{ brk, cont int }

// translate returns the WebAssembly module of a candidate; ok is false if it
// does not qualify.
func translate(c *candidate) (module []byte, ok bool) {
	t := &translator{c: c, locals: map[string]int{}}
	if c.params == nil || c.params.Rest != nil || len(c.params.List) == 0 || len(c.params.List) > 8 || c.body == nil {
		return nil, false
	}
	for _, p := range c.params.List {
		id, plain := p.Target.(*ast.Identifier)
		if !plain || p.Initializer != nil || id.Name.String() == c.name {
			return nil, false
		}
		if _, twice := t.locals[id.Name.String()]; twice {
			return nil, false
		}
		t.locals[id.Name.String()] = t.nlocals
		t.nlocals++
	}
	t.nparams = t.nlocals
	t.countFuel()
	if !t.block(c.body.List) || t.failed || !t.repeats {
		return nil, false
	}
	return t.module(), true
}

func (t *translator) fail() { t.failed = true }

func (t *translator) emit(b ...byte) { t.code = append(t.code, b...) }

func (t *translator) index(op byte, n int) {
	t.code = append(t.code, op)
	t.code = uleb(t.code, uint64(n))
}

func (t *translator) constant(f float64) {
	t.emit(opF64Const)
	t.code = binary.LittleEndian.AppendUint64(t.code, math.Float64bits(f))
}

func (t *translator) newLocal() int {
	n := t.nlocals
	t.nlocals++
	return n
}

// countFuel pauses now and then, so that an endless loop can be stopped.
func (t *translator) countFuel() {
	t.index(opGlobalGet, 0)
	t.emit(opI32Const, 0x7f, opI32Add) // -1
	t.index(opGlobalSet, 0)
	t.index(opGlobalGet, 0)
	t.emit(opI32Eqz, opIf, empty)
	t.index(opCall, fnPause)
	t.emit(opI32Const)
	t.code = sleb(t.code, fuel)
	t.index(opGlobalSet, 0)
	t.emit(opEnd)
}

// block translates statements; the result says whether control never leaves
// the end of the list.
func (t *translator) block(list []ast.Statement) (ends bool) {
	var own []string // names that go out of scope with the block
	for _, st := range list {
		if t.failed {
			return false
		}
		if d, ok := st.(*ast.LexicalDeclaration); ok {
			for _, b := range d.List {
				if id, ok := b.Target.(*ast.Identifier); ok {
					own = append(own, id.Name.String())
				}
			}
		}
		if t.statement(st) {
			ends = true
		}
	}
	for _, name := range own {
		delete(t.locals, name)
	}
	return ends
}

func (t *translator) statement(st ast.Statement) (ends bool) {
	switch st := st.(type) {
	case *ast.BlockStatement:
		return t.block(st.List)
	case *ast.EmptyStatement:
	case *ast.ExpressionStatement:
		t.effect(st.Expression)
	case *ast.ReturnStatement:
		if st.Argument == nil {
			t.fail()
			return
		}
		t.number(st.Argument)
		t.emit(opReturn)
		return true
	case *ast.IfStatement:
		return t.ifStatement(st)
	case *ast.LexicalDeclaration:
		t.declare(st.List)
	case *ast.VariableStatement:
		if t.depth > 0 { // var is the function's: elsewhere it may be read before it is set
			t.fail()
			return
		}
		t.declare(st.List)
	case *ast.WhileStatement:
		t.loop(nil, st.Test, nil, st.Body, false)
	case *ast.DoWhileStatement:
		t.loop(nil, st.Test, nil, st.Body, true)
	case *ast.ForStatement:
		t.loop(st.Initializer, st.Test, st.Update, st.Body, false)
	case *ast.BranchStatement:
		if st.Label != nil || len(t.loops) == 0 {
			t.fail()
			return
		}
		l := t.loops[len(t.loops)-1]
		target := l.brk
		if st.Token == token.CONTINUE {
			target = l.cont
		}
		t.index(opBr, t.depth-target)
	default:
		t.fail()
	}
	return false
}

func (t *translator) ifStatement(st *ast.IfStatement) (ends bool) {
	t.condition(st.Test)
	t.emit(opIf, empty)
	t.depth++
	ends = t.statement(st.Consequent)
	if st.Alternate != nil {
		t.emit(opElse)
		ends = t.statement(st.Alternate) && ends
	} else {
		ends = false
	}
	t.depth--
	t.emit(opEnd)
	if ends {
		t.emit(opUnreachable)
	}
	return ends
}

func (t *translator) declare(list []*ast.Binding) {
	for _, b := range list {
		id, ok := b.Target.(*ast.Identifier)
		if !ok || b.Initializer == nil {
			t.fail()
			return
		}
		name := id.Name.String()
		if _, shadows := t.locals[name]; shadows || name == t.c.name {
			t.fail()
			return
		}
		t.number(b.Initializer)
		n := t.newLocal()
		t.locals[name] = n
		t.index(opLocalSet, n)
	}
}

func (t *translator) loop(init ast.ForLoopInitializer, test, update ast.Expression, body ast.Statement, bodyFirst bool) {
	t.repeats = true
	var own []*ast.Binding
	switch in := init.(type) {
	case nil:
	case *ast.ForLoopInitializerExpression:
		t.effect(in.Expression)
	case *ast.ForLoopInitializerLexicalDecl:
		own = in.LexicalDeclaration.List
		t.declare(own)
	default:
		t.fail()
		return
	}
	t.emit(opBlock, empty) // break leaves this one
	t.depth++
	brk := t.depth
	t.emit(opLoop, empty)
	t.depth++
	top := t.depth
	t.countFuel()
	if test != nil && !bodyFirst {
		t.condition(test)
		t.emit(opI32Eqz)
		t.index(opBrIf, t.depth-brk)
	}
	t.emit(opBlock, empty) // continue leaves this one
	t.depth++
	t.loops = append(t.loops, loopLabels{brk, t.depth})
	t.statement(body)
	t.loops = t.loops[:len(t.loops)-1]
	t.depth--
	t.emit(opEnd)
	if update != nil {
		t.effect(update)
	}
	if test != nil && bodyFirst {
		t.condition(test)
		t.index(opBrIf, t.depth-top)
	} else {
		t.index(opBr, t.depth-top)
	}
	t.depth--
	t.emit(opEnd)
	t.depth--
	t.emit(opEnd)
	for _, b := range own {
		if id, ok := b.Target.(*ast.Identifier); ok {
			delete(t.locals, id.Name.String())
		}
	}
}

// effect translates an expression for its effect alone.
func (t *translator) effect(e ast.Expression) {
	if seq, ok := e.(*ast.SequenceExpression); ok {
		for _, e := range seq.Sequence {
			t.effect(e)
		}
		return
	}
	t.number(e)
	t.emit(opDrop)
}

func (t *translator) local(e ast.Expression) (int, bool) {
	id, ok := e.(*ast.Identifier)
	if !ok {
		t.fail()
		return 0, false
	}
	n, ok := t.locals[id.Name.String()]
	if !ok {
		t.fail()
	}
	return n, ok
}

// number leaves the value of e on the stack as a double.
func (t *translator) number(e ast.Expression) {
	if t.failed {
		return
	}
	switch e := e.(type) {
	case *ast.NumberLiteral:
		switch v := e.Value.(type) {
		case int64:
			t.constant(float64(v))
		case float64:
			t.constant(v)
		default:
			t.fail()
		}
	case *ast.Identifier:
		if n, ok := t.local(e); ok {
			t.index(opLocalGet, n)
		}
	case *ast.UnaryExpression:
		t.unary(e)
	case *ast.BinaryExpression:
		t.binary(e.Operator, func() { t.number(e.Left) }, func() { t.number(e.Right) })
	case *ast.AssignExpression:
		t.assign(e)
	case *ast.ConditionalExpression:
		t.condition(e.Test)
		t.emit(opIf, f64)
		t.depth++
		t.number(e.Consequent)
		t.emit(opElse)
		t.number(e.Alternate)
		t.depth--
		t.emit(opEnd)
	case *ast.CallExpression:
		id, ok := e.Callee.(*ast.Identifier)
		if !ok || id.Name.String() != t.c.name || len(e.ArgumentList) != t.nparams {
			t.fail()
			return
		}
		for _, a := range e.ArgumentList {
			t.number(a)
		}
		t.repeats = true
		t.index(opCall, fnSelf)
	default:
		t.fail()
	}
}

func (t *translator) unary(e *ast.UnaryExpression) {
	switch e.Operator {
	case token.MINUS:
		t.number(e.Operand)
		t.emit(opF64Neg)
	case token.PLUS:
		t.number(e.Operand)
	case token.BITWISE_NOT:
		t.int32(func() { t.number(e.Operand) })
		t.emit(opI32Const, 0x7f, opI32Xor, opF64ConvertI32S)
	case token.INCREMENT, token.DECREMENT:
		n, ok := t.local(e.Operand)
		if !ok {
			return
		}
		t.index(opLocalGet, n)
		if e.Postfix { // the value before
			t.index(opLocalGet, n)
		}
		t.constant(1)
		if e.Operator == token.INCREMENT {
			t.emit(opF64Add)
		} else {
			t.emit(opF64Sub)
		}
		if e.Postfix {
			t.index(opLocalSet, n)
		} else {
			t.index(opLocalTee, n)
		}
	default:
		t.fail()
	}
}

func (t *translator) assign(e *ast.AssignExpression) {
	n, ok := t.local(e.Left)
	if !ok {
		return
	}
	if e.Operator == token.ASSIGN {
		t.number(e.Right)
	} else {
		t.binary(e.Operator, func() { t.index(opLocalGet, n) }, func() { t.number(e.Right) })
	}
	t.index(opLocalTee, n)
}

// int32 leaves ECMA-262's ToInt32 of a number on the stack.
func (t *translator) int32(operand func()) {
	operand()
	t.index(opCall, fnInt32)
}

func (t *translator) binary(op token.Token, left, right func()) {
	bitwise := func(code byte) {
		t.int32(left)
		t.int32(right)
		t.emit(code, opF64ConvertI32S)
	}
	switch op {
	case token.PLUS:
		left()
		right()
		t.emit(opF64Add)
	case token.MINUS:
		left()
		right()
		t.emit(opF64Sub)
	case token.MULTIPLY:
		left()
		right()
		t.emit(opF64Mul)
	case token.SLASH:
		left()
		right()
		t.emit(opF64Div)
	case token.REMAINDER:
		left()
		right()
		t.index(opCall, fnMod)
	case token.AND:
		bitwise(opI32And)
	case token.OR:
		bitwise(opI32Or)
	case token.EXCLUSIVE_OR:
		bitwise(opI32Xor)
	case token.SHIFT_LEFT: // both take the count modulo 32
		bitwise(opI32Shl)
	case token.SHIFT_RIGHT:
		bitwise(opI32ShrS)
	case token.UNSIGNED_SHIFT_RIGHT:
		t.int32(left)
		t.int32(right)
		t.emit(opI32ShrU, opF64ConvertI32U)
	default:
		t.fail()
	}
}

// condition leaves the truth of e on the stack as 0 or 1.
func (t *translator) condition(e ast.Expression) {
	if t.failed {
		return
	}
	switch e := e.(type) {
	case *ast.BooleanLiteral:
		b := byte(0)
		if e.Value {
			b = 1
		}
		t.emit(opI32Const, b)
		return
	case *ast.UnaryExpression:
		if e.Operator == token.NOT {
			t.condition(e.Operand)
			t.emit(opI32Eqz)
			return
		}
	case *ast.BinaryExpression:
		if code, ok := comparison(e.Operator); ok {
			t.number(e.Left)
			t.number(e.Right)
			t.emit(code)
			return
		}
		if e.Operator == token.LOGICAL_AND || e.Operator == token.LOGICAL_OR {
			t.condition(e.Left)
			t.emit(opIf, i32)
			t.depth++
			if e.Operator == token.LOGICAL_AND {
				t.condition(e.Right)
				t.emit(opElse, opI32Const, 0)
			} else {
				t.emit(opI32Const, 1, opElse)
				t.condition(e.Right)
			}
			t.depth--
			t.emit(opEnd)
			return
		}
	}
	// A number is true unless it is 0 or NaN: if it is below or above 0.
	t.number(e)
	n := t.newLocal()
	t.index(opLocalTee, n)
	t.constant(0)
	t.emit(opF64Lt)
	t.index(opLocalGet, n)
	t.constant(0)
	t.emit(opF64Gt, opI32Or)
}

func comparison(op token.Token) (code byte, ok bool) {
	switch op {
	case token.LESS:
		return opF64Lt, true
	case token.GREATER:
		return opF64Gt, true
	case token.LESS_OR_EQUAL:
		return opF64Le, true
	case token.GREATER_OR_EQUAL:
		return opF64Ge, true
	case token.EQUAL, token.STRICT_EQUAL:
		return opF64Eq, true
	case token.NOT_EQUAL, token.STRICT_NOT_EQUAL:
		return opF64Ne, true
	}
	return 0, false
}

// module wraps the code into a module that exports it as "f".
func (t *translator) module() []byte {
	params := func(n int) []byte {
		b := uleb(nil, uint64(n))
		for range n {
			b = append(b, f64)
		}
		return b
	}
	var types []byte
	types = append(types, 4)
	types = append(types, 0x60, 0, 0)                // pause
	types = append(types, 0x60, 2, f64, f64, 1, f64) // mod
	types = append(types, 0x60, 1, f64, 1, i32)      // int32
	types = append(append(append(types, 0x60), params(t.nparams)...), 1, f64)

	var imports []byte
	imports = append(imports, 3)
	for i, name := range []string{"p", "m", "i"} {
		imports = append(imports, 1, 'h', 1, name[0], 0, byte(i))
	}
	body := uleb(nil, 1) // one group of locals: doubles
	body = uleb(body, uint64(t.nlocals-t.nparams))
	body = append(body, f64)
	body = append(append(body, t.code...), opUnreachable, opEnd)
	code := append(uleb([]byte{1}, uint64(len(body))), body...)

	global := append([]byte{1, i32, 1, opI32Const}, sleb(nil, fuel)...)
	global = append(global, opEnd)

	out := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	section := func(id byte, b []byte) {
		out = append(uleb(append(out, id), uint64(len(b))), b...)
	}
	section(1, types)
	section(2, imports)
	section(3, []byte{1, 3})
	section(6, global)
	section(7, []byte{1, 1, 'f', 0, fnSelf})
	section(10, code)
	return out
}

func uleb(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }

func sleb(b []byte, n int64) []byte {
	for {
		c := byte(n & 0x7f)
		n >>= 7
		if n == 0 && c&0x40 == 0 || n == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
