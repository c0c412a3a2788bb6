// Package module is node:module and the loaders of CommonJS and ES modules.
//
// Resolution itself (extensions, package.json, "exports" and "imports",
// node_modules) is Go, in internal/loader. What scripts may patch is
// JavaScript: Module._load, _resolveFilename, _findPath, _nodeModulePaths,
// _resolveLookupPaths, _extensions, _cache, _pathCache, wrap and wrapper, and
// Module.prototype's require, load and _compile.
//
// ES modules are parsed by internal/compile and linked by internal/esm;
// internal/modules/esm/loader is the host's part: specifiers, formats,
// attributes, import.meta, import(), data: URLs, the names that CommonJS modules
// export, require() of ES modules, --import and --input-type.
//
// TypeScript and JSX (.ts, .mts, .cts, .tsx, .jsx) are lowered by esbuild, with
// the compiler options of the nearest tsconfig.json: enums, namespaces, parameter
// properties and decorators work without a flag.
//
// registerHooks runs its hooks in the importing thread, for import and require;
// register and --experimental-loader run theirs in an isolate of their own.
//
// # Missing
//
//   - WebAssembly modules and source phase imports.
//   - findSourceMap: source maps of loaded files are not read.
//   - register does not transfer message ports in its data.
//   - enableCompileCache answers DISABLED: programs are compiled in memory.
//   - stripTypeScriptTypes throws ERR_METHOD_NOT_IMPLEMENTED.
//   - .node addons: process.dlopen throws ERR_DLOPEN_FAILED.
//   - "paths" and "extends" of a tsconfig.json.
//
// # Deviations
//
//   - TypeScript that is more than types needs no --experimental-transform-types,
//     and is accepted below node_modules.
//   - Syntax errors that goja's compiler finds are thrown when a graph is linked.
//   - A package "imports" entry may name a built-in module for require, too.
package module
