// Package buffer is node:buffer: Buffer, Blob, File, atob and btoa.
//
// Buffer is a Uint8Array subclass whose methods are Go functions; the memory is
// goja's own ArrayBuffer. Small allocations share a 64 KiB pool as in Node.
//
// # Deviations
//
// Allocations above 8 GiB throw what Node throws where there is no memory,
// whatever there is: Go cannot survive a failed allocation.
package buffer
