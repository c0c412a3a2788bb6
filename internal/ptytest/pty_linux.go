package ptytest

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A Terminal is a program on a pseudo-terminal of its own, of whose session it
// is the leader.
type Terminal struct {
	Cmd *exec.Cmd

	t      testing.TB
	master *os.File
	mu     sync.Mutex
	screen *Screen
	last   time.Time     // when the program or the user wrote last
	wrote  chan struct{} // closed with the next output
	closed chan struct{} // nobody has the terminal open any more
}

// Start runs a command on a terminal of the given size. It is killed when the
// test ends.
func Start(t testing.TB, cols, rows int, cmd *exec.Cmd) *Terminal {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := &Terminal{Cmd: cmd, t: t, master: os.NewFile(uintptr(fd), "ptmx"), screen: NewScreen(cols, rows),
		wrote: make(chan struct{}), closed: make(chan struct{})}
	p.setSize(cols, rows)
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.read()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = p.master.Close()
	})
	return p
}

func (p *Terminal) read() {
	buf := make([]byte, 4096)
	for {
		n, err := p.master.Read(buf)
		p.mu.Lock()
		_, _ = p.screen.Write(buf[:n])
		p.last = time.Now()
		close(p.wrote)
		p.wrote = make(chan struct{})
		p.mu.Unlock()
		if err != nil {
			close(p.closed)
			return
		}
	}
}

// Type sends what a user types.
func (p *Terminal) Type(keys string) {
	p.t.Helper()
	p.mu.Lock()
	p.last = time.Now()
	p.mu.Unlock()
	if _, err := p.master.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// Snapshot is the screen as it is now.
func (p *Terminal) Snapshot() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// Wait waits until the screen is as ok wants it; false if it never was, within
// a generous time.
func (p *Terminal) Wait(ok func(screen string) bool) bool {
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	for {
		p.mu.Lock()
		screen, next := p.screen.String(), p.wrote
		p.mu.Unlock()
		if ok(screen) {
			return true
		}
		select {
		case <-next:
		case <-p.closed:
			return ok(p.Snapshot())
		case <-deadline.C:
			return false
		}
	}
}

// Settle waits until nothing has been typed or written for a while: for recording.
func (p *Terminal) Settle(quiet time.Duration) string {
	for {
		p.mu.Lock()
		since := time.Since(p.last)
		p.mu.Unlock()
		if since >= quiet {
			return p.Snapshot()
		}
		time.Sleep(quiet - since)
	}
}

// Resize changes the terminal's size, of which the program is told.
func (p *Terminal) Resize(cols, rows int) {
	p.t.Helper()
	p.mu.Lock()
	p.screen.Resize(cols, rows)
	p.last = time.Now()
	p.mu.Unlock()
	p.setSize(cols, rows)
}

func (p *Terminal) setSize(cols, rows int) {
	p.control(func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(cols), Row: uint16(rows)})
	})
}

// Cooked reports whether the terminal edits lines and echoes itself, as it does
// when no program has changed it.
func (p *Terminal) Cooked() bool {
	var mode *unix.Termios
	p.control(func(fd int) (err error) {
		mode, err = unix.IoctlGetTermios(fd, unix.TCGETS)
		return err
	})
	return mode.Lflag&unix.ICANON != 0 && mode.Lflag&unix.ECHO != 0 && mode.Lflag&unix.ISIG != 0 && mode.Oflag&unix.OPOST != 0
}

func (p *Terminal) control(fn func(fd int) error) {
	p.t.Helper()
	raw, err := p.master.SyscallConn()
	if err == nil {
		if e := raw.Control(func(fd uintptr) { err = fn(int(fd)) }); e != nil {
			err = e
		}
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// HangUp takes the terminal away, as a window that is closed does.
func (p *Terminal) HangUp() { _ = p.master.Close() }
