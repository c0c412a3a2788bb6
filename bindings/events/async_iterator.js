'use strict';
// %AsyncIteratorPrototype%, for iterator objects that are written by hand.

exports.AsyncIteratorPrototype = Object.getPrototypeOf((async function*() {}).prototype.__proto__);
