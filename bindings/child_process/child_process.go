package child_process

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/eventloop"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/sock"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "child_process", JS: files, File: "child_process.js", Native: native},
		{Name: "internal/child_process", JS: files, File: "process.js"},
		{Name: "internal/child_process/ipc", JS: files, File: "ipc.js"},
		{Name: "internal/child_process/socket_list", JS: files, File: "socket_list.js"},
	}
}

// state is this module's part of an isolate.
type state struct {
	env      bindings.Env
	vm       *goja.Runtime
	group    *sock.Group
	children map[int]*child
	channels map[int]*channel
	nextID   int
}

// child is a process that was started.
type child struct {
	pid    int
	handle *eventloop.Handle
	onexit goja.Callable
	proc   process
}

func native(env bindings.Env) *goja.Object {
	st := &state{env: env, vm: env.VM(), group: sock.NewGroup(env.Loop()), children: map[int]*child{}, channels: map[int]*channel{}}
	env.OnCleanup(func() {
		st.group.Close()
		for _, c := range st.children {
			c.proc.abandon()
		}
	})
	vm := st.vm
	o := vm.NewObject()
	def := func(name string, fn func(goja.FunctionCall) goja.Value) { _ = o.Set(name, fn) }
	def("spawn", st.spawn)
	def("spawnSync", st.spawnSync)
	def("kill", func(c goja.FunctionCall) goja.Value {
		k := st.children[int(c.Argument(0).ToInteger())]
		if k == nil {
			return vm.ToValue(nodeerr.Number("ESRCH"))
		}
		if err := k.proc.signal(int(c.Argument(1).ToInteger())); err != nil {
			return vm.ToValue(nodeerr.Number(nodeerr.CodeOf(err)))
		}
		return vm.ToValue(0)
	})
	def("setRef", func(c goja.FunctionCall) goja.Value {
		if k := st.children[int(c.Argument(0).ToInteger())]; k != nil {
			if c.Argument(1).ToBoolean() {
				k.handle.Ref()
			} else {
				k.handle.Unref()
			}
		}
		return nil
	})
	def("setNonblock", func(c goja.FunctionCall) goja.Value {
		setNonblock(int(c.Argument(0).ToInteger()))
		return nil
	})
	st.channelTable(def)
	return o
}

// options are spawn's and spawnSync's, as Go data.
type options struct {
	file           string
	args           []string
	cwd            string
	env            []string
	detached       bool
	uid, gid       int // -1: leave
	stdio          []slot
	verbatim, hide bool
}

// slot is one entry of stdio.
type slot struct {
	kind  string // "pipe", "ignore", "fd", "ipc"
	fd    int
	input []byte // spawnSync: what the child reads
}

func (st *state) options(v goja.Value) options {
	vm := st.vm
	o := v.ToObject(vm)
	get := func(key string) goja.Value {
		v := o.Get(key)
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			return nil
		}
		return v
	}
	opt := options{uid: -1, gid: -1}
	opt.file = get("file").String()
	_ = vm.ExportTo(get("args"), &opt.args)
	if v := get("cwd"); v != nil {
		opt.cwd = v.String()
	}
	if v := get("envPairs"); v != nil {
		_ = vm.ExportTo(v, &opt.env)
	}
	if v := get("detached"); v != nil {
		opt.detached = v.ToBoolean()
	}
	if v := get("uid"); v != nil {
		opt.uid = int(v.ToInteger())
	}
	if v := get("gid"); v != nil {
		opt.gid = int(v.ToInteger())
	}
	if v := get("windowsHide"); v != nil {
		opt.hide = v.ToBoolean()
	}
	if v := get("windowsVerbatimArguments"); v != nil {
		opt.verbatim = v.ToBoolean()
	}
	list := get("stdio").ToObject(vm)
	n := int(list.Get("length").ToInteger())
	for i := range n {
		e := list.Get(vm.ToValue(i).String()).ToObject(vm)
		s := slot{kind: e.Get("type").String(), fd: -1}
		if v := e.Get("fd"); v != nil && !goja.IsUndefined(v) {
			s.fd = int(v.ToInteger())
		}
		if v := e.Get("input"); v != nil && !goja.IsUndefined(v) {
			b, _ := st.env.Bytes(v)
			s.input = append([]byte{}, b...)
		}
		opt.stdio = append(opt.stdio, s)
	}
	return opt
}

// spawn(options, onexit, handle) starts a process. The result is { pid, fds }, the
// parent's ends by slot (-1 where there is none), or a negative errno.
func (st *state) spawn(c goja.FunctionCall) goja.Value {
	opt := st.options(c.Argument(0))
	st.mustStart(&opt)
	proc, fds, err := start(opt)
	if err != nil {
		return st.vm.ToValue(nodeerr.Number(nodeerr.CodeOf(err)))
	}
	k := &child{pid: proc.pid(), proc: proc, handle: st.env.Loop().NewHandle("ChildProcess")}
	k.onexit, _ = goja.AssertFunction(c.Argument(1))
	k.handle.SetOwner(c.Argument(2))
	k.handle.Start()
	st.nextID++
	id := st.nextID
	st.children[id] = k
	go func() {
		code, sig := proc.wait()
		exited := func() {
			delete(st.children, id)
			k.handle.Close(nil)
			name := goja.Value(st.vm.ToValue(""))
			if sig != 0 {
				name = st.vm.ToValue(signalName(sig))
			}
			st.env.Call(k.onexit, goja.Undefined(), st.vm.ToValue(code), name)
		}
		// A turn later: what the child did before its end, closing its channel
		// above all, is polled first, as libuv handles signals last.
		k.handle.Post(func() { k.handle.Post(exited) })
	}()
	res := st.vm.NewObject()
	list := make([]any, len(fds))
	for i, fd := range fds {
		list[i] = fd
	}
	_ = res.Set("id", id)
	_ = res.Set("pid", k.pid)
	_ = res.Set("fds", st.vm.NewArray(list...))
	return res
}
