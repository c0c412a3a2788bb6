// Package esm is ECMA-262's cyclic module records (16.2.1.6) for goja: linking,
// live bindings, namespaces, and evaluation with top-level await.
//
// What a specifier stands for and where source comes from is the host's
// business: it parses modules with [compile.ParseModule], makes a [Record] of
// each, fills in Deps, and calls [Graph.Link] and [Graph.Evaluate].
//
// A binding is a [gojax.Cell], a property that the exporting module's
// environment, its namespace and the environments of all importers share; so
// reading an import costs what reading a property costs. What is settled before
// the importing module starts (constants, functions and classes of modules that
// are in no cycle with it) is passed to it as a value instead, and costs what a
// local variable costs.
package esm
