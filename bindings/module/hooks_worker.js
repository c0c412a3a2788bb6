'use strict';
// The thread in which the hooks of module.register run.

const { native } = require('internal/modules/cjs/loader');
const { resolveChain, loadChain, warnAssertions } = require('internal/modules/customization_hooks');

const resolvers = [], loaders = [];

const wait = async (result, then) => then(await result);

function withWarning(context) {
  let told = false;
  Object.defineProperty(context, 'importAssertions', {
    __proto__: null, configurable: true, enumerable: false,
    get() {
      if (!told) {
        told = true;
        warnAssertions();
      }
      return this.importAttributes;
    },
    set(value) {
      warnAssertions();
      this.importAttributes = value;
    },
  });
  return context;
}

const methods = {
  '__proto__': null,
  async register([specifier, parentURL], data) {
    const { importModule } = require('internal/modules/esm/loader');
    // The hooks that are there already have a say in where the next ones are.
    const { url: name } = await methods.resolve([specifier, { conditions: undefined, importAttributes: {}, parentURL }]);
    const ns = await importModule(name, parentURL);
    const { initialize } = ns; // called without a receiver, as all hooks are
    if (typeof initialize === 'function') await initialize(data === undefined ? undefined : internalBinding('internal/messaging').decode(data));
    if (typeof ns.resolve === 'function') resolvers.push({ fn: ns.resolve, url: name });
    if (typeof ns.load === 'function') loaders.push({ fn: ns.load, url: name });
    for (const old of ['globalPreload', 'getFormat', 'getSource', 'transformSource', 'dynamicInstantiate', 'getGlobalPreloadCode']) {
      if (typeof ns[old] === 'function' && old !== 'globalPreload') {
        process.emitWarning(`Obsolete loader hook(s) supplied and will be ignored: ${old}`, 'DeprecationWarning');
      } else if (typeof ns[old] === 'function') {
        process.emitWarning('`globalPreload` has been removed; use `initialize` instead.', 'UnsupportedWarning');
      }
    }
  },
  resolve([specifier, context]) {
    const { defaultResolve, formatHint } = require('internal/modules/esm/loader');
    const given = { conditions: context.conditions, importAttributes: context.importAttributes, parentURL: context.parentURL };
    return resolveChain(resolvers, specifier, withWarning(given), async (s, c) => {
      const url = defaultResolve(s, c.parentURL, c.conditions);
      return { __proto__: null, url, format: formatHint(url), importAttributes: c.importAttributes };
    }, wait);
  },
  load([url, context]) {
    const { defaultLoad } = require('internal/modules/esm/loader');
    const given = { format: context.format, importAttributes: context.importAttributes };
    return loadChain(loaders, url, withWarning(given), async (u, c) => defaultLoad(u, c), wait);
  },
};

function describe(err) {
  if (err === null || typeof err !== 'object' || typeof err.stack !== 'string') return { isError: false, value: err };
  const props = {};
  for (const key of Object.keys(err)) {
    if (typeof err[key] === 'string' || typeof err[key] === 'number') props[key] = err[key];
  }
  if (typeof err.code === 'string') props.code = err.code;
  return { isError: true, name: err.name, message: err.message, stack: err.stack, props };
}

function runMain() {
  const { prepare, preload } = require('internal/modules/run_main');
  prepare();
  preload();
  native.hooksServe((id, method, args, data) => {
    let result;
    try {
      result = Promise.resolve(methods[method](JSON.parse(args), data));
    } catch (err) {
      result = Promise.reject(err);
    }
    result.then((value) => {
      const source = value?.source;
      if (source !== undefined && source !== null && typeof source !== 'string') {
        const { source: _, ...rest } = value;
        native.hooksReply(id, true, JSON.stringify(rest), source);
      } else {
        native.hooksReply(id, true, value === undefined ? '' : JSON.stringify(value), undefined);
      }
    }).catch((err) => {
      let text;
      try {
        text = JSON.stringify(describe(err));
      } catch {
        text = JSON.stringify({ isError: false, value: `${err}` });
      }
      native.hooksReply(id, false, text, undefined);
    });
  });
}

module.exports = { runMain };
