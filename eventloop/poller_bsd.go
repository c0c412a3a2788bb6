//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package eventloop

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// kqueuePoller is kqueue(2), level-triggered, with a pipe for interrupt.
type kqueuePoller struct {
	fd   int
	pipe [2]int
	byFD map[int]*Handle
	buf  [256]unix.Kevent_t
}

func newPoller() (poller, error) {
	fd, err := unix.Kqueue()
	if err != nil {
		return nil, err
	}
	unix.CloseOnExec(fd)
	p := &kqueuePoller{fd: fd, byFD: map[int]*Handle{}}
	if err := unix.Pipe(p.pipe[:]); err != nil {
		unix.Close(fd)
		return nil, err
	}
	for _, end := range p.pipe {
		unix.CloseOnExec(end)
		_ = unix.SetNonblock(end, true)
	}
	if err := p.control(p.pipe[0], unix.EVFILT_READ, unix.EV_ADD); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *kqueuePoller) control(fd, filter, flags int) error {
	var k unix.Kevent_t
	unix.SetKevent(&k, fd, filter, flags)
	_, err := unix.Kevent(p.fd, []unix.Kevent_t{k}, nil, nil)
	return err
}

func (p *kqueuePoller) update(h *Handle, fd int, old, events Events) error {
	if events == 0 && p.byFD[fd] != h {
		return nil
	}
	for _, f := range []struct {
		e      Events
		filter int
	}{{Readable, unix.EVFILT_READ}, {Writable, unix.EVFILT_WRITE}} {
		switch {
		case events&f.e != 0 && old&f.e == 0:
			if err := p.control(fd, f.filter, unix.EV_ADD); err != nil {
				if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENODEV) {
					return ErrNotPollable
				}
				return err
			}
		case events&f.e == 0 && old&f.e != 0:
			_ = p.control(fd, f.filter, unix.EV_DELETE)
		}
	}
	if events == 0 {
		delete(p.byFD, fd)
	} else {
		p.byFD[fd] = h
	}
	return nil
}

func (p *kqueuePoller) watching() bool { return len(p.byFD) > 0 }

func (p *kqueuePoller) wait(d time.Duration, ready []readyEvent) []readyEvent {
	var n int
	deadline := time.Now().Add(d)
	for {
		var ts *unix.Timespec
		if d >= 0 {
			t := unix.NsecToTimespec(int64(max(time.Until(deadline), 0)))
			ts = &t
		}
		var err error
		n, err = unix.Kevent(p.fd, nil, p.buf[:], ts)
		if err == nil {
			break
		}
		if !errors.Is(err, unix.EINTR) {
			return ready
		}
	}
	for _, k := range p.buf[:n] {
		fd := int(k.Ident)
		if fd == p.pipe[0] {
			var b [64]byte
			_, _ = unix.Read(fd, b[:])
			continue
		}
		h := p.byFD[fd]
		if h == nil {
			continue
		}
		e := Readable
		if k.Filter == unix.EVFILT_WRITE {
			e = Writable
		}
		if k.Flags&unix.EV_EOF != 0 {
			e |= Hangup
		}
		if k.Flags&unix.EV_ERROR != 0 {
			e |= Error | h.watch
		}
		ready = append(ready, readyEvent{h, fd, e})
	}
	return ready
}

func (p *kqueuePoller) interrupt() { _, _ = unix.Write(p.pipe[1], []byte{0}) }

func (p *kqueuePoller) close() {
	unix.Close(p.fd)
	unix.Close(p.pipe[0])
	unix.Close(p.pipe[1])
}
