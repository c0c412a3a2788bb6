package inspect

import (
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// FromCall is the JavaScript function inspect(value[, options]) with its
// older form inspect(value, showHidden, depth, colors).
func (in *Inspector) FromCall(call goja.FunctionCall) goja.Value {
	v := call.Argument(0)
	if len(call.Arguments) < 2 {
		return FromText(in.vm, in.Value(v))
	}
	second := call.Arguments[1]
	if opts, ok := second.(*goja.Object); ok && !isFunction(opts) {
		if len(call.Arguments) > 2 {
			c := in.fromObject(opts)
			in.legacy(c, call)
			c.load()
			return FromText(in.vm, c.top(v))
		}
		return FromText(in.vm, in.WithObject(v, opts))
	}
	o := in.Defaults
	c := &context{in: in, Options: &o}
	if b, ok := second.Export().(bool); ok {
		o.ShowHidden = b
	}
	in.legacy(c, call)
	c.load()
	return FromText(in.vm, c.top(v))
}

func (in *Inspector) legacy(c *context, call goja.FunctionCall) {
	if len(call.Arguments) < 3 {
		return
	}
	o := c.Options
	if d := call.Arguments[2]; !goja.IsUndefined(d) {
		o.DepthNull = goja.IsNull(d)
		o.Depth = math.Inf(1)
		if !o.DepthNull {
			o.Depth = d.ToFloat()
		}
	}
	if col := call.Argument(3); !goja.IsUndefined(col) {
		o.Colors = col.ToBoolean()
	}
}

// FormatWith is util.formatWithOptions.
func (in *Inspector) FormatWith(opts *goja.Object, args []goja.Value) string {
	c := in.fromObject(opts)
	return in.Format(args, c.Options, c.user)
}

// DefaultsObject is inspect.defaultOptions: one object, kept.
func (in *Inspector) DefaultsObject() *goja.Object {
	if in.defaultsObject == nil {
		in.defaultsObject = in.OptionsObject(&in.Defaults)
	}
	return in.defaultsObject
}

// SetDefaults merges an options object into inspect.defaultOptions.
func (in *Inspector) SetDefaults(opts *goja.Object) {
	obj := in.DefaultsObject()
	for _, k := range opts.Keys() {
		_ = obj.Set(k, opts.Get(k))
	}
	in.Read(&in.Defaults, obj, nil)
}

// IsError reports whether o is an error, natively or by inheritance.
func (in *Inspector) IsError(o *goja.Object) bool { return in.isError(o, gojax.KindOf(o)) }

// CurrentDefaults are the default options with what the program has changed.
func (in *Inspector) CurrentDefaults() *Options {
	if in.defaultsObject != nil {
		in.Read(&in.Defaults, in.defaultsObject, nil)
	}
	return &in.Defaults
}
