// Package runtime is one isolate: a goja VM, its event loop, the built-in
// modules and the process object. New, Run, Close.
//
// An isolate belongs to the goroutine that calls Run. Several may run side by
// side in one process; nothing is shared between them but compiled programs
// and what the embedder hands to more than one.
package runtime
