// Package url is node:url: the URL, URLSearchParams and URLPattern classes (the
// first two over internal/weburl), the legacy parser, and what converts between URLs, paths
// and HTTP options. internal/url has the classes.
package url

import (
	"embed"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/weburl"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "url", JS: files, File: "url.js"},
		{Name: "internal/url", JS: files, File: "whatwg.js", Native: native},
		{Name: "internal/urlpattern", JS: files, File: "urlpattern.js"},
	}
}

// record is a URL as JavaScript holds it: each component is a property, and
// setting one is the URL class's setter.
type record struct {
	vm *goja.Runtime
	*weburl.URL
	href string // cached serialization
}

func (r *record) Get(key string) goja.Value {
	switch key {
	case "href":
		if r.href == "" {
			r.href = r.String()
		}
		return r.vm.ToValue(r.href)
	case "origin":
		return r.vm.ToValue(r.Origin())
	case "protocol":
		return r.vm.ToValue(r.Scheme + ":")
	case "username":
		return r.vm.ToValue(r.Username)
	case "password":
		return r.vm.ToValue(r.Password)
	case "host":
		return r.vm.ToValue(r.HostPort())
	case "hostname":
		return r.vm.ToValue(r.Host)
	case "port":
		if r.Port < 0 {
			return r.vm.ToValue("")
		}
		return r.vm.ToValue(strconv.Itoa(r.Port))
	case "pathname":
		return r.vm.ToValue(r.Path)
	case "search":
		return r.vm.ToValue(r.Search())
	case "hash":
		return r.vm.ToValue(r.Hash())
	}
	return nil
}

func (r *record) Set(key string, v goja.Value) bool {
	if key == "href" {
		u, ok := weburl.Parse(v.String(), nil)
		if ok {
			r.URL, r.href = u, ""
		}
		return ok
	}
	if r.URL.Set(key, v.String()) {
		r.href = ""
	}
	return true
}

