package streamwrap

import (
	"net/netip"
	"os"
	"strconv"
	"syscall"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
	"github.com/gonode/gonode/internal/sock"
)

type method = func(w *wrap, c goja.FunctionCall) goja.Value

// Constants of the constructors' type argument.
const (
	typeSocket = 0
	typeServer = 1
	typeIPC    = 2 // Pipe only
)

func (st *State) define(o *goja.Object, name string, fn func(goja.FunctionCall) goja.Value) {
	_ = o.DefineDataProperty(name, natives.Func(st.vm, name, 0, fn), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// methods defines functions that answer EBADF on a closed handle.
func (st *State) methods(proto *goja.Object, table map[string]method) {
	ebadf := st.vm.ToValue(nodeerr.Number("EBADF"))
	for name, fn := range table {
		st.define(proto, name, func(c goja.FunctionCall) goja.Value {
			w := st.self(c)
			if w == nil {
				return ebadf
			}
			return fn(w, c)
		})
	}
}

func (st *State) getter(proto *goja.Object, name string, get func(*wrap) any) {
	fn := st.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		w := st.self(c)
		if w == nil {
			return goja.Undefined()
		}
		return st.vm.ToValue(get(w))
	})
	_ = proto.DefineAccessorProperty(name, fn, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// class makes a constructor whose instances are handles of a kind.
func (st *State) class(name string, parent *goja.Object, construct func(*goja.Object, goja.ConstructorCall)) (ctor, proto *goja.Object) {
	ctor = st.vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		construct(c.This, c)
		return nil
	}).(*goja.Object)
	_ = ctor.DefineDataProperty("name", st.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	proto = ctor.Get("prototype").(*goja.Object)
	if parent != nil {
		_ = proto.SetPrototype(parent)
	}
	return ctor, proto
}

// request makes a class of plain request objects.
func (st *State) request(o *goja.Object, name string) {
	ctor, _ := st.class(name, nil, func(*goja.Object, goja.ConstructorCall) {})
	_ = o.Set(name, ctor)
}

func (st *State) constants(o *goja.Object, values map[string]int) {
	c := st.vm.NewObject()
	for k, v := range values {
		_ = c.Set(k, v)
	}
	_ = o.Set("constants", c)
}

// classes fills the native object; tcp_wrap, pipe_wrap and tty_wrap are parts of it.
func (st *State) classes(o *goja.Object) {
	vm := st.vm
	streamCtor, streamProto := st.class("LibuvStreamWrap", nil, func(*goja.Object, goja.ConstructorCall) {
		panic(st.env.NewError("ERR_ILLEGAL_CONSTRUCTOR"))
	})
	st.streamMethods(streamProto)
	_ = o.Set("LibuvStreamWrap", streamCtor)
	_ = o.Set("streamBaseState", vm.NewArray(0, 0, 0, 0, 0))
	_ = o.Set("kReadBytesOrError", 0)
	for _, n := range []string{"ShutdownWrap", "WriteWrap"} {
		st.request(o, n)
	}

	tcp := vm.NewObject()
	ctor, proto := st.class("TCP", streamProto, func(this *goja.Object, c goja.ConstructorCall) {
		st.newWrap(this, sock.TCP, c.Argument(0).ToInteger() == typeServer)
	})
	st.protoTCP = proto
	st.socketMethods(proto)
	st.tcpMethods(proto)
	_ = tcp.Set("TCP", ctor)
	st.request(tcp, "TCPConnectWrap")
	st.constants(tcp, map[string]int{"SOCKET": typeSocket, "SERVER": typeServer, "UV_TCP_IPV6ONLY": 1, "UV_TCP_REUSEPORT": 2})
	_ = o.Set("tcp", tcp)

	pipe := vm.NewObject()
	ctor, proto = st.class("Pipe", streamProto, func(this *goja.Object, c goja.ConstructorCall) {
		t := c.Argument(0).ToInteger()
		w := st.newWrap(this, sock.Pipe, t == typeServer)
		if t == typeIPC {
			w.ensure().SetIPC(true)
			_ = this.Set("ipc", true)
		}
	})
	st.protoPipe = proto
	st.socketMethods(proto)
	st.pipeMethods(proto)
	_ = pipe.Set("Pipe", ctor)
	st.request(pipe, "PipeConnectWrap")
	st.constants(pipe, map[string]int{"SOCKET": typeSocket, "SERVER": typeServer, "IPC": typeIPC, "UV_READABLE": 1, "UV_WRITABLE": 2})
	_ = o.Set("pipe", pipe)

	tty := vm.NewObject()
	ctor, proto = st.class("TTY", streamProto, func(this *goja.Object, c goja.ConstructorCall) {
		w := st.newWrap(this, sock.TTY, false)
		err := openTTY(w, int(c.Argument(0).ToInteger()))
		if ctx, ok := c.Argument(1).(*goja.Object); ok && err != nil {
			code := nodeerr.CodeOf(err)
			_ = ctx.Set("errno", ErrNumber(err))
			_ = ctx.Set("code", code)
			_ = ctx.Set("message", nodeerr.Text(code))
			_ = ctx.Set("syscall", "uv_tty_init")
		}
	})
	st.protoTTY = proto
	st.ttyMethods(proto)
	_ = tty.Set("TTY", ctor)
	st.define(tty, "isTTY", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(sock.IsTTY(int(c.Argument(0).ToInteger())))
	})
	_ = o.Set("tty", tty)

	st.define(o, "setOnWrite", func(c goja.FunctionCall) goja.Value {
		st.onWrite, _ = goja.AssertFunction(c.Argument(0))
		return goja.Undefined()
	})
	st.define(o, "guessHandleType", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(sock.FDType(int(c.Argument(0).ToInteger())))
	})
	st.define(o, "socketPair", func(goja.FunctionCall) goja.Value {
		a, b, err := sock.SocketPair()
		if err != nil {
			panic(st.env.Error(nodeerr.New(err, "socketpair")))
		}
		return vm.NewArray(a, b)
	})
}

