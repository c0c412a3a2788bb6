package eventloop

import (
	"encoding/binary"
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// epollPoller is epoll(7), level-triggered, with an eventfd for interrupt.
type epollPoller struct {
	fd, wakeFD int
	byFD       map[int32]*Handle
	events     [256]unix.EpollEvent
}

func newPoller() (poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	wake, err := unix.Eventfd(0, unix.EFD_NONBLOCK|unix.EFD_CLOEXEC)
	if err != nil {
		unix.Close(fd)
		return nil, err
	}
	ev := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(wake)}
	if err := unix.EpollCtl(fd, unix.EPOLL_CTL_ADD, wake, &ev); err != nil {
		unix.Close(fd)
		unix.Close(wake)
		return nil, err
	}
	return &epollPoller{fd: fd, wakeFD: wake, byFD: map[int32]*Handle{}}, nil
}

func (p *epollPoller) update(h *Handle, fd int, old, events Events) error {
	op := unix.EPOLL_CTL_MOD
	switch {
	case events == 0:
		if p.byFD[int32(fd)] != h {
			return nil
		}
		delete(p.byFD, int32(fd))
		var ev unix.EpollEvent
		// The descriptor may be closed already: then the kernel has forgotten it.
		_ = unix.EpollCtl(p.fd, unix.EPOLL_CTL_DEL, fd, &ev)
		return nil
	case old == 0:
		op = unix.EPOLL_CTL_ADD
	}
	ev := unix.EpollEvent{Fd: int32(fd)}
	if events&Readable != 0 {
		ev.Events |= unix.EPOLLIN | unix.EPOLLRDHUP
	}
	if events&Writable != 0 {
		ev.Events |= unix.EPOLLOUT
	}
	err := unix.EpollCtl(p.fd, op, fd, &ev)
	if op == unix.EPOLL_CTL_ADD && errors.Is(err, unix.EEXIST) {
		err = unix.EpollCtl(p.fd, unix.EPOLL_CTL_MOD, fd, &ev)
	}
	if errors.Is(err, unix.EPERM) {
		return ErrNotPollable
	}
	if err == nil {
		p.byFD[int32(fd)] = h
	}
	return err
}

func (p *epollPoller) watching() bool { return len(p.byFD) > 0 }

func (p *epollPoller) wait(d time.Duration, ready []readyEvent) []readyEvent {
	ms := -1
	if d >= 0 {
		ms = int((d + time.Millisecond - 1) / time.Millisecond)
	}
	deadline := time.Now().Add(d)
	var n int
	for {
		var err error
		n, err = unix.EpollWait(p.fd, p.events[:], ms)
		if err == nil {
			break
		}
		if !errors.Is(err, unix.EINTR) {
			return ready
		}
		if d >= 0 {
			ms = max(int(time.Until(deadline)/time.Millisecond), 0)
		}
	}
	for _, ev := range p.events[:n] {
		if int(ev.Fd) == p.wakeFD {
			var b [8]byte
			_, _ = unix.Read(p.wakeFD, b[:])
			continue
		}
		h := p.byFD[ev.Fd]
		if h == nil {
			continue
		}
		var e Events
		if ev.Events&(unix.EPOLLIN|unix.EPOLLPRI|unix.EPOLLRDHUP) != 0 {
			e |= Readable
		}
		if ev.Events&unix.EPOLLOUT != 0 {
			e |= Writable
		}
		if ev.Events&unix.EPOLLHUP != 0 {
			// Whoever waits learns of it by reading or writing, as in libuv.
			e |= Hangup | h.watch
		}
		if ev.Events&unix.EPOLLERR != 0 {
			e |= Error | h.watch
		}
		ready = append(ready, readyEvent{h, int(ev.Fd), e})
	}
	return ready
}

func (p *epollPoller) interrupt() {
	var b [8]byte
	binary.NativeEndian.PutUint64(b[:], 1)
	_, _ = unix.Write(p.wakeFD, b[:])
}

func (p *epollPoller) close() {
	unix.Close(p.fd)
	unix.Close(p.wakeFD)
}
