package esm

import (
	"sort"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// Status is where a module is on its way.
type Status uint8

// The states of a module, in their order.
const (
	Unlinked Status = iota
	Linking
	Linked
	Evaluating
	EvaluatingAsync
	Evaluated
)

// A Graph holds the modules of one realm.
type Graph struct {
	VM *goja.Runtime
	// Error makes the JavaScript error of a Go error.
	Error func(error) goja.Value
	// Missing makes the error for an import of m that dep does not provide.
	// ambiguous tells that two star exports of dep provide it.
	Missing func(m, dep *Record, request int, name string, off, width int, ambiguous bool) goja.Value
	// Host makes the object with import.meta and import() of a module.
	Host func(*Record) goja.Value
	// Start runs the program that yields a module's function; nil is VM.RunProgram.
	Start func(*Record, *goja.Program) (goja.Value, error)

	asyncOrder int
	then       goja.Callable
	resolve    goja.Callable
}

// NewGraph returns a graph for vm.
func NewGraph(vm *goja.Runtime) *Graph {
	g := &Graph{VM: vm}
	promise := vm.Get("Promise").(*goja.Object)
	g.then, _ = goja.AssertFunction(promise.Get("prototype").(*goja.Object).Get("then"))
	res, _ := goja.AssertFunction(promise.Get("resolve"))
	g.resolve = func(_ goja.Value, args ...goja.Value) (goja.Value, error) { return res(promise, args...) }
	return g
}

// A Record is a module: one with source text, or a synthetic one whose exports
// Run sets.
type Record struct {
	URL string
	// Source is the parsed text, nil for synthetic modules.
	Source *compile.Module
	// Deps are the modules of Source.Requests, in their order.
	Deps []*Record
	// Run evaluates a synthetic module.
	Run func() error
	// Observed modules may be seen before they have run, as if they were part of
	// a cycle: vm.SourceTextModule has their namespace.
	Observed bool
	// InContext modules are compiled for a vm context; Graph.Start enters it.
	InContext bool
	// Kind and Data are the host's.
	Kind string
	Data any

	status     Status
	failed     bool
	err        goja.Value
	cells      map[string]*gojax.Cell // by local name; a synthetic module's by export
	names      []string               // a synthetic module's exports
	fixed      map[string]bool        // of these, what never changes once it is set
	ns         *goja.Object
	nsCell     *gojax.Cell
	cyclic     bool
	index, low int
	root       *Record
	asyncEval  bool
	order      int
	pending    int
	parents    []*Record
	promise    *goja.Promise
	settle     func(failed bool, v goja.Value)
	program    *goja.Program
	args       []goja.Value
	values     []*gojax.Cell // what is passed when the module starts
	form       compile.Form
	scope      *goja.Object
	generator  *goja.Object
	awaited    bool // the generator has been resumed by a promise
}

// NewSynthetic returns a module without source text that exports names. Those
// that are fixed do not change once the module has run.
func NewSynthetic(url string, names []string, fixed bool, run func() error) *Record {
	r := &Record{URL: url, names: names, Run: run, cells: make(map[string]*gojax.Cell, len(names)), fixed: map[string]bool{}}
	for _, n := range names {
		r.cells[n] = gojax.NewCell()
		r.fixed[n] = fixed
	}
	return r
}

// SetExport sets an export of a synthetic module; false if there is none of that name.
func (r *Record) SetExport(name string, v goja.Value) bool {
	c := r.cells[name]
	if c != nil {
		c.Set(v)
	}
	return c != nil
}

// SetLazy has an export of a synthetic module find its value when it is first read.
func (g *Graph) SetLazy(r *Record, name string, value func() goja.Value) {
	c := r.cells[name]
	if c == nil {
		return
	}
	get := g.VM.ToValue(func(goja.FunctionCall) goja.Value {
		v := value()
		c.Set(v)
		return v
	})
	set := g.VM.ToValue(func(call goja.FunctionCall) goja.Value { c.Set(call.Argument(0)); return nil })
	c.Guard(get.(*goja.Object), set.(*goja.Object))
}

// Fail ends a module that was cut off in the middle of its evaluation.
func (r *Record) Fail(v goja.Value) { r.status, r.failed, r.err, r.root = Evaluated, true, v, r }

// Status returns the module's state.
func (r *Record) Status() Status { return r.status }

// Progress is the module's state as a number: 0 to 5 as in ECMA-262, 6 when
// evaluation has failed.
func (r *Record) Progress() int {
	if r.failed {
		return 6
	}
	return int(r.status)
}

// Failure returns what evaluation threw, if it did.
func (r *Record) Failure() (goja.Value, bool) { return r.err, r.failed }

// FindAwait returns the first module of the graph below r that uses top-level
// await; with pending, the first one that has not ended.
func (r *Record) FindAwait(seen map[*Record]bool, pending bool) *Record {
	if seen[r] {
		return nil
	}
	seen[r] = true
	for _, d := range r.Deps {
		if a := d.FindAwait(seen, pending); a != nil {
			return a
		}
	}
	if r.Source != nil && r.Source.Async && (!pending || r.status == EvaluatingAsync && r.pending == 0) {
		return r
	}
	return nil
}

// InProgress reports whether r or a module that it depends on is running just now.
func (r *Record) InProgress() bool { return r.inProgress(map[*Record]bool{}) }

func (r *Record) inProgress(seen map[*Record]bool) bool {
	if r.status == Evaluating {
		return true
	}
	if seen[r] || r.status == Evaluated {
		return false
	}
	seen[r] = true
	for _, d := range r.Deps {
		if d.inProgress(seen) {
			return true
		}
	}
	return false
}

// A binding is what an export name resolves to.
type binding struct {
	cell  *gojax.Cell
	owner *Record
	// fixed bindings keep the value that they have when their module has run.
	fixed bool
}

// exportedNames is GetExportedNames.
func (r *Record) exportedNames(seen map[*Record]bool, add func(string)) {
	if seen[r] {
		return
	}
	seen[r] = true
	if r.Source == nil {
		for _, n := range r.names {
			add(n)
		}
		return
	}
	for i := range r.Source.Exports {
		if e := &r.Source.Exports[i]; !e.Star {
			add(e.Export)
		}
	}
	for i := range r.Source.Exports {
		if e := &r.Source.Exports[i]; e.Star {
			r.Deps[e.Request].exportedNames(seen, func(n string) {
				if n != "default" {
					add(n)
				}
			})
		}
	}
}

type query struct {
	r    *Record
	name string
}

// lookup is ResolveExport.
func (g *Graph) lookup(r *Record, name string, seen map[query]bool) (b binding, ok, ambiguous bool) {
	if r.Source == nil {
		c := r.cells[name]
		return binding{c, r, r.fixed[name]}, c != nil, false
	}
	var stars bool
	for i := range r.Source.Exports {
		e := &r.Source.Exports[i]
		if e.Star {
			stars = true
			continue
		}
		if e.Export != name {
			continue
		}
		if e.Request < 0 {
			return binding{r.cells[e.Local], r, !r.Source.Changes(e.Local)}, true, false
		}
		dep := r.Deps[e.Request]
		if e.Namespace {
			return g.namespaceBinding(dep), true, false
		}
		q := query{r, name}
		if seen[q] {
			return b, false, false
		}
		if seen == nil {
			seen = map[query]bool{}
		}
		seen[q] = true
		return g.lookup(dep, e.Name, seen)
	}
	if name == "default" || !stars {
		return b, false, false
	}
	q := query{r, name}
	if seen[q] {
		return b, false, false
	}
	if seen == nil {
		seen = map[query]bool{}
	}
	seen[q] = true
	for i := range r.Source.Exports {
		e := &r.Source.Exports[i]
		if !e.Star {
			continue
		}
		found, has, amb := g.lookup(r.Deps[e.Request], name, seen)
		if amb {
			return b, false, true
		}
		if !has {
			continue
		}
		if ok && b.cell != found.cell {
			return binding{}, false, true
		}
		b, ok = found, true
	}
	return b, ok, false
}

// namespaceBinding is the binding of import * as: its value is filled in when
// the namespace can be made.
func (g *Graph) namespaceBinding(r *Record) binding {
	if r.nsCell == nil {
		r.nsCell = gojax.NewCell()
		if r.ns != nil || r.status >= Linked {
			r.nsCell.Set(g.Namespace(r))
		}
	}
	return binding{r.nsCell, r, true}
}

// Namespace is GetModuleNamespace, for a module that has been linked.
func (g *Graph) Namespace(r *Record) *goja.Object {
	if r.ns != nil {
		return r.ns
	}
	if r.nsCell == nil {
		r.nsCell = gojax.NewCell() // it may be an export of its own
	}
	var names []string
	seen := map[string]bool{}
	r.exportedNames(map[*Record]bool{}, func(n string) {
		if !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	})
	sortNames(names)
	kept := names[:0]
	cells := make([]*gojax.Cell, 0, len(names))
	for _, n := range names {
		if b, ok, _ := g.lookup(r, n, nil); ok {
			kept = append(kept, n)
			cells = append(cells, b.cell)
		}
	}
	r.ns = gojax.Namespace(g.VM, kept, cells)
	r.nsCell.Set(r.ns)
	return r.ns
}

// sortNames sorts by UTF-16 code units, which differs from the order of bytes
// only beyond the basic plane.
func sortNames(names []string) {
	sort.Slice(names, func(i, j int) bool {
		a, b := names[i], names[j]
		for k := 0; k < len(a) && k < len(b); k++ {
			if a[k] != b[k] {
				if a[k] < 0x80 || b[k] < 0x80 {
					return a[k] < b[k]
				}
				break
			}
		}
		x, y := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
		for k := 0; k < len(x) && k < len(y); k++ {
			if x[k] != y[k] {
				return x[k] < y[k]
			}
		}
		return len(x) < len(y)
	})
}
