// Package fs is node:fs and node:fs/promises.
package fs
