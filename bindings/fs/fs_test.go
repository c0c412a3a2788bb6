package fs

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
)

// stubEnv is an Env with just what making the module's table needs.
type stubEnv struct {
	bindings.Env
	vm    *goja.Runtime
	loop  *eventloop.Loop
	state *goja.Object
}

func (e *stubEnv) Host() *bindings.Host  { return nil }
func (e *stubEnv) VM() *goja.Runtime     { return e.vm }
func (e *stubEnv) Loop() *eventloop.Loop { return e.loop }
func (e *stubEnv) Require(string) *goja.Object {
	o := e.vm.NewObject()
	_ = o.Set("customPromisifyArgs", goja.NewSymbol("args"))
	_ = o.Set("customPromisifySymbol", goja.NewSymbol("custom"))
	return o
}
func (e *stubEnv) Internal(string) *goja.Object {
	if e.state == nil {
		e.state = e.vm.NewObject()
		_ = e.state.Set("kState", goja.NewSymbol("state"))
	}
	return e.state
}

// BenchmarkLoad is what require('fs') costs a program.
func BenchmarkLoad(b *testing.B) {
	vm := goja.New()
	loop := eventloop.New(eventloop.Options{})
	defer loop.Close()
	b.ReportAllocs()
	for b.Loop() {
		native(&stubEnv{vm: vm, loop: loop})
	}
}
