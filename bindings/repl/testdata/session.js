'use strict';
// What a session that is not on a terminal writes, line for line.
const { PassThrough } = require('stream');
const repl = require('repl');
const input = new PassThrough();
const output = new PassThrough().setEncoding('utf8');
let text = '';
output.on('data', (d) => { text += d; });
const server = repl.start({ input, output, terminal: false, useGlobal: false });
server.on('exit', () => console.log(text));
const lines = ['1 + 1', 'const a = 5', 'a', '{ a: 1 }', '{ a: 1 }.a', '{}', 'function f() {', 'return 2', '}', 'f()', '`a', 'b`', '("x"', '.charAt(0))',
  '.1', '.nope', '_', 'throw new Error("boom")', '_error.message', 'throw { a: 1 }', 'throw null', 'nope', '(2 + 3))', '...[]',
  'undefined', 'null', '', '// comment', "'use strict'; 0", '[1, 2, 3]', 'new Map([[1, { a: 2 }]])', 'path.sep', 'module.id', 'npm install x', 'function g() {', '.break', '({}).x',
  'import fs from "fs"', 'import { a as b, c } from "m"', 'import * as n from "m"', 'import "m"', '.clear', 'typeof f', '.help', '.save', '.load', '_ = 3', '_', '.exit'];
for (const line of lines) input.write(`${line}\n`);
