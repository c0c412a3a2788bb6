package runtime

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// A lazyGlobal is a property of the global object that comes from a built-in
// module, which is loaded when a script first touches the property.
type lazyGlobal struct{ name, module string }

// placeholder stands for a module where the bootstrap defines the property.
const placeholder = ""

// enumerableGlobals are in the order in which Node.js has them.
var enumerableGlobals = [...]lazyGlobal{
	{"global", placeholder},
	{"clearImmediate", "timers"},
	{"setImmediate", "timers"},
	{"clearInterval", "timers"},
	{"clearTimeout", "timers"},
	{"setInterval", "timers"},
	{"setTimeout", "timers"},
	{"queueMicrotask", placeholder},
	{"structuredClone", "internal/structured_clone"},
	{"atob", "buffer"},
	{"btoa", "buffer"},
	{"performance", "perf_hooks"},
	{"fetch", placeholder},
	{"crypto", "internal/crypto/webcrypto"},
}

var hiddenGlobals = [...]lazyGlobal{
	{"AbortController", "internal/abort_controller"},
	{"AbortSignal", "internal/abort_controller"},
	{"Atomics", "internal/shared_memory"},
	{"Blob", "buffer"},
	{"BroadcastChannel", "worker_threads"},
	{"Buffer", "buffer"},
	{"ByteLengthQueuingStrategy", "internal/webstreams/queuingstrategies"},
	{"CompressionStream", "internal/webstreams/compression"},
	{"CountQueuingStrategy", "internal/webstreams/queuingstrategies"},
	{"Crypto", "internal/crypto/webcrypto"},
	{"CryptoKey", "internal/crypto/webcrypto"},
	{"CustomEvent", "internal/event_target"},
	{"DOMException", "internal/domexception"},
	{"DecompressionStream", "internal/webstreams/compression"},
	{"Event", "internal/event_target"},
	{"EventTarget", "internal/event_target"},
	{"File", "buffer"},
	{"FinalizationRegistry", "internal/weak"},
	{"MessageChannel", "worker_threads"},
	{"MessageEvent", "internal/messaging"},
	{"MessagePort", "worker_threads"},
	{"ReadableByteStreamController", "internal/webstreams/bytestream"},
	{"ReadableStream", "internal/webstreams/readablestream"},
	{"ReadableStreamBYOBReader", "internal/webstreams/bytestream"},
	{"ReadableStreamBYOBRequest", "internal/webstreams/bytestream"},
	{"ReadableStreamDefaultController", "internal/webstreams/readablestream"},
	{"ReadableStreamDefaultReader", "internal/webstreams/readablestream"},
	{"SharedArrayBuffer", "internal/shared_memory"},
	{"SubtleCrypto", "internal/crypto/webcrypto"},
	{"TextDecoder", "internal/encoding"},
	{"TextDecoderStream", "internal/webstreams/encoding"},
	{"TextEncoder", "internal/encoding"},
	{"TextEncoderStream", "internal/webstreams/encoding"},
	{"TransformStream", "internal/webstreams/transformstream"},
	{"TransformStreamDefaultController", "internal/webstreams/transformstream"},
	{"URL", "internal/url"},
	{"URLPattern", "internal/urlpattern"},
	{"URLSearchParams", "internal/url"},
	{"WritableStream", "internal/webstreams/writablestream"},
	{"WritableStreamDefaultController", "internal/webstreams/writablestream"},
	{"WritableStreamDefaultWriter", "internal/webstreams/writablestream"},
	{"WeakRef", "internal/weak"},
	{"console", "internal/console/global"},
}

// bootGlobals gives the global object the names of what scripts may touch. The
// engine makes a property of its template when it is looked up, so that they
// cost a start next to nothing.
func (iso *Isolate) bootGlobals() error {
	global := iso.vm.GlobalObject()
	names := make([]string, 0, len(enumerableGlobals)+len(hiddenGlobals))
	props := make(map[string]gojax.Factory, cap(names))
	add := func(g lazyGlobal, enumerable bool) {
		names = append(names, g.name)
		if g.module == placeholder {
			props[g.name] = func(*goja.Runtime) goja.Value { return gojax.DataProp(global, true, enumerable, true) }
			return
		}
		props[g.name] = func(r *goja.Runtime) goja.Value {
			return gojax.LazyProp(r, global, g.name, enumerable, func() goja.Value { return iso.Require(g.module).Get(g.name) })
		}
	}
	for _, g := range enumerableGlobals {
		add(g, true)
	}
	for _, g := range hiddenGlobals {
		add(g, false)
	}
	return gojax.ExtendGlobal(iso.vm, names, props)
}
