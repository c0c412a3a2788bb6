package module

import (
	"errors"
	"path"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/esm"
	"github.com/gonode/gonode/internal/lazy"
	"github.com/gonode/gonode/internal/loader"
)

// modules connects internal/esm to JavaScript, which knows a module by its number.
type modules struct {
	b       *binding
	graph   *esm.Graph
	records []*esm.Record
	host    goja.Callable // makes the object with import.meta and import()
	refErr  *goja.Object
}

// esmNative makes the Go side of internal/modules/esm/loader.
func (b *binding) esmNative() *goja.Object {
	m := &modules{b: b, graph: esm.NewGraph(b.vm)}
	m.graph.Error = m.toError
	m.graph.Missing = m.missing
	m.graph.Host = func(r *esm.Record) goja.Value {
		v, err := m.host(goja.Undefined(), b.vm.ToValue(m.number(r)))
		if err != nil {
			panic(err)
		}
		return v
	}
	m.refErr, _ = b.vm.Get("ReferenceError").(*goja.Object)
	o := b.vm.NewObject()
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		"setHost":      func(c goja.FunctionCall) goja.Value { m.host, _ = goja.AssertFunction(c.Argument(0)); return nil },
		"parse":        m.parse,
		"synthetic":    m.synthetic,
		"setExport":    m.setExport,
		"setLazy":      m.setLazy,
		"setDeps":      m.setDeps,
		"link":         m.link,
		"evaluate":     func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(m.graph.Evaluate(m.record(c))) },
		"evaluateSync": m.evaluateSync,
		"namespace":    func(c goja.FunctionCall) goja.Value { return m.graph.Namespace(m.record(c)) },
		"status":       func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(m.record(c).Progress()) },
		"findAwait":    m.findAwait,
		"inProgress":   func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(m.record(c).InProgress()) },
		"resolveFile":  m.resolveFile,
		"cjsExports":   m.cjsExports,
		"check": func(c goja.FunctionCall) goja.Value {
			p, err := compile.ParseModule(c.Argument(1).String(), c.Argument(0).String(), compile.Dialect{})
			if err == nil {
				_, err = p.Compile(compile.Form{Values: make([]bool, len(p.Imports))})
			}
			if err != nil {
				panic(b.env.Error(err))
			}
			return nil
		},
	} {
		_ = o.Set(name, fn)
	}
	return o
}

func (m *modules) record(c goja.FunctionCall) *esm.Record {
	return m.records[c.Argument(0).ToInteger()]
}

func (m *modules) add(r *esm.Record) int {
	m.records = append(m.records, r)
	n := len(m.records) - 1
	r.Data = n
	return n
}

func (m *modules) number(r *esm.Record) int { return r.Data.(int) }

func (m *modules) toError(err error) goja.Value {
	var ex *goja.Exception
	var dz *esm.DeadZone
	var se *compile.SyntaxError
	switch {
	case errors.As(err, &ex):
		return ex.Value()
	case errors.As(err, &dz):
		o, err := m.b.vm.New(m.refErr, m.b.vm.ToValue(dz.Error()))
		if err != nil {
			panic(err)
		}
		return o
	case errors.As(err, &se):
		return m.b.env.Error(err)
	}
	panic(err) // the isolate is being stopped
}

// parse(url, source, tsconfig, observed, typescript) gives [number, specifiers, attributes, uses await];
// attributes are flat lists of keys and values, or undefined.
func (m *modules) parse(c goja.FunctionCall) goja.Value {
	vm := m.b.vm
	d := compile.Dialect{TSConfig: c.Argument(2).String(), TypeScript: c.Argument(4).ToBoolean()}
	src, err := compile.ParseModule(c.Argument(0).String(), c.Argument(1).String(), d)
	if err != nil {
		panic(m.b.env.Error(err))
	}
	r := &esm.Record{URL: src.Name, Source: src, Observed: c.Argument(3).ToBoolean()}
	specs, attrs := make([]any, len(src.Requests)), make([]any, len(src.Requests))
	for i, q := range src.Requests {
		specs[i], attrs[i] = q.Specifier, goja.Undefined()
		if len(q.Attributes) > 0 {
			var flat []any
			for _, a := range q.Attributes {
				flat = append(flat, a.Key, a.Value)
			}
			attrs[i] = vm.NewArray(flat...)
		}
	}
	return vm.NewArray(m.add(r), vm.NewArray(specs...), vm.NewArray(attrs...), src.Async)
}

// synthetic(url, names, fixed, run, kind)
func (m *modules) synthetic(c goja.FunctionCall) goja.Value {
	run, _ := goja.AssertFunction(c.Argument(3))
	r := esm.NewSynthetic(c.Argument(0).String(), m.b.strings(c.Argument(1)), c.Argument(2).ToBoolean(), func() error {
		_, err := run(goja.Undefined())
		return err
	})
	r.Kind = c.Argument(4).String()
	return m.b.vm.ToValue(m.add(r))
}

