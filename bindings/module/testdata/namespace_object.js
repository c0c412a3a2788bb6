'use strict';
const t = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.message}`; } };
import('./graph/counter.mjs').then((ns) => {
  console.log(Object.getOwnPropertyDescriptor(ns, 'count'), Object.getOwnPropertyDescriptor(ns, Symbol.toStringTag));
  console.log(Reflect.ownKeys(ns), Object.getPrototypeOf(ns), Object.isExtensible(ns), Object.isFrozen(ns), Object.isSealed(ns));
  console.log(t(() => { ns.count = 1; }), t(() => { ns.nope = 1; }), t(() => { delete ns.count; }), t(() => delete ns.nope));
  console.log(t(() => Object.defineProperty(ns, 'count', { value: 5 })), t(() => Object.defineProperty(ns, 'nope', { value: 5 })));
  console.log(Reflect.defineProperty(ns, 'step', { value: 2, writable: true, enumerable: true, configurable: false }));
  console.log(t(() => Object.setPrototypeOf(ns, {})), Reflect.setPrototypeOf(ns, null), Reflect.preventExtensions(ns));
  console.log(t(() => Object.freeze(ns) && 'frozen'), Object.prototype.toString.call(ns), `${Object.keys({ ...ns })}`);
  console.log(require('util').types.isModuleNamespaceObject(ns), require('util').types.isProxy(ns), ns.nope, 'count' in ns);
  console.log(ns);
});
