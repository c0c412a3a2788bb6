// What Error.prepareStackTrace is told of each frame.
const methods = ['getColumnNumber', 'getEnclosingColumnNumber', 'getEnclosingLineNumber', 'getEvalOrigin', 'getFileName', 'getFunctionName',
  'getLineNumber', 'getMethodName', 'getPromiseIndex', 'getScriptNameOrSourceURL', 'getTypeName', 'isAsync', 'isConstructor', 'isEval', 'isNative',
  'isPromiseAll', 'isToplevel', 'toString'];
Error.prepareStackTrace = (error, sites) => sites;
function show(site) {
  const out = {};
  for (const name of methods) {
    const value = site[name]();
    out[name] = typeof value === 'string' ? value.replaceAll(__dirname, '<dir>') : value;
  }
  console.log(out);
}
function Made() { this.sites = new Error('x').stack; }
const made = new Made();
show(made.sites[0]);
console.log(made.sites[0].getFunction() === Made, made.sites[0].getThis() === made);
const object = { method() { return new Error('x').stack; } };
const sites = object.method();
show(sites[0]);
console.log(sites[0].getFunction() === object.method, sites[0].getThis() === object);
show(eval('new Error("x").stack')[0]);
function strict() {
  'use strict';
  return new Error('x').stack;
}
console.log(strict()[0].getFunction(), strict()[0].getThis(), strict()[1].getFunction());
const target = {};
(function named() { Error.captureStackTrace(target, named); })();
console.log(target.stack[0].getLineNumber(), target.stack[0].constructor.name, Object.keys(target.stack[0]));
try {
  target.stack[0].getFileName.call({});
} catch (err) {
  console.log(err.message);
}
