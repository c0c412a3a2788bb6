'use strict';
setTimeout((...a) => console.log(a.join()), 1, 'x', 2, null);
setImmediate((a, b) => console.log(a, b), 'p', 'q');
process.nextTick((a, b, c, d) => console.log(a, b, c, d), 1, 2, 3, 4);
setTimeout(function () { console.log(this === t); }, 2); const t = 1;
const end = Date.now() + 5; while (Date.now() < end);
