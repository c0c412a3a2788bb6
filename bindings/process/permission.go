package process

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/permission"
)

func (b *binding) permissions() *permission.Set {
	return permission.Of(b.host.Flags, b.host.Args, b.host.Shared.Value)
}

// hasPermission(scope[, reference]) is process.permission.has.
func (b *binding) hasPermission(c goja.FunctionCall) goja.Value {
	given := len(c.Arguments) > 1
	reference := ""
	if given {
		reference = c.Argument(1).String()
	}
	return b.vm.ToValue(b.permissions().Has(c.Argument(0).String(), reference, given))
}
