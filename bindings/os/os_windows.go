package os

import (
	"fmt"
	"github.com/gonode/gonode/internal/nodeerr"
	"os"
	"os/user"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// Signals returns the signals that libuv knows on Windows.
func Signals() map[string]int {
	return map[string]int{"SIGHUP": 1, "SIGINT": 2, "SIGQUIT": 3, "SIGILL": 4, "SIGFPE": 8, "SIGKILL": 9, "SIGSEGV": 11,
		"SIGTERM": 15, "SIGBREAK": 21, "SIGABRT": 22, "SIGWINCH": 28}
}

func dlopenValues() map[string]int { return nil }

// errnoValues are the C runtime's numbers and Winsock's.
func errnoValues() map[string]int {
	m := map[string]int{"EPERM": 1, "ENOENT": 2, "ESRCH": 3, "EINTR": 4, "EIO": 5, "ENXIO": 6, "E2BIG": 7, "ENOEXEC": 8,
		"EBADF": 9, "ECHILD": 10, "EAGAIN": 11, "ENOMEM": 12, "EACCES": 13, "EFAULT": 14, "EBUSY": 16, "EEXIST": 17,
		"EXDEV": 18, "ENODEV": 19, "ENOTDIR": 20, "EISDIR": 21, "EINVAL": 22, "ENFILE": 23, "EMFILE": 24, "ENOTTY": 25,
		"EFBIG": 27, "ENOSPC": 28, "ESPIPE": 29, "EROFS": 30, "EMLINK": 31, "EPIPE": 32, "EDOM": 33, "ERANGE": 34,
		"EDEADLK": 36, "ENAMETOOLONG": 38, "ENOLCK": 39, "ENOSYS": 40, "ENOTEMPTY": 41, "EILSEQ": 42}
	for i, n := range []string{"EADDRINUSE", "EADDRNOTAVAIL", "EAFNOSUPPORT", "EALREADY", "EBADMSG", "ECANCELED",
		"ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EDESTADDRREQ", "EHOSTUNREACH", "EIDRM", "EINPROGRESS", "EISCONN",
		"ELOOP", "EMSGSIZE", "ENETDOWN", "ENETRESET", "ENETUNREACH", "ENOBUFS", "ENODATA", "ENOLINK", "ENOMSG",
		"ENOPROTOOPT", "ENOSR", "ENOSTR", "ENOTCONN", "ENOTRECOVERABLE", "ENOTSOCK", "ENOTSUP", "EOPNOTSUPP", "EOTHER",
		"EOVERFLOW", "EOWNERDEAD", "EPROTO", "EPROTONOSUPPORT", "EPROTOTYPE", "ETIME", "ETIMEDOUT", "ETXTBSY",
		"EWOULDBLOCK"} {
		m[n] = 100 + i
	}
	for n, v := range map[string]int{"WSAEINTR": 10004, "WSAEBADF": 10009, "WSAEACCES": 10013, "WSAEFAULT": 10014,
		"WSAEINVAL": 10022, "WSAEMFILE": 10024, "WSASYSNOTREADY": 10091, "WSAVERNOTSUPPORTED": 10092,
		"WSANOTINITIALISED": 10093} {
		m[n] = v
	}
	for i, n := range []string{"WSAEWOULDBLOCK", "WSAEINPROGRESS", "WSAEALREADY", "WSAENOTSOCK", "WSAEDESTADDRREQ",
		"WSAEMSGSIZE", "WSAEPROTOTYPE", "WSAENOPROTOOPT", "WSAEPROTONOSUPPORT", "WSAESOCKTNOSUPPORT", "WSAEOPNOTSUPP",
		"WSAEPFNOSUPPORT", "WSAEAFNOSUPPORT", "WSAEADDRINUSE", "WSAEADDRNOTAVAIL", "WSAENETDOWN", "WSAENETUNREACH",
		"WSAENETRESET", "WSAECONNABORTED", "WSAECONNRESET", "WSAENOBUFS", "WSAEISCONN", "WSAENOTCONN", "WSAESHUTDOWN",
		"WSAETOOMANYREFS", "WSAETIMEDOUT", "WSAECONNREFUSED", "WSAELOOP", "WSAENAMETOOLONG", "WSAEHOSTDOWN",
		"WSAEHOSTUNREACH", "WSAENOTEMPTY", "WSAEPROCLIM", "WSAEUSERS", "WSAEDQUOT", "WSAESTALE", "WSAEREMOTE"} {
		m[n] = 10035 + i
	}
	for i, n := range []string{"WSAEDISCON", "WSAENOMORE", "WSAECANCELLED", "WSAEINVALIDPROCTABLE", "WSAEINVALIDPROVIDER",
		"WSAEPROVIDERFAILEDINIT", "WSASYSCALLFAILURE", "WSASERVICE_NOT_FOUND", "WSATYPE_NOT_FOUND", "WSA_E_NO_MORE",
		"WSA_E_CANCELLED", "WSAEREFUSED"} {
		m[n] = 10101 + i
	}
	return m
}

func uname() [4]string {
	major, minor, build := windows.RtlGetNtVersionNumbers()
	product := "Windows"
	if k, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Windows NT\CurrentVersion`, registry.QUERY_VALUE); err == nil {
		if s, _, err := k.GetStringValue("ProductName"); err == nil {
			product = s
		}
		k.Close()
	}
	machine := map[string]string{"amd64": "x86_64", "386": "i686", "arm64": "arm64"}[runtime.GOARCH]
	return [4]string{"Windows_NT", product, fmt.Sprintf("%d.%d.%d", major, minor, build), machine}
}

// CurrentUser is the user of the process's token.
func CurrentUser() (User, error) {
	u, err := user.Current()
	if err != nil {
		return User{}, errNoUser
	}
	name := u.Username
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '\\' {
			name = name[i+1:]
			break
		}
	}
	return User{UID: -1, GID: -1, Name: name, HomeDir: u.HomeDir, NoShell: true}, nil
}

type memoryStatus struct {
	Length, Load                                                          uint32
	TotalPhys, AvailPhys, TotalPage, AvailPage, TotalVirt, AvailVirt, Ext uint64
}

func memory() memoryStatus {
	m := memoryStatus{}
	m.Length = uint32(unsafe.Sizeof(m))
	p := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	_, _, _ = p.Call(uintptr(unsafe.Pointer(&m)))
	return m
}

func freeMemory() uint64      { return memory().AvailPhys }
func totalMemory() uint64     { return memory().TotalPhys }
func loadAverage() [3]float64 { return [3]float64{} }
func uptime() (float64, error) {
	return float64(windows.DurationSinceBoot()/time.Millisecond) / 1e3, nil
}

type processorTimes struct {
	Idle, Kernel, User, DPC, Interrupt int64
	Count                              uint32
	_                                  uint32
}

func cpus() []CPU {
	times := make([]processorTimes, runtime.NumCPU())
	var n uint32
	_ = windows.NtQuerySystemInformation(windows.SystemProcessorPerformanceInformation,
		unsafe.Pointer(&times[0]), uint32(len(times))*uint32(unsafe.Sizeof(times[0])), &n)
	list := make([]CPU, len(times))
	for i, t := range times {
		const perMS = 10000
		c := CPU{Model: "unknown", User: float64(t.User / perMS), Sys: float64((t.Kernel - t.Idle) / perMS),
			Idle: float64(t.Idle / perMS), IRQ: float64(t.Interrupt / perMS)}
		path := fmt.Sprintf(`HARDWARE\DESCRIPTION\System\CentralProcessor\%d`, i)
		if k, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.QUERY_VALUE); err == nil {
			if s, _, err := k.GetStringValue("ProcessorNameString"); err == nil {
				c.Model = s
			}
			if mhz, _, err := k.GetIntegerValue("~MHz"); err == nil {
				c.Speed = int(mhz)
			}
			k.Close()
		}
		list[i] = c
	}
	return list
}

// classes are the priority classes with their least nice values, as libuv has them.
var classes = []struct {
	class uint32
	below int // nice values below this map to class
	nice  int
}{
	{windows.REALTIME_PRIORITY_CLASS, -14, -20}, {windows.HIGH_PRIORITY_CLASS, -7, -14},
	{windows.ABOVE_NORMAL_PRIORITY_CLASS, 0, -7}, {windows.NORMAL_PRIORITY_CLASS, 10, 0},
	{windows.BELOW_NORMAL_PRIORITY_CLASS, 19, 10}, {windows.IDLE_PRIORITY_CLASS, 20, 19},
}

func openProcess(pid int, access uint32) (windows.Handle, error) {
	if pid == 0 {
		pid = os.Getpid()
	}
	h, err := windows.OpenProcess(access, false, uint32(pid))
	if err == windows.ERROR_INVALID_PARAMETER {
		return 0, error(nodeerr.FromCode("ESRCH", ""))
	}
	return h, err
}

func getPriority(pid int) (int, error) {
	h, err := openProcess(pid, windows.PROCESS_QUERY_LIMITED_INFORMATION)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(h)
	class, err := windows.GetPriorityClass(h)
	if err != nil {
		return 0, err
	}
	for _, c := range classes {
		if c.class == class {
			return c.nice, nil
		}
	}
	return 0, nil
}

func setPriority(pid, prio int) error {
	h, err := openProcess(pid, windows.PROCESS_SET_INFORMATION)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	for _, c := range classes {
		if prio < c.below {
			return windows.SetPriorityClass(h, c.class)
		}
	}
	return windows.SetPriorityClass(h, windows.IDLE_PRIORITY_CLASS)
}
