package http

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/httpwire"
)

type thinState struct{}

type exchange struct{ conn *conn }

type conn struct {
	p httpwire.Parser
}

func (c *conn) promote() {}

func (r *room) adoptListener(c goja.FunctionCall) goja.Value { return goja.Undefined() }
func (r *room) promoteCall(c goja.FunctionCall) goja.Value   { return goja.Undefined() }
func (r *room) thinHead(c goja.FunctionCall) goja.Value      { return r.no }
func (r *room) thinEnd(c goja.FunctionCall) goja.Value       { return r.no }
func (r *room) closeThin(c goja.FunctionCall) goja.Value     { return goja.Undefined() }
func (r *room) expireThin(c goja.FunctionCall) goja.Value    { return goja.Undefined() }
func (r *room) installThinGetter(c goja.FunctionCall) goja.Value {
	return goja.Undefined()
}
