// Package bytecode stores compiled programs, so that the built-in modules need
// not be parsed and compiled at every start.
//
// goja offers no stored form of a program. This one is taken from the program's
// memory by reflection and put back through unsafe pointers, in the manner of
// internal/gojax. The instructions' types are stored by name and looked up in
// the binary's own list of types. A store is used only by the version of the
// engine that compiled its programs, and only if all fields are where they
// were. A binary that does not say which version it has, as tests' binaries do
// not, compiles the sampler, whose stored form must have the checksum that the
// store carries. Where any of this does not hold, programs are compiled from
// their source as if there were no store; so is a module whose source has
// changed since, and one with instructions that internal/gojax has replaced.
//
// Stores are written by make bytecode, read at start-up from the binary itself,
// and trusted.
package bytecode
