//go:build linux || darwin

package sock

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/eventloop"
)

var local = netip.MustParseAddrPort("127.0.0.1:0")

func run(t *testing.T, setup func(*Group)) {
	t.Helper()
	before := openFDs()
	loop := eventloop.New(eventloop.Options{})
	g := NewGroup(loop)
	setup(g)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := loop.Run(ctx); err != nil {
		t.Errorf("loop: %v", err)
	}
	g.Close()
	loop.Close()
	if after := openFDs(); after != before {
		t.Errorf("descriptors: %d before, %d after", before, after)
	}
}

func openFDs() int {
	dir, err := os.ReadDir("/dev/fd")
	if err != nil {
		return -1
	}
	n := 0
	for _, e := range dir {
		fd, err := strconv.Atoi(e.Name())
		var st unix.Stat_t
		if err == nil && unix.Fstat(fd, &st) == nil {
			n++
		}
	}
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// echo listens and sends everything back.
func echo(t *testing.T, g *Group) *Listener {
	l, err := g.ListenTCP(local, ListenOptions{})
	must(t, err)
	must(t, l.Accept(func(s *Stream, err error) {
		must(t, err)
		must(t, s.ReadStart(func(b []byte, err error) {
			if err != nil {
				if err != io.EOF {
					t.Errorf("server read: %v", err)
				}
				must(t, s.Shutdown(func(error) { s.Close(nil); l.Close(nil) }))
				return
			}
			s.Write(bytes.Clone(b), func(err error) { must(t, err) })
		}))
	}))
	return l
}

func TestEcho(t *testing.T) {
	for _, size := range []int{1, 64 << 10, 5 << 20} {
		run(t, func(g *Group) {
			l := echo(t, g)
			addr, err := l.Addr()
			must(t, err)
			want := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
			var got []byte
			c := g.NewStream(TCP)
			must(t, c.Connect(addr.AddrPort, func(err error) {
				must(t, err)
				must(t, c.ReadStart(func(b []byte, err error) {
					if err == io.EOF {
						if !bytes.Equal(got, want) {
							t.Errorf("%d bytes back, want %d", len(got), len(want))
						}
						c.Close(nil)
						return
					}
					must(t, err)
					got = append(got, b...)
				}))
				_, err = c.Writev([][]byte{want[:size/2], want[size/2:]}, func(err error) { must(t, err) })
				must(t, err)
				must(t, c.Shutdown(func(err error) { must(t, err) }))
			}))
		})
	}
}

func TestRefused(t *testing.T) {
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		addr, _ := l.Addr()
		l.Close(nil)
		c := g.NewStream(TCP)
		inside := true
		must(t, c.Connect(addr.AddrPort, func(err error) {
			if inside {
				t.Error("reported before Connect returned")
			}
			if !errors.Is(err, unix.ECONNREFUSED) {
				t.Errorf("err %v", err)
			}
			c.Close(nil)
		}))
		inside = false
	})
}

func TestAddressInUse(t *testing.T) {
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		addr, _ := l.Addr()
		if _, err := g.ListenTCP(addr.AddrPort, ListenOptions{}); !errors.Is(err, unix.EADDRINUSE) {
			t.Errorf("err %v", err)
		}
		l.Close(nil)
	})
}

func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	run(t, func(g *Group) {
		l, err := g.ListenPath(path, ListenOptions{})
		must(t, err)
		must(t, l.Accept(func(s *Stream, err error) {
			must(t, err)
			_, err = s.Write([]byte("hi"), nil)
			must(t, err)
			s.Close(nil)
		}))
		c := g.NewStream(Pipe)
		must(t, c.ConnectPath(path, func(err error) {
			must(t, err)
			must(t, c.ReadStart(func(b []byte, err error) {
				if err != nil {
					c.Close(nil)
					l.Close(nil)
				} else if string(b) != "hi" {
					t.Errorf("got %q", b)
				}
			}))
		}))
	})
	if _, err := os.Stat(path); err == nil {
		t.Error("the socket's file is still there")
	}
	run(t, func(g *Group) {
		c := g.NewStream(Pipe)
		must(t, c.ConnectPath(path, func(err error) {
			if !errors.Is(err, unix.ENOENT) {
				t.Errorf("err %v", err)
			}
			c.Close(nil)
		}))
	})
}

func TestPassDescriptor(t *testing.T) {
	run(t, func(g *Group) {
		a, b, err := SocketPair()
		must(t, err)
		sa, err := g.OpenStream(Pipe, a)
		must(t, err)
		sb, err := g.OpenStream(Pipe, b)
		must(t, err)
		r, w, err := os.Pipe()
		must(t, err)
		sb.SetIPC(true)
		must(t, sb.ReadStart(func(b []byte, err error) {
			must(t, err)
			fds := sb.TakeFDs()
			if len(fds) != 1 || string(b) != "x" {
				t.Fatalf("%q with %v", b, fds)
			}
			f := os.NewFile(uintptr(fds[0]), "")
			_, _ = f.WriteString("through")
			f.Close()
			var buf [16]byte
			n, _ := r.Read(buf[:])
			if string(buf[:n]) != "through" {
				t.Errorf("got %q", buf[:n])
			}
			r.Close()
			sa.Close(nil)
			sb.Close(nil)
		}))
		_, err = sa.WriteFD([]byte("x"), int(w.Fd()), nil)
		must(t, err)
		w.Close()
	})
}

