'use strict';
// --test: runs the files that the command line names, and writes the results.

const { codes } = require('internal/errors');
const { getOptionValue, hasOption } = require('internal/options');

function shard() {
  const text = getOptionValue('--test-shard');
  if (text === '') return undefined;
  const m = /^(\d+)\/(\d+)$/.exec(text);
  if (m === null) throw new codes.ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  return { __proto__: null, index: +m[1], total: +m[2] };
}

// Without isolation the tests of what --require and --import load are the
// files': the root is there before them.
function prepare() {
  if (getOptionValue('--test-isolation') !== 'none') return;
  const { commandLine } = require('internal/test_runner/harness');
  const { names, skips, only } = commandLine();
  require('internal/test_runner/test').setRoot({ names, skips, only, forceExit: false, timeout: undefined, concurrency: 1, shared: true });
}

function runMain() {
  const { Fan, commandLine } = require('internal/test_runner/harness');
  const { run } = require('internal/test_runner/runner');
  const config = commandLine();
  const none = getOptionValue('--test-isolation') === 'none';
  const concurrency = getOptionValue('--test-concurrency');
  const stream = run({
    globPatterns: process.argv.slice(1),
    concurrency: none ? 1 : hasOption('--test-concurrency') && concurrency > 0 ? concurrency : true,
    timeout: hasOption('--test-timeout') ? getOptionValue('--test-timeout') : undefined,
    watch: getOptionValue('--watch'),
    isolation: none ? 'none' : 'process',
    only: config.only,
    testNamePatterns: config.names,
    testSkipPatterns: config.skips,
    shard: shard(),
    forceExit: config.forceExit,
    globalSetupPath: getOptionValue('--test-global-setup') || undefined,
  });
  const fan = new Fan(config, (err) => {
    process._rawDebug(require('util').inspect(err));
    process.exit(7);
  });
  stream.on('data', ({ type, data }) => {
    fan.event(type, data);
    if (type === 'test:summary' && data.file === undefined && !data.success) process.exitCode = 1;
  });
  stream.on('end', () => fan.end(config.forceExit ? () => process.exit() : undefined));
  stream.on('error', (err) => { throw err; });
  const interrupted = () => {
    process.exitCode = 1;
    stream.runner.stop();
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  fan.begin(); // who reads this may interrupt
  stream.on('end', () => {
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
  });
}

module.exports = { prepare, runMain };
