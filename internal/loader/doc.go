// Package loader resolves module specifiers as Node does: CommonJS's search
// through extensions, package.json and node_modules, and the package
// "exports" and "imports" algorithms that ES modules share. It knows files
// only through the FS seam, and no JavaScript.
package loader
