package fs

import (
	"math/big"

	"github.com/dop251/goja"
)

// fileStat is what stat(2) knows of a file.
type fileStat struct {
	dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks uint64
	atime, mtime, ctime, birthtime                               timespec
}

type timespec struct{ sec, nsec int64 }

func (t timespec) ms() float64 { return float64(t.sec)*1e3 + float64(t.nsec)/1e6 }

func (t timespec) bigNs() *big.Int {
	n := new(big.Int).Mul(big.NewInt(t.sec), big.NewInt(1e9))
	return n.Add(n, big.NewInt(t.nsec))
}

func (s *fileStat) isDir() bool { return s.mode&sIFMT == sIFDIR }

var statNames = []string{"dev", "mode", "nlink", "uid", "gid", "rdev", "blksize", "ino", "size", "blocks",
	"atimeMs", "mtimeMs", "ctimeMs", "birthtimeMs"}

var bigStatNames = append(statNames[:len(statNames):len(statNames)], "atimeNs", "mtimeNs", "ctimeNs", "birthtimeNs")

// statsObject is a Stats or BigIntStats whose numbers become values when a
// script reads them: most look at one or two of fourteen.
type statsObject struct {
	b    *binding
	st   fileStat
	big  bool
	set  map[string]goja.Value // assigned or cached; nil value: deleted
	more []string              // names beyond the usual, in order
}

func (o *statsObject) names() []string {
	if o.big {
		return bigStatNames
	}
	return statNames
}

func (o *statsObject) Get(key string) goja.Value {
	if o.set != nil {
		if v, ok := o.set[key]; ok {
			return v
		}
	}
	return o.field(key)
}

func (o *statsObject) field(key string) goja.Value {
	s := &o.st
	var n uint64
	switch key {
	case "dev":
		n = s.dev
	case "mode":
		n = s.mode
	case "nlink":
		n = s.nlink
	case "uid":
		n = s.uid
	case "gid":
		n = s.gid
	case "rdev":
		n = s.rdev
	case "blksize":
		n = s.blksize
	case "ino":
		n = s.ino
	case "size":
		n = s.size
	case "blocks":
		n = s.blocks
	default:
		return o.time(key)
	}
	return o.b.number(n, o.big)
}

func (b *binding) number(n uint64, big_ bool) goja.Value {
	if big_ {
		return b.vm.ToValue(new(big.Int).SetUint64(n))
	}
	return b.vm.ToValue(float64(n))
}

func (o *statsObject) time(key string) goja.Value {
	if len(key) < 7 {
		return nil
	}
	s := &o.st
	var t timespec
	switch key[:len(key)-2] {
	case "atime":
		t = s.atime
	case "mtime":
		t = s.mtime
	case "ctime":
		t = s.ctime
	case "birthtime":
		t = s.birthtime
	default:
		return nil
	}
	switch key[len(key)-2:] {
	case "Ms":
		if o.big {
			n := t.bigNs()
			return o.b.vm.ToValue(n.Quo(n, big.NewInt(1e6)))
		}
		return o.b.vm.ToValue(t.ms())
	case "Ns":
		if o.big {
			return o.b.vm.ToValue(t.bigNs())
		}
	}
	return nil
}

func (o *statsObject) Set(key string, v goja.Value) bool {
	if o.set == nil {
		o.set = map[string]goja.Value{}
	}
	if old, ok := o.set[key]; (!ok || old == nil) && o.field(key) == nil {
		o.more = append(o.more, key)
	}
	o.set[key] = v
	return true
}

func (o *statsObject) Has(key string) bool { return o.Get(key) != nil }

func (o *statsObject) Delete(key string) bool {
	if o.set == nil {
		o.set = map[string]goja.Value{}
	}
	for i, n := range o.more {
		if n == key {
			o.more = append(o.more[:i:i], o.more[i+1:]...)
			delete(o.set, key)
			return true
		}
	}
	o.set[key] = nil
	return true
}

func (o *statsObject) Keys() []string {
	if o.set == nil {
		return o.names()
	}
	keys := make([]string, 0, len(o.names())+len(o.more))
	for _, n := range o.names() {
		if v, ok := o.set[n]; !ok || v != nil {
			keys = append(keys, n)
		}
	}
	return append(keys, o.more...)
}

func (b *binding) stats(st *fileStat, bigint bool) goja.Value {
	o := b.vm.NewDynamicObject(&statsObject{b: b, st: *st, big: bigint})
	proto := b.statsProto
	if bigint {
		proto = b.bigStatsProto
	}
	_ = o.SetPrototype(proto)
	return o
}

const (
	direntUnknown = iota
	direntFile
	direntDir
	direntLink
	direntFIFO
	direntSocket
	direntChar
	direntBlock
)

var kinds = []struct {
	name   string
	mode   uint64
	dirent int
}{
	{"isDirectory", sIFDIR, direntDir},
	{"isFile", sIFREG, direntFile},
	{"isBlockDevice", sIFBLK, direntBlock},
	{"isCharacterDevice", sIFCHR, direntChar},
	{"isSymbolicLink", sIFLNK, direntLink},
	{"isFIFO", sIFIFO, direntFIFO},
	{"isSocket", sIFSOCK, direntSocket},
}

// modeOf reads a Stats object's mode, whoever made it.
func modeOf(this goja.Value) (uint64, bool) {
	o, ok := this.(*goja.Object)
	if !ok {
		return 0, false
	}
	v := o.Get("mode")
	if v == nil {
		return 0, false
	}
	if n, ok := v.Export().(*big.Int); ok {
		return n.Uint64(), true
	}
	return uint64(v.ToInteger()), true
}

