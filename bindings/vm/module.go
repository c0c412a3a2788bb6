package vm

import (
	"errors"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/esm"
	"github.com/gonode/gonode/internal/natives"
)

// A module is what a vm.Module holds.
type module struct {
	record *esm.Record
	ctx    *context     // nil for the main one
	host   *goja.Object // import.meta and import()
	linked bool         // its dependencies are known
}

// unlinked is the error of a module that is instantiated before its requests are linked.
type unlinked struct{ message string }

func (e *unlinked) Error() string { return e.message }

// modules makes the Go side of vm.Module and its subclasses.
func (b *binding) modules(goja.FunctionCall) goja.Value {
	g := esm.NewGraph(b.vm)
	g.Error = b.toError
	g.Host = func(r *esm.Record) goja.Value { return r.Data.(*module).host }
	g.Missing = func(r, dep *esm.Record, request int, name string, off, width int, ambiguous bool) goja.Value {
		return b.env.Error(r.Source.Missing(request, name, off, width, ambiguous))
	}
	g.Start = func(r *esm.Record, prg *goja.Program) (goja.Value, error) {
		if ctx := r.Data.(*module).ctx; ctx != nil {
			return ctx.run(prg, &compile.Declarations{})
		}
		return b.vm.RunProgram(prg)
	}
	o := b.vm.NewObject()
	set := func(name string, fn func(*module, goja.FunctionCall) goja.Value) {
		natives.Set(b.vm, o, name, 0, func(c goja.FunctionCall) goja.Value {
			m, _ := natives.Carried(c.Argument(0)).(*module)
			return fn(m, c)
		})
	}
	natives.Set(b.vm, o, "sourceText", 0, b.sourceText)
	natives.Set(b.vm, o, "synthetic", 0, func(c goja.FunctionCall) goja.Value { return b.synthetic(g, c) })
	set("setDeps", b.setDeps)
	set("link", func(m *module, _ goja.FunctionCall) goja.Value {
		err := m.check(map[*module]bool{})
		if err == nil && !m.linked {
			err = &unlinked{"module is not linked"}
		}
		if err != nil {
			panic(b.env.NewError("ERR_VM_MODULE_LINK_FAILURE", err.Error()))
		}
		if thrown := g.Link(m.record); thrown != nil {
			panic(thrown)
		}
		return nil
	})
	set("evaluate", func(m *module, c goja.FunctionCall) goja.Value { return b.evaluate(g, m, c) })
	set("setExport", func(m *module, c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(m.record.SetExport(c.Argument(1).String(), c.Argument(2)))
	})
	set("namespace", func(m *module, _ goja.FunctionCall) goja.Value { return g.Namespace(m.record) })
	set("status", func(m *module, _ goja.FunctionCall) goja.Value { return b.vm.ToValue(m.record.Progress()) })
	set("error", func(m *module, _ goja.FunctionCall) goja.Value {
		v, _ := m.record.Failure()
		return v
	})
	// hasAwait(module, graph): whether it, or a module of its graph, uses top-level await.
	set("hasAwait", func(m *module, c goja.FunctionCall) goja.Value {
		if c.Argument(1).ToBoolean() {
			return b.vm.ToValue(m.record.FindAwait(map[*esm.Record]bool{}, false) != nil)
		}
		return b.vm.ToValue(m.record.Source.Async)
	})
	return o
}

// toError is the value to throw for a Go error. One that stops the script
// unwinds everything.
func (b *binding) toError(err error) goja.Value {
	var ex *goja.Exception
	var dz *esm.DeadZone
	var se *compile.SyntaxError
	switch {
	case errors.As(err, &ex):
		return ex.Value()
	case errors.As(err, &dz):
		return b.engineError("ReferenceError", dz.Error())
	case errors.As(err, &se):
		return b.env.Error(err)
	}
	panic(err)
}