// openTTY opens a terminal of its own where it can: non-blocking mode is a
// property of the open file, which other processes share.
func openTTY(w *wrap, fd int) error {
	if !sock.IsTTY(fd) {
		return syscall.EINVAL
	}
	s := w.ensure()
	if own, err := reopenTTY(fd); err == nil {
		return s.Open(own)
	}
	return s.Open(fd)
}

func (st *State) streamMethods(proto *goja.Object) {
	vm := st.vm
	ok := vm.ToValue(0)
	st.define(proto, "close", func(c goja.FunctionCall) goja.Value {
		if w := st.self(c); w != nil {
			w.close(c.Argument(0))
		}
		return goja.Undefined()
	})
	st.define(proto, "ref", func(c goja.FunctionCall) goja.Value { st.setRef(c, true); return goja.Undefined() })
	st.define(proto, "unref", func(c goja.FunctionCall) goja.Value { st.setRef(c, false); return goja.Undefined() })
	st.define(proto, "hasRef", func(c goja.FunctionCall) goja.Value {
		w := st.self(c)
		if w == nil || w.closing {
			return vm.ToValue(false)
		}
		return vm.ToValue(w.listener != nil && w.listener.HasRef() || w.listener == nil && w.ensure().HasRef())
	})
	st.define(proto, "getAsyncId", func(goja.FunctionCall) goja.Value { return vm.ToValue(0) })
	st.define(proto, "getProviderType", func(goja.FunctionCall) goja.Value { return vm.ToValue(0) })
	st.methods(proto, map[string]method{
		"readStart": func(w *wrap, _ goja.FunctionCall) goja.Value { return st.status(w.readStart()) },
		"readStop": func(w *wrap, _ goja.FunctionCall) goja.Value {
			if w.stream != nil {
				w.stream.ReadStop()
			}
			return ok
		},
		"useUserBuffer": func(w *wrap, c goja.FunctionCall) goja.Value {
			w.ensure()
			w.setUser(c.Argument(0))
			return ok
		},
		"setBlocking": func(w *wrap, c goja.FunctionCall) goja.Value {
			w.ensure().SetBlocking(c.Argument(0).ToBoolean())
			return ok
		},
		"shutdown":          func(w *wrap, c goja.FunctionCall) goja.Value { return w.shutdown(c) },
		"write":             func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeChunk(c) },
		"writeChunks":       func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeChunks(c) },
		"writeBuffer":       func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeReq(c, "buffer") },
		"writeUtf8String":   func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeReq(c, "utf8") },
		"writeAsciiString":  func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeReq(c, "latin1") },
		"writeLatin1String": func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeReq(c, "latin1") },
		"writeUcs2String":   func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeReq(c, "ucs2") },
		"writeFD":           func(w *wrap, c goja.FunctionCall) goja.Value { return w.writeFD(c) },
		"takeFDs": func(w *wrap, _ goja.FunctionCall) goja.Value {
			if w.stream == nil {
				return vm.NewArray()
			}
			var vals []any
			for _, fd := range w.stream.TakeFDs() {
				vals = append(vals, fd)
			}
			return vm.NewArray(vals...)
		},
		// detach gives the descriptor away and closes the handle.
		"detach": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.stream == nil || w.closing {
				return vm.ToValue(-1)
			}
			w.closing = true
			return vm.ToValue(w.stream.Detach(w.closed(c.Argument(0))))
		},
	})
	st.getter(proto, "fd", func(w *wrap) any { return w.fd() })
	st.getter(proto, "isStreamBase", func(*wrap) any { return true })
	st.getter(proto, "bytesRead", func(w *wrap) any {
		if w.stream == nil {
			return 0
		}
		return int64(w.stream.BytesRead())
	})
	st.getter(proto, "bytesWritten", func(w *wrap) any {
		if w.stream == nil {
			return 0
		}
		return int64(w.stream.BytesWritten())
	})
	st.getter(proto, "writeQueueSize", func(w *wrap) any {
		if w.stream == nil {
			return 0
		}
		return w.stream.Queued()
	})
	get := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if w := st.self(c); w != nil && w.onreadV != nil {
			return w.onreadV
		}
		return goja.Undefined()
	})
	set := vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if w := st.self(c); w != nil {
			w.onreadV = c.Argument(0)
			w.onread, _ = goja.AssertFunction(c.Argument(0))
		}
		return goja.Undefined()
	})
	_ = proto.DefineAccessorProperty("onread", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (st *State) setRef(c goja.FunctionCall, on bool) {
	w := st.self(c)
	switch {
	case w == nil || w.closing:
	case w.listener != nil && on:
		w.listener.Ref()
	case w.listener != nil:
		w.listener.Unref()
	case on:
		w.ensure().Ref()
	default:
		w.ensure().Unref()
	}
}

// socketMethods are those that TCP and Pipe have in common.
func (st *State) socketMethods(proto *goja.Object) {
	st.methods(proto, map[string]method{
		"open": func(w *wrap, c goja.FunctionCall) goja.Value {
			fd := int(c.Argument(0).ToInteger())
			if c.Argument(1).ToBoolean() && !w.server { // standard output: leave it blocking
				w.ensure().SetBlocking(true)
			}
			if w.server {
				l, err := st.group.OpenListener(w.kind, fd)
				if err == nil {
					w.setListener(l)
				}
				return st.status(err)
			}
			return st.status(w.ensure().Open(fd))
		},
		"listen": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.listener == nil {
				return st.status(w.listenUnbound(int(c.Argument(0).ToInteger())))
			}
			err := w.listener.Listen(int(c.Argument(0).ToInteger()))
			if err == nil {
				err = w.accept(w.listener)
			}
			return st.status(err)
		},
	})
}

