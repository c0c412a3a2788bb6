package trace

import (
	"fmt"
	"strings"
)

// stackTable numbers stacks. A stack is a path in a tree, so that stacks that
// begin alike share memory; node 0 is the empty one.
type stackTable struct {
	nodes []stackNode
	ids   map[stackNode]uint32
	limit int
}

type stackNode struct {
	parent uint32 // towards the callers
	value  uint32 // a frame; in a stack's last node the name of what was called
	leaf   bool
}

func newStackTable() *stackTable {
	return &stackTable{nodes: make([]stackNode, 1), ids: map[stackNode]uint32{}, limit: maxNodes}
}

func (t *stackTable) node(n stackNode) uint32 {
	id, ok := t.ids[n]
	if !ok && len(t.nodes) < t.limit {
		id = uint32(len(t.nodes))
		t.nodes = append(t.nodes, n)
		t.ids[n] = id
	}
	return id
}

func (t *stackTable) number(api uint32, frames []uint32) uint32 {
	if api == 0 && len(frames) == 0 {
		return 0
	}
	var at uint32
	for i := len(frames) - 1; i >= 0; i-- {
		if at = t.node(stackNode{parent: at, value: frames[i]}); at == 0 {
			return 0
		}
	}
	return t.node(stackNode{parent: at, value: api, leaf: true})
}

// path is what number was given; the frames innermost first.
func (t *stackTable) path(stack uint32) (api uint32, frames []uint32) {
	if stack == 0 {
		return 0, nil
	}
	n := t.nodes[stack]
	for p := n.parent; p != 0; p = t.nodes[p].parent {
		frames = append(frames, t.nodes[p].value)
	}
	return n.value, frames
}

func (f Frame) String() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Col)
	}
	if f.Func == "" {
		return place
	}
	return f.Func + " (" + place + ")"
}

// api is what was called to queue or open what has this stack.
func (r *Recorder) api(stack uint32) string {
	api, _ := r.stacks.path(stack)
	return r.strings[api]
}

// place is the innermost frame of a stack.
func (r *Recorder) place(stack uint32) string {
	if _, frames := r.stacks.path(stack); len(frames) > 0 {
		return r.frames[frames[0]].String()
	}
	return ""
}

func (r *Recorder) stackText(stack uint32, indent string) string {
	_, frames := r.stacks.path(stack)
	var b strings.Builder
	for _, f := range frames {
		fmt.Fprintf(&b, "%sat %s\n", indent, r.frames[f])
	}
	return b.String()
}
