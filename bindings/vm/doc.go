// Package vm is node:vm: scripts, contexts, functions compiled from text.
//
// A context is a scope, not a realm. Its scripts look up their free names in
// the sandbox object, then among the built-ins, never in the main context;
// what they declare or assign lands on the sandbox; let, const and class
// persist between the scripts of a context. docs/RATIONALE.md says how, and
// what else was tried.
//
// # Deviations
//
// Built-ins are shared: vm.runInNewContext('Array') === Array, and what a
// script changes on a prototype changes everywhere. The global object of a
// context has its own table of them, though: assigning to Array in a context
// changes that context only.
//
// A direct eval in a function of a context sees the variables around it, but
// a this of its own, or a function that it makes and that is called without a
// receiver, is the main context's global object. Functions made by other means
// than Function(…) and new Function(…) (a function's constructor property) live
// in the main context.
//
// timeout and breakOnSigint stop JavaScript between two operations: one long
// native call (a sort) is not interrupted.
//
// Module, SourceTextModule and SyntheticModule are there with
// --experimental-vm-modules, as in Node. All contexts share one queue of promise
// jobs, which microtaskMode 'afterEvaluate' parts for the time of an evaluation.
//
// cachedData is a fingerprint of the source, which is what a rejection is
// decided by: programs are not restored from it. measureMemory counts the
// whole process's heap; contexts have no share of their own.
//
// # Missing
//
// Source phase imports; codeGeneration.wasm.
package vm
