// Package trace records what an event loop does and writes it down for people:
// as Chrome trace-event JSON, or as one HTML page that draws the timeline.
//
// A [Recorder] belongs to a process (an isolate and its workers); each loop has
// a [Track] in it, which is the loop's observer. Memory is bounded: spans, pool
// jobs and handles are kept in rings, and the oldest go; counts, totals and the
// longest callbacks are those of the whole run.
//
// The package knows no JavaScript: the runtime tells it what a span runs, and
// gives stacks as frames.
package trace
