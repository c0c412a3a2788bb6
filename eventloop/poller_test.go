//go:build unix

package eventloop

import (
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

func pipe(t *testing.T) (r, w int) {
	t.Helper()
	var p [2]int
	if err := unix.Pipe(p[:]); err != nil {
		t.Fatal(err)
	}
	for _, fd := range p {
		if err := unix.SetNonblock(fd, true); err != nil {
			t.Fatal(err)
		}
	}
	return p[0], p[1]
}

func TestWatchReadsWhenReady(t *testing.T) {
	l := newTest(t, Options{})
	r, w := pipe(t)
	defer unix.Close(r)
	h := l.NewHandle("pipe")
	var got []byte
	err := h.Watch(r, Readable, func(Events) {
		var b [16]byte
		n, err := unix.Read(r, b[:])
		if n > 0 {
			got = append(got, b[:n]...)
			unix.Close(w)
			return
		}
		if n == 0 && err == nil {
			h.Close(nil)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = unix.Write(w, []byte("hello")) }()
	mustRun(t, l)
	if string(got) != "hello" {
		t.Fatalf("%q", got)
	}
}

func TestPostWakesThePoller(t *testing.T) {
	l := newTest(t, Options{})
	r, w := pipe(t)
	defer unix.Close(r)
	defer unix.Close(w)
	h := l.NewHandle("pipe")
	if err := h.Watch(r, Readable, func(Events) {}); err != nil {
		t.Fatal(err)
	}
	go l.Post(func() { h.Close(nil) })
	mustRun(t, l)
}

func TestRegularFileIsNotPollable(t *testing.T) {
	f, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l := newTest(t, Options{})
	h := l.NewHandle("file")
	if err := h.Watch(int(f.Fd()), Readable, func(Events) {}); err != nil && !errors.Is(err, ErrNotPollable) {
		t.Fatal(err)
	}
	h.Close(nil)
	mustRun(t, l)
}

func TestStoppedWatchIsNotCalled(t *testing.T) {
	l := newTest(t, Options{})
	r1, w1 := pipe(t)
	r2, w2 := pipe(t)
	for _, fd := range []int{r1, w1, r2, w2} {
		defer unix.Close(fd)
	}
	_, _ = unix.Write(w1, []byte("x"))
	_, _ = unix.Write(w2, []byte("x"))
	a, b := l.NewHandle("a"), l.NewHandle("b")
	calls := 0
	closeBoth := func(Events) { calls++; a.Close(nil); b.Close(nil) }
	_ = a.Watch(r1, Readable, closeBoth)
	_ = b.Watch(r2, Readable, closeBoth)
	mustRun(t, l)
	if calls != 1 {
		t.Fatal(calls)
	}
}
