// Package conformance runs every example of the document that gonode
// implements, and compares what it prints with what Node.js 24 printed.
//
// The examples stand verbatim in testdata/js/doc/NN-name/, each with what it
// needs beside it. "make conformance" prints the table; GOLDEN_NODE=…/node go
// test ./internal/conformance records the expectations anew.
package conformance
