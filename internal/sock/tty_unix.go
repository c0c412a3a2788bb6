//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package sock

import "golang.org/x/sys/unix"

// IsTTY reports whether fd is a terminal.
func IsTTY(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, ioctlGetTermios)
	return err == nil
}

// WinSize returns a terminal's columns and rows.
func WinSize(fd int) (cols, rows int, err error) {
	w, err := unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0, err
	}
	return int(w.Col), int(w.Row), nil
}

// A TermState is a terminal's mode, to go back to.
type TermState struct{ t unix.Termios }

// MakeRaw switches a terminal to raw mode, libuv's way (output processing
// stays on), and returns the mode it was in.
func MakeRaw(fd int) (*TermState, error) {
	t, err := unix.IoctlGetTermios(fd, ioctlGetTermios)
	if err != nil {
		return nil, err
	}
	old := &TermState{*t}
	t.Iflag &^= unix.BRKINT | unix.ICRNL | unix.INPCK | unix.ISTRIP | unix.IXON
	t.Oflag |= unix.ONLCR
	t.Cflag |= unix.CS8
	t.Lflag &^= unix.ECHO | unix.ICANON | unix.IEXTEN | unix.ISIG
	t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
	return old, unix.IoctlSetTermios(fd, ioctlSetTermios, t)
}

// Restore goes back to a mode.
func (s *TermState) Restore(fd int) error {
	return unix.IoctlSetTermios(fd, ioctlSetTermios, &s.t)
}
