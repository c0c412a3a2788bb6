'use strict';
// gonode: process
// vm.SourceTextModule and vm.SyntheticModule, which are behind a flag.
if (process.execArgv.length === 0) {
  const { spawnSync } = require('child_process');
  spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', __filename], { stdio: 'inherit' });
  return;
}
const vm = require('vm');
const attempt = (label, fn) => {
  try {
    console.log(label, fn());
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};
const refuse = async (label, promise) => promise.then((v) => console.log(label, v), (err) => console.log(label, err.name, err.code, err.message));

(async () => {
  const first = new vm.SourceTextModule('export let n = 1; export const add = () => ++n; export default import.meta.name;', {
    identifier: 'first', initializeImportMeta(meta, module) { meta.name = module.identifier; },
  });
  console.log(first, first.status, first.moduleRequests);
  attempt('instantiate', () => first.instantiate());
  attempt('namespace', () => first.namespace);
  first.linkRequests([]);
  first.instantiate();
  attempt('again', () => first.linkRequests([]));
  attempt('dead', () => first.namespace.n);
  console.log(first.evaluate(), first.status, { ...first.namespace });
  console.log(first.namespace.add(), first.namespace.n);

  const made = new vm.SyntheticModule(['x', 'default'], function() { this.setExport('x', 5); }, { identifier: 'made' });
  console.log(made);
  const second = new vm.SourceTextModule('import name, { add } from "first" with { kind: "a" }; import { x } from "made"; export { name }; export default add() + x;');
  console.log(second.identifier, second.moduleRequests);
  await second.link((specifier, referrer, { attributes }) => {
    console.log('link', specifier, referrer === second, attributes);
    return specifier === 'first' ? first : made;
  });
  await second.evaluate();
  console.log(second.namespace);

  const context = vm.createContext({ console, shared: [] });
  const inside = new vm.SourceTextModule(`var local = 1; shared.push(typeof process, typeof local, this);
    globalThis.visible = Function('return typeof visible')();
    export const f = () => visible; await null; export function g() { return typeof require }`, { context });
  await inside.link(() => {});
  console.log(inside.hasTopLevelAwait(), inside.hasAsyncGraph());
  await inside.evaluate();
  console.log(context.shared, context.visible, inside.namespace.f(), inside.namespace.g(), Object.keys(context));

  await refuse('missing', new vm.SourceTextModule('import { no } from "first"').link(() => first));
  await refuse('no module', new vm.SourceTextModule('import "x"').link(() => ({})));
  await refuse('context', new vm.SourceTextModule('import "x"').link(() => inside));
  const thrower = new vm.SourceTextModule('throw new RangeError("thrown")');
  await thrower.link(() => {});
  await refuse('throws', thrower.evaluate());
  console.log(thrower.status, thrower.error.message);
  await refuse('errored', new vm.SourceTextModule('import "x"').link(() => thrower));
  const endless = new vm.SourceTextModule('for (;;) ;');
  await endless.link(() => {});
  await refuse('endless', endless.evaluate({ timeout: 20 }));
  await refuse('unlinked', new vm.SourceTextModule('').evaluate());

  const lazy = new vm.SourceTextModule('export const early = f; import { f } from "two"; export function h() { return "h" }');
  const two = new vm.SourceTextModule('import { h, early } from "one"; export function f() { return h() } export let seen; try { early } catch (e) { seen = e.message }');
  lazy.linkRequests([two]);
  two.linkRequests([lazy]);
  lazy.instantiate();
  await lazy.evaluate();
  console.log(two.namespace.seen, lazy.namespace.early());

  const script = new vm.Script('import("anything", { with: { type: "t" } })', {
    importModuleDynamically(specifier, referrer, attributes, phase) {
      console.log(specifier, referrer === script, attributes, phase);
      return second;
    },
  });
  console.log(await script.runInThisContext() === second.namespace);
  const fn = vm.compileFunction('return import(a)', ['a'], { importModuleDynamically: (s, referrer) => (referrer === fn ? first : made) });
  console.log((await fn('y')).n);
  await refuse('not a module', vm.runInThisContext('import("z")', { importModuleDynamically: () => 5 }));
  await refuse('no callback', vm.runInThisContext('import("z")'));
  attempt('syntax', () => new vm.SourceTextModule('let a; let a'));
  attempt('abstract', () => new vm.Module());
})();