// listenUnbound listens on a handle that was not bound: TCP takes any port.
func (w *wrap) listenUnbound(backlog int) error {
	var l *sock.Listener
	var err error
	if w.stream != nil { // bound, or opened, as a socket
		unref := !w.stream.HasRef()
		if l, err = w.stream.Listener(); err != nil {
			return err
		}
		if unref {
			l.Unref()
		}
		w.stream = nil
		w.setListener(l)
		if err := l.Listen(backlog); err != nil {
			return err
		}
		return w.accept(l)
	}
	if w.kind != sock.TCP {
		return syscall.EINVAL
	}
	l, err = w.st.group.BindTCP(netip.MustParseAddrPort("0.0.0.0:0"), sock.ListenOptions{})
	if err != nil {
		return err
	}
	if err := l.Listen(backlog); err != nil {
		l.Close(nil)
		return err
	}
	return w.accept(l)
}

func addrPort(c goja.FunctionCall, first int) (netip.AddrPort, error) {
	ip, err := netip.ParseAddr(c.Argument(first).String())
	if err != nil {
		return netip.AddrPort{}, syscall.EINVAL
	}
	return netip.AddrPortFrom(ip, uint16(c.Argument(first+1).ToInteger())), nil
}

func (st *State) tcpMethods(proto *goja.Object) {
	bind := func(w *wrap, c goja.FunctionCall) goja.Value {
		addr, err := addrPort(c, 0)
		if err != nil {
			return st.status(err)
		}
		flags := c.Argument(2).ToInteger()
		o := sock.ListenOptions{IPv6Only: flags&1 != 0, ReusePort: flags&2 != 0}
		if !w.server {
			return st.status(w.ensure().Bind(addr, o))
		}
		l, err := st.group.BindTCP(addr, o)
		if err == nil {
			w.setListener(l)
		}
		return st.status(err)
	}
	connect := func(w *wrap, c goja.FunctionCall) goja.Value {
		addr, err := addrPort(c, 1)
		if err != nil {
			return st.status(err)
		}
		req, _ := c.Argument(0).(*goja.Object)
		return st.status(w.ensure().Connect(addr, w.connected(req)))
	}
	st.methods(proto, map[string]method{
		"bind": bind, "bind6": bind, "connect": connect, "connect6": connect,
		"reset": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.closing {
				return st.vm.ToValue(0)
			}
			s := w.ensure()
			read, written := s.BytesRead(), s.BytesWritten()
			err := s.Reset(w.closed(c.Argument(0)))
			if err == nil {
				w.closing, w.read, w.written = true, read, written
			}
			return st.status(err)
		},
		"setNoDelay": func(w *wrap, c goja.FunctionCall) goja.Value {
			return st.status(w.ensure().SetNoDelay(c.Argument(0).ToBoolean()))
		},
		"setKeepAlive": func(w *wrap, c goja.FunctionCall) goja.Value {
			return st.status(w.ensure().SetKeepAlive(c.Argument(0).ToBoolean(), int(c.Argument(1).ToInteger())))
		},
		"getsockname": func(w *wrap, c goja.FunctionCall) goja.Value {
			var a sock.Addr
			var err error
			if w.listener != nil {
				a, err = w.listener.Addr()
			} else {
				a, err = w.ensure().LocalAddr()
			}
			return st.address(c, a, err)
		},
		"getpeername": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.listener != nil {
				return st.status(syscall.ENOTCONN)
			}
			a, err := w.ensure().PeerAddr()
			return st.address(c, a, err)
		},
	})
}

