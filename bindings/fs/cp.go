package fs

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/nodeerr"
)

// cpOptions are those of fs.cp.
type cpOptions struct {
	dereference, errorOnExist, force, timestamps, recursive, verbatim bool

	mode int
	// sync chooses the shorter errors that cpSync gives.
	sync bool
	// filter says whether to copy a pair; nil copies all.
	filter func(src, dest string) (bool, error)
}

// cpMessages are the first halves of the SystemErrors.
var cpMessages = map[string][2]string{
	"ERR_FS_EISDIR":                     {"Path is a directory", "EISDIR"},
	"ERR_FS_CP_EINVAL":                  {"Invalid src or dest", "EINVAL"},
	"ERR_FS_CP_DIR_TO_NON_DIR":          {"Cannot overwrite non-directory with directory", "EISDIR"},
	"ERR_FS_CP_NON_DIR_TO_DIR":          {"Cannot overwrite directory with non-directory", "ENOTDIR"},
	"ERR_FS_CP_EEXIST":                  {"Target already exists", "EEXIST"},
	"ERR_FS_CP_FIFO_PIPE":               {"Cannot copy a FIFO pipe", "EINVAL"},
	"ERR_FS_CP_SOCKET":                  {"Cannot copy a socket file", "EINVAL"},
	"ERR_FS_CP_UNKNOWN":                 {"Cannot copy an unknown file type", "EINVAL"},
	"ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY": {"Cannot overwrite symlink in subdirectory of self", "EINVAL"},
}

// fail makes the error of a code in the caller's style.
func (o *cpOptions) fail(code, path, message, syncMessage string) error {
	if o.sync && syncMessage != "" {
		return &nodeerr.Coded{Code: code, Class: "Error", Message: syncMessage}
	}
	m := cpMessages[code]
	return &systemError{code: code, message: m[0], cp: true,
		info: nodeerr.Errno{Code: m[1], Message: message, Errno: -nodeerr.Number(m[1]), Syscall: "cp", Path: path}}
}

// cpTree copies src to dest.
func cpTree(ctx context.Context, src, dest string, o *cpOptions) error {
	st, to, skip, err := cpCheck(src, dest, o)
	if err != nil || skip {
		return err
	}
	if err := cpParents(src, st, dest, o); err != nil {
		return err
	}
	if o.sync {
		if err := cpType(st, src, dest, o); err != nil {
			return err
		}
	}
	if to == nil {
		if parent := parentOf(dest); parent != "" {
			var s fileStat
			if sysStat(parent, &s) != nil {
				if _, err := mkdirAll(parent, 0o777); err != nil {
					return pathErr(err, "mkdir", parent)
				}
			}
		}
	}
	return cpOne(ctx, src, dest, st, to, o)
}

// cpCheck looks at a pair and refuses what cannot be copied onto what.
func cpCheck(src, dest string, o *cpOptions) (st, to *fileStat, skip bool, err error) {
	if o.filter != nil {
		ok, err := o.filter(src, dest)
		if err != nil || !ok {
			return nil, nil, true, err
		}
	}
	look, name := sysLstat, "lstat"
	if o.dereference {
		look, name = sysStat, "stat"
	}
	st = &fileStat{}
	if err := look(src, st); err != nil {
		return nil, nil, false, pathErr(err, name, src)
	}
	to = &fileStat{}
	if err := look(dest, to); err != nil {
		if nodeerr.CodeOf(err) != "ENOENT" {
			return nil, nil, false, pathErr(err, name, dest)
		}
		to = nil
	}
	if to != nil {
		same := sameFile(st, to)
		if o.sync && !same && st.mode&sIFMT != sIFLNK {
			var follow fileStat
			same = sysStat(dest, &follow) == nil && sameFile(st, &follow)
		}
		if same {
			return nil, nil, false, o.fail("ERR_FS_CP_EINVAL", dest, "src and dest cannot be the same", "src and dest cannot be the same "+dest)
		}
		if st.isDir() && !to.isDir() {
			return nil, nil, false, o.fail("ERR_FS_CP_DIR_TO_NON_DIR", dest,
				"cannot overwrite non-directory "+dest+" with directory "+src, "Cannot overwrite non-directory "+dest+" with directory "+src)
		}
		if !st.isDir() && to.isDir() {
			return nil, nil, false, o.fail("ERR_FS_CP_NON_DIR_TO_DIR", dest,
				"cannot overwrite directory "+dest+" with non-directory "+src, "Cannot overwrite directory "+dest+" with non-directory "+src)
		}
	}
	if st.isDir() && isBelow(src, dest) {
		return nil, nil, false, o.selfError(src, dest)
	}
	return st, to, false, nil
}

