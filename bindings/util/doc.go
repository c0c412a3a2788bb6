// Package util is node:util and node:sys, and the parts of it that other
// modules build on.
//
// internal/util/inspect (inspect, format and their kin) is Go throughout: see
// internal/inspect.
package util
