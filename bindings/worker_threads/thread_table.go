package worker_threads

import "github.com/dop251/goja"

// threadTable is the natives of Worker objects, and of the worker's own side.
func (st *state) threadTable(def func(string, func(goja.FunctionCall) goja.Value)) {
	vm := st.vm
	thread := func(v goja.Value) *thread { return st.threads[int(v.ToInteger())] }
	def("checkOptions", func(c goja.FunctionCall) goja.Value { st.spec(c.Argument(0)); return nil })
	def("newThread", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(st.newThread(c.Argument(0).ToObject(vm)))
	})
	def("dropThread", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil {
			st.dropThread(t)
		}
		return nil
	})
	def("spawn", st.spawn)
	def("terminate", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil {
			t.child.Terminate()
		}
		return nil
	})
	def("threadRef", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil {
			if c.Argument(1).ToBoolean() {
				t.handle.Ref()
			} else {
				t.handle.Unref()
			}
		}
		return nil
	})
	def("threadHasRef", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil {
			return vm.ToValue(t.handle.HasRef())
		}
		return goja.Undefined()
	})
	// [total, idle] milliseconds of the worker's loop
	def("threadTimes", func(c goja.FunctionCall) goja.Value {
		t := thread(c.Argument(0))
		if t == nil || t.child == nil {
			return goja.Undefined()
		}
		total, idle := t.child.LoopTimes()
		if total == 0 {
			return goja.Undefined()
		}
		return vm.NewArray(float64(total)/1e6, float64(idle)/1e6)
	})
	def("stdinWrite", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil && t.stdin != nil {
			b, _ := st.env.Bytes(c.Argument(1))
			t.stdin.write(b)
		}
		return nil
	})
	def("stdinEnd", func(c goja.FunctionCall) goja.Value {
		if t := thread(c.Argument(0)); t != nil && t.stdin != nil {
			_ = t.stdin.Close()
		}
		return nil
	})
	def("startOf", st.startOf)
	def("reportError", func(c goja.FunctionCall) goja.Value {
		if s, ok := st.env.Host().Worker.(*start); ok {
			s.report(st.codec.Encode(c.Argument(0), nil))
		}
		return nil
	})
}

// startOf is, in a worker, what it was started with.
func (st *state) startOf(goja.FunctionCall) goja.Value {
	s, ok := st.env.Host().Worker.(*start)
	if !ok {
		return goja.Undefined()
	}
	if s.stdin != nil {
		st.env.OnCleanup(func() { _ = s.stdin.Close() })
	}
	res := st.vm.NewObject()
	_ = res.Set("data", st.codec.Decode(s.data))
	_ = res.Set("port", st.adopt(s.end).object)
	_ = res.Set("filename", s.spec.filename)
	if s.spec.source != nil {
		_ = res.Set("source", *s.spec.source)
	}
	if s.spec.url != nil {
		_ = res.Set("url", *s.spec.url)
	}
	s.online()
	return res
}