func (m *modules) setExport(c goja.FunctionCall) goja.Value {
	return m.b.vm.ToValue(m.record(c).SetExport(c.Argument(1).String(), c.Argument(2)))
}

// setLazy(number, name, find) has an export find its value when it is read.
func (m *modules) setLazy(c goja.FunctionCall) goja.Value {
	find, _ := goja.AssertFunction(c.Argument(2))
	name := c.Argument(1)
	m.graph.SetLazy(m.record(c), name.String(), func() goja.Value {
		v, err := find(goja.Undefined(), name)
		if err != nil {
			panic(err)
		}
		return v
	})
	return nil
}

// setDeps(number, numbers)
func (m *modules) setDeps(c goja.FunctionCall) goja.Value {
	var deps []int
	if err := m.b.vm.ExportTo(c.Argument(1), &deps); err != nil {
		panic(err)
	}
	r := m.record(c)
	r.Deps = make([]*esm.Record, len(deps))
	for i, d := range deps {
		r.Deps[i] = m.records[d]
	}
	return nil
}

func (m *modules) link(c goja.FunctionCall) goja.Value {
	if thrown := m.graph.Link(m.record(c)); thrown != nil {
		panic(thrown)
	}
	return nil
}

func (m *modules) evaluateSync(c goja.FunctionCall) goja.Value {
	if thrown := m.graph.EvaluateSync(m.record(c)); thrown != nil {
		panic(thrown)
	}
	return nil
}

// findAwait(number, pending) gives [url, line, column, the line] of the first
// top-level await in a graph; with pending, of one that still waits.
func (m *modules) findAwait(c goja.FunctionCall) goja.Value {
	a := m.record(c).FindAwait(map[*esm.Record]bool{}, c.Argument(1).ToBoolean())
	if a == nil {
		return goja.Undefined()
	}
	p := a.Source.Await
	return m.b.vm.NewArray(a.URL, p.Line, p.Column, p.SourceLine)
}

var braces = lazy.Regexp{Expr: `\{.*\}`}
var renames = lazy.Regexp{Expr: `\s+as\s+`}

// missing makes the error for an import that is not there, in V8's words; for
// CommonJS modules, whose exports are guessed, in Node's.
func (m *modules) missing(r, dep *esm.Record, request int, name string, off, width int, ambiguous bool) goja.Value {
	se := r.Source.Missing(request, name, off, width, ambiguous)
	if dep.Kind == "commonjs" && !ambiguous {
		spec := r.Source.Requests[request].Specifier
		se.Message = "Named export '" + name + "' not found. The requested module '" + spec + "' is a CommonJS module, " +
			"which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default " +
			"export, for example using:\n\nimport pkg from '" + spec + "';\n"
		if list := braces.Get().FindString(se.SourceLine); list != "" {
			se.Message += "const " + renames.Get().ReplaceAllString(list, ": ") + " = pkg;\n"
		}
	}
	return m.b.env.Error(se)
}

// resolveFile(specifier, parentURL) resolves what most imports are, a relative
// path to a file; undefined where the rules of URLs may matter, and for files
// that are not there.
func (m *modules) resolveFile(c goja.FunctionCall) goja.Value {
	spec, parent := c.Argument(0).String(), c.Argument(1).String()
	from, ok := strings.CutPrefix(parent, "file://")
	if !ok || filepath.Separator != '/' || !(strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../")) ||
		!plainPath(spec) || !plainPath(from) || strings.HasSuffix(spec, "/") {
		return goja.Undefined()
	}
	p := path.Join(path.Dir(from), spec)
	res := m.b.res
	if res.Kind(p) != loader.File {
		return goja.Undefined()
	}
	if !res.PreserveSymlinks {
		real, err := res.Realpath(p)
		if err != nil || !plainPath(real) {
			return goja.Undefined()
		}
		p = real
	}
	return m.b.vm.ToValue("file://" + p)
}

// plainPath reports whether a path and its URL are the same text.
func plainPath(p string) bool {
	for i := range len(p) {
		c := p[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '/' || c == '.' || c == '-' || c == '_' ||
			c == '@' || c == '+' || c == '$') {
			return false
		}
	}
	return true
}

// cjsExports(source, filename) gives [export names, reexported specifiers].
func (m *modules) cjsExports(c goja.FunctionCall) goja.Value {
	names, reexports := compile.CommonJSExports(compile.Untyped(c.Argument(1).String(), c.Argument(0).String()))
	return m.b.vm.NewArray(m.b.list(names), m.b.list(reexports))
}
