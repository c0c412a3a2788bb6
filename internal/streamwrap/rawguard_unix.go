//go:build unix

package streamwrap

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/gonode/gonode/internal/sigwatch"
	"github.com/gonode/gonode/internal/sock"
)

// A rawGuard gives terminals their mode back before a signal ends the process.
type rawGuard struct {
	watched *sigwatch.Watched

	mu    sync.Mutex
	modes map[int]*sock.TermState // by descriptor
	ch    chan os.Signal
}

func newRawGuard(watched *sigwatch.Watched) *rawGuard {
	return &rawGuard{watched: watched, modes: map[int]*sock.TermState{}}
}

// enter notes the mode that a terminal was in.
func (g *rawGuard) enter(fd int, mode *sock.TermState) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.modes[fd] = mode
	if g.ch == nil {
		g.ch = make(chan os.Signal, 1)
		signal.Notify(g.ch, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)
		go g.wait(g.ch)
	}
}

// leave forgets a terminal, which has its mode back.
func (g *rawGuard) leave(fd int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.modes, fd)
	if len(g.modes) == 0 && g.ch != nil {
		signal.Stop(g.ch)
		close(g.ch)
		g.ch = nil
	}
}

func (g *rawGuard) wait(ch chan os.Signal) {
	for sig := range ch {
		if g.watched.Has(sig) {
			continue
		}
		g.mu.Lock()
		for fd, mode := range g.modes {
			_ = mode.Restore(fd)
		}
		g.mu.Unlock()
		signal.Reset(sig)
		_ = syscall.Kill(syscall.Getpid(), sig.(syscall.Signal))
		time.Sleep(time.Second) // until it is delivered
	}
}
