//go:build unix

package child_process

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/internal/sock"
)

// process is a started process. signal and abandon may be called while wait runs.
type process struct{ p *os.Process }

func (p process) pid() int { return p.p.Pid }

func (p process) signal(sig int) error {
	err := p.p.Signal(syscall.Signal(sig))
	if errors.Is(err, os.ErrProcessDone) {
		return syscall.ESRCH
	}
	return err
}

// abandon is for children that outlive their parent's isolate.
func (p process) abandon() {}

// wait returns the exit code, or the signal that ended the process.
func (p process) wait() (code, sig int) {
	st, err := p.p.Wait()
	if err != nil {
		return -1, 0
	}
	ws, ok := st.Sys().(syscall.WaitStatus)
	if ok && ws.Signaled() {
		return 0, int(ws.Signal())
	}
	return st.ExitCode(), 0
}

func signalName(sig int) string { return unix.SignalName(syscall.Signal(sig)) }

// lookPath finds file as execvp does, with the child's PATH.
func lookPath(opt options) (string, error) {
	if opt.file == "" {
		return "", syscall.ENOENT
	}
	if strings.Contains(opt.file, "/") {
		return opt.file, nil
	}
	path, found := "", false
	for _, kv := range opt.env {
		if v, ok := strings.CutPrefix(kv, "PATH="); ok {
			path, found = v, true
		}
	}
	if !found {
		path = "/usr/local/bin:/bin:/usr/bin"
	}
	denied := false
	for _, dir := range filepath.SplitList(path) {
		if dir == "" {
			dir = "."
		}
		full := dir + "/" + opt.file
		probe := full
		if opt.cwd != "" && !strings.HasPrefix(full, "/") {
			probe = filepath.Join(opt.cwd, full)
		}
		st, err := os.Stat(probe)
		if err != nil || st.IsDir() {
			continue
		}
		if unix.Access(probe, unix.X_OK) == nil {
			return full, nil
		}
		denied = true
	}
	if denied {
		return "", syscall.EACCES
	}
	return "", syscall.ENOENT
}

// start runs a process; fds are the parent's ends of its pipes.
func start(opt options) (p process, fds []int, err error) {
	var mine []int // to close on failure
	files := make([]*os.File, len(opt.stdio))
	defer func() {
		for _, f := range files {
			if f != nil {
				f.Close()
			}
		}
		if err != nil {
			for _, fd := range mine {
				unix.Close(fd)
			}
		}
	}()
	fds = make([]int, len(opt.stdio))
	for i, s := range opt.stdio {
		fds[i] = -1
		child := -1
		switch s.kind {
		case "pipe", "ipc", "overlapped":
			a, b, err := sock.SocketPair()
			if err != nil {
				return p, nil, err
			}
			_ = unix.SetNonblock(b, false)
			mine = append(mine, a)
			fds[i], child = a, b
		case "fd":
			child, err = unix.FcntlInt(uintptr(s.fd), unix.F_DUPFD_CLOEXEC, 3)
			if err != nil {
				return p, nil, err
			}
			if i <= 2 {
				// Programs expect standard streams that block, as libuv makes them.
				_ = unix.SetNonblock(child, false)
			}
		case "ignore":
			if i > 2 {
				continue
			}
			child, err = unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0)
			if err != nil {
				return p, nil, err
			}
		}
		if child >= 0 {
			files[i] = os.NewFile(uintptr(child), "stdio")
		}
	}
	path, err := lookPath(opt)
	if err != nil {
		return p, nil, err
	}
	if opt.cwd != "" {
		if st, err := os.Stat(opt.cwd); err != nil || !st.IsDir() {
			return p, nil, syscall.ENOENT
		}
	}
	sys := &syscall.SysProcAttr{Setsid: opt.detached}
	if opt.uid >= 0 || opt.gid >= 0 {
		cred := &syscall.Credential{Uid: uint32(os.Getuid()), Gid: uint32(os.Getgid()), NoSetGroups: os.Getuid() != 0}
		if opt.uid >= 0 {
			cred.Uid = uint32(opt.uid)
		}
		if opt.gid >= 0 {
			cred.Gid = uint32(opt.gid)
		}
		sys.Credential = cred
	}
	env := opt.env
	if env == nil {
		env = []string{}
	}
	proc, err := os.StartProcess(path, opt.args, &os.ProcAttr{Dir: opt.cwd, Env: env, Files: files, Sys: sys})
	if err != nil {
		var errno syscall.Errno
		if errors.As(err, &errno) {
			return p, nil, errno
		}
		if errors.Is(err, exec.ErrNotFound) {
			return p, nil, syscall.ENOENT
		}
		return p, nil, err
	}
	return process{proc}, fds, nil
}
