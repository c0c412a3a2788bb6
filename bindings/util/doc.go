// Package util is node:util, node:sys and node:util/types, and the parts of
// them that other modules build on.
//
// internal/util/inspect (inspect, format and their kin) is Go throughout: see
// internal/inspect. internal/util/comparisons is the deep comparison, Go too.
// util.types answers from the engine's internal slots. parseArgs, MIMEType,
// diff and debuglog are JavaScript modules that are loaded when touched.
//
// # Missing
//
//   - getCallSites: scriptId is always "0"; sourceMap is checked, and source
//     maps that the loader knows are applied whatever it says.
//   - setTraceSigInt checks its argument and does nothing.
//   - inspect of an object whose prototype was set to null says "Object" where
//     V8 remembers the class that made it.
//   - [External: address]: there are no externals.
//
// # Deviations
//
//   - Some properties of util (parseArgs, MIMEType, TextEncoder ...) are
//     accessors until they are first read.
package util
