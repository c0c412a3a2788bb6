package child_process

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// process is a started process.
type process struct{ p *os.Process }

func (p process) pid() int { return p.p.Pid }

func (p process) signal(sig int) error {
	if sig == 0 {
		return nil
	}
	err := p.p.Kill()
	if errors.Is(err, os.ErrProcessDone) {
		return syscall.ERROR_NOT_FOUND
	}
	return err
}

func (p process) abandon() {}

func (p process) wait() (code, sig int) {
	st, err := p.p.Wait()
	if err != nil {
		return -1, 0
	}
	return st.ExitCode(), 0
}

func signalName(int) string { return "" }

// start runs a process with inherited or ignored standard streams; pipes to
// the loop need descriptors to poll, which this platform does not have.
func start(opt options) (p process, fds []int, err error) {
	path, err := exec.LookPath(opt.file)
	if err != nil {
		return p, nil, syscall.ERROR_FILE_NOT_FOUND
	}
	files := make([]*os.File, len(opt.stdio))
	fds = make([]int, len(opt.stdio))
	std := []*os.File{os.Stdin, os.Stdout, os.Stderr}
	for i, s := range opt.stdio {
		fds[i] = -1
		switch {
		case s.kind == "fd" && s.fd >= 0 && s.fd < len(std):
			files[i] = std[s.fd]
		case s.kind != "ignore":
			return p, nil, errors.ErrUnsupported
		}
	}
	proc, err := os.StartProcess(path, opt.args, &os.ProcAttr{Dir: opt.cwd, Env: opt.env, Files: files,
		Sys: &syscall.SysProcAttr{HideWindow: opt.hide}})
	if err != nil {
		return p, nil, err
	}
	return process{proc}, fds, nil
}
