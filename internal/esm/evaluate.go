package esm

import (
	"slices"

	"github.com/dop251/goja"
)

// Evaluate is the Evaluate method of cyclic module records: the promise of a
// linked module's evaluation. Modules without top-level await below them have
// run when it returns.
func (g *Graph) Evaluate(r *Record) *goja.Promise {
	if r.status == EvaluatingAsync || r.status == Evaluated {
		if r.root != nil {
			r = r.root
		}
	}
	if r.promise != nil {
		return r.promise
	}
	p, resolve, reject := g.VM.NewPromise()
	r.promise = p
	r.settle = func(failed bool, v goja.Value) {
		var err error
		if failed {
			err = reject(v)
		} else {
			err = resolve(goja.Undefined())
		}
		if err != nil {
			panic(err)
		}
	}
	if r.status == Evaluated { // by a module that imports it
		r.settle(r.failed, r.err)
		return p
	}
	e := &evaluator{g: g}
	if thrown := e.visit(r); thrown != nil {
		for _, m := range e.stack {
			m.status, m.failed, m.err = Evaluated, true, thrown
			m.root = m
		}
		r.settle(true, thrown)
		return p
	}
	if !r.asyncEval {
		r.settle(false, nil)
	}
	return p
}

// EvaluateSync evaluates a linked module whose graph has no top-level await.
func (g *Graph) EvaluateSync(r *Record) (thrown goja.Value) {
	if r.status == Evaluated {
		return r.err
	}
	e := &evaluator{g: g}
	if thrown = e.visit(r); thrown != nil {
		for _, m := range e.stack {
			m.status, m.failed, m.err = Evaluated, true, thrown
			m.root = m
		}
	}
	return thrown
}

// evaluator is InnerModuleEvaluation.
type evaluator struct {
	g     *Graph
	stack []*Record
	next  int
}

func (e *evaluator) visit(r *Record) (thrown goja.Value) {
	g := e.g
	switch r.status {
	case EvaluatingAsync, Evaluated:
		return r.err
	case Evaluating:
		return nil
	}
	r.status = Evaluating
	r.index, r.low = e.next, e.next
	r.pending = 0
	e.next++
	e.stack = append(e.stack, r)
	for i, d := range r.Deps {
		if slices.Contains(r.Deps[:i], d) {
			continue
		}
		if thrown := e.visit(d); thrown != nil {
			return thrown
		}
		if d.status == Evaluating {
			if slices.Contains(e.stack, d) {
				r.low = min(r.low, d.low)
			}
		} else {
			if d.root != nil {
				d = d.root
			}
			if d.failed {
				return d.err
			}
		}
		if d.asyncEval && d.status != Evaluated {
			r.pending++
			d.parents = append(d.parents, r)
		}
	}
	async := r.Source != nil && r.Source.Async
	if r.pending > 0 || async {
		r.asyncEval = true
		r.order = g.asyncOrder
		g.asyncOrder++
		if r.pending == 0 {
			g.executeAsync(r)
		}
	} else if thrown := g.execute(r); thrown != nil {
		return thrown
	}
	if r.low == r.index {
		for {
			n := len(e.stack) - 1
			m := e.stack[n]
			e.stack = e.stack[:n]
			m.status = Evaluated
			if m.asyncEval {
				m.status = EvaluatingAsync
			}
			m.root = r
			if m == r {
				break
			}
		}
	}
	return nil
}

// execute runs a module that does not use await.
func (g *Graph) execute(r *Record) goja.Value {
	if r.Source == nil {
		if r.Run == nil {
			return nil
		}
		if err := r.Run(); err != nil {
			return g.Error(err)
		}
		return nil
	}
	if r.generator != nil {
		_, _, thrown := g.advance(r, "next", goja.Undefined())
		r.generator = nil
		return thrown
	}
	fn, thrown := g.function(r)
	if thrown != nil {
		return thrown
	}
	args := r.args
	r.args = nil
	if _, err := fn(goja.Undefined(), args...); err != nil {
		return g.Error(err)
	}
	return nil
}

