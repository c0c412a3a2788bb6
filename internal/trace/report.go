package trace

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// patience is how long a loop may take to say what keeps it alive.
const patience = time.Second

// Report writes why each loop is alive, and what those run that do not answer.
func (r *Recorder) Report(w io.Writer) {
	r.mu.Lock()
	tracks := append([]*Track(nil), r.tracks...)
	r.mu.Unlock()
	var b strings.Builder
	for _, t := range tracks {
		t.report(&b)
	}
	_, _ = io.WriteString(w, b.String())
}

func (t *Track) report(b *strings.Builder) {
	t.r.mu.Lock()
	gone := t.loop == nil || t.ended != 0
	t.r.mu.Unlock()
	if gone {
		return
	}
	answer := make(chan []Active, 1)
	late := time.NewTimer(patience)
	defer late.Stop()
	if !t.loop.Post(func() { answer <- t.Resources() }) {
		return
	}
	head := fmt.Sprintf("gonode[%d] %s", os.Getpid(), t.name)
	select {
	case list := <-answer:
		if len(list) == 0 {
			fmt.Fprintf(b, "%s: nothing keeps the loop alive\n", head)
			return
		}
		fmt.Fprintf(b, "%s: alive because of\n", head)
		for _, a := range list {
			a.write(b)
		}
	case <-late.C:
		t.blocked(b, head)
	}
}

func (a *Active) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %s", a.Kind)
	if a.Detail != "" {
		fmt.Fprintf(b, " %s", a.Detail)
	}
	if a.API != "" {
		fmt.Fprintf(b, ", by %s", a.API)
	}
	b.WriteString("\n")
	b.WriteString(a.Stack)
}

// blocked says what the loop has not come back from.
func (t *Track) blocked(b *strings.Builder, head string) {
	now := t.now()
	t.r.mu.Lock()
	defer t.r.mu.Unlock()
	for i := len(t.open) - 1; i >= 0; i-- {
		if s := &t.open[i]; s.kind != KindPhase {
			title := t.r.title(s)
			if s.kind == KindScript {
				title = "the main script"
			}
			fmt.Fprintf(b, "%s: the loop is blocked by %s for %v\n%s", head, title,
				(now - s.start).Round(time.Millisecond), t.r.stackText(s.stack, "    "))
			return
		}
	}
	fmt.Fprintf(b, "%s: the loop is blocked\n", head)
}
