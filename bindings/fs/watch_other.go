//go:build !linux

package fs

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gonode/gonode/eventloop"
)

// A scanWatcher compares listings a few times a second: the fallback where
// there is no inotify(7).
type scanWatcher struct {
	cancel context.CancelFunc
}

const scanInterval = 100 * time.Millisecond

type seen struct {
	size         uint64
	mtime, ctime timespec
	ino          uint64
}

func (b *binding) startWatch(h *eventloop.Handle, path string, recursive bool, notify func(change, string)) (watcher, error) {
	var st fileStat
	if err := sysStat(path, &st); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := &scanWatcher{cancel}
	last := snapshot(ctx, path, recursive)
	go func() {
		tick := time.NewTicker(scanInterval)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			now := snapshot(ctx, path, recursive)
			before := last
			last = now
			h.Post(func() {
				for name, s := range now {
					if old, ok := before[name]; !ok {
						notify(renamed, name)
					} else if old != s {
						notify(changed, name)
					}
				}
				for name := range before {
					if _, ok := now[name]; !ok {
						notify(renamed, name)
					}
				}
			})
		}
	}()
	return w, nil
}

func (w *scanWatcher) close() { w.cancel() }

func snapshot(ctx context.Context, path string, recursive bool) map[string]seen {
	m := map[string]seen{}
	var st fileStat
	if sysStat(path, &st) != nil {
		return m
	}
	if !st.isDir() {
		m[baseName(path)] = seen{st.size, st.mtime, st.ctime, st.ino}
		return m
	}
	var walk func(dir, rel string)
	walk = func(dir, rel string) {
		entries, err := scandir(dir)
		if err != nil || ctx.Err() != nil {
			return
		}
		for _, e := range entries {
			p := joinPath(dir, e.name)
			var st fileStat
			if sysLstat(p, &st) != nil {
				continue
			}
			name := filepath.Join(rel, e.name)
			m[name] = seen{st.size, st.mtime, st.ctime, st.ino}
			if recursive && e.kind == direntDir {
				walk(p, name)
			}
		}
	}
	walk(path, "")
	return m
}