func (o *cpOptions) selfError(src, dest string) error {
	s := src
	if !strings.HasSuffix(s, string(separator)) {
		s += string(separator)
	}
	return o.fail("ERR_FS_CP_EINVAL", dest, "cannot copy "+src+" to a subdirectory of self "+dest, "Cannot copy "+s+" to a subdirectory of self "+dest)
}

func sameFile(a, b *fileStat) bool { return a.ino != 0 && a.ino == b.ino && a.dev == b.dev }

// isBelow reports whether dest is src or lies below it, going by names.
func isBelow(src, dest string) bool {
	a, err1 := absolute(src)
	b, err2 := absolute(dest)
	if err1 != nil || err2 != nil {
		return false
	}
	return a == b || strings.HasPrefix(b, strings.TrimSuffix(a, string(separator))+string(separator))
}

// cpParents refuses a destination one of whose parents is the source.
func cpParents(src string, st *fileStat, dest string, o *cpOptions) error {
	srcAbs, err := absolute(src)
	if err != nil {
		return err
	}
	srcParent := filepath.Dir(srcAbs)
	p, err := absolute(dest)
	if err != nil {
		return err
	}
	for {
		up := filepath.Dir(p)
		if up == srcParent || up == p {
			return nil
		}
		var s fileStat
		if err := sysStat(up, &s); err != nil {
			if nodeerr.CodeOf(err) == "ENOENT" {
				return nil
			}
			return pathErr(err, "stat", up)
		}
		if st.isDir() && sameFile(st, &s) {
			return o.selfError(src, dest)
		}
		p = up
	}
}

// cpType refuses kinds of files that are not copied.
func cpType(st *fileStat, src, dest string, o *cpOptions) error {
	switch st.mode & sIFMT {
	case sIFDIR:
		if !o.recursive {
			s := src
			if !strings.HasSuffix(s, string(separator)) {
				s += string(separator)
			}
			return o.fail("ERR_FS_EISDIR", src, src+" is a directory (not copied)", "Recursive option not enabled, cannot copy a directory: "+s)
		}
	case sIFSOCK:
		return o.fail("ERR_FS_CP_SOCKET", dest, "cannot copy a socket file: "+dest, "Cannot copy a socket file: "+dest)
	case sIFIFO:
		return o.fail("ERR_FS_CP_FIFO_PIPE", dest, "cannot copy a FIFO pipe: "+dest, "Cannot copy a FIFO pipe: "+dest)
	case sIFREG, sIFCHR, sIFBLK, sIFLNK:
	default:
		return o.fail("ERR_FS_CP_UNKNOWN", dest, "cannot copy an unknown file type: "+dest, "Cannot copy an unknown file type: "+dest)
	}
	return nil
}

func cpOne(ctx context.Context, src, dest string, st, to *fileStat, o *cpOptions) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := cpType(st, src, dest, o); err != nil {
		return err
	}
	switch st.mode & sIFMT {
	case sIFDIR:
		return cpDir(ctx, src, dest, st, to, o)
	case sIFLNK:
		return cpLink(src, dest, to, o)
	}
	return cpFile(src, dest, st, to, o)
}

func cpFile(src, dest string, st, to *fileStat, o *cpOptions) error {
	if to != nil {
		switch {
		case o.force:
			if err := sysUnlink(dest); err != nil {
				return pathErr(err, "unlink", dest)
			}
		case o.errorOnExist:
			return o.fail("ERR_FS_CP_EEXIST", dest, dest+" already exists", "")
		default:
			return nil
		}
	}
	if err := copyFile(src, dest, o.mode); err != nil {
		return destErr(err, "copyfile", src, dest)
	}
	mode := uint32(st.mode & 0o7777)
	if o.timestamps {
		if mode&0o200 == 0 {
			if err := sysChmod(dest, mode|0o200); err != nil {
				return pathErr(err, "chmod", dest)
			}
		}
		// The copy has touched the source's access time: read it again.
		var s fileStat
		if err := sysStat(src, &s); err != nil {
			return pathErr(err, "stat", src)
		}
		if err := sysUtimes(dest, s.atime.seconds(), s.mtime.seconds(), true); err != nil {
			return pathErr(err, "utime", dest)
		}
	}
	return pathErr(sysChmod(dest, mode), "chmod", dest)
}

func (t timespec) seconds() float64 { return float64(t.sec) + float64(t.nsec)/1e9 }

