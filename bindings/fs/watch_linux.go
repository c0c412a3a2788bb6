package fs

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/gonode/gonode/eventloop"
)

const watchMask = unix.IN_ATTRIB | unix.IN_CREATE | unix.IN_MODIFY | unix.IN_DELETE | unix.IN_DELETE_SELF |
	unix.IN_MOVE_SELF | unix.IN_MOVED_FROM | unix.IN_MOVED_TO

// An inotifyWatcher is one inotify(7) instance on the loop's poller: with
// recursive, a watch for every directory below the path.
type inotifyWatcher struct {
	fd     int
	path   string
	dir    bool
	io     *eventloop.Handle // unref'd: the FSWatcher's own handle counts
	notify func(change, string)
	// paths are the watched directories relative to path, by watch descriptor.
	paths     map[int32]string
	recursive bool
	closed    bool
}

func (b *binding) startWatch(_ *eventloop.Handle, path string, recursive bool, notify func(change, string)) (watcher, error) {
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		return nil, err
	}
	w := &inotifyWatcher{fd: fd, path: path, notify: notify, recursive: recursive, paths: map[int32]string{}}
	var st fileStat
	if err := sysStat(path, &st); err == nil {
		w.dir = st.isDir()
	}
	w.recursive = recursive && w.dir
	wd, err := unix.InotifyAddWatch(fd, path, watchMask)
	if err != nil {
		unix.Close(fd)
		return nil, err
	}
	w.paths[int32(wd)] = ""
	if w.recursive {
		walkDirs(context.Background(), path, func(p string) { w.add(p) })
	}
	w.io = b.loop.NewHandle("FSEvent")
	w.io.Unref()
	if err := w.io.Watch(fd, eventloop.Readable, func(eventloop.Events) { w.read() }); err != nil {
		w.io.Close(nil)
		unix.Close(fd)
		return nil, err
	}
	return w, nil
}

func (w *inotifyWatcher) add(p string) {
	wd, err := unix.InotifyAddWatch(w.fd, p, watchMask)
	if err == nil {
		w.paths[int32(wd)] = strings.TrimPrefix(strings.TrimPrefix(p, strings.TrimSuffix(w.path, "/")), "/")
	}
}

func (w *inotifyWatcher) close() {
	if w.closed {
		return
	}
	w.closed = true
	w.io.Close(nil)
	unix.Close(w.fd)
}

func (w *inotifyWatcher) read() {
	var buf [16 << 10]byte
	for !w.closed {
		n, err := unix.Read(w.fd, buf[:])
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return
		}
		for p := buf[:n]; len(p) >= unix.SizeofInotifyEvent && !w.closed; {
			wd := int32(binary.NativeEndian.Uint32(p))
			mask := binary.NativeEndian.Uint32(p[4:])
			size := unix.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(p[12:]))
			if size > len(p) {
				return
			}
			name := p[unix.SizeofInotifyEvent:size]
			if i := bytes.IndexByte(name, 0); i >= 0 {
				name = name[:i]
			}
			w.event(wd, mask, string(name))
			p = p[size:]
		}
	}
}

func (w *inotifyWatcher) event(wd int32, mask uint32, name string) {
	rel, ok := w.paths[wd]
	if mask&unix.IN_IGNORED != 0 {
		delete(w.paths, wd)
		return
	}
	if !ok || mask&unix.IN_Q_OVERFLOW != 0 {
		return
	}
	if name == "" && rel != "" {
		return // the directory above tells of it by name
	}
	full := name
	switch {
	case rel != "":
		full = rel + "/" + name
	case name == "":
		full = baseName(w.path)
	}
	kind := renamed
	if mask&^(unix.IN_ATTRIB|unix.IN_MODIFY|unix.IN_ISDIR) == 0 {
		kind = changed
	}
	w.notify(kind, full)
	if w.recursive && !w.closed && mask&unix.IN_ISDIR != 0 && mask&(unix.IN_CREATE|unix.IN_MOVED_TO) != 0 {
		w.adopt(joinPath(w.path, full), full)
	}
}

// adopt watches a new directory, and tells of what is in it already: those
// names came before the watch.
func (w *inotifyWatcher) adopt(p, rel string) {
	w.add(p)
	entries, err := scandir(p)
	if err != nil {
		return
	}
	for _, e := range entries {
		if w.closed {
			return
		}
		w.notify(renamed, rel+"/"+e.name)
		if e.kind == direntDir && !w.closed {
			w.adopt(joinPath(p, e.name), rel+"/"+e.name)
		}
	}
}
