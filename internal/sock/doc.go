// Package sock is the byte-stream layer of the runtime: TCP and Unix-domain
// sockets, pipes and terminals on the event loop's own poller, as libuv's
// uv_stream_t. It knows no JavaScript; net, http, child_process, cluster and
// the standard streams are built on it.
//
// A [Group] belongs to one loop and holds what its streams share: one read
// buffer, and one spare descriptor for the moment at which the process runs
// out of them. A [Stream] is one end of a connection, a [Listener] a listening
// socket. Everything belongs to the loop's goroutine, callbacks included:
// they run in the poll phase (reads, writes, connections), in the pending
// phase (results that are known at once but must not be reported at once), or
// in the close phase (Close's).
//
// A minimal echo server:
//
//	g := sock.NewGroup(loop)
//	l, err := g.ListenTCP(netip.MustParseAddrPort("127.0.0.1:0"), sock.ListenOptions{})
//	l.Accept(func(s *sock.Stream, err error) {
//		if err != nil {
//			return
//		}
//		s.ReadStart(func(b []byte, err error) {
//			if err != nil { // io.EOF, or a system error
//				s.Close(nil)
//				return
//			}
//			s.Write(bytes.Clone(b), func(error) {})
//		})
//	})
//
// Rules:
//
//   - What a read callback receives is the group's shared buffer, valid until it returns.
//   - Write tries the system call at once. What the kernel does not take is
//     queued without a copy: the memory must not change until done is called.
//   - Errors are system errors (syscall.Errno) or io.EOF; wrap them with nodeerr.
//   - The loop stays alive while a stream reads, connects or has writes
//     queued; Ref and Unref work on the reading part, as in libuv.
//
// On platforms without a readiness poller (Windows) the same interface runs on
// package net with a goroutine a stream; there FD is -1 and Open is refused.
package sock
