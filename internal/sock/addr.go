package sock

import (
	"errors"
	"net/netip"

	"github.com/gonode/gonode/eventloop"
)

// Kind says what a stream or listener is.
type Kind uint8

// Kinds of streams.
const (
	TCP  Kind = iota
	Pipe      // a Unix-domain socket or an anonymous pipe
	TTY
)

// streamNames and serverNames are Node's names of the resources.
var (
	streamNames = [...]string{TCP: "TCPSocketWrap", Pipe: "PipeWrap", TTY: "TTYWrap"}
	serverNames = [...]string{TCP: "TCPServerWrap", Pipe: "PipeServerWrap", TTY: "TTYWrap"}
)

// An Addr is the address of one end. TCP has AddrPort, pipes have Path.
type Addr struct {
	netip.AddrPort
	Path string
}

// ListenOptions configure a listening socket.
type ListenOptions struct {
	Backlog   int  // 0: 511, Node's default
	IPv6Only  bool // do not take IPv4 connections on an IPv6 socket
	ReusePort bool // let the kernel spread connections over several sockets
	// Mode, if not 0, is the mode of a pipe's file.
	Mode uint32
}

// DefaultBacklog is Node's.
const DefaultBacklog = 511

func (o ListenOptions) backlog() int {
	if o.Backlog <= 0 {
		return DefaultBacklog
	}
	return o.Backlog
}

// Errors of this package.
var (
	// ErrNoHandle: the stream has no descriptor yet, or has lost it.
	ErrNoHandle = errors.New("sock: stream is not open")
	// ErrUnsupported: this platform's implementation cannot do it.
	ErrUnsupported = errors.ErrUnsupported
)

// bufferSize is that of libuv's reads.
const bufferSize = 64 << 10

// A Group holds what the streams of one loop share.
type Group struct {
	loop      *eventloop.Loop
	buf       []byte
	spare     int // descriptor given up when there are no others; -1 if none
	streams   map[*Stream]struct{}
	listeners map[*Listener]struct{}
	udps      map[*UDP]struct{}
}

// NewGroup returns a group for loop. Close it before the loop.
func NewGroup(loop *eventloop.Loop) *Group {
	return &Group{
		loop: loop, spare: -1,
		streams: map[*Stream]struct{}{}, listeners: map[*Listener]struct{}{}, udps: map[*UDP]struct{}{},
	}
}

// Loop returns the group's loop.
func (g *Group) Loop() *eventloop.Loop { return g.loop }

// Close closes every stream and listener that is still open, without
// callbacks, and frees what the group holds.
func (g *Group) Close() {
	for s := range g.streams {
		s.abandon()
	}
	for l := range g.listeners {
		l.Close(nil)
	}
	for u := range g.udps {
		u.Close(nil)
	}
	g.buf = nil
	g.closeSpare()
}

func (g *Group) buffer() []byte {
	if g.buf == nil {
		g.buf = make([]byte, bufferSize)
	}
	return g.buf
}
