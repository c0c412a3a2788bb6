'use strict';
// What the command line says of the tests, and where their events go.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');

// "/a b/i" is a regular expression with flags, other text one without.
function pattern(text, name) {
  const m = /^\/(.*)\/([a-z]*)$/.exec(text);
  try {
    return m === null ? new RegExp(text) : new RegExp(m[1], m[2]);
  } catch (err) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, text, `is an invalid regular expression.${err?.message ? ` ${err.message}` : ''}`);
  }
}

function patterns(name) {
  const list = getOptionValue(name);
  return list.length === 0 ? undefined : list.map((text) => pattern(text, name));
}

let config;
function commandLine() {
  if (config !== undefined) return config;
  const isChild = process.env.NODE_TEST_CONTEXT === 'child-v8';
  let reporters = getOptionValue('--test-reporter').slice();
  let destinations = getOptionValue('--test-reporter-destination').slice();
  if (isChild) {
    reporters = [];
    destinations = [];
  } else {
    if (reporters.length === 0 && destinations.length === 0) reporters.push('spec');
    if (reporters.length === 1 && destinations.length === 0) destinations.push('stdout');
    if (reporters.length !== destinations.length) {
      throw new codes.ERR_INVALID_ARG_VALUE('--test-reporter', reporters, 'must match the number of specified \'--test-reporter-destination\'');
    }
  }
  return config = {
    __proto__: null, isChild, reporters, destinations,
    names: patterns('--test-name-pattern'), skips: patterns('--test-skip-pattern'), only: getOptionValue('--test-only'),
    forceExit: getOptionValue('--test-force-exit'),
    timeout: getOptionValue('--test-timeout') || undefined,
  };
}

// Where a built-in format writes: at once, so that nothing is lost when the
// process ends.
class Writer {
  constructor(Format, write) {
    this.format = new Format();
    this.write = write;
  }

  event(type, data) {
    if (type === 'test:enqueue' || type === 'test:dequeue' || type === 'test:complete') return; // no format writes them
    const parts = this.format.event(type, data);
    if (parts.length > 0) this.write(parts.join(''));
  }

  end() {
    const parts = this.format.end();
    if (parts.length > 0) this.write(parts.join(''));
  }
}

function destination(name) {
  if (name === 'stdout' || name === 'stderr') return (text) => process[name].write(text);
  const fs = require('fs');
  const fd = fs.openSync(name, 'w');
  return (text) => fs.writeSync(fd, text);
}

// A reporter of the user's own: a module's default export.
async function loadReporter(name) {
  const { importModule } = require('internal/modules/esm/loader');
  const { pathToFileURL } = require('internal/url');
  const path = require('path');
  const parent = path.join(process.cwd(), 'x.js');
  const specifier = path.isAbsolute(name) ? pathToFileURL(name).href : name;
  const loaded = await importModule(specifier, parent, undefined);
  let reporter = loaded.default ?? loaded;
  if (reporter.default !== undefined && typeof reporter !== 'function') reporter = reporter.default;
  if (typeof reporter === 'function' && reporter.prototype !== undefined && Object.getOwnPropertyDescriptor(reporter.prototype, 'constructor') &&
      typeof reporter.prototype.pipe === 'function') reporter = new reporter();
  if (!reporter) throw new codes.ERR_INVALID_ARG_VALUE('Reporter', name, 'is not a valid reporter');
  return reporter;
}

// Gives each event to all reporters; events wait until the last one is loaded.
class Fan {
  constructor(config, onFailure) {
    const { formats } = require('internal/test_runner/formats');
    this.writers = [];
    this.stream = undefined;
    const own = [];
    for (let i = 0; i < config.reporters.length; i++) {
      const name = config.reporters[i];
      if (formats[name] !== undefined) this.writers.push(new Writer(formats[name], destination(config.destinations[i])));
      else if (name === 'lcov') destination(config.destinations[i]); // an empty report: nothing is covered
      else own.push([name, config.destinations[i]]);
    }
    if (own.length === 0) return;
    const { TestsStream } = require('internal/test_runner/tests_stream');
    this.stream = new TestsStream();
    this.loading = this.load(own).catch((err) => {
      if (onFailure !== undefined) return onFailure(err);
      process.nextTick(() => { throw err; });
    });
  }

  async load(own) {
    const { compose } = require('stream');
    const done = [];
    for (let i = 0; i < own.length; i++) {
      const reporter = await loadReporter(own[i][0]);
      const out = own[i][1] === 'stdout' ? process.stdout : own[i][1] === 'stderr' ? process.stderr :
        require('fs').createWriteStream(own[i][1]);
      const text = compose(this.stream, reporter);
      text.pipe(out, { end: out !== process.stdout && out !== process.stderr });
      done.push(new Promise((resolve) => { text.on('close', resolve); text.on('end', resolve); }));
    }
    this.done = Promise.all(done);
  }

  // What stands at the head of the results is written before there are any.
  begin() {
    for (let i = 0; i < this.writers.length; i++) {
      const text = this.writers[i].format.begin?.();
      if (text !== undefined) this.writers[i].write(text);
    }
  }

  event(type, data) {
    for (let i = 0; i < this.writers.length; i++) this.writers[i].event(type, data);
    this.stream?.send(type, data);
  }

  end(then) {
    for (let i = 0; i < this.writers.length; i++) this.writers[i].end();
    if (this.stream === undefined) return then?.();
    this.stream.end();
    if (then !== undefined) this.loading.then(() => this.done).then(then, then);
  }
}

// A child of run(): its events go to the parent, between what the file prints.
class Frames {
  event(type, data) { require('internal/test_runner/frames').send(type, data); }
  end(then) { then?.(); }
}

function sinkFor(config) { return config.isChild ? new Frames() : new Fan(config); }

module.exports = { Fan, commandLine, pattern, sinkFor };
