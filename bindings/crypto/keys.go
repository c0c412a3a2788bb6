package crypto

import (
	"crypto/subtle"

	"github.com/dop251/goja"
)

// The types of a Key.
const (
	secretKey  = "secret"
	publicKey  = "public"
	privateKey = "private"
)

// A Key is a KeyObject's native side. It never changes, so any goroutine may read it.
type Key struct {
	Type   string
	Secret []byte
	// Kind is the asymmetric key type: "rsa", "ec", "ed25519" …
	Kind string
	Pub  any
	Priv any
	PSS  *pssParams
}

func (b *binding) key(v goja.Value) *Key {
	k, ok := v.Export().(*Key)
	if !ok {
		b.throwCode("ERR_INVALID_ARG_TYPE", "key", "KeyObject", v)
	}
	return k
}

func (b *binding) keys() {
	b.method("isKeyHandle", func(c goja.FunctionCall) goja.Value {
		_, ok := c.Argument(0).Export().(*Key)
		return b.vm.ToValue(ok)
	})
	b.method("makeSecret", func(c goja.FunctionCall) goja.Value {
		return b.vm.ToValue(&Key{Type: secretKey, Secret: b.clone(c.Argument(0))})
	})
	b.method("keyType", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(b.key(c.Argument(0)).Type) })
	b.method("keySize", func(c goja.FunctionCall) goja.Value { return b.vm.ToValue(len(b.key(c.Argument(0)).Secret)) })
	b.method("exportSecret", func(c goja.FunctionCall) goja.Value {
		return b.env.NewBuffer(append([]byte{}, b.key(c.Argument(0)).Secret...))
	})
	b.method("keyEquals", func(c goja.FunctionCall) goja.Value {
		x, y := b.key(c.Argument(0)), b.key(c.Argument(1))
		if x.Type != y.Type {
			return b.vm.ToValue(false)
		}
		if x.Type == secretKey {
			return b.vm.ToValue(subtle.ConstantTimeCompare(x.Secret, y.Secret) == 1)
		}
		return b.vm.ToValue(x.sameAs(y))
	})
	b.asymmetric()
}
