// Package module is node:module and the CommonJS loader.
//
// Resolution itself (extensions, package.json, "exports" and "imports",
// node_modules) is Go, in internal/loader. What scripts may patch is
// JavaScript: Module._load, _resolveFilename, _findPath, _nodeModulePaths,
// _resolveLookupPaths, _extensions, _cache, _pathCache, wrap and wrapper, and
// Module.prototype's require, load and _compile.
//
// # Missing
//
//   - register and registerHooks throw ERR_METHOD_NOT_IMPLEMENTED.
//   - enableCompileCache answers DISABLED: programs are compiled in memory.
//   - stripTypeScriptTypes throws ERR_METHOD_NOT_IMPLEMENTED.
//   - .node addons: process.dlopen throws ERR_DLOPEN_FAILED.
//
// # Deviations
//
//   - A package "imports" entry may name a built-in module for require, too.
package module
