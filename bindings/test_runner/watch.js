'use strict';
// run({ watch: true }): a file whose dependencies have changed runs again.

const { FilesWatcher } = require('internal/watch_mode');

class TestWatcher {
  #runner;
  #watcher = new FilesWatcher();
  #running = Promise.resolve();
  #stop;
  #stopped = new Promise((resolve) => { this.#stop = resolve; });

  constructor(runner) {
    this.#runner = runner;
    const { signal } = runner.config;
    if (signal != null) {
      if (signal.aborted) this.#stop();
      else signal.addEventListener('abort', () => this.#stop(), { once: true });
    }
  }

  follow(child, file) {
    this.#watcher.filterFile(file, file);
    this.#watcher.watchChild(child, file);
  }

  // Resolves when the watching has been given up.
  async finished() {
    const runner = this.#runner;
    const { stream } = runner;
    runner.finish();
    stream.send('test:watch:drained', {});
    this.#watcher.on('changed', ({ owners }) => {
      this.#running = this.#running.then(() => this.#again(owners));
    });
    await this.#stopped;
    this.#watcher.clear();
    runner.stop();
    await this.#running;
  }

  async #again(owners) {
    const runner = this.#runner;
    const fs = require('fs');
    const files = runner.files.filter((f) => owners.has(f.path) && fs.existsSync(f.path));
    if (files.length === 0) return;
    runner.begin();
    runner.stream.send('test:watch:restarted', {});
    runner.files = runner.files.filter((f) => !files.includes(f) && fs.existsSync(f.path)).concat(files);
    runner.next = runner.files.length - files.length;
    for (let i = 0; i < files.length; i++) files[i].reset();
    for (let i = 0; i < files.length; i++) await files[i].run();
    runner.finish();
    runner.stream.send('test:watch:drained', {});
  }
}

module.exports = { TestWatcher };
