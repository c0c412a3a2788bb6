package fs

import (
	"context"
	"path/filepath"

	"github.com/gonode/gonode/internal/permission"
)

// access is what an operation does to its first and to its second path.
type access struct{ first, second pathUse }

type pathUse uint8

const (
	reads pathUse = 1 << iota
	writes
	// throws is how Node refuses in the callback form, too, where others call back.
	throws
)

// accesses are the operations that --permission checks; open is checked by its
// flags; realpath is free, as in Node.
var accesses = map[string]access{
	"access": {reads, 0}, "lstat": {reads, 0}, "readdir": {reads, 0}, "readFile": {reads, 0}, "readlink": {reads, 0}, "stat": {reads, 0}, "statfs": {reads, 0},
	"appendFile": {writes, 0}, "chown": {writes, 0}, "chmod": {writes | throws, 0}, "lchown": {writes, 0}, "lchmod": {writes, 0},
	"lutimes": {writes | throws, 0}, "mkdir": {writes | throws, 0}, "mkdtemp": {writes, 0}, "rm": {writes, 0}, "rmdir": {writes, 0},
	"truncate": {writes, 0}, "unlink": {writes, 0}, "utimes": {writes | throws, 0}, "writeFile": {writes, 0},
	"copyFile": {reads, writes}, "link": {reads, writes}, "rename": {reads | writes, writes}, "symlink": {reads | writes, writes},
}

// table is the operations as this isolate may call them.
func (b *binding) table() []op {
	rows := table()
	if b.permission == nil {
		return rows
	}
	for i := range rows {
		row := &rows[i]
		make := row.make
		uses, checked := accesses[row.name]
		switch {
		case row.name == "open":
			row.make = func(b *binding, c *call) task {
				t := make(b, c)
				first := openUse(b.flags(c.arg(1), "flags"))
				return b.guard(t, c, access{first, 0})
			}
		case row.name == "symlink":
			row.make = func(b *binding, c *call) task {
				t := make(b, c)
				if target := c.path(0, "target"); !filepath.IsAbs(target) {
					return task{run: func(context.Context) error {
						return &permission.Denied{Permission: "FileSystemWrite", Resource: target, Message: "relative symbolic link target"}
					}}
				}
				return b.guard(t, c, uses)
			}
		case row.name == "fchmod" || row.name == "fchown":
			name := row.name
			row.make = func(*binding, *call) task {
				return task{run: func(context.Context) error {
					return &permission.Denied{Message: name + " API is disabled when Permission Model is enabled."}
				}}
			}
		case checked:
			row.make = func(b *binding, c *call) task { return b.guard(make(b, c), c, uses) }
		}
	}
	return rows
}

// guard replaces a task that is not allowed by its error.
func (b *binding) guard(t task, c *call, a access) task {
	for i, use := range []pathUse{a.first, a.second} {
		if use == 0 || isNumber(c.arg(i)) || c.form&formHandle != 0 {
			continue // a descriptor was allowed when it was opened
		}
		path := c.path(i, "path")
		var err error
		if use&reads != 0 {
			err = b.permission.Read(path)
		}
		if err == nil && use&writes != 0 {
			err = b.permission.Write(path)
		}
		if err == nil {
			continue
		}
		if a.first&throws != 0 {
			panic(b.env.Error(err))
		}
		return task{run: func(context.Context) error { return err }, names: t.names}
	}
	return t
}

// must throws an error of permission, if it is one.
func (b *binding) must(err error) {
	if err != nil {
		panic(b.env.Error(err))
	}
}

// openUse is what opening with these flags does.
func openUse(flags int) pathUse {
	const mode = 3 // O_RDONLY, O_WRONLY, O_RDWR
	var use pathUse
	if flags&mode != oWRONLY {
		use |= reads
	}
	if flags&mode != 0 || flags&(oAPPEND|oCREAT|oTRUNC) != 0 {
		use |= writes
	}
	return use
}