// executeAsync is ExecuteAsyncModule.
func (g *Graph) executeAsync(r *Record) {
	if r.generator != nil {
		g.step(r, "next", goja.Undefined())
		return
	}
	fn, thrown := g.function(r)
	if thrown != nil {
		g.rejected(r, thrown)
		return
	}
	args := r.args
	r.args = nil
	p, err := fn(goja.Undefined(), args...)
	if err != nil {
		g.rejected(r, g.Error(err))
		return
	}
	g.whenSettled(p, func(goja.Value) { g.fulfilled(r) }, func(v goja.Value) { g.rejected(r, v) })
}

// step runs a module of a cycle up to its next await.
func (g *Graph) step(r *Record, method string, v goja.Value) {
	value, done, thrown := g.advance(r, method, v)
	switch {
	case thrown != nil && r.awaited:
		g.rejected(r, thrown)
	case thrown != nil:
		// As an async function would: not before the caller goes on.
		g.whenSettled(g.resolved(goja.Undefined()), func(goja.Value) { g.rejected(r, thrown) }, nil)
	case done:
		g.whenSettled(g.resolved(goja.Undefined()), func(goja.Value) { g.fulfilled(r) }, nil)
	default:
		r.awaited = true
		p, err := g.resolve(goja.Undefined(), value)
		if err != nil {
			g.step(r, "throw", g.Error(err))
			return
		}
		g.whenSettled(p, func(v goja.Value) { g.step(r, "next", v) }, func(v goja.Value) { g.step(r, "throw", v) })
	}
}

func (g *Graph) resolved(v goja.Value) goja.Value {
	p, err := g.resolve(goja.Undefined(), v)
	if err != nil {
		panic(err)
	}
	return p
}

func (g *Graph) whenSettled(p goja.Value, ok, bad func(goja.Value)) {
	wrap := func(fn func(goja.Value)) goja.Value {
		if fn == nil {
			return goja.Undefined()
		}
		return g.VM.ToValue(func(c goja.FunctionCall) goja.Value { fn(c.Argument(0)); return goja.Undefined() })
	}
	if _, err := g.then(p, wrap(ok), wrap(bad)); err != nil {
		panic(err)
	}
}

// fulfilled is AsyncModuleExecutionFulfilled.
func (g *Graph) fulfilled(r *Record) {
	if r.status == Evaluated {
		return
	}
	r.status = Evaluated
	r.generator = nil
	if r.settle != nil {
		r.settle(false, nil)
	}
	var ready []*Record
	g.gather(r, &ready)
	slices.SortFunc(ready, func(a, b *Record) int { return a.order - b.order })
	for _, m := range ready {
		switch {
		case m.status == Evaluated:
		case m.Source != nil && m.Source.Async:
			g.executeAsync(m)
		default:
			if thrown := g.execute(m); thrown != nil {
				g.rejected(m, thrown)
				continue
			}
			m.status = Evaluated
			if m.settle != nil {
				m.settle(false, nil)
			}
		}
	}
}

// gather is GatherAvailableAncestors.
func (g *Graph) gather(r *Record, list *[]*Record) {
	for _, m := range r.parents {
		if slices.Contains(*list, m) || m.root != nil && m.root.failed {
			continue
		}
		m.pending--
		if m.pending == 0 {
			*list = append(*list, m)
			if m.Source == nil || !m.Source.Async {
				g.gather(m, list)
			}
		}
	}
}

// rejected is AsyncModuleExecutionRejected.
func (g *Graph) rejected(r *Record, thrown goja.Value) {
	if r.status == Evaluated {
		return
	}
	r.status, r.failed, r.err = Evaluated, true, thrown
	r.generator = nil
	for _, m := range r.parents {
		g.rejected(m, thrown)
	}
	if r.settle != nil {
		r.settle(true, thrown)
	}
}
