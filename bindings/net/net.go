package net

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/streamwrap"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room: net, what it shares with its
// neighbours, and the handle classes that all byte streams have in common.
func Modules() []bindings.Module {
	part := func(name string) func(bindings.Env) *goja.Object {
		return func(env bindings.Env) *goja.Object {
			return env.Internal(streamwrap.ModuleName).Get(name).(*goja.Object)
		}
	}
	return []bindings.Module{
		{Name: "internal/blocklist", JS: files, File: "blocklist.js"},
		{Name: "internal/net", JS: files, File: "internal_net.js", Native: native},
		{Name: "internal/net/socket", JS: files, File: "socket.js"},
		{Name: "internal/uv_errors", JS: files, File: "uv_errors.js"},
		{Name: "net", JS: files, File: "net.js"},
		{Name: "pipe_wrap", Native: part("pipe"), Hidden: true},
		{Name: streamwrap.ModuleName, Native: streamwrap.Native, Hidden: true},
		{Name: "tcp_wrap", Native: part("tcp"), Hidden: true},
		{Name: "tty_wrap", Native: part("tty"), Hidden: true},
		{Name: "uv", Native: func(env bindings.Env) *goja.Object { return streamwrap.UV(env.VM()) }, Hidden: true},
	}
}

func native(env bindings.Env) *goja.Object {
	o := env.VM().NewObject()
	addressFunctions(env.VM(), o)
	return o
}
