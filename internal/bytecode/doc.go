// Package bytecode stores compiled programs, so that the built-in modules need
// not be parsed and compiled at every start.
//
// goja offers no stored form of a program. This one is taken from the program's
// memory by reflection and put back through unsafe pointers, in the manner of
// internal/gojax. What an instruction is called in memory, a build of the
// engine learns from the sampler: a script that is compiled at every start and
// uses every kind of instruction. The stored programs refer to the sampler's
// types by number, and carry the checksum of the sampler's own stored form. An
// engine that compiles it otherwise, or has other fields anywhere in it, does
// not match, and its programs are compiled from their source as if there were
// no store; so is a module whose source has changed since.
//
// Stores are written by make bytecode, read at start-up from the binary itself,
// and trusted.
package bytecode