// makeClasses makes Stats, BigIntStats, StatFs and Dirent.
func (b *binding) makeClasses() {
	vm := b.vm
	base := vm.NewObject()
	b.kType = goja.NewSymbol("type")
	b.direntProto = vm.NewObject()
	for _, k := range kinds {
		_ = base.Set(k.name, b.fn(k.name, 0, func(c goja.FunctionCall) goja.Value {
			m, ok := modeOf(c.This)
			return vm.ToValue(ok && m&sIFMT == k.mode)
		}))
		_ = b.direntProto.DefineDataProperty(k.name, b.fn(k.name, 0, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				return vm.ToValue(false)
			}
			t := o.GetSymbol(b.kType)
			return vm.ToValue(t != nil && t.ToInteger() == int64(k.dirent))
		}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	statsBase := b.class("StatsBase", 10, base, func(c goja.ConstructorCall) *goja.Object { return nil })
	_ = statsBase
	b.statsProto, b.bigStatsProto = vm.CreateObject(base), vm.CreateObject(base)
	for _, p := range []*goja.Object{b.statsProto, b.bigStatsProto} {
		names := statNames
		name := "Stats"
		if p == b.bigStatsProto {
			names, name = bigStatNames, "BigIntStats"
		}
		b.dates(p)
		_ = p.Set("_checkModeProperty", b.fn("_checkModeProperty", 1, func(c goja.FunctionCall) goja.Value {
			m, _ := modeOf(c.This)
			return vm.ToValue(int64(m&sIFMT) == c.Argument(0).ToInteger())
		}))
		warned := false
		ctor := b.class(name, 14, p, func(c goja.ConstructorCall) *goja.Object {
			if name == "Stats" && !warned {
				warned = true
				b.deprecate("fs.Stats constructor is deprecated.", "DEP0180")
			}
			for i, n := range names {
				_ = c.This.Set(n, c.Argument(i))
			}
			return nil
		})
		if name == "Stats" {
			_ = b.exports.Set("Stats", ctor)
		}
	}
	b.statFsProto = vm.NewObject()
	b.class("StatFs", 8, b.statFsProto, func(c goja.ConstructorCall) *goja.Object {
		for i, n := range statFsNames {
			_ = c.This.Set(n, c.Argument(i))
		}
		return nil
	})
	dirent := b.class("Dirent", 3, b.direntProto, func(c goja.ConstructorCall) *goja.Object {
		_ = c.This.Set("name", c.Argument(0))
		_ = c.This.Set("parentPath", c.Argument(2))
		_ = c.This.SetSymbol(b.kType, c.Argument(1))
		return nil
	})
	_ = b.exports.Set("Dirent", dirent)
}

func (b *binding) class(name string, length int, proto *goja.Object, init func(goja.ConstructorCall) *goja.Object) *goja.Object {
	ctor := b.vm.ToValue(init).(*goja.Object)
	_ = ctor.DefineDataProperty("name", b.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = ctor.DefineDataProperty("length", b.vm.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = ctor.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = proto.DefineDataProperty("constructor", ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return ctor
}

// dates are the lazy Date properties: read once, then an own property.
func (b *binding) dates(proto *goja.Object) {
	vm := b.vm
	for _, name := range []string{"atime", "mtime", "ctime", "birthtime"} {
		define := func(this goja.Value, v goja.Value) {
			if o, ok := this.(*goja.Object); ok {
				_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		}
		get := b.fn("get "+name, 0, func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok {
				return goja.Undefined()
			}
			ms := goja.Value(nil)
			if v := o.Get(name + "Ms"); v != nil {
				if n, ok := v.Export().(*big.Int); ok {
					ms = vm.ToValue(n.Int64())
				} else {
					// Sub-millisecond digits round to the nearest, as Node does.
					ms = vm.ToValue(roundMs(v.ToFloat()))
				}
			} else {
				ms = goja.NaN()
			}
			d, err := vm.New(vm.Get("Date"), ms)
			if err != nil {
				panic(err)
			}
			define(o, d)
			return d
		})
		set := b.fn("set "+name, 1, func(c goja.FunctionCall) goja.Value {
			define(c.This, c.Argument(0))
			return goja.Undefined()
		})
		_ = proto.DefineAccessorProperty(name, get, set, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
}

func (b *binding) dirent(name, parent goja.Value, kind int) goja.Value {
	o := b.vm.CreateObject(b.direntProto)
	_ = o.Set("name", name)
	_ = o.Set("parentPath", parent)
	_ = o.SetSymbol(b.kType, kind)
	return o
}

var statFsNames = []string{"type", "bsize", "frsize", "blocks", "bfree", "bavail", "files", "ffree"}

// fsStat is what statfs(2) knows of a file system, in the order of statFsNames.
type fsStat [8]uint64

func (b *binding) statFs(s *fsStat, bigint bool) goja.Value {
	o := b.vm.CreateObject(b.statFsProto)
	for i, n := range statFsNames {
		_ = o.Set(n, b.number(s[i], bigint))
	}
	return o
}

// deprecate emits a deprecation warning; the caller remembers that it did.
func (b *binding) deprecate(msg, code string) {
	emit, ok := goja.AssertFunction(b.env.Process().Get("emitWarning"))
	if !ok {
		return
	}
	if _, err := emit(b.env.Process(), b.vm.ToValue(msg), b.vm.ToValue("DeprecationWarning"), b.vm.ToValue(code)); err != nil {
		panic(err)
	}
}
