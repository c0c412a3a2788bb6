package esm

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// Link links a module and all that it depends on, whose Deps are filled in. The
// error is the value to throw; the modules are unlinked again then.
func (g *Graph) Link(r *Record) (thrown goja.Value) {
	if r.status != Unlinked {
		return nil
	}
	l := &linker{g: g}
	l.visit(r)
	defer func() {
		if thrown == nil {
			return
		}
		for _, m := range l.done {
			m.status, m.cells, m.ns, m.nsCell, m.program = Unlinked, m.syntheticCells(), nil, nil, nil
		}
	}()
	for _, m := range l.done {
		g.makeCells(m)
	}
	for _, m := range l.done {
		if thrown = g.resolveImports(m); thrown != nil {
			return thrown
		}
	}
	for _, m := range l.done {
		if thrown = g.compile(m); thrown != nil {
			return thrown
		}
	}
	for _, m := range l.done {
		m.status = Linked
	}
	for _, m := range l.done {
		if m.nsCell != nil {
			g.Namespace(m)
		}
	}
	return nil
}

func (r *Record) syntheticCells() map[string]*gojax.Cell {
	if r.Source == nil {
		return r.cells
	}
	return nil
}

// linker is Tarjan's algorithm: the modules in the order in which they are left.
type linker struct {
	g     *Graph
	stack []*Record
	done  []*Record
	next  int
}

func (l *linker) visit(r *Record) {
	r.status = Linking
	r.index, r.low = l.next, l.next
	l.next++
	l.stack = append(l.stack, r)
	self := false
	for _, d := range r.Deps {
		self = self || d == r
		if d.status == Unlinked {
			l.visit(d)
			r.low = min(r.low, d.low)
		} else if d.status == Linking && d.low >= 0 {
			r.low = min(r.low, d.index)
		}
	}
	l.done = append(l.done, r)
	if r.low != r.index {
		return
	}
	n := len(l.stack)
	for l.stack[n-1] != r {
		n--
	}
	cycle := l.stack[n-1:]
	for _, m := range cycle {
		m.cyclic = len(cycle) > 1 || self || m.Observed
		m.low = -1 // off the stack
	}
	l.stack = l.stack[:n-1]
}

// makeCells makes the module's own bindings. In a cycle those that a statement
// initialises throw until then; elsewhere nobody can look.
func (g *Graph) makeCells(r *Record) {
	if r.Source == nil || r.cells != nil {
		return
	}
	r.cells = make(map[string]*gojax.Cell, len(r.Source.Exports))
	for i := range r.Source.Exports {
		e := &r.Source.Exports[i]
		if e.Star || e.Request >= 0 || r.cells[e.Local] != nil {
			continue
		}
		c := gojax.NewCell()
		if r.cyclic && !r.Source.Functions[e.Local] && !r.Source.Variables[e.Local] {
			g.guard(c, e.Local)
		}
		r.cells[e.Local] = c
	}
}

func (g *Graph) guard(c *gojax.Cell, name string) {
	get := g.VM.ToValue(func(goja.FunctionCall) goja.Value {
		panic(g.Error(&DeadZone{name}))
	})
	set := g.VM.ToValue(func(call goja.FunctionCall) goja.Value {
		c.Set(call.Argument(0))
		return nil
	})
	c.Guard(get.(*goja.Object), set.(*goja.Object))
}

// A DeadZone is the error of reading a binding before its initialisation: a ReferenceError.
type DeadZone struct{ Name string }

func (e *DeadZone) Error() string { return "Cannot access '" + e.Name + "' before initialization" }

