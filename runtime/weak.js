'use strict';
// WeakRef and FinalizationRegistry, which the engine lacks.

const { deref, ref, register, registry, unregister } = internalBinding('internal/weak');

function canBeHeldWeakly(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ||
    (typeof value === 'symbol' && Symbol.keyFor(value) === undefined);
}

class WeakRef {
  #handle;

  constructor(target) {
    if (!canBeHeldWeakly(target)) throw new TypeError('Invalid value used as WeakRef target');
    this.#handle = typeof target === 'symbol' ? target : ref(target);
  }

  deref() {
    const handle = this.#handle;
    return typeof handle === 'symbol' ? handle : deref(handle);
  }
}

class FinalizationRegistry {
  #handle;

  constructor(cleanupCallback) {
    if (typeof cleanupCallback !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
    this.#handle = registry(cleanupCallback);
  }

  register(target, heldValue, unregisterToken = undefined) {
    if (!canBeHeldWeakly(target)) {
      throw new TypeError('FinalizationRegistry.prototype.register: invalid target');
    }
    if (target === heldValue) {
      throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
    }
    if (unregisterToken !== undefined && !canBeHeldWeakly(unregisterToken)) {
      throw new TypeError(`Invalid unregisterToken ('${String(unregisterToken)}')`);
    }
    register(this.#handle, target, heldValue, unregisterToken);
  }

  unregister(unregisterToken) {
    if (!canBeHeldWeakly(unregisterToken)) throw new TypeError(`Invalid unregisterToken ('${String(unregisterToken)}')`);
    return unregister(this.#handle, unregisterToken);
  }
}

for (const C of [WeakRef, FinalizationRegistry]) {
  Object.defineProperty(C.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: C.name });
}
Object.defineProperty(FinalizationRegistry.prototype.register, 'length', { __proto__: null, configurable: true, value: 2 });

module.exports = { FinalizationRegistry, WeakRef };
