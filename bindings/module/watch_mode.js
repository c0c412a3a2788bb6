'use strict';
// --watch: the program runs in a child process, which tells what it loads, and
// is started again when one of these files changes.

const { EventEmitter } = require('events');
const { getOptionValue } = require('internal/options');
const path = require('path');

const kDebounce = 200; // ms: an editor writes a file in several steps

// FilesWatcher watches single files, through the folders that they are in, and whole folders.
class FilesWatcher extends EventEmitter {
  #folders = new Map(); // folder -> fs.FSWatcher
  #files = new Set();
  #owners = new Map();  // file -> who wants to know
  #changed = new Set();
  #timer;

  filterFile(file, owner) {
    file = path.resolve(file);
    if (owner !== undefined) {
      if (!this.#owners.has(file)) this.#owners.set(file, new Set());
      this.#owners.get(file).add(owner);
    }
    if (this.#files.has(file)) return;
    this.#files.add(file);
    this.watchPath(path.dirname(file), false);
  }

  watchPath(name, recursive = true) {
    const fs = require('fs');
    const known = this.#folders.get(name);
    if (known !== undefined && (known.everything || !recursive)) return;
    known?.watcher.close();
    let watcher;
    try {
      watcher = fs.watch(name, { recursive: recursive && fs.statSync(name).isDirectory() });
    } catch (err) {
      if (recursive) throw err;
      return; // a folder that is gone has no files to change
    }
    this.#folders.set(name, { watcher, everything: recursive });
    watcher.on('error', () => {});
    watcher.on('change', (type, entry) => {
      const file = recursive && path.resolve(name) === path.resolve(name, `${entry}`) ? name : path.resolve(name, `${entry ?? ''}`);
      if (recursive || this.#files.has(file)) this.#note(file);
    });
  }

  // Listens to what a child says of the files that it has loaded.
  watchChild(child, owner) {
    child.on('message', (message) => {
      const list = message?.['watch:require'] ?? message?.['watch:import'];
      if (!Array.isArray(list)) return;
      for (let i = 0; i < list.length; i++) {
        this.filterFile(list[i].startsWith('file:') ? require('internal/url').fileURLToPath(list[i]) : list[i], owner);
      }
    });
  }

  #note(file) {
    this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const owners = new Set();
      for (const f of this.#changed) for (const o of this.#owners.get(f) ?? []) owners.add(o);
      const files = this.#changed;
      this.#changed = new Set();
      this.emit('changed', { owners, files });
    }, kDebounce);
  }

  clear() {
    clearTimeout(this.#timer);
    for (const { watcher } of this.#folders.values()) watcher.close();
    this.#folders.clear();
    this.#files.clear();
    this.#owners.clear();
  }
}

// What the child gets of the command line: all but what makes this process watch.
function childArguments() {
  const { execArgv } = process;
  const out = [];
  for (let i = 0; i < execArgv.length; i++) {
    const arg = execArgv[i];
    const name = arg.replace(/=.*/s, '').replace(/_/g, '-');
    if (name === '--watch-path' || name === '--watch-kill-signal') {
      if (!arg.includes('=')) i++;
    } else if (name !== '--watch' && name !== '--watch-preserve-output') {
      out.push(arg);
    }
  }
  return out.concat(process.argv.slice(1));
}

function runMain() {
  const { spawn } = require('child_process');
  const { once } = require('events');
  const { inspect } = require('util');
  const colors = require('internal/util/colors').shouldColorize(process.stdout);
  const paint = (code, text) => (colors ? `\u001b[${code}m${text}\u001b[39m` : text);
  const paths = getOptionValue('--watch-path').map((p) => path.resolve(p));
  const killSignal = getOptionValue('--watch-kill-signal') || 'SIGTERM';
  const { signals } = require('os').constants;
  if (signals[killSignal] === undefined) {
    throw new (require('internal/errors').codes.ERR_UNKNOWN_SIGNAL)(killSignal);
  }
  const shown = inspect(process.argv.slice(1).join(' '));
  const args = childArguments();
  const watcher = new FilesWatcher();
  let child, exited = true, stopping = false;

  function start() {
    exited = false;
    const stdio = ['inherit', 'inherit', 'inherit'];
    if (paths.length === 0 || process.send !== undefined) stdio.push('ipc');
    const self = child = spawn(process.execPath, args, {
      __proto__: null, stdio, env: { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' },
    });
    if (paths.length === 0) {
      watcher.watchChild(child);
      if (process.argv[1] !== undefined) watcher.filterFile(process.argv[1]);
    }
    for (const file of [...getOptionValue('--env-file'), ...getOptionValue('--env-file-if-exists')]) watcher.filterFile(file);
    if (process.send !== undefined) {
      child.on('message', (message) => {
        if (message?.['watch:require'] === undefined && message?.['watch:import'] === undefined) process.send(message);
      });
    }
    child.once('exit', (code) => {
      exited = true;
      if (self !== child || stopping) return;
      process.stdout.write(`${code === 0 ? paint(34, `Completed running ${shown}. Waiting for file changes before restarting...`) :
        paint(31, `Failed running ${shown}. Waiting for file changes before restarting...`)}\n`);
    });
  }

  async function stop(signal) {
    if (exited) return;
    stopping = true;
    const ended = once(child, 'exit');
    child.kill(signal);
    const slow = setTimeout(() => process.stdout.write(`${paint(34, 'Waiting for graceful termination...')}\n`), 500);
    await ended;
    clearTimeout(slow);
    stopping = false;
  }

  let restarting = false, again = false;
  async function restart() {
    if (restarting) {
      again = true;
      return;
    }
    restarting = true;
    const graceful = !exited;
    watcher.clear();
    for (let i = 0; i < paths.length; i++) watcher.watchPath(paths[i]);
    await stop(killSignal);
    if (process.stdout.isTTY && !getOptionValue('--watch-preserve-output')) process.stdout.write('\u001bc');
    if (graceful) process.stdout.write(`${paint(32, `Gracefully restarted ${shown}`)}\n`);
    process.stdout.write(`${paint(32, `Restarting ${shown}`)}\n`);
    start();
    restarting = false;
    if (again) {
      again = false;
      restart();
    }
  }

  for (let i = 0; i < paths.length; i++) watcher.watchPath(paths[i]);
  watcher.on('changed', restart);
  if (process.send !== undefined) process.on('message', (message) => { if (!exited) child.send(message); });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, async () => {
      watcher.clear();
      await stop(signal);
      process.exit(0);
    });
  }
  start();
}

// The other side: what this process loads is told to the one that watches.
function reportDependencies(native) {
  const { readFile } = native;
  native.readFile = (file) => {
    if (process.connected) process.send({ 'watch:require': [file] });
    return readFile(file);
  };
}

module.exports = { FilesWatcher, reportDependencies, runMain };
