// Package module is node:module and the CommonJS loader.
//
// Resolution itself (extensions, package.json, "exports" and "imports",
// node_modules) is Go, in internal/loader. What scripts may patch is
// JavaScript: Module._load, _resolveFilename, _findPath, _nodeModulePaths,
// _resolveLookupPaths, _extensions, _cache, _pathCache, wrap and wrapper, and
// Module.prototype's require, load and _compile.
//
// ES modules (internal/modules/esm/loader) are lowered by internal/compile and
// linked here: import and export with live bindings and cycles, import(),
// top-level await, import.meta, JSON modules, data: URLs, require of modules
// without top-level await, --import, --input-type.
//
// # Missing
//
//   - Hooks for ES modules: --experimental-loader does nothing.
//   - WebAssembly modules; import() in eval and new Function.
//   - findSourceMap: source maps of loaded files are not read.
//   - register and registerHooks throw ERR_METHOD_NOT_IMPLEMENTED.
//   - enableCompileCache answers DISABLED: programs are compiled in memory.
//   - stripTypeScriptTypes throws ERR_METHOD_NOT_IMPLEMENTED.
//   - .node addons: process.dlopen throws ERR_DLOPEN_FAILED.
//
// # Deviations
//
//   - A missing export is found when the importing module is about to run, not
//     while linking. Names of a CommonJS module are those that it has exported
//     when it has run; they are not found by reading its source.
//   - Namespace objects are ordinary objects with getters: they have no
//     prototype and Module's tag, but their properties' descriptors differ.
//   - A package "imports" entry may name a built-in module for require, too.
package module
