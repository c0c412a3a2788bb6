//go:build unix

package stdio

import "golang.org/x/sys/unix"

// hasDescriptors: standard output is written through its number, not through
// os.Stdout, whose broken pipe would end the process.
const hasDescriptors = true

// writeAll writes everything, waiting where the descriptor is non-blocking.
func writeAll(fd int, b []byte) error {
	for len(b) > 0 {
		n, err := unix.Write(fd, b)
		switch err {
		case nil:
			b = b[n:]
		case unix.EINTR:
		case unix.EAGAIN:
			_, _ = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, -1)
		default:
			return err
		}
	}
	return nil
}
