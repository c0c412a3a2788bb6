//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package sock

// IsTTY is always false here.
func IsTTY(int) bool { return false }

// WinSize is unsupported here.
func WinSize(int) (cols, rows int, err error) { return 0, 0, ErrUnsupported }

// A TermState is a terminal's mode, to go back to.
type TermState struct{}

// MakeRaw is unsupported here.
func MakeRaw(int) (*TermState, error) { return nil, ErrUnsupported }

// Restore is unsupported here.
func (*TermState) Restore(int) error { return ErrUnsupported }