// resolveImports finds the bindings of a module's imports, and that its
// indirect exports are there.
func (g *Graph) resolveImports(r *Record) goja.Value {
	src := r.Source
	if src == nil {
		return nil
	}
	for i := range src.Exports {
		e := &src.Exports[i]
		if e.Star || e.Request < 0 || e.Namespace {
			continue
		}
		if _, ok, amb := g.lookup(r, e.Export, nil); !ok {
			return g.Missing(r, r.Deps[e.Request], e.Request, e.Name, e.Offset, e.Width, amb)
		}
	}
	r.args = r.args[:0]
	r.values = nil
	var names []string
	var cells []*gojax.Cell
	form := compile.Form{Cyclic: r.cyclic, InContext: r.InContext, Values: make([]bool, len(src.Imports))}
	for i := range src.Imports {
		im := &src.Imports[i]
		dep := r.Deps[im.Request]
		var b binding
		if im.Namespace {
			b = g.namespaceBinding(dep)
		} else {
			var ok, amb bool
			if b, ok, amb = g.lookup(dep, im.Name, nil); !ok {
				return g.Missing(r, dep, im.Request, im.Name, im.Offset, im.Width, amb)
			}
		}
		if b.fixed && !r.cyclic && !src.Eval {
			form.Values[i] = true
			r.values = append(r.values, b.cell)
			continue
		}
		names = append(names, im.Local)
		cells = append(cells, b.cell)
	}
	r.form = form
	env := goja.Value(goja.Undefined())
	if len(names) > 0 {
		env = gojax.Environment(g.VM, names, cells)
	}
	if src.Eval {
		r.scope = g.evalScope(names, cells)
	}
	var own []string
	var ownCells []*gojax.Cell
	for i := range src.Exports {
		if e := &src.Exports[i]; !e.Star && e.Request < 0 {
			own = append(own, e.Export)
			ownCells = append(ownCells, r.cells[e.Local])
		}
	}
	exports := goja.Value(goja.Undefined())
	if len(own) > 0 {
		exports = gojax.Environment(g.VM, own, ownCells)
	}
	host := goja.Value(goja.Undefined())
	if src.UsesHost {
		host = g.Host(r)
	}
	r.args = append(r.args, exports, env, host)
	return nil
}

// evalScope is what code in eval finds imports in: they cannot be assigned to.
func (g *Graph) evalScope(names []string, cells []*gojax.Cell) *goja.Object {
	o := g.VM.CreateObject(nil)
	for i, n := range names {
		c := cells[i]
		get := g.VM.ToValue(func(goja.FunctionCall) goja.Value {
			return c.Get()
		})
		set := g.VM.ToValue(func(goja.FunctionCall) goja.Value {
			panic(g.VM.NewTypeError("Assignment to constant variable."))
		})
		_ = o.DefineAccessorProperty(n, get, set, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	return o
}

func (g *Graph) compile(r *Record) goja.Value {
	if r.Source == nil {
		return nil
	}
	prg, err := r.Source.Compile(r.form)
	if err != nil {
		return g.Error(err)
	}
	r.program = prg
	if !r.cyclic {
		return nil
	}
	fn, thrown := g.function(r)
	if thrown != nil {
		return thrown
	}
	gen, err := fn(goja.Undefined(), r.args...)
	if err != nil {
		return g.Error(err)
	}
	r.generator = gen.(*goja.Object)
	// Its functions are there from now on.
	if _, _, thrown := g.advance(r, "next", goja.Undefined()); thrown != nil {
		return thrown
	}
	return nil
}

// function runs the module's program, which yields its function.
func (g *Graph) function(r *Record) (goja.Callable, goja.Value) {
	run := g.Start
	if run == nil {
		run = func(_ *Record, p *goja.Program) (goja.Value, error) { return g.VM.RunProgram(p) }
	}
	v, err := run(r, r.program)
	r.program = nil
	if err != nil {
		return nil, g.Error(err)
	}
	fn, _ := goja.AssertFunction(v)
	if r.scope != nil {
		if v, err = fn(goja.Undefined(), r.scope); err != nil {
			return nil, g.Error(err)
		}
		fn, _ = goja.AssertFunction(v)
	}
	for _, c := range r.values {
		r.args = append(r.args, c.Get())
	}
	r.values = nil
	return fn, nil
}

// advance resumes a cyclic module's generator.
func (g *Graph) advance(r *Record, method string, v goja.Value) (value goja.Value, done bool, thrown goja.Value) {
	fn, _ := goja.AssertFunction(r.generator.Get(method))
	res, err := fn(r.generator, v)
	if err != nil {
		return nil, true, g.Error(err)
	}
	o := res.(*goja.Object)
	return o.Get("value"), o.Get("done").ToBoolean(), nil
}
