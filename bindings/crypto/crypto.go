package crypto

import (
	"embed"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	mods := []bindings.Module{{Name: "crypto", JS: files, File: "crypto.js", Native: native}}
	for _, name := range []string{"certificate", "cipher", "cryptokey", "diffiehellman", "hash", "kdf", "keygen",
		"keys", "random", "sig", "subtle", "subtle_idl", "util", "webcrypto", "x509"} {
		mods = append(mods, bindings.Module{Name: "internal/crypto/" + name, JS: files, File: name + ".js"})
	}
	return mods
}

// binding is the module in one isolate.
type binding struct {
	env bindings.Env
	vm  *goja.Runtime
	o   *goja.Object
}

type nativeFunc = func(goja.FunctionCall) goja.Value

func native(env bindings.Env) *goja.Object {
	b := &binding{env: env, vm: env.VM(), o: env.VM().NewObject()}
	b.hashes()
	b.random()
	b.kdf()
	b.ciphers()
	b.keys()
	b.keygen()
	b.signatures()
	b.rsaCiphers()
	b.dh()
	b.primes()
	b.certificates()
	b.kem()
	b.webcrypto()
	return b.o
}

func (b *binding) method(name string, fn nativeFunc) { _ = b.o.Set(name, fn) }

// throw raises an error of Node's C++ side: its code is a property and, unlike
// that of the errors that JavaScript makes, no part of its string.
func (b *binding) throw(class, code, message string) {
	e := b.plainError(class, message)
	if err := e.Set("code", code); err != nil { // a setter on a prototype may throw
		panic(err)
	}
	panic(e)
}

func (b *binding) throwCode(code string, args ...any) { panic(b.env.NewError(code, args...)) }

// throwPlain raises an Error without a code.
func (b *binding) throwPlain(message string) { panic(b.plainError("Error", message)) }

func (b *binding) plainError(class, message string) *goja.Object {
	o, err := b.vm.New(b.vm.Get(class), b.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return o
}

// An opensslError has the shape of an error from OpenSSL's queue.
type opensslError struct {
	number  string // eight hexadecimal digits
	library string
	reason  string
	stack   []string // more of the queue
	bare    bool     // from a job: the message alone
}

func (e *opensslError) Error() string {
	return "error:" + e.number + ":" + e.library + "::" + e.reason
}

// code is ERR_OSSL_, the library's short name unless it is the provider, and the reason.
func (e *opensslError) code() string {
	lib := map[string]string{
		"digital envelope routines": "EVP_", "rsa routines": "RSA_", "PEM routines": "PEM_",
		"common libcrypto routines": "CRYPTO_", "asn1 encoding routines": "ASN1_", "elliptic curve routines": "EC_", "Diffie-Hellman routines": "DH_",
		"bignum routines": "BN_", "dsa routines": "DSA_",
	}[e.library]
	reason := strings.ToUpper(strings.ReplaceAll(e.reason, " ", "_"))
	return "ERR_OSSL_" + lib + reason
}

// errorValue makes the JavaScript error of err.
func (b *binding) errorValue(err error) goja.Value {
	e, ok := err.(*opensslError)
	if !ok {
		return b.env.Error(err)
	}
	o := b.plainError("Error", e.Error())
	if e.bare {
		return o
	}
	set := func(key string, v any) {
		if err := o.Set(key, v); err != nil { // a setter on a prototype may throw
			panic(err)
		}
	}
	if len(e.stack) > 0 {
		vals := make([]any, len(e.stack))
		for i, s := range e.stack {
			vals[i] = s
		}
		set("opensslErrorStack", b.vm.NewArray(vals...))
	}
	set("library", e.library)
	set("reason", e.reason)
	set("code", e.code())
	return o
}

func (b *binding) fail(err error) { panic(b.errorValue(err)) }

// bytes copies nothing: the result aliases JavaScript's memory. Strings are UTF-8.
func (b *binding) bytes(v goja.Value) []byte {
	if view, ok := gojax.ViewOf(v); ok {
		return view.Bytes
	}
	if o, ok := v.(*goja.Object); ok {
		if k, ok := o.Export().(*Key); ok && k.Type == secretKey {
			return k.Secret
		}
	}
	if _, ok := v.(goja.String); ok {
		return jsbytes.Encode(v, jsbytes.UTF8)
	}
	return nil
}

// clone copies bytes for another goroutine.
func (b *binding) clone(v goja.Value) []byte { return append([]byte{}, b.bytes(v)...) }

// input is a string in an encoding, or bytes.
func (b *binding) input(v, encoding goja.Value) []byte {
	if _, ok := v.(goja.String); ok {
		e := jsbytes.UTF8
		if encoding != nil && encoding.ToBoolean() {
			if x, ok := jsbytes.ParseEncoding(encoding.String()); ok {
				e = x
			}
		}
		return jsbytes.Encode(v, e)
	}
	return b.bytes(v)
}

// output is a Buffer, or a string if encoding names one.
func (b *binding) output(data []byte, encoding goja.Value) goja.Value {
	if encoding != nil && encoding.ToBoolean() {
		if e, ok := jsbytes.ParseEncoding(encoding.String()); ok {
			return jsbytes.Decode(b.vm, data, e)
		}
	}
	return b.env.NewBuffer(data)
}

func (b *binding) arrayBuffer(data []byte) goja.Value { return b.vm.ToValue(b.vm.NewArrayBuffer(data)) }

// pendingDeprecations reports --pending-deprecation.
func (b *binding) pendingDeprecations() bool {
	h := b.env.Host()
	v, _ := h.Env.Get("NODE_PENDING_DEPRECATION")
	return v == "1" || h.Flags["pending-deprecation"] == "true"
}

// deprecated emits a deprecation warning once.
func (b *binding) deprecated(message, code string) {
	fn, _ := goja.AssertFunction(b.env.Require("internal/util").Get("emitDeprecation"))
	if _, err := fn(goja.Undefined(), b.vm.ToValue(message), b.vm.ToValue(code), goja.Undefined()); err != nil {
		panic(err)
	}
}

func itoa(i int) string { return strconv.Itoa(i) }

func (b *binding) strings(list []string) goja.Value {
	vals := make([]any, len(list))
	for i, s := range list {
		vals[i] = s
	}
	return b.vm.NewArray(vals...)
}

func (b *binding) str(v goja.Value) string {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return ""
	}
	return v.String()
}
