package worker_threads

import (
	"sync"

	"github.com/gonode/gonode/internal/clone"
)

// hub knows the members of every broadcast channel of the process.
type hub struct {
	mu       sync.Mutex
	channels map[string]map[*endpoint]struct{}
}

func newHub() any { return &hub{channels: map[string]map[*endpoint]struct{}{}} }

func (h *hub) join(name string) *endpoint {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.channels[name] == nil {
		h.channels[name] = map[*endpoint]struct{}{}
	}
	e := &endpoint{}
	h.channels[name][e] = struct{}{}
	return e
}

func (h *hub) leave(name string, e *endpoint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.channels[name], e)
	if len(h.channels[name]) == 0 {
		delete(h.channels, name)
	}
}

// others returns the other members of a channel.
func (h *hub) others(name string, e *endpoint) []*endpoint {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*endpoint
	for o := range h.channels[name] {
		if o != e {
			list = append(list, o)
		}
	}
	return list
}

// send gives each of the others a message of its own: a buffer in it belongs
// to whoever decodes it.
func (h *hub) send(name string, e *endpoint, encode func() *clone.Message) {
	list := h.others(name, e)
	if len(list) == 0 {
		encode() // what cannot be cloned throws also when nobody listens
	}
	for _, o := range list {
		o.deliver(encode())
	}
}