// address fills {address, family, port}.
func (st *State) address(c goja.FunctionCall, a sock.Addr, err error) goja.Value {
	if out, ok := c.Argument(0).(*goja.Object); ok && err == nil {
		ip, family := a.Addr(), "IPv4"
		if ip.Is6() {
			family = "IPv6"
		}
		_ = out.Set("address", FormatIP(ip))
		_ = out.Set("family", family)
		_ = out.Set("port", int(a.Port()))
	}
	return st.status(err)
}

// FormatIP writes an address as inet_ntop does, with its zone.
func FormatIP(ip netip.Addr) string { return ip.String() }

func (w *wrap) connected(req *goja.Object) func(error) {
	return func(err error) {
		if req == nil {
			return
		}
		st := w.st
		t := st.vm.ToValue(true)
		st.call(req, "oncomplete", st.status(err), w.obj, req, t, t)
	}
}

func (st *State) pipeMethods(proto *goja.Object) {
	st.methods(proto, map[string]method{
		"bind": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.listener != nil {
				return st.status(syscall.EINVAL)
			}
			l, err := st.group.BindPath(c.Argument(0).String(), sock.ListenOptions{})
			if err == nil {
				w.setListener(l)
			}
			return st.status(err)
		},
		"connect": func(w *wrap, c goja.FunctionCall) goja.Value {
			req, _ := c.Argument(0).(*goja.Object)
			return st.status(w.ensure().ConnectPath(c.Argument(1).String(), w.connected(req)))
		},
		"fchmod": func(w *wrap, c goja.FunctionCall) goja.Value {
			if w.listener == nil {
				return st.status(syscall.EBADF)
			}
			a, err := w.listener.Addr()
			if err != nil {
				return st.status(err)
			}
			info, err := os.Stat(a.Path)
			if err != nil {
				return st.status(err)
			}
			mode, bits := info.Mode().Perm(), c.Argument(0).ToInteger()
			if bits&1 != 0 {
				mode |= 0o444
			}
			if bits&2 != 0 {
				mode |= 0o222
			}
			return st.status(os.Chmod(a.Path, mode))
		},
	})
}