func cpDir(ctx context.Context, src, dest string, st, to *fileStat, o *cpOptions) error {
	if to == nil {
		if err := sysMkdir(dest, 0o777); err != nil {
			return pathErr(err, "mkdir", dest)
		}
	}
	entries, err := scandir(src)
	if err != nil {
		return pathErr(err, "opendir", src)
	}
	for _, e := range entries {
		s, d := joinPath(src, e.name), joinPath(dest, e.name)
		st, to, skip, err := cpCheck(s, d, o)
		if err == nil && !skip {
			err = cpOne(ctx, s, d, st, to, o)
		}
		if err != nil {
			return err
		}
	}
	if to == nil {
		return pathErr(sysChmod(dest, uint32(st.mode&0o7777)), "chmod", dest)
	}
	return nil
}

func cpLink(src, dest string, to *fileStat, o *cpOptions) error {
	target, err := sysReadlink(src)
	if err != nil {
		return pathErr(err, "readlink", src)
	}
	relative := !filepath.IsAbs(target)
	if !o.verbatim && relative {
		dir, err := absolute(filepath.Dir(src))
		if err != nil {
			return err
		}
		target = filepath.Join(dir, target)
	}
	link := func() error { return destErr(sysSymlink(target, dest, ""), "symlink", target, dest) }
	if to == nil {
		return link()
	}
	old, err := sysReadlink(dest)
	if err != nil {
		if code := nodeerr.CodeOf(err); code == "EINVAL" || code == "UNKNOWN" {
			return link() // no link there: the error that this gives is the one to report
		}
		return pathErr(err, "readlink", dest)
	}
	if !filepath.IsAbs(old) {
		dir, err := absolute(filepath.Dir(dest))
		if err != nil {
			return err
		}
		old = filepath.Join(dir, old)
	}
	var st fileStat
	if sysStat(src, &st) == nil && st.isDir() {
		// cpSync lets a relative link be written again.
		again := o.sync && relative && target == old
		if isBelow(target, old) && !again {
			return o.fail("ERR_FS_CP_EINVAL", dest, "cannot copy "+target+" to a subdirectory of self "+old,
				"Cannot copy "+target+" to a subdirectory of self "+old)
		}
		if isBelow(old, target) && !again {
			return o.fail("ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY", dest, "cannot overwrite "+old+" with "+target,
				"cannot overwrite "+old+" with "+target)
		}
	}
	if err := sysUnlink(dest); err != nil {
		return pathErr(err, "unlink", dest)
	}
	return link()
}

// nativeCp is cp(src, dest, options[, callback]): options have been checked;
// without a callback it runs now.
func nativeCp(env bindings.Env) *goja.Object {
	b := of(env)
	o := b.vm.NewObject()
	_ = o.Set("cp", func(c goja.FunctionCall) goja.Value {
		src, dest := b.path(c.Argument(0), "src"), b.path(c.Argument(1), "dest")
		b.must(b.permission.Read(src))
		b.must(b.permission.Write(dest))
		opts := c.Argument(2).(*goja.Object)
		flag := func(name string) bool { return opts.Get(name).ToBoolean() }
		cb, async := goja.AssertFunction(c.Argument(3))
		co := &cpOptions{
			dereference: flag("dereference"), errorOnExist: flag("errorOnExist"), force: flag("force"),
			timestamps: flag("preserveTimestamps"), recursive: flag("recursive"), verbatim: flag("verbatimSymlinks"),
			mode: b.copyMode(opts.Get("mode")), sync: !async,
		}
		filter, filtered := goja.AssertFunction(opts.Get("filter"))
		switch {
		case !async:
			if filtered {
				co.filter = func(s, d string) (bool, error) {
					v, err := filter(goja.Undefined(), b.vm.ToValue(s), b.vm.ToValue(d))
					if err != nil {
						return false, err
					}
					if _, ok := v.Export().(*goja.Promise); ok {
						panic(env.NewError("ERR_INVALID_RETURN_VALUE", "boolean", "filter", v))
					}
					return v.ToBoolean(), nil
				}
			}
			return b.sync(nothing(func() error { return cpTree(context.Background(), src, dest, co) }))
		case !filtered:
			b.async(task{run: func(ctx context.Context) error { return cpTree(ctx, src, dest, co) }}, cb)
		default:
			b.background(func(ask func(func() (goja.Value, error)) (bool, error)) error {
				co.filter = func(s, d string) (bool, error) {
					return ask(func() (goja.Value, error) {
						return filter(goja.Undefined(), b.vm.ToValue(s), b.vm.ToValue(d))
					})
				}
				return cpTree(context.Background(), src, dest, co)
			}, nil, cb)
		}
		return goja.Undefined()
	})
	return o
}
