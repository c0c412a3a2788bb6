package fs

import (
	"context"

	"github.com/dop251/goja"
)

// A dirEntry is one name of a directory. kind is a dirent constant.
type dirEntry struct {
	name string
	kind int
}

// A listed entry also knows where it was found, for recursive listings.
type listed struct {
	dirEntry
	parent string // the directory's path
	rel    string // relative to the directory that was listed
}

func (b *binding) readdir(c *call) task {
	opt := c.options(1, encUTF8)
	path := c.path(0, "path")
	recursive := false
	if v := opt.get("recursive"); !isNullish(v) {
		recursive = c.bool(v, "options.recursive")
	}
	types := opt.get("withFileTypes").ToBoolean()
	var list []listed
	return task{
		run: func(context.Context) (err error) {
			list, err = readdir(path, recursive)
			return err
		},
		value: func() goja.Value {
			vals := make([]any, len(list))
			var parent goja.Value
			for i := range list {
				e := &list[i]
				switch {
				case types:
					if parent == nil || i > 0 && list[i-1].parent != e.parent {
						parent = b.decodeString(e.parent, opt.enc)
						if opt.enc == encBuffer {
							parent = b.env.NewBuffer([]byte(e.parent))
						}
					}
					vals[i] = b.dirent(b.decodeString(e.name, opt.enc), parent, e.kind)
				default:
					vals[i] = b.decodeString(e.rel, opt.enc)
				}
			}
			return b.vm.NewArray(vals...)
		},
	}
}

// readdir lists a directory in name order, and with recursive all below it,
// level by level.
func readdir(path string, recursive bool) ([]listed, error) {
	entries, err := scandir(path)
	if err != nil {
		return nil, pathErr(err, "scandir", path)
	}
	list := make([]listed, len(entries))
	for i, e := range entries {
		list[i] = listed{e, path, e.name}
	}
	if !recursive {
		return list, nil
	}
	for i := 0; i < len(list); i++ {
		e := list[i]
		dir := joinPath(e.parent, e.name)
		if e.kind == direntLink {
			// Links to directories are followed; a cycle ends at the system's limit.
			var st fileStat
			if sysStat(dir, &st) != nil || !st.isDir() {
				continue
			}
		} else if e.kind != direntDir {
			continue
		}
		below, err := scandir(dir)
		if err != nil {
			return nil, pathErr(err, "scandir", dir)
		}
		for _, s := range below {
			list = append(list, listed{s, dir, joinPath(e.rel, s.name)})
		}
	}
	return list, nil
}

// joinPath puts a name below a directory, without cleaning what the caller wrote.
func joinPath(dir, name string) string {
	if dir == "" {
		return name
	}
	if isSeparator(dir[len(dir)-1]) {
		return dir + name
	}
	return dir + string(separator) + name
}
