'use strict';
const a = setImmediate(() => { console.log('a'); clearImmediate(b); });
const b = setImmediate(() => console.log('b never'));
setImmediate(() => console.log('c'));
const d = setImmediate(() => console.log('d never'));
clearImmediate(d);
