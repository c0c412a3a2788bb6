package trace

import (
	_ "embed"
	"os"
	"strings"
	"time"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// page is the self-contained HTML page: the viewer, and the data as JSON.
func (r *Recorder) page(s *snapshot) []byte {
	head, tail, _ := strings.Cut(pageHTML, "{{data}}")
	fill := strings.NewReplacer("{{title}}", htmlEscape(r.o.Title), "{{css}}", pageCSS, "{{js}}", pageJS)
	w := &jsonWriter{}
	w.raw(fill.Replace(head))
	r.data(w, s)
	w.raw(fill.Replace(tail))
	return w.b
}

func htmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// list writes an array of n elements.
func (w *jsonWriter) list(n int, element func(i int)) {
	w.raw("[")
	for i := range n {
		if i > 0 {
			w.raw(",")
		}
		element(i)
	}
	w.raw("]")
}

// row writes an array of numbers.
func (w *jsonWriter) row(values ...int64) { w.list(len(values), func(i int) { w.int(values[i]) }) }

// data is what the page draws. Times are in nanoseconds; -1 is not yet.
func (r *Recorder) data(w *jsonWriter, s *snapshot) {
	w.raw(`{"version":1,"title":`)
	w.str(r.o.Title)
	w.raw(`,"args":`)
	w.list(len(r.o.Args), func(i int) { w.str(r.o.Args[i]) })
	w.raw(`,"pid":`)
	w.int(int64(os.Getpid()))
	w.raw(`,"start":`)
	w.str(r.zero.Format(time.RFC3339))
	w.raw(`,"end":`)
	w.int(int64(s.now))
	w.raw(`,"dropped":`)
	w.row(int64(r.spans.dropped), int64(r.jobs.dropped), int64(r.handles.dropped))
	w.raw(`,"kinds":`)
	w.list(len(kindNames), func(i int) { w.str(kindNames[i]) })
	w.raw(`,"phases":`)
	w.list(len(phaseOrder), func(i int) { w.str(phaseOrder[i].String()) })
	w.raw(`,"poolThreads":`)
	w.int(int64(len(r.lanes)))
	// [function, file, line, column]
	w.raw(",\n\"frames\":")
	w.list(len(r.frames), func(i int) {
		f := r.frames[i]
		w.raw("[")
		w.str(f.Func)
		w.raw(",")
		w.str(f.File)
		w.raw(",")
		w.int(int64(f.Line))
		w.raw(",")
		w.int(int64(f.Col))
		w.raw("]")
	})
	// [parent, frame or name, is a name]
	w.raw(",\n\"stacks\":")
	w.list(len(r.stacks.nodes), func(i int) {
		n := r.stacks.nodes[i]
		leaf := int64(0)
		if n.leaf {
			leaf = 1
		}
		w.row(int64(n.parent), int64(n.value), leaf)
	})
	w.raw(",\n\"tracks\":")
	w.list(len(r.tracks), func(i int) { r.trackData(w, r.tracks[i]) })
	// [track, kind, phase, depth, title, stack, start, dur, self, kind of callback]
	w.raw(",\n\"spans\":")
	w.list(len(s.spans), func(i int) { r.span(w, &s.spans[i]) })
	w.raw(",\n\"longest\":")
	w.list(len(r.longest), func(i int) { r.span(w, &r.longest[i]) })
	// [id, track, lane, kind, stack, title, queued, started, finished, done]
	w.raw(",\n\"jobs\":")
	w.list(len(s.jobs), func(i int) {
		j := &s.jobs[i]
		w.row(int64(j.id), int64(j.track), int64(j.lane), int64(j.kind), int64(j.stack), int64(r.name(r.jobTitle(j))),
			int64(j.queued), int64(j.started), int64(j.finished), int64(j.done))
	})
	// [id, track, kind, stack, is a request, opened, closed]
	w.raw(",\n\"handles\":")
	w.list(len(s.handles), func(i int) {
		h := &s.handles[i]
		request := int64(0)
		if h.request {
			request = 1
		}
		w.row(int64(h.id), int64(h.track), int64(h.kind), int64(h.stack), request, int64(h.opened), int64(h.closed))
	})
	// Last: the titles above have added names.
	w.raw(",\n\"names\":")
	w.list(len(r.strings), func(i int) { w.str(r.strings[i]) })
	w.raw("}\n")
}

func (r *Recorder) span(w *jsonWriter, x *span) {
	w.row(int64(x.track), int64(x.kind), int64(x.phase), int64(x.depth), int64(r.name(r.title(x))), int64(x.stack),
		int64(x.start), int64(x.dur), int64(x.self), int64(x.name))
}

func (r *Recorder) trackData(w *jsonWriter, t *Track) {
	w.raw(`{"name":`)
	w.str(t.name)
	w.raw(`,"thread":`)
	w.int(int64(t.thread))
	w.raw(`,"began":`)
	w.int(int64(t.began))
	w.raw(`,"ended":`)
	w.int(int64(t.ended))
	w.raw(`,"turns":`)
	w.int(int64(t.turns))
	w.raw(`,"waited":`)
	w.int(int64(t.waited))
	// By phase, and by kind of span: [entered, callbacks, in callbacks, in the phase, longest]
	stats := func(list []phaseStats) {
		w.list(len(list), func(i int) {
			st := &list[i]
			w.raw("[")
			w.int(int64(st.entered))
			w.raw(",")
			w.int(int64(st.callbacks))
			w.raw(",")
			w.int(int64(st.total))
			w.raw(",")
			w.int(int64(st.inside))
			w.raw(",")
			if st.callbacks > 0 {
				r.span(w, &st.longest)
			} else {
				w.raw("null")
			}
			w.raw("]")
		})
	}
	w.raw(`,"phases":`)
	stats(t.stats[:])
	w.raw(`,"kinds":`)
	stats(t.kinds[:])
	w.raw("}")
}
