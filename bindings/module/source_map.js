'use strict';
// module.SourceMap: a source map's mappings, decoded on first use.

const { validateObject, validateBoolean } = require('internal/validators');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
let digits;

// One mapping: [line, column, source, source line, source column, name].
function decodeMappings(text, sources, names, out, baseLine, baseColumn) {
  if (digits === undefined) {
    digits = { __proto__: null };
    for (let i = 0; i < 64; i++) digits[alphabet[i]] = i;
  }
  let line = baseLine, column = baseColumn, source = 0, srcLine = 0, srcColumn = 0, name = 0, i = 0;
  const next = () => {
    let value = 0, shift = 0, digit;
    do {
      digit = digits[text[i++]];
      value |= (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    return value & 1 ? -(value >>> 1) : value >>> 1;
  };
  const more = () => i < text.length && text[i] !== ',' && text[i] !== ';';
  while (i < text.length) {
    if (text[i] === ';') {
      line++;
      column = 0;
      i++;
      continue;
    }
    if (text[i] === ',') {
      i++;
      continue;
    }
    column += next();
    if (!more()) {
      out.push([line, column]);
      continue;
    }
    source += next();
    srcLine += next();
    srcColumn += next();
    let named;
    if (more()) {
      name += next();
      named = names[name];
    }
    out.push([line, column, sources[source], srcLine, srcColumn, named]);
  }
}

class SourceMap {
  #payload;
  #mappings;
  #lineLengths;
  constructor(payload, { lineLengths } = { __proto__: null }) {
    validateObject(payload, 'payload');
    this.#payload = payload;
    this.#lineLengths = lineLengths;
  }

  get payload() { return JSON.parse(JSON.stringify(this.#payload)); }
  get lineLengths() { return this.#lineLengths?.slice(); }

  #all() {
    if (this.#mappings !== undefined) return this.#mappings;
    const out = [];
    const parts = Array.isArray(this.#payload.sections) ? this.#payload.sections :
      [{ map: this.#payload, offset: { line: 0, column: 0 } }];
    for (const { map, offset } of parts) {
      const root = map.sourceRoot ? `${map.sourceRoot.replace(/\/$/, '')}/` : '';
      const sources = (map.sources || []).map((s) => root + s);
      decodeMappings(map.mappings || '', sources, map.names || [], out, offset.line, offset.column);
    }
    return this.#mappings = out.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  findEntry(lineOffset, columnOffset) {
    const all = this.#all();
    let lo = 0, count = all.length;
    while (count > 1) {
      const step = count >> 1;
      const m = all[lo + step];
      if (lineOffset < m[0] || (lineOffset === m[0] && columnOffset < m[1])) {
        count = step;
      } else {
        lo += step;
        count -= step;
      }
    }
    const m = all[lo];
    if (m === undefined || (lo === 0 && (lineOffset < m[0] || (lineOffset === m[0] && columnOffset < m[1])))) return {};
    return {
      generatedLine: m[0], generatedColumn: m[1], originalSource: m[2],
      originalLine: m[3], originalColumn: m[4], name: m[5],
    };
  }

  findOrigin(lineNumber, columnNumber) {
    const range = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (range.originalSource === undefined || range.originalLine === undefined || range.originalColumn === undefined ||
        range.generatedLine === undefined || range.generatedColumn === undefined) {
      return {};
    }
    return {
      name: range.name,
      fileName: range.originalSource,
      lineNumber: range.originalLine + (lineNumber - 1 - range.generatedLine) + 1,
      columnNumber: range.originalColumn + (columnNumber - 1 - range.generatedColumn) + 1,
    };
  }
}

let support = { __proto__: null, enabled: false, nodeModules: false, generatedCode: false };
function getSourceMapsSupport() { return Object.freeze({ __proto__: null, ...support }); }
function setSourceMapsSupport(enabled, options = { __proto__: null }) {
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  support = { __proto__: null, enabled, nodeModules, generatedCode };
}
function findSourceMap() { return undefined; }

module.exports = { SourceMap, findSourceMap, getSourceMapsSupport, setSourceMapsSupport };
