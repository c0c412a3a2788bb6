'use strict';
const { readFile } = internalBinding('internal/modules/cjs/loader');
const { compileFunction, hasBuiltin } = internalBinding('runtime');
const builtin = require;
const cache = { __proto__: null };
function load(filename) {
  if (cache[filename]) return cache[filename].exports;
  const src = readFile(filename);
  if (src === undefined) throw new Error(`Cannot find module '${filename}'`);
  const module = cache[filename] = { id: filename, filename, exports: {} };
  const dir = filename.replace(/\/[^/]*$/, '');
  const require = (id) => {
    id = id.replace(/^node:/, '');
    if (id[0] === '.' || id[0] === '/') {
      let p = id[0] === '/' ? id : `${dir}/${id}`;
      for (const e of ['', '.js', '.json', '/index.js']) if (readFile(p + e) !== undefined) return load(p + e);
      throw new Error(`Cannot find module '${id}'`);
    }
    if (hasBuiltin(id)) return builtin(id);
    throw new Error(`Cannot find module '${id}'`);
  };
  if (filename.endsWith('.json')) return module.exports = JSON.parse(src);
  compileFunction(src, filename, ['exports', 'require', 'module', '__filename', '__dirname'])
    .call(module.exports, module.exports, require, module, filename, dir);
  return module.exports;
}
exports.load = load;
