package vm

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/compile"
	"github.com/gonode/gonode/internal/gojax"
)

// A context is one contextified object.
type context struct {
	b *binding
	// sandbox is the object that the program gave; for a vanilla context it is
	// the global object itself. inner has the built-ins, global is globalThis.
	sandbox, inner, global *goja.Object
	lexical                map[string]*slot
	anchor                 *goja.Object // a function that lives in the context
	scope                  *goja.Object
	declared               map[string]bool // var and function: no delete removes them
	vars                   []string        // that the script being entered declares
	noEval                 bool
	ownMicrotasks          bool
}

// slot is a let, const or class binding of the context's scripts.
type slot struct {
	value    goja.Value // nil before its declaration has run
	constant bool
}

// scope is the object at the end of a context's scope chain: what no function
// of a script has declared is looked up here. It has every name, so that no
// lookup falls through to the main context's globals, which goja would try next.
type scope struct{ *context }

// Has is asked for a binding by the instruction that is about to use it.
func (s scope) Has(name string) bool {
	if s.known(name) {
		return true
	}
	if name != "" && name[0] == compile.ContextEnter[0] || name == compile.DynamicImport { // a helper further out
		return false
	}
	site, ok := s.b.inside.Site()
	if !ok {
		return false
	}
	switch site.Op {
	case "loadDynamic", "resolveVar1Strict":
		panic(s.undefined(name))
	case "loadDynamicRef":
		if next, ok := site.Next(1); ok && next.Op == "_typeof" {
			return true
		}
		panic(s.undefined(name))
	case "loadDynamicCallee":
		panic(s.undefined(name))
	case "resolveVar1", "deleteVar":
		return true
	}
	return false
}

func (s scope) undefined(name string) *goja.Object {
	return s.b.engineError("ReferenceError", name+" is not defined")
}

func (s *context) known(name string) bool {
	if _, ok := s.lexical[name]; ok {
		return true
	}
	if name == "eval" {
		return true
	}
	key := s.b.vm.ToValue(name)
	return gojax.Has(s.sandbox, key) || s.inner != s.sandbox && gojax.Has(s.inner, key)
}

// Get looks for a name as V8's contexts do: declarations, the sandbox and its
// prototypes, the built-ins.
func (s scope) Get(name string) goja.Value {
	if l, ok := s.lexical[name]; ok {
		if l.value == nil {
			panic(s.b.engineError("ReferenceError", "Cannot access '"+name+"' before initialization"))
		}
		return l.value
	}
	v := s.sandbox.Get(name)
	if v == nil && s.inner != s.sandbox {
		v = s.inner.Get(name)
	}
	if v == s.sandbox {
		return s.global
	}
	if name == "eval" && v == s.b.evalOf(s.context) {
		// Called by that name it is a direct eval.
		if site, ok := s.b.inside.Site(); ok && site.Op == "loadDynamicCallee" {
			return s.b.directEval
		}
	}
	return v
}

// Set assigns to a binding; what is not declared becomes the sandbox's.
func (s scope) Set(name string, v goja.Value) bool {
	if l, ok := s.lexical[name]; ok {
		switch {
		case l.value == nil:
			panic(s.b.engineError("ReferenceError", "Cannot access '"+name+"' before initialization"))
		case l.constant:
			panic(s.b.vm.NewTypeError("Assignment to constant variable."))
		}
		l.value = v
		return true
	}
	return s.assign(s.b.vm.ToValue(name), v)
}

// assign is a store to a global variable: read-only built-ins stay.
func (s *context) assign(key, v goja.Value) bool {
	if s.inner != s.sandbox {
		if p, ok := gojax.GetOwn(s.inner, key); ok && !p.Accessor && !p.Writable {
			return false
		}
	}
	if gojax.Put(s.sandbox, key, v) {
		return true
	}
	// What a sandbox does not take at all stays in the context.
	return s.inner != s.sandbox && !gojax.Has(s.sandbox, key) && gojax.Put(s.inner, key, v)
}

// Delete is the delete operator on a name.
func (s scope) Delete(name string) bool {
	if _, ok := s.lexical[name]; ok || s.declared[name] {
		return false
	}
	key := s.b.vm.ToValue(name)
	return gojax.Delete(s.sandbox, key) && (s.inner == s.sandbox || gojax.Delete(s.inner, key))
}

// Keys is never asked for: no program gets hold of the scope object.
func (scope) Keys() []string { return nil }

// lexicals is what the helper ContextLexical is: its properties are
// initialised, once, by the declarations that they stand for.
type lexicals struct{ *context }

func (l lexicals) Has(name string) bool       { return l.lexical[name] != nil }
func (l lexicals) Get(name string) goja.Value { return goja.Undefined() }
func (l lexicals) Delete(string) bool         { return false }
func (l lexicals) Keys() []string             { return nil }
func (l lexicals) Set(name string, v goja.Value) bool {
	if s := l.lexical[name]; s != nil {
		s.value = v
	}
	return true
}

// enter is GlobalDeclarationInstantiation: the names of a script are checked
// and made before any of it runs.
func (s *context) enter(d *compile.Declarations) {
	vm := s.b.vm
	fixed := func(name string) bool {
		p, ok := gojax.GetOwn(s.sandbox, vm.ToValue(name))
		if !ok {
			p, ok = gojax.GetOwn(s.inner, vm.ToValue(name))
		}
		return ok && !p.Configurable
	}
	for _, list := range [][]string{d.Lets, d.Consts} {
		for _, name := range list {
			if s.lexical[name] != nil || fixed(name) {
				panic(s.b.engineError("SyntaxError", "Identifier '"+name+"' has already been declared"))
			}
		}
	}
	for _, list := range [][]string{d.Vars, d.Functions} {
		for _, name := range list {
			if s.lexical[name] != nil {
				panic(s.b.engineError("SyntaxError", "Identifier '"+name+"' has already been declared"))
			}
		}
	}
	for _, name := range d.Lets {
		s.lexical[name] = &slot{}
	}
	for _, name := range d.Consts {
		s.lexical[name] = &slot{constant: true}
	}
	s.vars = d.Vars
}

// declare makes the functions of a script, given as an object's properties,
// and after them its variables.
func (s *context) declare(c goja.FunctionCall) goja.Value {
	if functions, _ := c.Argument(0).(*goja.Object); functions != nil {
		for _, name := range functions.Keys() {
			s.assign(s.b.vm.ToValue(name), functions.Get(name))
			s.declared[name] = true
		}
	}
	for _, name := range s.vars {
		key := s.b.vm.ToValue(name)
		if _, ok := gojax.GetOwn(s.sandbox, key); !ok && !gojax.Has(s.inner, key) {
			s.assign(key, goja.Undefined())
			s.declared[name] = true
		}
	}
	s.vars = nil
	return nil
}

// self is what a sloppy function of the context sees as this: the engine has
// put the main context's global object in the place of undefined.
func (s *context) self(c goja.FunctionCall) goja.Value {
	this := c.Argument(0)
	if this == s.b.vm.GlobalObject() || this == s.scope {
		return s.global
	}
	return this
}
