// Package ecma holds the ECMAScript built-ins that goja lacks. Each is a
// native made when a script first touches its global.
package ecma
