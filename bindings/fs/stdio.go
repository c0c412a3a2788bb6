package fs

import (
	"io"

	"github.com/gonode/gonode/bindings"
)

// standard gives an isolate that an embedder has given streams of its own
// those streams behind the numbers 0, 1 and 2. Elsewhere it is nil: the numbers are
// the process's descriptors, in workers too.
func standard(h *bindings.Host) func(fd int) any {
	if h == nil || h.OwnsProcess || h.IsWorker {
		return nil
	}
	return func(fd int) any {
		switch fd {
		case 0:
			return h.Stdin
		case 1:
			return h.Stdout
		case 2:
			return h.Stderr
		}
		return nil
	}
}

// readFrom is sysRead for descriptors that a script has named.
func (b *binding) readFrom(fd int, p []byte, pos int64) (int, error) {
	if b.standard != nil && fd <= 2 {
		if r, ok := b.standard(fd).(io.Reader); ok {
			n, err := r.Read(p)
			if err == io.EOF {
				err = nil
			}
			return n, err
		}
	}
	return sysRead(fd, p, pos)
}

// writeTo is sysWrite for descriptors that a script has named.
func (b *binding) writeTo(fd int, p []byte, pos int64) (int, error) {
	if b.standard != nil && fd <= 2 {
		if w, ok := b.standard(fd).(io.Writer); ok {
			return w.Write(p)
		}
	}
	return sysWrite(fd, p, pos)
}
