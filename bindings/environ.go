package bindings

import (
	"os"
	"slices"
	"strings"
	"sync"
)

// Environ is a set of environment variables that process.env is a live view
// of. It is safe for concurrent use: workers may share their parent's.
type Environ struct {
	mu   sync.Mutex
	vars map[string]string
	// keys keeps insertion order, which is that of Object.keys(process.env).
	keys []string
	real bool // write through to the process's own environment
}

// NewEnviron returns a set that holds environ ("KEY=value" strings).
func NewEnviron(environ []string) *Environ {
	e := &Environ{vars: make(map[string]string, len(environ))}
	for _, kv := range environ {
		// Windows has variables such as "=C:"; the name is never empty.
		if i := strings.IndexByte(kv[min(1, len(kv)):], '='); i >= 0 {
			e.Set(kv[:i+1], kv[i+2:])
		}
	}
	return e
}

// ProcessEnviron is the process's own environment; setting a variable sets it there too.
func ProcessEnviron() *Environ {
	e := NewEnviron(os.Environ())
	e.real = true
	return e
}

// Get returns a variable's value and whether it is set.
func (e *Environ) Get(key string) (string, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.vars[key]
	return v, ok
}

// Set sets a variable.
func (e *Environ) Set(key, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.vars[key]; !ok {
		e.keys = append(e.keys, key)
	}
	e.vars[key] = value
	if e.real {
		_ = os.Setenv(key, value)
	}
}

// Delete removes a variable; removing one that is not there is no error.
func (e *Environ) Delete(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := e.vars[key]; ok {
		delete(e.vars, key)
		e.keys = slices.DeleteFunc(e.keys, func(k string) bool { return k == key })
	}
	if e.real {
		_ = os.Unsetenv(key)
	}
}

// Keys returns the names, in the order in which they were first set.
func (e *Environ) Keys() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.keys)
}

// Copy returns an independent set with the same variables.
func (e *Environ) Copy() *Environ { return NewEnviron(e.List()) }

// List returns the variables as "KEY=value" strings.
func (e *Environ) List() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]string, len(e.keys))
	for i, k := range e.keys {
		out[i] = k + "=" + e.vars[k]
	}
	return out
}
