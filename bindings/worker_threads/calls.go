package worker_threads

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/clone"
)

// call is a question to another thread. It is answered once: by the thread, or
// by the hub when that ends. The status is empty for an answer, "threw" for an
// exception (the message then), "none" if nobody was there to answer, "gone"
// if the thread is not.
type call struct {
	ask   func(*state) (m *clone.Message, status string) // on the thread
	reply func(m *clone.Message, status string)          // on whatever goroutine ends it
}

// expect announces a thread that is being started: calls wait for it.
func (h *hub) expect(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.coming[id] = nil
}

func (h *hub) enlist(id int, st *state) {
	h.mu.Lock()
	h.threads[id] = st
	waiting := h.coming[id]
	delete(h.coming, id)
	h.mu.Unlock()
	for _, c := range waiting {
		h.ask(id, c)
	}
}

// forget is for a thread that has ended: it may never have come.
func (h *hub) forget(id int) {
	h.mu.Lock()
	waiting := h.coming[id]
	delete(h.coming, id)
	h.mu.Unlock()
	for _, c := range waiting {
		c.reply(nil, "gone")
	}
}

// retire takes a thread off the list, and ends the calls that it will not answer.
func (h *hub) retire(st *state) {
	h.mu.Lock()
	var lost []*call
	for c, to := range h.calls {
		if to == st {
			lost = append(lost, c)
		}
	}
	delete(h.threads, st.env.Host().ThreadID)
	h.mu.Unlock()
	for _, c := range lost {
		h.finish(c, nil, "gone")
	}
}

// ask puts a call to a thread.
func (h *hub) ask(id int, c *call) {
	h.mu.Lock()
	if list, ok := h.coming[id]; ok {
		h.coming[id] = append(list, c)
		h.mu.Unlock()
		return
	}
	st := h.threads[id]
	h.calls[c] = st
	h.mu.Unlock()
	if st == nil || !st.env.Loop().Post(func() {
		m, status := c.ask(st)
		h.finish(c, m, status)
	}) {
		h.finish(c, nil, "gone")
	}
}

// finish replies, unless somebody has.
func (h *hub) finish(c *call, m *clone.Message, status string) {
	h.mu.Lock()
	_, open := h.calls[c]
	delete(h.calls, c)
	h.mu.Unlock()
	if open {
		c.reply(m, status)
	}
}

// replyTo makes a call's reply, which calls fn(status, value) on this loop and
// keeps it alive until then.
func (st *state) replyTo(fn goja.Callable) func(*clone.Message, string) {
	req := st.env.Loop().NewRequest("WorkerMessage")
	return func(m *clone.Message, status string) {
		st.env.Loop().Post(func() {
			req.Done()
			st.env.Enter(func() {
				v := goja.Undefined()
				if m != nil {
					v = st.codec.Decode(m)
				}
				st.must(fn(goja.Undefined(), st.vm.ToValue(status), v))
			})
		})
	}
}

func (st *state) messengerTable(def func(string, func(goja.FunctionCall) goja.Value)) {
	// ask(id, what, arg, callback(status, value)) has that thread's hook answer
	def("ask", func(c goja.FunctionCall) goja.Value {
		id, what := int(c.Argument(0).ToInteger()), c.Argument(1).String()
		arg := st.codec.Encode(c.Argument(2), nil)
		fn, _ := goja.AssertFunction(c.Argument(3))
		st.hub.ask(id, &call{
			ask:   func(to *state) (*clone.Message, string) { return to.answerTo(what, arg) },
			reply: st.replyTo(fn),
		})
		return nil
	})
	// threadPost(id, value, list, callback(status)) is postMessageToThread
	def("threadPost", func(c goja.FunctionCall) goja.Value {
		id := int(c.Argument(0).ToInteger()) // may throw: before there is a request
		m := st.codec.Encode(c.Argument(1), st.transferList(c.Argument(2)))
		fn, _ := goja.AssertFunction(c.Argument(3))
		source := st.env.Host().ThreadID
		reply := st.replyTo(fn)
		st.hub.ask(id, &call{
			ask: func(to *state) (*clone.Message, string) { return nil, to.receiveFrom(source, m) },
			reply: func(_ *clone.Message, status string) {
				if status == "gone" {
					discard(m)
				}
				reply(nil, status)
			},
		})
		return nil
	})
}

// answerTo asks the JavaScript of this thread.
func (st *state) answerTo(what string, arg *clone.Message) (m *clone.Message, status string) {
	status = "gone"
	st.env.Enter(func() {
		status = ""
		if ex := st.vm.Try(func() {
			v, err := st.answer(goja.Undefined(), st.vm.ToValue(what), st.codec.Decode(arg))
			if err != nil {
				panic(err)
			}
			m = st.codec.Encode(v, nil)
		}); ex != nil {
			m, status = st.codec.Encode(ex.Value(), nil), "threw"
		}
	})
	return m, status
}

// receiveFrom emits a message of another thread.
func (st *state) receiveFrom(source int, m *clone.Message) (status string) {
	if st.threadMessage == nil {
		return "none"
	}
	status = "gone"
	st.env.Enter(func() {
		v, err := st.threadMessage(goja.Undefined(), st.codec.Decode(m), st.vm.ToValue(source))
		st.must(v, err)
		status = v.String()
	})
	return status
}
