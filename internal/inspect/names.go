package inspect

import (
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

func symbolID(s *goja.Symbol) uintptr { return uintptr(unsafe.Pointer(s)) }

func (in *Inspector) newStyles() *goja.Object {
	o := in.vm.CreateObject(nil)
	for _, s := range [][2]string{{"special", "cyan"}, {"number", "yellow"}, {"bigint", "yellow"}, {"boolean", "yellow"},
		{"undefined", "grey"}, {"null", "bold"}, {"string", "green"}, {"symbol", "green"}, {"date", "magenta"},
		{"regexp", "red"}, {"module", "underline"}} {
		_ = o.Set(s[0], s[1])
	}
	return o
}

// Codes are the SGR numbers of inspect.colors.
var Codes = []struct {
	Name    string
	On, Off int
}{
	{"reset", 0, 0}, {"bold", 1, 22}, {"dim", 2, 22}, {"italic", 3, 23}, {"underline", 4, 24}, {"blink", 5, 25},
	{"inverse", 7, 27}, {"hidden", 8, 28}, {"strikethrough", 9, 29}, {"doubleunderline", 21, 24},
	{"black", 30, 39}, {"red", 31, 39}, {"green", 32, 39}, {"yellow", 33, 39}, {"blue", 34, 39}, {"magenta", 35, 39},
	{"cyan", 36, 39}, {"white", 37, 39}, {"bgBlack", 40, 49}, {"bgRed", 41, 49}, {"bgGreen", 42, 49},
	{"bgYellow", 43, 49}, {"bgBlue", 44, 49}, {"bgMagenta", 45, 49}, {"bgCyan", 46, 49}, {"bgWhite", 47, 49},
	{"framed", 51, 54}, {"overlined", 53, 55}, {"gray", 90, 39}, {"redBright", 91, 39}, {"greenBright", 92, 39},
	{"yellowBright", 93, 39}, {"blueBright", 94, 39}, {"magentaBright", 95, 39}, {"cyanBright", 96, 39},
	{"whiteBright", 97, 39}, {"bgGray", 100, 49}, {"bgRedBright", 101, 49}, {"bgGreenBright", 102, 49},
	{"bgYellowBright", 103, 49}, {"bgBlueBright", 104, 49}, {"bgMagentaBright", 105, 49}, {"bgCyanBright", 106, 49},
	{"bgWhiteBright", 107, 49},
}

var colorAliases = [][2]string{{"gray", "grey"}, {"gray", "blackBright"}, {"bgGray", "bgGrey"}, {"bgGray", "bgBlackBright"},
	{"dim", "faint"}, {"strikethrough", "crossedout"}, {"strikethrough", "strikeThrough"}, {"strikethrough", "crossedOut"},
	{"hidden", "conceal"}, {"inverse", "swapColors"}, {"inverse", "swapcolors"}, {"doubleunderline", "doubleUnderline"}}

func (in *Inspector) newColors() *goja.Object {
	vm := in.vm
	o := vm.CreateObject(nil)
	for _, c := range Codes {
		_ = o.Set(c.Name, vm.NewArray(c.On, c.Off))
	}
	for _, a := range colorAliases {
		target, alias := a[0], a[1]
		get := in.function("get", func(goja.FunctionCall) goja.Value { return o.Get(target) })
		set := in.function("set", func(c goja.FunctionCall) goja.Value { _ = o.Set(target, c.Argument(0)); return goja.Undefined() })
		_ = o.DefineAccessorProperty(alias, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return o
}

// IsShared reports whether an ArrayBuffer is a SharedArrayBuffer.
func (in *Inspector) IsShared(o *goja.Object) bool {
	ctor, ok := in.vm.Get("SharedArrayBuffer").(*goja.Object)
	if !ok {
		return false
	}
	proto := get(ctor, "prototype")
	for p := o.Prototype(); p != nil; p = p.Prototype() {
		if goja.Value(p) == proto {
			return true
		}
	}
	return false
}

// IsNamespace recognises a module namespace object: no prototype, and a tag
// that nobody can change.
func (in *Inspector) IsNamespace(o *goja.Object, kind gojax.Kind) bool {
	if kind != gojax.KindDynamic && kind != gojax.KindOrdinary && kind != gojax.KindUnknown || o.Prototype() != nil {
		return false
	}
	d, ok := gojax.GetOwn(o, goja.SymToStringTag)
	return ok && !d.Accessor && !d.Writable && !d.Configurable && !d.Enumerable && d.Value != nil && d.Value.String() == "Module"
}

// TypedArrayName is the class of a typed array, by its own slots.
func (in *Inspector) TypedArrayName(o *goja.Object) string {
	v := in.typedArrayGet(o, "")
	if v == nil || goja.IsUndefined(v) {
		return "Uint8Array"
	}
	return v.String()
}

// typedArrayGet reads %TypedArray%.prototype's getters; "" is the tag.
func (in *Inspector) typedArrayGet(o *goja.Object, name string) goja.Value {
	if in.keyCache == nil {
		in.keyCache = map[string]goja.Value{}
		proto := in.vm.Get("Uint8Array").(*goja.Object).Get("prototype").(*goja.Object).Prototype()
		for _, n := range []string{"length", "byteLength", "byteOffset", "buffer"} {
			if d, ok := gojax.GetOwn(proto, in.vm.ToValue(n)); ok && d.Getter != nil {
				in.keyCache[n] = d.Getter
			}
		}
		if d, ok := gojax.GetOwn(proto, goja.SymToStringTag); ok && d.Getter != nil {
			in.keyCache[""] = d.Getter
		}
	}
	fn, ok := goja.AssertFunction(in.keyCache[name])
	if !ok {
		return goja.Undefined()
	}
	return in.must(fn(o))
}

// get is [[Get]] that never returns nil.
func get(o *goja.Object, name string) goja.Value {
	if v := o.Get(name); v != nil {
		return v
	}
	return goja.Undefined()
}
