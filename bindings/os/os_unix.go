//go:build unix

package os

import (
	"bufio"
	"os"
	"os/user"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Signals returns the system's signals by name.
func Signals() map[string]int {
	m := map[string]int{}
	for _, n := range signalNames {
		if s := unix.SignalNum(n); s != 0 {
			m[n] = int(s)
		}
	}
	m["SIGIOT"] = int(unix.SIGABRT)
	if runtime.GOOS == "linux" {
		m["SIGPOLL"] = m["SIGIO"]
		delete(m, "SIGUNUSED")
	}
	return m
}

func errnoValues() map[string]int {
	m := map[string]int{}
	for no := syscall.Errno(1); no < 160; no++ {
		if n := unix.ErrnoName(no); n != "" {
			m[n] = int(no)
		}
	}
	m["EAGAIN"], m["EWOULDBLOCK"] = int(unix.EAGAIN), int(unix.EAGAIN)
	m["ENOTSUP"], m["EOPNOTSUPP"] = int(unix.ENOTSUP), int(unix.EOPNOTSUPP)
	m["EDEADLK"] = int(unix.EDEADLK)
	return m
}

func dlopenValues() map[string]int {
	if runtime.GOOS == "linux" {
		return map[string]int{"RTLD_LAZY": 1, "RTLD_NOW": 2, "RTLD_GLOBAL": 256, "RTLD_LOCAL": 0, "RTLD_DEEPBIND": 8}
	}
	return map[string]int{"RTLD_LAZY": 1, "RTLD_NOW": 2, "RTLD_GLOBAL": 8, "RTLD_LOCAL": 4}
}

func uname() [4]string {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return [4]string{}
	}
	return [4]string{unix.ByteSliceToString(u.Sysname[:]), unix.ByteSliceToString(u.Version[:]),
		unix.ByteSliceToString(u.Release[:]), unix.ByteSliceToString(u.Machine[:])}
}

// CurrentUser is the password file's entry for the effective user.
func CurrentUser() (User, error) {
	uid := os.Geteuid()
	if f, err := os.Open("/etc/passwd"); err == nil {
		defer f.Close()
		for sc := bufio.NewScanner(f); sc.Scan(); {
			p := strings.Split(sc.Text(), ":")
			if len(p) < 7 || p[2] != strconv.Itoa(uid) {
				continue
			}
			gid, _ := strconv.Atoi(p[3])
			return User{UID: uid, GID: gid, Name: p[0], HomeDir: p[5], Shell: p[6]}, nil
		}
	}
	// A directory service may know more.
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return User{}, errNoUser
	}
	gid, _ := strconv.Atoi(u.Gid)
	return User{UID: uid, GID: gid, Name: u.Username, HomeDir: u.HomeDir, Shell: os.Getenv("SHELL")}, nil
}