func (st *State) ttyMethods(proto *goja.Object) {
	st.methods(proto, map[string]method{
		"getWindowSize": func(w *wrap, c goja.FunctionCall) goja.Value {
			cols, rows, err := sock.WinSize(w.fd())
			if out, ok := c.Argument(0).(*goja.Object); ok && err == nil {
				_ = out.Set("0", cols)
				_ = out.Set("1", rows)
			}
			return st.status(err)
		},
		"setRawMode": func(w *wrap, c goja.FunctionCall) goja.Value {
			return st.status(w.setRaw(c.Argument(0).ToBoolean()))
		},
	})
}

// UV makes the native object of libuv's error numbers.
func UV(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	type entry struct{ code, text string }
	byNumber := map[int]entry{}
	nodeerr.All(func(code string, n int, text string) {
		byNumber[n] = entry{code, text}
		_ = o.Set("UV_"+code, n)
	})
	_ = o.Set("errname", func(c goja.FunctionCall) goja.Value {
		n := int(c.Argument(0).ToInteger())
		if e, ok := byNumber[n]; ok {
			return vm.ToValue(e.code)
		}
		return vm.ToValue("Unknown system error " + strconv.Itoa(n))
	})
	_ = o.Set("getErrorMessage", func(c goja.FunctionCall) goja.Value {
		n := int(c.Argument(0).ToInteger())
		if e, ok := byNumber[n]; ok {
			return vm.ToValue(e.text)
		}
		return vm.ToValue("Unknown system error " + strconv.Itoa(n))
	})
	_ = o.Set("getErrorMap", func(goja.FunctionCall) goja.Value {
		ctor, _ := goja.AssertConstructor(vm.Get("Map"))
		var pairs []any
		nodeerr.All(func(code string, n int, text string) {
			pairs = append(pairs, vm.NewArray(n, vm.NewArray(code, text)))
		})
		m, err := ctor(nil, vm.NewArray(pairs...))
		if err != nil {
			panic(err)
		}
		return m
	})
	return o
}