func (r *record) Has(string) bool    { return false }
func (r *record) Delete(string) bool { return true }
func (r *record) Keys() []string     { return nil }

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	o := vm.NewObject()
	str := func(s string) goja.Value { return vm.ToValue(s) }
	// text is a component's text: its bytes may be ill-formed UTF-8.
	text := func(s string) goja.Value {
		for i := 0; i < len(s); i++ {
			if s[i] >= 0x80 {
				return vm.ToValue(natives.DecodeUTF8([]byte(s)))
			}
		}
		return vm.ToValue(s)
	}
	// isIdentifier(codePoint, first): whether a name in a URLPattern may have it
	natives.Set(vm, o, "isIdentifier", 2, func(c goja.FunctionCall) goja.Value {
		r := rune(c.Argument(0).ToInteger())
		start := r == '$' || r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
		return vm.ToValue(start || !c.Argument(1).ToBoolean() && (unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc,
			unicode.Other_ID_Continue) || r == 0x200c || r == 0x200d))
	})
	// parse(input, base): a record, null if the input is wrong, false if the base is.
	natives.Set(vm, o, "parse", 2, func(c goja.FunctionCall) goja.Value {
		var base *weburl.URL
		if b := c.Argument(1); !goja.IsUndefined(b) {
			var ok bool
			if base, ok = weburl.Parse(b.String(), nil); !ok {
				return vm.ToValue(false)
			}
		}
		u, ok := weburl.Parse(c.Argument(0).String(), base)
		if !ok {
			return goja.Null()
		}
		return vm.NewDynamicObject(&record{vm: vm, URL: u})
	})
	natives.Set(vm, o, "setHref", 2, func(c goja.FunctionCall) goja.Value {
		r, ok := c.Argument(0).Export().(*record)
		return vm.ToValue(ok && r.Set("href", c.Argument(1)))
	})
	// offsets is what Node's URLContext shows of itself.
	natives.Set(vm, o, "offsets", 1, func(c goja.FunctionCall) goja.Value {
		r, ok := c.Argument(0).Export().(*record)
		if !ok {
			return goja.Undefined()
		}
		return vm.ToValue(offsets(r.URL))
	})
	natives.Set(vm, o, "domainToASCII", 1, func(c goja.FunctionCall) goja.Value {
		u, ok := weburl.Parse("ws://"+c.Argument(0).String(), nil)
		if !ok {
			return str("")
		}
		return str(u.Host)
	})
	natives.Set(vm, o, "domainToUnicode", 1, func(c goja.FunctionCall) goja.Value {
		u, ok := weburl.Parse("ws://"+c.Argument(0).String(), nil)
		if !ok {
			return str("")
		}
		return str(weburl.DomainToUnicode(u.Host))
	})
	natives.Set(vm, o, "toASCII", 1, func(c goja.FunctionCall) goja.Value {
		s, _ := weburl.DomainToASCII(c.Argument(0).String())
		return str(s)
	})
	natives.Set(vm, o, "format", 5, func(c goja.FunctionCall) goja.Value {
		u, ok := weburl.Parse(c.Argument(0).String(), nil)
		if !ok {
			return c.Argument(0)
		}
		f := *u
		if !c.Argument(1).ToBoolean() {
			f.Fragment, f.HasFragment = "", false
		}
		if c.Argument(2).ToBoolean() && f.HasHost {
			f.Host = weburl.DomainToUnicode(f.Host)
		}
		if !c.Argument(3).ToBoolean() {
			f.Query, f.HasQuery = "", false
		}
		if !c.Argument(4).ToBoolean() {
			f.Username, f.Password = "", ""
		}
		return str(f.String())
	})
	natives.Set(vm, o, "parseParams", 1, func(c goja.FunctionCall) goja.Value {
		parts := weburl.ParseForm(c.Argument(0).String())
		vals := make([]any, len(parts))
		for i, p := range parts {
			vals[i] = text(p)
		}
		return vm.NewArray(vals...)
	})
	natives.Set(vm, o, "serializeParams", 1, func(c goja.FunctionCall) goja.Value {
		list := stringsOf(vm, c.Argument(0))
		var b []byte
		for i := 0; i+1 < len(list); i += 2 {
			if i > 0 {
				b = append(b, '&')
			}
			b = append(weburl.AppendForm(b, list[i]), '=')
			b = weburl.AppendForm(b, list[i+1])
		}
		return str(string(b))
	})
	// sortParams returns the list in the order of its keys' code units.
	natives.Set(vm, o, "sortParams", 1, func(c goja.FunctionCall) goja.Value {
		list := stringsOf(vm, c.Argument(0))
		n := len(list) / 2
		keys := make([][]uint16, n)
		order := make([]int, n)
		for i := range n {
			keys[i], order[i] = utf16.Encode([]rune(list[2*i])), i
		}
		sort.SliceStable(order, func(a, b int) bool {
			x, y := keys[order[a]], keys[order[b]]
			for i := 0; i < len(x) && i < len(y); i++ {
				if x[i] != y[i] {
					return x[i] < y[i]
				}
			}
			return len(x) < len(y)
		})
		vals := make([]any, 0, len(list))
		for _, i := range order {
			vals = append(vals, list[2*i], list[2*i+1])
		}
		return vm.NewArray(vals...)
	})
	natives.Set(vm, o, "toUSVString", 1, func(c goja.FunctionCall) goja.Value {
		s := c.Argument(0).String()
		if strings.Contains(s, "\uFFFD") {
			return str(s)
		}
		return c.Argument(0)
	})
	natives.Set(vm, o, "percentDecodeBytes", 1, func(c goja.FunctionCall) goja.Value {
		return env.NewBuffer([]byte(weburl.PercentDecode(c.Argument(0).String())))
	})
	natives.Set(vm, o, "encodePath", 2, func(c goja.FunctionCall) goja.Value {
		return str(weburl.EncodeFilePath(c.Argument(0).String(), c.Argument(1).ToBoolean()))
	})
	legacyNatives(env, o)
	return o
}

func stringsOf(vm *goja.Runtime, v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	n := int(o.Get("length").ToInteger())
	out := make([]string, n)
	for i := range n {
		out[i] = o.Get(vm.ToValue(i).String()).String()
	}
	return out
}

// offsets are the ends of the parts within href, as ada counts them.
func offsets(u *weburl.URL) map[string]any {
	const omitted = 4294967295
	href := u.String()
	protocolEnd := len(u.Scheme) + 1
	userEnd, hostStart := protocolEnd, protocolEnd
	if u.HasHost {
		userEnd = protocolEnd + 2 + len(u.Username)
		hostStart = userEnd
		if u.Password != "" {
			hostStart += 1 + len(u.Password)
		}
	}
	hostEnd := hostStart
	if u.HasHost {
		hostEnd += len(u.Host)
		if u.Username != "" || u.Password != "" {
			hostEnd++
		}
	}
	pathStart := hostEnd
	if u.Port >= 0 {
		pathStart += len(u.HostPort()) - len(u.Host)
	}
	search, hash, port := omitted, omitted, omitted
	end := len(href)
	if u.HasFragment {
		hash = end - len(u.Fragment) - 1
		end = hash
	}
	if u.HasQuery {
		search = end - len(u.Query) - 1
	}
	if u.Port >= 0 {
		port = u.Port
	}
	kind := map[string]int{"http": 0, "https": 2, "ws": 3, "ftp": 4, "wss": 5, "file": 6}
	k, ok := kind[u.Scheme]
	if !ok {
		k = 1
	}
	return map[string]any{"protocol_end": protocolEnd, "username_end": userEnd, "host_start": hostStart, "host_end": hostEnd,
		"pathname_start": pathStart, "search_start": search, "hash_start": hash, "port": port, "scheme_type": k}
}