// sourceText(source, identifier, context | undefined, line, column, host)
// returns [module, requests].
func (b *binding) sourceText(c goja.FunctionCall) goja.Value {
	src, err := compile.ParseModule(c.Argument(1).String(), c.Argument(0).String(), compile.Dialect{
		At: compile.Offset{Line: int(c.Argument(3).ToInteger()), Column: int(c.Argument(4).ToInteger())}})
	if err != nil {
		panic(b.env.Error(err))
	}
	m := &module{}
	m.ctx, _ = natives.Carried(c.Argument(2)).(*context)
	m.host, _ = c.Argument(5).(*goja.Object)
	m.record = &esm.Record{URL: src.Name, Source: src, Observed: true, InContext: m.ctx != nil, Data: m}
	requests := make([]any, len(src.Requests))
	for i, q := range src.Requests {
		attributes := b.vm.NewObject()
		for _, a := range q.Attributes {
			_ = attributes.Set(a.Key, a.Value)
		}
		o := b.vm.NewObject()
		_ = o.Set("specifier", q.Specifier)
		_ = o.Set("attributes", attributes)
		requests[i] = o
	}
	return b.vm.NewArray(natives.Carry(b.vm, m), b.vm.NewArray(requests...))
}

// synthetic(identifier, names, run) returns a module, which has nothing to link.
func (b *binding) synthetic(g *esm.Graph, c goja.FunctionCall) goja.Value {
	var names []string
	if err := b.vm.ExportTo(c.Argument(1), &names); err != nil {
		panic(b.vm.NewGoError(err))
	}
	run, _ := goja.AssertFunction(c.Argument(2))
	m := &module{linked: true}
	m.record = esm.NewSynthetic(c.Argument(0).String(), names, false, func() error {
		_, err := run(goja.Undefined())
		return err
	})
	m.record.Data = m
	if thrown := g.Link(m.record); thrown != nil {
		panic(thrown)
	}
	return natives.Carry(b.vm, m)
}

// setDeps(module, modules)
func (b *binding) setDeps(m *module, c goja.FunctionCall) goja.Value {
	var deps []goja.Value
	if err := b.vm.ExportTo(c.Argument(1), &deps); err != nil {
		panic(b.vm.NewGoError(err))
	}
	m.record.Deps = make([]*esm.Record, len(deps))
	for i, d := range deps {
		dep, _ := natives.Carried(d).(*module)
		m.record.Deps[i] = dep.record
	}
	m.linked = true
	return nil
}

// check finds a module below m whose requests have not been linked.
func (m *module) check(seen map[*module]bool) error {
	if seen[m] || m.record.Status() != esm.Unlinked {
		return nil
	}
	seen[m] = true
	if !m.linked {
		if q := m.record.Source.Requests; len(q) > 0 {
			return &unlinked{"request for '" + q[0].Specifier + "' can not be resolved on module '" + m.record.URL + "' that is not linked"}
		}
	}
	for _, d := range m.record.Deps {
		if err := d.Data.(*module).check(seen); err != nil {
			return err
		}
	}
	return nil
}

// evaluate(module, timeout | 0, breakOnSigint) returns a promise.
func (b *binding) evaluate(g *esm.Graph, m *module, c goja.FunctionCall) goja.Value {
	timeout := time.Duration(c.Argument(1).ToInteger()) * time.Millisecond
	run := func() (v goja.Value, err error) {
		defer func() {
			// An interrupt unwinds through the graph as a panic.
			if x := recover(); x != nil {
				stop, ok := x.(*goja.InterruptedError)
				if !ok {
					panic(x)
				}
				err = stop
			}
		}()
		return b.vm.ToValue(g.Evaluate(m.record)), nil
	}
	v, err := b.guarded(timeout, c.Argument(2).ToBoolean(), func() (goja.Value, error) {
		if m.ctx != nil && m.ctx.ownMicrotasks {
			return b.withMicrotasks(run)
		}
		return run()
	})
	if err != nil && m.record.Status() == esm.Evaluating {
		m.record.Fail(b.toError(err))
	}
	return b.must(v, err)
}
