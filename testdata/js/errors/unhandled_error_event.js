'use strict';
// gonode: process
// What the report says of an 'error' event that nobody listens for.
const { spawnSync } = require('child_process');
function report(script) {
  const { stderr, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  const lines = stderr.split('\n').filter((line) => !/^node:|\(?node:[^ ]*\)?(?: \{)?$|lines matching|\[eval\]-wrapper/.test(line));
  console.log(status, lines.join('\n'));
}
report('const EventEmitter = require("events"); setImmediate(function later() { new EventEmitter().emit("error", new Error("made")) })');
report('class Mine extends require("events") {} const e = new RangeError("before"); function go() { new Mine().emit("error", e) } setImmediate(go)');
report('require("fs").createReadStream("/does/not/exist")');
report('new (require("stream").Readable)({ read() { this.destroy(new TypeError("from read")) } }).resume()');
