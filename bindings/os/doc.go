// Package os is node:os and node:constants.
//
// # Deviations
//
// cpus() on macOS has no times (they need Mach calls, which need cgo): zeros.
package os
