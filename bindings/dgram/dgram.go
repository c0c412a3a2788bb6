package dgram

import (
	"embed"
	"net/netip"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/sock"
	"github.com/gonode/gonode/internal/streamwrap"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "dgram", JS: files, File: "dgram.js"},
		{Name: "internal/dgram", JS: files, File: "internal_dgram.js"},
		{Name: "udp_wrap", Native: native, Hidden: true},
	}
}

// Flags of bind: libuv's numbers.
const (
	flagIPv6Only  = 1
	flagReuseAddr = 4
	flagReusePort = 8
)

type method = func(u *sock.UDP, c goja.FunctionCall) any

// native is udp_wrap: the classes UDP and SendWrap. Results are 0 or libuv's
// negative error numbers.
func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	group := streamwrap.For(env).Group()
	handles := map[*goja.Object]*sock.UDP{}

	_ = o.Set("SendWrap", vm.ToValue(func(goja.ConstructorCall) *goja.Object { return nil }))
	consts := vm.NewObject()
	_ = consts.Set("UV_UDP_IPV6ONLY", flagIPv6Only)
	_ = consts.Set("UV_UDP_REUSEADDR", flagReuseAddr)
	_ = consts.Set("UV_UDP_REUSEPORT", flagReusePort)
	_ = o.Set("constants", consts)

	ctor := vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		u := group.NewUDP()
		u.Handle().SetOwner(c.This)
		handles[c.This] = u
		return nil
	}).(*goja.Object)
	named := func(o *goja.Object, name string) {
		_ = o.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	named(ctor, "UDP")
	_ = o.Set("UDP", ctor)
	proto := ctor.Get("prototype").(*goja.Object)
	ebadf := vm.ToValue(nodeerr.Number("EBADF"))
	set := func(name string, fn method) {
		v := vm.ToValue(func(c goja.FunctionCall) goja.Value {
			this, _ := c.This.(*goja.Object)
			u := handles[this]
			if u == nil {
				return ebadf
			}
			switch r := fn(u, c).(type) {
			case nil:
				return vm.ToValue(0)
			case error:
				return vm.ToValue(streamwrap.ErrNumber(r))
			default:
				return vm.ToValue(r)
			}
		}).(*goja.Object)
		named(v, name)
		_ = proto.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	addr := func(ip, port goja.Value) (netip.AddrPort, error) {
		a, err := netip.ParseAddr(ip.String())
		if err != nil {
			return netip.AddrPort{}, syscall.EINVAL
		}
		return netip.AddrPortFrom(a, uint16(port.ToInteger())), nil
	}
	str := func(v goja.Value) string {
		if goja.IsUndefined(v) || goja.IsNull(v) {
			return ""
		}
		return v.String()
	}
	bind := func(u *sock.UDP, c goja.FunctionCall) any {
		a, err := addr(c.Argument(0), c.Argument(1))
		if err != nil {
			return err
		}
		flags := c.Argument(2).ToInteger()
		return u.Bind(a, sock.UDPOptions{
			IPv6Only: flags&flagIPv6Only != 0, ReuseAddr: flags&flagReuseAddr != 0, ReusePort: flags&flagReusePort != 0,
		})
	}
	connect := func(u *sock.UDP, c goja.FunctionCall) any {
		a, err := addr(c.Argument(0), c.Argument(1))
		if err != nil {
			return err
		}
		return u.Connect(a)
	}
	call := func(o *goja.Object, name string, args ...goja.Value) {
		if fn, ok := goja.AssertFunction(o.Get(name)); ok {
			env.Call(fn, o, args...)
		}
	}
	// send(req, list, count, port, address, hasCallback), or connected: (req, list, count, hasCallback)
	send := func(u *sock.UDP, c goja.FunctionCall) any {
		req := c.Argument(0).ToObject(vm)
		list := c.Argument(1).ToObject(vm)
		var data []byte
		for i := range int(c.Argument(2).ToInteger()) {
			b, ok := env.Bytes(list.Get(vm.ToValue(i).String()))
			if !ok {
				return syscall.EINVAL
			}
			data = append(data, b...) // one datagram, and a copy
		}
		var to netip.AddrPort
		hasCallback := c.Argument(3)
		if len(c.Arguments) > 4 {
			var err error
			if to, err = addr(c.Argument(4), c.Argument(3)); err != nil {
				return err
			}
			hasCallback = c.Argument(5)
		}
		var done func(int, error)
		if hasCallback.ToBoolean() {
			done = func(n int, err error) {
				call(req, "oncomplete", vm.ToValue(streamwrap.ErrNumber(err)), vm.ToValue(n))
			}
		}
		return u.Send(data, to, done)
	}
	fill := func(c goja.FunctionCall, a sock.Addr, err error) any {
		if out, ok := c.Argument(0).(*goja.Object); ok && err == nil {
			setAddr(out, a.AddrPort)
		}
		return err
	}
	for name, fn := range map[string]method{
		"bind": bind, "bind6": bind, "connect": connect, "connect6": connect, "send": send, "send6": send,
		"open":       func(u *sock.UDP, c goja.FunctionCall) any { return u.Open(int(c.Argument(0).ToInteger())) },
		"disconnect": func(u *sock.UDP, c goja.FunctionCall) any { return u.Disconnect() },
		"recvStart": func(u *sock.UDP, c goja.FunctionCall) any {
			this := c.This.(*goja.Object)
			return u.RecvStart(func(b []byte, from netip.AddrPort, err error) {
				if err != nil {
					call(this, "onmessage", vm.ToValue(streamwrap.ErrNumber(err)), this, goja.Undefined(), goja.Undefined())
					return
				}
				own := append(make([]byte, 0, len(b)), b...)
				rinfo := vm.NewObject()
				setAddr(rinfo, from)
				_ = rinfo.Set("size", len(b))
				call(this, "onmessage", vm.ToValue(len(b)), this, env.NewBuffer(own), rinfo)
			})
		},
		"recvStop": func(u *sock.UDP, c goja.FunctionCall) any { u.RecvStop(); return nil },
		"getsockname": func(u *sock.UDP, c goja.FunctionCall) any {
			a, err := u.LocalAddr()
			return fill(c, a, err)
		},
		"getpeername": func(u *sock.UDP, c goja.FunctionCall) any {
			a, err := u.PeerAddr()
			return fill(c, a, err)
		},
		"setBroadcast":         func(u *sock.UDP, c goja.FunctionCall) any { return u.SetBroadcast(c.Argument(0).ToBoolean()) },
		"setTTL":               func(u *sock.UDP, c goja.FunctionCall) any { return u.SetTTL(int(c.Argument(0).ToInteger())) },
		"setMulticastTTL":      func(u *sock.UDP, c goja.FunctionCall) any { return u.SetMulticastTTL(int(c.Argument(0).ToInteger())) },
		"setMulticastLoopback": func(u *sock.UDP, c goja.FunctionCall) any { return u.SetMulticastLoopback(c.Argument(0).ToBoolean()) },
		"setMulticastInterface": func(u *sock.UDP, c goja.FunctionCall) any {
			return u.SetMulticastInterface(str(c.Argument(0)))
		},
		"addMembership": func(u *sock.UDP, c goja.FunctionCall) any {
			return u.Membership(c.Argument(0).String(), str(c.Argument(1)), true)
		},
		"dropMembership": func(u *sock.UDP, c goja.FunctionCall) any {
			return u.Membership(c.Argument(0).String(), str(c.Argument(1)), false)
		},
		"addSourceSpecificMembership": func(u *sock.UDP, c goja.FunctionCall) any {
			return u.SourceMembership(c.Argument(0).String(), c.Argument(1).String(), str(c.Argument(2)), true)
		},
		"dropSourceSpecificMembership": func(u *sock.UDP, c goja.FunctionCall) any {
			return u.SourceMembership(c.Argument(0).String(), c.Argument(1).String(), str(c.Argument(2)), false)
		},
		// bufferSize(size, isRecv, ctx): undefined on failure, with ctx filled
		"bufferSize": func(u *sock.UDP, c goja.FunctionCall) any {
			recv := c.Argument(1).ToBoolean()
			n, err := u.BufferSize(int(c.Argument(0).ToInteger()), recv)
			if err == nil {
				return n
			}
			name := "uv_send_buffer_size"
			if recv {
				name = "uv_recv_buffer_size"
			}
			if ctx, ok := c.Argument(2).(*goja.Object); ok {
				code := nodeerr.CodeOf(err)
				_ = ctx.Set("errno", streamwrap.ErrNumber(err))
				_ = ctx.Set("code", code)
				_ = ctx.Set("message", nodeerr.Text(code))
				_ = ctx.Set("syscall", name)
			}
			return goja.Undefined()
		},
		"ref":               func(u *sock.UDP, c goja.FunctionCall) any { u.Handle().Ref(); return goja.Undefined() },
		"unref":             func(u *sock.UDP, c goja.FunctionCall) any { u.Handle().Unref(); return goja.Undefined() },
		"hasRef":            func(u *sock.UDP, c goja.FunctionCall) any { return u.Handle().HasRef() },
		"getAsyncId":        func(u *sock.UDP, c goja.FunctionCall) any { return 0 },
		"getSendQueueSize":  func(u *sock.UDP, c goja.FunctionCall) any { return u.QueueSize() },
		"getSendQueueCount": func(u *sock.UDP, c goja.FunctionCall) any { return u.QueueCount() },
		"close": func(u *sock.UDP, c goja.FunctionCall) any {
			this := c.This.(*goja.Object)
			fn, ok := goja.AssertFunction(c.Argument(0))
			delete(handles, this)
			u.Close(func() {
				if ok {
					env.Call(fn, this)
				}
			})
			return goja.Undefined()
		},
	} {
		set(name, fn)
	}
	fd := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		this, _ := c.This.(*goja.Object)
		if u := handles[this]; u != nil {
			return vm.ToValue(u.FD())
		}
		return vm.ToValue(nodeerr.Number("EBADF"))
	})
	_ = proto.DefineAccessorProperty("fd", fd, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

func setAddr(o *goja.Object, a netip.AddrPort) {
	family := "IPv4"
	if a.Addr().Is6() {
		family = "IPv6"
	}
	_ = o.Set("address", a.Addr().String())
	_ = o.Set("family", family)
	_ = o.Set("port", int(a.Port()))
}
