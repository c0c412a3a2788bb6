package process

import (
	"os"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/nodeerr"
)

func getwd() (string, error) { return os.Getwd() }

// umask does nothing: the file system has no such mode bits.
func (b *binding) umask(goja.FunctionCall) goja.Value { return b.vm.ToValue(0) }

func (b *binding) ids(*goja.Object) {}

func (b *binding) short(err error, syscallName string) error {
	e := nodeerr.New(err, syscallName)
	e.Message = syscallName + " " + e.Code
	return e
}

func (b *binding) execve(goja.FunctionCall) goja.Value {
	panic(b.env.NewError("ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", "process.execve"))
}
