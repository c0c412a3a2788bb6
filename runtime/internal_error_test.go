package runtime

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
)

func TestGoPanicEndsTheIsolate(t *testing.T) {
	var errs bytes.Buffer
	iso, err := New(Options{
		Host: &bindings.Host{Args: []string{"gonode", "x"}, Env: bindings.NewEnviron(nil), Stdout: &errs, Stderr: &errs},
		Modules: []bindings.Module{{Name: "internal/broken", File: "b.js", JS: fstest.MapFS{"b.js": {Data: []byte(
			`exports.runMain = function runMain() { internalBinding('internal/broken').crash() }`)}},
			Native: func(env bindings.Env) *goja.Object {
				o := env.VM().NewObject()
				_ = o.Set("crash", func(goja.FunctionCall) goja.Value {
					var none []int
					return env.VM().ToValue(none[len(none)])
				})
				return o
			}}},
		Main: "internal/broken",
	})
	if err != nil {
		t.Fatal(err)
	}
	code, err := iso.Run(context.Background())
	iso.Close()
	if err != nil || code != 5 {
		t.Fatal(code, err)
	}
	if out := errs.String(); !strings.HasPrefix(out, "FATAL ERROR: internal error: runtime error: index out of range") {
		t.Fatal(out)
	}
}
