package os

import (
	"embed"
	"encoding/binary"

	"net"
	"os"
	"runtime"
	"strconv"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/nodeerr"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "os", JS: files, File: "os.js", Native: native},
		{Name: "constants", JS: files, File: "constants.js"},
	}
}

// CPU is one logical processor; times are milliseconds.
type CPU struct {
	Model                      string
	Speed                      int
	User, Nice, Sys, Idle, IRQ float64
}

// User is what the system knows of the user.
type User struct {
	UID, GID             int
	Name, HomeDir, Shell string
	NoShell              bool // Windows
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	method := func(name string, fn func() any) {
		_ = o.Set(name, func(goja.FunctionCall) goja.Value { return vm.ToValue(fn()) })
	}
	failed := func(err error, call string) goja.Value {
		e := nodeerr.New(err, call)
		r := vm.NewObject()
		_ = r.Set("errno", e.Errno)
		_ = r.Set("code", e.Code)
		_ = r.Set("message", nodeerr.Text(e.Code))
		_ = r.Set("syscall", call)
		return r
	}
	endian := "LE"
	if binary.NativeEndian.Uint16([]byte{0, 1}) == 1 {
		endian = "BE"
	}
	_ = o.Set("endianness", endian)
	method("availableParallelism", func() any { return runtime.NumCPU() })
	method("freemem", func() any { return float64(freeMemory()) })
	method("totalmem", func() any { return float64(totalMemory()) })
	method("loadavg", func() any {
		l := loadAverage()
		return vm.NewArray(l[0], l[1], l[2])
	})
	method("uptime", func() any {
		f, err := uptime()
		if err != nil {
			return failed(err, "uv_uptime")
		}
		return f
	})
	method("hostname", func() any {
		s, err := os.Hostname()
		if err != nil {
			return failed(err, "uv_os_gethostname")
		}
		return s
	})
	method("homedir", func() any {
		key := "HOME"
		if runtime.GOOS == "windows" {
			key = "USERPROFILE"
		}
		if h, ok := env.Host().Env.Get(key); ok && h != "" {
			return h
		}
		u, err := CurrentUser()
		if err != nil {
			return failed(err, "uv_os_homedir")
		}
		return u.HomeDir
	})
	method("uname", func() any {
		u := uname()
		return vm.NewArray(u[0], u[1], u[2], u[3])
	})
	method("cpus", func() any {
		list := cpus()
		vals := make([]any, len(list))
		for i, c := range list {
			times := vm.NewObject()
			_ = times.Set("user", c.User)
			_ = times.Set("nice", c.Nice)
			_ = times.Set("sys", c.Sys)
			_ = times.Set("idle", c.Idle)
			_ = times.Set("irq", c.IRQ)
			x := vm.NewObject()
			_ = x.Set("model", c.Model)
			_ = x.Set("speed", c.Speed)
			_ = x.Set("times", times)
			vals[i] = x
		}
		return vm.NewArray(vals...)
	})
	method("networkInterfaces", func() any { return interfaces(vm) })
	method("userInfo", func() any {
		u, err := CurrentUser()
		if err != nil {
			return failed(err, "uv_os_get_passwd")
		}
		x := vm.NewObject()
		_ = x.Set("uid", u.UID)
		_ = x.Set("gid", u.GID)
		_ = x.Set("username", u.Name)
		_ = x.Set("homedir", u.HomeDir)
		_ = x.Set("shell", u.Shell)
		if u.NoShell {
			_ = x.Set("shell", goja.Null())
		}
		return x
	})
	_ = o.Set("getPriority", func(c goja.FunctionCall) goja.Value {
		n, err := getPriority(int(c.Argument(0).ToInteger()))
		if err != nil {
			return failed(err, "uv_os_getpriority")
		}
		return vm.ToValue(n)
	})
	_ = o.Set("setPriority", func(c goja.FunctionCall) goja.Value {
		if err := setPriority(int(c.Argument(0).ToInteger()), int(c.Argument(1).ToInteger())); err != nil {
			return failed(err, "uv_os_setpriority")
		}
		return goja.Undefined()
	})
	table := func(names []string, values map[string]int) *goja.Object {
		t := vm.NewObject()
		for _, n := range names {
			if v, ok := values[n]; ok {
				_ = t.Set(n, v)
			}
		}
		return t
	}
	constants := vm.NewObject()
	_ = constants.Set("dlopen", table(dlopenNames, dlopenValues()))
	_ = constants.Set("errno", table(errnoNames, errnoValues()))
	_ = constants.Set("signals", table(signalNames, Signals()))
	_ = o.Set("constants", constants)
	return o
}

// What libuv says when the password file, or the system, has no such entry.
var errNoUser = error(nodeerr.FromCode("ENOENT", ""))

