'use strict';
// The browser's document that the example speaks of: an event target with one
// click, which comes when the script has run.
globalThis.document = new EventTarget();
setImmediate(() => globalThis.document.dispatchEvent(new Event('click')));