func TestReset(t *testing.T) {
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		must(t, l.Accept(func(s *Stream, err error) {
			must(t, s.ReadStart(func([]byte, error) { must(t, s.Reset(nil)) }))
			l.Close(nil)
		}))
		addr, _ := l.Addr()
		c := g.NewStream(TCP)
		must(t, c.Connect(addr.AddrPort, func(err error) {
			must(t, err)
			_, err = c.Write([]byte("x"), nil)
			must(t, err)
			must(t, c.ReadStart(func(b []byte, err error) {
				if !errors.Is(err, unix.ECONNRESET) {
					t.Errorf("err %v", err)
				}
				c.Close(nil)
			}))
		}))
	})
}

// Writes that wait when a stream is closed are cancelled, before its close callback.
func TestCloseCancels(t *testing.T) {
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		var server *Stream
		must(t, l.Accept(func(s *Stream, err error) { server = s; l.Close(nil) }))
		addr, _ := l.Addr()
		c := g.NewStream(TCP)
		must(t, c.Connect(addr.AddrPort, func(err error) {
			must(t, err)
			var order []string
			pending, err := c.Write(make([]byte, 64<<20), func(err error) {
				if !errors.Is(err, unix.ECANCELED) {
					t.Errorf("err %v", err)
				}
				order = append(order, "write")
			})
			if !pending || err != nil {
				t.Fatalf("pending %v, err %v", pending, err)
			}
			c.Close(func() {
				if len(order) != 1 {
					t.Error("closed before the write was cancelled")
				}
				g.loop.SetImmediate(func() {
					if server != nil {
						server.Close(nil)
					}
				})
			})
		}))
	})
}

func TestUnrefdListenerLetsTheLoopEnd(t *testing.T) {
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		must(t, l.Accept(func(*Stream, error) {}))
		l.Unref()
	})
}

func TestPauseHoldsBack(t *testing.T) {
	run(t, func(g *Group) {
		a, b, err := SocketPair()
		must(t, err)
		sa, _ := g.OpenStream(Pipe, a)
		sb, _ := g.OpenStream(Pipe, b)
		data := make([]byte, 4<<20)
		got := 0
		finished := false
		pending, err := sa.Write(data, func(err error) { finished = true; sa.Close(nil) })
		if !pending || err != nil {
			t.Fatalf("pending %v, err %v", pending, err)
		}
		var read func([]byte, error)
		read = func(p []byte, err error) {
			if err != nil {
				if got != len(data) || !finished {
					t.Errorf("got %d, finished %v", got, finished)
				}
				sb.Close(nil)
				return
			}
			got += len(p)
			sb.ReadStop()
			g.loop.SetImmediate(func() { must(t, sb.ReadStart(read)) })
		}
		must(t, sb.ReadStart(read))
	})
}

func TestUDP(t *testing.T) {
	run(t, func(g *Group) {
		a, b := g.NewUDP(), g.NewUDP()
		must(t, a.Bind(local, UDPOptions{}))
		addr, err := a.LocalAddr()
		must(t, err)
		must(t, a.RecvStart(func(p []byte, from netip.AddrPort, err error) {
			must(t, err)
			must(t, a.Send(append([]byte("re:"), p...), from, nil))
		}))
		inside := true
		must(t, b.Send([]byte("hi"), addr.AddrPort, func(n int, err error) {
			if inside || n != 2 || err != nil {
				t.Errorf("inside %v, n %d, err %v", inside, n, err)
			}
		}))
		inside = false
		if b.QueueCount() != 1 || b.QueueSize() != 2 {
			t.Errorf("queue: %d datagrams, %d bytes", b.QueueCount(), b.QueueSize())
		}
		must(t, b.RecvStart(func(p []byte, from netip.AddrPort, err error) {
			if string(p) != "re:hi" || from != addr.AddrPort {
				t.Errorf("%q from %v", p, from)
			}
			a.Close(nil)
			b.Close(nil)
		}))
	})
}

// A process without free descriptors sheds connections instead of spinning.
func TestOutOfDescriptors(t *testing.T) {
	var old unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
	defer func() { must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old)) }()
	run(t, func(g *Group) {
		l, err := g.ListenTCP(local, ListenOptions{})
		must(t, err)
		addr, _ := l.Addr()
		var held []*Stream
		var client *Stream
		var filler []int
		must(t, l.Accept(func(s *Stream, err error) {
			if err == nil {
				held = append(held, s)
				return
			}
			t.Errorf("err %v", err)
		}))
		client = g.NewStream(TCP)
		end := func() {
			must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &old))
			for _, fd := range filler {
				unix.Close(fd)
			}
			if len(held) > 0 {
				t.Error("a connection was accepted")
			}
			client.Close(nil)
			l.Close(nil)
		}
		must(t, client.Connect(addr.AddrPort, func(err error) {
			if err != nil {
				end()
				return
			}
			must(t, client.ReadStart(func([]byte, error) { end() }))
		}))
		low := old
		low.Cur = uint64(max(client.FD(), g.spare)) + 8
		must(t, unix.Setrlimit(unix.RLIMIT_NOFILE, &low))
		for {
			fd, err := unix.Open("/", unix.O_RDONLY|unix.O_CLOEXEC, 0)
			if err != nil {
				break
			}
			filler = append(filler, fd)
		}
	})
}
