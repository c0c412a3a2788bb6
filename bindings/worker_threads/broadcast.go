package worker_threads

import (
	"sync"

	"github.com/gonode/gonode/internal/clone"
)

// hub knows the members of every broadcast channel of the process, and its threads.
type hub struct {
	mu       sync.Mutex
	channels map[string][]*endpoint // the members in the order of joining
	threads  map[int]*state
	coming   map[int][]*call  // being started, and the calls that wait for them
	calls    map[*call]*state // what threads have been asked and not answered
}

func newHub() any {
	return &hub{
		channels: map[string][]*endpoint{}, threads: map[int]*state{},
		coming: map[int][]*call{}, calls: map[*call]*state{},
	}
}

func (h *hub) join(name string) *endpoint {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := &endpoint{}
	h.channels[name] = append(h.channels[name], e)
	return e
}

func (h *hub) leave(name string, e *endpoint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	// A copy: somebody may be sending to the old list.
	var rest []*endpoint
	for _, o := range h.channels[name] {
		if o != e {
			rest = append(rest, o)
		}
	}
	if len(rest) == 0 {
		delete(h.channels, name)
	} else {
		h.channels[name] = rest
	}
}

// others returns the other members of a channel.
func (h *hub) others(name string, e *endpoint) []*endpoint {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*endpoint
	for _, o := range h.channels[name] {
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
