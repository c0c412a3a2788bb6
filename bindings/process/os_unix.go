//go:build unix

package process

import (
	"os"
	"os/user"
	"strconv"
	"strings"
	"syscall"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/internal/nodeerr"
)

// getwd is the real path, not $PWD.
func getwd() (string, error) {
	d, err := unix.Getwd()
	return d, err
}

// umask([mask]) sets and returns the old mask.
func (b *binding) umask(c goja.FunctionCall) goja.Value {
	if goja.IsUndefined(c.Argument(0)) {
		old := unix.Umask(0)
		unix.Umask(old)
		return b.vm.ToValue(old)
	}
	return b.vm.ToValue(unix.Umask(int(c.Argument(0).ToInteger()) & 0o777))
}

// ids adds the user and group functions.
func (b *binding) ids(o *goja.Object) {
	get := func(name string, fn func() int) {
		b.method(o, name, func(goja.FunctionCall) goja.Value { return b.vm.ToValue(fn()) })
	}
	get("getuid", unix.Getuid)
	get("geteuid", unix.Geteuid)
	get("getgid", unix.Getgid)
	get("getegid", unix.Getegid)
	b.method(o, "getgroups", func(goja.FunctionCall) goja.Value {
		gs, err := unix.Getgroups()
		if err != nil {
			panic(b.env.Error(nodeerr.New(err, "getgroups")))
		}
		seen := false
		vals := make([]any, 0, len(gs)+1)
		for _, g := range gs {
			seen = seen || g == unix.Getegid()
			vals = append(vals, g)
		}
		if !seen {
			vals = append(vals, unix.Getegid())
		}
		return b.vm.NewArray(vals...)
	})
	// Each set function returns 1 if the name is unknown.
	set := func(name string, find func(goja.Value) (int, bool), fn func(int) error) {
		b.method(o, name, func(c goja.FunctionCall) goja.Value {
			id, ok := find(c.Argument(0))
			if !ok {
				return b.vm.ToValue(1)
			}
			if err := fn(id); err != nil {
				panic(b.env.Error(old(err, name)))
			}
			return b.vm.ToValue(0)
		})
	}
	set("setuid", userID, syscall.Setuid)
	set("seteuid", userID, func(id int) error { return syscall.Setreuid(-1, id) })
	set("setgid", groupID, syscall.Setgid)
	set("setegid", groupID, func(id int) error { return syscall.Setregid(-1, id) })
	// setgroups(list) is 0, or the 1-based index of an unknown group.
	b.method(o, "setgroups", func(c goja.FunctionCall) goja.Value {
		list := c.Argument(0).(*goja.Object)
		n := int(list.Get("length").ToInteger())
		gids := make([]int, n)
		for i := range n {
			id, ok := groupID(list.Get(strconv.Itoa(i)))
			if !ok {
				return b.vm.ToValue(i + 1)
			}
			gids[i] = id
		}
		if err := syscall.Setgroups(gids); err != nil {
			panic(b.env.Error(old(err, "setgroups")))
		}
		return b.vm.ToValue(0)
	})
	// initgroups(user, extra) is 0, 1 for an unknown user, 2 for an unknown group.
	b.method(o, "initgroups", func(c goja.FunctionCall) goja.Value {
		extra, ok := groupID(c.Argument(1))
		if !ok {
			return b.vm.ToValue(2)
		}
		u, err := lookupUser(c.Argument(0))
		if err != nil {
			return b.vm.ToValue(1)
		}
		ids, _ := u.GroupIds()
		gids := []int{extra}
		for _, s := range ids {
			if n, err := strconv.Atoi(s); err == nil && n != extra {
				gids = append(gids, n)
			}
		}
		if err := syscall.Setgroups(gids); err != nil {
			panic(b.env.Error(old(err, "initgroups")))
		}
		return b.vm.ToValue(0)
	})
}

// short is an error whose message is "syscall CODE".
func (b *binding) short(err error, syscallName string) error {
	e := nodeerr.New(err, syscallName)
	e.Message = syscallName + " " + e.Code
	return e
}

// old is an error in the form that C++ code in Node throws: "EPERM, Operation not permitted".
func old(err error, syscallName string) error {
	e := nodeerr.New(err, syscallName)
	text := nodeerr.Text(e.Code)
	e.Message = e.Code + ", " + strings.ToUpper(text[:1]) + text[1:]
	return e
}

func lookupUser(v goja.Value) (*user.User, error) {
	if goja.IsNumber(v) {
		return user.LookupId(strconv.FormatInt(v.ToInteger(), 10))
	}
	return user.Lookup(v.String())
}

func userID(v goja.Value) (int, bool) {
	if goja.IsNumber(v) {
		return int(v.ToInteger()), true
	}
	u, err := user.Lookup(v.String())
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(u.Uid)
	return n, err == nil
}

func groupID(v goja.Value) (int, bool) {
	if goja.IsNumber(v) {
		return int(v.ToInteger()), true
	}
	g, err := user.LookupGroup(v.String())
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(g.Gid)
	return n, err == nil
}

// execve(path, args, env) replaces the process.
func (b *binding) execve(c goja.FunctionCall) goja.Value {
	var args, env []string
	if b.vm.ExportTo(c.Argument(1), &args) != nil || b.vm.ExportTo(c.Argument(2), &env) != nil {
		return nil
	}
	if err := b.permissions().Check("child", c.Argument(0).String()); err != nil {
		panic(b.env.Error(err))
	}
	// What Go marks close-on-exec is closed; the standard streams stay.
	err := syscall.Exec(c.Argument(0).String(), args, env)
	e := nodeerr.New(err, "execve")
	_, _ = os.Stderr.WriteString("process.execve failed with error code " + e.Code + "\n")
	b.abort(c)
	return nil
}
