package sock

import (
	"os"

	"golang.org/x/sys/windows"
)

func console(fd int) (windows.Handle, bool) {
	switch fd {
	case 0:
		return windows.Handle(os.Stdin.Fd()), true
	case 1:
		return windows.Handle(os.Stdout.Fd()), true
	case 2:
		return windows.Handle(os.Stderr.Fd()), true
	}
	return 0, false
}

// IsTTY reports whether fd (0, 1 or 2) is a console.
func IsTTY(fd int) bool {
	h, ok := console(fd)
	var mode uint32
	return ok && windows.GetConsoleMode(h, &mode) == nil
}

// WinSize returns a console window's columns and rows.
func WinSize(fd int) (cols, rows int, err error) {
	h, ok := console(fd)
	if !ok {
		return 0, 0, windows.ERROR_INVALID_HANDLE
	}
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(h, &info); err != nil {
		return 0, 0, err
	}
	return int(info.Window.Right-info.Window.Left) + 1, int(info.Window.Bottom-info.Window.Top) + 1, nil
}

// A TermState is a console's mode, to go back to.
type TermState struct{ mode uint32 }

// MakeRaw switches a console's input to raw mode and returns the mode it was in.
func MakeRaw(fd int) (*TermState, error) {
	h, ok := console(fd)
	if !ok {
		return nil, windows.ERROR_INVALID_HANDLE
	}
	var mode uint32
	if err := windows.GetConsoleMode(h, &mode); err != nil {
		return nil, err
	}
	raw := mode &^ (windows.ENABLE_ECHO_INPUT | windows.ENABLE_LINE_INPUT | windows.ENABLE_PROCESSED_INPUT)
	return &TermState{mode}, windows.SetConsoleMode(h, raw|windows.ENABLE_VIRTUAL_TERMINAL_INPUT)
}

// Restore goes back to a mode.
func (s *TermState) Restore(fd int) error {
	h, ok := console(fd)
	if !ok {
		return windows.ERROR_INVALID_HANDLE
	}
	return windows.SetConsoleMode(h, s.mode)
}