func interfaces(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	list, err := net.Interfaces()
	if err != nil {
		return o
	}
	for _, i := range list {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagRunning == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue
		}
		var entries []any
		for _, a := range addrs {
			n, ok := a.(*net.IPNet)
			if !ok {
				continue
			}
			e := vm.NewObject()
			_ = e.Set("address", n.IP.String())
			_ = e.Set("netmask", net.IP(n.Mask).String())
			v6 := n.IP.To4() == nil
			if v6 {
				_ = e.Set("family", "IPv6")
			} else {
				_ = e.Set("family", "IPv4")
			}
			mac := i.HardwareAddr.String()
			if mac == "" {
				mac = "00:00:00:00:00:00"
			}
			_ = e.Set("mac", mac)
			_ = e.Set("internal", i.Flags&net.FlagLoopback != 0)
			ones, _ := n.Mask.Size()
			_ = e.Set("cidr", n.IP.String()+"/"+strconv.Itoa(ones))
			if v6 {
				scope := 0
				if n.IP.IsLinkLocalUnicast() {
					scope = i.Index
				}
				_ = e.Set("scopeid", scope)
			}
			entries = append(entries, e)
		}
		if len(entries) > 0 {
			_ = o.Set(i.Name, vm.NewArray(entries...))
		}
	}
	return o
}

var dlopenNames = []string{"RTLD_LAZY", "RTLD_NOW", "RTLD_GLOBAL", "RTLD_LOCAL", "RTLD_DEEPBIND"}

var signalNames = []string{"SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGIOT", "SIGBUS", "SIGFPE",
	"SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGCHLD", "SIGSTKFLT", "SIGCONT",
	"SIGSTOP", "SIGTSTP", "SIGBREAK", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF",
	"SIGWINCH", "SIGIO", "SIGPOLL", "SIGLOST", "SIGPWR", "SIGINFO", "SIGSYS", "SIGUNUSED"}

var errnoNames = []string{"E2BIG", "EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EAFNOSUPPORT", "EAGAIN", "EALREADY", "EBADF",
	"EBADMSG", "EBUSY", "ECANCELED", "ECHILD", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EDEADLK", "EDESTADDRREQ",
	"EDOM", "EDQUOT", "EEXIST", "EFAULT", "EFBIG", "EHOSTUNREACH", "EIDRM", "EILSEQ", "EINPROGRESS", "EINTR", "EINVAL",
	"EIO", "EISCONN", "EISDIR", "ELOOP", "EMFILE", "EMLINK", "EMSGSIZE", "EMULTIHOP", "ENAMETOOLONG", "ENETDOWN",
	"ENETRESET", "ENETUNREACH", "ENFILE", "ENOBUFS", "ENODATA", "ENODEV", "ENOENT", "ENOEXEC", "ENOLCK", "ENOLINK",
	"ENOMEM", "ENOMSG", "ENOPROTOOPT", "ENOSPC", "ENOSR", "ENOSTR", "ENOSYS", "ENOTCONN", "ENOTDIR", "ENOTEMPTY",
	"ENOTSOCK", "ENOTSUP", "ENOTTY", "ENXIO", "EOPNOTSUPP", "EOVERFLOW", "EPERM", "EPIPE", "EPROTO", "EPROTONOSUPPORT",
	"EPROTOTYPE", "ERANGE", "EROFS", "ESPIPE", "ESRCH", "ESTALE", "ETIME", "ETIMEDOUT", "ETXTBSY", "EWOULDBLOCK",
	"EXDEV", "WSAEINTR", "WSAEBADF", "WSAEACCES", "WSAEFAULT", "WSAEINVAL", "WSAEMFILE", "WSAEWOULDBLOCK",
	"WSAEINPROGRESS", "WSAEALREADY", "WSAENOTSOCK", "WSAEDESTADDRREQ", "WSAEMSGSIZE", "WSAEPROTOTYPE", "WSAENOPROTOOPT",
	"WSAEPROTONOSUPPORT", "WSAESOCKTNOSUPPORT", "WSAEOPNOTSUPP", "WSAEPFNOSUPPORT", "WSAEAFNOSUPPORT", "WSAEADDRINUSE",
	"WSAEADDRNOTAVAIL", "WSAENETDOWN", "WSAENETUNREACH", "WSAENETRESET", "WSAECONNABORTED", "WSAECONNRESET",
	"WSAENOBUFS", "WSAEISCONN", "WSAENOTCONN", "WSAESHUTDOWN", "WSAETOOMANYREFS", "WSAETIMEDOUT", "WSAECONNREFUSED",
	"WSAELOOP", "WSAENAMETOOLONG", "WSAEHOSTDOWN", "WSAEHOSTUNREACH", "WSAENOTEMPTY", "WSAEPROCLIM", "WSAEUSERS",
	"WSAEDQUOT", "WSAESTALE", "WSAEREMOTE", "WSASYSNOTREADY", "WSAVERNOTSUPPORTED", "WSANOTINITIALISED", "WSAEDISCON",
	"WSAENOMORE", "WSAECANCELLED", "WSAEINVALIDPROCTABLE", "WSAEINVALIDPROVIDER", "WSAEPROVIDERFAILEDINIT",
	"WSASYSCALLFAILURE", "WSASERVICE_NOT_FOUND", "WSATYPE_NOT_FOUND", "WSA_E_NO_MORE", "WSA_E_CANCELLED", "WSAEREFUSED"}
